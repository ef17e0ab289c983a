//! `c`: correcting the speaker of a quotation.

use pullquote::quotes::QuotationKind;
use pullquote::ui::Theme;

use crate::screens::{drawn, shown};
use crate::sitting::{Sitting, article, three};

/// An article in which twelve people speak, one after the other, the first once more at the end.
pub fn twelve(width: u16, height: u16) -> Sitting {
    let names = [
        "Ann Leery",
        "Ann Lee",
        "Bo Carver",
        "Cy Danner",
        "Di Eames",
        "Ed Farrow",
        "Fay Gorse",
        "Gil Hanover",
        "Hal Ilves",
        "Ida Jute",
        "Jo Kessel",
        "Kit Larch",
    ];
    let said = |name: &str, number: usize| {
        format!(
            "{{{name}: “This is number {number} of the things that were said in the hall on that long evening, by {name}.”}}"
        )
    };
    let mut paragraphs: Vec<String> = names.iter().zip(1..).map(|(name, number)| said(name, number)).collect();
    paragraphs.push(said(names[0], 13));
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    Sitting::new(width, height, vec![article(14, "Twelve speak", &paragraphs)])
}

fn speaker(sitting: &Sitting) -> String {
    let reader = sitting.app.reader().unwrap();
    let quotation = reader.current_quotation().unwrap();
    reader.findings.speaker_of(quotation).map_or_else(|| "nobody".to_owned(), |speaker| speaker.name.clone())
}

/// The names from which one may choose, and the chosen one.
fn offered(sitting: &Sitting) -> (Vec<String>, Option<String>) {
    let choices = sitting.app.prompt().unwrap().choices(&sitting.app).unwrap();
    let names: Vec<_> = choices.rows.into_iter().map(|row| row.name).collect();
    let chosen = choices.chosen.and_then(|at| names.get(at).cloned());
    (names, chosen)
}

fn chosen(sitting: &Sitting) -> Option<String> {
    offered(sitting).1
}

#[test]
fn present_speaker_is_chosen_first() {
    for (width, height) in [(120, 36), (80, 24), (60, 20), (30, 8)] {
        let mut sitting = twelve(width, height);
        sitting.press("<enter>7nc");
        assert_eq!(chosen(&sitting), Some("Fay Gorse".to_owned()));
        sitting.press("<enter>");
        assert_eq!(speaker(&sitting), "Fay Gorse", "two keys change no speaker");
        assert_eq!(sitting.notice().as_deref(), Some("Confirmed: Fay Gorse · U undo"));
        // Also once what was typed is taken back.
        sitting.press("cbo<bs><bs>");
        assert_eq!(chosen(&sitting), Some("Fay Gorse".to_owned()));
        sitting.press("<down><enter>");
        assert_eq!(speaker(&sitting), "Gil Hanover");
        assert_eq!(sitting.notice().as_deref(), Some("Corrected: Gil Hanover · U undo"));
    }
}

#[test]
fn present_lack_of_a_speaker_is_chosen_first() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("Gjj<enter>nc");
    assert_eq!(chosen(&sitting), Some("nobody".to_owned()));
    sitting.press("<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Confirmed: nobody · U undo"));
}

#[test]
fn number_of_the_list_chooses_that_row() {
    for (typed, name) in [("7", "Fay Gorse"), ("1", "Ann Leery"), ("12", "Kit Larch"), (" 2 ", "Ann Lee")] {
        let mut sitting = twelve(80, 24);
        sitting.press(&format!("<enter>3nc{typed}<enter>"));
        assert_eq!(speaker(&sitting), name, "c{typed}");
        assert_eq!(sitting.app.reader().unwrap().findings.speakers.len(), 12, "no new person");
    }
}

#[test]
fn number_offers_first_what_it_is_and_then_what_it_may_become() {
    let mut sitting = twelve(80, 24);
    sitting.press("<enter>nc1");
    let names: Vec<_> = ["Ann Leery", "Ida Jute", "Jo Kessel", "Kit Larch"].map(str::to_owned).to_vec();
    assert_eq!(offered(&sitting).0, names);
}

