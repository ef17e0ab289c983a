//! What a format knows of an article before it is one.

use chrono::NaiveDate;

use super::blocks::{Blocks, DraftParagraph};
use super::windows_marks::marks_of_windows;
use super::{Hint, address_date, byline, file_name, html, parts};
use crate::article::{Article, Body, DateSource, Dates, Enclosure, ParagraphKind, Picture, Published};
use crate::text::clean_line;

/// The longest headline that is made from the words of an article, in characters.
const LONGEST_HEADLINE: usize = 90;

/// The most that is kept of each of these, in characters: they are for lists, not for reading.
const LONGEST_NAME: usize = 200;

/// The most tags that an article keeps.
const MOST_TAGS: usize = 50;

/// An article in the making. Names and tags may still hold markup and entities, all but the blocks control characters.
#[derive(Debug, Default)]
pub struct Draft {
    /// The headline, without markup; made from the first words where it is empty.
    pub headline: String,
    /// When it was published, where it says so.
    pub published: Option<Published>,
    /// The day that the name of its file has: its date where neither the article nor its address has one.
    pub day_in_name: Option<NaiveDate>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its address, absolute.
    pub url: Option<String>,
    /// What it was filed under.
    pub tags: Vec<String>,
    /// Whether the blocks are only a summary of what stands at `url`.
    pub is_summary: bool,
    /// What comes with it.
    pub enclosures: Vec<Enclosure>,
    /// The picture that stands for it elsewhere: on the front page, in the lists of others.
    pub lead_picture: Option<Picture>,
    /// Where its readers talk about it, absolute.
    pub comments: Option<String>,
    /// The paragraphs.
    pub blocks: Blocks,
}

impl Draft {
    /// The article; nothing where there is not a word in it.
    pub fn finish(self) -> Option<Article> {
        let mut headline = clean_line(&marks_of_windows(self.headline.as_str().into()));
        let (mut kind, mut left_out) = (ParagraphKind::Headline, 0);
        if headline.is_empty() {
            headline = first_words(&self.blocks)?;
            kind = ParagraphKind::Excerpt;
        }
        let is_repeated = |paragraph: &DraftParagraph<'_>| {
            paragraph.words.len() <= headline.len() * 2 && is_same(&paragraph.words, &headline)
        };
        let mut paragraphs = self.blocks.iter().peekable();
        if self.blocks.iter().nth(1).is_some() && paragraphs.peek().is_some_and(is_repeated) {
            paragraphs.next();
            left_out = 1;
            kind = ParagraphKind::Headline;
        }
        if paragraphs.peek().is_some_and(|first| is_quoted_in(&headline, &first.words)) {
            kind = ParagraphKind::Excerpt;
        }
        let mut parts = parts::assemble(kind, &headline, paragraphs);
        parts.body.set_pictures(self.pictures(&parts.body, left_out));
        let article = Article {
            dates: self.dates(),
            publisher: self.publisher.as_deref().and_then(name).or(parts.agency),
            byline: self.byline.as_deref().map(line).as_deref().and_then(byline::cleaned).or(parts.byline),
            tags: tags(&self.tags),
            is_summary: self.is_summary,
            enclosures: self.enclosures,
            comments: self.comments.filter(|url| is_on_web(url)),
            ..Article::new(parts.body)
        };
        Some(match self.url {
            Some(url) if clean_line(&url) == url => article.at(&url),
            _ => article,
        })
    }

    /// The same, with the day that the name of its file has. The time at which a file was written is no date of an
    /// article: it may be that of a download or a copy.
    #[must_use]
    pub fn named(self, hint: &Hint<'_>) -> Self {
        Self { day_in_name: hint.name.and_then(file_name::day), ..self }
    }

    /// The pictures of a body that has all paragraphs but so many at the top. That which stands for the article comes first, unless
    /// the text has it, or another one above its first words.
    fn pictures(&self, body: &Body, left_out: usize) -> Vec<Picture> {
        let placed =
            |picture: &Picture| Picture { before: (picture.before + 1).saturating_sub(left_out), ..picture.clone() };
        let mut pictures: Vec<_> = self.blocks.pictures().iter().map(placed).collect();
        let is_prose =
            |kind| !matches!(kind, ParagraphKind::Byline | ParagraphKind::Caption | ParagraphKind::Promotion);
        let first =
            body.paragraphs().iter().skip(1).position(|paragraph| is_prose(paragraph.kind)).unwrap_or_default() + 1;
        let is_there = |lead: &&Picture| pictures.iter().all(|known| !known.is_same(lead) && known.before > first);
        if let Some(lead) = self.lead_picture.as_ref().filter(is_there).cloned() {
            pictures.insert(0, lead);
        }
        pictures
    }

    /// When it was published, and who says so.
    fn dates(&self) -> Dates {
        let in_address = || self.url.as_deref().and_then(address_date::day);
        let (published, source) = match (self.published, in_address(), self.day_in_name) {
            (Some(published), ..) => (Some(published), DateSource::Article),
            (None, Some(day), _) => (Some(Published::on(day)), DateSource::Url),
            (None, None, Some(day)) => (Some(Published::on(day)), DateSource::Name),
            (None, None, None) => (None, DateSource::Article),
        };
        Dates::published(published, source)
    }
}

