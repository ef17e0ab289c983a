//! A server of the tests' own on loopback: it answers what a test wants, also what no real server would.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path with its query.
    pub path: String,
    headers: Vec<(String, String)>,
}

impl Asked {
    /// A header of the request.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
pub enum Reply {
    /// These bytes; then the next request is waited for.
    Bytes(Vec<u8>),
    /// These bytes; then the connection is closed.
    Last(Vec<u8>),
    /// These bytes, then others without end, as fast as they are taken.
    Endless(Vec<u8>, &'static [u8]),
    /// These bytes, then one other every now and then, without end.
    Drip(Vec<u8>, u8),
    /// Nothing; the connection stays open.
    Silence,
}

impl Reply {
    /// A well-formed answer.
    pub fn new(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut out = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            let _ = write!(out, "{name}: {value}\r\n");
        }
        Self::Bytes([out.as_bytes(), b"\r\n", body].concat())
    }

    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new("200 OK", &[], body)
    }

    pub fn to(status: u16, place: &str) -> Self {
        Self::new(&format!("{status} Elsewhere"), &[("Location", place)], "see there")
    }
}

type Answer = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A server; it ends with the test.
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    ended: Arc<AtomicBool>,
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { address: listener.local_addr().unwrap(), asked: Arc::default(), ended: Arc::default() };
        let (asked, ended) = (Arc::clone(&server.asked), Arc::clone(&server.ended));
        let answer: Arc<Answer> = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                // A client that goes away ends its thread.
                thread::spawn(move || drop(serve(stream, &asked, &*answer)));
            }
        });
        server
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// All that was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths that were asked for so far.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the thread that listens.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Asked>>, answer: &Answer) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = BufReader::new(stream.try_clone()?);
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut asked = Asked { path, headers: Vec::new() };
        loop {
            let mut line = String::new();
            input.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            asked.headers.push((name.to_owned(), value.to_owned()));
        }
        seen.lock().unwrap().push(asked.clone());
        match answer(&asked) {
            Reply::Bytes(bytes) => stream.write_all(&bytes)?,
            Reply::Last(bytes) => return stream.write_all(&bytes),
            Reply::Endless(start, more) => {
                stream.write_all(&start)?;
                loop {
                    stream.write_all(more)?;
                }
            }
            Reply::Drip(start, byte) => {
                stream.write_all(&start)?;
                stream.set_read_timeout(Some(Duration::from_millis(2)))?;
                // Waits for the client to go, and sends a byte while it does not.
                while !matches!(stream.read(&mut [0]), Ok(0)) {
                    stream.write_all(&[byte])?;
                }
                return Ok(());
            }
            Reply::Silence => {
                while stream.read(&mut [0])? > 0 {}
                return Ok(());
            }
        }
    }
}

/// A port at which the first connection is reset on the first request.
pub fn tearing() -> u16 {
    first(|stream| drop(stream.peek(&mut [0])))
}

/// A port at which the first client is greeted in plain text, and then ignored.
pub fn greeting(words: &'static str) -> u16 {
    first(|mut stream| {
        stream.write_all(words.as_bytes()).unwrap();
        while matches!(stream.read(&mut [0; 1024]), Ok(1..)) {}
    })
}

/// A port at which the first who connects gets these bytes, and then a zero every now and then, without end.
pub fn dripping(start: &'static [u8]) -> u16 {
    first(|mut stream| {
        stream.write_all(start).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(2))).unwrap();
        let mut hello = [0; 1024];
        // Waits for the client to go, and sends a byte while it does not.
        while !matches!(stream.read(&mut hello), Ok(0)) && stream.write_all(&[0]).is_ok() {}
    })
}

/// What is left unread when the stream is dropped makes the system send a reset.
fn first(serve: impl FnOnce(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || serve(listener.accept().unwrap().0));
    port
}

/// A feed of RSS with this many entries.
pub fn rss(title: &str, entries: std::ops::Range<usize>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>{title}</title><link>https://coast.example/</link>"
    );
    for number in entries {
        let _ = write!(
            out,
            "<item><title>Story {number}</title><link>https://coast.example/story/{number}</link>\
             <guid>story-{number}</guid><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>\
             <description>“The tide of day {number} is high,” said Ines Okafor, the harbour master.</description></item>"
        );
    }
    out + "</channel></rss>"
}
