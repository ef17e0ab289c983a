//! What an answer of a feed changes: which of its articles are new, have changed, or are there once more.
//!
//! Accepts the entries of the answer, each under the identity by which the library knows it, and what the feed brought before;
//! returns what is to be ingested and recorded. The order of the entries decides nothing, and an entry that was read before as
//! it is now says nothing new, whether the others are listed or not.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::article::{Article, ArticleId, ArticleKeys, Dates, Edition, Enclosure, Origin, TextVersion};
use crate::formats;
use crate::library::{self, EntryRecord, Library, Reading, Subscription};

/// An entry of the answer.
#[derive(Debug)]
pub(super) struct FeedEntry {
    article: Article,
    /// Its place in the answer.
    number: usize,
    record: EntryRecord,
}

/// What the entries that are one article change.
#[derive(Debug, Default)]
pub(super) struct EntryChange {
    /// What is to be ingested.
    pub article: Option<Article>,
    /// Whether the library had no such article.
    pub is_new: bool,
    /// What is to be recorded of the entry that counts.
    pub entry: Option<EntryRecord>,
    /// What is to be recorded of those that are the same article once more.
    pub copies: Vec<EntryRecord>,
    /// Where and when else the article appeared.
    pub editions: Vec<Edition>,
}

/// Holds the entries of an answer against the library.
pub(super) struct FeedReading<'a> {
    pub library: &'a Library,
    /// The time.
    pub now: DateTime<Utc>,
    pub source: &'a Subscription,
    pub reading: &'a Reading<'a>,
    /// What the feed brought before.
    pub known: &'a HashMap<ArticleId, EntryRecord>,
}

/// Brings together the entries that are one article, in the order of the feed.
pub(super) fn brought_together(articles: Vec<Article>) -> Vec<Vec<FeedEntry>> {
    let mut places: HashMap<ArticleId, usize> = HashMap::new();
    let mut all: Vec<Vec<FeedEntry>> = Vec::with_capacity(articles.len());
    for (number, mut article) in articles.into_iter().enumerate() {
        article.editions.clear();
        let place = *places.entry(article.id).or_insert(all.len());
        if place == all.len() {
            all.push(Vec::new());
        }
        all[place].push(FeedEntry { number, record: EntryRecord::of(&article), article });
    }
    all
}

impl FeedEntry {
    /// Which article it is.
    pub fn article(&self) -> ArticleId {
        self.article.id
    }

    /// What is recorded of it where it counts: one that has no identifier keeps that which the article had before.
    fn record(&self, before: Option<&EntryRecord>) -> EntryRecord {
        EntryRecord { guid: self.record.guid.or(before.and_then(|before| before.guid)), ..self.record }
    }

    /// Whether it is what was recorded, as it was then.
    fn is(&self, before: &EntryRecord) -> bool {
        self.record(Some(before)) == *before
    }

    /// Whether another entry that is the same article counts rather than this: its text does, or it has an earlier date.
    fn yields_to(&self, other: &Self) -> bool {
        let (this, that) = (TextVersion::of(&self.article), TextVersion::of(&other.article));
        if this.is_summary == that.is_summary && this.body.text() == that.body.text() {
            other.is_earlier(&self.article.dates)
        } else {
            this.gives_way_to(that, false)
        }
    }

    fn is_earlier(&self, dates: &Dates) -> bool {
        let published = self.article.dates.published;
        published.is_some_and(|own| dates.published.is_none_or(|other| own.moment() < other.moment()))
    }

    /// The one that counts, under the earliest date, and the others.
    fn chosen(mut entries: Vec<Self>) -> Option<(Self, Vec<Self>)> {
        let (mut place, mut dates) = (0, entries.first()?.article.dates);
        for (number, entry) in entries.iter().enumerate().skip(1) {
            place = if entries[place].yields_to(entry) { number } else { place };
            dates = if entry.is_earlier(&dates) { entry.article.dates } else { dates };
        }
        let mut entry = entries.remove(place);
        if entry.article.dates != dates {
            entry.article.editions.push(Edition::of(&entry.article));
            entry.article.dates = dates;
        }
        Some((entry, entries))
    }
}

impl EntryChange {
    /// Where this entry counts, and the others are the same article once more.
    fn of(entry: &mut FeedEntry, others: &[FeedEntry], before: Option<&EntryRecord>) -> Self {
        let mut editions = std::mem::take(&mut entry.article.editions);
        editions.extend(others.iter().map(|other| Edition::of(&other.article)));
        let is_other = |record: &EntryRecord| *record != entry.record;
        let copies = others.iter().map(|other| other.record).filter(is_other).collect();
        Self { entry: Some(entry.record(before)), copies, editions, ..Self::default() }
    }
}

