//! Which article of the library it is that has come.
//!
//! An article is known by what its feed knows it by, by its words, or by its address; known by one of them, it is the one
//! that the library has. An address at which two different articles say that they stand (every page names the front page as
//! its own) is the key of none from then on. What is not committed yet is known by the claims on keys, in memory.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use rusqlite::OptionalExtension;

use super::{EntryRecord, Error, Library};
use crate::article::{Article, ArticleId, Edition, Origin, normalized_address};
use crate::catalog::FeedId;
use crate::text::fold;
use crate::user::reanchor::{ALIKE, counted, likeness, likeness_of_versions, shared};

/// Articles that come together: those of one file, one page, or one answer of a feed.
#[derive(Debug)]
pub struct Reading<'l> {
    library: &'l Library,
    /// Of which feed.
    feed: Option<FeedId>,
    /// What the feed lists, by what it knows its entries by: the words of each.
    listed: HashMap<u64, ArticleId>,
    /// What was recorded of entries of the feed, by what a change of them shows by.
    recorded: HashMap<u64, EntryRecord>,
    /// Where the entries that the feed lists stand.
    links: HashSet<String>,
    /// What has come so far.
    come: HashSet<ArticleId>,
    /// What came here first of all.
    claimed: HashSet<ArticleId>,
}

/// What is known of keys by articles that are not committed yet.
#[derive(Debug, Default)]
pub(super) struct Claims {
    keys: HashMap<ArticleId, ArticleId>,
    claimed: HashMap<ArticleId, Claim>,
    /// Addresses that are no keys.
    contested: HashSet<ArticleId>,
}

#[derive(Debug, Clone)]
struct Claim {
    /// As it came, until it is staged.
    article: Option<Arc<Article>>,
    of_feed: bool,
    /// What is claimed for it.
    keys: Vec<ArticleId>,
}

/// What an article is known by in the library.
#[derive(Default)]
enum Known {
    #[default]
    No,
    /// Other articles stand at that address too.
    Contested,
    As(ArticleId),
}

impl Library {
    /// Begins to read what comes together.
    pub fn begin_reading(&self) -> Reading<'_> {
        let (links, come, claimed) = (HashSet::new(), HashSet::new(), HashSet::new());
        Reading { library: self, feed: None, listed: HashMap::new(), recorded: HashMap::new(), links, come, claimed }
    }

    /// Begins to read the answer of a feed, which has these entries, and brought those that are known.
    pub fn begin_reading_feed<'k>(
        &self,
        feed: FeedId,
        entries: &[Article],
        known: impl Iterator<Item = &'k EntryRecord>,
    ) -> Reading<'_> {
        let mut reading = self.begin_reading();
        reading.feed = Some(feed);
        reading.recorded = known.map(|record| (record.content_hash, *record)).collect();
        reading.listed = entries.iter().filter_map(|entry| Some((entry.keys.guid?, entry.keys.content))).collect();
        reading.links = entries.iter().filter_map(|entry| entry.url.clone()).collect();
        reading
    }
}

impl Claims {
    /// Enters an article; the address of one that is known counts once it is committed with that. Returns whether nothing was
    /// entered of it before.
    fn enter(&mut self, article: &Article, is_known: bool, of_feed: bool) -> bool {
        let is_first = !self.claimed.contains_key(&article.id);
        let claim = self.claimed.entry(article.id).or_insert_with(|| Claim {
            article: Some(Arc::new(article.clone())),
            of_feed,
            keys: Vec::new(),
        });
        let address = article.keys.address.filter(|_| !is_known);
        for key in [Some(article.keys.content), address].into_iter().flatten() {
            if let Entry::Vacant(vacant) = self.keys.entry(key) {
                vacant.insert(article.id);
                claim.keys.push(key);
            }
        }
        is_first
    }

    /// An article is staged, and known as it is there.
    pub fn staged(&mut self, id: ArticleId) {
        if let Some(claim) = self.claimed.get_mut(&id) {
            claim.article = None;
        }
    }

    /// Forgets articles: those that are committed are known by the library from then on.
    pub fn forget(&mut self, articles: impl Iterator<Item = ArticleId>) {
        for claim in articles.filter_map(|id| self.claimed.remove(&id)) {
            for key in claim.keys {
                self.keys.remove(&key);
            }
        }
    }
}

/// Forgets what the feed had and nobody took up: it was known, and has not changed. All that a file holds is taken up, later
/// perhaps.
impl Drop for Reading<'_> {
    fn drop(&mut self) {
        if self.feed.is_some() {
            let library = self.library;
            library.claims().forget(self.claimed.drain().filter(|id| !library.is_staged(*id)));
        }
    }
}