#[test]
fn number_of_no_row_chooses_nothing() {
    for typed in ["13", "0", "99999999999999999999999"] {
        let mut sitting = twelve(80, 24);
        sitting.press(&format!("<enter>3nc{typed}<enter>"));
        assert_eq!(speaker(&sitting), "Bo Carver", "c{typed}");
        let said = format!("“{typed}” is neither a number in the list nor a name");
        assert_eq!(sitting.notice().as_deref(), Some(said.as_str()));
    }
}

#[test]
fn number_in_a_name_is_a_name() {
    let quoted = ["{Ann Lee: “One.”}", "{Channel 4: “Two.”}", "{Bo Carver: “Three.”}"];
    let mut sitting = Sitting::new(80, 24, vec![article(14, "Three speak", &quoted)]);
    sitting.press("<enter>nc4<enter>");
    assert_eq!(speaker(&sitting), "Channel 4", "no row is number 4");
    sitting.press("cRadio 5<enter>");
    assert_eq!(speaker(&sitting), "Radio 5");
}

#[test]
fn whole_name_is_chosen_before_one_that_begins_so() {
    let mut sitting = twelve(80, 24);
    sitting.press("<enter>3ncann lee<enter>");
    assert_eq!(speaker(&sitting), "Ann Lee");
}

#[test]
fn confirmed_speaker_is_no_doubt_any_more() {
    let mut articles = three();
    articles[0].1.quotations[0].confidence = 0.53;
    let mut sitting = Sitting::new(120, 36, articles);
    let certainty = |sitting: &Sitting| sitting.app.reader().unwrap().current_quotation().unwrap().certainty().sign();
    sitting.press("<enter>n");
    assert_eq!(certainty(&sitting), "?");
    sitting.press("+");
    assert_eq!((speaker(&sitting).as_str(), certainty(&sitting)), ("Ines Okafor", "✓"));
    assert_eq!(sitting.notice().as_deref(), Some("Confirmed: Ines Okafor · U undo"));
    sitting.press("U");
    assert_eq!(certainty(&sitting), "?");
    sitting.press("i+");
    assert_eq!(certainty(&sitting), "✓", "in the card too");
}

#[test]
fn all_that_a_speaker_says_here_is_corrected_at_once() {
    let mut sitting = Sitting::new(120, 36, three());
    let speakers = |sitting: &Sitting| -> Vec<String> {
        let findings = &sitting.app.reader().unwrap().findings;
        let names = findings.quotations.iter().map(|quotation| findings.speaker_of(quotation));
        names.map(|speaker| speaker.map_or_else(|| "-".to_owned(), |speaker| speaker.name.clone())).collect()
    };
    sitting.press("<enter>nC");
    assert_eq!(chosen(&sitting), Some("Ines Okafor".to_owned()));
    sitting.press("Rosalind Meer<enter>");
    let (meer, okafor, lindqvist) = ("Rosalind Meer", "Ines Okafor", "Tomas Lindqvist");
    assert_eq!(speakers(&sitting), [meer, meer, "-", lindqvist, meer]);
    assert_eq!(sitting.notice().as_deref(), Some("Corrected: Rosalind Meer (3 quotations) · U undo"));
    sitting.press("U");
    assert_eq!(speakers(&sitting), [okafor, okafor, "-", lindqvist, okafor], "in one step");
    assert!(sitting.notice().unwrap().starts_with("Undone: corrected to Rosalind Meer (3 quotations) in “Harbour"));
}

