//! Files with many articles, Markdown and mail through the door.

use std::io::{self, Read};

use crate::fetching::gzip;
use pullquote::article::{Article, ParagraphKind};
use pullquote::formats::{self, Hint, ParseError};

const WORDS: &str = "The old bridge over the harbour will close in spring, the harbour board said on Saturday, after a week of long \
    meetings.\\n\\n“It is tired,” said Ines Okafor.";

fn read_from(mut input: impl Read, name: &str) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut input, &Hint { name: Some(name), ..Hint::default() }, &mut |read| all.push(read));
    all
}

fn read(text: impl AsRef<[u8]>, name: &str) -> Vec<Result<Article, ParseError>> {
    read_from(text.as_ref(), name)
}

fn one(text: impl AsRef<[u8]>, name: &str) -> Article {
    let mut all = read(text, name);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}

fn shown(all: &[Result<Article, ParseError>]) -> Vec<String> {
    let line = |read: &Result<Article, ParseError>| match read {
        Ok(article) => article.headline().to_owned(),
        Err(why) => why.to_string(),
    };
    all.iter().map(line).collect()
}

/// What is said of a record with these fields.
fn unknown(fields: &str) -> String {
    format!("has no article text that is known; its fields are {fields} (say which is which: --fields title=…,text=…)")
}

fn facts(article: &Article) -> [String; 5] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let date = article.dates.published.map(|at| at.to_string()).unwrap_or_default();
    [article.headline().to_owned(), date, text(&article.byline), text(&article.publisher), text(&article.url)]
}

#[test]
fn records_of_every_crawler() {
    let url = "https://coast.example/a";
    for (what, date, record) in [
        (
            "news-please",
            "2026-03-14T09:30:00",
            format!(
                r#"{{"authors": ["Jane Doe"], "date_download": "2026-04-01", "date_publish": "2026-03-14 09:30:00", "description": "x",
                "filename": "f", "language": "en", "maintext": "{WORDS}", "text": null, "source_domain": "www.coast.example",
                "title": "Bridge closes", "title_page": null, "url": "{url}"}}"#
            ),
        ),
        (
            "newspaper",
            "2026-03-14T09:30:00",
            format!(
                r#"{{"title": "Bridge closes", "authors": ["Jane Doe"], "publish_date": "2026-03-14T09:30:00", "text": "{WORDS}",
                "keywords": ["bridge"], "summary": "x", "url": "{url}", "source_url": "https://coast.example"}}"#
            ),
        ),
        (
            "trafilatura",
            "2026-03-14T09:30:00Z",
            format!(
                r#"{{"title": "Bridge closes", "author": "Jane Doe", "hostname": "coast.example", "date": "2026-03-14T09:30:00Z",
                "fingerprint": "ab", "id": null, "raw_text": "{WORDS}", "text": "{WORDS}", "source": "{url}",
                "source-hostname": "coast.example", "excerpt": "x", "categories": "a;b", "tags": ""}}"#
            ),
        ),
        (
            "an interface of news",
            "2026-03-14T09:30:00Z",
            format!(
                r#"{{"status": "ok", "articles": [{{"source": {{"id": null, "name": "coast.example"}}, "author": "Jane Doe",
                "title": "Bridge closes", "description": "x", "url": "{url}", "publishedAt": "2026-03-14T09:30:00Z",
                "content": "{WORDS}"}}]}}"#
            ),
        ),
        (
            "a search index",
            "2026-03-14T09:30:00Z",
            format!(
                r#"{{"_source": {{"headline": "Bridge closes", "byline": "By Jane Doe", "datePublished": 1773480600000,
                "articleBody": "<p>{}</p>", "link": "{url}", "publisher": {{"name": "coast.example"}}}}}}"#,
                WORDS.replace("\\n\\n", "</p><p>")
            ),
        ),
        (
            "a crawl of pages",
            "2026-03-14T09:30:00Z",
            format!(
                r#"{{"url": "{url}", "html": "<!doctype html><html><head><title>Bridge closes</title><meta name=author
                content='Jane Doe'><meta property=og:site_name content=coast.example><meta property=article:published_time
                content=2026-03-14T09:30:00Z></head><body><nav><a href=/>Home</a></nav><article><h1>Bridge closes</h1><p>{}</p>
                </article></body></html>"}}"#,
                WORDS.replace("\\n\\n", "</p><p>")
            )
            .replace('\n', " "),
        ),
        (
            "a blog",
            "2026-03-14T09:30:00",
            format!(
                r#"[{{"title": {{"rendered": "Bridge closes"}}, "date": "2026-03-14T09:30:00", "link": "{url}", "author": "Jane Doe",
                "content": {{"rendered": "<p>{}</p>"}}, "site_name": "coast.example"}}]"#,
                WORDS.replace("\\n\\n", "</p>\\n<p>")
            ),
        ),
    ] {
        let article = one(&record, "crawl.json");
        let expected = ["Bridge closes", date, "Jane Doe", "coast.example", url];
        assert_eq!(facts(&article), expected, "{what}");
        assert_eq!(article.body.paragraphs().len(), 3, "{what}");
        assert!(!article.is_summary);
    }
}

