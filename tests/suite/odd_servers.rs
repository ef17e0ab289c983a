//! Servers that answer oddly: how their feeds are read all the same.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pullquote::article::InputRules;
use pullquote::fetch::{self, ErrorKind, Fetched, HttpClient, Limits, Request, Validators};

use super::fetching::{feed, fetch, gzip, patient, request, trouble};
use super::server::{Asked, Reply, Server, rss};

/// A page of HTML.
fn html(page: &str) -> Reply {
    Reply::new("200 OK", &[("Content-Type", "text/html; charset=utf-8")], page)
}

/// A redirect that sets a cookie.
fn with_cookie(place: &str, cookie: &str) -> Reply {
    Reply::new("302 Found", &[("Location", place), ("Set-Cookie", cookie)], "")
}

/// The headlines of what comes of an answer, what is wrong with it, and whether it will be asked for again as a whole.
fn kept(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (usize, Option<String>, bool) {
    let server = Server::start(reply);
    let feed = feed(fetch(&server.url("/feed")));
    (feed.articles.len(), feed.error.map(|error| error.to_string()), feed.validators.is_empty())
}

#[test]
fn content_encoding_is_read_as_servers_write_it() {
    let (plain, packed) = (rss("Coast", 0..2).into_bytes(), gzip(rss("Coast", 0..2).as_bytes()));
    for (names, body) in [
        (&["GZIP"][..], &packed),
        (&["x-gzip"], &packed),
        (&["gzip, identity"], &packed),
        (&["identity", "gzip"], &packed),
        (&["gzip"], &[&packed[..], b"\n\nX"].concat()),
        (&["gzip"], &[&packed[..], &[0; 64]].concat()),
        (&["gzip"], &packed[..packed.len() - 8].to_vec()),
        (&["gzip"], &plain),
        (&[], &packed),
        (&["Identity"], &plain),
        (&[""], &plain),
        (&["none"], &plain),
        (&["utf-8"], &plain),
    ] {
        let (headers, body) = (names.to_vec(), body.clone());
        let (articles, error, _) = kept(move |_| {
            let headers: Vec<_> = headers.iter().map(|name| ("Content-Encoding", *name)).collect();
            Reply::new("200 OK", &headers, &body)
        });
        assert_eq!((articles, error), (2, None), "{names:?}");
    }
}

/// What is sent by `head` and the body, which ends where the connection does.
fn last(head: &str, body: &[u8]) -> Reply {
    Reply::Last([format!("HTTP/1.1 200 OK\r\nETag: \"x\"\r\n{head}\r\n\r\n").as_bytes(), body].concat())
}

#[test]
fn feed_that_breaks_off_keeps_what_came() {
    let whole = rss("Coast", 0..40);
    let end = whole.find("<title>Story 30").unwrap();
    let broken = Some("broke off after 30 entries".to_owned());
    let cut = whole[..end].to_owned();
    let cut_by_xml = cut.clone();
    assert_eq!(kept(move |_| Reply::new("200 OK", &[("ETag", "\"x\"")], &cut_by_xml)), (30, broken.clone(), true));
    let length = format!("Content-Length: {}", whole.len());
    let short = cut.clone();
    assert_eq!(kept(move |_| last(&length, short.as_bytes())), (30, broken.clone(), true));
    let chunk = format!("{:x}\r\n{cut}\r\n", cut.len());
    assert_eq!(kept(move |_| last("Transfer-Encoding: chunked", chunk.as_bytes())), (30, broken.clone(), true));
    let packed = gzip(whole.as_bytes());
    let (articles, error, is_open) = kept(move |_| last("Content-Encoding: gzip", &packed[..packed.len() * 2 / 3]));
    assert!((1..40).contains(&articles) && is_open);
    assert_eq!(error.unwrap(), format!("broke off after {articles} entries"));
    // It stops, and nothing more comes in the time there is.
    let limits = Limits { body: Duration::from_millis(250), ..patient() };
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{cut}", whole.len());
    let server = Server::start(move |_| Reply::Drip(head.clone().into_bytes(), b' '));
    let stopped = feed(fetch::fetch(&HttpClient::new(limits), &request(&server.url("/feed"))));
    assert_eq!((stopped.articles.len(), stopped.error.map(|error| error.to_string())), (30, broken.clone()));
    let chunk = format!("{:x}\r\n{cut}\r\nnonsense\r\n", cut.len());
    let (articles, error, _) = kept(move |_| last("Transfer-Encoding: chunked", chunk.as_bytes()));
    assert_eq!(error, Some(format!("broke off after {articles} entries")), "nonsense for a chunk");
    let page = last(&format!("Content-Length: {}", whole.len()), cut.as_bytes());
    let page = Mutex::new(Some(page));
    let server = Server::start(move |_| page.lock().unwrap().take().unwrap());
    let page = fetch::fetch_page(&HttpClient::new(patient()), &request(&server.url("/feed"))).unwrap();
    let read = fetch::articles(&page, &[], &InputRules::default());
    assert!(read.len() == 31 && read[30].as_ref().is_err_and(|why| why.to_string() == "is incomplete"));
    let between = format!("{}</item>", whole[..end].rsplit_once("</item>").unwrap().0);
    let (length, short) = (format!("Content-Length: {}", whole.len()), between.clone());
    assert_eq!(kept(move |_| last(&length, short.as_bytes())), (30, broken.clone(), true), "between two entries");
    // As much as was said came: it is written like that.
    let reply = move |_: &_| Reply::new("200 OK", &[("ETag", "\"x\"")], &between);
    assert_eq!(kept(reply), (30, None, false), "the ends of what holds the entries are missing");
    let item = |n| {
        format!(
            "{{\"id\": \"{n}\", \"title\": \"Story {n}\", \"tags\": [\"}}]\"], \"authors\": [{{\"name\": \"A\"}}]}}"
        )
    };
    let json = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{}, {}, {{\"id\": ",
        item(1),
        item(2)
    );
    assert_eq!(kept(move |_| Reply::ok(&json)), (2, Some("broke off after 2 entries".to_owned()), true));
}

/// Where only the framing is wrong and the document is whole, nothing is lost, but it is not taken for unchanged.
#[test]
fn whole_feed_in_a_broken_frame_is_whole() {
    let whole = rss("Coast", 0..2);
    let long = format!("Content-Length: {}", whole.len() + 50);
    let body = whole.clone();
    assert_eq!(kept(move |_| last(&long, body.as_bytes())), (2, None, true));
    let chunk = format!("{:x}\r\n{whole}\r\n", whole.len());
    assert_eq!(kept(move |_| last("Transfer-Encoding: chunked", chunk.as_bytes())), (2, None, true));
    assert_eq!(kept(move |_| last("Connection: close", whole.as_bytes())), (2, None, false));
}

#[test]
fn feed_that_breaks_off_before_its_first_entry_is_an_error() {
    for cut in ["<rss><channel><title>Coa", "<rss><channel><title>Coast</title><item><title>One</title>"] {
        let server = Server::start(move |_| Reply::ok(cut));
        assert_eq!(trouble(fetch(&server.url("/feed"))).to_string(), "broke off before its first entry", "{cut}");
    }
    let server = Server::start(|_| Reply::ok("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{"));
    assert_eq!(trouble(fetch(&server.url("/feed"))).to_string(), "broke off before its first entry");
    let server = Server::start(|_| last("Content-Length: 500", b"<html><link rel=feed href=/f>"));
    assert!(matches!(trouble(fetch(&server.url("/page"))).kind, ErrorKind::Truncated), "a page that is cut is none");
    let page = fetch::fetch_page(&HttpClient::new(patient()), &request(&server.url("/page")));
    assert!(matches!(page.unwrap_err().kind, ErrorKind::Truncated));
}

#[test]
fn not_modified_brings_its_validators() {
    let headers = [("ETag", "\"new\""), ("Last-Modified", "Wed, 06 Mar 2024 10:20:30 GMT")];
    let server = Server::start(move |_| Reply::new("304 Not Modified", &headers, ""));
    let validators = Validators { etag: Some("\"old\"".to_owned()), modified: None };
    let url = server.url("/feed");
    let fetched = fetch::fetch(&HttpClient::new(patient()), &Request { validators, ..request(&url) });
    let Fetched::NotModified { validators, .. } = fetched else { panic!("{fetched:?}") };
    assert_eq!(validators.etag.as_deref(), Some("\"new\""));
    assert_eq!(validators.modified.as_deref(), Some("Wed, 06 Mar 2024 10:20:30 GMT"));
}

/// A server that answers the first request, and later ones by `more`, with how many came before.
fn then(more: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::ok(rss("Coast", 0..1)),
        number => more(number),
    })
}

