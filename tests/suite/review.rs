//! `V`: checking the quotations whose speaker is doubtful, one at a time.

use std::ops::ControlFlow;

use pullquote::app::{Effect, Event, Layer, LoadJob, Pane, Review};
use pullquote::article::{Article, ArticleId};
use pullquote::catalog::Doubtful;
use pullquote::library::Library;
use pullquote::quotes::{Alternative, Corrections, Findings, SpeakerCorrection};
use pullquote::ui::Theme;
use pullquote::user::UserAction;

use crate::people::commit_articles;
use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article, three};

/// Three articles; three of the statements in them are doubtful.
fn doubtful() -> Vec<(Article, Findings)> {
    let mut all = three();
    for (at, quotation, confidence) in [(0, 1, 0.55), (0, 3, 0.7), (2, 1, 0.62)] {
        all[at].1.quotations[quotation].confidence = confidence;
    }
    all
}

const SLEPT: &str = "Harbour Bridge to Close: Ines Okafor: I have not slept.";
const LOST: &str = "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,";
const STRANDED: &str = "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,";

fn sitting() -> Sitting {
    Sitting::new(120, 36, doubtful())
}

fn view(sitting: &Sitting) -> &Review {
    match sitting.app.views().pane() {
        Pane::Review(review) => review,
        other => panic!("{other:?}"),
    }
}

/// What it is of, which of how many is shown, and how many are left.
fn standing(sitting: &Sitting) -> String {
    let review = view(sitting);
    let left = sitting.app.left_to_review(review);
    format!("{}: {} of {}, {left} left", review.name(), review.position() + 1, review.total())
}

/// The corrections that were written.
fn corrected(sitting: &Sitting) -> Vec<SpeakerCorrection> {
    let after = |action| if let UserAction::Corrected { after, .. } = action { after } else { None };
    sitting.written().into_iter().filter_map(after).collect()
}

fn speaker(name: &str) -> SpeakerCorrection {
    SpeakerCorrection::Speaker(name.to_owned())
}

#[test]
fn most_doubtful_statement_comes_first() {
    let mut sitting = sitting();
    sitting.press("V");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (SLEPT, "All articles: 1 of 3, 3 left"));
    assert_eq!(sitting.press("n").place(), LOST);
    assert_eq!(sitting.press("j").place(), STRANDED);
    sitting.press("n");
    assert_eq!(sitting.notice().as_deref(), Some("This is the last one"));
    assert_eq!(sitting.press("k").place(), LOST);
    assert_eq!(sitting.press("N").place(), SLEPT);
    sitting.press("N");
    assert_eq!(sitting.notice().as_deref(), Some("This is the first one"));
    assert_eq!(sitting.written(), [], "looking on decides nothing, and reads nothing");
}

#[test]
fn confirming_goes_on_and_undo_comes_back() {
    let mut sitting = sitting();
    sitting.press("V+");
    assert_eq!(sitting.notice().as_deref(), Some("Confirmed: Ines Okafor · U undo"));
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (LOST, "All articles: 2 of 3, 2 left"));
    assert_eq!(corrected(&sitting), [speaker("Ines Okafor")]);
    sitting.press("N");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("Ines Okafor ✓"), "{screen}");
    sitting.press("n+");
    assert_eq!(standing(&sitting), "All articles: 3 of 3, 1 left");
    sitting.press("U");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (LOST, "All articles: 2 of 3, 2 left"));
    sitting.press("U");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (SLEPT, "All articles: 1 of 3, 3 left"));
    assert_eq!(sitting.library.user_state().corrections.values().map(Corrections::len).sum::<usize>(), 0);
    sitting.press("+++");
    assert_eq!(standing(&sitting), "All articles: 3 of 3, 0 left");
}

#[test]
fn after_the_last_one_those_that_were_skipped_come() {
    let mut sitting = sitting();
    sitting.press("Vnn+");
    assert_eq!(sitting.place(), SLEPT);
    sitting.press("+");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (LOST, "All articles: 2 of 3, 1 left"));
}

