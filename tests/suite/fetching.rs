//! Fetching from a server that answers well, badly and maliciously; nothing leaves loopback.

use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use pullquote::fetch::{self, Feed, Fetched, HttpClient, Limits, Proxy, Request, Validators};

use super::server::{Asked, Reply, Server, dripping, greeting, rss, tearing};

/// Short enough to be waited for, long enough for a busy machine.
fn limits() -> Limits {
    let short = Duration::from_millis(250);
    let long = Duration::from_secs(20);
    Limits {
        response: short,
        body: short,
        total: long,
        resolve: long,
        connect: long,
        bytes: 1 << 20,
        ..Limits::default()
    }
}

/// Time enough for all that is not about time.
pub fn patient() -> Limits {
    let long = Duration::from_secs(20);
    Limits { response: long, body: long, ..limits() }
}

pub fn request(address: &str) -> Request<'_> {
    Request { proxy: Proxy::Direct, ..Request::of(address) }
}

pub fn fetch(address: &str) -> Fetched {
    fetch::fetch(&HttpClient::new(patient()), &request(address))
}

pub fn feed(fetched: Fetched) -> Box<Feed> {
    match fetched {
        Fetched::Feed(feed) => feed,
        other => panic!("no feed: {other:?}"),
    }
}

pub fn trouble(fetched: Fetched) -> fetch::Error {
    match fetched {
        Fetched::Failed(trouble) => trouble,
        other => panic!("no trouble: {other:?}"),
    }
}

/// What goes wrong with an answer, as a person reads it.
fn wrong(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> String {
    let server = Server::start(reply);
    trouble(fetch(&server.url("/feed"))).to_string()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn feed_is_fetched() {
    let server = Server::start(|_| {
        let headers =
            [("ETag", "W/\"a b\""), ("Last-Modified", "yesterday, roughly"), ("Cache-Control", "max-age=600")];
        Reply::new("200 OK", &headers, rss("Coast", 0..3))
    });
    let feed = feed(fetch(&server.url("/feed")));
    assert_eq!(feed.title.as_deref(), Some("Coast"));
    let stories: Vec<_> = feed.articles.iter().map(|a| (a.headline(), a.url.as_deref().unwrap())).collect();
    assert_eq!(stories[2], ("Story 2", "https://coast.example/story/2"));
    assert_eq!(feed.articles[0].origin.to_string(), server.url("/feed"));
    assert_eq!(feed.validators.etag.as_deref(), Some("W/\"a b\""));
    assert_eq!(feed.validators.modified.as_deref(), Some("yesterday, roughly"));
    assert_eq!((feed.next_after, feed.moved_to), (Some(Duration::from_mins(10)), None));
    let asked = &server.asked()[0];
    assert_eq!(asked.header("user-agent"), Some(concat!("pullquote/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(asked.header("accept-encoding"), Some("gzip, deflate, br, zstd"));
    assert_eq!((asked.header("if-none-match"), asked.header("cookie"), asked.header("referer")), (None, None, None));
}

#[test]
fn unchanged_feed_is_not_sent_again() {
    let server = Server::start(|asked| {
        let is_same =
            asked.header("if-none-match") == Some("W/\"a b\"") || asked.header("if-modified-since") == Some("odd date");
        if is_same {
            Reply::new("304 Not Modified", &[("Cache-Control", "max-age=60")], "")
        } else {
            Reply::ok(rss("Coast", 0..1))
        }
    });
    let url = server.url("/feed");
    let client = HttpClient::new(patient());
    for validators in [
        Validators { etag: Some("W/\"a b\"".to_owned()), modified: None },
        Validators { etag: None, modified: Some("odd date".to_owned()) },
    ] {
        let fetched = fetch::fetch(&client, &Request { validators, ..request(&url) });
        let Fetched::NotModified { moved_to: None, next_after, .. } = fetched else { panic!("{fetched:?}") };
        assert_eq!(next_after, Some(Duration::from_mins(1)));
    }
    let validators = Validators { etag: Some("\"old\"".to_owned()), modified: None };
    assert_eq!(feed(fetch::fetch(&client, &Request { validators, ..request(&url) })).articles.len(), 1);
}

#[test]
fn unsolicited_not_modified_is_an_error() {
    assert_eq!(wrong(|_| Reply::new("304 Not Modified", &[], "")), "returned 304");
}

#[test]
fn redirects_are_permanent_or_temporary() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/old" => Reply::to(301, "/older"),
        "/older" => Reply::to(308, "/feed#top"),
        "/mixed" => Reply::to(302, "/old"),
        "/now" => Reply::to(307, "feed"),
        _ => Reply::ok(rss("Coast", 0..1)),
    });
    let moved = |path: &str| feed(fetch(&server.url(path))).moved_to;
    assert_eq!(moved("/old"), Some(server.url("/feed")));
    assert_eq!(moved("/mixed"), None, "the whole way must be for good");
    assert_eq!(moved("/now"), None);
    assert_eq!(moved("/feed"), None);
}

#[test]
fn move_is_reported_without_changes_too() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/old" => Reply::to(301, "/feed"),
        _ => Reply::new("304 Not Modified", &[], ""),
    });
    let validators = Validators { etag: Some("x".to_owned()), modified: None };
    let url = server.url("/old");
    let fetched = fetch::fetch(&HttpClient::new(patient()), &Request { validators, ..request(&url) });
    let Fetched::NotModified { moved_to, .. } = fetched else { panic!("{fetched:?}") };
    assert_eq!(moved_to, Some(server.url("/feed")));
}

