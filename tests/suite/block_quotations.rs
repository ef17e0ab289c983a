//! Block quotations below which stands whose they are: from the markup to who said it.

use pullquote::article::{Article, ParagraphKind};
use pullquote::export::Format;
use pullquote::formats::{self, Hint};
use pullquote::quotes;

mod engine {
    use crate::engine::{cases, check};
    cases! {
        without_marks: "The mayor wrote a letter.\n> The pump is old and it will stay.<Ann Roe>\n>> — Ann Roe, mayor";
        in_marks: "The mayor wrote a letter.\n> “The pump is old and it will stay.”<Ann Roe>\n>> Ann Roe, mayor";
        full_stop_behind_the_marks: "> “The pump is old and it will stay”<Ann Roe>.\n>> Ann Roe";
        two_paragraphs:
            "Rob Poe spoke first.\n> The pump is old.<1 Ann Roe>\n> It will stay where it is.<1 Ann Roe>\n>> — Ann Roe";
        speaker_before_it_is_not_the_cited: "“It leaks,”<Rob Poe> Rob Poe said.\n> The pump is old.<Ann Roe>\n>> — Ann Roe";
        account: "> The pump is old.<Ann Roe>\n>> — Ann Roe (@annroe) June 1, 2024";
        paper: "> The pump is a heap of rust.<Ellery Courier>\n>> Ellery Courier";
        inside_of_it: "> Then Rob Poe said, “It leaks,”<Rob Poe via Ann Roe> and left.<Ann Roe>\n>> — Ann Roe";
        two_blocks: "> The pump is old.<Ann Roe>\n>> — Ann Roe\n> It is not.<Rob Poe>\n>> — Rob Poe";
        marks_without_a_citation: "Ann Roe sat down.\n> “It works,”<Ann Roe> Ann Roe said.";
    }
}

fn read(name: &str, text: &str) -> Article {
    let mut all = Vec::new();
    let hint = Hint { name: Some(name), base_url: Some("https://coast.example/1"), ..Hint::default() };
    formats::read(&mut text.as_bytes(), &hint, &mut |read| all.push(read.unwrap()));
    all.remove(0)
}

/// Who said what in an article, and its citations as they are shown.
fn said(article: &Article) -> (Vec<(String, String)>, Vec<String>) {
    let body = &article.body;
    let found = quotes::find(body);
    let said = found.quotations.iter().filter(|quotation| quotation.is_spoken()).map(|quotation| {
        let speaker = found.speaker_of(quotation).map_or("", |speaker| &speaker.name);
        (body.words(quotation.span).to_owned(), speaker.to_owned())
    });
    let citations = body.paragraphs().iter().filter(|paragraph| paragraph.kind == ParagraphKind::Citation);
    (said.collect(), citations.map(|paragraph| body.words(paragraph.span).to_owned()).collect())
}

const BEFORE: &str = "<p>The council of Ellery met on Monday for the first time since the spring, and nobody had brought the key \
    to the hall, which stands at the harbour.</p><p>It talked about the pump for an hour and decided nothing at all.</p>";
const AFTER: &str =
    "<p>The council will meet again on Friday, when the key has been found, and talk about the bridge.</p>";

fn page(quoted: &str) -> Article {
    read("page.html", &format!("<html><title>The Pump</title><body><article><h1>The Pump</h1>{BEFORE}{quoted}{AFTER}"))
}

const WORDS: &str = "The pump is old and it will stay.";

#[track_caller]
fn cited(article: &Article, citation: &str) {
    let said_by_her = vec![(WORDS.to_owned(), "Ann Roe".to_owned())];
    assert_eq!(said(article), (said_by_her, vec![citation.to_owned()]), "{:#?}", article.body);
}

