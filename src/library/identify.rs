//! Which article of the library it is that has come.
//!
//! An article is known by what its feed knows it by, by its words, or by its address; known by one of them, it is the one
//! that the library has. An address at which two different articles say that they stand (every page names the front page as
//! its own) is the key of none from then on. What is not committed yet is known by the claims on keys, in memory.

use std::collections::{HashMap, HashSet};

use rusqlite::OptionalExtension;

use super::reanchor::{ALIKE, counted, likeness_of_versions};
use super::{Error, Library};
use crate::article::{Article, ArticleId, ArticleKeys, Edition, Origin, normalized_address};
use crate::catalog::FeedId;
use crate::text::fold;

/// Articles that come together: those of one file, one page, or one answer of a feed.
#[derive(Debug)]
pub struct Reading<'l> {
    library: &'l Library,
    /// Of which feed.
    feed: Option<FeedId>,
    /// What has come so far.
    come: HashSet<ArticleId>,
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
    origin: Origin,
    content: ArticleId,
    is_summary: bool,
    of_feed: bool,
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
    /// Begins to read what comes together; `feed` where it is the answer of a feed.
    pub fn begin_reading(&self, feed: Option<FeedId>) -> Reading<'_> {
        Reading { library: self, feed, come: HashSet::new() }
    }
}

impl Claims {
    /// Enters an article; the address of one that is known counts once it is committed with that.
    fn enter(&mut self, article: &Article, is_known: bool, of_feed: bool) {
        let address = article.keys.address.filter(|_| !is_known);
        for key in [Some(article.keys.content), address].into_iter().flatten() {
            self.keys.entry(key).or_insert(article.id);
        }
        let Article { origin, is_summary, .. } = article;
        let claim = Claim { origin: origin.clone(), content: article.keys.content, is_summary: *is_summary, of_feed };
        self.claimed.entry(article.id).or_insert(claim);
    }

    /// Forgets articles that are committed, by which they are known from then on.
    pub fn committed(&mut self, articles: impl Iterator<Item = (ArticleId, ArticleKeys)>) {
        for (id, keys) in articles {
            self.claimed.remove(&id);
            for key in [Some(keys.content), keys.address].into_iter().flatten() {
                if self.keys.get(&key) == Some(&id) {
                    self.keys.remove(&key);
                }
            }
        }
    }
}

