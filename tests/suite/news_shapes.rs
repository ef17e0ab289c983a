//! The shapes in which researchers keep news: one test of each, in our own words.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use pullquote::article::{Article, FieldMap, ParagraphKind};
use pullquote::formats::{self, Hint, ParseError};
use tempfile::TempDir;

use crate::ran::Ran;

const FIRST: &str = "PORT ELLERY — The ferry will run at night again, the harbour board said on Saturday, after two winters \
    without one and a petition of the fishermen.";
const SECOND: &str = "“We heard them,” said Ines Okafor, who leads the board.";
const URL: &str = "https://coast.example/news/night-ferry";

fn read_with(text: &str, name: &str, fields: Option<&FieldMap>) -> Vec<Result<Article, ParseError>> {
    let mut all = Vec::new();
    formats::read(&mut text.as_bytes(), &Hint { name: Some(name), fields, ..Hint::default() }, &mut |read| {
        all.push(read);
    });
    all
}

fn one(text: &str, name: &str) -> Article {
    let mut all = read_with(text, name, None);
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

/// Headline, date, byline, publisher and address.
fn facts(article: &Article) -> [String; 5] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let date = article.dates.published.map(|at| at.to_string()).unwrap_or_default();
    [article.headline().to_owned(), date, text(&article.byline), text(&article.publisher), text(&article.url)]
}

/// The paragraphs below the headline.
fn below(article: &Article) -> Vec<&str> {
    article.body.text().lines().skip(1).collect()
}

