//! What is known of an article, in two lines below its headline.

use crate::app::{App, Command, DateForms, Layer, Reader};
use crate::article::{Article, Edition, Medium, Origin, ParagraphKind, normalized_address, shown_address};
use crate::keymap::Keymap;
use crate::text::{cells, clean_line, counted, shorten};

/// What stands between two facts.
pub const BETWEEN: &str = " · ";

/// Something that is known, and where it leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact {
    pub words: String,
    pub url: Option<String>,
}

impl Fact {
    fn of(words: String) -> Self {
        Self { words, url: None }
    }
}

/// "Saturday 14 March 2026 · Jane Doe · Coast Wire · 3 min · 4 speakers · #budget", as much of it as fits.
pub fn imprint(app: &App, reader: &Reader, keymap: &Keymap, room: usize) -> String {
    let article = &reader.article;
    let (mut parts, fewest) = where_and_when(article, app.dates(), room);
    let minutes = format!("{} min", article.reading_minutes());
    let byline = byline(article, room);
    let short_summary = article.is_summary.then(|| summary(article, keymap, 0));
    let fits = |parts: &[String]| {
        let all: Vec<_> =
            parts.iter().chain(&byline).chain(&short_summary).chain([&minutes]).map(String::as_str).collect();
        cells(&all.join(BETWEEN)) <= room
    };
    if !fits(&parts) && article.editions.is_empty() {
        let time = article.dates.listed().and_then(|listed| listed.time);
        let short = app.dates().form_at("%-d %b %Y", time);
        parts[0] = article.dates.in_forms(&short, app.dates().form("%-d %b %Y"));
    }
    // Where it does not fit all the same, the publisher counts more than who wrote it.
    let fewest = if fits(&parts) { fewest + byline.iter().count() } else { fewest };
    if fits(&parts)
        && let Some(byline) = &byline
    {
        parts.insert(1, byline.clone());
    }
    // That there is more counts more than how long it takes.
    let fewest = fewest + usize::from(article.is_summary);
    if article.is_summary {
        let left = room.saturating_sub(cells(&[parts.join(BETWEEN), minutes.clone(), String::new()].join(BETWEEN)));
        parts.insert(fewest - 1, summary(article, keymap, left));
    }
    parts.push(minutes);
    let (quoted, others) = reader.speaker_counts();
    parts.extend((quoted > 0).then(|| counted(quoted, "speaker")));
    parts.extend((others > 0).then(|| format!("{others} only reported")));
    parts.extend(app.user().tags_of(reader.id()).map(|tag| format!("#{tag}")));
    fitted(parts, fewest, room)
}

/// "summary, x fetches the rest", as a feed has it, with the key where it fits; "the beginning: 2 paragraphs", where its own page
/// gave no more.
fn summary(article: &Article, keymap: &Keymap, room: usize) -> String {
    let is_page = matches!(&article.origin, Origin::Web(address)
        if normalized_address(address).is_some() && normalized_address(address) == article.url.as_deref().and_then(normalized_address));
    if !is_page {
        let fetch = keymap.hint(Layer::Article, Command::FullText, "fetches the rest");
        let with_key = fetch.map(|fetch| format!("summary, {fetch}")).filter(|words| cells(words) <= room);
        return with_key.unwrap_or_else(|| "summary".to_owned());
    }
    let is_text = |kind: ParagraphKind| !matches!(kind, ParagraphKind::Headline | ParagraphKind::Byline);
    let paragraphs = article.body.paragraphs().iter().filter(|paragraph| is_text(paragraph.kind)).count();
    format!("the beginning: {}", counted(paragraphs, "paragraph"))
}

/// Who wrote it, unless the text says that itself.
fn byline(article: &Article, room: usize) -> Option<String> {
    let byline = article.byline.as_deref().filter(|byline| Some(*byline) != article.publisher.as_deref())?;
    let body = &article.body;
    let mut bylines = body.paragraphs().iter().filter(|paragraph| paragraph.kind == ParagraphKind::Byline);
    let is_said = bylines.any(|paragraph| body.words(paragraph.span).contains(byline));
    (!is_said).then(|| shorten(byline, room / 2))
}

/// "coast.example/plan", "from Coast Feed", "comments", "1 recording, 2 pictures", "Harbour, Sea": where it stands and came from,
/// what comes with it and what it is filed under, as much of it as fits.
pub fn whence(reader: &Reader, room: usize) -> Vec<Fact> {
    /// So much of an address is shown, whatever else there is, in cells.
    const LEAST: usize = 24;
    let article = &reader.article;
    let address = article.url.as_deref().map(|url| (bare(url), shown_address(url)));
    let comments = article.comments.as_deref();
    let mut facts = Vec::new();
    facts.extend(came_from(reader).map(Fact::of));
    facts.extend(comments.map(|url| Fact { words: "comments".to_owned(), url: Some(shown_address(url)) }));
    facts.extend(Some(comes_with(article)).filter(|words| !words.is_empty()).map(Fact::of));
    facts.extend((!article.tags.is_empty()).then(|| Fact::of(clean_line(&article.tags.join(", ")))));
    let least = address.as_ref().map_or(0, |(words, _)| cells(words).min(LEAST) + cells(BETWEEN));
    let width = |facts: &[Fact]| {
        facts.iter().map(|fact| cells(&fact.words)).sum::<usize>() + facts.len().saturating_sub(1) * cells(BETWEEN)
    };
    while facts.len() > 1 && least + width(&facts) > room {
        facts.pop();
    }
    if facts.len() == 1 && least + width(&facts) > room {
        let left = room.saturating_sub(least);
        facts[0].words = shorten(&facts[0].words, left);
        facts.retain(|fact| !fact.words.is_empty());
    }
    if let Some((words, url)) = address {
        let others = if facts.is_empty() { 0 } else { width(&facts) + cells(BETWEEN) };
        let words = shorten(&words, room.saturating_sub(others));
        facts.insert(0, Fact { words, url: Some(url) });
    }
    facts
}