/// A server that requires the login `me:secret`, and redirects `/abs` to an absolute address, as most servers do,
/// `/rel` to a relative one, `/evil` to one with a login of its own, `/chain` by several steps.
fn guarded() -> Server {
    Server::start(|asked| {
        let host = asked.header("host").unwrap_or_default().to_owned();
        match (asked.path.as_str(), asked.header("authorization")) {
            ("/abs", _) => Reply::to(301, &format!("http://{host}/feed")),
            ("/rel", _) => Reply::to(308, "feed"),
            ("/evil", _) => Reply::to(301, &format!("http://evil:pw@{host}/feed")),
            ("/chain", _) => Reply::to(301, &format!("http://evil@{host}/rel")),
            (_, Some("Basic bWU6c2VjcmV0")) if asked.header("if-none-match").is_some() => {
                Reply::new("304 Not Modified", &[], "")
            }
            (_, Some("Basic bWU6c2VjcmV0")) => Reply::ok(rss("Coast", 0..1)),
            _ => Reply::new("401 Who", &[], ""),
        }
    })
}

#[test]
fn permanent_redirect_keeps_the_login_of_the_user() {
    let server = guarded();
    let mine = |path: &str| server.url(path).replace("http://", "http://me:secret@");
    let moved = |path: &str, validators| {
        let url = mine(path);
        match fetch::fetch(&HttpClient::new(patient()), &Request { validators, ..request(&url) }) {
            Fetched::Feed(feed) => feed.moved_to,
            Fetched::NotModified { moved_to, .. } => moved_to,
            other => panic!("{path}: {other:?}"),
        }
    };
    for path in ["/abs", "/rel", "/evil", "/chain"] {
        let known = Validators { etag: Some("x".to_owned()), modified: None };
        assert_eq!(moved(path, Validators::default()), Some(mine("/feed")), "{path}");
        assert_eq!(moved(path, known), Some(mine("/feed")), "{path}, where nothing has changed");
    }
    assert_eq!(moved("/feed", Validators::default()), None);
}

#[test]
fn redirect_brings_no_login_of_its_own() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/evil" => Reply::to(301, &format!("http://evil:pw@{}/feed", asked.header("host").unwrap_or_default())),
        _ => Reply::ok(rss("Coast", 0..1)),
    });
    let fetched = feed(fetch(&server.url("/evil")));
    assert_eq!(fetched.moved_to, Some(server.url("/feed")));
    assert!(server.asked().iter().all(|asked| asked.header("authorization").is_none()));
}