#[test]
fn new_york_times() {
    let doc = |lead: &str, above: &str| {
        format!(
            r#"{{"abstract": "{above}", "web_url": "{URL}", "snippet": "x", "lead_paragraph": "{lead}", "source": "The New York Times",
            "headline": {{"main": "Night ferry returns", "kicker": "Ports", "print_headline": "Ferry"}}, "keywords": [
            {{"name": "subject", "value": "Ferries", "rank": 1}}, {{"name": "glocations", "value": "Port Ellery", "rank": 2}}],
            "pub_date": "2026-03-14T09:30:00+0000", "byline": {{"original": "By Jane Doe and Bo Lund", "person": []}},
            "multimedia": [], "document_type": "article", "_id": "nyt://article/1", "word_count": 9}}"#
        )
    };
    let article =
        one(&format!(r#"{{"status": "OK", "response": {{"docs": [{}]}}}}"#, doc(SECOND, FIRST)), "2026-3.json");
    let expected = ["Night ferry returns", "2026-03-14T09:30:00Z", "Jane Doe and Bo Lund", "The New York Times", URL];
    assert_eq!(facts(&article), expected);
    assert_eq!(below(&article), [FIRST, SECOND]);
    assert_eq!(article.tags, ["Ferries", "Port Ellery"]);
    assert!(article.is_summary);
    assert_eq!(below(&one(&doc(FIRST, "The ferry will run at night again"), "a.json")), [FIRST]);
    let bare = one(&doc("", "").replace("\"snippet\": \"x\"", "\"snippet\": \"\""), "a.json");
    assert!(bare.is_summary && below(&bare).is_empty(), "{bare:?}");
}

#[test]
fn guardian() {
    let item = format!(
        r#"{{"id": "uk/1", "type": "article", "sectionName": "UK news", "webPublicationDate": "2026-03-14T09:30:00Z",
        "webTitle": "Night ferry returns | Ports", "webUrl": "{URL}", "apiUrl": "https://api.example/1", "fields": {{
        "headline": "Night ferry returns", "trailText": "x", "byline": "Jane Doe", "bodyText": "{FIRST} {SECOND}",
        "body": "<p>{FIRST}</p><p>{SECOND}</p>"}}, "tags": [{{"id": "a", "type": "keyword", "webTitle": "Ferries"}},
        {{"id": "profile/doe", "type": "contributor", "webTitle": "Jane Doe"}}]}}"#
    );
    for text in [
        format!(r#"{{"response": {{"status": "ok", "total": 1, "results": [{item}]}}}}"#),
        format!(r#"{{"response": {{"status": "ok", "total": 1, "content": {item}}}}}"#),
    ] {
        let article = one(&text, "guardian.json");
        let expected = ["Night ferry returns", "2026-03-14T09:30:00Z", "Jane Doe", "The Guardian", URL];
        assert_eq!(facts(&article), expected, "{text}");
        assert_eq!(below(&article), [FIRST, SECOND]);
        assert_eq!(article.tags, ["UK news", "Ferries"]);
        assert!(!article.is_summary);
    }
}

#[test]
fn event_registry_and_webz() {
    let registry = format!(
        r#"{{"articles": {{"results": [{{"uri": "81", "lang": "eng", "date": "2026-03-15", "dateTime": "2026-03-15T01:00:00Z",
        "dateTimePub": "2026-03-14T09:30:00Z", "url": "{URL}", "title": "Night ferry returns", "body": "{FIRST}\n\n{SECOND}",
        "source": {{"uri": "coast.example", "title": "Coast Wire"}}, "authors": [{{"uri": "a", "name": "Jane Doe", "type":
        "author"}}], "categories": [{{"uri": "x", "label": "Ports"}}]}}], "totalResults": 1, "page": 1}}}}"#
    );
    let post = format!(
        r#"{{"thread": {{"uuid": "1", "url": "{URL}", "site_full": "www.coast.example", "site": "coast.example", "title_full":
        "Night ferry returns"}}, "uuid": "1", "url": "{URL}", "author": "Jane Doe", "published": "2026-03-14T09:30:00.000+00:00",
        "title": "Night ferry returns", "text": "{FIRST}\n{SECOND}", "language": "english", "crawled":
        "2026-03-14T11:00:00.000+00:00"}}"#
    );
    for (text, publisher) in [
        (registry, "Coast Wire"),
        (post.clone(), "coast.example"),
        (format!(r#"{{"posts": [{post}], "next": "x"}}"#), "coast.example"),
    ] {
        let article = one(&text, "a.json");
        let [headline, date, byline, source, url] = facts(&article);
        assert_eq!([&*headline, &byline, &source, &url], ["Night ferry returns", "Jane Doe", publisher, URL], "{text}");
        assert!(date.starts_with("2026-03-14T09:30:00"), "{date}");
        assert_eq!(below(&article), [FIRST, SECOND]);
    }
    let seen = one(&post, "a.json").dates.seen.map(|at| at.to_rfc3339());
    assert_eq!(seen.as_deref(), Some("2026-03-14T11:00:00+00:00"));
}

#[test]
fn news_api_and_gnews_have_the_beginning_only() {
    let article = |rest: &str, title: &str| {
        let text = format!(
            r#"{{"status": "ok", "articles": [{{"source": {{"id": null, "name": "Coast Wire", "url": "https://coast.example"}},
            "author": null, "title": "{title}", "description": "x", "url": "{URL}", "urlToImage": null, "publishedAt":
            "2026-03-14T09:30:00Z", "content": "{FIRST}\r\n{SECOND} The night{rest}"}}]}}"#
        );
        one(&text, "a.json")
    };
    for (rest, title) in
        [("… [+1234 chars]", "Night ferry returns - Coast Wire"), ("... [1234 chars]", "Night ferry returns")]
    {
        let article = article(rest, title);
        assert_eq!(facts(&article), ["Night ferry returns", "2026-03-14T09:30:00Z", "", "Coast Wire", URL]);
        assert!(article.is_summary);
        assert!(!article.body.text().contains("chars") && article.body.text().contains("The night"), "{rest}");
    }
    assert!(!article("", "A").is_summary);
}

