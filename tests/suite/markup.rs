//! Markup that is text through every door: the marks of `<q>`, and tags that a headline or a text speaks of.

use pullquote::article::Article;
use pullquote::formats::{self, Hint};

fn read(text: &str, name: &str) -> Vec<Article> {
    let mut all = Vec::new();
    formats::read(&mut text.as_bytes(), &Hint { name: Some(name), ..Hint::default() }, &mut |read| {
        all.push(read.unwrap_or_else(|why| panic!("{why}: {text}")));
    });
    all
}

fn one(text: &str, name: &str) -> Article {
    let mut all = read(text, name);
    assert_eq!(all.len(), 1, "{text}");
    all.remove(0)
}

fn headlines(text: &str, name: &str) -> Vec<String> {
    read(text, name).iter().map(|article| article.headline().to_owned()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const FILLER: &str =
    "The board met on Monday and decided nothing that anybody would want to hear of again, it was said.";

/// The same article in each format, with `headline` and `text`, which are HTML, in `language`.
fn files(headline: &str, text: &str, language: &str) -> Vec<(&'static str, String)> {
    let json = |text: &str| text.replace('"', "\\\"");
    let rss = |language: &str, title: &str, text: &str| {
        format!(
            "<rss version='2.0'><channel><title>Wire</title>{language}<item><title>{title}</title>\
             <description>{text}</description></item></channel></rss>"
        )
    };
    let paragraphs = format!("<p>{text}</p><p>{FILLER}</p>");
    let said = format!("<language>{language}</language>");
    vec![
        (
            "a.html",
            format!(
                "<!DOCTYPE html><html lang={language}><title>Other</title><body><article><h1>{headline}</h1>{paragraphs}\
                 </article></body></html>"
            ),
        ),
        ("a.xml", rss(&said, &escaped(headline), &escaped(&paragraphs))),
        ("a.xml", rss(&said, &format!("<![CDATA[{headline}]]>"), &format!("<![CDATA[{paragraphs}]]>"))),
        (
            "a.xml",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{language}'><title>Wire</title><entry>\
                 <title type='html'>{}</title><content type='html'>{}</content></entry></feed>",
                escaped(headline),
                escaped(&paragraphs)
            ),
        ),
        (
            "a.xml",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><title type='xhtml' \
                 xml:lang='{language}'><div>{headline}</div></title><content type='xhtml' xml:lang='{language}'>\
                 <div>{paragraphs}</div></content></entry></feed>"
            ),
        ),
        (
            "a.json",
            format!(
                "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Wire\", \"language\": \"{language}\", \
                 \"items\": [{{\"id\": \"1\", \"title\": \"{}\", \"content_html\": \"{}\"}}]}}",
                json(headline),
                json(&paragraphs)
            ),
        ),
        (
            "a.jsonl",
            format!(
                "{{\"title\": \"{}\", \"language\": \"{language}\", \"text\": \"{}\"}}\n",
                json(headline),
                json(&paragraphs)
            ),
        ),
        ("a.csv", format!("title,lang,text\n\"{headline}\",{language},\"{paragraphs}\"\n")),
        ("a.md", format!("---\nlang: {language}\n---\n# {headline}\n\n{text}\n\n{FILLER}\n")),
    ]
}

#[test]
fn quotation_elements_bring_their_marks() {
    for (language, marks) in [("en", "“”‘’"), ("de", "„“‚‘"), ("fr-FR", "«»«»"), ("ja", "「」『』")]
    {
        let marks: Vec<char> = marks.chars().collect();
        let [outer, outer_end, inner, inner_end] = marks[..] else { panic!() };
        let headline = "Bridge <q>tired</q>";
        let text = "Ann Holt said: <q>It is <q>tired</q>, I say</q>, and <em>left</em>.";
        for (name, file) in files(headline, text, language) {
            let article = one(&file, name);
            assert_eq!(article.headline(), format!("Bridge {outer}tired{outer_end}"), "{file}");
            let text =
                format!("Ann Holt said: {outer}It is {inner}tired{inner_end}, I say{outer_end}, and left.\n{FILLER}");
            assert!(article.body.text().ends_with(&text), "{file}\n{}", article.body.text());
        }
    }
}

#[test]
fn quotation_elements_in_mail_bring_their_marks() {
    let mail = format!(
        "From: Ann Holt <a@coast.example>\nSubject: Bridge\nDate: Sat, 14 Mar 2026 09:30:00 +0000\nMIME-Version: 1.0\n\
         Content-Type: text/html; charset=utf-8\n\n<html lang=de><p>Sie sagte: <q>Müde</q>.</p><p>{FILLER}</p></html>"
    );
    assert_eq!(one(&mail, "a.eml").body.text(), format!("Bridge\nSie sagte: „Müde“.\n{FILLER}"));
}

#[test]
fn marks_of_the_author_are_not_doubled() {
    let text = "“<q>It is tired</q>,” she said. <q>“It is,”</q> he said.";
    for (name, file) in files("Bridge", text, "en") {
        let article = one(&file, name);
        let expected = format!("Bridge\n“It is tired,” she said. “It is,” he said.\n{FILLER}");
        assert_eq!(article.body.text(), expected, "{file}");
    }
}

