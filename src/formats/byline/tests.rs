use super::*;

#[test]
fn address_beside_a_name_goes() {
    for raw in [
        "jane@coast.example (Jane Doe)",
        "Jane Doe (jane@coast.example)",
        "Jane Doe <jane@coast.example>",
        "\"Jane Doe\" <jane@coast.example>",
        "mailto:jane@coast.example (Jane Doe)",
        "Jane Doe, desk@coast.example",
    ] {
        assert_eq!(cleaned(raw).as_deref(), Some("Jane Doe"), "{raw}");
    }
    for (raw, expected) in [
        ("j@coast.example (Jane (JD) Doe)", "Jane (JD) Doe"),
        ("Jane (JD) Doe (j@coast.example)", "Jane (JD) Doe"),
        ("\"Doe, Jane\" <j@coast.example>", "Doe, Jane"),
        ("j@coast.example (Doe, Jane), Jon Holt", "Doe, Jane, Jon Holt"),
        ("Jane Doe (Coast, Jon Holt", "Jane Doe (Coast, Jon Holt"),
    ] {
        assert_eq!(cleaned(raw).as_deref(), Some(expected), "{raw}");
    }
    let two = "jane@coast.example (Jane Doe), Jon Holt <jon@coast.example>";
    assert_eq!(cleaned(two).as_deref(), Some("Jane Doe, Jon Holt"));
    assert_eq!(cleaned("Jane Doe (Coast Wire)").as_deref(), Some("Jane Doe (Coast Wire)"));
    for raw in ["jane@coast.example", "mailto:jane@coast.example", "<jane@coast.example>"] {
        assert_eq!(cleaned(raw), None, "{raw}");
    }
}

#[test]
fn names_on_pages_stand_alone() {
    for (line, expected) in [
        ("By Jane Doe", Some("Jane Doe")),
        ("Von Jane Doe am 22. November 2026", Some("Jane Doe")),
        ("VON JANE DOE", Some("JANE DOE")),
        ("Text: Jane Doe", Some("Jane Doe")),
        ("Par Jane Doe, le 22 novembre 2026", Some("Jane Doe")),
        ("Geschrieben von Jane Doe | Hafen", Some("Jane Doe")),
        ("Jane Doe, Political Editor", Some("Jane Doe")),
        ("Jane Doe und Ann Holt", Some("Jane Doe und Ann Holt")),
        ("By Jane Doe - Published 14 February 2026", Some("Jane Doe")),
        ("Par Jeanne Doux - Publié le 14/02/2026", Some("Jeanne Doux")),
        ("Por Juana Cruz - Publicado el 14 de febrero de 2026", Some("Juana Cruz")),
        ("By Ann Holt — New York", Some("Ann Holt")),
        ("Von Ann Holt – Bremen, 5. März 2024", Some("Ann Holt")),
        ("By Ann Holt in Paris", Some("Ann Holt")),
        ("By Ann Holt in Paris, Bo Lund in Oslo", Some("Ann Holt, Bo Lund")),
        ("Par Jeanne Doux à Lyon", Some("Jeanne Doux")),
        ("Por Ana Lima, Madrid", Some("Ana Lima")),
        ("By Ann — Holt", Some("Ann")),
        ("By Madonna, Prince", Some("Madonna, Prince")),
        ("von der Heide", Some("von der Heide")),
        ("22 November 2026", None),
        ("@janedoe", None),
        ("jane@coast.example", None),
        ("coast.example/jane", None),
        ("coast.net", None),
        ("Coast Media GmbH", None),
        ("admin", None),
        ("", None),
    ] {
        assert_eq!(names(line).as_deref(), expected, "{line}");
    }
    assert_eq!(after_by("Bylaws change"), None);
    assert_eq!(after_by("Von nun an gilt es"), None);
}

#[test]
fn names_and_nothing_else() {
    assert_eq!(recognize("By Jane Doe"), Some("Jane Doe"));
    assert_eq!(recognize("BY JANE DOE"), Some("JANE DOE"));
    assert_eq!(
        recognize("By Jane Doe and Pedro da Costa, Coast Wire."),
        Some("Jane Doe and Pedro da Costa, Coast Wire")
    );
    assert_eq!(recognize("By Ł. O’Hara-Nowak | Political Editor"), Some("Ł. O’Hara-Nowak | Political Editor"));
    assert_eq!(recognize("By Reuters"), Some("Reuters"));
    assert_eq!(recognize("By the Harbour Board"), None);
}

#[test]
fn sentences_are_no_bylines() {
    for line in [
        "By Tuesday Holt had gone.",
        "By 2010, Mr. Holt was back.",
        "By Holt's own argument, nobody counts.",
        "By contrast, Holt stayed.",
        "By Tuesday.",
        "By",
        "By ",
        "Byron Holt",
        "By Jane Doe, “the quiet one”",
    ] {
        assert_eq!(recognize(line), None, "{line}");
    }
}

#[test]
fn known_bylines_are_cleaned() {
    for (raw, expected) in [
        ("By Jane Doe", Some("Jane Doe")),
        ("BY JANE DOE\u{1b}[2J", Some("JANE DOE")),
        ("Jane Doe, Ann Holt; Jane Doe", Some("Jane Doe, Ann Holt")),
        ("Byron Holt", Some("Byron Holt")),
        ("desk@coast.example", None),
        ("Jane Doe, https://coast.example/jane", Some("Jane Doe")),
        (" , ", None),
    ] {
        assert_eq!(cleaned(raw).as_deref(), expected, "{raw}");
    }
}

#[test]
fn credits_of_agencies() {
    assert!(is_credit("(Reporting by Jane Doe in Port Ellery; Editing by Ann Holt)"));
    assert!(!is_credit("Reporting by candlelight, “we managed,” she said."));
}
