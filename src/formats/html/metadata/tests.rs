use super::*;

#[test]
fn metadata_of_a_page_is_read() {
    let page = "<html><head><title>Bridge closes | Coast Wire</title><base href='/news/'>\
        <meta property='og:site_name' content='Coast Wire'><meta name=Author content='Jane Doe'>\
        <meta property='article:tag' content='Ferries'><link rel=canonical href='bridge'></head><body>\
        <h1>Bridge <em>closes</em></h1><time datetime='2026-03-14T09:30:00Z' pubdate>Saturday</time>";
    let metadata = Metadata::of(page, Some("https://coast.example/x?y"));
    assert_eq!(metadata.headline(), "Bridge closes");
    assert_eq!(metadata.site_name().as_deref(), Some("Coast Wire"));
    assert_eq!(metadata.byline().as_deref(), Some("Jane Doe"));
    assert_eq!(metadata.published().unwrap().to_string(), "2026-03-14T09:30:00Z");
    assert_eq!(metadata.address().as_deref(), Some("https://coast.example/news/bridge"));
    assert_eq!(metadata.tags(), ["Ferries"]);
}

#[test]
fn headline_is_what_people_read() {
    for (page, expected) in [
        ("<title>Bridge closes | Coast</title><h1>Coast</h1><h2>Bridge closes</h2>", "Bridge closes"),
        ("<title>Coast | Bridge closes</title><h1>Bridge closes</h1><h2>Coast</h2>", "Bridge closes"),
        (
            "<meta property=og:title content='Bridge closed: what to know'><h1>Harbour bridge is closed</h1>",
            "Harbour bridge is closed",
        ),
        (
            "<meta property=og:title content=Coast><meta property=og:site_name content=Coast><h1>Coast</h1>\
             <h2>More</h2><h2 class=entry-title>Bridge closes</h2>",
            "Bridge closes",
        ),
    ] {
        assert_eq!(Metadata::of(page, None).headline(), expected, "{page}");
    }
}

#[test]
fn moment_is_written_as_the_clock_of_the_page_shows_it() {
    let published = |shown: &str| {
        let page = format!(
            "<meta property=article:published_time content=2026-03-15T02:25:54Z><h1>Tea</h1><p class=date>{shown}</p>"
        );
        Metadata::of(&page, None).published().unwrap().to_string()
    };
    assert_eq!(published("March 14, 2026 | 9:25pm"), "2026-03-14T21:25:54-05:00");
    assert_eq!(published("15 March 2026, 07:55"), "2026-03-15T07:55:54+05:30");
    for other in ["March 14, 2026", "March 14, 2026 | 9:40pm", "March 13, 2026 | 9:25pm", "15 March 2026 02:25"] {
        assert_eq!(published(other), "2026-03-15T02:25:54Z", "{other}");
    }
}

#[test]
fn sources_of_the_date_in_order() {
    let ld = |kind: &str, day: u8| {
        format!(
            "<script type='application/ld+json'>{{\"@type\": \"{kind}\", \"datePublished\": \"2026-03-{day:02}\"}}</script>"
        )
    };
    let sources = [
        ld("NewsArticle", 1),
        "<meta property=article:published_time content=2026-03-02>".to_owned(),
        ld("WebPage", 3),
        "<h1>Tea is served</h1><time itemprop=datePublished datetime=2026-03-04></time>".to_owned(),
        "<meta name=DC.date content=2026-03-05>".to_owned(),
    ];
    for first in 0..sources.len() {
        let page = sources[first..].iter().rev().map(String::as_str).collect::<String>();
        let expected = format!("2026-03-{:02}", first + 1);
        assert_eq!(Metadata::of(&page, None).published().map(|at| at.to_string()), Some(expected), "{page}");
    }
    for (page, expected) in [
        ("<meta name=date content=2026-03-05><h1>Tea</h1><p class=date>4 March 2026</p>", Some("2026-03-04")),
        ("<meta property=og:updated_time content=2026-03-05><meta name=last-modified content=2026-03-05>", None),
        ("<meta property=article:modified_time content=2026-03-05>", None),
        (&*ld("VideoObject", 1), None),
        (&*ld("JobPosting", 1), None),
        (&*ld("PodcastEpisode", 1), None),
    ] {
        assert_eq!(Metadata::of(page, None).published().map(|at| at.to_string()).as_deref(), expected, "{page}");
    }
}

#[test]
fn names_of_dates_in_use_are_known() {
    for name in
        ["article:published_time", "date.release", "iso-8601-publish-date", "ptime", "pub-date", "cse_date", "gen_date"]
    {
        for content in ["2026-03-14T09:30:00Z", "Updated 2026-03-15, published 2026-03-14T09:30:00Z"] {
            let page = format!("<meta name={name} content='{content}'><h1>Tea</h1>");
            let published = Metadata::of(&page, None).published().map(|at| at.to_string());
            assert_eq!(published.as_deref(), Some("2026-03-14T09:30:00Z"), "{page}");
        }
    }
}