#[test]
fn digit_chooses_a_candidate_and_counts_nothing() {
    let mut sitting = sitting();
    sitting.press("V");
    let names: Vec<_> = view(&sitting).candidates().iter().map(|one| one.speaker.clone()).collect();
    assert!(names.len() >= 2 && names.contains(&None), "{names:?}");
    let nobody = names.iter().position(Option::is_none).unwrap() + 1;
    sitting.press(&nobody.to_string());
    assert_eq!(corrected(&sitting), [SpeakerCorrection::NoSpeaker]);
    assert_eq!((sitting.place().as_str(), sitting.app.count()), (LOST, None));
    sitting.press("U");
    let present = names.iter().position(|name| name.as_deref() == Some("Ines Okafor"));
    if let Some(present) = present {
        sitting.press(&(present + 1).to_string());
        assert_eq!(sitting.notice().as_deref(), Some("Confirmed: Ines Okafor · U undo"));
    }
    sitting.press("9");
    assert_eq!(sitting.notice().as_deref(), Some("There is no 9 here · c all speakers"));
}

#[test]
fn correcting_asks_over_the_review() {
    let mut sitting = sitting();
    sitting.press("Vc");
    assert_eq!(sitting.app.views().pane_layer(), Layer::Review);
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("Who said it?") && screen.contains("“I have not slept.”"), "{screen}");
    sitting.press("tomas<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Corrected: Tomas Lindqvist · U undo"));
    assert_eq!((sitting.app.layer(), &*sitting.place()), (Layer::Review, LOST));
    sitting.press("nC");
    sitting.press("ines<enter>");
    // What was corrected just before stays, though its speaker is the same.
    assert_eq!(corrected(&sitting)[1..], [speaker("Ines Okafor")]);
    assert_eq!(sitting.press("U").place(), STRANDED);
    sitting.press("c<esc>");
    assert_eq!((sitting.app.layer(), &*sitting.place()), (Layer::Review, STRANDED));
}

#[test]
fn review_goes_on_where_it_was_left() {
    let mut sitting = sitting();
    sitting.press("Vnq");
    assert_eq!(sitting.app.layer(), Layer::List);
    assert_eq!(sitting.press("V").place(), LOST);
    sitting.press("+qV");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (STRANDED, "All articles: 2 of 2, 2 left"));
    sitting.press("V");
    assert_eq!(sitting.app.layer(), Layer::List, "its own key leads back too");
}

#[test]
fn review_of_an_article_leads_back_to_the_place_in_it() {
    let mut sitting = sitting();
    sitting.press("<enter>3nV");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (SLEPT, "Harbour Bridge to Close: 1 of 2, 2 left"));
    sitting.press("+q");
    assert_eq!(sitting.app.layer(), Layer::Article);
    assert_eq!(sitting.place(), STRANDED);
}

#[test]
fn review_of_a_speaker_is_of_all_articles() {
    let mut sitting = sitting();
    sitting.press("<enter>3n\"V");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (LOST, "Tomas Lindqvist?: 1 of 2, 2 left"));
    let mut sitting = self::sitting();
    sitting.press("<enter>3nTV");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (LOST, "Tomas Lindqvist?: 1 of 2, 2 left"));
    assert_eq!(sitting.press("q").app.layer(), Layer::Timeline);
    let mut sitting = self::sitting();
    sitting.press("\"lindqvist<esc>V");
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (LOST, "Tomas Lindqvist?: 1 of 2, 2 left"));
    assert_eq!(sitting.press("q").app.layer(), Layer::People);
}

#[test]
fn review_of_a_search_is_of_its_hits() {
    let mut sitting = sitting();
    sitting.press("/steel<enter>V");
    assert_eq!(standing(&sitting), "“steel”: 1 of 2, 2 left");
}

#[test]
fn article_is_opened_at_the_statement_and_leads_back() {
    let mut sitting = sitting();
    sitting.press("Vn<enter>");
    assert_eq!((sitting.app.layer(), &*sitting.place()), (Layer::Article, LOST));
    sitting.press("n");
    sitting.press("q");
    assert_eq!((sitting.app.layer(), &*sitting.place()), (Layer::Review, LOST));
    sitting.press("<enter>J<esc>");
    assert_eq!((sitting.app.layer(), &*sitting.place()), (Layer::Review, LOST), "whatever was opened over it");
}