#[test]
fn login_that_a_redirect_lost_is_taken_from_what_was_typed() {
    let server = guarded();
    let (bare, typed) = (server.url("/feed"), server.url("/abs").replace("http://", "http://me:secret@"));
    feed(fetch::fetch(&HttpClient::new(patient()), &Request { typed: &typed, ..request(&bare) }));
    let elsewhere = typed.replace("127.0.0.1", "localhost");
    let fetched = fetch::fetch(&HttpClient::new(patient()), &Request { typed: &elsewhere, ..request(&bare) });
    assert!(matches!(trouble(fetched).kind, fetch::ErrorKind::PrivateHost(_)), "another server");
    assert_eq!(server.paths().len(), 1, "and it is not asked");
}

#[test]
fn endless_redirects_are_refused() {
    assert_eq!(wrong(|asked| Reply::to(302, &asked.path)), "redirects in a loop");
    assert_eq!(wrong(|asked| Reply::to(302, if asked.path == "/a" { "/feed" } else { "/a" })), "redirects in a loop");
    let server = Server::start(|asked| match asked.path[1..].parse::<usize>() {
        Ok(0) => Reply::ok(rss("Coast", 0..1)),
        Ok(left) => Reply::to(302, &format!("/{}", left - 1)),
        Err(_) => Reply::Silence,
    });
    feed(fetch(&server.url("/10")));
    assert_eq!(trouble(fetch(&server.url("/11"))).to_string(), "has too many redirects (10 followed)");
    assert_eq!(server.paths().len(), 11 + 11, "the eleventh is not followed");
}

#[test]
fn redirects_to_other_schemes_are_refused() {
    for (place, why) in [
        ("file:///etc/passwd", "uses file:: only http and https are supported"),
        ("ftp://coast.example/feed", "uses ftp:: only http and https are supported"),
        ("javascript:alert(1)", "uses javascript:: only http and https are supported"),
        ("http://", "redirects without a Location header"),
    ] {
        assert_eq!(wrong(move |_| Reply::to(301, place)), why, "{place}");
    }
    assert_eq!(wrong(|_| Reply::new("302 Found", &[], "")), "redirects without a Location header");
}

#[test]
fn redirects_to_private_addresses_are_refused() {
    let secret = Server::start(|_| Reply::ok(rss("Secret", 0..1)));
    let port = secret.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "[::ffff:127.0.0.1]", "127.0.0.2"]
    {
        let place = format!("http://{host}:{port}/secret");
        let why = wrong(move |_| Reply::to(302, &place));
        assert!(why.ends_with("a private address"), "{host}: {why}");
    }
    for host in ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "router.lan", "intranet"] {
        let place = format!("http://{host}/");
        let why = wrong(move |_| Reply::to(302, &place));
        assert!(why.ends_with("a private address"), "{host}: {why}");
    }
    assert!(secret.paths().is_empty(), "nobody was asked");
}

/// The address that a feed was moved to is not one that the user typed, however it is fetched later.
#[test]
fn address_from_the_web_is_never_trusted() {
    let server = Server::start(|_| Reply::ok(rss("Coast", 0..1)));
    let url = server.url("/feed");
    let led = Request { typed: "https://coast.example/feed", ..request(&url) };
    assert!(matches!(trouble(fetch::fetch(&HttpClient::new(patient()), &led)).kind, fetch::ErrorKind::PrivateHost(_)));
    assert!(server.paths().is_empty());
    let page = fetch::fetch_page(&HttpClient::new(patient()), &led);
    assert!(matches!(page.unwrap_err().kind, fetch::ErrorKind::PrivateHost(_)));
    let same = server.url("/typed");
    feed(fetch::fetch(&HttpClient::new(patient()), &Request { typed: &same, ..request(&url) }));
}

