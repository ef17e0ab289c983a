//! The card that says all that is known of the article: where it comes from, when, what the user and the rules did with it.

use super::{Card, row_after};
use crate::app::command::Command;
use crate::app::screen::card_width;
use crate::app::{App, Reader};
use crate::article::{Edition, Enclosure, Origin, Picture, shown_address};
use crate::layout::wrap;
use crate::quotes::Certainty;
use crate::text::{Span, clean_line, counted};
use crate::user::{RuleDeed, RuleResult};

/// How far the card is scrolled.
#[derive(Debug, Default)]
pub struct ArticleInfo {
    /// The first row shown.
    pub scroll: usize,
}

/// A row of the card: the name of what it says, empty below its first row; and the words.
#[derive(Debug, PartialEq, Eq)]
pub struct InfoRow {
    /// "publisher"
    pub name: &'static str,
    /// A row of what it is.
    pub value: String,
}

/// How many cells the name of a fact takes, with the space behind it.
pub const NAME_WIDTH: usize = 12;

/// Shows or hides the card.
pub(in crate::app) fn toggle(app: &mut App) {
    if app.article.reader.is_none() {
        return app.refuse("No article is open");
    }
    app.views.toggle_card(Card::ArticleInfo(ArticleInfo::default()));
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let (page, rows) = (usize::from(app.size.height / 2), app.article_info().len());
    let room = usize::from(app.card_area().height).saturating_sub(2);
    if let Some(Card::ArticleInfo(info)) = app.views.card_mut() {
        info.scroll = row_after(command, info.scroll, count, page, rows).min(rows.saturating_sub(room));
    }
}

impl App {
    /// What is known of the open article, row by row as the card shows it.
    pub fn article_info(&self) -> Vec<InfoRow> {
        let width = card_width(self.card_area()).saturating_sub(NAME_WIDTH).max(8);
        let rows = |(name, value): (&'static str, String)| {
            let row = |(at, span): (usize, Span)| InfoRow {
                name: if at == 0 { name } else { "" },
                value: span.of(&value).to_owned(),
            };
            let spans = if value.is_empty() { Vec::new() } else { wrap(&value, width) };
            spans.into_iter().enumerate().map(row).collect::<Vec<_>>()
        };
        self.article_facts().into_iter().flat_map(rows).collect()
    }

    /// What is known of the open article, with the name of each; empty where there is nothing to say.
    fn article_facts(&self) -> Vec<(&'static str, String)> {
        let Some(reader) = &self.article.reader else { return Vec::new() };
        let (article, record) = (&reader.article, &reader.record);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut facts = vec![
            ("headline", article.headline().to_owned()),
            ("by", text(&article.byline)),
            ("publisher", text(&article.publisher)),
            ("published", article.dates.in_words(&self.display.dates.form_at(DAY, None))),
        ];
        facts.extend(article.editions.iter().map(|edition| ("also in", self.edition_in_words(edition))));
        let seen = article.dates.first_seen().filter(|_| !article.dates.listed().is_some_and(|listed| listed.is_seen));
        facts.push(("first seen", seen.map_or_else(String::new, |at| self.display.dates.moment(at, DAY))));
        facts.push(("address", article.url.as_deref().map(shown_address).unwrap_or_default()));
        facts.push(("comments", text(&article.comments)));
        match &record.files[..] {
            [] => facts.push(("from", origin_in_words(&article.origin))),
            files => facts.extend(files.iter().map(|file| ("file", file.clone()))),
        }
        facts.extend(record.feeds.iter().map(|feed| ("feed", feed.clone())));
        let fetched = if let Origin::Web(address) = &article.origin { shown_address(address) } else { String::new() };
        // What was found at its own address, or said already, is not said twice.
        let is_said = record.files.is_empty() || Some(fetched.as_str()) == article.url.as_deref();
        facts.push(("fetched from", if is_said { String::new() } else { fetched }));
        let enclosure = |of: &Enclosure| ("with it", format!("{} {}", of.in_words(), of.url));
        facts.extend(article.enclosures.iter().map(enclosure));
        facts.push(("topics", article.tags.join(", ")));
        let picture = |of: &Picture| ("picture", [of.description.as_str(), &of.url].join(" ").trim().to_owned());
        facts.extend(article.body.pictures().iter().take(MOST_PICTURES).map(picture));
        facts.push(("text", self.text_in_words()));
        facts.push(("quotations", self.quotations_in_words()));
        facts.push(("you", self.user_data_in_words()));
        facts.extend(record.rules.iter().map(|result| ("rule", self.rule_in_words(result))));
        facts.into_iter().map(|(name, value)| (name, clean_line(&value))).collect()
    }