#[test]
fn statement_is_kept_and_copied_from_the_review() {
    let mut sitting = sitting();
    sitting.press("VnwY");
    let kept: Vec<_> = sitting.app.user().state().clippings.values().map(|kept| kept.quoted.clone()).collect();
    assert_eq!(kept, ["“I have already lost a bridge,”"]);
    assert!(
        sitting.copied[0].starts_with("“I have already lost a bridge,” — Tomas Lindqvist?"),
        "{:?}",
        sitting.copied
    );
}

#[test]
fn nothing_is_decided_about_what_is_not_on_the_screen() {
    let mut sitting = sitting();
    sitting.press("j");
    sitting.slow = true;
    sitting.press("V");
    let jobs = std::mem::take(&mut sitting.waiting);
    jobs.into_iter().filter(|job| matches!(job, Effect::Review(_))).for_each(|job| sitting.answer(job));
    for key in ["+", "c", "1"] {
        assert_eq!(sitting.refused(key).as_deref(), Some("Nothing to decide yet"), "{key}");
    }
    assert_eq!(corrected(&sitting).len(), 0);
    // An article that is gone is left out, with all of its statements.
    let request = sitting.waiting.iter().find_map(|job| match job {
        Effect::Load(LoadJob::Article { request, .. }) => Some(*request),
        _ => None,
    });
    sitting.slow = false;
    sitting.event(Event::Missing { request: request.unwrap() });
    assert_eq!((sitting.place().as_str(), view(&sitting).total()), (LOST, 2));
}

#[test]
fn nothing_to_check_is_said() {
    let mut sitting = Sitting::new(80, 24, three());
    check_sitting("nothing_to_check", sitting.press("V"));
    assert_eq!(sitting.press("n+1c<esc>qV<esc>").app.layer(), Layer::List);
}

#[test]
fn statement_of_several_runs_is_confirmed_as_a_whole() {
    let mut one =
        article(14, "Tram", &["{Ada Birch: “It is late,”} she said, {+Ada Birch: “as ever.”} Then {Ada Birch: “Go.”}"]);
    one.1.quotations[1].confidence = 0.5;
    let mut sitting = Sitting::new(80, 24, vec![one]);
    sitting.press("V");
    assert_eq!(standing(&sitting), "All articles: 1 of 1, 1 left");
    sitting.press("+");
    assert_eq!(corrected(&sitting), [speaker("Ada Birch"), speaker("Ada Birch")]);
}

/// A statement of two quotations, the second of which is doubtful; twelve could have spoken it, or nobody.
fn many_candidates(width: u16, height: u16) -> Sitting {
    let paragraph = "The engineer and the minister met on the quay, in the rain. Of the bridge, which had swayed since the autumn, \
        {Ines Okafor: “The steel is telling us something, and it has told us for years,”} she said at noon, while the ferries \
        waited, {+Ines Okafor: “but nobody wrote it down.”} Nobody else spoke.";
    let said = "{Tomas Lindqvist: “Nobody will be stranded,”} said the minister.";
    let mut one = article(14, "Harbour Bridge to Close for a Year, and Perhaps for Longer", &[paragraph, said]);
    one.1.quotations[1].confidence = 0.53;
    "cue 'said', subject 'she', who is Ines Okafor".clone_into(&mut one.1.quotations[1].reason.0);
    one.1.speakers[0].role = Some("engineer of the Port Authority".to_owned());
    let mut sitting = Sitting::new(width, height, vec![one]);
    let names = ["Ines Okafor", "Tomas Lindqvist", "the Port Authority", "Rosalind Meer", "Omar Reed", "Ada Birch"];
    let more = ["Otto Lang", "the captain of the ferry Saint Brannoc", "Jo Kessel", "Bo Carver", "Cy Danner"];
    let speakers = names.into_iter().chain(more).map(Some).chain([None]);
    let shares = [0.53, 0.2, 0.08, 0.05, 0.04, 0.03, 0.02, 0.014, 0.012, 0.01, 0.008, 0.006];
    let all =
        speakers.zip(shares).map(|(name, probability)| Alternative { speaker: name.map(str::to_owned), probability });
    sitting.alternatives = Some(all.collect());
    sitting
}

#[test]
fn nobody_is_always_among_those_with_a_number() {
    let mut sitting = many_candidates(120, 36);
    sitting.press("V");
    let candidates = view(&sitting).candidates();
    assert_eq!((candidates.len(), &candidates[8].speaker, view(&sitting).others()), (9, &None, 3));
    sitting.press("9");
    assert_eq!(corrected(&sitting), [SpeakerCorrection::NoSpeaker, SpeakerCorrection::NoSpeaker]);
}