#[test]
fn headers_stay_with_the_server_they_are_for() {
    let other = Server::start(|_| Reply::ok(rss("Other", 0..1)));
    let elsewhere = other.url("/feed");
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/away" => Reply::to(301, &elsewhere),
        "/here" => Reply::to(301, "/feed"),
        _ => Reply::ok(rss("Coast", 0..1)),
    });
    let headers = [("Authorization".to_owned(), "Bearer x".to_owned())];
    let here = server.url("/here").replace("http://", "http://me:pass%20word@");
    let client = HttpClient::new(patient());
    feed(fetch::fetch(&client, &Request { headers: &headers, user_agent: Some("Mine/1"), ..request(&here) }));
    for asked in server.asked() {
        assert_eq!((asked.header("authorization"), asked.header("user-agent")), (Some("Bearer x"), Some("Mine/1")));
    }
    let fetched = feed(fetch(&here));
    assert_eq!(fetched.articles[0].origin.to_string(), server.url("/feed"), "no login in what is handed on");
    assert!(fetched.moved_to.unwrap().contains("me:pass%20word@"), "but in what is asked for the next time");
    assert_eq!(server.asked()[3].header("authorization"), Some("Basic bWU6cGFzcyB3b3Jk"));
    assert!(server.asked()[3].header("host").unwrap().starts_with("127.0.0.1:"));

    // In this test the user typed the other server's address too: `typed` is what is trusted.
    let away = server.url("/away");
    let request = Request { headers: &headers, typed: &away, ..request(&away) };
    assert!(matches!(trouble(fetch::fetch(&client, &request)).kind, fetch::ErrorKind::PrivateHost(_)));
    assert!(other.paths().is_empty());

    let bad = [("Bad Name".to_owned(), "x".to_owned())];
    let why = trouble(fetch::fetch(&client, &Request { headers: &bad, ..request.clone() })).to_string();
    assert!(why.contains("\"Bad Name\" is not a header name"), "{why}");
    let bad = [("X-Key".to_owned(), "secret\n".to_owned())];
    let why = trouble(fetch::fetch(&client, &Request { headers: &bad, ..request })).to_string();
    assert_eq!(why, "has an invalid setting: the value of header X-Key is invalid");
}

#[test]
fn nonsense_response_is_an_error() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/gone" => Reply::new("410 Gone", &[], "gone"),
        "/busy" => Reply::new("429 Too Many Requests", &[("Retry-After", "120")], ""),
        "/down" => Reply::new("503 Unavailable", &[("Retry-After", "Fri, 01 Jan 2100 00:00:00 GMT")], ""),
        "/broken" => Reply::new("500 Oops", &[("Retry-After", "120")], ""),
        "/login" => Reply::new("401 Who", &[], ""),
        _ => Reply::new("404 Not Found", &[], "<html>nothing here</html>"),
    });
    assert!(matches!(fetch(&server.url("/gone")), Fetched::Gone));
    let error_of = |path: &str| {
        let trouble = trouble(fetch(&server.url(path)));
        (trouble.to_string(), trouble.retry_after.map(|wait| wait.as_secs()))
    };
    assert_eq!(error_of("/busy"), ("returned 429 (too many requests)".to_owned(), Some(120)));
    assert_eq!(error_of("/down"), ("returned 503 (server error)".to_owned(), Some(7 * 24 * 3600)));
    assert_eq!(error_of("/broken"), ("returned 500 (server error)".to_owned(), None));
    assert_eq!(error_of("/none"), ("returned 404 (not found)".to_owned(), None));
    assert!(trouble(fetch(&server.url("/login"))).hint().contains("--header"));
}

#[test]
fn endless_response_is_an_error() {
    let head = || b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>".to_vec();
    assert_eq!(wrong(move |_| Reply::Endless(head(), &[b' '; 4096])), "is larger than 1 MiB");
    let header =
        wrong(|_| Reply::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Filler: and so on and so on and so on\r\n"));
    assert!(header.starts_with("sent an invalid response"), "{header}");
    let line = wrong(|_| Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), &[b'x'; 4096]));
    assert_eq!(line, "sent an invalid response (its header is too long)");
}

