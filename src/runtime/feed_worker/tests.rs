//! The threads around sources, asked over loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use crossbeam_channel::{Receiver, bounded};
use tempfile::TempDir;

use super::super::write_worker::Keeper;
use super::super::{Message, message_channel};
use super::*;
use crate::library::Description;

/// The threads, a library in a file, and what they report.
struct Desk {
    feeder: Feeder,
    library: Arc<Library>,
    events: Receiver<Message>,
    _keeper: Keeper,
    _folder: TempDir,
}

impl Desk {
    fn new(sources: &[String]) -> Self {
        let folder = TempDir::new().unwrap();
        let library = Arc::new(Library::open(&folder.path().join("library.sqlite3")).unwrap());
        for address in sources {
            let description =
                Description { address: address.clone(), typed: address.clone(), ..Description::default() };
            library.subscribe(&description).unwrap();
        }
        let (inbox, events) = message_channel();
        let keeper = Keeper::start(Arc::clone(&library), inbox.clone()).unwrap();
        let loaded = Arc::new(Loaded::everything());
        let feeder = Feeder::start(&library, &loaded, &keeper.intake(), &inbox, None).unwrap();
        Self { feeder, library, events, _keeper: keeper, _folder: folder }
    }

    /// The next event that `wanted` takes; others are passed over.
    fn hear<T>(&self, wanted: impl Fn(Event) -> Option<T>) -> T {
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

/// A server that gives `body` for every path but `/silent`, where it tells and says nothing.
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
fn news_arrives_and_is_kept() {
    let (server, _) = serve(FEED);
    let desk = Desk::new(&[format!("{server}/feed")]);
    let lines = desk.hear(|event| if let Event::Sources(lines) = event { Some(lines) } else { None });
    assert_eq!((lines.len(), lines[0].articles), (1, 0));
    desk.feeder.fetch(FetchJob::Refresh(FeedSelection::All));
    let of = desk.hear(|event| if let Event::Refreshing { of, .. } = event { Some(of) } else { None });
    assert_eq!(of, 1);
    let arrived = desk.hear(|event| if let Event::Arrived(headlines) = event { Some(headlines) } else { None });
    assert_eq!(&*arrived[0].title, "Tide");
    let told = desk.hear(|event| match event {
        Event::Refreshed { new, failed, cancelled, is_offline, .. } => Some((new, failed, cancelled, is_offline)),
        _ => None,
    });
    assert_eq!(told, (1, 0, false, false));
    let lines = desk.hear(|event| if let Event::Sources(lines) = event { Some(lines) } else { None });
    assert_eq!((lines[0].name.as_str(), lines[0].articles, lines[0].unread), ("Coast", 1, 1));
    assert_eq!(desk.library.ids().unwrap().len(), 1, "and is kept before the source counts it");
}

#[test]
fn a_refresh_can_be_stopped() {
    let (server, asked) = serve(FEED);
    let addresses: Vec<_> = (0..20).map(|number| format!("{server}/silent/{number}")).collect();
    let desk = Desk::new(&addresses);
    desk.feeder.fetch(FetchJob::Refresh(FeedSelection::All));
    asked.recv_timeout(Duration::from_mins(1)).unwrap();
    desk.feeder.fetch(FetchJob::Cancel);
    let told = desk.hear(|event| match event {
        Event::Refreshed { new, failed, cancelled, .. } => Some((new, failed, cancelled)),
        _ => None,
    });
    assert_eq!(told, (0, 0, true));
    let sources = desk.library.sources().unwrap();
    assert!(sources.iter().all(|source| source.course.failures == 0), "none is blamed for that");
}

#[test]
fn subscribing_tells_how_it_went() {
    let (server, _) = serve(FEED);
    let desk = Desk::new(&[]);
    let address = format!("{server}/feed");
    desk.feeder.fetch(FetchJob::Subscribe { address: address.clone(), typed: address.clone() });
    let told = desk.hear(|event| match event {
        Event::Subscribed { name, articles, .. } => Some((name, articles)),
        _ => None,
    });
    assert_eq!(told, ("Coast".to_owned(), 1));
    for wrong in [address.as_str(), "file:///etc/passwd"] {
        desk.feeder.fetch(FetchJob::Subscribe { address: wrong.to_owned(), typed: wrong.to_owned() });
        desk.hear(|event| matches!(event, Event::NotSubscribed { .. }).then_some(()));
    }
}

#[test]
fn a_source_that_fails_is_told() {
    let (server, _) = serve("Dear diary");
    let desk = Desk::new(&[format!("{server}/feed")]);
    desk.feeder.fetch(FetchJob::Refresh(FeedSelection::All));
    let why = desk.hear(|event| if let Event::FeedFailed { why, .. } = event { Some(why) } else { None });
    assert!(why.starts_with("is no feed"), "{why}");
}