#[test]
fn two_witnesses_outweigh_one() {
    let page = |shown: &str| {
        format!(
            "<meta property=article:published_time content=2026-03-02T10:00:00>{}<h1>Tea</h1><p>{shown}</p>",
            "<script type='application/ld+json'>{\"@type\": \"Article\", \"datePublished\": \"2026-03-01\"}</script>"
        )
    };
    let published = |shown: &str| Metadata::of(&page(shown), None).published().unwrap().to_string();
    assert_eq!(published("2 March 2026"), "2026-03-02T10:00:00");
    assert_eq!(published("3 March 2026"), "2026-03-01");
    assert_eq!(published("Tea is served."), "2026-03-01");
}

#[test]
fn site_is_no_author() {
    let page = "<meta property=og:site_name content='Coast Wire'><meta name=author content='Coast Wire'>";
    assert_eq!(Metadata::of(page, None).byline(), None);
    let page = format!("{page}<h1>Tea</h1><p class=author>Jane Doe</p>");
    assert_eq!(Metadata::of(&page, None).byline().as_deref(), Some("Jane Doe"));
    // The page says so to people: it is a person's own.
    let page = "<meta property=og:site_name content='Jane Doe'><h1>Tea</h1><p>By <a rel=author>Jane Doe</a></p>";
    assert_eq!(Metadata::of(page, None).byline().as_deref(), Some("Jane Doe"));
    let page = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Jane Doe'>";
    assert_eq!(Metadata::of(page, None).byline().as_deref(), Some("Jane Doe"));
}

#[test]
fn names_in_metadata_are_decoded() {
    for (written, expected) in [
        ("Jane D&#8217;Arc", "Jane D’Arc"),
        ("Se&#225;n O'Br&iacute;an", "Seán O'Brían"),
        ("Jane Doe &amp; Ann Holt", "Jane Doe & Ann Holt"),
        ("jane@coast.example (Jane Doe)", "Jane Doe"),
        ("Jane Doe; Ann Holt", "Jane Doe, Ann Holt"),
    ] {
        let described =
            format!("<script type=application/ld+json>{{\"@type\": \"Article\", \"author\": \"{written}\"}}</script>");
        let named = format!("<meta name=author content=\"{written}\">");
        for page in [described, named] {
            assert_eq!(Metadata::of(&page, None).byline().as_deref(), Some(expected), "{page}");
        }
    }
}

#[test]
fn page_may_say_that_it_is_an_article() {
    for (page, says) in [
        ("<article><p>It is.</article>", true),
        ("<article><p>It is.</article><article>So.</article>", false),
        ("<meta property=og:type content=Article>", true),
        ("<meta property=og:type content=website>", false),
        ("<div itemscope itemtype='https://schema.org/NewsArticle'>", true),
        ("<script type=application/ld+json>{\"@type\": \"NewsArticle\"}</script>", true),
        ("<script type=application/ld+json>{\"@type\": \"WebPage\"}</script>", false),
    ] {
        assert_eq!(Metadata::of(page, None).says_article(), says, "{page}");
    }
}

#[test]
fn byline_in_the_page_counts_last() {
    let page = "<title>Tea</title><p class='meta byline'>By <a href=x>Jane Doe</a></p><span class=author>Ann</span>";
    assert_eq!(Metadata::of(page, None).byline().as_deref(), Some("Jane Doe"));
}

#[test]
fn names_of_meta_in_use_say_when() {
    for name in [
        "DCSext.articleFirstPublished",
        "rnews:datePublished",
        "bt:pubDate",
        "citation_date",
        "citation_publication_date",
        "prism.publicationDate",
        "date_published",
        "article:publish_date",
        "DISPLAYDATE",
        "originalpubdate",
        "DC.date.issued",
        "dcterms.created",
    ] {
        let page =
            format!("<meta name='{name}' content='2026/11/22'><meta name=lastmod content='2026/11/23'><h1>Tea</h1>");
        let date = Metadata::of(&page, None).published().map(|at| at.to_string());
        assert_eq!(date.as_deref(), Some("2026-11-22"), "{name}");
    }
    // A year is no day.
    assert_eq!(Metadata::of("<meta name=citation_date content=2026><h1>Tea</h1>", None).published(), None);
}

/// Date and author of a page, each as it is written, "-" where there is none.
fn dated_and_by(page: &str) -> String {
    let metadata = Metadata::of(page, None);
    let date = metadata.published().or_else(|| metadata.shown_date());
    format!("{} {}", date.map_or("-".to_owned(), |date| date.to_string()), metadata.byline().as_deref().unwrap_or("-"))
}