#[test]
fn lists_of_stories_have_a_headline_only() {
    let csv = format!(
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n\
         a1,2026-03-15 01:02:03,en,coast.example,coast.example,2026-03-14,Night ferry returns,{URL}\n"
    );
    let json = format!(
        r#"{{"stories": [{{"id": "a1", "indexed_date": "2026-03-15T01:02:03Z", "language": "en", "media_name": "coast.example",
        "media_url": "coast.example", "publish_date": "2026-03-14", "title": "Night ferry returns", "url": "{URL}"}}]}}"#
    );
    let gdelt = format!(
        r#"{{"articles": [{{"url": "{URL}", "url_mobile": "", "title": "Night ferry returns", "seendate": "20260315T010203Z",
        "domain": "coast.example", "language": "English", "sourcecountry": "Spain"}}]}}"#
    );
    for (text, name, date) in
        [(csv, "stories.csv", "2026-03-14"), (json, "stories.json", "2026-03-14"), (gdelt, "gdelt.json", "")]
    {
        let article = one(&text, name);
        assert_eq!(facts(&article), ["Night ferry returns", date, "", "coast.example", URL], "{name}");
        assert!(article.is_summary && below(&article).is_empty(), "{name}");
        assert_eq!(
            article.dates.seen.map(|at| at.to_rfc3339()).as_deref(),
            Some("2026-03-15T01:02:03+00:00"),
            "{name}"
        );
    }
}

#[test]
fn cc_news() {
    let extracted = format!(
        r#"{{"requested_url": "{URL}", "plain_text": "{FIRST}\n{SECOND}", "published_date": "04/03/2026", "title": "Night ferry returns",
        "tags": [], "categories": ["Ports"], "author": "Jane Doe", "sitename": "Coast Wire", "language": "en", "responded_url":
        "{URL}", "publisher": "coast.example", "warc_path": "x", "crawl_date": "2026-03-15T00:00:00"}}"#
    );
    let article = one(&extracted, "cc.jsonl");
    assert_eq!(facts(&article), ["Night ferry returns", "2026-03-04", "Jane Doe", "Coast Wire", URL]);
    assert_eq!((below(&article), &*article.tags), (vec![FIRST, SECOND], &["Ports".to_owned()][..]));
    let please = format!(
        r#"{{"authors": ["Jane Doe"], "date_download": "2026-03-15 01:00:00", "date_publish": "2026-03-14 09:30:00", "description":
        "x", "maintext": "{FIRST}\n{SECOND}", "source_domain": "coast.example", "title": "Night ferry returns", "url": "{URL}"}}"#
    );
    let article = one(&please, "cc.json");
    assert_eq!(facts(&article), ["Night ferry returns", "2026-03-14T09:30:00", "Jane Doe", "coast.example", URL]);
    assert_eq!(below(&article), [FIRST, SECOND]);
}

#[test]
fn cnn_and_daily_mail() {
    let story = format!(
        "{FIRST}\n\n{SECOND}\n\n@highlight\n\nThe ferry runs again\n\n@highlight\n\n\"Heard\", says the board\n"
    );
    let article = one(&story, "00af.story");
    assert_eq!(below(&article), [FIRST, SECOND]);
    assert!(!article.body.text().contains("highlight") && !article.body.text().contains("says the board"));
    let csv =
        format!("id,article,highlights\n00af,\"{FIRST} {SECOND}\",\"The ferry runs again\n“Heard”, says the board\"\n");
    for name in ["train.csv", "-"] {
        let article = one(&csv, name);
        assert!(article.body.text().ends_with(&format!("{FIRST} {SECOND}")), "{}", article.body.text());
    }
}

#[test]
fn huffpost_has_summaries() {
    let line = |words: &str| {
        format!(
            r#"{{"link": "{URL}", "headline": "Night ferry returns", "category": "PORTS", "short_description": "{words}", "authors":
            "Jane Doe", "date": "2026-03-14"}}"#
        )
        .replace('\n', " ")
    };
    let all = read_with(&format!("{}\n{}\n", line(SECOND), line("")), "huffpost.json", None);
    let article = all[0].as_ref().unwrap();
    assert_eq!(facts(article), ["Night ferry returns", "2026-03-14", "Jane Doe", "HuffPost", URL]);
    assert!(article.is_summary && below(article) == [SECOND] && article.tags == ["PORTS"]);
    assert!(below(all[1].as_ref().unwrap()).is_empty());
}

