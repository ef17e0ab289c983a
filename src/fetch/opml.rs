//! OPML: lists of feeds in folders, as most programs keep them.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::Outline;
use super::newsboat::{FeedList, LeftOut, MOST_LEFT_OUT};
use crate::formats::decode_attribute;
use crate::text::clean_line;

/// How deep folders may be nested.
const DEEPEST: usize = 64;

/// The most feeds in one list.
const MOST: usize = 100_000;

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpmlError {
    /// It breaks off, or was never XML.
    #[error("is not complete XML ({0})")]
    Broken(String),
    /// It is XML of another kind.
    #[error("is not OPML")]
    Other,
    /// Folders lie in folders without end.
    #[error("has folders nested too deeply")]
    TooDeep,
    /// It has more feeds than the limit.
    #[error("has more than {MOST} feeds")]
    TooMany,
}

fn is_opml(element: &BytesStart<'_>) -> bool {
    element.local_name().as_ref().eq_ignore_ascii_case("opml")
}

/// Reads a list. Nothing is fetched that it names, entities that it defines stay as they are.
///
/// # Errors
///
/// When it is no list.
pub fn read(text: &str) -> Result<FeedList, OpmlError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut listed = FeedList::default();
    // The elements that are open; outlines that are folders with their names.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut is_list = false;
    loop {
        let line = |reader: &Reader<&[u8]>| {
            let end = (reader.buffer_position() as usize).min(text.len());
            memchr::memchr_iter(b'\n', &text.as_bytes()[..end]).count() + 1
        };
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                is_list |= open.is_empty() && is_opml(&element);
                if open.len() > DEEPEST {
                    return Err(OpmlError::TooDeep);
                }
                let name = take(&element, &open, &mut listed, || line(&reader))?;
                open.push(name);
            }
            Ok(Event::Empty(element)) => {
                is_list |= open.is_empty() && is_opml(&element);
                take(&element, &open, &mut listed, || line(&reader))?;
            }
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Eof) if !is_list => return Err(OpmlError::Other),
            Ok(Event::Eof) if !open.is_empty() => return Err(OpmlError::Broken("it is incomplete".to_owned())),
            Ok(Event::Eof) => return Ok(listed),
            Ok(_) => {}
            Err(error) => return Err(OpmlError::Broken(clean_line(&error.to_string()))),
        }
    }
}

/// Reads an element; returns its name where it is a folder.
fn take(
    element: &BytesStart<'_>,
    open: &[Option<String>],
    listed: &mut FeedList,
    line: impl Fn() -> usize,
) -> Result<Option<String>, OpmlError> {
    if !element.local_name().as_ref().eq_ignore_ascii_case("outline") {
        return Ok(None);
    }
    let attribute = |name: &str| {
        let mut attributes = element.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref().eq_ignore_ascii_case(name))?;
        Some(clean_line(&decode_attribute(&found.value))).filter(|value| !value.is_empty())
    };
    let title = attribute("title").or_else(|| attribute("text"));
    // Some programs write the address of a feed as that of a link.
    let is_feed = || matches!(attribute("type").as_deref(), Some("rss" | "atom" | "rdf"));
    let address = attribute("xmlUrl").or_else(|| attribute("url").filter(|_| is_feed()));
    let Some(address) = address else { return Ok(title) };
    if attribute("isComment").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        if listed.left_out.len() < MOST_LEFT_OUT {
            listed.left_out.push(LeftOut { line: line(), text: address, why: "is commented out" });
        }
        return Ok(None);
    }
    if listed.sources.len() >= MOST {
        return Err(OpmlError::TooMany);
    }
    let Some(url) = super::parse(&address).filter(|_| !address.contains(char::is_whitespace)) else {
        let why = "is not a web address";
        if listed.left_out.len() < MOST_LEFT_OUT {
            listed.left_out.push(LeftOut { line: line(), text: address, why });
        }
        return Ok(None);
    };
    let folders: Vec<_> = open.iter().flatten().map(|name| name.replace('/', "∕")).collect();
    let categories = attribute("category").unwrap_or_default();
    let tags = categories.split(',').map(|tag| tag.trim().trim_matches('/').to_owned()).filter(|tag| !tag.is_empty());
    listed.sources.push(Outline {
        address: url.into(),
        title,
        link: attribute("htmlUrl"),
        folder: folders.join("/"),
        tags: tags.collect(),
        hidden: false,
    });
    Ok(None)
}

/// Writes a list, in folders.
pub fn write(title: &str, sources: &[Outline]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>{}</title>\n  </head>\n  <body>\n",
        escape(title)
    );
    let mut sorted: Vec<&Outline> = sources.iter().collect();
    sorted.sort_by_key(|source| folders(source));
    let mut open: Vec<&str> = Vec::new();
    for source in sorted {
        let wanted = folders(source);
        let shared = open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        while open.len() > shared {
            open.pop();
            let _ = writeln!(out, "{}</outline>", indent(open.len()));
        }
        for folder in &wanted[shared..] {
            let _ = writeln!(out, "{}<outline text=\"{}\">", indent(open.len()), escape(*folder));
            open.push(folder);
        }
        let _ = writeln!(out, "{}{}", indent(open.len()), outline(source));
    }
    while open.pop().is_some() {
        let _ = writeln!(out, "{}</outline>", indent(open.len()));
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn folders(source: &Outline) -> Vec<&str> {
    source.folder.split('/').filter(|folder| !folder.is_empty()).collect()
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth + 2)
}

