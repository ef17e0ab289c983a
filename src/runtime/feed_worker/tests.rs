//! The workers around feeds, against a server on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use crossbeam_channel::{Receiver, Sender, bounded};
use tempfile::TempDir;

use super::super::write_worker::WriteQueue;
use super::super::{Message, message_channel};
use super::*;
use crate::library::FeedSettings;

/// The workers, a library in a file, and what they report.
struct Fixture {
    feeds: FeedWorker,
    library: Arc<Library>,
    events: Receiver<Message>,
    _writes: WriteQueue,
    _folder: TempDir,
}

impl Fixture {
    fn new(sources: &[String]) -> Self {
        let folder = TempDir::new().unwrap();
        let library = Arc::new(Library::open(&folder.path().join("library.sqlite3")).unwrap());
        for address in sources {
            let settings = FeedSettings { address: address.clone(), typed: address.clone(), ..FeedSettings::default() };
            library.subscribe(&settings).unwrap();
        }
        let (sender, events) = message_channel();
        let writes = WriteQueue::start(Arc::clone(&library), sender.clone()).unwrap();
        let context = Context::on(Arc::clone(&library), writes.jobs(), sender);
        let feeds = FeedWorker::start(&context, None).unwrap();
        Self { feeds, library, events, _writes: writes, _folder: folder }
    }

    /// The next event that `wanted` accepts; others are skipped.
    fn receive<T>(&self, wanted: impl Fn(Event) -> Option<T>) -> T {
        loop {
            let message = self.events.recv_timeout(Duration::from_mins(1)).expect("nothing came in a minute");
            if let Message::Event(event) = message
                && let Some(heard) = wanted(event)
            {
                return heard;
            }
        }
    }
}

/// A server that answers `body` for every path but `/silent`, where it reports the request and answers nothing.
fn serve(body: &'static str) -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, asked) = bounded(8);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let tell = tell.clone();
            thread::spawn(move || answer(stream, body, &tell));
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, body: &str, tell: &Sender<()>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let _ = lines.by_ref().find(String::is_empty);
    if first.contains("/silent") {
        let _ = tell.send(());
        let _ = lines.next();
        return;
    }
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

const FEED: &str = "<rss version=\"2.0\"><channel><title>Coast</title><item><title>Tide</title>\
    <link>https://coast.example/tide</link><description>High.</description></item></channel></rss>";

#[test]
fn new_articles_arrive_and_are_committed() {
    let (server, _) = serve(FEED);
    let fixture = Fixture::new(&[format!("{server}/feed")]);
    let lines = fixture.receive(|event| if let Event::Sources(list) = event { Some(list.feeds) } else { None });
    assert_eq!((lines.len(), lines[0].articles), (1, 0));
    fixture.feeds.fetch(FetchJob::Refresh(FeedSelection::All));
    let of = fixture.receive(|event| if let Event::Refreshing { of, .. } = event { Some(of) } else { None });
    assert_eq!(of, 1);
    let arrived = fixture.receive(|event| if let Event::Arrived(headlines) = event { Some(headlines) } else { None });
    assert_eq!(&*arrived[0].title, "Tide");
    let reported = fixture.receive(|event| match event {
        Event::Refreshed { new, failed, cancelled, is_offline, .. } => Some((new, failed, cancelled, is_offline)),
        _ => None,
    });
    assert_eq!(reported, (1, 0, false, false));
    let lines = fixture.receive(|event| if let Event::Sources(list) = event { Some(list.feeds) } else { None });
    assert_eq!((lines[0].name.as_str(), lines[0].articles, lines[0].unread), ("Coast", 1, 1));
    assert_eq!(fixture.library.ids().unwrap().len(), 1, "and is kept before the source counts it");
}

#[test]
fn refresh_can_be_cancelled() {
    let (server, asked) = serve(FEED);
    let addresses: Vec<_> = (0..20).map(|number| format!("{server}/silent/{number}")).collect();
    let fixture = Fixture::new(&addresses);
    fixture.feeds.fetch(FetchJob::Refresh(FeedSelection::All));
    asked.recv_timeout(Duration::from_mins(1)).unwrap();
    fixture.feeds.fetch(FetchJob::Cancel);
    let reported = fixture.receive(|event| match event {
        Event::Refreshed { new, failed, cancelled, .. } => Some((new, failed, cancelled)),
        _ => None,
    });
    assert_eq!(reported, (0, 0, true));
    let sources = fixture.library.subscriptions().unwrap();
    assert!(sources.iter().all(|source| source.status.failures == 0), "none is blamed for that");
}

#[test]
fn subscribing_reports_how_it_went() {
    let (server, _) = serve(FEED);
    let fixture = Fixture::new(&[]);
    let address = format!("{server}/feed");
    fixture.feeds.fetch(FetchJob::Subscribe { address: address.clone(), typed: address.clone() });
    let reported = fixture.receive(|event| match event {
        Event::Subscribed { name, articles, .. } => Some((name, articles)),
        _ => None,
    });
    assert_eq!(reported, ("Coast".to_owned(), 1));
    for wrong in [address.as_str(), "file:///etc/passwd"] {
        fixture.feeds.fetch(FetchJob::Subscribe { address: wrong.to_owned(), typed: wrong.to_owned() });
        fixture.receive(|event| matches!(event, Event::SubscribeFailed { .. }).then_some(()));
    }
}

#[test]
fn feed_that_fails_is_reported() {
    let (server, _) = serve("Dear diary");
    let fixture = Fixture::new(&[format!("{server}/feed")]);
    fixture.feeds.fetch(FetchJob::Refresh(FeedSelection::All));
    let why = fixture.receive(|event| if let Event::FeedFailed { why, .. } = event { Some(why) } else { None });
    assert!(why.starts_with("is not a feed"), "{why}");
}

#[test]
fn address_without_a_scheme_is_asked_over_http_too() {
    // What speaks no TLS hangs up at its first byte.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let typed = format!("{}/feed", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut first = [0];
            if stream.peek(&mut first).is_ok() && first[0].is_ascii_alphabetic() {
                let (tell, _asked) = bounded(1);
                answer(stream, FEED, &tell);
            }
        }
    });
    let fixture = Fixture::new(&[]);
    // As the line sends it into which one types an address.
    fixture.feeds.fetch(FetchJob::Subscribe { address: format!("https://{typed}"), typed: typed.clone() });
    let reported = fixture.receive(|event| match event {
        Event::Subscribed { name, articles, .. } => Some((name, articles)),
        Event::SubscribeFailed { why, .. } => Some((why, 0)),
        _ => None,
    });
    assert_eq!(reported, ("Coast".to_owned(), 1));
    assert_eq!(fixture.library.subscriptions().unwrap()[0].settings.address, format!("http://{typed}"));
}
