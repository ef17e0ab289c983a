//! What comes with an article: read from every kind of feed, kept, shown, opened, found.

use pullquote::app::{Effect, OwnCommand, OwnCommands, ProgramJob};
use pullquote::article::{Article, Enclosure, Medium};
use pullquote::formats::{self, Hint};
use pullquote::library::Library;
use pullquote::query::Query;
use pullquote::quotes;

use crate::retention::Fixture;
use crate::screens::check_sitting;
use crate::server::{Reply, Server};
use crate::sitting::{Sitting, article};

fn enclosures(text: &str) -> Vec<Enclosure> {
    let feed = formats::feed(text.as_bytes(), &Hint::default()).unwrap();
    feed.entries.into_iter().flat_map(|entry| entry.article.enclosures).collect()
}

fn enclosure(url: &str, media_type: &str, bytes: Option<u64>, seconds: Option<u32>) -> Enclosure {
    Enclosure { url: url.to_owned(), media_type: media_type.to_owned(), bytes, seconds }
}

fn rss(item: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' \
         xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Coast</title><link>https://coast.example/</link>\
         <item><title>Tide</title><description>Words.</description>{item}</item></channel></rss>"
    )
}

#[test]
fn every_kind_of_feed_says_what_comes_with_an_entry() {
    let podcast = "<enclosure url='https://coast.example/tide.mp3?key=1' length='24000000' type='audio/mpeg'/>\
                   <itunes:duration>31:01</itunes:duration>";
    let wanted = enclosure("https://coast.example/tide.mp3?key=1", "audio/mpeg", Some(24_000_000), Some(1_861));
    assert_eq!(enclosures(&rss(podcast)), [wanted]);
    // Relative, without a type, its length not known.
    let plain = "<enclosure url='/tide.pdf' length='0'/><enclosure url='ftp://coast.example/x.mp3'/><enclosure/>";
    assert_eq!(enclosures(&rss(plain)), [enclosure("https://coast.example/tide.pdf", "application/pdf", None, None)]);
    // Of Media RSS what is played; pictures come in every size.
    let media = "<media:group><media:content url='https://coast.example/a.mp4' type='video/mp4' duration='90' fileSize='5'/>\
                 <media:content url='https://coast.example/b.jpg' medium='image'/></media:group>";
    assert_eq!(enclosures(&rss(media)), [enclosure("https://coast.example/a.mp4", "video/mp4", Some(5), Some(90))]);
    // The same file twice is one; each says what the other does not.
    let twice = "<enclosure url='https://coast.example/a.mp3' length='7' type='audio/mpeg'/>\
                 <media:content url='https://coast.example/a.mp3' medium='audio' duration='8'/>";
    assert_eq!(enclosures(&rss(twice)), [enclosure("https://coast.example/a.mp3", "audio/mpeg", Some(7), Some(8))]);
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title><entry><title>Tide</title><summary>W.</summary>\
                <link href='https://coast.example/tide'/>\
                <link rel='enclosure' href='https://coast.example/tide.ogg' type='audio/ogg' length='9'/></entry></feed>";
    assert_eq!(enclosures(atom), [enclosure("https://coast.example/tide.ogg", "audio/ogg", Some(9), None)]);
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [{"id": "1", "title": "Tide",
        "content_text": "Words.", "attachments": [{"url": "https://coast.example/t.m4a", "mime_type": "audio/x-m4a",
        "size_in_bytes": 12, "duration_in_seconds": 6629.5}, {"mime_type": "audio/mpeg"}]}]}"#;
    assert_eq!(enclosures(json), [enclosure("https://coast.example/t.m4a", "audio/x-m4a", Some(12), Some(6_629))]);
}

#[test]
fn wild_lengths_and_many_files_do_no_harm() {
    for (duration, wanted) in
        [("1:02:03", Some(3_723)), ("99999999:00:00", None), ("-5", None), ("x", None), ("0", None)]
    {
        let item = format!("<enclosure url='https://a.example/1.mp3'/><itunes:duration>{duration}</itunes:duration>");
        assert_eq!(enclosures(&rss(&item))[0].seconds, wanted, "{duration}");
    }
    let many = (0..500).map(|number| format!("<enclosure url='https://a.example/{number}.mp3'/>"));
    let many = many.collect::<Vec<_>>().concat();
    assert_eq!(enclosures(&rss(&many)).len(), 20);
}