#[test]
fn washington_post_of_trec() {
    let record = format!(
        r#"{{"id": "b2", "article_url": "{URL}", "title": "Night ferry returns", "author": "Jane Doe", "published_date": 1773480600000,
        "contents": [{{"content": "Ports", "mime": "text/plain", "type": "kicker"}}, {{"content": "Night ferry returns", "type": "title"}},
        {{"content": "By Jane Doe", "type": "byline"}}, null, {{"fullcaption": "A ferry", "type": "image"}},
        {{"content": "{FIRST}", "subtype": "paragraph", "type": "sanitized_html"}},
        {{"content": "What they say", "subtype": "subhead", "type": "sanitized_html"}},
        {{"content": "{SECOND} <a href=\"{URL}\">More</a>", "subtype": "paragraph", "type": "sanitized_html", "mime": "text/html"}}],
        "type": "article", "source": "The Washington Post"}}"#
    );
    let article = one(&record, "TREC.jl");
    let expected = ["Night ferry returns", "2026-03-14T09:30:00Z", "Jane Doe", "The Washington Post", URL];
    assert_eq!(facts(&article), expected);
    assert_eq!(below(&article), [FIRST, "What they say", &format!("{SECOND} More")]);
    assert_eq!(article.body.paragraphs()[2].kind, ParagraphKind::Heading);
    assert_eq!(article.tags, ["Ports"]);
}

#[test]
fn fundus() {
    let record = format!(
        r#"{{"title": "Night ferry returns", "body": {{"summary": ["The ferry is back."], "sections": [{{"headline": [],
        "paragraphs": ["{FIRST}"]}}, {{"headline": ["What they say"], "paragraphs": ["{SECOND}"]}}]}}, "authors": ["Jane Doe"],
        "publishing_date": "2026-03-14 09:30:00+00:00", "topics": ["Ports"], "lang": "en", "html": {{"requested_url": "{URL}",
        "responded_url": "{URL}", "crawl_date": "2026-03-15", "source_info": {{"publisher": "Coast Wire"}}}}}}"#
    );
    let article = one(&record, "fundus.json");
    assert_eq!(facts(&article), ["Night ferry returns", "2026-03-14T09:30:00Z", "Jane Doe", "Coast Wire", URL]);
    assert_eq!(below(&article), ["The ferry is back.", FIRST, "What they say", SECOND]);
    assert_eq!(article.body.paragraphs()[3].kind, ParagraphKind::Heading);
}

#[test]
fn nela_all_the_news_and_realnews() {
    let nela = format!(
        r#"[{{"id": "coastwire--2026-03-14--Night", "date": "2026-03-14", "source": "coastwire", "title": "Night ferry returns",
        "content": "{FIRST} {SECOND}", "author": "Jane Doe", "url": "{URL}", "published": "Sat, 14 Mar 2026 09:30:00 +0000",
        "published_utc": 1773480600, "collection_utc": 1773500000}}]"#
    );
    let first = format!(
        ",id,title,publication,author,date,year,month,url,content\n\
         0,1,Night ferry returns - The Coast Wire,Coast Wire,Jane Doe,2026-03-14,2026.0,3.0,{URL},\"{FIRST} {SECOND}\"\n"
    );
    let second = format!(
        "date,year,month,day,author,title,article,url,section,publication\n\
         2026-03-14 09:30:00,2026,3.0,14,Jane Doe,Night ferry returns,\"{FIRST} {SECOND}\",{URL},,Coast Wire\n"
    );
    let real = format!(
        r#"{{"title": "Night ferry returns", "text": "{FIRST} {SECOND}", "summary": null, "authors": ["Jane Doe"], "publish_date":
        "03-04-2026", "status": "success", "url": "{URL}", "domain": "coast.example", "warc_date": "2026-03-15T00:00:00Z", "split": "train"}}"#
    );
    for (text, name, date, publisher) in [
        (nela, "coastwire.json", "2026-03-14T09:30:00Z", "coastwire"),
        (first, "articles1.csv", "2026-03-14", "Coast Wire"),
        (second, "all-the-news-2-1.csv", "2026-03-14T09:30:00", "Coast Wire"),
        (real, "realnews.jsonl", "2026-03-04", "coast.example"),
    ] {
        let article = one(&text, name);
        assert_eq!(facts(&article), ["Night ferry returns", date, "Jane Doe", publisher, URL], "{name}");
        assert_eq!(below(&article).concat(), format!("{FIRST} {SECOND}"), "{name}");
    }
}

