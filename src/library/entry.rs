//! One article with its findings, corrections and folded text, ready to be searched.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::article::{Article, Edition, Enclosure};
use crate::catalog::{ArticleSpeaker, Headline, article_speakers};
use crate::query::{Hit, Needle, Query, Snippet, Term, TermKind, spans_of};
use crate::quotes::{self, Certainty, Corrections, Findings, Quotation, Speaker, SpeakerId};
use crate::text::{fold, fold_with_offsets};
use crate::user::reanchor::{self, ALIKE, Quoted, counted, likeness_of_versions};
use crate::user::{UnplacedCorrection, UserState};

/// An article, its findings, and its text folded for the search.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The article.
    pub article: Arc<Article>,
    /// Who said what in it, as the engine found it; reported statements are among the quotations.
    pub findings: Arc<Findings>,
    /// Its quotations with the user's corrections, without reported statements.
    corrected: Arc<Findings>,
    /// The same with reported statements.
    with_reported: Arc<Findings>,
    /// The folded text: as many lines as the text has paragraphs.
    folded: Arc<str>,
    /// The folded names of all speakers, one a line.
    speakers: String,
}

impl Entry {
    pub(super) fn new(article: Article, findings: Findings, corrections: Option<&Corrections>) -> Self {
        let folded = fold(article.body.text()).into();
        let (article, findings) = (Arc::new(article), Arc::new(findings));
        let (corrected, with_reported) = (Arc::clone(&findings), Arc::clone(&findings));
        let entry = Self { article, findings, corrected, with_reported, folded, speakers: String::new() };
        entry.with_corrections(corrections)
    }

    /// The same with the user's word on who spoke.
    pub(super) fn with_corrections(&self, corrections: Option<&Corrections>) -> Self {
        let corrected = |findings: &Arc<Findings>| match corrections {
            Some(corrections) if !corrections.is_empty() => Arc::new(findings.corrected(corrections)),
            _ => Arc::clone(findings),
        };
        let with_reported = corrected(&self.findings);
        let quoted = if self.findings.has_reported() {
            corrected(&Arc::new(self.findings.without_reported()))
        } else {
            Arc::clone(&with_reported)
        };
        Self { speakers: speakers(&with_reported), corrected: quoted, with_reported, ..self.clone() }
    }

    /// The same, with what comes with it.
    pub(super) fn with_enclosures(&self, enclosures: &[Enclosure]) -> Self {
        let mut article = self.article.as_ref().clone();
        article.enclosures = enclosures.to_vec();
        Self { article: Arc::new(article), ..self.clone() }
    }

    /// The same, with where and when else it appeared.
    pub(super) fn with_editions(&self, more: &[Edition]) -> Self {
        let mut article = self.article.as_ref().clone();
        for edition in more {
            let known = [Edition::of(&article)];
            if known.iter().chain(&article.editions).all(|known| edition.differs(known)) {
                article.editions.push(edition.clone());
            }
        }
        Self { article: Arc::new(article), ..self.clone() }
    }

    /// Its line in the list, with the user's corrections.
    pub fn headline(&self) -> Headline {
        Headline::of(&self.article, &self.corrected)
    }

    /// Who said what in it in quotation marks, with the user's corrections.
    pub fn corrected(&self) -> &Findings {
        &self.corrected
    }

    /// The same, and what it reports without quotation marks.
    pub fn with_reported(&self) -> &Findings {
        &self.with_reported
    }

    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// The folded names of all who speak, one a line.
    pub(super) fn speakers(&self) -> &str {
        &self.speakers
    }

    /// The folded words of each quotation that has a speaker.
    pub(super) fn said(&self) -> impl Iterator<Item = String> {
        self.spoken().map(|quotation| self.words_of(quotation))
    }

    /// Whether the article, which came from feeds with these tags, matches `query`.
    pub(super) fn matches(&self, query: &Query, user_state: &UserState, feed_tags: &[String]) -> bool {
        let is_removed = user_state.flags(self.article.id).removed;
        let has = |term: &Term| self.has(term, query, user_state, feed_tags) != term.negated;
        (!is_removed || query.asks_for_removed()) && query.clauses().all(|clause| clause.iter().any(has))
    }

