//! Writing what one speaker said, or what the user keeps, into a file: which file, and in which format.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Command, Effect, Exported, Notice, Pane, PeopleJob};
use crate::article::ArticleId;
use crate::export::{ARTICLE_FORMATS, CLIPPING_FORMATS, Format, TIMELINE_FORMATS, file_name};
use crate::query::Query;
use crate::text::clean_line;

/// Asks for a file; what its name ends in is the format, where the chosen one does not end so too.
#[derive(Debug)]
struct Export {
    what: Exported,
    chosen: Format,
    /// A file that exists, over which the user may want to write.
    existing: Option<String>,
}

/// Formats: each with what a person calls it, and what it is like.
type Formats = &'static [(Format, &'static str, &'static str)];

fn formats_of(what: &Exported) -> Formats {
    match what {
        Exported::Said { .. } => &TIMELINE_FORMATS,
        Exported::Clippings(_) => &CLIPPING_FORMATS,
        Exported::Article(_) => &ARTICLE_FORMATS,
    }
}

/// The formats in which can be written what is here.
pub(in crate::app) fn formats_here(app: &App) -> Formats {
    match app.views.pane() {
        Pane::Clippings(_) => &CLIPPING_FORMATS,
        _ => &TIMELINE_FORMATS,
    }
}

/// Writes what is here into a file; says so, or returns why there is nothing.
pub(in crate::app) fn export_to(app: &mut App, file: &str, format: Format) -> Result<(), Notice> {
    let (_, what) = to_export(app)?;
    let file = clean_line(file).trim().to_owned();
    app.show_message(format!("Writing {file}…"));
    app.ask(Effect::People(PeopleJob::Export { what, format, file, overwrite: false }));
    Ok(())
}

/// A name for a file of this format with what is here.
pub(in crate::app) fn usual_file(app: &App, format: Format) -> Option<String> {
    to_export(app).ok().map(|(name, _)| file_name(&name, format))
}

/// Asks where to write what the speaker here said, or the clippings that are listed.
pub(in crate::app) fn open(app: &mut App) {
    match to_export(app) {
        Ok((name, what)) => {
            let export = Export { what, chosen: Format::Markdown, existing: None };
            app.ask_for(export, &file_name(&name, Format::Markdown));
        }
        Err(why) => app.refuse(why),
    }
}

/// Asks where to save an article.
pub(in crate::app) fn open_article(app: &mut App, article: ArticleId) {
    let export = Export { what: Exported::Article(article), chosen: Format::Markdown, existing: None };
    let file = article_file(app, article);
    app.ask_for(export, &file);
}

/// Saves an article into a file, in the format that its name ends in.
pub(in crate::app) fn save_article(app: &mut App, article: ArticleId, file: &str) {
    let export = Export { what: Exported::Article(article), chosen: Format::Markdown, existing: None };
    let format = export.formats()[export.format_of(file)].0;
    app.show_message(format!("Writing {file}…"));
    app.ask(Effect::People(PeopleJob::Export { what: export.what, format, file: file.to_owned(), overwrite: false }));
}

/// A name for a file with an article.
pub(in crate::app) fn article_file(app: &App, article: ArticleId) -> String {
    file_name(app.headline_of(article).unwrap_or("article"), Format::Markdown)
}

/// The file exists: asks again, where the user is still there. The article is the one that was to be saved, if it was one.
pub(in crate::app) fn ask_again(app: &mut App, file: &str, format: Format, article: Option<ArticleId>) {
    let what = match article {
        Some(id) => (app.article_here() == article).then_some(Exported::Article(id)),
        None => to_export(app).ok().map(|(_, what)| what),
    };
    match what {
        Some(what) if app.views.prompt().is_none() => {
            app.ask_for(Export { what, chosen: format, existing: Some(file.to_owned()) }, file);
        }
        _ => app.show_message(format!("{file} exists: not written")),
    }
}

/// What would be written, and what it is called; else why there is nothing.
fn to_export(app: &App) -> Result<(String, Exported), &'static str> {
    let oldest_first = app.display.is_oldest_first;
    match app.views.pane() {
        Pane::Timeline(timeline) => {
            if timeline.is_empty() && !timeline.is_running() {
                return Err("No quotations to export");
            }
            let (person, narrowed) = (timeline.identity().to_owned(), timeline.query());
            let with_reported = timeline.with_reported();
            Ok((timeline.name().to_owned(), Exported::Said { person, oldest_first, with_reported, narrowed }))
        }
        Pane::People(people) => {
            let person = people.selected().ok_or("Select a speaker first")?;
            let (name, person) = (person.name.to_string(), person.identity.to_string());
            let (with_reported, narrowed) = (app.shows_reported(), Query::default());
            Ok((name, Exported::Said { person, oldest_first, with_reported, narrowed }))
        }
        Pane::Clippings(view) => {
            let known = &app.user.state().clippings;
            let listed: Vec<_> = view.listed().iter().filter_map(|id| known.get(id).cloned()).collect();
            if listed.is_empty() {
                return Err("No clippings to export");
            }
            Ok(("clippings".to_owned(), Exported::Clippings(listed)))
        }
        _ => Err("Select a speaker first"),
    }
}

impl Export {
    /// The formats that there are for it.
    fn formats(&self) -> Formats {
        formats_of(&self.what)
    }

    /// The number of the format in which a file of this name would be.
    fn format_of(&self, file: &str) -> usize {
        let is_chosen = self.existing.as_deref() == Some(file) || self.chosen.may_be_in(file);
        let fits = |format: Format| if is_chosen { format == self.chosen } else { format.may_be_in(file) };
        self.formats().iter().position(|(known, ..)| fits(*known)).unwrap_or(0)
    }
}

impl PromptKind for Export {
    fn label(&self, line: &Line) -> &'static str {
        match self.what {
            _ if self.existing.as_deref() == Some(line.typed()) => "file exists; overwrite? ",
            Exported::Article(_) => "save to ",
            Exported::Said { .. } | Exported::Clippings(_) => "export to ",
        }
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("").hint(Command::Complete, "format").hint(Command::Accept, "")]
    }

    fn choices(&self, _: &App, line: &Line) -> Option<Choices> {
        let row = |(_, name, detail): &(Format, &str, &str)| ChoiceRow {
            name: (*name).to_owned(),
            detail: (*detail).to_owned(),
            ..ChoiceRow::default()
        };
        Some(Choices {
            title: if matches!(self.what, Exported::Article(_)) { "Save" } else { "Export" },
            rows: self.formats().iter().map(row).collect(),
            chosen: Some(self.format_of(line.typed())),
            none: "".into(),
            is_about_quotation: false,
        })
    }

    /// The next format: the name of the file ends in it.
    fn choose(&mut self, _: &mut App, line: &mut Line, command: Command, _: usize) -> bool {
        let (formats, at) = (self.formats(), self.format_of(line.typed()));
        let step = if command == Command::Up { formats.len() - 1 } else { 1 };
        let (next, ..) = formats[(at + step) % formats.len()];
        let typed = line.typed();
        let extension = formats[at].0.extension();
        let name = typed.strip_suffix(extension).and_then(|name| name.strip_suffix('.')).unwrap_or(typed);
        line.put(&format!("{name}.{}", next.extension()));
        self.chosen = next;
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
            what: self.what.clone(),
            format: self.formats()[self.format_of(&file)].0,
            file,
            overwrite,
        }));
        Then::Close
    }
}