#[test]
fn nitf() {
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.6/specification/dtd/nitf-3-6.dtd">
        <nitf><head><title>x</title><docdata><date.issue norm="20260314T093000Z"/><key-list><keyword key="Ferries"/></key-list>
        <doc.copyright year="2026" holder="x"/></docdata><pubdata name="Coast Wire" ex-ref="{URL}"/></head>
        <body><body.head><hedline><hl1>Night ferry returns</hl1><hl2>y</hl2></hedline><byline>By <person>Jane Doe</person></byline>
        </body.head><body.content><p>{FIRST}</p><hl2>What they &amp; we say</hl2><block><p>{SECOND}</p></block>
        <media media-type="image"><media-reference source="a.jpg">x</media-reference><media-caption>The ferry</media-caption></media>
        </body.content><body.end><tagline>z</tagline></body.end></body></nitf>"#
    );
    let article = one(&text, "story.xml");
    assert_eq!(facts(&article), ["Night ferry returns", "2026-03-14T09:30:00Z", "Jane Doe", "Coast Wire", URL]);
    assert_eq!(below(&article), [FIRST, "What they & we say", SECOND, "The ferry"]);
    let kinds: Vec<_> = article.body.paragraphs().iter().map(|paragraph| paragraph.kind).collect();
    assert_eq!(kinds[2..], [ParagraphKind::Heading, ParagraphKind::Prose, ParagraphKind::Caption]);
    assert_eq!(article.tags, ["Ferries"]);
}

fn news_item(content: &str) -> String {
    format!(
        r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:coast.example:20260314:1" standard="NewsML-G2">
        <itemMeta><itemClass qcode="ninat:text"/><provider><name>Coast Wire</name></provider>
        <versionCreated>2026-03-14T09:30:00Z</versionCreated></itemMeta><contentMeta><by>By Jane Doe</by>
        <headline>Night ferry returns</headline><subject type="x"><name>Ports</name></subject></contentMeta>
        <contentSet>{content}</contentSet></newsItem>"#
    )
}

#[test]
fn newsml_g2() {
    let declared = "<?xml version=\"1.0\"?>\n";
    let nitf = format!(
        "<inlineXML contenttype='application/nitf+xml'><nitf><body><body.head><hedline><hl1>Night ferry</hl1></hedline></body.head>\
         <body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf></inlineXML>"
    );
    let html = format!(
        "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><p>{FIRST}</p><p>{SECOND}</p>\
         </body></html></inlineXML>"
    );
    let plain = format!("<inlineData contenttype='text/plain'>{FIRST}\n\n{SECOND}</inlineData>");
    for content in [&nitf, &html, &plain] {
        let article = one(&(declared.to_owned() + &news_item(content)), "item.xml");
        assert_eq!(
            facts(&article),
            ["Night ferry returns", "2026-03-14T09:30:00Z", "Jane Doe", "Coast Wire", ""],
            "{content}"
        );
        assert_eq!(below(&article), [FIRST, SECOND], "{content}");
        assert_eq!(article.tags, ["Ports"]);
    }
    let message = format!(
        "{declared}<newsMessage xmlns='x'><itemSet>{}{}</itemSet></newsMessage>",
        news_item(&nitf),
        news_item(&html)
    );
    assert_eq!(read_with(&message, "items.xml", None).len(), 2);
}

