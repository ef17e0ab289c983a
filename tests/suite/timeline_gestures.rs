//! What one does with a quotation in the timeline: its article is not gone to, nor marked as read.

use pullquote::app::{Card, Pane, PeopleList};
use pullquote::user::UserAction;

use crate::people_journeys::place;
use crate::sitting::{Sitting, three};

/// Three articles, in which all that the minister says is doubtful.
fn doubtful(width: u16, height: u16) -> Sitting {
    let mut articles = three();
    for (_, findings) in &mut articles {
        let minister = findings.speakers.iter().position(|speaker| speaker.name == "Tomas Lindqvist");
        for quotation in findings.quotations.iter_mut().filter(|quotation| quotation.speaker.map(|it| it.0) == minister)
        {
            quotation.confidence = 0.53;
        }
    }
    Sitting::new(width, height, articles)
}

/// The signs of all that is listed.
fn signs(sitting: &Sitting) -> Vec<&'static str> {
    let timeline = sitting.app.views().timeline().unwrap();
    timeline.said().iter().map(|said| said.certainty().sign()).collect()
}

fn is_explained(sitting: &Sitting) -> bool {
    matches!((sitting.app.views().card(), sitting.app.views().pane()), (Some(Card::Why), Pane::Timeline(_)))
}

const FIRST: &str = "Tomas Lindqvist says Nobody will be stranded,";
const SECOND: &str = "Tomas Lindqvist says I have already lost a bridge,";
const NONE: &str = "Tomas Lindqvist says nothing";

#[test]
fn reason_is_told_over_the_timeline() {
    for (width, height) in [(120, 36), (60, 20), (30, 8)] {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press("\"<down><enter>ji");
        assert!(is_explained(&sitting));
        let reader = sitting.app.reader().unwrap();
        assert_eq!(reader.citation(reader.current().unwrap()).unwrap().quoted, "“I have already lost a bridge,”");
        sitting.press("N");
        assert!(is_explained(&sitting), "it goes along");
        assert_eq!(place(&sitting), FIRST);
        let reader = sitting.app.reader().unwrap();
        assert_eq!(reader.citation(reader.current().unwrap()).unwrap().quoted, "“Nobody will be stranded,”");
        sitting.press("n<esc>");
        assert!(sitting.app.views().card().is_none());
        assert_eq!(place(&sitting), SECOND);
        let is_mark = |action: &UserAction| matches!(action, UserAction::Read { .. });
        assert!(!sitting.written().iter().any(is_mark), "nothing is marked as read: {:?}", sitting.written());
        sitting.press("<esc>");
        assert_eq!(sitting.app.views().people().map(PeopleList::position), Some(1));
    }
}

#[test]
fn speaker_is_confirmed_in_the_timeline() {
    let mut sitting = doubtful(120, 36);
    sitting.press("\"<down><enter>j");
    assert_eq!(signs(&sitting), ["?", "?"]);
    sitting.press("+");
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["?", "✓"], SECOND));
    assert_eq!(sitting.notice().as_deref(), Some("Confirmed: Tomas Lindqvist · U undo"));
    sitting.press("U");
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["?", "?"], SECOND));
    sitting.press("k.");
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["✓", "?"], FIRST));
    sitting.press("jijk+<esc>");
    assert_eq!(signs(&sitting), ["✓", "✓"], "in the card too");
    assert!(!sitting.app.user().is_read(sitting.app.reader().unwrap().id()));
}

#[test]
fn sign_is_shown_before_all_is_listed_again() {
    let mut sitting = doubtful(120, 36);
    sitting.press("\"<down><enter>j+");
    sitting.press("U");
    sitting.slow = true;
    sitting.press("+");
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["?", "✓"], SECOND));
}