#[test]
fn dripping_response_times_out() {
    let client = HttpClient::new(limits());
    let slow = |reply: fn() -> Reply| {
        let server = Server::start(move |_| reply());
        let start = Instant::now();
        let why = trouble(fetch::fetch(&client, &request(&server.url("/feed")))).to_string();
        assert!(start.elapsed() < Duration::from_secs(15), "{why}");
        why
    };
    assert_eq!(
        slow(|| Reply::Drip(b"HTTP/1.1 200 OK\r\n\r\n<rss>".to_vec(), b' ')),
        "timed out while sending the response"
    );
    assert_eq!(slow(|| Reply::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), b'x')), "timed out before responding");
    assert_eq!(
        slow(|| Reply::Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n".to_vec(), b'x')),
        "timed out while sending the response"
    );
    assert_eq!(slow(|| Reply::Silence), "timed out before responding");
    assert_eq!(
        slow(|| Reply::Drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n".to_vec(), b'0')),
        "timed out while sending the response"
    );
}

#[test]
fn slow_redirects_share_one_time_limit() {
    let limits = Limits { total: Duration::from_millis(300), ..patient() };
    let server = Server::start(|asked| match asked.path.as_str() {
        "/9" => Reply::Silence,
        path => Reply::to(302, &format!("/{}", path[1..].parse::<usize>().unwrap_or(0) + 1)),
    });
    let start = Instant::now();
    let why = trouble(fetch::fetch(&HttpClient::new(limits), &request(&server.url("/0")))).to_string();
    assert_eq!(why, "timed out while sending the response");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn response_of_the_wrong_length_is_an_error() {
    let short = |_: &Asked| Reply::Last(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>".to_vec());
    assert_eq!(wrong(short), "closed the connection early");
    let chunks = |_: &Asked| Reply::Last(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n<rss>".to_vec());
    assert_eq!(wrong(chunks), "closed the connection early");
    let long = Server::start(|_| {
        let body = rss("Coast", 0..1);
        Reply::Last(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}surplus", body.len()).into_bytes())
    });
    assert_eq!(feed(fetch(&long.url("/feed"))).articles.len(), 1, "what is too much is not read");
}

#[test]
fn compressed_responses_are_read() {
    let packed = |bytes: Vec<u8>| move |_: &Asked| Reply::new("200 OK", &[("Content-Encoding", "gzip")], &bytes);
    let server = Server::start(packed(gzip(rss("Coast", 0..2).as_bytes())));
    assert_eq!(feed(fetch(&server.url("/feed"))).articles.len(), 2);
    assert!(wrong(packed(b"no gzip at all".to_vec())).starts_with("is not a feed"));
    let mut damaged = gzip(rss("Coast", 0..2).as_bytes());
    damaged[40] ^= 0x55;
    assert!(wrong(packed(damaged)).starts_with("is compressed and damaged"));
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(wrong(packed(bomb)), "is larger than 1 MiB");
    let odd = |_: &Asked| Reply::new("200 OK", &[("Content-Encoding", "compress")], "xyz");
    assert!(wrong(odd).contains("unexpected encoding compress"));
}

#[test]
fn charset_is_that_of_the_server_or_the_feed() {
    let text = "<?xml version=\"1.0\" encoding=\"ENCODING\"?><rss version=\"2.0\"><channel><item><title>Küste</title>\
                <description>Flut.</description></item></channel></rss>";
    let latin = |encoding: &str| text.replace("ENCODING", encoding).replace('ü', "\u{fffd}").into_bytes();
    let with = |mut bytes: Vec<u8>| {
        let at = bytes.windows(3).position(|three| three == "\u{fffd}".as_bytes()).unwrap();
        bytes.splice(at..at + 3, [0xfc]);
        bytes
    };
    for (kind, encoding) in
        [("text/xml; charset=iso-8859-1", "utf-8"), ("text/xml", "ISO-8859-1"), ("text/xml", "utf-8")]
    {
        let bytes = with(latin(encoding));
        let server = Server::start(move |_| Reply::new("200 OK", &[("Content-Type", kind)], &bytes));
        let feed = feed(fetch(&server.url("/feed")));
        assert_eq!(feed.articles[0].headline(), "Küste", "{kind} {encoding}");
    }
}

#[test]
fn non_http_server_is_an_error() {
    assert!(wrong(|_| Reply::Last(b"SSH-2.0-OpenSSH_9\r\n".to_vec())).starts_with("sent an invalid response"));
    assert_eq!(wrong(|_| Reply::Last(Vec::new())), "closed the connection early");
    let torn = format!("http://127.0.0.1:{}/feed", tearing());
    assert_eq!(trouble(fetch(&torn)).to_string(), "closed the connection early");
    let closed = Server::start(|_| Reply::Silence).url("/feed");
    let refused = trouble(fetch(&closed));
    assert!(
        refused.is_offline() || matches!(refused.kind, fetch::ErrorKind::Truncated | fetch::ErrorKind::Timeout(_)),
        "{refused}"
    );
}

#[test]
fn missing_tls_is_an_error() {
    let port = greeting("HTTP/1.1 400 Bad Request\r\n\r\n");
    let why = trouble(fetch(&format!("https://127.0.0.1:{port}/feed"))).to_string();
    assert!(why.starts_with("failed over HTTPS"), "{why}");
}

/// A server that never ends the handshake of TLS is given up in the time for connecting, however it holds us up.
#[test]
fn endless_handshake_times_out() {
    let limits = Limits { connect: Duration::from_millis(250), ..patient() };
    // Nothing at all, or a record of a handshake that comes a byte at a time.
    for start in [&b""[..], b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03"] {
        let port = if start.is_empty() { greeting("") } else { dripping(start) };
        let began = Instant::now();
        let trouble =
            trouble(fetch::fetch(&HttpClient::new(limits.clone()), &request(&format!("https://127.0.0.1:{port}/"))));
        assert_eq!(trouble.to_string(), "timed out while connecting", "{start:?}");
        assert!(began.elapsed() < Duration::from_secs(15), "{start:?}");
    }
}

#[test]
fn nonsense_addresses_are_refused() {
    for address in ["", "file:///etc/passwd", "http://", "exec:ls", "http://a b/"] {
        assert!(matches!(trouble(fetch(address)).kind, fetch::ErrorKind::InvalidUrl), "{address}");
    }
}

#[test]
fn non_feeds_are_refused() {
    assert!(wrong(|_| Reply::ok("")).starts_with("is not a feed: it is empty"));
    assert_eq!(wrong(|_| Reply::ok("Dear diary")), "is not a feed");
    assert!(wrong(|_| Reply::ok([0x89, b'P', b'N', b'G', 0, 0, 0])).starts_with("is not a feed"));
    let server = Server::start(|_| Reply::new("200 OK", &[("Content-Type", "text/html")], "<!doctype html><p>Hello"));
    let fetched = fetch(&server.url("/"));
    let Fetched::Page(page) = fetched else { panic!("{fetched:?}") };
    assert_eq!((page.address, page.content_type.as_deref()), (server.url("/"), Some("text/html")));
}

#[test]
fn cancel_aborts_fetch() {
    let client = HttpClient::new(Limits { response: Duration::from_mins(10), ..patient() });
    let other = Mutex::new(Some(client.clone()));
    // Cancelled as soon as it has sent the request.
    let server = Server::start(move |_| {
        other.lock().unwrap().take().unwrap().cancel();
        Reply::Silence
    });
    let start = Instant::now();
    assert!(matches!(trouble(fetch::fetch(&client, &request(&server.url("/feed")))).kind, fetch::ErrorKind::Cancelled));
    assert!(start.elapsed() < Duration::from_mins(1));
    assert!(matches!(trouble(fetch::fetch(&client, &request(&server.url("/feed")))).kind, fetch::ErrorKind::Cancelled));
    assert_eq!(server.paths().len(), 1, "afterwards nothing is asked for");
}

#[test]
fn proxy_setting_is_used() {
    let proxy = Server::start(|asked| Reply::new("403 Forbidden", &[], &asked.path));
    let at = Proxy::At(format!("http://127.0.0.1:{}", proxy.port()));
    let why = trouble(fetch::fetch(
        &HttpClient::new(patient()),
        &Request { proxy: at, ..request("http://coast.example/feed") },
    ));
    assert!(why.to_string().starts_with("cannot be reached through the proxy"), "{why}");
    assert_eq!(proxy.paths(), ["coast.example:80"], "the proxy finds the host, not we");
    let bad = Request { proxy: Proxy::At("nonsense://x".to_owned()), ..request("http://coast.example/feed") };
    assert!(trouble(fetch::fetch(&HttpClient::new(patient()), &bad)).to_string().contains("proxy"));
}
