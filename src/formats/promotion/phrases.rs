//! The phrases that give promotion away. All are folded: lower case, straight marks.

/// The longest line that is looked at, in bytes; promotion is brief.
pub const LONGEST: usize = 360;

/// A way in which promotion begins, and what must follow for it to count. All in folded text.
pub struct PhraseOpening {
    /// How it begins, up to the end of a word.
    pub words: &'static [&'static str],
    /// One of these follows somewhere; nothing need follow when there are none.
    pub then: &'static [&'static str],
    /// The longest line, or sentence, that counts, in bytes.
    pub at_most: usize,
}

/// Whole lines, without the marks at their ends.
pub const LABELS: &[&str] = &[
    "ad",
    "advert",
    "advertisement",
    "advertisement - continue reading below",
    "article continues below",
    "article continues below advertisement",
    "before you go",
    "continue reading",
    "continue reading below",
    "continue reading the main story",
    "click here",
    "follow us",
    "most read",
    "read more",
    "read more here",
    "recommended",
    "related",
    "related articles",
    "related content",
    "related coverage",
    "related stories",
    "see also",
    "share this",
    "share this article",
    "share this page",
    "share this post",
    "share this story",
    "sign up",
    "sponsored",
    "sponsored content",
    "story continues below",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "thanks for reading",
];

/// Openings with a colon that no sentence of news has, whatever follows.
pub const POINTERS: &[&str] = &[
    "also on huffpost:",
    "also read:",
    "also see:",
    "don't miss:",
    "more on this:",
    "more on this story:",
    "most read:",
    "must read:",
    "must-read:",
    "read also:",
    "read more:",
    "read next:",
    "recommended:",
    "related:",
    "related article:",
    "related articles:",
    "related coverage:",
    "related stories:",
    "related story:",
    "see also:",
    "twitter: @",
    "up next:",
];

const NETWORKS: &[&str] = &[
    "@",
    "on bluesky",
    "on facebook",
    "on google news",
    "on instagram",
    "on linkedin",
    "on mastodon",
    "on reddit",
    "on snapchat",
    "on social media",
    "on telegram",
    "on threads",
    "on tiktok",
    "on twitter",
    "on whatsapp",
    "on x",
    "on youtube",
    "#",
];

const LETTERS: &[&str] = &[
    "alert",
    "briefing",
    "daily",
    "digest",
    "e-mail",
    "email",
    "free",
    "here",
    "inbox",
    "newsletter",
    "now",
    "today",
    "updates",
    "weekly",
];

const PLACES: &[&str] = &[" above", " below", " here"];