#[test]
fn screens_of_the_review() {
    for (width, height) in SIZES.into_iter().chain([(30, 8)]) {
        check_sitting(&format!("review_{width}x{height}"), many_candidates(width, height).press("V"));
    }
    check_sitting("review_decided", many_candidates(80, 24).press("V+"));
    check_sitting("review_correcting", many_candidates(60, 20).press("Vc"));
}

/// The doubtful statements of all articles: their articles and confidences.
fn found(library: &Library, ids: &[ArticleId]) -> Vec<(ArticleId, f32)> {
    let mut all = Vec::new();
    let sink = &mut |found: Vec<Doubtful>, _: usize| {
        all.extend(found);
        ControlFlow::Continue(())
    };
    library.doubtful_in(ids, false, sink).unwrap();
    all.sort_by(Doubtful::standing);
    all.into_iter().map(|one| (one.article, one.confidence)).collect()
}

#[test]
fn library_leaves_out_what_was_decided_or_removed() {
    let folder = tempfile::TempDir::new().unwrap();
    let library = Library::open(&folder.path().join("library.sqlite3")).unwrap();
    let all = doubtful();
    let ids: Vec<_> = all.iter().map(|(article, _)| article.id).collect();
    let start = all[0].1.quotations[1].span.start;
    // Some are committed, some are not yet.
    commit_articles(&library, "/news/0.txt", all[0].clone());
    library.add(all[2].0.clone(), all[2].1.clone());
    assert_eq!(found(&library, &ids), [(ids[0], 0.55), (ids[2], 0.62), (ids[0], 0.7)]);
    let action = crate::user_actions::corrected(ids[0], start, Some(speaker("Ines Okafor")));
    library.note(&[action]).unwrap();
    assert_eq!(found(&library, &ids), [(ids[2], 0.62), (ids[0], 0.7)]);
    library.note(&[UserAction::Removed { article: ids[2], removed: true }]).unwrap();
    assert_eq!(found(&library, &ids), [(ids[0], 0.7)]);
}

#[test]
fn speech_inside_speech_is_checked_too() {
    let mut all = three();
    let inner = &mut all[0].1.quotations[1];
    (inner.depth, inner.confidence, inner.speaker) = (1, 0.6, Some(pullquote::quotes::SpeakerId(1)));
    let mut sitting = Sitting::new(120, 36, all);
    sitting.alternatives = Some(vec![Alternative { speaker: Some("Tomas Lindqvist".to_owned()), probability: 0.6 }]);
    sitting.press("V");
    let asked = "Harbour Bridge to Close: Tomas Lindqvist: I have not slept.";
    assert_eq!((sitting.place().as_str(), &*standing(&sitting)), (asked, "All articles: 1 of 1, 1 left"));
    sitting.press("1U2U+Ucines<enter>");
    let expected = [speaker("Tomas Lindqvist"), SpeakerCorrection::NoSpeaker];
    assert_eq!(corrected(&sitting)[..2], expected);
    assert_eq!(corrected(&sitting)[2..], [speaker("Tomas Lindqvist"), speaker("Ines Okafor")]);
    // It has its sign beside the number of the one in whose speech it stands.
    let mut all = three();
    let inner = &mut all[0].1.quotations[1];
    (inner.depth, inner.confidence, inner.speaker) = (1, 0.6, Some(pullquote::quotes::SpeakerId(1)));
    let mut sitting = Sitting::new(120, 36, all);
    sitting.press("<enter>");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    let row = screen.lines().find(|line| line.contains("The steel is telling us")).unwrap();
    assert!(row.contains("1 ?"), "{row}");
}

#[test]
fn what_was_decided_before_the_review_was_opened_again_comes_back_with_undo() {
    let mut sitting = sitting();
    sitting.press("V");
    let first = sitting.place();
    sitting.press("+");
    assert_ne!(sitting.place(), first);
    sitting.press("qV");
    let total = view(&sitting).total();
    sitting.press("U");
    assert_eq!((sitting.place(), view(&sitting).total()), (first, total + 1));
}
