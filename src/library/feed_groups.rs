//! Feeds with their folders and tags: how many articles came from each, and which.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params_from_iter};

use super::subscription::Subscription;
use super::{Error, Library, feeds};
use crate::article::{ArticleId, shown_address};
use crate::catalog::{ArticleCounts, FeedGroup, FeedId, FeedLine, FeedOverview, folders_around};
use crate::query::Needle;
use crate::text::fold;

impl Library {
    /// All feeds, their folders and their tags, as the sidebar shows them. Articles that the user removed do not count.
    pub fn feed_overview(&self) -> Result<FeedOverview, Error> {
        self.read(|connection| {
            let feeds = feeds::subscriptions(connection)?;
            if feeds.is_empty() {
                return Ok(FeedOverview::default());
            }
            let mut groups = Groups::of(&feeds);
            groups.count(connection)?;
            Ok(groups.list(feeds))
        })
    }

    /// The articles that came from some feeds, the newest first.
    pub fn articles_of_feeds(&self, of: &FeedGroup) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            let meant = feeds::subscriptions(connection)?.into_iter().filter(|feed| feed.is_in(of));
            let feeds: Vec<_> = meant.map(|feed| feed.id.0).collect();
            let sql = format!(
                "SELECT DISTINCT key FROM came_from JOIN articles ON key = article
                 WHERE came_from.source IN ({}) ORDER BY articles.id DESC",
                vec!["?"; feeds.len()].join(", ")
            );
            let mut statement = connection.prepare(&sql)?;
            let keys =
                statement.query_map(params_from_iter(feeds), |row| Ok(ArticleId(row.get::<_, i64>(0)? as u64)))?;
            Ok(keys.collect::<Result<_, _>>()?)
        })
    }
}

/// The rows of the feeds with a tag that has words that begin so (folded).
pub(super) fn feeds_tagged(connection: &Connection, words: &str) -> Result<Vec<i64>, Error> {
    let needle = Needle::word(words);
    let is_meant = |tags: &str| tags.lines().any(|tag| needle.first_in(&fold(tag)).is_some());
    let mut statement = connection.prepare_cached("SELECT id, tags FROM sources WHERE tags <> '' AND NOT removed")?;
    let mut rows = statement.query([])?;
    let mut feeds = Vec::new();
    while let Some(row) = rows.next()? {
        if is_meant(row.get_ref(1)?.as_str().unwrap_or_default()) {
            feeds.push(row.get(0)?);
        }
    }
    Ok(feeds)
}

/// The tags of the feeds that an article came from.
pub(super) fn feed_tags_of(connection: &Connection, article: ArticleId) -> Result<Vec<String>, Error> {
    let sql = "SELECT tags FROM came_from JOIN sources ON sources.id = source WHERE article = ?1 AND NOT removed";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([article.0 as i64])?;
    let mut tags = Vec::new();
    while let Some(row) = rows.next()? {
        tags.extend(row.get_ref(0)?.as_str().unwrap_or_default().lines().map(str::to_owned));
    }
    Ok(tags)
}

/// What a count is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    Feed(FeedId),
    Folder(String),
    Tag(String),
}

/// The counts of all feeds, folders and tags.
struct Groups {
    counts: Vec<(Counted, ArticleCounts)>,
    /// Which counts an article of a feed belongs to.
    of_feed: HashMap<i64, Vec<usize>>,
}

impl Groups {
    fn of(feeds: &[Subscription]) -> Self {
        let mut known = BTreeMap::new();
        let mut counts = Vec::new();
        let mut of_feed = HashMap::new();
        for feed in feeds {
            let folders = folders_around(&feed.settings.folder).map(|path| Counted::Folder(path.to_owned()));
            let tags = feed.settings.tags.iter().cloned().map(Counted::Tag);
            let mut at: Vec<usize> = std::iter::once(Counted::Feed(feed.id))
                .chain(folders)
                .chain(tags)
                .map(|group| {
                    *known.entry(group.clone()).or_insert_with(|| {
                        counts.push((group, ArticleCounts::default()));
                        counts.len() - 1
                    })
                })
                .collect();
            at.sort_unstable();
            at.dedup();
            of_feed.insert(feed.id.0, at);
        }
        Self { counts, of_feed }
    }

    /// Counts each article once in each group.
    fn count(&mut self, connection: &Connection) -> Result<(), Error> {
        let own = own_tags(connection)?;
        let sql = "SELECT came_from.article, source, coalesce(read, 0) FROM came_from
                   LEFT JOIN marks ON marks.article = came_from.article
                   WHERE coalesce(removed, 0) = 0 ORDER BY came_from.article";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let (mut article, mut is_read, mut groups) = (None, false, Vec::new());
        while let Some(row) = rows.next()? {
            let next = row.get::<_, i64>(0)?;
            if article != Some(next) {
                self.add(article, is_read, &mut groups, &own);
                (article, is_read) = (Some(next), row.get(2)?);
            }
            groups.extend(self.of_feed.get(&row.get(1)?).into_iter().flatten().copied());
        }
        self.add(article, is_read, &mut groups, &own);
        Ok(())
    }

    /// Counts an article in `groups`, and empties them.
    fn add(
        &mut self,
        article: Option<i64>,
        is_read: bool,
        groups: &mut Vec<usize>,
        own: &HashMap<i64, HashSet<String>>,
    ) {
        groups.sort_unstable();
        groups.dedup();
        let own = article.and_then(|article| own.get(&article));
        for at in groups.drain(..) {
            let (group, counts) = &mut self.counts[at];
            if matches!(group, Counted::Tag(tag) if own.is_some_and(|own| own.contains(tag))) {
                continue;
            }
            counts.articles += 1;
            counts.unread += usize::from(!is_read);
        }
    }

    fn list(self, feeds: Vec<Subscription>) -> FeedOverview {
        let (mut list, mut of_feeds) = (FeedOverview::default(), HashMap::new());
        for (group, counts) in self.counts {
            match group {
                Counted::Feed(id) => drop(of_feeds.insert(id, counts)),
                Counted::Folder(path) => drop(list.folders.insert(path, counts)),
                Counted::Tag(tag) => drop(list.tags.insert(tag, counts)),
            }
        }
        let line = |feed: Subscription| {
            let ArticleCounts { articles, unread } = of_feeds.get(&feed.id).copied().unwrap_or_default();
            FeedLine {
                id: feed.id,
                name: feed.name(),
                title: feed.title,
                folder: feed.settings.folder,
                tags: feed.settings.tags,
                paused: feed.settings.paused,
                address: shown_address(&feed.settings.address),
                error: feed.status.error,
                articles,
                unread,
            }
        };
        list.feeds = feeds.into_iter().map(line).collect();
        list
    }
}

/// The tags that the user gave each article.
fn own_tags(connection: &Connection) -> Result<HashMap<i64, HashSet<String>>, Error> {
    let mut statement = connection.prepare_cached("SELECT article, name FROM tags")?;
    let mut rows = statement.query([])?;
    let mut tags: HashMap<i64, HashSet<String>> = HashMap::new();
    while let Some(row) = rows.next()? {
        tags.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(tags)
}