pub const OPENINGS: &[PhraseOpening] = &[
    PhraseOpening {
        words: &["privacy & cookies", "this site uses cookies", "this website uses cookies", "we use cookies"],
        then: &[
            "by continuing",
            "by using",
            "cookie policy",
            "experience",
            "privacy policy",
            "this site",
            "this website",
        ],
        at_most: LONGEST,
    },
    PhraseOpening { words: &["to find out more"], then: &["control cookies", "cookie policy"], at_most: 240 },
    PhraseOpening {
        words: &["never miss", "don't miss"],
        then: &["sign up", "subscribe", "newsletter", "follow us"],
        at_most: LONGEST,
    },
    PhraseOpening {
        words: &["sign up for", "sign up to", "sign up by", "sign up here", "sign up now"],
        then: LETTERS,
        at_most: 240,
    },
    PhraseOpening {
        words: &["subscribe to", "subscribe for", "subscribe here", "subscribe now", "subscribe today"],
        then: &[],
        at_most: 240,
    },
    PhraseOpening {
        words: &["unsubscribe", "to subscribe", "to unsubscribe", "to sign up"],
        then: LETTERS,
        at_most: 160,
    },
    PhraseOpening { words: &["follow"], then: NETWORKS, at_most: 200 },
    PhraseOpening {
        words: &["on twitter follow", "on twitter, follow", "find us", "join us", "like us", "connect with us"],
        then: NETWORKS,
        at_most: 200,
    },
    PhraseOpening { words: &["like our page", "like the page"], then: &[], at_most: 160 },
    PhraseOpening {
        words: &["join our", "join the"],
        then: &["whatsapp", "telegram", "newsletter", "facebook group", "mailing list"],
        at_most: 160,
    },
    PhraseOpening {
        words: &[
            "for more",
            "for the latest",
            "want more",
            "want to",
            "like what you",
            "like this",
            "enjoyed this",
            "enjoying this",
            "get more",
            "get the latest",
            "get our",
            "get the best",
            "stay up to date",
            "stay informed",
            "stay in the know",
        ],
        then: &[
            "sign up",
            "subscribe",
            "newsletter",
            "download our",
            "download the",
            "our app",
            "inbox",
            "click here",
            "follow us",
            "visit our",
            "on our website",
        ],
        at_most: LONGEST,
    },
    PhraseOpening { words: &["download our", "download the", "get our", "install our"], then: &[" app"], at_most: 160 },
    PhraseOpening {
        words: &["click here", "tap here", "click the link", "click on the link"],
        then: &[" to ", " for ", " below", " above"],
        at_most: 200,
    },
    PhraseOpening {
        words: &[
            "read more at",
            "read more here",
            "read more on",
            "read more about",
            "read more from",
            "read more in",
            "read it all",
            "read it here",
        ],
        then: &[],
        at_most: 140,
    },
    PhraseOpening {
        words: &[
            "read the rest",
            "read the full",
            "read the whole",
            "read the entire",
            "read the original",
            "read the latest",
            "read his full",
            "read her full",
            "read their full",
            "see the full",
            "see more",
            "see photos",
        ],
        then: &["here", " at ", " below", " above", "in full"],
        at_most: 140,
    },
    PhraseOpening { words: &["watch", "listen to", "listen below", "listen here"], then: PLACES, at_most: 140 },
    PhraseOpening {
        words: &["become a", "support our", "support independent", "support quality", "help us", "donate"],
        then: &[
            "member",
            "subscriber",
            "patron",
            "supporter of our",
            "our journalism",
            "our newsroom",
            "our work",
            "independent journalism",
            "quality journalism",
            "donate here",
            "donate now",
            "donate today",
        ],
        at_most: 240,
    },
    PhraseOpening {
        words: &["share this"],
        then: &["article", "facebook", "friends", "post", "story", "twitter"],
        at_most: 80,
    },
    PhraseOpening {
        words: &[
            "got a",
            "have a",
            "do you have a",
            "know something",
            "send tips",
            "send us",
            "send your",
            "feedback?",
            "questions?",
        ],
        then: &[" tip", "email us", "e-mail us", "@"],
        at_most: 240,
    },
    PhraseOpening {
        words: &[
            "email us",
            "e-mail us",
            "write to us",
            "contact us",
            "email:",
            "e-mail:",
            "email me",
            "contact the author",
            "contact the reporter",
        ],
        then: &["@", "here", "below"],
        at_most: 160,
    },
    PhraseOpening {
        words: &["©", "copyright ©", "copyright (c)", "copyright 20", "copyright 19"],
        then: &[],
        at_most: 240,
    },
    PhraseOpening {
        words: &["the views expressed in this", "this article contains affiliate", "this post contains affiliate"],
        then: &[],
        at_most: LONGEST,
    },
];

/// Sentences that give a whole short line away wherever they stand in it, at the foot of an article: "Jane Doe is
/// our editor. Follow her on Twitter."
pub const INSIDE: &[PhraseOpening] = &[
    PhraseOpening {
        words: &["follow us", "follow me", "follow him", "follow her", "follow them"],
        then: NETWORKS,
        at_most: 140,
    },
    PhraseOpening {
        words: &["subscribe here", "subscribe now", "sign up here", "sign up now", "like the page"],
        then: &[],
        at_most: 140,
    },
    PhraseOpening { words: &["sign up for", "sign up by"], then: &["newsletter", "inbox", "your email"], at_most: 140 },
    PhraseOpening { words: &["our"], then: &["newsletter"], at_most: 100 },
    PhraseOpening { words: &["all rights reserved"], then: &[], at_most: 60 },
];

/// Words that report speech; where one stands beside quotation marks, the line is news.
pub const REPORTING: [&str; 12] =
    ["said", "says", "told", "added", "wrote", "tweeted", "asked", "replied", "posted", "insisted", "argued", "noted"];