#[test]
fn property_is_one_of_the_nearest_scope() {
    let other = |kind: &str| {
        format!(
            "<div itemprop=part itemscope itemtype='https://schema.org/{kind}'><h4 itemprop=headline>Ferry sinks at night</h4>\
             <meta itemprop=datePublished content=2019-05-06><span itemprop=dateCreated>7 May 2019</span>\
             <time itemprop=datePublished>8 May 2019</time><span itemprop=author>Bob Rein</span></div>"
        )
    };
    let article = "<h1>Bridge closes</h1><p class=date>3 March 2026</p><p>It is closed for a year.</p>";
    for kind in ["Comment", "VideoObject", "Review", "NewsArticle", "Product", "Person"] {
        let other = other(kind);
        for page in [
            format!("<article>{article}{other}</article>"),
            format!("<article>{article}</article><aside>{other}</aside>"),
            format!("<article>{article}</article><section class=comments>{other}</section>"),
            format!("<article itemscope itemtype=http://schema.org/NewsArticle>{article}{other}</article>"),
            format!("<body itemscope itemtype=http://schema.org/WebPage><article>{article}</article>{other}</body>"),
            format!("{other}<article itemscope itemtype=http://schema.org/BlogPosting>{article}</article>"),
        ] {
            assert_eq!(dated_and_by(&page), "2026-03-03 -", "{page}");
        }
    }
}

#[test]
fn properties_of_the_article_itself_count() {
    let own = "<meta itemprop=datePublished content=2026-03-03><span itemprop=author itemscope \
               itemtype=https://schema.org/Person><span itemprop=name>Ann Holt</span></span>";
    let other = "<div itemscope itemtype=https://schema.org/Article><h3>Ferry sinks at night</h3><p>It sank.</p>\
                 <meta itemprop=datePublished content=2019-05-06><span itemprop=author>Bob Rein</span></div>";
    for page in [
        format!("<h1>Bridge closes</h1>{own}"),
        format!("<div itemscope itemtype=https://schema.org/NewsArticle><h1>Bridge closes</h1>{own}</div>"),
        format!("<div itemscope itemtype=https://schema.org/CreativeWork><h1>Bridge closes</h1>{own}</div>{other}"),
        format!("{other}<div itemscope itemtype=https://schema.org/NewsArticle><h1>Bridge closes</h1>{own}</div>"),
        format!("<h1>Bridge closes</h1><div itemscope itemtype=https://schema.org/NewsArticle>{own}</div>"),
        format!("<h1>Bridge closes</h1><div itemscope itemtype=https://schema.org/Report>It is.{own}</div>{other}"),
        format!(
            "<h1>Bridge closes</h1>{other}<div itemscope itemtype=https://schema.org/Report>\
             <meta itemprop=headline content='Bridge closes'>{own}</div>"
        ),
        format!("<body itemscope itemtype=https://schema.org/WebPage><h1>Bridge closes</h1>{own}</body>"),
    ] {
        assert_eq!(dated_and_by(&page), "2026-03-03 Ann Holt", "{page}");
    }
}

#[test]
fn description_of_another_article_says_nothing_of_this_one() {
    let described = |headline: &str, day: u8, author: &str| {
        format!(
            "{{\"@type\": \"NewsArticle\", {headline} \"datePublished\": \"2026-03-{day:02}\", \"author\": \"{author}\"}}"
        )
    };
    let script = |json: &str| format!("<script type=application/ld+json>{json}</script>");
    let (own, other) = (
        described("\"headline\": \"Bridge closes &amp; opens\",", 3, "Ann Holt"),
        described("\"headline\": \"Ferry sinks at night\",", 1, "Bob Rein"),
    );
    let heading = "<h1>Bridge closes & opens</h1>";
    for (page, expected) in [
        (script(&format!("[{other}, {own}]")) + heading, "2026-03-03 Ann Holt"),
        (script(&other) + &script(&own) + heading, "2026-03-03 Ann Holt"),
        (script(&format!("{{\"@graph\": [{own}, {other}]}}")) + heading, "2026-03-03 Ann Holt"),
        (script(&other) + heading, "- -"),
        (
            script(&other) + heading + "<p class=date>4 March 2026</p><p class=author>Jane Doe</p>",
            "2026-03-04 Jane Doe",
        ),
        (script(&described("", 5, "Jane Doe")) + heading, "2026-03-05 Jane Doe"),
        (script(&other), "2026-03-01 Bob Rein"),
        (
            script(&other) + "<title>Ferry sinks at night | Coast Wire</title><h1>Coast Wire for all</h1>",
            "2026-03-01 Bob Rein",
        ),
        (script(&other) + "<title>Coast Wire</title><h1>Ferry at sea sinks in the night</h1>", "2026-03-01 Bob Rein"),
    ] {
        assert_eq!(dated_and_by(&page), expected, "{page}");
    }
    let page = Metadata::of(&(script(&other) + heading), None);
    assert_eq!((page.headline().as_str(), page.says_article()), ("Bridge closes & opens", true));
}