#[test]
fn tei_and_the_xml_of_trafilatura() {
    let header = format!(
        r#"<teiHeader><fileDesc><titleStmt><title type="main">Night ferry returns</title><author>Jane Doe</author></titleStmt>
        <publicationStmt><p/></publicationStmt><sourceDesc><bibl>Night ferry returns, Coast Wire, 2026-03-14</bibl><bibl
        type="sigle">Coast Wire, 2026-03-14</bibl><biblFull><titleStmt><title type="main">Night ferry returns</title></titleStmt>
        <publicationStmt><publisher>Coast Wire (coast.example)</publisher><ptr type="URL" target="{URL}"/><date>2026-03-14</date>
        </publicationStmt></biblFull></sourceDesc></fileDesc><profileDesc><abstract><p>x</p></abstract><textClass><keywords><term
        type="tags">Ports,Ferries</term></keywords></textClass><creation><date type="download">2026-04-01</date></creation>
        </profileDesc></teiHeader>"#
    );
    let body = format!(
        "<p>{FIRST}</p><ab type=\"header\">What they say</ab><p>{SECOND}</p><quote><p>It is back.</p></quote><list><item>One</item></list>"
    );
    let tei = format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">{header}<text><body><div type=\"entry\">{body}</div><div type=\"comments\">\
         <p>First!</p></div></body></text></TEI>"
    );
    let doc = format!(
        "<doc sitename=\"Coast Wire\" title=\"Night ferry returns\" author=\"Jane Doe\" date=\"2026-03-14\" url=\"{URL}\" \
         hostname=\"coast.example\" tags=\"Ports;Ferries\" fingerprint=\"ab\"><main><p>{FIRST}</p><head rend=\"h2\">What they say</head>\
         <p>{SECOND}</p><quote><p>It is back.</p></quote><list><item>One</item></list></main><comments><p>First!</p></comments></doc>"
    );
    for text in [&tei, &doc, &format!("<?xml version='1.0'?>\n{tei}")] {
        let article = one(text, "a.xml");
        assert_eq!(facts(&article), ["Night ferry returns", "2026-03-14", "Jane Doe", "Coast Wire", URL], "{text}");
        assert_eq!(below(&article), [FIRST, "What they say", SECOND, "It is back.", "One"], "{text}");
        let kinds: Vec<_> = article.body.paragraphs()[2..].iter().map(|paragraph| paragraph.kind).collect();
        let expected =
            [ParagraphKind::Heading, ParagraphKind::Prose, ParagraphKind::BlockQuotation, ParagraphKind::ListItem];
        assert_eq!(kinds, expected, "{text}");
        assert_eq!(article.tags, ["Ports", "Ferries"]);
    }
    let plain = tei.replace(&header, "<teiHeader><fileDesc><titleStmt><title>Night ferry returns</title></titleStmt><publicationStmt>\
        <publisher>Coast Wire</publisher></publicationStmt><sourceDesc><bibl>Coast Wire, 2026-03-14</bibl></sourceDesc></fileDesc></teiHeader>");
    assert_eq!(facts(&one(&plain, "a.xml"))[1], "2026-03-14");
    let corpus = format!("<teiCorpus xmlns=\"x\">{header}{tei}{tei}</teiCorpus>");
    assert_eq!(shown(&read_with(&corpus, "corpus.xml", None)), ["Night ferry returns", "Night ferry returns"]);
}

#[test]
fn table_of_trafilatura_has_no_header() {
    let row = |title: &str| {
        format!("{URL}\t1\tab\tcoast.example\t{title}\tnull\t2026-03-14\t\"{FIRST}\n{SECOND}\"\tnull\tnull\tarticle\n")
    };
    for name in ["a.csv", "-"] {
        let all = read_with(&(row("Night ferry returns") + &row("Second")), name, None);
        assert_eq!(shown(&all), ["Night ferry returns", "Second"], "{name}");
        let article = all[0].as_ref().unwrap();
        assert_eq!(facts(article), ["Night ferry returns", "2026-03-14", "", "coast.example", URL]);
        assert_eq!(below(article), [FIRST, SECOND]);
    }
}