#[test]
fn own_output_is_read() {
    let export = r#"{"folders":["/news"]}
{"id":"00000000000000aa","date":"2026-03-14T09:30:00Z","source":"Coast Wire","byline":"Jane Doe","paragraphs":[{"kind":"headline","text":"Bridge closes"},{"kind":"prose","dateline":"ELLERY (Wire) — ","text":"It is closed."},{"kind":"list_item","text":"Ferries run."}],"read":true}
{"id":"00000000000000ab","starred":true}
"#;
    let article = one(export, "export.jsonl");
    assert_eq!(article.body.text(), "Bridge closes\nELLERY (Wire) — It is closed.\nFerries run.");
    assert_eq!(article.body.paragraphs()[2].kind, ParagraphKind::ListItem);
    assert_eq!(facts(&article)[..4], ["Bridge closes", "2026-03-14T09:30:00Z", "Jane Doe", "Coast Wire"]);
    let quotes = r#"{"article":{"id":"aa","headline":"Bridge closes","date":"2026-03-14","source":"Coast Wire","path":"a.txt"},"text":"Bridge closes\nIt is closed.","speakers":[],"quotes":[{"start":0,"text":"x"}]}"#;
    let article = one(quotes, "quotes.json");
    assert_eq!(article.body.text(), "Bridge closes\nIt is closed.");
    assert_eq!(facts(&article)[..4], ["Bridge closes", "2026-03-14", "", "Coast Wire"]);
}