/// An address as it is read: without its scheme, "www." and a slash at its end.
fn bare(url: &str) -> String {
    let url = shown_address(url);
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(&url);
    // What stands before "@" may look like the name of another site.
    let host = bare.find('/').unwrap_or(bare.len());
    let bare = bare[..host].rfind('@').map_or(bare, |at| &bare[at + 1..]);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
}

/// "from Coast Feed", "from march.txt": the feeds, unless they are called as the publisher; else the file.
fn came_from(reader: &Reader) -> Option<String> {
    let publisher = reader.article.publisher.as_deref();
    let feeds: Vec<_> =
        reader.record.feeds.iter().map(String::as_str).filter(|feed| Some(*feed) != publisher).collect();
    let file = || match &reader.article.origin {
        Origin::File(path) => Some(clean_line(&path.file_name()?.to_string_lossy())),
        _ => None,
    };
    let whence = if feeds.is_empty() { file()? } else { feeds.join(", ") };
    Some(format!("from {whence}"))
}

/// "1 recording, 2 films, 1 file"
fn comes_with(article: &Article) -> String {
    let count = |is: &dyn Fn(Option<Medium>, &str) -> bool| {
        article.files().filter(|file| is(file.medium(), file.kind())).count()
    };
    let kinds = [
        (count(&|medium, _| medium == Some(Medium::Audio)), "recording"),
        (count(&|medium, _| medium == Some(Medium::Video)), "film"),
        (count(&|medium, kind| medium.is_none() && kind == "picture") + article.body.pictures().len(), "picture"),
        (count(&|medium, kind| medium.is_none() && kind != "picture"), "file"),
    ];
    let said = kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(count, what));
    said.collect::<Vec<_>>().join(", ")
}

/// As many of the parts as fit; the `fewest` first ones are cut rather than left out.
fn fitted(mut parts: Vec<String>, fewest: usize, room: usize) -> String {
    while parts.len() > fewest && cells(&parts.join(BETWEEN)) > room {
        parts.pop();
    }
    shorten(&parts.join(BETWEEN), room)
}

/// "Saturday 14 March 2026", "Coast Wire", "also Harbour Times, 15 March 2026", and how many of these may not be left out:
/// where else it appeared is written shorter, then cut.
fn where_and_when(article: &Article, dates: &DateForms, room: usize) -> (Vec<String>, usize) {
    let time = article.dates.listed().and_then(|listed| listed.time);
    let parts = |usual, usual_after| -> Vec<_> {
        let form_after = dates.form(usual_after);
        let when = article.dates.in_forms(&dates.form_at(usual, time), form_after);
        let parts = [Some(when), article.publisher.clone(), also(article, form_after)];
        parts.into_iter().flatten().collect()
    };
    let long = parts("%A %-d %B %Y", "%-d %B %Y");
    if article.editions.is_empty() {
        return (long, 1);
    }
    let parts = if cells(&long.join(BETWEEN)) <= room { long } else { parts("%-d %b %Y", "%-d %b %Y") };
    let fewest = parts.len();
    (parts, fewest)
}

/// "also Harbour Times, 15 March 2026; Ruhr Post and 2 more": where and when else the article appeared, the days in `form`.
fn also(article: &Article, form: &str) -> Option<String> {
    /// More are counted.
    const NAMED: usize = 2;
    let first = Edition::of(article);
    let others: Vec<_> = article
        .editions
        .iter()
        .map(|edition| edition.in_words(&first, form))
        .filter(|words| !words.is_empty())
        .collect();
    let more = others.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let named = others.get(..NAMED).unwrap_or(&others).join("; ");
    (!named.is_empty()).then(|| format!("also {named}{more}"))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::article::{BodyBuilder, Published};

    #[test]
    fn where_else_it_appeared_is_written_shorter_where_it_must_be() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 3, day).map(Published::on);
        let mut article = Article::new(BodyBuilder::new("Harbour Bridge to Close").build());
        article.dates.published = on(14);
        article.publisher = Some("Coast Wire".to_owned());
        let publisher = Some("Harbour Times".to_owned());
        article.editions = vec![Edition { published: on(15), publisher, url: None }];
        let long = "Saturday 14 March 2026 · Coast Wire · also Harbour Times, 15 March 2026";
        for (room, expected) in [
            (90, format!("{long} · 1 min").as_str()),
            (71, long),
            (70, "14 Mar 2026 · Coast Wire · also Harbour Times, 15 Mar 2026 · 1 min"),
            (60, "14 Mar 2026 · Coast Wire · also Harbour Times, 15 Mar 2026"),
            (50, "14 Mar 2026 · Coast Wire · also Harbour Times, 15…"),
        ] {
            let (mut parts, fewest) = where_and_when(&article, &DateForms::default(), room);
            parts.push("1 min".to_owned());
            assert_eq!(fitted(parts, fewest, room), expected, "{room}");
        }
    }

    #[test]
    fn first_parts_of_the_imprint_stay() {
        let parts = ["14 March", "Coast Wire", "also Harbour Times", "3 min"].map(str::to_owned).to_vec();
        for (fewest, room, expected) in [
            (3, 60, "14 March · Coast Wire · also Harbour Times · 3 min"),
            (3, 45, "14 March · Coast Wire · also Harbour Times"),
            (3, 35, "14 March · Coast Wire · also Harbo…"),
            (1, 35, "14 March · Coast Wire"),
            (1, 5, "14 M…"),
        ] {
            assert_eq!(fitted(parts.clone(), fewest, room), expected, "{room}");
        }
    }
}