#[test]
fn headlines_that_speak_of_tags_keep_them() {
    let headline = "Intent to unship <a> as <area>, and <b>";
    let expected = headline;
    let item = |title: &str| {
        format!(
            "<rss version='2.0'><channel><title>Wire</title><item><title>{title}</title><description>{FILLER}\
             </description></item></channel></rss>"
        )
    };
    let once = escaped(headline);
    for title in [once.clone(), escaped(&once), format!("<![CDATA[{headline}]]>"), format!("<![CDATA[{once}]]>")] {
        assert_eq!(headlines(&item(&title), "a.xml"), [expected], "{title}");
    }
    let entry = |kind: &str, title: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><title{kind}>{title}</title>\
             <content type='text'>{FILLER}</content></entry></feed>"
        )
    };
    for (kind, title) in [
        ("", once.clone()),
        (" type='text'", once.clone()),
        (" type='html'", escaped(&once)),
        (" type='xhtml'", format!("<div xmlns='http://www.w3.org/1999/xhtml'>{once}</div>")),
    ] {
        assert_eq!(headlines(&entry(kind, &title), "a.xml"), [expected], "{title}");
    }
    // What says that it is text is text to the letter.
    assert_eq!(headlines(&entry(" type='text'", "&lt;b>A&lt;/b> &amp;amp; B"), "a.xml"), ["<b>A</b> &amp; B"]);
    for head in [
        format!("<title>{once}</title>"),
        format!("<title>{headline}</title>"),
        format!("<meta property='og:title' content='{once}'>"),
        format!("<title>x</title><h1>{once}</h1>"),
        format!(
            "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"{headline}\"}}</script>"
        ),
    ] {
        let page = format!("<!DOCTYPE html><html>{head}<article><p>{FILLER}</p><p>{FILLER}</p></article></html>");
        assert_eq!(headlines(&page, "a.html"), [expected], "{head}");
    }
    let json = format!("{{\"title\": \"{headline}\", \"text\": \"{FILLER}\"}}");
    assert_eq!(headlines(&json, "a.json"), [expected]);
    let table = format!("title\ttext\n{headline}\t{FILLER}\n");
    assert_eq!(headlines(&table, "a.tsv"), [expected]);
}

#[test]
fn headlines_lose_their_markup() {
    let headline = "The <em>old</em> <a href='/b'>bridge</a><br/> is <b>tired</b> &amp; closed";
    for (name, file) in files(headline, "It is closed.", "en") {
        if name != "a.md" {
            assert_eq!(one(&file, name).headline(), "The old bridge is tired & closed", "{file}");
        }
    }
}

#[test]
fn texts_that_speak_of_tags_keep_them() {
    let text = format!("Use the <b> tag, or <area>, “as I do,” said Ann Holt. {FILLER}");
    let json = format!("{{\"title\": \"Tags\", \"text\": \"{text}\"}}");
    assert_eq!(one(&json, "a.json").body.text(), format!("Tags\n{text}"));
    for escaped in [escaped(&text), escaped(&escaped(&text))] {
        let feed = format!(
            "<rss version='2.0'><channel><title>Wire</title><item><title>Tags</title><description>{escaped}\
             </description></item></channel></rss>"
        );
        assert_eq!(one(&feed, "a.xml").body.text(), format!("Tags\n{text}"));
    }
}

#[test]
fn half_pairs_of_surrogates_cost_no_record() {
    let records = "{\"title\": \"Bridge \\ud83d\", \"text\": \"It is closed.\"}\n{\"title\": \"Ferry \\ud83d\\ude00\", \
                   \"text\": \"It is late.\"}\n";
    assert_eq!(headlines(records, "a.jsonl"), ["Bridge \u{fffd}", "Ferry 😀"]);
    let feed = "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": \"1\", \"title\": \"A \\udc00\", \
                \"content_text\": \"It is closed.\"}]}";
    assert_eq!(headlines(feed, "a.json"), ["A \u{fffd}"]);
}

#[test]
fn entries_and_messages_have_a_language_of_their_own() {
    let atom = |entry: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Wire</title><entry {entry}><title>T &lt;q>x&lt;/q></title>\
             <content type='html'>&lt;p>Said &lt;q>so&lt;/q>.&lt;/p></content></entry></feed>"
        )
    };
    assert_eq!(one(&atom("xml:lang='de-AT'"), "a.xml").body.text(), "T „x“\nSaid „so“.");
    assert_eq!(one(&atom(""), "a.xml").body.text(), "T “x”\nSaid “so”.");
    let json = |feed: &str, item: &str| {
        format!(
            r#"{{"version": "https://jsonfeed.org/version/1.1", {feed} "title": "W", "items": [{{"id": "1", {item}
               "title": "T", "content_html": "<p>Said <q>so</q>.</p>"}}]}}"#
        )
    };
    for (feed, item, expected) in [
        (r#""language": "fr","#, "", "T\nSaid «so»."),
        (r#""language": "fr","#, r#""language": "de","#, "T\nSaid „so“."),
        ("", "", "T\nSaid “so”."),
    ] {
        assert_eq!(one(&json(feed, item), "a.json").body.text(), expected);
    }
    let mail = "From: Ann Holt <a@wire.example>\nSubject: T\nContent-Language: de\nContent-Type: text/html; charset=utf-8\n\n\
                <p>Said <q>so</q>.</p>";
    assert_eq!(one(mail, "a.eml").body.text(), "T\nSaid „so“.");
}

#[test]
fn plain_text_of_feeds_stays_as_written() {
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "W", "items": [{"id": "1",
        "title": "T", "content_text": "The <q>element</q> and <b>others</b>."}]}"#;
    assert_eq!(one(json, "a.json").body.text(), "T\nThe <q>element</q> and <b>others</b>.");
    let atom = |title: &str| {
        let title = escaped(title);
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title><entry><title>{title}</title></entry></feed>"
        )
    };
    for (title, expected) in [
        ("The <br> tag", "The <br> tag"),
        ("Use <a href='x'> or <b>bold", "Use <a href='x'> or <b>bold"),
        ("<b>Tea</b> is <i>served</i>", "Tea is served"),
        ("Tea &amp; toast", "Tea & toast"),
    ] {
        assert_eq!(headlines(&atom(title), "a.xml"), [expected]);
    }
}
