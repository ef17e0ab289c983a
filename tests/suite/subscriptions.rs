//! Feeds in the library: their status, and which articles came from which.

use crate::user_actions::read;
use pullquote::article::{Article, ArticleId, BodyBuilder};
use pullquote::catalog::{ArticleCounts, FeedGroup, FeedId, FeedLine};
use pullquote::library::{EncodedArticle, EntryRecord, FeedSettings, FetchOptions, FetchStatus, FetchUpdate, Library};
use pullquote::query::{Hit, Query};
use pullquote::quotes;
use pullquote::user::UserAction;
use tempfile::TempDir;

fn library() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    (folder, library)
}

fn described(address: &str) -> FeedSettings {
    FeedSettings { address: address.to_owned(), typed: address.to_owned(), ..FeedSettings::default() }
}

fn update(source: FeedId, articles: &[u64]) -> FetchUpdate {
    FetchUpdate {
        source,
        entries: articles
            .iter()
            .map(|&id| EntryRecord { article: ArticleId(id), guid: None, content_hash: id.wrapping_mul(2) })
            .collect(),
        copies: Vec::new(),
        editions: Vec::new(),
        doubles: Vec::new(),
        moved_to: None,
        title: None,
        link: None,
        pause: false,
        status: FetchStatus::default(),
    }
}

fn commit_articles(library: &Library, address: &str) -> ArticleId {
    let article = Article::new(BodyBuilder::new("Bridge").build()).at(address);
    let id = article.id;
    let findings = quotes::find(&article.body);
    library.commit(&[EncodedArticle::of(&library.add(article, findings)).unwrap()], &[]).unwrap();
    id
}

#[test]
fn subscription_round_trip() {
    let (folder, library) = library();
    let fetch = FetchOptions {
        interval: Some(90),
        full_text: true,
        user_agent: Some("Mine/1".to_owned()),
        headers: vec![("X-Key".to_owned(), "a: b".to_owned())],
        proxy: Some("none".to_owned()),
        keep: None,
    };
    let settings = FeedSettings {
        address: "https://coast.example/feed".to_owned(),
        typed: "https://coast.example/".to_owned(),
        name: Some("Coast".to_owned()),
        folder: "News/Local".to_owned(),
        tags: vec!["sea".to_owned(), "two words".to_owned()],
        paused: false,
        fetch,
    };
    let (source, is_new) = library.subscribe(&settings).unwrap();
    assert!(is_new);
    assert_eq!(source.settings, settings);
    let (again, is_new) = library.subscribe(&described("https://coast.example/feed")).unwrap();
    assert_eq!((again, is_new), (source.clone(), false), "twice does no harm");
    drop(library);
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    assert_eq!(library.subscriptions().unwrap(), [source]);
    assert!(library.subscription_at("https://elsewhere.example/").unwrap().is_none());
}

#[test]
fn fetch_updates_add_to_what_is_known() {
    let (_folder, library) = library();
    let (source, _) = library.subscribe(&described("https://coast.example/feed")).unwrap();
    let (other, _) = library.subscribe(&described("https://river.example/feed")).unwrap();
    let status = FetchStatus {
        last_attempt: Some(7),
        succeeded: Some(7),
        next_fetch: 100,
        retry_after: 50,
        error: Some("returned 500".to_owned()),
        failures: 3,
        reader: 4,
        etag: Some("W/\"x\"".to_owned()),
        modified: Some("odd".to_owned()),
    };
    let title = Some("The Coast".to_owned());
    library.record_fetches(&[FetchUpdate { title, status: status.clone(), ..update(source.id, &[1, 2]) }]).unwrap();
    library.record_fetches(&[FetchUpdate { status: status.clone(), ..update(source.id, &[2, 3]) }]).unwrap();
    let known = library.subscription_at("https://coast.example/feed").unwrap().unwrap();
    assert_eq!((known.name().as_str(), &known.status), ("The Coast", &status));
    let prints = library.entries_of(source.id).unwrap();
    assert_eq!((prints.len(), prints[&ArticleId(1)].content_hash), (3, 2), "what a feed leaves out is not forgotten");

    let moved_to = Some("https://coast.example/new".to_owned());
    library.record_fetches(&[FetchUpdate { moved_to: moved_to.clone(), ..update(source.id, &[]) }]).unwrap();
    assert_eq!(library.subscription_at("https://coast.example/new").unwrap().unwrap().id, source.id);
    library.record_fetches(&[FetchUpdate { moved_to, ..update(other.id, &[]) }]).unwrap();
    assert_eq!(
        library.subscription_at("https://river.example/feed").unwrap().unwrap().id,
        other.id,
        "a place that is taken"
    );

    library.record_fetches(&[FetchUpdate { pause: true, ..update(other.id, &[]) }]).unwrap();
    assert!(library.subscription_at("https://river.example/feed").unwrap().unwrap().settings.paused);
    library.set_feed_settings(other.id, &described("https://river.example/feed")).unwrap();
    let woken = library.subscription_at("https://river.example/feed").unwrap().unwrap();
    assert_eq!((woken.settings.paused, woken.status.next_fetch), (false, 0));
}