#[test]
fn reuters_21578() {
    let story = |number: u32, title: &str, body: &str| {
        format!(
            "<REUTERS TOPICS=\"YES\" LEWISSPLIT=\"TRAIN\" OLDID=\"5\" NEWID=\"{number}\">\n<DATE>14-MAR-1987 15:01:01.79</DATE>\n\
             <TOPICS><D>ship</D></TOPICS>\n<PLACES><D>spain</D></PLACES>\n<UNKNOWN>\n&#5;&#5;&#5;C T\n</UNKNOWN>\n<TEXT>&#2;\n\
             <TITLE>{title}</TITLE>\n<AUTHOR>    By Jane Doe, Reuters</AUTHOR>\n<DATELINE>    PORT ELLERY, March 14 - </DATELINE>{body}\n\
             </TEXT>\n</REUTERS>\n"
        )
    };
    let body = "<BODY>The ferry will run at night\nagain, the board said, for &lt;10 pct more.\n    \"We heard them,\" said Ines\nOkafor.\n \
        Reuter\n&#3;</BODY>";
    let text = format!(
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n{}{}",
        story(1, "NIGHT FERRY RETURNS", body),
        story(2, "BRIEF", "")
    );
    let all = read_with(&text, "reut2-000.sgm", None);
    assert_eq!(shown(&all), ["NIGHT FERRY RETURNS", "BRIEF"]);
    let article = all[0].as_ref().unwrap();
    let [_, date, byline, publisher, _] = facts(article);
    assert_eq!([&*date, &byline, &publisher], ["1987-03-14T15:01:01", "Jane Doe", "Reuters"]);
    let expected = [
        "PORT ELLERY, March 14 — The ferry will run at night again, the board said, for <10 pct more.",
        "\"We heard them,\" said Ines Okafor.",
    ];
    assert_eq!(below(article), expected);
    assert_eq!(article.tags, ["ship", "spain"]);
}

#[test]
fn gigaword() {
    let text = "<DOC id=\"APW_ENG_20040314.0001\" type=\"story\" >\n<HEADLINE>\nNight ferry\nreturns\n</HEADLINE>\n<DATELINE>\n\
        PORT ELLERY, March 14 (AP)\n</DATELINE>\n<TEXT>\n<P>\nThe ferry will run at night again,\nthe board said.\n</P>\n<P>\n\"We heard \
        them,\" said Ines Okafor.\n</P>\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO> NYT19980601.0003 </DOCNO>\n<HEADLINE> Second </HEADLINE>\n\
        <TEXT>\n   It is so.\n   It is.\n</TEXT>\n</DOC>\n<DOC id=\"X_ENG_1\" type=\"other\">\n<TEXT>\n</TEXT>\n</DOC>\n<DOC id=\"APW";
    let all = read_with(text, "apw_eng_200403", None);
    assert_eq!(
        shown(&all),
        ["Night ferry returns", "Second", "record 3 has no article text", "record 4 is incomplete"]
    );
    let article = all[0].as_ref().unwrap();
    assert_eq!(facts(article)[1..4], ["2004-03-14", "", "Associated Press"]);
    let expected = [
        "PORT ELLERY, March 14 (AP) — The ferry will run at night again, the board said.",
        "\"We heard them,\" said Ines Okafor.",
    ];
    assert_eq!(below(article), expected);
    let second = all[1].as_ref().unwrap();
    assert_eq!(facts(second)[1..4], ["1998-06-01", "", "New York Times"]);
    assert_eq!(below(second), ["It is so.", "It is."]);
}

