//! Writing what one speaker said into a file: which file, and in which format.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Command, Effect, Notice, Pane, PeopleJob};
use crate::export::{Format, TIMELINE_FORMATS, file_name};
use crate::text::clean_line;

/// Asks for a file; what its name ends in is the format.
#[derive(Debug)]
struct Export {
    /// One of the speaker's identities, written down.
    person: String,
    /// A file that exists, over which the user may want to write.
    existing: Option<String>,
}

/// Asks where to write what the speaker here said.
pub(in crate::app) fn open(app: &mut App) {
    let Some((name, person)) = speaker_to_export(app) else {
        return app.show_message("Select a speaker first");
    };
    app.ask_for(Export { person, existing: None }, &file_name(&name, Format::Markdown));
}

/// The file exists: asks again, where the user is still among the speakers.
pub(in crate::app) fn ask_again(app: &mut App, file: &str) {
    match speaker_to_export(app).filter(|_| app.views.prompt().is_none()) {
        Some((_, person)) => app.ask_for(Export { person, existing: Some(file.to_owned()) }, file),
        None => app.show_message(format!("{file} exists: not exported")),
    }
}

/// The name and identity of the speaker whose words would be written.
fn speaker_to_export(app: &App) -> Option<(String, String)> {
    match app.views.pane() {
        Pane::Timeline(timeline) => Some((timeline.name().to_owned(), timeline.identity().to_owned())),
        Pane::People(people) => people.selected().map(|p| (p.name.to_string(), p.identity.to_string())),
        _ => None,
    }
}

impl PromptKind for Export {
    fn label(&self, line: &Line) -> &'static str {
        if self.existing.as_deref() == Some(line.typed()) { "file exists; overwrite? " } else { "export to " }
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("").hint(Command::Complete, "format").hint(Command::Accept, "")]
    }

    fn choices(&self, _: &App, line: &Line) -> Option<Choices> {
        let row = |(_, name, detail): (Format, &str, &str)| ChoiceRow {
            name: name.to_owned(),
            detail: detail.to_owned(),
            ..ChoiceRow::default()
        };
        let format = Format::of_file(line.typed());
        Some(Choices {
            title: "Export",
            rows: TIMELINE_FORMATS.into_iter().map(row).collect(),
            chosen: TIMELINE_FORMATS.iter().position(|(known, ..)| *known == format),
            none: "".into(),
            is_about_quotation: false,
        })
    }

    /// The next format: the name of the file ends in it.
    fn choose(&mut self, _: &mut App, line: &mut Line, command: Command, _: usize) -> bool {
        let format = Format::of_file(line.typed());
        let at = TIMELINE_FORMATS.iter().position(|(known, ..)| *known == format).unwrap_or(0);
        let step = if command == Command::Up { TIMELINE_FORMATS.len() - 1 } else { 1 };
        let (next, ..) = TIMELINE_FORMATS[(at + step) % TIMELINE_FORMATS.len()];
        let typed = line.typed();
        let name = typed.strip_suffix(format.name()).and_then(|name| name.strip_suffix('.')).unwrap_or(typed);
        line.put(&format!("{name}.{}", next.name()));
        true
    }

    /// Writes the file; over one that exists only if the user was asked.
    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        let file = clean_line(line.typed()).trim().to_owned();
        if file.is_empty() {
            app.show_message("Export cancelled");
            return Then::Close;
        }
        let overwrite = self.existing.as_deref() == Some(&file);
        app.show_message(format!("Writing {file}…"));
        app.ask(Effect::People(PeopleJob::Export {
            person: self.person.clone(),
            oldest_first: app.display.is_oldest_first,
            format: Format::of_file(&file),
            file,
            overwrite,
        }));
        Then::Close
    }
}