#[test]
fn speaker_is_corrected_in_the_timeline() {
    let mut sitting = doubtful(120, 36);
    sitting.press("\"<down><enter>c");
    assert!(sitting.app.prompt().is_some_and(|prompt| prompt.choices(&sitting.app).is_some()));
    sitting.press("<esc>");
    assert_eq!(place(&sitting), FIRST);
    sitting.press("cokafor<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Corrected: Ines Okafor · U undo"));
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["?"], NONE), "it is not theirs any more");
    sitting.press("U");
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["?", "?"], FIRST), "it is back");
    sitting.press("cokafor<enter>.");
    assert_eq!(
        sitting.app.views().timeline().unwrap().said().len(),
        1,
        "nothing is done to what the user did not select"
    );
    sitting.press("n");
    assert_eq!((signs(&sitting), place(&sitting).as_str()), (vec!["?"], SECOND), "the next");
    sitting.press(".");
    assert_eq!(sitting.app.views().timeline().unwrap().said().len(), 0, "the same again with the other");
}

#[test]
fn all_of_a_speaker_in_an_article_is_corrected_in_the_timeline() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<esc>g<enter>CMeer<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Corrected: Meer (3 quotations) · U undo"));
}

#[test]
fn key_that_waits_for_an_article_is_dropped_with_the_next() {
    let mut sitting = doubtful(120, 36);
    sitting.press("\"<down><enter>j");
    sitting.slow = true;
    sitting.press("+");
    assert!(sitting.app.is_opening(), "keys wait meanwhile");
    sitting.press("<esc>");
    assert!(!sitting.app.is_opening());
    sitting.slow = false;
    for effect in std::mem::take(&mut sitting.waiting) {
        sitting.answer(effect);
    }
    assert!(!sitting.written().iter().any(|action| matches!(action, UserAction::Corrected { .. })));
    assert!(matches!(sitting.app.views().pane(), Pane::People(_)));
}

#[test]
fn article_below_the_timeline_is_as_it_was() {
    let mut sitting = doubtful(120, 36);
    sitting.press("<enter>3n");
    let before = sitting.place();
    sitting.press("Tj+ki<esc>j+");
    assert_eq!(place(&sitting), SECOND);
    sitting.press("q");
    assert_eq!(sitting.place(), before);
    sitting.press("qjj");
    let reader = sitting.app.reader().unwrap();
    assert_eq!(reader.article.headline(), "Minister Keeps His Job");
    assert!(reader.current_quotation().is_none(), "nobody has been there");
}

#[test]
fn reason_is_told_over_the_clippings() {
    let mut sitting = doubtful(120, 36);
    sitting.press("<enter>3nw]w<esc>Bi");
    assert!(matches!((sitting.app.views().card(), sitting.app.views().pane()), (Some(Card::Why), Pane::Clippings(_))));
    let current = |sitting: &Sitting| {
        let reader = sitting.app.reader().unwrap();
        reader.citation(reader.current().unwrap()).unwrap().quoted
    };
    let first = current(&sitting);
    sitting.press("n");
    assert_ne!(current(&sitting), first);
    sitting.press("<esc><esc>");
    assert!(sitting.app.views().pane().is_list());
}

#[test]
fn people_below_the_timeline_follow_what_is_decided_in_it() {
    let doubtful_of = |sitting: &Sitting| {
        let Pane::People(people) = sitting.app.views().pane() else { panic!("no people") };
        let person = people.selected().unwrap();
        (person.name.to_string(), person.spoken.quotations, person.spoken.doubtful)
    };
    let minister = |doubtful: u32| ("Tomas Lindqvist".to_owned(), 2, doubtful);
    let mut sitting = doubtful(120, 36);
    sitting.press("\"lindqvist<enter>+<esc>");
    assert_eq!(doubtful_of(&sitting), minister(1));
    sitting.press("<enter>U<esc>");
    assert_eq!(doubtful_of(&sitting), minister(2));
    sitting.press("<enter>+j+<esc>");
    assert_eq!(doubtful_of(&sitting), minister(0));
    sitting.press("U");
    assert_eq!(doubtful_of(&sitting), minister(1), "it is on the screen");
    // So does a timeline below another one.
    let mut sitting = doubtful(120, 36);
    sitting.press("<enter>3nT<enter>T+<esc>q");
    assert_eq!(signs(&sitting), ["✓", "?"]);
    sitting.press("<enter>TU<esc>q");
    assert_eq!(signs(&sitting), ["?", "?"]);
}