/// Whether an address leads to a page of the web, and holds nothing that a terminal would act on.
fn is_on_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && clean_line(url) == url && !url.contains(' ')
}

/// A line without markup.
fn line(raw: &str) -> String {
    html::line(&marks_of_windows(raw.into())).into_owned()
}

/// A name on one line, without markup; nothing where nothing is left.
pub fn name(raw: &str) -> Option<String> {
    let line = clean_line(&line(raw));
    (!line.is_empty()).then(|| line.chars().take(LONGEST_NAME).collect())
}

fn tags(raw: &[String]) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in raw.iter().take(MOST_TAGS * 4).filter_map(|tag| name(tag)) {
        if tags.len() < MOST_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The beginning of the first paragraph, as far as its first sentence goes or a line is long.
fn first_words(blocks: &Blocks) -> Option<String> {
    let first = blocks.iter().find(|paragraph| paragraph.kind != ParagraphKind::Caption).or(blocks.iter().next())?;
    let words = first.words;
    let mut end = words.char_indices().nth(LONGEST_HEADLINE).map_or(words.len(), |(at, _)| at);
    // An ideographic full stop needs no blank after it.
    let sentence = words[..end].find(". ").into_iter().chain(words[..end].find('。')).min();
    if let Some(sentence) = sentence {
        return Some(words[..sentence].to_owned());
    }
    if end == words.len() {
        return Some(words.trim_end_matches('.').to_owned());
    }
    end = words[..end].rfind(' ').unwrap_or(end);
    Some(format!("{}…", words[..end].trim_end_matches([',', ';', ':', ' '])))
}

/// Whether a headline with quotation marks is how the text begins, perhaps after the name of an account, as of a post: it
/// quotes nothing once more.
fn is_quoted_in(headline: &str, text: &str) -> bool {
    let headline = headline.trim_end_matches([' ', '.', '…', '[', ']']);
    let is_beginning = |words: &str| !words.is_empty() && letters(text).starts_with(&letters(words));
    let after_account = || headline.split_once(": ").is_some_and(|(_, words)| is_beginning(words));
    headline.contains(['“', '”', '„', '"', '«', '»', '‘', '「']) && (is_beginning(headline) || after_account())
}

/// Whether two lines say the same, capitals and marks apart.
fn is_same(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(headline: &str, text: &str) -> Draft {
        Draft { headline: headline.to_owned(), blocks: Blocks::of_plain(text), ..Draft::default() }
    }

    #[test]
    fn headlines_are_cleaned_and_not_repeated() {
        let article = draft("Tea & <toast>\u{1b}[2J", "TEA & TOAST!\nThey are served.").finish().unwrap();
        assert_eq!(article.body.text(), "Tea & <toast>\nThey are served.");
    }

    #[test]
    fn without_a_headline_the_first_words_are_it() {
        let headline = |text: &str| draft("", text).finish().unwrap().headline().to_owned();
        assert_eq!(headline("Tea is served. Nobody came."), "Tea is served");
        assert_eq!(headline("Tea."), "Tea");
        assert_eq!(headline("橋は閉鎖される。誰も来なかった。"), "橋は閉鎖される");
        let long = "word ".repeat(40);
        assert!(headline(&long).ends_with("word…") && headline(&long).chars().count() <= 91);
        assert!(draft("", "").finish().is_none());
    }

    #[test]
    fn headline_that_begins_the_text_quotes_nothing_once_more() {
        let kind = |headline: &str| {
            let text = "“The pump holds,” said Bo Lund, who has been the keeper of the harbour for a year.";
            draft(headline, text).finish().map(|article| article.body.paragraphs()[0].kind)
        };
        for headline in ["“The pump holds,” said Bo Lund…", "\"The pump holds\" [...]", "bo: “The pump holds,” said"]
        {
            assert_eq!(kind(headline), Some(ParagraphKind::Excerpt), "{headline}");
        }
        for headline in ["“The pump holds”, says keeper", "The pump holds", "“The pump leaks”"] {
            assert_eq!(kind(headline), Some(ParagraphKind::Headline), "{headline}");
        }
    }

    #[test]
    fn names_are_short_and_clean() {
        let mut draft = draft("Tea", "Tea is served.");
        draft.byline = Some("<a href='x'>By Jane Doe</a>".to_owned());
        draft.publisher = Some("Coast\u{202e} Wire".to_owned());
        draft.tags = vec!["Food".to_owned(), "Food".to_owned(), " ".to_owned(), "x".repeat(999)];
        draft.url = Some("https://coast.example/tea".to_owned());
        let article = draft.finish().unwrap();
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.publisher.as_deref(), Some("Coast Wire"));
        assert_eq!(article.tags.iter().map(String::len).collect::<Vec<_>>(), [4, 200]);
        assert_eq!(article.url.as_deref(), Some("https://coast.example/tea"));
    }
}