impl Reading<'_> {
    /// Gives an article the identity by which the library knows it; one that it does not know keeps its own. What others
    /// read at the same time is known here once it has its identity, whichever comes first.
    pub fn identify(&mut self, article: &mut Article) -> Result<(), Error> {
        let _alone = self.library.identifying.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.known(article)?;
        article.id = known.unwrap_or(article.id);
        if !self.come.insert(article.id) {
            // It comes once more, under another date perhaps.
            article.editions = vec![Edition::of(article)];
        }
        if self.library.claims().enter(article, known.is_some(), self.feed.is_some()) {
            self.claimed.insert(article.id);
        }
        Ok(())
    }

    /// Whether the library has an article, or another reading is about to bring it.
    pub fn is_held(&self, id: ArticleId) -> Result<bool, Error> {
        let is_coming = || !self.claimed.contains(&id) && self.library.claims().claimed.contains_key(&id);
        Ok(self.library.has(id)? || is_coming())
    }

    /// Whether the feed lists an entry under this identifier.
    pub fn lists(&self, guid: u64) -> bool {
        self.listed.contains_key(&guid)
    }

    fn known(&self, article: &mut Article) -> Result<Option<ArticleId>, Error> {
        let by_guid = self.by_guid(article.keys.guid)?;
        if let Some(id) = self.as_recorded(article, by_guid)? {
            return Ok(Some(id));
        }
        if let Some(id) = by_guid
            && !self.leaves(id, article)?
        {
            return Ok(Some(id));
        }
        let is_bare = article.keys.address.is_none() && article.keys.guid.is_none();
        if let Known::As(id) = self.library.look_up(article.keys.content)?
            && (is_bare || article.is_telling() || self.stand_together(id, article)?)
            && !self.is_other_entry(id, article)?
        {
            return Ok(Some(id));
        }
        let Some(address) = article.keys.address else { return Ok(None) };
        match self.library.look_up(address)? {
            Known::No => self.moved(article),
            Known::As(id) if !self.is_another(id, address, article)? => Ok(Some(id)),
            Known::As(_) => {
                self.library.contest(address)?;
                article.leave_address();
                self.known(article)
            }
            Known::Contested => {
                article.leave_address();
                self.known(article)
            }
        }
    }

    /// The article that the feed brought as it is now, where the identifier, by which it is `by_guid`, tells another one or
    /// nothing: some feeds give it to several entries.
    fn as_recorded(&self, article: &Article, by_guid: Option<ArticleId>) -> Result<Option<ArticleId>, Error> {
        if self.recorded.is_empty() {
            return Ok(None);
        }
        let entry = EntryRecord::of(article);
        let is_told = |known: &&EntryRecord| by_guid.is_some() || known.guid.is_none() || entry.guid.is_none();
        let known = self.recorded.get(&entry.content_hash).filter(is_told).map(|known| known.article);
        if let Some(id) = by_guid
            && self.is_recorded(id, entry.content_hash)?
        {
            return Ok(by_guid);
        }
        if known.is_some() {
            return Ok(known);
        }
        let copied = self.library.look_up(entry.key())?;
        Ok(if let Known::As(id) = copied { Some(id) } else { None })
    }

    /// Whether this is what the feed brought of an article.
    fn is_recorded(&self, id: ArticleId, content_hash: u64) -> Result<bool, Error> {
        let Some(feed) = self.feed else { return Ok(false) };
        self.library.read(|connection| {
            let sql = "SELECT 1 FROM came_from WHERE source = ?1 AND article = ?2 AND print = ?3";
            Ok(connection.prepare_cached(sql)?.exists((feed.0, id.0 as i64, content_hash as i64))?)
        })
    }

    /// The article that came from the feed under this identifier: the one that has it now, or one that had it, unless the
    /// feed lists that under a newer one too.
    fn by_guid(&self, guid: Option<u64>) -> Result<Option<ArticleId>, Error> {
        let (Some(feed), Some(guid)) = (self.feed, guid) else { return Ok(None) };
        self.library.read(|connection| {
            let sql = "SELECT article, guid FROM came_from WHERE source = ?1 AND guid = ?2
                       UNION ALL SELECT came_from.article, guid FROM aliases JOIN came_from USING (article)
                       WHERE key = ?2 AND source = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let found = statement.query_row((feed.0, guid as i64), |row| {
                Ok((ArticleId(row.get::<_, i64>(0)? as u64), row.get::<_, Option<i64>>(1)?))
            });
            let found = found.optional()?;
            let is_newer = |now: i64| now as u64 != guid && self.lists(now as u64);
            Ok(found.filter(|(_, now)| !now.is_some_and(is_newer)).map(|(id, _)| id))
        })
    }

    /// Whether an entry that was the same story as another feed's at another address is another story now.
    fn leaves(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        if self.library.feeds_of_article(id)?.len() < 2 {
            return Ok(false);
        }
        let Some(held) = self.library.held(id)? else { return Ok(false) };
        let is_there = held.url.is_none() || held.url == article.url;
        Ok(!is_there && !is_alike(&held, article))
    }

    /// The entry with the same words, however few, that this feed had at another link, which it lists no more: of the same
    /// date, or without one, and then without an identifier that could tell.
    fn moved(&self, article: &Article) -> Result<Option<ArticleId>, Error> {
        let Known::As(id) = self.library.look_up(article.keys.content)? else { return Ok(None) };
        let Some(held) = self.library.held(id)? else { return Ok(None) };
        let is_dated_alike = held.dates.published == article.dates.published
            && (article.dates.published.is_some() || article.keys.guid.is_none());
        let is_moved = is_dated_alike
            && !self.come.contains(&id)
            && held.url.as_ref().is_none_or(|link| !self.links.contains(link))
            && self.has_brought(id)?
            && !self.is_other_entry(id, article)?;
        Ok(is_moved.then_some(id))
    }

    /// Whether an article came from this feed before.
    fn has_brought(&self, id: ArticleId) -> Result<bool, Error> {
        let Some(feed) = self.feed else { return Ok(false) };
        Ok(self.library.feeds_of_article(id)?.contains(&feed))
    }

    /// Whether two articles say that they stand at one address.
    fn stand_together(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        let address = |article: &Article| article.url.as_deref().and_then(normalized_address);
        let held = self.library.held(id)?;
        Ok(held.is_some_and(|held| address(&held).is_some_and(|held| Some(held) == address(article))))
    }

    /// Whether the article that is known at an address is another one than this, which says that it stands there too.
    fn is_another(&self, id: ArticleId, address: ArticleId, article: &Article) -> Result<bool, Error> {
        let Some(held) = self.library.held(id)? else { return Ok(false) };
        if self.is_other_entry(id, article)? {
            return Ok(true);
        }
        if held.keys.content == article.keys.content || is_summarized(&held, article) {
            return Ok(false);
        }
        let is_there = |page: &String| is_at(page, address);
        let may_be_two = match &held.origin {
            _ if self.come.contains(&id) => true,
            _ if self.feed.is_some() => !self.has_brought(id)? && !is_alike(&held, article),
            origin if *origin == article.origin => false,
            _ if self.library.is_of_feed(id)? => !is_alike(&held, article),
            // One of them may have been edited: as long as both are there, they are two.
            Origin::File(path) => self.library.file(path)?.is_none_or(|file| !file.gone),
            // A page that stands there itself is named by its copies.
            Origin::Web(page) => {
                let is_one_there = [Some(page), web(&article.origin)].into_iter().flatten().any(is_there);
                !is_one_there || !is_alike(&held, article)
            }
            Origin::Unknown | Origin::Input | Origin::Bundled(_) => false,
        };
        // In whatever words of its own, a summary is that of the page at its link, and of the record of that. Entries of feeds
        // that comment on a link are cut short too.
        let is_of_page =
            || [&*held, article].iter().any(|one| !one.is_summary && web(&one.origin).is_some_and(is_there));
        let is_one_cut = held.is_summary != article.is_summary;
        let is_summarized = is_one_cut && (is_of_page() || (self.feed.is_none() && !self.library.is_of_feed(id)?));
        Ok(may_be_two && !is_summarized)
    }

    /// Whether an article came from this feed under another identifier, and is another entry. Feeds that make a new identifier
    /// for the same entry every time are many: where the feed does not list the former one, see [`is_renumbered`].
    fn is_other_entry(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        let (Some(feed), Some(guid)) = (self.feed, article.keys.guid) else { return Ok(false) };
        let other = self.library.read(|connection| {
            let sql = "SELECT guid FROM came_from WHERE source = ?1 AND article = ?2 AND guid <> ?3";
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_row((feed.0, id.0 as i64, guid as i64), |row| row.get::<_, i64>(0)).optional()?)
        })?;
        let Some(other) = other else { return Ok(false) };
        match self.listed.get(&(other as u64)) {
            Some(content) => Ok(*content != article.keys.content),
            None => Ok(self.library.held(id)?.is_none_or(|held| !is_renumbered(&held, article))),
        }
    }
}