    /// "Coast Wire, 14 March 2026", and its address.
    fn edition_in_words(&self, edition: &Edition) -> String {
        let day = edition.published.map(|published| self.display.dates.day(published.day, DAY));
        let parts = [edition.publisher.clone(), day, edition.url.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// "310 words in 12 paragraphs, 2 min, 3 links, 1 picture, a summary"
    fn text_in_words(&self) -> String {
        let Some(reader) = &self.article.reader else { return String::new() };
        let body = &reader.article.body;
        let words = counted(body.text().split_whitespace().count(), "word");
        let mut said = vec![format!("{words} in {}", counted(body.paragraphs().len(), "paragraph"))];
        said.push(format!("{} min", reader.article.reading_minutes()));
        let counts = [(body.links().len(), "link"), (body.pictures().len(), "picture")];
        said.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(count, what)));
        said.extend(reader.article.is_summary.then(|| "a summary".to_owned()));
        said.join(", ")
    }

    /// "12 by 4 speakers, 2 doubtful, 1 corrected"
    fn quotations_in_words(&self) -> String {
        let Some(reader) = &self.article.reader else { return String::new() };
        let findings = &reader.findings;
        let spoken = self.catalog.get(reader.id()).map_or(0, |headline| headline.quotations);
        let mut said = vec![match spoken {
            0 => "none that somebody speaks".to_owned(),
            _ => format!("{spoken} by {}", counted(reader.speaker_counts().0, "speaker")),
        }];
        let reported = reader.reported_count();
        said.extend((reported > 0).then(|| format!("{reported} reported without marks")));
        let is_quoted = |at: &usize| !findings.quotations[*at].is_reported();
        let statements = || (0..findings.quotations.len()).filter(|at| reader.first_run(*at) == *at).filter(is_quoted);
        for (certainty, word) in [(Certainty::Doubtful, "doubtful"), (Certainty::Corrected, "corrected or confirmed")] {
            let number = statements().filter(|at| reader.certainty(*at) == certainty).count();
            said.extend((number > 0).then(|| format!("{number} {word}")));
        }
        said.join(", ")
    }

    /// "read, starred, tagged budget and sea, 2 quotations kept"
    fn user_data_in_words(&self) -> String {
        let Some(reader) = &self.article.reader else { return String::new() };
        let id = reader.id();
        let mut did = vec![if self.user.is_read(id) { "read" } else { "unread" }.to_owned()];
        did.extend(self.user.is_starred(id).then(|| "starred".to_owned()));
        did.extend(self.user.is_removed(id).then(|| "removed from the list".to_owned()));
        did.extend(self.user.tags_of(id).map(|tag| format!("tagged {tag}")));
        let kept = self.user.state().clippings_of(id).count();
        did.extend((kept > 0).then(|| format!("{} kept", counted(kept, "quotation"))));
        let lost = reader.record.unplaced.len();
        did.extend((lost > 0).then(|| format!("{} whose words are not quoted any more", counted(lost, "correction"))));
        did.join(", ")
    }

    /// "title:bridge → star, tag:bridge (14 March 2026)"
    fn rule_in_words(&self, result: &RuleResult) -> String {
        let RuleResult { when, did, .. } = result;
        let day = result.day().map_or_else(String::new, |day| format!(" ({})", self.display.dates.day(day, DAY)));
        let undone: Vec<_> =
            result.deeds().filter(|deed| !self.still_holds(deed)).map(|deed| deed.to_string()).collect();
        let undone = match undone.join(", ") {
            none if none.is_empty() => none,
            all if all == *did => "; undone since".to_owned(),
            some => format!("; undone since: {some}"),
        };
        format!("{when} → {did}{day}{undone}")
    }

    /// Whether the open article is as a rule left it.
    fn still_holds(&self, deed: &RuleDeed) -> bool {
        let Some(id) = self.article.reader.as_ref().map(Reader::id) else { return true };
        match deed {
            RuleDeed::Read => self.user.is_read(id),
            RuleDeed::Star => self.user.is_starred(id),
            RuleDeed::Hide => self.user.is_removed(id),
            RuleDeed::Tag(tag) => self.user.tags_of(id).any(|known| known == tag),
            RuleDeed::Clip => self.user.state().clippings_of(id).next().is_some(),
            RuleDeed::Notify => true,
        }
    }
}

/// Where an article was found, where no file and no feed says it.
fn origin_in_words(origin: &Origin) -> String {
    match origin {
        Origin::Unknown => String::new(),
        Origin::Input => "standard input".to_owned(),
        Origin::Bundled(_) => "the samples that come with pullquote".to_owned(),
        Origin::File(_) | Origin::Web(_) => origin.to_string(),
    }
}

/// The card tells of so many pictures of an article; all of them are counted.
const MOST_PICTURES: usize = 5;

/// The form of a day.
const DAY: &str = "%-d %B %Y";
