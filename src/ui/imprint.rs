//! What stands beside a headline on the right: tags, publisher, how much is said, as the user wishes.

use crate::app::{App, RowPart};
use crate::article::Listed;
use crate::catalog::Headline;
use crate::text::{cells, counted, shorten};

/// With so many cells for it, an imprint counts the speakers, and says "quotations" in full.
const LONG_IMPRINT: usize = 38;

/// Stands between two words, and beside a number.
const BETWEEN: &str = " · ";
const BESIDE_NUMBER: &str = "  ";

/// "first seen · #budget · Coast Wire   4 speakers  13 quotations", in columns and in the order that the user wants: with
/// `usual` cells or fewer without the speakers, and in signs. What does not fit into `room` goes: tags first, the publisher
/// last.
pub fn imprint(app: &App, headline: &Headline, usual: usize, room: usize) -> String {
    let parts = app.row_parts();
    let notes = notes(app, headline);
    let has = |part| parts.contains(&part);
    let all_tags = app.user().tags_of(headline.id).filter(|_| has(RowPart::Tags));
    let tags: Vec<_> = all_tags.map(|tag| format!("#{tag}")).collect();
    let publisher = headline.publisher.as_deref().filter(|_| has(RowPart::Publisher)).unwrap_or_default();
    let fewer = match &tags[..] {
        [first, rest @ ..] if !rest.is_empty() => format!("{first} +{}", rest.len()),
        _ => tags.concat(),
    };
    let line = |notes: &str, tags: &str, publisher: &str| {
        let words = |part: &RowPart| match part {
            RowPart::Day => (String::new(), false),
            RowPart::Tags => (tags.to_owned(), false),
            RowPart::Publisher => (publisher.to_owned(), false),
            RowPart::Speakers => (speakers(headline, usual), true),
            RowPart::Quotations => (quotations(headline, usual), true),
        };
        in_order([(notes.to_owned(), false)].into_iter().chain(parts.iter().map(words)))
    };
    let what_is_noted = notes.join(BETWEEN);
    let ways = [(tags.join(BETWEEN), publisher), (fewer, publisher), (String::new(), publisher)];
    // A tag never takes the place of the publisher, and what stands in for a day is always said.
    let ways = if tags.is_empty() || !notes.is_empty() { &ways[..] } else { &ways[..2] };
    let mut lines = ways.iter().map(|(tags, publisher)| line(&what_is_noted, tags, publisher));
    let room_for_words = || room.saturating_sub(cells(&line("", "", "")) + BESIDE_NUMBER.len());
    lines.find(|line| cells(line) <= room).unwrap_or_else(|| match (tags.first(), publisher) {
        _ if !notes.is_empty() => line(&shorten(&what_is_noted, room_for_words()), "", ""),
        (Some(tag), "") => line("", &shorten(tag, room_for_words()), ""),
        (Some(tag), publisher) => {
            let (tag, publisher) = tag_and_publisher(tag, publisher, room_for_words());
            line("", &tag, &publisher)
        }
        (None, publisher) => line("", "", &shorten(publisher, room_for_words())),
    })
}

/// Words and numbers one after the other, but for those that are not there.
fn in_order(parts: impl Iterator<Item = (String, bool)>) -> String {
    let (mut line, mut was_number) = (String::new(), false);
    for (words, is_number) in parts.filter(|(words, _)| !words.is_empty()) {
        if !line.is_empty() {
            line += if is_number || was_number { BESIDE_NUMBER } else { BETWEEN };
        }
        line += &words;
        was_number = is_number;
    }
    line
}

fn quotations(headline: &Headline, usual: usize) -> String {
    match (usual >= LONG_IMPRINT, headline.quotations as usize) {
        (true, 0) => format!("{:>13}", "no quotations"),
        (true, number) => format!("{:>13}", counted(number, "quotation")),
        (false, 0) => "no “”".to_owned(),
        (false, number) => format!("{number:>2} “”"),
    }
}

/// How many speak, in a column; nothing where there is no room for that.
fn speakers(headline: &Headline, usual: usize) -> String {
    match headline.speakers.len() {
        _ if usual < LONG_IMPRINT => String::new(),
        0 => " ".repeat(11),
        number => format!("{:>11}", counted(number, "speaker")),
    }
}

/// What one should know of an article besides: that it is a sample beside articles of one's own, that its file is missing,
/// that its day is not its own.
pub fn notes(app: &App, headline: &Headline) -> Vec<String> {
    let samples = &app.progress().samples;
    let is_sample = samples.len() < app.catalog().len() && samples.contains(&headline.id);
    let parts = [
        is_sample.then_some("sample"),
        headline.is_gone.then_some("file missing"),
        headline.listed.and_then(Listed::note),
    ];
    parts.into_iter().flatten().map(str::to_owned).collect()
}

/// A tag and the publisher where there is no room for both as they are: the longer one is cut.
fn tag_and_publisher(tag: &str, publisher: &str, room: usize) -> (String, String) {
    /// Fewer cells of a tag say nothing.
    const LEAST: usize = 4;
    let room_for_both = room.saturating_sub(cells(BETWEEN));
    let for_tag = room_for_both.saturating_sub(cells(publisher)).max(room_for_both / 2).min(cells(tag));
    if for_tag < LEAST {
        return (String::new(), shorten(publisher, room));
    }
    let publisher = shorten(publisher, room_for_both - for_tag);
    (shorten(tag, for_tag), publisher)
}