#[test]
fn record_of_an_unknown_shape_says_which_fields_it_has() {
    let record = format!(
        r#"{{"hed": {{"long": "Night ferry returns"}}, "grafs": ["{FIRST}", "{SECOND}"], "when": "2026-03-14", "at": 1}}"#
    );
    let why = "record 1 has no article text that is known; its fields are hed, grafs, when, at (say which is which: --fields \
        title=…,text=…)";
    assert_eq!(shown(&read_with(&record, "a.json", None)), [why]);
    let fields = FieldMap::parse("title=hed.long,text=grafs,date=when").unwrap();
    let all = read_with(&record, "a.json", Some(&fields));
    let article = all[0].as_ref().unwrap();
    assert_eq!(facts(article)[..2], ["Night ferry returns", "2026-03-14"]);
    assert_eq!(below(article), [FIRST, SECOND]);
    // What the user does not name is found as always; a record without the fields, too.
    let other = format!(r#"{{"title": "B", "text": "{FIRST}", "url": "{URL}"}}"#);
    let both = format!(
        "{}\n{other}\n",
        record.replace("\"at\": 1", &format!("\"url\": \"{URL}\", \"text\": \"{FIRST} {FIRST}\""))
    );
    let all = read_with(&both, "a.jsonl", Some(&fields));
    assert_eq!(shown(&all), ["Night ferry returns", "B"]);
    assert_eq!(all[0].as_ref().unwrap().url.as_deref(), Some(URL));
    assert_eq!(below(all[0].as_ref().unwrap()), [FIRST, SECOND]);
}

#[test]
fn fields_of_a_table_may_be_named_too() {
    let csv = format!("nr,hed,grafs\n1,Night ferry returns,\"{FIRST} {SECOND}\"\n");
    let why = "has no columns of an article but nr, hed, grafs (say which is which: --fields title=…,text=…)";
    assert_eq!(shown(&read_with(&csv, "a.csv", None)), [why]);
    let fields = FieldMap::parse("headline=hed,body=grafs").unwrap();
    assert_eq!(shown(&read_with(&csv, "a.csv", Some(&fields))), ["Night ferry returns"]);
    // A text alone is enough.
    let texts = format!("nr,text\n1,\"{FIRST} {SECOND}\"\n");
    assert_eq!(below(&one(&texts, "a.csv")), [format!("{FIRST} {SECOND}")]);
}

/// Runs the program in a folder that is its home too.
fn run(arguments: &[&str], folder: &Path) -> Ran {
    let output = Command::new(cargo_bin("pullquote"))
        .args(arguments)
        .current_dir(folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .output()
        .unwrap();
    Ran::from(output)
}

#[test]
fn fields_are_given_on_the_command_line_or_in_the_configuration() {
    let folder = TempDir::new().unwrap();
    let record = format!(r#"{{"hed": "Night ferry returns", "grafs": ["{FIRST}", "{SECOND}"]}}"#);
    fs::write(folder.path().join("crawl.jsonl"), record).unwrap();
    let map = "title=hed,text=grafs";
    let quotes = ["quotes", "--format", "jsonl", "crawl.jsonl"];
    let ran = run(&quotes, folder.path());
    assert!(ran.err.contains("its fields are hed, grafs (say which is which: --fields"), "{}", ran.err);
    for command in [&[&quotes[..], &["--fields", map]].concat()[..], &["speakers", "crawl.jsonl", "--fields", map]] {
        let ran = run(command, folder.path());
        assert!(ran.out.contains("Ines Okafor") && ran.err.is_empty(), "{command:?} {} {}", ran.out, ran.err);
    }
    let ran = run(&["add", "crawl.jsonl", "--fields", map], folder.path());
    assert_eq!((ran.out.as_str(), ran.code), ("1 article read; 1 in the library\n", Some(0)), "{}", ran.err);
    let ran = run(&["quotes", "--fields", "title=hed,colour=x", "crawl.jsonl"], folder.path());
    assert!(ran.err.contains("colour is no part of an article") && ran.code == Some(2), "{}", ran.err);
    fs::create_dir_all(folder.path().join("pullquote")).unwrap();
    fs::write(folder.path().join("pullquote/config.toml"), format!("fields = \"{map}\"\n")).unwrap();
    let ran = run(&quotes, folder.path());
    assert!(ran.out.contains("Night ferry returns") && ran.err.is_empty(), "{}", ran.err);
    fs::write(folder.path().join("pullquote/config.toml"), "fields = \"hed\"\n").unwrap();
    let ran = run(&["config", "--check"], folder.path());
    assert!(
        ran.out.contains("hed names no field") || ran.err.contains("hed names no field"),
        "{} {}",
        ran.out,
        ran.err
    );
}