    /// Whether an article of the same file and headline is an older version of this one: it is of no other day, and much
    /// like it.
    pub fn is_version_of(&self, older: &Article) -> bool {
        let is_of_another_day =
            older.dates.published.zip(self.article.dates.published).is_some_and(|(was, is)| !was.is_of_day_of(is));
        let words = |article: &Article| counted(&fold(article.told()));
        !is_of_another_day && likeness_of_versions(&words(older), &words(&self.article)) >= ALIKE
    }

    /// Where the byte `position` of an older text of the article and its corrections are in this one; and the corrections
    /// whose words are not quoted here.
    pub fn follow(
        &self,
        older: &Article,
        position: Option<usize>,
        corrections: &Corrections,
    ) -> (Option<usize>, Corrections, Vec<UnplacedCorrection>) {
        let (body, found) = (&older.body, quotes::find_all(&older.body));
        let (old, now) =
            (Quoted { body, findings: &found }, Quoted { body: &self.article.body, findings: &self.findings });
        let (moved, _) = reanchor::quotations(old, now, corrections.keys().copied(), &[]);
        let position = position.map(|at| reanchor::position(body.text(), self.article.body.text(), at));
        let (mut placed, mut lost) = (Corrections::new(), Vec::new());
        for (&start, correction) in corrections {
            let correction = correction.clone();
            match moved.get(&start) {
                Some(&now) => _ = placed.insert(now, correction),
                None => lost.push(UnplacedCorrection { start, words: old.words_at(start).to_owned(), correction }),
            }
        }
        (position, placed, lost)
    }

    /// Where a byte of an older text of the article is in this one.
    pub fn place_of(&self, older: &Article, offset: usize) -> usize {
        reanchor::position(older.body.text(), self.article.body.text(), offset)
    }

    /// Where quotations that start at these bytes of an older text of the article start in this one, as far as their words are
    /// quoted here.
    pub fn moved(&self, older: &Article, starts: impl Iterator<Item = usize>) -> BTreeMap<usize, usize> {
        let found = quotes::find_all(&older.body);
        let old = Quoted { body: &older.body, findings: &found };
        let now = Quoted { body: &self.article.body, findings: &self.findings };
        let starts: BTreeSet<usize> = starts.collect();
        reanchor::quotations(old, now, starts.into_iter(), &[]).0
    }

    /// The hit that it is for `query`.
    pub(super) fn hit(&self, query: &Query) -> Hit {
        let needles = query.needles();
        let title = spans_of(&needles, &fold_with_offsets(self.article.headline()));
        let (id, listed, headline) = (self.article.id, self.article.dates.listed(), self.article.headline().into());
        if query.asks_for_quotations() {
            let mut said = self.said_for(query);
            if let Some(first) = said.next() {
                let snippet = Some(self.quoted(first, said.count(), &needles));
                return Hit { id, listed, headline, title, place: Some(first.span.start), snippet };
            }
        }
        Hit { id, listed, headline, title, place: None, snippet: self.snippet(&needles) }
    }

    fn has(&self, term: &Term, query: &Query, user_state: &UserState, feed_tags: &[String]) -> bool {
        match &term.kind {
            TermKind::Word(words) | TermKind::Phrase(words) => finds(words, &self.folded),
            TermKind::Speaker(name) => finds(name, &self.speakers) || !self.known_as(name, query).is_empty(),
            TermKind::Said(words) => self.is_said(words, false, query),
            TermKind::Reported(words) => self.is_said(words, true, query),
            TermKind::Source(name) => self.article.publishers().any(|source| finds(name, &fold(source))),
            TermKind::Title(words) => finds(words, self.folded.lines().next().unwrap_or_default()),
            TermKind::After(day) => self.listed_on(|listed| day.fixed().is_some_and(|day| listed >= day)),
            TermKind::Before(day) => self.listed_on(|listed| day.fixed().is_some_and(|day| listed < day)),
            TermKind::Author(words) => is_by(self.article.byline.as_deref(), words),
            TermKind::Url(part) => is_at(self.article.url.as_deref(), part),
            TermKind::Has(medium) => {
                self.article.enclosures.iter().any(|enclosure| enclosure.medium() == Some(*medium))
            }
            TermKind::Matches(pattern) => pattern.is_in(&self.folded),
            TermKind::Quotation(_) => false,
            TermKind::Is(state) => user_state.is(self.article.id, *state),
            TermKind::Tag(words) => {
                let of_others = self.article.tags.iter().chain(feed_tags).map(String::as_str);
                user_state.tags(self.article.id).chain(of_others).any(|tag| finds(words, &fold(tag)))
            }
        }
    }