#[test]
fn invalid_record_is_refused_by_its_number_and_the_rest_is_read() {
    let good = |title: &str| format!(r#"{{"title": "{title}", "text": "{WORDS}"}}"#);
    let lines = format!(
        "{}\n{{\"title\": \"x\"\n\n[1]\n{{\"title\": \"No text\", \"text\": \" \"}}\n\n{}\n{{\"title\": \"cut",
        good("A"),
        good("B")
    );
    let all = shown(&read(&lines, "crawl.jsonl"));
    assert_eq!(all[0], "A");
    assert!(all[1].starts_with("line 2 is not well-formed JSON"), "{}", all[1]);
    assert_eq!(all[2..5], ["line 4 has no article text", "line 5 has no article text", "B"]);
    assert!(all[5].starts_with("line 8 is not well-formed JSON"));
    let array = format!("[{}, {{\"a\": 1}}, {}, {{\"title\": \"cut", good("A"), good("B"));
    assert_eq!(
        shown(&read(&array, "crawl.json")),
        ["A", &*format!("record 2 {}", unknown("a")), "B", "record 4 is incomplete"]
    );
    // Many refusals are counted.
    let all = shown(&read("{\"a\": 1}\n".repeat(1_000), "crawl.jsonl"));
    assert_eq!((all.len(), all[100].as_str()), (101, "has 900 more records that are not articles"));
    assert_eq!(shown(&read("[]", "a.json")), ["has no records"]);
    assert_eq!(
        shown(&read("{\"name\": \"pullquote\", \"description\": \"x\"}", "package.json")),
        [format!("record 1 {}", unknown("name, description"))]
    );
}

#[test]
fn records_come_packed_and_in_any_encoding() {
    let lines = format!("{{\"title\": \"Мост закрыт\", \"text\": \"{WORDS}\"}}\n").repeat(2);
    let zstd = zstd::encode_all(lines.as_bytes(), 3).unwrap();
    let mut gzip = Vec::new();
    flate2::read::GzEncoder::new(lines.as_bytes(), flate2::Compression::fast()).read_to_end(&mut gzip).unwrap();
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(lines.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let bom = format!("\u{feff}{lines}").into_bytes();
    for bytes in [lines.clone().into_bytes(), zstd, gzip, utf16, bom] {
        assert_eq!(shown(&read(&bytes, "crawl.jsonl.zst")), ["Мост закрыт", "Мост закрыт"]);
    }
}

/// `bytes` packed by gzip, without the last third.
fn cut_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(bytes, flate2::Compression::fast()).read_to_end(&mut packed).unwrap();
    packed.truncate(packed.len() * 2 / 3);
    packed
}

/// Words that do not pack well, so that a cut in what is packed leaves many records.
fn noise(number: u32) -> String {
    let word = |word: u32| format!("{:x} ", (number * 12 + word).wrapping_mul(2_654_435_761));
    (0..12_u32).map(word).collect::<Vec<_>>().concat()
}

#[test]
fn packed_records_before_a_cut_are_kept() {
    let cut_off = "is cut off: its compressed data ends too early";
    let line = |n| format!("{{\"title\": \"Story {n}\", \"text\": \"{WORDS} {}\"}}\n", noise(n));
    let row = |n| format!("Story {n},{WORDS:?} {}\n", noise(n));
    let mail = |n| {
        let head = "From a@b Sat Mar 14 09:30:00 2026\nFrom: Jane Doe <jane@coast.example>\nDate: Sat, 14 Mar 2026 09:30:00 +0000";
        format!("{head}\nSubject: Story {n}\n\n{WORDS}\n{}\n\n", noise(n))
    };
    // Fewer than are looked at to tell the format, and more.
    for count in [60, 3_000] {
        let all = |of: &dyn Fn(u32) -> String| (0..count).map(of).collect::<String>();
        let array = format!("[{}{{}}]", all(&line).replace("}\n", "},\n"));
        for (name, text) in [
            ("a.jsonl.gz", all(&line)),
            ("a.csv.gz", format!("title,text\n{}", all(&row))),
            ("a.mbox.gz", all(&mail)),
            ("a.json.gz", array),
        ] {
            let mut zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
            zstd.truncate(zstd.len() - 9);
            // A frame of zstd gives whole blocks, each of 128 KiB.
            let is_long = text.len() > 512 << 10;
            for packed in [Some(cut_gzip(text.as_bytes())), is_long.then_some(zstd)].into_iter().flatten() {
                let shown = shown(&read(packed, name));
                let (last, records) = shown.split_last().unwrap();
                assert!(last.contains(cut_off), "{name} {count}: {last}");
                assert!(
                    records.iter().enumerate().all(|(n, title)| *title == format!("Story {n}")),
                    "{name} {records:?}"
                );
                assert!(records.len() > count as usize / 2, "{name} {}", records.len());
            }
        }
    }
}

#[test]
fn packed_feed_before_a_cut_is_kept() {
    let item = |n| format!("<item><title>Story {n}</title><description>{WORDS} {}</description></item>", noise(n));
    let feed = format!("<rss><channel><title>Coast</title>{}</channel></rss>", (0..90).map(item).collect::<String>());
    let shown = shown(&read(cut_gzip(feed.as_bytes()), "feed.xml.gz"));
    let (last, entries) = shown.split_last().unwrap();
    assert!(last == "is cut off: its compressed data ends too early" && entries.len() > 30, "{shown:?}");
    let page = format!(
        "<html><h1>Tide</h1>{}",
        (0..90).map(|n| format!("<p>{WORDS} {}", noise(n))).collect::<Vec<_>>().concat()
    );
    let why = read(cut_gzip(page.as_bytes()), "page.html.gz").pop().unwrap().unwrap_err().to_string();
    assert_eq!(why, "is cut off: its compressed data ends too early");
}

/// Returns the same line again and again, and counts how much was read.
struct Endless<'l> {
    line: &'l [u8],
    at: usize,
    left: u64,
    taken: &'l std::cell::Cell<u64>,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = (self.line.len() - self.at).min(buffer.len()).min(usize::try_from(self.left).unwrap());
        buffer[..length].copy_from_slice(&self.line[self.at..self.at + length]);
        self.at = (self.at + length) % self.line.len();
        self.left -= length as u64;
        self.taken.set(self.taken.get() + length as u64);
        Ok(length)
    }
}