#[test]
fn request_on_a_kept_connection_that_ends_is_sent_again_once() {
    let twice = |server: &Server| {
        let client = HttpClient::new(patient());
        feed(fetch::fetch(&client, &request(&server.url("/feed"))));
        fetch::fetch(&client, &request(&server.url("/feed")))
    };
    let closed = then(|number| if number == 1 { Reply::Last(Vec::new()) } else { Reply::ok(rss("Coast", 0..1)) });
    feed(twice(&closed));
    assert_eq!(closed.paths().len(), 3);
    let gone = then(|_| Reply::Last(Vec::new()));
    assert_eq!(trouble(twice(&gone)).to_string(), "closed the connection early");
    assert_eq!(gone.paths().len(), 3, "never a second time");
    let begun = then(|_| Reply::Last(b"HTTP/1.1 200 O".to_vec()));
    assert_eq!(trouble(twice(&begun)).to_string(), "closed the connection early");
    assert_eq!(begun.paths().len(), 2, "not after a byte of the answer");
    let server = Server::start(|_| Reply::Last(Vec::new()));
    trouble(fetch(&server.url("/feed")));
    assert_eq!(server.paths().len(), 1, "not on a new connection");
}

#[test]
fn cookie_is_sent_back_on_the_way() {
    let server = Server::start(|asked| {
        let cookie = asked.header("cookie").unwrap_or_default().to_owned();
        match asked.path.as_str() {
            "/self" if cookie == "ok=1" => Reply::ok(rss("Coast", 0..1)),
            "/self" => with_cookie("/self", "ok=1; Path=/"),
            "/feed" if cookie == "mine=1; ok=2" || cookie == "ok=2" => Reply::ok(rss("Coast", 0..1)),
            "/feed" => Reply::to(302, "/consent"),
            "/consent" => with_cookie("/feed", "ok=2; Path=/"),
            "/loop" => with_cookie("/loop", "ok=1; Path=/"),
            _ => with_cookie(&format!("/x{}", asked.path.len()), &format!("n={}; Path=/", asked.path.len())),
        }
    });
    let client = HttpClient::new(patient());
    let get = |path: &str| fetch::fetch(&client, &request(&server.url(path)));
    assert_eq!(feed(get("/self")).moved_to, None);
    feed(get("/feed"));
    assert!(matches!(trouble(get("/loop")).kind, ErrorKind::RedirectLoop), "the same cookie again is a loop");
    let before = server.paths().len();
    feed(get("/self"));
    assert_eq!(server.paths().len(), before + 2, "nothing is kept from one fetch to the next");
    let url = server.url("/feed");
    let headers = [("Cookie".to_owned(), "mine=1".to_owned())];
    feed(fetch::fetch(&client, &Request { headers: &headers, ..request(&url) }));
}