impl FeedReading<'_> {
    /// What the entries that are one article change.
    pub fn change(&self, entries: Vec<FeedEntry>) -> Result<EntryChange, library::Error> {
        let Some(first) = entries.first() else { return Ok(EntryChange::default()) };
        let (id, number) = (first.article.id, first.number);
        let (is_held, before) = (self.reading.is_held(id)?, self.known.get(&id));
        if let Some(before) = before.filter(|_| is_held) {
            return self.change_of_known(before, entries);
        }
        if !is_held && self.library.is_expired(self.source, &first.article, self.now)? {
            return Ok(EntryChange::default());
        }
        let Some((mut entry, others)) = FeedEntry::chosen(entries) else { return Ok(EntryChange::default()) };
        let mut change = EntryChange::of(&mut entry, &others, before);
        let mut article = entry.article;
        if is_held {
            change.editions.push(Edition::of(&article));
            change.article = self.replacement(id, article, number, true)?;
        } else {
            article.dates.seen = Dates::seen_in_answer(self.now, number);
            article.editions = std::mem::take(&mut change.editions);
            (change.article, change.is_new) = (Some(article), true);
        }
        Ok(change)
    }

    /// The same for an article that the feed brought before.
    fn change_of_known(&self, before: &EntryRecord, entries: Vec<FeedEntry>) -> Result<EntryChange, library::Error> {
        let number = entries.first().map_or(0, |entry| entry.number);
        let has_guid_of = |entry: &FeedEntry| before.guid.is_some() && entry.record.guid == before.guid;
        let (mut own, mut read, mut come) = (Vec::new(), Vec::new(), Vec::new());
        for entry in entries {
            if entry.is(before) {
                own.push(entry);
            } else if self.library.known_as(entry.record.key())? == Some(before.article) {
                read.push(entry);
            } else if has_guid_of(&entry) {
                own.push(entry);
            } else {
                come.push(entry);
            }
        }
        let (is_listed, is_edited) = (!own.is_empty(), own.iter().any(|entry| !entry.is(before)));
        if is_edited {
            read.append(&mut come);
        } else if come.is_empty() {
            return self.unchanged(before.article, own, number);
        }
        own.append(&mut come);
        let Some((mut entry, mut others)) = FeedEntry::chosen(own) else { return Ok(EntryChange::default()) };
        others.append(&mut read);
        let mut change = EntryChange::of(&mut entry, &others, Some(before));
        if entry.is(before) {
            change.entry = None;
        } else if !is_listed && self.is_copy(before, &entry.article)? {
            change.entry = None;
            change.copies.push(entry.record);
            change.editions.push(Edition::of(&entry.article));
        } else {
            change.article = self.replacement(before.article, entry.article, number, true)?;
        }
        Ok(change)
    }

    /// Whether an entry with the words of an article of this feed, of which another entry that is not listed with it was
    /// recorded, was published apart from that: the feed lists both, or they have other links and days, or other days that are
    /// both known.
    fn is_copy(&self, before: &EntryRecord, article: &Article) -> Result<bool, library::Error> {
        if before.guid.is_some_and(|guid| article.keys.guid.is_some() && self.reading.lists(guid)) {
            return Ok(true);
        }
        let Some(held) = self.library.held(before.article)? else { return Ok(false) };
        let now = Edition::of(article);
        let is_known = || held.editions.iter().any(|known| known.published.is_some() && !now.differs(known));
        Ok(article.keys.content == held.keys.content
            && now.is_of_another_day(&Edition::of(&held))
            && (held.url != article.url || is_known()))
    }

    /// What is to be ingested in place of an article of the library where a feed has this of it now, if anything: the text that
    /// counts (see [`TextVersion::gives_way_to`]), or the one that is there at its new address. Of two feeds with the same story
    /// at other addresses the first one's stays, unless it is but a summary. Where it `may_be_edit`,
    /// a text of this feed's own gives way to what the feed says now.
    fn replacement(
        &self,
        id: ArticleId,
        mut article: Article,
        number: usize,
        may_be_edit: bool,
    ) -> Result<Option<Article>, library::Error> {
        let Some(held) = self.library.held(id)? else { return Ok(None) };
        let is_own = may_be_edit && self.known.contains_key(&id) && self.is_from_here(&held)?;
        let is_fuller = held.is_summary && !article.is_summary;
        let is_text = held.body == article.body && !is_fuller;
        let is_others = held.url != article.url && self.library.feeds_of_article(id)?.len() > 1;
        let counts = TextVersion::of(&held).gives_way_to(TextVersion::of(&article), is_own)
            && (!is_others || is_fuller)
            && (is_own || !is_text);
        article.dates.seen = self.seen_before(number).filter(|_| article.dates.published.is_none());
        article.dates = held.dates.known_besides(article.dates, is_own && self.is_read_anew());
        let is_shared = self.library.feeds_of_article(id)?.len() > 1;
        if !is_own || is_shared {
            // What comes with it in one feed stays where another brings something else, or nothing.
            article.enclosures = with_others(&held.enclosures, &article.enclosures);
        }
        if counts && is_own {
            let is_same = is_text
                && held.dates == article.dates
                && held.url == article.url
                && named(&held.enclosures) == named(&article.enclosures);
            // The feed may have moved: it is the same place all the same.
            article.origin = held.origin.clone();
            return Ok((!is_same).then_some(article));
        }
        if counts {
            article.editions.push(Edition::of(&held));
            return Ok(Some(article));
        }
        let is_moved = is_own && !is_others && article.url.is_some() && article.url != held.url;
        let brings = named(&held.enclosures) != named(&article.enclosures);
        let (url, enclosures) = (
            if is_moved { article.url } else { held.url.clone() },
            if brings { article.enclosures } else { held.enclosures.clone() },
        );
        let keys = ArticleKeys { content: held.keys.content, ..article.keys };
        Ok((is_moved || brings).then(|| Article {
            url,
            keys,
            enclosures,
            editions: Vec::new(),
            ..Arc::unwrap_or_clone(held)
        }))
    }

    /// Whether the text of an article was fetched for this feed, not for another one.
    fn is_from_here(&self, held: &Article) -> Result<bool, library::Error> {
        let Origin::Web(address) = &held.origin else { return Ok(false) };
        let other = self.library.subscription_at(address)?.filter(|feed| feed.id != self.source.id);
        Ok(other.is_none())
    }

    /// What an article changes whose entries are as they were before: nothing, unless an older version of the program read them,
    /// which may have kept the shorter of two texts, and not said where else the article appeared.
    fn unchanged(&self, id: ArticleId, own: Vec<FeedEntry>, number: usize) -> Result<EntryChange, library::Error> {
        let mut change = self.first_seen(id, number)?;
        if self.is_read_anew()
            && let Some((entry, _)) = FeedEntry::chosen(own)
        {
            change.editions.push(Edition::of(&entry.article));
            let replacement = self.replacement(id, entry.article, number, false)?;
            change.article = replacement.or(change.article);
        }
        Ok(change)
    }

    /// Whether an older version of the program read the feed last.
    fn is_read_anew(&self) -> bool {
        self.source.status.reader != formats::VERSION
    }

    /// The article, where it has no date and an older version of the library did not say when it was first seen: now it does.
    fn first_seen(&self, id: ArticleId, number: usize) -> Result<EntryChange, library::Error> {
        let mut change = EntryChange::default();
        if let Some(seen) = self.seen_before(number)
            && let Some(held) = self.library.held(id)?
            && held.dates.published.is_none()
            && held.dates.seen.is_none()
        {
            let mut article = Arc::unwrap_or_clone(held);
            (article.dates.seen, article.editions) = (Some(seen), Vec::new());
            change.article = Some(article);
        }
        Ok(change)
    }

    /// When an entry that an older version of the program brought was seen at the latest: at the last reading.
    fn seen_before(&self, number: usize) -> Option<DateTime<Utc>> {
        let read = self.source.status.succeeded.filter(|_| self.is_read_anew())?;
        Dates::seen_in_answer(DateTime::from_timestamp(read, 0)?, number)
    }
}

/// What comes with an article by its names: addresses may have a key of the day in them.
fn named(enclosures: &[Enclosure]) -> Vec<&str> {
    enclosures.iter().map(Enclosure::file_name).collect()
}

/// What came with an article, and what is new of what comes with it elsewhere.
fn with_others(known: &[Enclosure], come: &[Enclosure]) -> Vec<Enclosure> {
    let is_new = |enclosure: &&Enclosure| !named(known).contains(&enclosure.file_name());
    known.iter().chain(come.iter().filter(is_new)).cloned().collect()
}