#[test]
fn articles_are_streamed() {
    let json = format!("{{\"title\": \"A\", \"text\": \"{WORDS}\"}}\n");
    let mail = format!(
        "From a@b Sat Mar 14 09:30:00 2026\nSubject: A\nFrom: Jane <a@b>\n\n{}\n\n",
        WORDS.replace("\\n", "\n")
    );
    let row = "A,\"It is closed, and will be, until somebody comes and opens it again, which nobody does these days in town.\"\n";
    for (line, head, name) in [(json.as_str(), "", "a.jsonl"), (&*mail, "", "a.mbox"), (row, "title,text\n", "a.csv")] {
        let taken = std::cell::Cell::new(0);
        // More than one article may have, of which no more is read than was given and a buffer.
        let left = formats::LARGEST + (formats::LARGEST >> 1);
        let input = Endless { line: line.as_bytes(), at: 0, left, taken: &taken };
        let (mut given, mut furthest) = (0_u64, 0);
        formats::read(&mut head.as_bytes().chain(input), &Hint { name: Some(name), ..Hint::default() }, &mut |read| {
            if read.is_ok() {
                given += 1;
                furthest = furthest.max(taken.get().saturating_sub(given * line.len() as u64));
            }
        });
        assert!(given >= left / line.len() as u64 - 1, "{name}: {given}");
        assert!(furthest < 1 << 19, "{name}: {furthest}");
    }
}

/// However long the list in an object is, no more of it is held than one article may have.
#[test]
fn list_in_an_object_is_streamed() {
    let record = format!("{{\"title\": \"A\", \"text\": \"{WORDS}\"}},\n");
    let bad = "{\"a\": [1, {\"b\": \"]}\"}]},\n";
    let lines = record.repeat(9) + bad;
    let taken = std::cell::Cell::new(0);
    let list = Endless { line: lines.as_bytes(), at: 0, left: lines.len() as u64 * 25_000, taken: &taken };
    assert!(list.left > 2 * formats::LARGEST, "{}", list.left);
    let input = &mut "{\"status\": \"ok\", \"response\": {\"total\": 1, \"results\": [\n".as_bytes();
    let end = format!("{record}{{}}], \"page\": {{}}}}, \"items\": [{{}}]}}");
    let mut input = input.chain(list).chain(end.as_bytes());
    let (mut given, mut furthest, mut refused) = (0_u64, 0, Vec::new());
    formats::read(&mut input, &Hint { name: Some("crawl.json"), ..Hint::default() }, &mut |read| match read {
        Ok(article) => {
            assert_eq!((article.headline(), article.body.paragraphs().len()), ("A", 3));
            given += 1;
            let read_so_far = given * lines.len() as u64 / 9;
            furthest = furthest.max(taken.get().saturating_sub(read_so_far));
        }
        Err(why) => refused.push(why.to_string()),
    });
    assert_eq!(given, 9 * 25_000 + 1);
    assert!(furthest <= formats::LARGEST + (1 << 19), "{furthest}");
    assert_eq!(refused[0], format!("record 10 {}", unknown("a")));
    assert_eq!(refused[99], format!("record 1000 {}", unknown("a")));
    assert_eq!(refused[100..], ["has 24901 more records that are not articles"]);
}