impl Library {
    /// Which article a key is known to be of.
    fn look_up(&self, key: ArticleId) -> Result<Known, Error> {
        {
            let claims = self.claims();
            if claims.contested.contains(&key) {
                return Ok(Known::Contested);
            }
            if let Some(id) = claims.keys.get(&key) {
                return Ok(Known::As(*id));
            }
        }
        self.read(|connection| {
            let sql = "SELECT article FROM aliases WHERE key = ?1
                       UNION ALL SELECT key FROM articles WHERE key = ?1 LIMIT 1";
            let mut statement = connection.prepare_cached(sql)?;
            let found: Option<Option<i64>> = statement.query_row([key.0 as i64], |row| row.get(0)).optional()?;
            Ok(match found {
                None => Known::No,
                Some(None) => Known::Contested,
                Some(Some(id)) => Known::As(ArticleId(id as u64)),
            })
        })
    }

    /// The article that is known by a key; nothing where none is, or several stand at that address.
    pub fn known_as(&self, key: ArticleId) -> Result<Option<ArticleId>, Error> {
        Ok(if let Known::As(id) = self.look_up(key)? { Some(id) } else { None })
    }

    /// The article here that is the one which another library has under `id`; nothing where none is.
    pub fn counterpart(&self, id: ArticleId, article: &Article) -> Result<Option<ArticleId>, Error> {
        if let Known::As(known) = self.look_up(id)? {
            return Ok(Some(known));
        }
        if let Known::As(known) = self.look_up(article.keys.content)?
            && article.is_telling()
        {
            return Ok(Some(known));
        }
        let Some(url) = &article.url else { return Ok(None) };
        let placed = article.clone().at(url);
        let Some(address) = placed.keys.address else { return Ok(None) };
        let Known::As(known) = self.look_up(address)? else { return Ok(None) };
        let is_another = self.begin_reading().is_another(known, address, &placed)?;
        Ok((!is_another).then_some(known))
    }