fn outline(source: &Outline) -> String {
    let title = source.title.as_deref().unwrap_or(&source.address);
    let mut out = format!(
        "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"",
        escape(title),
        escape(&*source.address)
    );
    if let Some(link) = &source.link {
        let _ = write!(out, " htmlUrl=\"{}\"", escape(&**link));
    }
    if !source.tags.is_empty() {
        let _ = write!(out, " category=\"{}\"", escape(source.tags.join(",")));
    }
    out + "/>"
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"<?xml version="1.0"?>
<!-- mine -->
<opml version="1.0">
  <head><title>Mine</title></head>
  <body>
    <outline text="News">
      <outline text="Coast &amp; Co" title="The Coast &#x2014; &quot;Wire&quot;" type="rss" xmlUrl="https://coast.example/rss?a=1&amp;b=2" htmlUrl="https://coast.example/" category="/sea,harbour"/>
      <outline text="Far/Off">
        <outline TEXT="River" XMLURL="http://river.example/feed"></outline>
      </outline>
    </outline>
    <outline text="Top" xmlUrl="https://top.example/atom.xml" />
    <outline text="Bad" xmlUrl="exec:rm -rf" /><outline text="Local" xmlUrl="file:///etc/passwd"/>
  </body>
</opml>"#;

    #[test]
    fn folders_titles_and_tags() {
        let listed = read(LIST).unwrap();
        let shown: Vec<_> = listed
            .sources
            .iter()
            .map(|s| format!("{} | {} | {} | {:?}", s.folder, s.title.as_deref().unwrap(), s.address, s.tags))
            .collect();
        assert_eq!(
            shown,
            [
                "News | The Coast — \"Wire\" | https://coast.example/rss?a=1&b=2 | [\"sea\", \"harbour\"]",
                "News/Far∕Off | River | http://river.example/feed | []",
                " | Top | https://top.example/atom.xml | []",
            ]
        );
        assert_eq!(listed.sources[0].link.as_deref(), Some("https://coast.example/"));
        let left: Vec<_> = listed.left_out.iter().map(|left| (left.line, left.text.as_str())).collect();
        assert_eq!(left, [(13, "exec:rm -rf"), (13, "file:///etc/passwd")]);
    }

    #[test]
    fn written_list_reads_back() {
        let sources = read(LIST).unwrap().sources;
        let written = write("Mine & <others>", &sources);
        let mut again = read(&written).unwrap();
        assert!(again.left_out.is_empty());
        let mut sources = sources;
        sources.sort_by(|a, b| a.address.cmp(&b.address));
        again.sources.sort_by(|a, b| a.address.cmp(&b.address));
        assert_eq!(again.sources, sources);
    }

    #[test]
    fn lists_of_other_programs() {
        let list = "<opml><body><outline type='rss' text='A' url='https://a.example/f'/><outline type='link' text='P' \
                    url='https://p.example/'/><outline text='C' isComment='true' xmlUrl='https://c.example/f'/></body></opml>";
        let listed = read(list).unwrap();
        assert_eq!(
            listed.sources.iter().map(|source| source.address.as_str()).collect::<Vec<_>>(),
            ["https://a.example/f"]
        );
        assert_eq!(listed.left_out.iter().map(|left| left.why).collect::<Vec<_>>(), ["is commented out"]);
    }

    #[test]
    fn hostile_lists() {
        let bomb = r#"<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
            <opml><body><outline text="&b;" xmlUrl="https://a.example/"/><outline text="&x;" xmlUrl="https://b.example/"/></body></opml>"#;
        let listed = read(bomb).unwrap();
        assert_eq!(listed.sources.len(), 2);
        assert_eq!(listed.sources[0].title.as_deref(), Some("&b;"));
        assert_eq!(listed.sources[1].title.as_deref(), Some("&x;"));

        let deep = format!("<opml>{}", "<outline text='x'>".repeat(100_000));
        assert!(matches!(read(&deep), Err(OpmlError::TooDeep)));
        assert!(matches!(read("<opml><body><outline"), Err(OpmlError::Broken(_))));
        assert!(matches!(read("<opml><body>"), Err(OpmlError::Broken(_))));
        assert!(matches!(read("<rss><channel/></rss>"), Err(OpmlError::Other)));
        assert!(matches!(read("Dear diary"), Err(OpmlError::Other)));
        let title =
            read("<opml><outline text='\u{1b}[31mred&#27;]0;x&#7;' xmlUrl='https://a.example/'/></opml>").unwrap();
        assert!(!title.sources[0].title.as_deref().unwrap().contains(char::is_control));
    }
}