impl Reading<'_> {
    /// Gives an article the identity by which the library knows it; one that it does not know keeps its own.
    pub fn identify(&mut self, article: &mut Article) -> Result<(), Error> {
        let known = self.known(article)?;
        article.id = known.unwrap_or(article.id);
        if !self.come.insert(article.id) {
            // It comes once more, under another date perhaps.
            article.editions = vec![Edition::of(article)];
        }
        self.library.claims().enter(article, known.is_some(), self.feed.is_some());
        Ok(())
    }

    fn known(&self, article: &mut Article) -> Result<Option<ArticleId>, Error> {
        if let Some(id) = self.by_guid(article.keys.guid)?
            && !self.leaves(id, article)?
        {
            return Ok(Some(id));
        }
        let is_bare = article.keys.address.is_none() && article.keys.guid.is_none();
        if let Known::As(id) = self.library.look_up(article.keys.content)?
            && (is_bare || article.is_telling() || self.stand_together(id, article)?)
        {
            return Ok(Some(id));
        }
        let Some(address) = article.keys.address else { return Ok(None) };
        match self.library.look_up(address)? {
            Known::No => Ok(None),
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

    /// The article that came from the feed under this identifier.
    fn by_guid(&self, guid: Option<u64>) -> Result<Option<ArticleId>, Error> {
        let (Some(feed), Some(guid)) = (self.feed, guid) else { return Ok(None) };
        self.library.read(|connection| {
            let sql = "SELECT article FROM came_from WHERE source = ?1 AND guid = ?2";
            let article = connection.prepare_cached(sql)?.query_row((feed.0, guid as i64), |row| row.get::<_, i64>(0));
            Ok(article.optional()?.map(|id| ArticleId(id as u64)))
        })
    }

    /// Whether an entry that was the same story as another feed's at another address is another story now.
    fn leaves(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        if self.library.feeds_of_article(id)?.len() < 2 {
            return Ok(false);
        }
        let Some(held) = self.library.get(id)? else { return Ok(false) };
        let is_there = held.article.url.is_none() || held.article.url == article.url;
        Ok(!is_there && !is_alike(&held.article, article))
    }

    /// Whether two articles say that they stand at one address.
    fn stand_together(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        let address = |article: &Article| article.url.as_deref().and_then(normalized_address);
        let held = self.library.get(id)?;
        Ok(held.is_some_and(|held| address(&held.article).is_some_and(|held| Some(held) == address(article))))
    }

    /// Whether the article that is known at an address is another one than this, which says that it stands there too.
    fn is_another(&self, id: ArticleId, address: ArticleId, article: &Article) -> Result<bool, Error> {
        let Some(held) = self.library.held(id)? else { return Ok(false) };
        if held.content == article.keys.content {
            return Ok(false);
        }
        if self.is_other_entry(id, article)? {
            return Ok(true);
        }
        if held.is_summary || article.is_summary {
            return Ok(false);
        }
        let is_contested = match &held.origin {
            _ if self.come.contains(&id) => true,
            _ if self.feed.is_some() => return self.is_other_story(id, article),
            origin if *origin == article.origin || held.of_feed => false,
            // One of them may have been edited: as long as both are there, they are two.
            Origin::File(path) => self.library.file(path)?.is_none_or(|file| !file.gone),
            // A page that stands there itself is named by its copies.
            Origin::Web(page) => {
                let is_there =
                    [Some(page), web(&article.origin)].into_iter().flatten().any(|page| is_at(page, address));
                !is_there || !self.is_version(id, article)?
            }
            Origin::Unknown | Origin::Input | Origin::Bundled(_) => false,
        };
        Ok(is_contested && !self.is_part(id, article)?)
    }

    /// Whether an article came from this feed under another identifier, and reads otherwise: feeds that make a new
    /// identifier for the same entry every time are many.
    fn is_other_entry(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        let Some(feed) = self.feed.filter(|_| article.keys.guid.is_some()) else { return Ok(false) };
        let has_other = self.library.read(|connection| {
            let sql = "SELECT 1 FROM came_from WHERE source = ?1 AND article = ?2 AND guid IS NOT NULL";
            Ok(connection.prepare_cached(sql)?.exists((feed.0, id.0 as i64))?)
        })?;
        if !has_other {
            return Ok(false);
        }
        Ok(!self.is_version(id, article)?)
    }

    /// Whether another feed has another story at the address of an article, as those have that comment on links.
    fn is_other_story(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        let feeds = self.library.feeds_of_article(id)?;
        let is_own = self.feed.is_some_and(|feed| feeds.contains(&feed)) || self.come.contains(&id);
        Ok(!is_own && !self.is_part(id, article)? && !self.is_version(id, article)?)
    }

    /// Whether an article may be a version of one that is there.
    fn is_version(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        Ok(self.library.get(id)?.is_some_and(|held| is_alike(&held.article, article)))
    }

    /// Whether all the words of one of the two stand in the other, headlines apart.
    fn is_part(&self, id: ArticleId, article: &Article) -> Result<bool, Error> {
        let Some(held) = self.library.get(id)? else { return Ok(false) };
        let (one, other) = (held.article.after_headline(), article.after_headline());
        Ok(!one.is_empty() && !other.is_empty() && (one.contains(other) || other.contains(one)))
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
        let is_another = self.begin_reading(None).is_another(known, address, &placed)?;
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

    /// What is known of an article that has come or is committed.
    fn held(&self, id: ArticleId) -> Result<Option<Claim>, Error> {
        if let Some(claim) = self.claims().claimed.get(&id) {
            return Ok(Some(claim.clone()));
        }
        let Some(entry) = self.get(id)? else { return Ok(None) };
        let article = &entry.article;
        let of_feed = !self.feeds_of_article(id)?.is_empty();
        let (origin, content) = (article.origin.clone(), article.keys.content);
        Ok(Some(Claim { origin, content, is_summary: article.is_summary, of_feed }))
    }
}

/// Whether one of two articles may be a version of the other, by their words.
fn is_alike(held: &Article, article: &Article) -> bool {
    let words = |article: &Article| counted(&fold(article.body.text()));
    likeness_of_versions(&words(held), &words(article)) >= ALIKE
}

fn web(origin: &Origin) -> Option<&String> {
    if let Origin::Web(page) = origin { Some(page) } else { None }
}

/// Whether a page stands at an address.
fn is_at(page: &str, address: ArticleId) -> bool {
    normalized_address(page).is_some_and(|page| ArticleId::of_address(&page) == address)
}