    fn listed_on(&self, is_meant: impl Fn(NaiveDate) -> bool) -> bool {
        self.article.dates.listed().is_some_and(|listed| is_meant(listed.day))
    }

    /// Of each statement that matches the `said:` terms of `query`, or reported one that matches its `reported:` terms, the first
    /// run that does, in the order of the text; only of the speakers that it names, if any.
    pub fn said_for<'a>(&'a self, query: &'a Query) -> impl Iterator<Item = &'a Quotation> {
        let (said, reported): (Vec<_>, Vec<_>) = (query.said().collect(), query.reported().collect());
        let all = &self.with_reported;
        let statements = if said.is_empty() && reported.is_empty() { Vec::new() } else { all.statements() };
        let known = self.wanted_by_other_names(query);
        let matching = move |quotation: &&Quotation| {
            let words = if quotation.is_reported() { &reported } else { &said };
            words.iter().any(|words| self.is_said_in(quotation, words)) && self.is_by_wanted(quotation, query, &known)
        };
        let first = move |runs: Vec<usize>| runs.into_iter().filter_map(|run| all.quotations.get(run)).find(&matching);
        let mut found: Vec<_> = statements.into_iter().filter_map(first).collect();
        found.sort_by_key(|quotation| quotation.span.start);
        found.into_iter()
    }

    /// The statements that `query` asks for by their words or their speaker, each as its runs among those of
    /// [`Entry::with_reported`]; reported ones only where it asks for such.
    pub(super) fn statements_for(&self, query: &Query) -> Vec<Vec<usize>> {
        let (said, reported): (Vec<_>, Vec<_>) = (query.said().collect(), query.reported().collect());
        let known = self.wanted_by_other_names(query);
        let is_meant = |quotation: &Quotation| {
            let is_asked = match quotation.is_reported() {
                true => reported.iter().any(|words| self.is_said_in(quotation, words)),
                false if said.is_empty() => reported.is_empty(),
                false => said.iter().any(|words| self.is_said_in(quotation, words)),
            };
            is_asked && self.is_by_wanted(quotation, query, &known)
        };
        let all = &self.with_reported;
        let mut statements = all.statements();
        statements.retain(|runs| runs.iter().filter_map(|&run| all.quotations.get(run)).any(is_meant));
        statements
    }

    /// Whether a quotation, or a reported statement, has these words: one by a speaker whom the query names, where it names any.
    fn is_said(&self, words: &str, is_reported: bool, query: &Query) -> bool {
        let known = self.wanted_by_other_names(query);
        let mut spoken = self.with_reported.quotations.iter().filter(|quotation| quotation.is_spoken());
        spoken.any(|quotation| {
            quotation.is_reported() == is_reported
                && self.is_said_in(quotation, words)
                && self.is_by_wanted(quotation, query, &known)
        })
    }

    fn is_said_in(&self, quotation: &Quotation, words: &str) -> bool {
        finds(words, &self.words_of(quotation))
    }

    /// Whether a quotation is by a speaker whom the query names, where it names any; `known` are those that go by another
    /// name here.
    fn is_by_wanted(&self, quotation: &Quotation, query: &Query, known: &[SpeakerId]) -> bool {
        let mut wanted = query.speakers().peekable();
        if quotation.speaker.is_some_and(|speaker| known.contains(&speaker)) {
            return true;
        }
        let speaker = self.with_reported.speaker_of(quotation).map(names).unwrap_or_default();
        wanted.peek().is_none() || wanted.any(|name| finds(name, &speaker))
    }

    fn wanted_by_other_names(&self, query: &Query) -> Vec<SpeakerId> {
        query.speakers().flat_map(|name| self.known_as(name, query)).collect()
    }

    /// The speakers whom this name asks for, by what is known of their other names.
    fn known_as(&self, name: &str, query: &Query) -> Vec<SpeakerId> {
        let identities: Vec<&str> = query.identities_of(name).collect();
        if identities.is_empty() {
            return Vec::new();
        }
        let is_theirs = |speaker: &ArticleSpeaker| identities.contains(&speaker.identity.to_string().as_str());
        article_speakers(&self.with_reported)
            .into_iter()
            .filter(is_theirs)
            .flat_map(|speaker| speaker.speakers)
            .collect()
    }

