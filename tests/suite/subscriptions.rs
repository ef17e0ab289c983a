//! Sources in the library: what is known of each, which articles came from which.

use crate::user_actions::read;
use pullquote::article::{Article, ArticleId, BodyBuilder};
use pullquote::catalog::SourceId;
use pullquote::library::{Count, Course, Description, EncodedArticle, Learnt, Library, Settings};
use pullquote::quotes;
use tempfile::TempDir;

fn library() -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    (folder, library)
}

fn described(address: &str) -> Description {
    Description { address: address.to_owned(), typed: address.to_owned(), ..Description::default() }
}

fn learnt(source: SourceId, articles: &[u64]) -> Learnt {
    Learnt {
        source,
        articles: articles.iter().map(|&id| (ArticleId(id), id.wrapping_mul(2))).collect(),
        moved_to: None,
        title: None,
        link: None,
        mute: false,
        course: Course::default(),
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
fn a_source_is_kept_as_it_was_described() {
    let (folder, library) = library();
    let settings = Settings {
        interval: Some(90),
        full_text: true,
        user_agent: Some("Mine/1".to_owned()),
        headers: vec![("X-Key".to_owned(), "a: b".to_owned())],
        proxy: Some("none".to_owned()),
    };
    let description = Description {
        address: "https://coast.example/feed".to_owned(),
        typed: "https://coast.example/".to_owned(),
        name: Some("Coast".to_owned()),
        folder: "News/Local".to_owned(),
        tags: vec!["sea".to_owned(), "two words".to_owned()],
        muted: false,
        settings,
    };
    let (source, is_new) = library.subscribe(&description).unwrap();
    assert!(is_new);
    assert_eq!(source.description, description);
    let (again, is_new) = library.subscribe(&described("https://coast.example/feed")).unwrap();
    assert_eq!((again, is_new), (source.clone(), false), "twice does no harm");
    drop(library);
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    assert_eq!(library.sources().unwrap(), [source]);
    assert!(library.source_at("https://elsewhere.example/").unwrap().is_none());
}

#[test]
fn what_is_learnt_is_added_to_what_is_known() {
    let (_folder, library) = library();
    let (source, _) = library.subscribe(&described("https://coast.example/feed")).unwrap();
    let (other, _) = library.subscribe(&described("https://river.example/feed")).unwrap();
    let course = Course {
        tried: Some(7),
        succeeded: Some(7),
        due: 100,
        barred: 50,
        error: Some("answers 500".to_owned()),
        failures: 3,
        etag: Some("W/\"x\"".to_owned()),
        modified: Some("odd".to_owned()),
    };
    let title = Some("The Coast".to_owned());
    library.learn(&[Learnt { title, course: course.clone(), ..learnt(source.id, &[1, 2]) }]).unwrap();
    library.learn(&[Learnt { course: course.clone(), ..learnt(source.id, &[2, 3]) }]).unwrap();
    let known = library.source_at("https://coast.example/feed").unwrap().unwrap();
    assert_eq!((known.name().as_str(), &known.course), ("The Coast", &course));
    let prints = library.prints(source.id).unwrap();
    assert_eq!((prints.len(), prints[&ArticleId(1)]), (3, 2), "what a feed leaves out is not forgotten");

    let moved_to = Some("https://coast.example/new".to_owned());
    library.learn(&[Learnt { moved_to: moved_to.clone(), ..learnt(source.id, &[]) }]).unwrap();
    assert_eq!(library.source_at("https://coast.example/new").unwrap().unwrap().id, source.id);
    library.learn(&[Learnt { moved_to, ..learnt(other.id, &[]) }]).unwrap();
    assert_eq!(library.source_at("https://river.example/feed").unwrap().unwrap().id, other.id, "a place that is taken");

    library.learn(&[Learnt { mute: true, ..learnt(other.id, &[]) }]).unwrap();
    assert!(library.source_at("https://river.example/feed").unwrap().unwrap().description.muted);
    library.describe(other.id, &described("https://river.example/feed")).unwrap();
    let woken = library.source_at("https://river.example/feed").unwrap().unwrap();
    assert_eq!((woken.description.muted, woken.course.due), (false, 0));
}

#[test]
fn one_story_of_two_sources_is_one_article() {
    let (_folder, library) = library();
    let (coast, _) = library.subscribe(&described("https://coast.example/feed")).unwrap();
    let (river, _) = library.subscribe(&described("https://river.example/feed")).unwrap();
    let shared = commit_articles(&library, "https://coast.example/story?utm_source=a");
    assert_eq!(commit_articles(&library, "http://www.coast.example/story/"), shared);
    let own = commit_articles(&library, "https://coast.example/own");
    library.learn(&[learnt(coast.id, &[shared.0, own.0]), learnt(river.id, &[shared.0])]).unwrap();
    library.note(&[read(own, true)]).unwrap();
    let counts = library.source_counts().unwrap();
    assert_eq!(counts[&coast.id], Count { articles: 2, unread: 1 });
    assert_eq!(counts[&river.id], Count { articles: 1, unread: 1 });
    assert_eq!(library.sources_of_article(shared).unwrap(), [coast.id, river.id]);
    let sorted = |mut ids: Vec<ArticleId>| {
        ids.sort_unstable();
        ids
    };
    assert_eq!(sorted(library.articles_of_source(coast.id).unwrap()), sorted(vec![shared, own]));
    assert_eq!(library.articles_of_source(river.id).unwrap(), [shared]);
    assert!(library.has(own).unwrap() && !library.has(ArticleId(7)).unwrap());

    library.unsubscribe(coast.id).unwrap();
    assert_eq!(library.sources().unwrap().len(), 1);
    assert_eq!(library.ids().unwrap().len(), 2, "the articles stay");
    assert_eq!(library.sources_of_article(shared).unwrap(), [river.id]);
    library.learn(&[learnt(coast.id, &[own.0])]).unwrap();
    assert!(library.sources_of_article(own).unwrap().is_empty(), "what is gone learns nothing");
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}

#[test]
fn without_a_file_there_are_no_sources() {
    let library = Library::default();
    assert!(library.subscribe(&described("https://coast.example/feed")).is_err());
    assert!(library.sources().unwrap().is_empty());
}