#[test]
fn cookie_goes_to_no_other_host() {
    let seen = Server::start(|_| Reply::ok(rss("Coast", 0..1)));
    let place = seen.url("/feed").replace("127.0.0.1", "localhost");
    let server = Server::start(move |_| with_cookie(&place, "ok=1; Path=/; Domain=localhost"));
    // Another host that may be asked too: in this test the user typed it.
    let (url, typed) = (server.url("/a"), seen.url("/feed").replace("127.0.0.1", "localhost"));
    let fetched = fetch::fetch(&HttpClient::new(patient()), &Request { typed: &typed, ..request(&url) });
    assert!(matches!(trouble(fetched).kind, ErrorKind::PrivateHost(_)));
    assert!(seen.asked().iter().all(|asked| asked.header("cookie").is_none()));
}

#[test]
fn redirect_is_followed_however_its_place_is_written() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/300" => Reply::to(300, "/feed"),
        "/none" => Reply::new("300 Multiple Choices", &[], ""),
        "/latin" => Reply::Bytes(b"HTTP/1.1 302 Found\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n".to_vec()),
        "/utf" => Reply::to(302, "/café"),
        "/feed" | "/caf%C3%A9" => Reply::ok(rss("Coast", 0..1)),
        _ => Reply::Silence,
    });
    for path in ["/300", "/latin", "/utf"] {
        assert_eq!(feed(fetch(&server.url(path))).moved_to, None, "{path}");
    }
    assert!(matches!(trouble(fetch(&server.url("/none"))).kind, ErrorKind::Status { status: 300 }));
}