    /// A line with a quotation, who spoke it, and how many more there are.
    fn quoted(&self, quotation: &Quotation, more: usize, needles: &[Needle]) -> Snippet {
        let words = self.article.body.words(quotation.outer).replace('\n', " ");
        let first = spans_of(needles, &fold_with_offsets(&words)).first().map_or(0, |span| span.start);
        let certainty = self.certainty(quotation);
        let speaker = self.with_reported.speaker_of(quotation);
        let name = speaker.map(|speaker| certainty.signed(&speaker.name)).unwrap_or_default();
        let before = match (name.is_empty(), quotation.is_reported()) {
            (true, false) => "",
            (false, false) => ": ",
            // The words are the article's.
            (true, true) => "reported: ",
            (false, true) => " (reported): ",
        };
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let (name_end, is_doubtful) = (name.len(), certainty == Certainty::Doubtful);
        let text = name + before + &excerpt(&words, first) + &more;
        let highlights = spans_of(needles, &fold_with_offsets(&text));
        Snippet { text, highlights, name_end, is_doubtful }
    }

    /// How far the speaker of the statement can be trusted that a quotation is a part of.
    fn certainty(&self, quotation: &Quotation) -> Certainty {
        let all = &self.with_reported;
        let is_it = |&run: &usize| all.quotations[run].span == quotation.span;
        let statement = all.statements().into_iter().find(|runs| runs.iter().any(is_it));
        statement.map_or_else(|| quotation.certainty(), |runs| all.certainty_of(&runs))
    }

    fn spoken(&self) -> impl Iterator<Item = &Quotation> {
        self.corrected.quotations.iter().filter(|quotation| quotation.is_spoken())
    }

    fn words_of(&self, quotation: &Quotation) -> String {
        fold(self.article.body.words(quotation.span))
    }

    /// The most relevant line: the one with the first hit of the rarest needle.
    fn snippet(&self, needles: &[Needle]) -> Option<Snippet> {
        let (_, text) = self.folded.split_once('\n')?;
        let hits = |needle: &Needle| needle.hits(text).take(50).count();
        let rarest = needles.iter().filter(|needle| hits(needle) > 0).min_by_key(|needle| hits(needle))?;
        let at = rarest.first_in(text)?;
        let line = 1 + text[..at].bytes().filter(|&b| b == b'\n').count();
        let paragraph = self.article.body.words(self.article.body.paragraphs().get(line)?.span);
        let first = spans_of(std::slice::from_ref(rarest), &fold_with_offsets(paragraph)).first()?.start;
        let text = excerpt(paragraph, first);
        let highlights = spans_of(needles, &fold_with_offsets(&text));
        Some(Snippet { text, highlights, name_end: 0, is_doubtful: false })
    }
}

fn finds(words: &str, text: &str) -> bool {
    Needle::word(words).first_in(text).is_some()
}

/// Whether a byline has these words.
pub(super) fn is_by(byline: Option<&str>, words: &str) -> bool {
    byline.is_some_and(|byline| finds(words, &fold(byline)))
}

/// Whether an address has these letters in it.
pub(super) fn is_at(url: Option<&str>, part: &str) -> bool {
    url.is_some_and(|url| fold(url).contains(part))
}

/// The folded names of all who speak, one a line.
fn speakers(findings: &Findings) -> String {
    let speaks = |at: usize| findings.quotations.iter().any(|quotation| quotation.speaker.is_some_and(|s| s.0 == at));
    findings.speakers.iter().enumerate().filter(|(at, _)| speaks(*at)).map(|(_, speaker)| names(speaker)).collect()
}

/// All names of a speaker, folded, one a line.
fn names(speaker: &Speaker) -> String {
    std::iter::once(&speaker.name).chain(&speaker.aliases).map(|name| fold(name) + "\n").collect()
}

/// A part of `paragraph` with byte `at` near the start, cut at words.
fn excerpt(paragraph: &str, at: usize) -> String {
    /// The most bytes before the hit, and in all.
    const BEFORE: usize = 16;
    const LENGTH: usize = 240;
    let boundary = |mut offset: usize| {
        while !paragraph.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let earliest = boundary(at.saturating_sub(BEFORE));
    let start = match paragraph[earliest..at].find(' ') {
        _ if earliest == 0 => 0,
        Some(blank) => earliest + blank + 1,
        None => at,
    };
    let end = boundary((start + LENGTH).min(paragraph.len()));
    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    format!("{}{}{}", ellipsis(start > 0), &paragraph[start..end], ellipsis(end < paragraph.len()))
}