#[test]
fn what_comes_with_an_article_is_kept_found_and_carried_along() {
    let fixture = Fixture::new("");
    let feed = rss("<guid>tide</guid><link>https://coast.example/tide</link>\
         <enclosure url='https://coast.example/tide.mp3' length='24000000' type='audio/mpeg'/>");
    let feed =
        feed.replace("</channel>", "<item><title>Gulls</title><description>No sound.</description></item></channel>");
    let server = Server::start(move |_| Reply::ok(&feed));
    fixture.good(&["add", &server.url("/feed")]);
    let found = fixture.good(&["search", "has:audio"]);
    assert!(found.contains("Tide") && !found.contains("Gulls"), "{found}");
    assert!(fixture.good(&["search", "gulls -has:audio"]).contains("Gulls"));
    assert_eq!(fixture.run(&["search", "has:video"]).code, Some(1));
    let wrong = fixture.run(&["search", "has:sound"]);
    assert!(wrong.err.contains("has: needs audio or video"), "{}", wrong.err);
    let text = fixture.good(&["show", "has:audio"]);
    assert!(text.ends_with("[audio: tide.mp3, 24 MB]\nhttps://coast.example/tide.mp3\n"), "{text}");
    let markdown = fixture.good(&["show", "has:audio", "--format", "md"]);
    assert!(markdown.contains("enclosures: [\"https://coast.example/tide.mp3\"]\n---\n"), "{markdown}");
    let json = fixture.good(&["show", "has:audio", "--format", "json"]);
    assert!(json.contains("\"type\": \"audio/mpeg\""), "{json}");
    // To another library, and back.
    let other = Fixture::new("");
    std::fs::write(other.path().join("all.jsonl"), fixture.good(&["export"])).unwrap();
    assert_eq!(other.run(&["import", "all.jsonl"]).code, Some(0));
    assert_eq!(other.good(&["show", "has:audio"]), text);
}

fn with_recordings(count: usize) -> (Article, quotes::Findings) {
    let (mut article, findings) =
        article(14, "Tide", &["The tide was high, and nobody in the harbour said a word about it."]);
    let recording = |number| {
        let url = format!("https://coast.example/show/part-{number}.mp3");
        Enclosure { bytes: Some(24_000_000), seconds: Some(1_860), ..Enclosure::at(&url, "").unwrap() }
    };
    article.enclosures = (1..=count).map(recording).collect();
    (article, findings)
}

#[test]
fn recording_is_shown_below_the_text_and_opened_by_key() {
    let mut sitting = Sitting::new(80, 24, vec![with_recordings(1)]);
    sitting.press("E");
    assert_eq!(sitting.opened, ["https://coast.example/show/part-1.mp3"]);
    sitting.press("<enter>");
    check_sitting("enclosure", &sitting);
    sitting.press("I");
    let rows = sitting.app.article_info();
    assert!(rows.iter().any(|row| row.name == "with it" && row.value.starts_with("audio, 31 min, 24 MB")), "{rows:?}");
    let mut none = Sitting::new(80, 24, vec![article(14, "Tide", &["Words."])]);
    none.press("E");
    assert_eq!(none.notice().unwrap(), "Nothing comes with this article: no recording, no film, no document");
    assert!(none.opened.is_empty());
}

#[test]
fn one_of_several_is_chosen() {
    for (width, height) in [(60, 20), (120, 36)] {
        let mut sitting = Sitting::new(width, height, vec![with_recordings(8)]);
        sitting.press("<enter>G");
        check_sitting(&format!("enclosures-{width}"), &sitting);
        sitting.press("Epart-3<enter>");
        assert_eq!(sitting.opened, ["https://coast.example/show/part-3.mp3"]);
        sitting.press("Exyz<enter>");
        assert_eq!(sitting.opened.len(), 1);
        assert_eq!(sitting.notice().unwrap(), "None of them match: nothing was opened");
    }
}

#[test]
fn query_asks_for_what_is_heard_or_seen() {
    let library = Library::default();
    let (article, findings) = with_recordings(1);
    let entry = library.add(article, findings);
    assert_eq!(entry.article.enclosures[0].medium(), Some(Medium::Audio));
    assert_eq!(library.search(&Query::parse("has:audio"), &|| true).unwrap().len(), 1);
    assert!(library.search(&Query::parse("has:video"), &|| true).unwrap().is_empty());
    let errors = Query::parse("has:aduio").errors;
    assert_eq!(errors[0].hint(), "did you mean has:audio?");
}

