use super::*;
use crate::query::Term;

fn shown(typed: &str) -> String {
    let terms = Query::parse(typed).terms;
    let show = |term: Term| {
        let sign = |holds, word| if holds { word } else { "" };
        format!("{}{}{:?}", sign(term.alternative, "or "), sign(term.negated, "not "), term.kind)
    };
    terms.into_iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn near_misses_are_reported_and_words_with_a_colon_are_words() {
    let errors = |typed: &str| Query::parse(typed).errors.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(errors("speakr:"), ["unknown field speakr:"]);
    assert_eq!(errors("after:-2026 before:-1").len(), 2);
    assert_eq!(errors("-sort:relevance"), ["-sort: cannot be excluded"]);
    for words in ["foo: bar", "it: was", "10:30", "Re: trams"] {
        assert!(errors(words).is_empty(), "{words}");
    }
}

#[test]
fn words_and_phrases() {
    assert_eq!(shown("Bridge  CLOSED"), r#"Word("bridge") Word("closed")"#);
    assert_eq!(shown("“night  trams” zoë"), r#"Phrase("night trams") Word("zoe")"#);
    assert_eq!(shown("\"half typ"), r#"Phrase("half typ")"#);
    assert_eq!(shown("-bridge -"), r#"not Word("bridge")"#);
}

#[test]
fn fields() {
    assert_eq!(shown("speaker:peskov war"), r#"Speaker("peskov") Word("war")"#);
    assert_eq!(shown("speaker:\"Dmitry Peskov\""), r#"Speaker("dmitry peskov")"#);
    assert_eq!(shown("speaker:"), "");
    assert_eq!(shown("source:wire -title:opinion"), r#"Source("wire") not Title("opinion")"#);
    assert_eq!(shown("at 10:30"), r#"Word("at") Word("10:30")"#);
}

#[test]
fn alternatives() {
    assert_eq!(shown("tram OR bus -fare"), r#"Word("tram") or Word("bus") not Word("fare")"#);
    assert_eq!(shown("OR tram OR"), r#"Word("tram")"#);
    assert_eq!(shown("tram or \"now OR never\""), r#"Word("tram") Word("or") Phrase("now or never")"#);
    let clauses: Vec<_> = Query::parse("a b OR c OR d e").clauses().map(<[Term]>::len).collect();
    assert_eq!(clauses, [1, 3, 1]);
}

#[test]
fn days_and_states() {
    assert_eq!(shown("after:2024 before:2024-03"), "After(On(2024-01-01)) Before(On(2024-03-01))");
    assert_eq!(shown("after:2024-1- after:2024-01-26"), "After(On(2024-01-01)) After(On(2024-01-26))");
    assert_eq!(shown("after:20 before:2024-13 before:soon is: is:gone"), "");
    assert_eq!(shown("is:unread -is:starred"), "Is(Unread) not Is(Starred)");
    assert_eq!(shown("tag:#Budget is:removed"), r##"Tag("#budget") Is(Removed)"##);
    assert_eq!(shown("said:“cease fire”"), r#"Said("cease fire")"#);
}

/// What is wrong, each with its place in what was typed; `…` after what may still become right.
fn wrong(typed: &str) -> String {
    let show = |error: &QueryError| {
        let sign = if error.is_unfinished { "…" } else { "" };
        format!("{}{sign} ({error})", error.span.of(typed))
    };
    Query::parse(typed).errors.iter().map(show).collect::<Vec<_>>().join(", ")
}

#[test]
fn unknown_fields_are_errors() {
    assert_eq!(wrong("foo:bar"), "foo:bar (unknown field foo:)");
    assert_eq!(wrong("tram  -Föo:\"a  b\" bus"), "-Föo:\"a  b\" (unknown field foo:)");
    assert_eq!(wrong("tagg:#budget x:y"), "tagg:#budget (unknown field tagg:), x:y (unknown field x:)");
    assert_eq!(shown("tram foo:bar bus"), r#"Word("tram") Word("bus")"#);
    for words in
        ["10:30", "http://x.example/", "Re: trams", "\"foo:bar\"", "std::fs", "re:", ":foo", "a2:b", "东京:x", "x:)"]
    {
        assert_eq!(wrong(words), "", "{words}");
    }
    assert_eq!(shown("Re: trams"), r#"Word("re") Word("trams")"#);
}

#[test]
fn wrong_values_are_errors() {
    assert_eq!(wrong("after:2026-13"), "after:2026-13 (after:2026-13 is not a date)");
    assert_eq!(wrong("before:2026-02-30"), "before:2026-02-30 (before:2026-02-30 is not a date)");
    assert_eq!(
        wrong("after:march after:2026--05"),
        "after:march (after:march is not a date), after:2026--05 (after:2026--05 is not a date)"
    );
    assert_eq!(wrong("is:boring"), "is:boring (unknown value is:boring)");
    assert_eq!(wrong("sort:date"), "sort:date (unknown value sort:date)");
    assert_eq!(wrong("-sort:relevance tram"), "-sort:relevance (-sort: cannot be excluded)");
    assert_eq!(wrong("speaker: deniz"), "speaker: (missing value after speaker:)");
    assert_eq!(wrong("speaker:\"\""), "speaker:\"\" (missing value after speaker:)");
    assert_eq!(wrong("tag:# OR is:x"), "tag:# (missing value after tag:), is:x (unknown value is:x)");
}

#[test]
fn unfinished_term_is_no_error_yet() {
    for typed in [
        "after:",
        "after:2",
        "after:202",
        "before:2026-0",
        "after:2026-02-0",
        "is:",
        "is:un",
        "is:\"un",
        "sort:rel",
        "speaker:",
        "speaker:\"",
        "-tag:",
        "tram said:",
    ] {
        let query = Query::parse(typed);
        assert!(!query.is_wrong() && query.errors.len() == 1, "{typed}");
        assert!(query.so_far().errors.is_empty());
        assert!(Query::parse(&format!("{typed} tram")).is_wrong() || typed.contains('"'), "{typed} and more");
        assert!(Query::parse(&format!("{typed} ")).is_wrong(), "{typed} and a blank");
    }
    for typed in ["after:2026", "after:2026-", "after:2026-1", "after:2026-02-3", "is:unread", "tram"] {
        assert!(Query::parse(typed).errors.is_empty(), "{typed}");
    }
    for typed in ["after:x", "after:20260", "after:2026-00", "after:2026-02-00", "is:unx", "sort:d", "foo:b"] {
        assert!(Query::parse(typed).is_wrong(), "{typed}");
    }
}

#[test]
fn hints_name_the_nearest_word_or_all() {
    let hint = |typed: &str| Query::parse(typed).errors[0].hint();
    assert_eq!(hint("speakr:x"), "did you mean speaker:?");
    let all = "speaker: said: reported: source: publisher: author: title: url: tag: after: before: is: has: sort:";
    assert_eq!(hint("foo:bar"), all);
    let phrase = |typed: &str| Query::parse(typed).errors[0].phrase();
    assert_eq!(phrase("foo:\"a b\"").as_deref(), Some("as a phrase: \"foo:a b\""));
    assert_eq!(phrase("is:boring"), None);
    assert_eq!(hint("is:unraed"), "did you mean is:unread?");
    assert_eq!(hint("is:boring"), "is: needs unread, read, starred or hidden");
    assert_eq!(hint("sort:relevence"), "did you mean sort:relevance?");
    assert_eq!(hint("after:2026-13"), "after: needs a day, e.g. 2026-03, 7d, 2w, yesterday");
    assert_eq!(hint("speaker:"), "speaker: needs a name, e.g. speaker:deniz");
}

#[test]
fn order() {
    assert!(Query::parse("tram sort:relevance bus").by_relevance);
    assert_eq!(shown("tram sort:relevance bus sort:x sort:"), r#"Word("tram") Word("bus")"#);
    assert!(!Query::parse("tram sort:rel").by_relevance && Query::parse("sort:relevance").is_empty());
}

#[test]
fn hostile_input_is_just_words() {
    for typed in ["\"", "\"\"", "-\"", ":::", "--", "(AND OR", "\u{1b}[2J", "speaker:-", "-speaker:\"", "’’"] {
        let _ = Query::parse(typed).needles();
    }
    assert!(Query::parse("  \"\" - : ").is_empty());
}

#[test]
fn field_takes_a_word_or_a_phrase() {
    for typed in ["said:(dog OR boat)", "said:-dog", "-said:-dog", "said:/dog|boat/", "title:(dog", "is:(unread)"] {
        let query = Query::parse(typed);
        let fault = &query.errors[0];
        assert!(fault.kind == QueryErrorKind::NotInField && !fault.is_unfinished, "{typed}: {fault:?}");
    }
    assert_eq!(
        Query::parse("said:(dog OR boat)").errors[0].with_hint(),
        "said: takes one word or phrase · e.g. (said:one OR said:another) or -said:one"
    );
    assert_eq!(wrong("foo:(a) after:-7d"), "foo:(a) (unknown field foo:), after:-7d (after:-7d is not a date)");
    for typed in ["url:/news/", "said:\"(dog\"", "said:and/or", "confidence:(x"] {
        assert!(!Query::parse(typed).errors.iter().any(|fault| fault.kind == QueryErrorKind::NotInField), "{typed}");
    }
}

#[test]
fn days_before_today() {
    assert_eq!(shown("after:7d before:yesterday"), "After(DaysAgo(7)) Before(DaysAgo(1))");
    assert_eq!(
        wrong("after:yest before:tod"),
        "after:yest (after:yest is not a date), before:tod… (before:tod is not a date)"
    );
    assert_eq!(Query::parse("after:yestreday").errors[0].hint(), "did you mean after:yesterday?");
}

#[test]
fn authors_and_addresses() {
    assert_eq!(shown("author:\"mara deniz\" -author:holt"), r#"Author("mara deniz") not Author("holt")"#);
    assert_eq!(shown("url:https://Wire.example/news"), r#"Url("https://wire.example/news")"#);
    assert_eq!(Query::parse("autor:x").errors[0].hint(), "did you mean author:?");
}

#[test]
fn brackets() {
    assert_eq!(shown("(tram OR bus) fare"), r#"Word("tram") or Word("bus") Word("fare")"#);
    assert_eq!(shown("tram | bus"), shown("tram OR bus"));
    assert_eq!(shown("(night tram) OR ferry"), r#"Word("night") or Word("ferry") Word("tram") or Word("ferry")"#);
    assert_eq!(shown("-(tram OR bus)"), r#"not Word("tram") not Word("bus")"#);
    assert_eq!(shown("-(tram bus)"), r#"not Word("tram") or not Word("bus")"#);
    assert_eq!(shown("((a) (b OR (c)))"), r#"Word("a") Word("b") or Word("c")"#);
    assert_eq!(shown("(speaker:\"mara deniz\" OR source:wire)"), r#"Speaker("mara deniz") or Source("wire")"#);
    assert_eq!(shown("() f(x) tram)"), r#"Word("f(x") Word("tram")"#);
    assert_eq!(wrong("bus (tram"), "(… (missing ) after ()");
    assert_eq!(wrong("(foo:bar OR tram"), "(… (missing ) after (), foo:bar (unknown field foo:)");
    let many = ["(a b c d e f g h)"; 4].join(" OR ");
    assert_eq!(Query::parse(&many).errors[0].to_string(), "too many alternatives in brackets");
    let _ = Query::parse(&"(".repeat(100_000));
    let _ = Query::parse(&"-(a OR ".repeat(1_000));
}

#[test]
fn regular_expressions() {
    let found = |typed: &str, text: &str| match &Query::parse(typed).terms[..] {
        [Term { kind: TermKind::Matches(pattern), negated: false, .. }] => pattern.is_in(text),
        terms => panic!("{typed}: {terms:?}"),
    };
    assert!(found("/night  ?trams?/", "a night  tram"));
    assert!(found("/A\\W{2}B/", "a, b") && !found("/A\\W{2}B/", "a  xb"));
    assert!(found("(/a\\/b/)", "a/b"));
    assert_eq!(shown("/home/user and/or"), r#"Word("home/user") Word("and/or")"#);
    assert_eq!(shown("/ //"), "");
    assert_eq!(wrong("bus /tra"), "/tra… (missing / after /tra)");
    assert_eq!(wrong("/a(/ bus"), "/a(/ (/a(/ is not a regular expression)");
    assert!(Query::parse("-/tram/ bus").terms[0].negated);
}

#[test]
fn queries_about_quotations_have_fields_of_their_own() {
    let terms = |typed: &str| {
        let query = Query::parse_about(typed, Subject::Quotations);
        let errors: Vec<_> = query.errors.iter().map(ToString::to_string).collect();
        (
            query.terms.into_iter().map(|term| format!("{:?}", term.kind)).collect::<Vec<_>>().join(" "),
            errors.join("; "),
        )
    };
    for (typed, wanted, wrong) in [
        ("kind:term", r#"Quotation(Kind("term"))"#, ""),
        ("is:confirmed", "Quotation(Corrected)", ""),
        ("conf:<=.8", "", "unknown value confidence:<=.8"),
        ("conf:<=0.8", "Quotation(Below(800, OrEqual(true)))", ""),
        ("(confidence:>53%)", "Quotation(Above(530, OrEqual(false)))", ""),
        ("confidence:>101", "", "unknown value confidence:>101"),
        ("confidence:", "", "missing value after confidence:"),
        ("on:2024-12", "After(On(2024-12-01)) Before(On(2025-01-01))", ""),
        ("on:today", "After(DaysAgo(0))", ""),
        ("on:6m", "", "on:6m is not a date"),
        ("is:unread", "", "unknown value is:unread"),
        ("tag:budget", "", "unknown field tag:"),
    ] {
        assert_eq!(terms(typed), (wanted.to_owned(), wrong.to_owned()), "{typed}");
    }
    assert_eq!(Query::parse("kind:term on:2024").errors.len(), 2, "articles have no kind");
    let unfinished = |typed| Query::parse_about(typed, Subject::Quotations).errors[0].is_unfinished;
    for typed in ["conf:", "conf:<", "conf:<=", "conf:<0.", "kind:fra", "is:dou", "on:20"] {
        assert!(unfinished(typed), "{typed}");
    }
}