#[test]
fn story_of_two_feeds_is_one_article() {
    let (_folder, library) = library();
    let (coast, _) = library.subscribe(&described("https://coast.example/feed")).unwrap();
    let (river, _) = library.subscribe(&described("https://river.example/feed")).unwrap();
    let shared = commit_articles(&library, "https://coast.example/story?utm_source=a");
    assert_eq!(commit_articles(&library, "http://www.coast.example/story/"), shared);
    let own = commit_articles(&library, "https://coast.example/own");
    library.record_fetches(&[update(coast.id, &[shared.0, own.0]), update(river.id, &[shared.0])]).unwrap();
    library.note(&[read(own, true)]).unwrap();
    let counts = |line: &FeedLine| (line.id, line.articles, line.unread);
    let feeds = library.feed_overview().unwrap().feeds;
    assert_eq!(feeds.iter().map(counts).collect::<Vec<_>>(), [(coast.id, 2, 1), (river.id, 1, 1)]);
    assert_eq!(library.feeds_of_article(shared).unwrap(), [coast.id, river.id]);
    let sorted = |mut ids: Vec<ArticleId>| {
        ids.sort_unstable();
        ids
    };
    assert_eq!(sorted(library.articles_of_feeds(&FeedGroup::Feed(coast.id)).unwrap()), sorted(vec![shared, own]));
    assert_eq!(library.articles_of_feeds(&FeedGroup::Feed(river.id)).unwrap(), [shared]);
    assert!(library.has(own).unwrap() && !library.has(ArticleId(7)).unwrap());

    library.unsubscribe(coast.id).unwrap();
    assert_eq!(library.subscriptions().unwrap().len(), 1);
    assert_eq!(library.ids().unwrap().len(), 2, "the articles stay");
    assert_eq!(library.feeds_of_article(shared).unwrap(), [river.id]);
    library.record_fetches(&[update(coast.id, &[own.0])]).unwrap();
    assert!(library.feeds_of_article(own).unwrap().is_empty(), "what is gone learns nothing");
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn subscribing_without_a_file_is_an_error() {
    let library = Library::default();
    assert!(library.subscribe(&described("https://coast.example/feed")).is_err());
    assert!(library.subscriptions().unwrap().is_empty());
}

/// A subscription in this folder and with these tags.
fn filed(library: &Library, address: &str, folder: &str, tags: &[&str]) -> FeedId {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    let settings = FeedSettings { folder: folder.to_owned(), tags, ..described(address) };
    library.subscribe(&settings).unwrap().0.id
}

#[test]
fn folders_and_tags_of_feeds_list_and_count_each_article_once() {
    let (_folder, library) = library();
    let coast = filed(&library, "https://coast.example/feed", "News", &["sea", "Daily news"]);
    let river = filed(&library, "https://river.example/feed", "News/Local", &["sea"]);
    let hill = filed(&library, "https://hill.example/feed", "News-Extra", &[]);
    let [shared, own, other, removed] = ["shared", "own", "other", "removed"]
        .map(|name| commit_articles(&library, &format!("https://coast.example/{name}")));
    let updates = [update(coast, &[shared.0, own.0, removed.0]), update(river, &[shared.0]), update(hill, &[other.0])];
    library.record_fetches(&updates).unwrap();
    let tagged = UserAction::Tagged { article: own, tag: "sea".to_owned(), tagged: true };
    library.note(&[read(own, true), UserAction::Removed { article: removed, removed: true }, tagged]).unwrap();

    let list = library.feed_overview().unwrap();
    let counts = |articles, unread| ArticleCounts { articles, unread };
    let named = |pairs: &[(&str, ArticleCounts)]| pairs.iter().map(|(name, of)| ((*name).to_owned(), *of)).collect();
    assert_eq!(
        list.folders,
        named(&[("News", counts(2, 1)), ("News-Extra", counts(1, 1)), ("News/Local", counts(1, 1))])
    );
    assert_eq!(list.tags, named(&[("Daily news", counts(2, 1)), ("sea", counts(1, 1))]), "the user's own apart");

    let sorted = |mut ids: Vec<ArticleId>| {
        ids.sort_unstable();
        ids
    };
    let of = |group: FeedGroup| sorted(library.articles_of_feeds(&group).unwrap());
    assert_eq!(of(FeedGroup::Folder("News".to_owned())), sorted(vec![shared, own, removed]));
    assert_eq!(of(FeedGroup::Folder("News/Local".to_owned())), [shared]);
    assert_eq!(of(FeedGroup::Folder("New".to_owned())), []);
    assert_eq!(of(FeedGroup::Tag("sea".to_owned())), sorted(vec![shared, own, removed]));

    let found = |query: &str| {
        let hits: Vec<Hit> = library.search(&Query::parse(query), &|| true).unwrap();
        sorted(hits.into_iter().map(|hit| hit.id).collect())
    };
    assert_eq!(found("tag:sea"), sorted(vec![shared, own]));
    assert_eq!(found("tag:news"), sorted(vec![shared, own]), "by the beginning of any word of it");
    assert_eq!(found("tag:ews"), []);
    assert_eq!(found("-tag:sea"), [other]);
    assert_eq!(found("tag:sea OR tag:hill"), sorted(vec![shared, own]));
    assert_eq!(found("tag:sea -tag:daily"), []);
    assert_eq!(found("tag:sea is:unread"), [shared]);

    library.set_feed_settings(coast, &described("https://coast.example/feed")).unwrap();
    assert_eq!(found("tag:sea"), sorted(vec![shared, own]), "one of the river, one of the user");
    assert_eq!(found("tag:news"), [], "what is untagged is found no more");
}