#[test]
fn list_in_an_object_is_counted_by_its_records() {
    let good = |title: &str| format!("{{\"title\": \"{title}\", \"text\": \"{WORDS}\"}}");
    let expected = |why: &str| ["A".to_owned(), format!("record 2 {why}"), "B".to_owned()];
    let small = format!("{{\"articles\": [\n{},\n{{\"a\": 1}},\n{}\n]}}", good("A"), good("B"));
    assert_eq!(shown(&read(&small, "crawl.json")), expected(&unknown("a")));
    let long = "x".repeat(usize::try_from(formats::LARGEST).unwrap());
    let large = format!("{{\"articles\": [{}, {{\"text\": \"{long}\"}}, {}]}}", good("A"), good("B"));
    assert_eq!(shown(&read(&large, "crawl.json")), expected("is larger than 16 MiB"));
    let cut = format!("{{\"articles\": [{}, {{\"text\": \"{long}\"}}, {},", good("A"), good("B"));
    let end = "record 4 is incomplete".to_owned();
    let all = shown(&read(&cut, "crawl.json"));
    assert_eq!((&all[..3], &all[3..]), (&expected("is larger than 16 MiB")[..], &[end][..]));
    // An article with a list in it stays one.
    let own = format!("{{\"title\": \"A\", \"text\": \"{WORDS}\", \"items\": [{}]}}", good("B"));
    assert_eq!(shown(&read(own, "crawl.json")), ["A"]);
}