#[test]
fn footer_cite_and_figcaption_are_citations() {
    cited(&page(&format!("<blockquote><p>{WORDS}</p><footer>Ann Roe, mayor</footer></blockquote>")), "Ann Roe, mayor");
    cited(&page(&format!("<blockquote>{WORDS} <cite>Ann Roe, mayor</cite></blockquote>")), "Ann Roe, mayor");
    cited(&page(&format!("<blockquote><p>{WORDS} — <cite>Ann Roe</cite></p></blockquote>")), "— Ann Roe");
    cited(
        &page(&format!("<blockquote><p>{WORDS}</p><footer>— Ann Roe, <cite>Pump Talk</cite></footer></blockquote>")),
        "— Ann Roe, Pump Talk",
    );
    let figure = format!("<figure><blockquote>{WORDS}</blockquote><figcaption>— Ann Roe</figcaption></figure>");
    cited(&page(&figure), "— Ann Roe");
    cited(&page(&format!("<blockquote>{WORDS}<br>— Ann Roe, mayor</blockquote>")), "— Ann Roe, mayor");
    cited(&page(&format!("<blockquote><p>{WORDS}</p></blockquote><p>— Ann Roe, mayor</p>")), "— Ann Roe, mayor");
}

#[test]
fn post_of_a_social_network_is_cited() {
    let post = format!(
        "<blockquote class=\"twitter-tweet\"><p lang=\"en\" dir=\"ltr\">{WORDS}</p>&mdash; Ann Roe (@annroe) \
         <a href=\"https://social.example/annroe/1\">June 1, 2024</a></blockquote><script async src=\"w.js\"></script>"
    );
    cited(&page(&post), "— Ann Roe (@annroe) June 1, 2024");
}

#[test]
fn block_quotation_without_a_citation_is_as_it_was() {
    let article = page("<blockquote><p>The pump is old and it will stay.</p></blockquote>");
    assert_eq!(said(&article), (vec![], vec![]));
    let title = page("<blockquote>They read <cite>The Pump</cite> to each other in the evening.</blockquote>");
    assert_eq!(said(&title), (vec![], vec![]));
    let picture = page("<figure><img src=a.jpg><figcaption>Ann Roe at the pump</figcaption></figure>");
    assert_eq!(said(&picture), (vec![], vec![]));
}

#[test]
fn markdown_and_feeds_have_citations_too() {
    let markdown =
        |quoted: &str| read("a.md", &format!("# The Pump\n\nThe council met on Monday.\n\n{quoted}\n\nIt left.\n"));
    cited(&markdown(&format!("> {WORDS}\n> — Ann Roe")), "— Ann Roe");
    cited(&markdown(&format!("> {WORDS}\n>\n> — Ann Roe, mayor")), "— Ann Roe, mayor");
    cited(&markdown(&format!("> {WORDS}\n> -- Ann Roe")), "-- Ann Roe");
    assert_eq!(said(&markdown(&format!("> {WORDS}"))), (vec![], vec![]));
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Coast</title><item><title>The Pump</title><link>https://coast.example/1</link>\
         <description><![CDATA[{BEFORE}<blockquote>{WORDS}<footer>Ann Roe</footer></blockquote>{AFTER}]]></description>\
         </item></channel></rss>"
    );
    cited(&read("feed.xml", &feed), "Ann Roe");
}

#[test]
fn footer_that_names_nobody_is_no_citation() {
    for footer in ["Photo: Ann Roe", "<a href=\"/s\">Share this</a>", "Psalm 23", "12 June 2024"] {
        let page = format!(
            "<html><body><article><h1>Pump</h1><p>The council met on Monday and heard the engineers about the pump, \
             which is older than the hall.</p><blockquote><p>The pump is old and it will stay where it is for years.</p>\
             <footer>{footer}</footer></blockquote><p>Nobody was against it, and the council went home before eight.\
             </p></article></body></html>"
        );
        let (said, citations) = said(&read("page.html", &page));
        assert_eq!((said, citations), (Vec::new(), Vec::<String>::new()), "{footer}");
    }
}

#[test]
fn quotations_and_citations_stay_what_they_are_in_markdown() {
    let quoted = format!(
        "<blockquote><p>{WORDS}</p><cite>Ann Roe, mayor</cite></blockquote><figure><blockquote>It is not.</blockquote>\
         <figcaption>— Rob Poe</figcaption></figure>"
    );
    let article = page(&quoted);
    let of = |words: &str, name: &str| (words.to_owned(), name.to_owned());
    assert_eq!(said(&article).0, [of(WORDS, "Ann Roe"), of("It is not.", "Rob Poe")]);
    let markdown = Format::Markdown.article(&article, &quotes::Findings::default(), &[], None);
    let again = read("page.md", &markdown);
    assert_eq!(said(&again), said(&article), "{markdown}");
    assert_eq!(again.body.text(), article.body.text());
}
