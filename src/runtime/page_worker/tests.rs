//! Reading linked pages, against a server on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::*;
use crate::ingest::{Batch, Refresh, Subscribed, subscribe};
use crate::runtime::message_channel;
use crate::runtime::write_worker::WriteQueue;

const FEED: &str = "<rss version=\"2.0\"><channel><title>Coast</title><item><title>Tide</title>\
    <guid isPermaLink=\"false\">tide</guid><description>High water was at noon.</description></item></channel></rss>";

/// A server with a feed and a page; returns its address and how often the page was asked for.
fn serve() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            let _ = lines.by_ref().find(String::is_empty);
            let words = "The harbour board wrote on Friday that the bridge will close in May for a whole year. ";
            let body = if first.contains("/plan") {
                counted.fetch_add(1, Ordering::Relaxed);
                format!("<html><title>The Plan</title><article><h1>The Plan</h1><p>{}</p></article>", words.repeat(5))
            } else if first.contains("/none") {
                "<html><title>Nothing</title></html>".to_owned()
            } else {
                FEED.to_owned()
            };
            let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        }
    });
    (address, asked)
}

#[test]
fn page_is_fetched_once_and_only_from_where_the_feed_may_lead() {
    let (address, asked) = serve();
    let folder = tempfile::TempDir::new().unwrap();
    let library = Arc::new(Library::open(&folder.path().join("library.sqlite3")).unwrap());
    let (sender, _events) = message_channel();
    let writes = WriteQueue::start(Arc::clone(&library), sender.clone()).unwrap();
    let context = Context::on(Arc::clone(&library), writes.jobs(), sender);
    let client = HttpClient::new(Limits::default());
    let feed = format!("{address}/feed");
    let refresh = Refresh { library: &library, client: &client, now: chrono::Utc::now() };
    let Ok(Subscribed::New(refreshed)) = subscribe(&refresh, &feed, &feed) else { panic!("no feed at {feed}") };
    let mut batch = Batch::default();
    batch.push_refreshed(*refreshed);
    batch.commit(&library).unwrap();
    let from = library.ids().unwrap()[0];
    let job = |url: String| PageJob { from, url };
    let plan = format!("{address}/plan");
    let id = page(&context, &job(plan.clone()), &client).unwrap();
    let kept = library.get(id).unwrap().unwrap();
    assert_eq!((kept.article.headline(), kept.article.url.as_deref()), ("The Plan", Some(plan.as_str())));
    assert_eq!(page(&context, &job(plan.clone()), &client).unwrap(), id);
    assert_eq!(asked.load(Ordering::Relaxed), 1, "what the library has is not fetched");
    let why = page(&context, &job(format!("{address}/none")), &client).unwrap_err().to_string();
    assert!(why.contains("/none"), "{why}");
    // An article that came from no feed leads inside nowhere.
    let stray = PageJob { from: ArticleId(7), url: plan.replace("/plan", "/plan2") };
    let why = page(&context, &stray, &client).unwrap_err().to_string();
    assert!(why.contains("private address"), "{why}");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}