#[test]
fn endless_record_is_skipped() {
    let long = "x".repeat(usize::try_from(formats::LARGEST).unwrap() + 1);
    let good = format!(r#"{{"title": "A", "text": "{WORDS}"}}"#);
    let lines = format!("{good}\n{{\"text\": \"{long}\"}}\n{good}\n");
    assert_eq!(shown(&read(lines, "a.jsonl")), ["A", "line 2 is larger than 16 MiB", "A"]);
    let array = format!("[{good},{{\"text\": \"{long}\"}},{good}]");
    assert_eq!(shown(&read(array, "a.json")), ["A", "record 2 is larger than 16 MiB", "A"]);
    let mails = format!(
        "From a@b Sat Mar 14 09:30:00 2026\nSubject: x\n\n{long}\n\nFrom a@b Sat Mar 14 09:30:00 2026\nSubject: A\n\nIt is closed.\n"
    );
    assert_eq!(shown(&read(mails, "a.mbox")), ["record 1 is larger than 16 MiB", "A"]);
    let rows = |end| format!("title,text\nA,It is closed.\nB,\"{long}{}{end}\nC,It is open.\n", "x".repeat(1 << 17));
    assert_eq!(shown(&read(rows("\n\""), "a.csv")), ["A", "line 3 is larger than 16 MiB", "C"]);
    let open = "line 3 has a quotation mark on line 3 that does not close";
    assert_eq!(shown(&read(rows(""), "a.csv")), ["A", open]);
}

#[test]
fn tables_have_an_article_a_row() {
    let csv = "Headline,Body,Publish Date,Authors,URL,Publisher\n\
        \"Bridge, closed\",\"It is closed.\n\nIt is.\",14.3.2026,\"['Jane Doe', 'Ann Holt']\",https://coast.example/a,Coast Wire\n\
        ,,,,,\n\
        Tea,Tea is served to all who come.,2026-03-15\n";
    let all = read(csv, "crawl.csv");
    assert_eq!(shown(&all), ["Bridge, closed", "line 5 has no article text", "Tea"]);
    let article = all[0].as_ref().unwrap();
    assert_eq!(
        facts(article),
        ["Bridge, closed", "2026-03-14", "Jane Doe, Ann Holt", "Coast Wire", "https://coast.example/a"]
    );
    assert_eq!(article.body.paragraphs().len(), 3);
    assert_eq!(shown(&read("title\ttext\nA\tIt is closed.\n", "crawl.tsv")), ["A"]);
    assert_eq!(shown(&read("title;text\nA;It is, closed.\n", "crawl.csv")), ["A"]);
    let why = "has no columns of an article but name, age (say which is which: --fields title=…,text=…)";
    assert_eq!(shown(&read("name,age\nJane,40\n", "people.csv")), [why]);
}

#[test]
fn markdown_has_front_matter() {
    let text = "---\ntitle: Bridge closed\ndate: 2026-03-14\nauthor: Jane Doe\nsource: Coast Wire\ntags:\n  - harbour\n\
        url: https://coast.example/a\n---\n\n# Bridge closed\n\nPORT ELLERY (Wire) — It is [closed](plan).\n\n> “It is tired,” she said.\n";
    let article = one(text, "bridge.md");
    assert_eq!(facts(&article), ["Bridge closed", "2026-03-14", "Jane Doe", "Coast Wire", "https://coast.example/a"]);
    assert_eq!(article.tags, ["harbour"]);
    let body = &article.body;
    assert_eq!(body.text(), "Bridge closed\nPORT ELLERY (Wire) — It is closed.\n“It is tired,” she said.");
    let link = &body.links()[0];
    assert_eq!((body.words(link.span), &*link.url), ("closed", "https://coast.example/plan"));
    assert_eq!(body.paragraphs()[2].kind, ParagraphKind::BlockQuotation);
    let article = one("# Tea\n\nIt is served.", "2026-03-14-tea.md");
    assert_eq!(facts(&article)[..2], ["Tea", "2026-03-14"]);
}

const MAIL: &str = "Return-Path: <x@lists.example>\r\nFrom: =?utf-8?q?Jane_D=C3=B6e?= <jane@coast.example>\r\nTo: you@here.example\r\n\
    Subject: =?utf-8?B?QnJpZGdlICYgZmVycnk=?=\r\nDate: Sat, 14 Mar 2026 10:30:00 +0100\r\nList-Id: \"Coast Wire Daily\" <daily.coast.example>\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n\
    --b2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the web.\r\n--b2\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><head><title>x</title><style>p {}</style></head><body>\
    <div style=3D\"display:none\">Preheader</div><table><tr><td><h2>Caf=E9 closes</h2><p>It will close in spring, the board said on\r\n \
    Saturday, after a week of long meetings.</p></td></tr><tr><td>=93So it is,=94 said <a href=3D\"https://coast.example/io\">Ines Okafor</a>.\
    </td></tr></table></body></html>\r\n--b2--\r\n--b1\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8gd29ybGQ=\r\n--b1--\r\n";

#[test]
fn newsletter_is_an_article() {
    let article = one(MAIL, "letter.eml");
    assert_eq!(facts(&article), ["Bridge & ferry", "2026-03-14T10:30:00+01:00", "Jane Döe", "Coast Wire Daily", ""]);
    assert_eq!(
        article.body.text(),
        "Bridge & ferry\nCafé closes\nIt will close in spring, the board said on Saturday, after a week of long meetings.\n\
         “So it is,” said Ines Okafor."
    );
    assert_eq!(article.body.paragraphs()[1].kind, ParagraphKind::Heading);
    assert_eq!(article.body.links().len(), 1);
    let plain = "Subject: Tea <b>\nFrom: desk@coast.example\nDate: Sat, 14 Mar 2026 09:30:00 GMT\n\nIt is served.\n";
    let article = one(plain, "mail");
    assert_eq!(facts(&article), ["Tea <b>", "2026-03-14T09:30:00Z", "", "desk@coast.example", ""]);
}

#[test]
fn mailbox_has_many_articles() {
    let mail = |subject: &str, text: &str| {
        format!(
            "From a@b Sat Mar 14 09:30:00 2026\nFrom: Jane <a@b>\nSubject: {subject}\nDate: Sat, 14 Mar 2026 09:30:00 GMT\n\n{text}\n\n"
        )
    };
    let text = mail("A", "Dear all,\n\n>From here on it is closed.") + &mail("B", "") + &mail("C", "Tea.");
    let all = read(&text, "news.mbox");
    assert_eq!(shown(&all), ["A", "record 2 has no article text", "C"]);
    assert!(all[0].as_ref().unwrap().body.text().contains("\nFrom here on"));
}

#[test]
fn header_of_a_second_table_is_no_article() {
    let table = |header: &str, title: &str| format!("{header}\n{title},It is closed.\n");
    let (one, two) = (table("title,text", "A"), table("title,text", "B"));
    let packed = [gzip(one.as_bytes()), gzip(two.as_bytes())].concat();
    assert_eq!(shown(&read(packed, "two.csv.gz")), ["A", "B"]);
    assert_eq!(shown(&read(one.clone() + "\u{feff}" + &two, "two.csv")), ["A", "B"]);
    assert_eq!(shown(&read(one.clone() + "\"title\",\"text\"\r\nB,It is open.", "two.csv")), ["A", "B"]);
    // Columns may stand in another order.
    let turned = read(one + "Text,Title\nIt is open.,B\n", "two.csv");
    assert_eq!(shown(&turned), ["A", "B"]);
    assert_eq!(turned[1].as_ref().unwrap().body.text(), "B\nIt is open.");
}

#[test]
fn unsupported_format_has_a_name() {
    for (bytes, expected) in [
        (&b"{\\rtf1 x}"[..], "is an RTF document (pandoc makes text of it), which pullquote does not read"),
        (b"<opml version='2.0'><body/></opml>", "is a list of feeds (OPML), which pullquote does not read"),
        (b"<?xml version='1.0'?><ncx/>", "is an XML document <ncx>, which pullquote does not read"),
        (b"%!PS-Adobe", "is a PostScript document, which pullquote does not read"),
        (b"<CARD id='1'><B>It is.</B></CARD>", "is an XML or SGML document <CARD>, which pullquote does not read"),
        (
            b"\xef\xbb\xbfBEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR",
            "is a calendar (iCalendar), which pullquote does not read",
        ),
        (b"PK\x03\x04xx", "is not text but a ZIP archive or an office document"),
    ] {
        assert_eq!(shown(&read(bytes, "a.txt")), [expected]);
        assert_eq!(shown(&read(zstd::encode_all(bytes, 1).unwrap(), "a.txt.zst")), [expected]);
    }
    assert_eq!(shown(&read("fn main() {}", "a.rs")), ["is source code, which pullquote does not read"]);
}

#[test]
fn dates_of_records_are_what_they_say() {
    for (date, expected) in [
        ("\"mardi 14 février 2026\"", "2026-02-14"),
        ("\"2026年3月14日\"", "2026-03-14"),
        ("\"2026-03-14T00:00:00+01:00\"", "2026-03-14T00:00:00+01:00"),
        ("\"2026-03-14T24:00\"", "2026-03-14T23:59:59"),
        ("\"Mar 14, 2026 9:30 PM CT\"", "2026-03-14T21:30:00-05:00"),
        ("\"14 Mar 2026 21:30 IST\"", "2026-03-14T21:30:00"),
        ("\"1970-01-01T00:00:00Z\"", ""),
        ("\"0001-01-01T00:00:00\"", ""),
        ("\"0000-00-00\"", ""),
        ("\"2026-13-14\"", ""),
        ("0", ""),
        ("-62135596800", ""),
        ("\"\"", ""),
    ] {
        let record = format!(r#"{{"title": "Bridge closes", "text": "{WORDS}", "date": {date}}}"#);
        assert_eq!(facts(&one(&record, "crawl.json"))[1], expected, "{date}");
    }
}

#[test]
fn page_in_a_record_quotes_in_the_language_of_the_record() {
    let page = format!("<p>{}</p><p>Er sagte <q>ja</q>.</p>", "Die Hafenmeisterin hat am Montag geredet. ".repeat(8));
    let record = format!(r#"{{"title": "Brücke zu", "language": "de", "html": "{page}"}}"#);
    let article = one(&record, "a.json");
    assert!(article.body.text().contains("Er sagte „ja“."), "{}", article.body.text());
}

#[test]
fn few_words_without_a_headline_are_a_post_where_they_have_a_date() {
    let post = one(
        r#"{"id": 7, "created_at": "2024-03-05T10:00:00Z", "text": "“The pump holds,” said Bo Lund."}"#,
        "posts.jsonl",
    );
    assert_eq!(post.dates.published.map(|at| at.to_string()).as_deref(), Some("2024-03-05T10:00:00Z"));
    assert!(post.body.text().contains("said Bo Lund"));
    for none in [
        r#"{"text": "Home", "url": "https://coast.example/"}"#,
        r#"{"text": "OK"}"#,
        r#"{"text": "Press \"OK\" to go on"}"#,
    ] {
        assert_eq!(shown(&read(none, "menu.jsonl")), ["line 1 has no article text"], "{none}");
    }
}