#[test]
fn page_that_only_refreshes_is_a_redirect() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/meta" => html("<html><head><meta http-equiv=refresh content='0; url=/feed'></head><body></body></html>"),
        "/header" => {
            Reply::new("200 OK", &[("Content-Type", "text/html"), ("Refresh", "0; url=/feed")], "<html></html>")
        }
        "/away" => html("<meta http-equiv=refresh content='0; url=http://127.0.0.2/'>"),
        "/script" => html("<meta http-equiv=refresh content='0; url=javascript:alert(1)'>"),
        "/again" => html("<meta http-equiv=refresh content='5'><meta http-equiv=refresh content='5; url=/again'>"),
        "/ping" => html("<meta http-equiv=refresh content='0; url=/pong'>"),
        "/pong" => html("<meta http-equiv=refresh content='0; url=/ping'>"),
        "/round" => html("<meta http-equiv=refresh content='0; url=/back'>"),
        "/back" => Reply::to(302, "/round"),
        "/cookie" => {
            let next = format!("a={}", asked.header("cookie").map_or(0, str::len));
            let headers = [("Content-Type", "text/html"), ("Set-Cookie", &*next)];
            Reply::new("200 OK", &headers, "<meta http-equiv=refresh content='0; url=/cookie'>")
        }
        "/for-good" => Reply::to(301, "/meta"),
        "/empty" => Reply::new("200 OK", &[("Refresh", "0;url=/feed")], ""),
        "/untyped" => Reply::ok("<meta http-equiv=refresh content='0;url=/feed'>"),
        "/of-a-feed" => Reply::new("200 OK", &[("Refresh", "0;url=/ping")], rss("River", 0..1)),
        "/feed" => Reply::ok(rss("Coast", 0..1)),
        path => match path[1..].parse::<usize>() {
            Ok(left) => html(&format!("<meta http-equiv=refresh content='0; url=/{}'>", left - 1)),
            Err(_) => Reply::Silence,
        },
    });
    for path in ["/meta", "/header", "/for-good", "/empty", "/untyped", "/of-a-feed"] {
        assert_eq!(feed(fetch(&server.url(path))).moved_to, None, "{path}: not for good");
    }
    assert!(matches!(trouble(fetch(&server.url("/away"))).kind, ErrorKind::PrivateHost(_)));
    for path in ["/script", "/again", "/ping", "/round", "/cookie"] {
        let Fetched::Page(page) = fetch(&server.url(path)) else { panic!("{path}") };
        assert_eq!(page.address, server.url(path));
    }
    assert!(matches!(trouble(fetch(&server.url("/99"))).kind, ErrorKind::TooManyRedirects(10)));
    let page = fetch::fetch_page(&HttpClient::new(patient()), &request(&server.url("/meta"))).unwrap();
    assert_eq!(page.address, server.url("/feed"));
}
