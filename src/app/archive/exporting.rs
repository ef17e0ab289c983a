//! Writing what one person said into a file: which one, and in which format.

use super::Stage;
use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::{Effect, PeopleJob};
use crate::app::prompt::{Prompt, Purpose};
use crate::export::{Format, TIMELINE_FORMATS, file_name};
use crate::text::clean_line;

impl App {
    /// `E`: asks for the name of the file; what it ends in is the format.
    pub(in crate::app) fn start_export(&mut self) {
        let Some((name, _)) = self.whose() else { return self.show_message("Nobody is selected") };
        self.archive.existing = None;
        self.prompt = Some(Prompt::with(Purpose::Export, &file_name(&name, Format::Markdown)));
    }

    /// The person whose words would be written: name and identity.
    fn whose(&self) -> Option<(String, String)> {
        match self.archive.stage() {
            Stage::Timeline => self.archive.timeline().map(|t| (t.name().to_owned(), t.identity().to_owned())),
            _ => self.archive.people().selected().map(|p| (p.name.to_string(), p.identity.to_string())),
        }
    }

    /// The format that the name in the prompt asks for.
    pub fn export_format(&self) -> Option<Format> {
        let prompt = self.prompt.as_ref().filter(|prompt| prompt.purpose == Purpose::Export)?;
        Some(Format::of_file(prompt.typed()))
    }

    /// Tab: the next format.
    pub(in crate::app) fn choose_format(&mut self, command: Command) {
        let (Some(format), Some(prompt)) = (self.export_format(), &self.prompt) else { return };
        let at = TIMELINE_FORMATS.iter().position(|(known, ..)| *known == format).unwrap_or(0);
        let step = if command == Command::Up { TIMELINE_FORMATS.len() - 1 } else { 1 };
        let (next, ..) = TIMELINE_FORMATS[(at + step) % TIMELINE_FORMATS.len()];
        let typed = prompt.typed();
        let name = typed.strip_suffix(format.name()).and_then(|name| name.strip_suffix('.')).unwrap_or(typed);
        self.prompt = Some(Prompt::with(Purpose::Export, &format!("{name}.{}", next.name())));
    }

    /// Enter: writes the file; over one that is there only if the reader was asked.
    pub(in crate::app) fn accept_export(&mut self, typed: &str) {
        let file = clean_line(typed).trim().to_owned();
        let Some((_, person)) = self.whose().filter(|_| !file.is_empty()) else {
            return self.show_message("Nothing was written");
        };
        let overwrite = self.archive.would_overwrite(&file);
        let oldest_first = self.archive.timeline().is_some_and(super::Timeline::is_oldest_first);
        self.archive.existing = None;
        self.show_message(format!("Writing {file}…"));
        self.ask(Effect::People(PeopleJob::Export {
            person,
            oldest_first,
            format: Format::of_file(&file),
            file,
            overwrite,
        }));
    }

    /// The file is there already: asks again.
    pub(in crate::app) fn export_exists(&mut self, file: String) {
        if self.is_in_archive() && self.prompt.is_none() {
            self.prompt = Some(Prompt::with(Purpose::Export, &file));
            self.archive.existing = Some(file);
        } else {
            self.show_message(format!("{file} is there already; nothing was written"));
        }
    }
}