#[test]
fn command_of_the_configuration_gets_the_address() {
    let mut sitting = Sitting::new(80, 24, vec![with_recordings(1)]);
    let listen = OwnCommand { name: "listen".to_owned(), words: vec!["mpv".to_owned(), "{enclosure}".to_owned()] };
    sitting.app.know_commands(OwnCommands { named: vec![listen], notify: Vec::new() });
    sitting.press(":run listen<enter>");
    assert!(
        sitting
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Program(ProgramJob::Run { name, .. }) if name == "listen"))
    );
}

/// A feed whose entry has these enclosures.
fn tide(name: &str, enclosures: &str) -> String {
    rss(&format!("<guid>tide</guid><link>https://coast.example/tide</link>{enclosures}")).replace("Coast", name)
}

fn mp3(name: &str) -> String {
    format!("<enclosure url='https://coast.example/{name}.mp3?key={name}' type='audio/mpeg'/>")
}

#[test]
fn what_a_feed_changes_of_it_is_followed() {
    let fixture = Fixture::new("");
    let turns = [
        String::new(),
        mp3("one"),
        mp3("two"),
        mp3("two").replace("key=two", "key=x"),
        mp3("two") + &mp3("three"),
        String::new(),
    ];
    let at = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let now = std::sync::Arc::clone(&at);
    let feeds = turns.map(|enclosures| tide("Coast", &enclosures));
    let server = Server::start(move |_| Reply::ok(&feeds[now.load(std::sync::atomic::Ordering::Relaxed)]));
    fixture.good(&["add", &server.url("/feed")]);
    let mut seen = Vec::new();
    for turn in 0..6 {
        at.store(turn, std::sync::atomic::Ordering::Relaxed);
        let out = fixture.good(&["refresh", "--all"]);
        let library = fixture.library();
        let id = library.ids().unwrap()[0];
        let article = std::sync::Arc::clone(&library.get(id).unwrap().unwrap().article);
        let names: Vec<_> = article.enclosures.iter().map(|enclosure| enclosure.file_name().to_owned()).collect();
        seen.push((names.join(" "), out.contains("1 updated")));
    }
    let wanted = [
        ("", false),
        ("one.mp3", true),
        ("two.mp3", true),
        ("two.mp3", false),
        ("two.mp3 three.mp3", true),
        ("", true),
    ];
    assert_eq!(seen.iter().map(|(names, updated)| (names.as_str(), *updated)).collect::<Vec<_>>(), wanted);
    assert_eq!(fixture.run(&["search", "has:audio"]).code, Some(1));
}

#[test]
fn what_another_feed_brings_with_the_same_article_is_added() {
    let words = "The tide was high in the harbour on Friday, and nobody on the quay said a single word about it until the bells rang out over the roofs at noon.";
    let feed = |name: &str, enclosures: &str| tide(name, enclosures).replace("Words.", words);
    for order in [["/plain", "/one", "/two"], ["/two", "/one", "/plain"], ["/one", "/plain", "/two"]] {
        let fixture = Fixture::new("");
        let feeds = [feed("Plain", ""), feed("One", &mp3("one")), feed("Two", &mp3("two"))];
        let server = Server::start(move |asked| {
            Reply::ok(match asked.path.as_str() {
                "/plain" => &feeds[0],
                "/one" => &feeds[1],
                _ => &feeds[2],
            })
        });
        for path in order {
            fixture.good(&["add", &server.url(path)]);
        }
        fixture.good(&["refresh", "--all"]);
        let library = fixture.library();
        let ids = library.ids().unwrap();
        assert_eq!(ids.len(), 1, "{order:?}");
        let article = std::sync::Arc::clone(&library.get(ids[0]).unwrap().unwrap().article);
        let mut names: Vec<_> = article.enclosures.iter().map(Enclosure::file_name).collect();
        names.sort_unstable();
        assert_eq!(names, ["one.mp3", "two.mp3"], "{order:?}");
    }
}

#[test]
fn addresses_count_from_where_an_atom_feed_says() {
    let atom = |feed: &str, entry: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' {feed}><title>C</title><entry {entry}><title>Tide</title>\
             <summary>W.</summary><link href='https://other.example/p/q'/><link rel='enclosure' href='t.ogg'/></entry></feed>"
        )
    };
    for (feed, entry, wanted) in [
        ("", "", "https://other.example/p/t.ogg"),
        ("xml:base='https://base.example/dir/'", "", "https://base.example/dir/t.ogg"),
        ("", "xml:base='https://base.example/dir/'", "https://base.example/dir/t.ogg"),
        ("xml:base='https://base.example/'", "xml:base='in/'", "https://base.example/in/t.ogg"),
    ] {
        assert_eq!(enclosures(&atom(feed, entry))[0].url, wanted, "{feed} {entry}");
    }
}