#[test]
fn all_that_a_speaker_says_leaves_out_what_was_decided() {
    for (width, height) in [(120, 36), (80, 24), (60, 20)] {
        let mut sitting = Sitting::new(width, height, three());
        let about = |sitting: &Sitting| sitting.app.prompt().unwrap().about(&sitting.app);
        let shown = |sitting: &Sitting, words: &str| {
            let screen = shown(&drawn(sitting, &Theme::terminal()));
            assert!(screen.contains(words), "{width}x{height}: {screen}");
        };
        sitting.press("<enter>nC");
        assert_eq!(about(&sitting).as_deref(), Some("3 quotations by Ines Okafor in this article"));
        shown(&sitting, "3 quotations by Ines Okafor in this");
        sitting.press("<esc>+nC");
        let words = "2 quotations by Ines Okafor in this article; 1 that you confirmed or corrected stays";
        assert_eq!(about(&sitting).as_deref(), Some(words));
        shown(&sitting, "2 quotations by Ines Okafor in this");
        sitting.press("Rosalind Meer<enter>");
        let said = "Corrected: Rosalind Meer (2 quotations; 1 that you confirmed or corrected stays) · U undo";
        assert_eq!(sitting.notice().as_deref(), Some(said));
        let findings = &sitting.app.reader().unwrap().findings;
        let names = findings.quotations.iter().map(|quotation| findings.speaker_of(quotation));
        let names: Vec<_> = names.map(|speaker| speaker.map_or("-", |speaker| speaker.name.as_str())).collect();
        assert_eq!(names, ["Ines Okafor", "Rosalind Meer", "-", "Tomas Lindqvist", "Rosalind Meer"]);
        // The one that the user is at is meant, whatever was said of it before.
        sitting.press("NC");
        assert_eq!(about(&sitting).as_deref(), Some("1 quotation by Ines Okafor in this article"));
        // One quotation is shown as it is.
        sitting.press("<esc>c");
        assert_eq!(about(&sitting), None);
    }
}

#[test]
fn speaker_to_whom_nothing_is_left_is_listed_no_more() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("<enter>3n");
    assert_eq!((speaker(&sitting).as_str(), sitting.app.shown_speakers()), ("Tomas Lindqvist", vec![0, 1]));
    sitting.press("cnobody<enter>");
    assert_eq!(sitting.app.shown_speakers(), [0]);
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("SPEAKERS") && !screen.contains("Tomas Lindqvist"), "{screen}");
    // By their number they can be chosen still, and undoing brings them back.
    sitting.press("U");
    assert_eq!(sitting.app.shown_speakers(), [0, 1]);
    sitting.press("cnobody<enter>c2<enter>");
    assert_eq!(sitting.app.shown_speakers(), [0, 1]);
}

fn kind(sitting: &Sitting) -> QuotationKind {
    sitting.app.reader().unwrap().current_quotation().unwrap().kind
}

#[test]
fn kind_is_corrected_too_and_undone() {
    let mut sitting = twelve(80, 24);
    sitting.press("<enter>7nc");
    let (names, _) = offered(&sitting);
    assert_eq!(names[12..], ["nobody", "nobody: a term", "nobody: a title", "Fay Gorse: a few words"]);
    sitting.press("title<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Corrected: nobody: a title · U undo"));
    assert_eq!((speaker(&sitting).as_str(), kind(&sitting)), ("nobody", QuotationKind::Title));
    sitting.press("U");
    assert_eq!((speaker(&sitting).as_str(), kind(&sitting)), ("Fay Gorse", QuotationKind::Speech));
    sitting.press("cfay<down><enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Corrected: Fay Gorse: a few words · U undo"));
    assert_eq!((speaker(&sitting).as_str(), kind(&sitting)), ("Fay Gorse", QuotationKind::Fragment));
    sitting.press("c");
    assert_eq!(chosen(&sitting).as_deref(), Some("Fay Gorse: a few words"), "as it is now");
    sitting.press("<esc>+");
    assert_eq!(kind(&sitting), QuotationKind::Fragment, "what was said of it stays so");
    sitting.press("cspeech<enter>");
    assert_eq!((speaker(&sitting).as_str(), kind(&sitting)), ("Fay Gorse", QuotationKind::Speech));
}
