//! What is copied to the clipboard: quotations, addresses.

use super::effect::{Effect, ScreenJob};
use super::{App, Notice};
use crate::article::{Article, Dates};
use crate::quotes::Citation;
use crate::user::Clipping;

/// The most that is copied, in bytes: terminals refuse or cut longer OSC 52 sequences.
pub const LONGEST_COPY: usize = 50_000;

/// The article as a citation names it.
pub(super) struct Cited<'a> {
    pub headline: &'a str,
    pub publisher: Option<&'a str>,
    pub dates: Dates,
    pub url: Option<&'a str>,
}

/// Quoted words with their speaker, the sign of doubt or correction after the name, and who reports it; headline, publisher,
/// date and address, as far as they are known.
pub(super) fn citation(statement: &Citation, speaker: &str, cited: &Cited<'_>) -> String {
    let mut citation = format!("{} — {}, {}", statement.quoted, statement.attributed_to(speaker), cited.headline);
    let date = cited.dates.day().map(|day| day.format("%-d %B %Y").to_string());
    for part in [cited.publisher, date.as_deref(), cited.url].into_iter().flatten() {
        citation.push_str(", ");
        citation.push_str(part);
    }
    citation
}

/// `Y`: the statement that the user is at, with its speaker and where it stands.
pub(super) fn copy_quotation(app: &mut App) {
    let cited = cited_here(app, "No quotation to copy");
    copy_cited(app, cited);
}

/// Copies a quotation that was put in words, or says why there is none.
pub(super) fn copy_cited(app: &mut App, cited: Result<String, Notice>) {
    match cited {
        Ok(copied) => {
            app.show_message(format!("Copied: {copied}"));
            app.ask(Effect::Screen(ScreenJob::Copy(copied)));
        }
        Err(why) => app.refuse(why),
    }
}

/// The statement of the open article that the user is at, with its speaker and where it stands; where there is none, `otherwise`.
pub(super) fn cited_here(app: &App, otherwise: &str) -> Result<String, Notice> {
    let reader = app.article.reader.as_ref().ok_or("No article is open")?;
    let article = &reader.article;
    let here = app.quotation_here().and_then(|at| Some((at, reader.citation(at)?)));
    let (index, statement) = here.ok_or_else(|| app.no_quotation(otherwise))?;
    let speaker = reader.speaker_name(index).unwrap_or("unattributed");
    let cited = Cited {
        headline: article.headline(),
        publisher: article.publisher.as_deref(),
        dates: article.dates,
        url: article.url.as_deref(),
    };
    Ok(citation(&statement, speaker, &cited))
}

/// Copies a clipping, as a quotation.
pub(super) fn copy_clipping(app: &mut App, clipping: &Clipping) {
    let copied = clipping.citation();
    app.show_message(format!("Copied: {copied}"));
    app.ask(Effect::Screen(ScreenJob::Copy(copied)));
}

/// `y`: where the open article is.
pub(super) fn copy_address(app: &mut App) {
    let Some(reader) = &app.article.reader else { return app.refuse("No article is open") };
    let address = address_of(&reader.article);
    copy_address_of(app, address);
}

/// Where an article is: its address, else its path.
pub(super) fn address_of(article: &Article) -> String {
    article.url.clone().unwrap_or_else(|| article.origin.to_string())
}

/// Copies where an article is.
pub(super) fn copy_address_of(app: &mut App, address: String) {
    app.show_message(format!("Copied: {address}"));
    app.ask(Effect::Screen(ScreenJob::Copy(address)));
}