    /// An address is the key of no article from now on.
    fn contest(&self, address: ArticleId) -> Result<(), Error> {
        self.claims().contested.insert(address);
        self.transaction_if_writable(|connection| {
            let sql = "INSERT OR REPLACE INTO aliases (key, article) VALUES (?1, NULL)";
            connection.execute(sql, [address.0 as i64])?;
            Ok(())
        })
    }

    /// An article of the library, or one that has come, as it came.
    pub fn held(&self, id: ArticleId) -> Result<Option<Arc<Article>>, Error> {
        let held = || Ok::<_, Error>(self.get(id)?.map(|entry| Arc::clone(&entry.article)));
        let claimed = || self.claims().claimed.get(&id).and_then(|claim| claim.article.clone());
        // Another reading may stage it between two looks.
        held()?.or_else(claimed).map_or_else(held, |article| Ok(Some(article)))
    }

    /// Whether an article came from a feed.
    fn is_of_feed(&self, id: ArticleId) -> Result<bool, Error> {
        let is_coming = self.claims().claimed.get(&id).is_some_and(|claim| claim.of_feed);
        Ok(is_coming || !self.feeds_of_article(id)?.is_empty())
    }
}

/// Whether one of two articles may be a version of the other, by their words.
fn is_alike(held: &Article, article: &Article) -> bool {
    likeness_of_versions(&words(held), &words(article)) >= ALIKE
}

/// Whether an entry may be one of before under another identifier: by like words, unless both title and date are others.
fn is_renumbered(held: &Article, now: &Article) -> bool {
    let is_dated_apart = held.dates.published.zip(now.dates.published).is_some_and(|(one, other)| one != other);
    let is_other = is_dated_apart && fold(held.headline()) != fold(now.headline());
    !is_other && (is_alike(held, now) || is_part(held, now))
}

/// Whether all the words of one of two articles stand in the other, headlines apart.
fn is_part(one: &Article, other: &Article) -> bool {
    one.body.is_part_of(&other.body) || other.body.is_part_of(&one.body)
}

/// Whether one of two articles at one address is a part of the other, or a summary of it: it has its headline, half of which
/// is enough for a full text, or most of its words are in the other.
fn is_summarized(one: &Article, other: &Article) -> bool {
    const HALF: f64 = 0.5;
    let is_summary_of = |summary: &Article, whole: &Article| {
        let (headline, of_whole) = (fold(summary.headline()), fold(whole.headline()));
        let (own, its) = (words(summary), words(whole));
        let kept = shared(&own, &its) as f64 / own.values().sum::<usize>().max(1) as f64;
        let is_headline =
            headline == of_whole || (!whole.is_summary && likeness(&counted(&headline), &counted(&of_whole)) >= HALF);
        summary.is_summary && (is_headline || kept >= ALIKE)
    };
    is_part(one, other) || is_summary_of(one, other) || is_summary_of(other, one)
}

fn words(article: &Article) -> HashMap<String, usize> {
    counted(&fold(article.told()))
}

fn web(origin: &Origin) -> Option<&String> {
    if let Origin::Web(page) = origin { Some(page) } else { None }
}

/// Whether a page stands at an address.
fn is_at(page: &str, address: ArticleId) -> bool {
    normalized_address(page).is_some_and(|page| ArticleId::of_address(&page) == address)
}
