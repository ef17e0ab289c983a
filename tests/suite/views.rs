//! The stack of views: whatever was opened over what, Back leads back to it.

use proptest::prelude::*;
use pullquote::app::{Layer, Pane};

use crate::people_journeys::{check, place};
use crate::sitting::{Sitting, article, three};

#[test]
fn timeline_opened_from_an_article_of_a_timeline_leads_back_to_both() {
    let there = "\"<down><enter>j<enter>nT";
    check(there, "Rosalind Meer says And a vote,");
    check(&format!("{there}<esc>"), "Minister Keeps His Job: Rosalind Meer: And a vote,");
    check(&format!("{there}<esc><esc>"), "Tomas Lindqvist says I have already lost a bridge,");
    check(&format!("{there}<esc><esc><esc>"), "Tomas Lindqvist of Ines Okafor, Tomas Lindqvist, Rosalind Meer");
    check(&format!("{there}\""), "Minister Keeps His Job: Rosalind Meer: And a vote,");
}

#[test]
fn search_from_an_article_leads_back_to_the_place_in_it() {
    let there = "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,";
    check("<enter>3nFjob<enter>", "list: Minister Keeps His Job");
    check("<enter>3nFjob<esc>", there);
    check("<enter>3nFjob<enter><enter>q", "list: Minister Keeps His Job");
    check("<enter>3nFjob<enter><enter>q<esc>", there);
    // A search that is edited begins where it began.
    check("<enter>3nFjob<enter><enter>Ftram<esc>", there);
}

#[test]
fn search_from_an_article_leads_back_to_the_one_speaker_shown_in_it() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("<enter>3n<enter>Fjob<enter><enter>q<esc>");
    let reader = sitting.app.reader().unwrap();
    let only = reader.only.map(|only| reader.findings.speakers[only.0].name.as_str());
    assert_eq!(only, Some("Tomas Lindqvist"));
}

#[test]
fn search_from_the_speakers_leads_back_to_them() {
    check("\"<down><esc>:search-all<enter>tram<enter>", "list: Council Votes Down Night Trams");
    check("\"<down><esc>:search-all<enter>tram<esc>", "Tomas Lindqvist of Ines Okafor, Tomas Lindqvist, Rosalind Meer");
}

#[test]
fn article_stays_alone_in_whatever_is_opened_from_it() {
    for keys in [
        "<enter>zT<enter>",
        "<enter>nzT<enter>",
        "<enter>zFjob<enter><enter>",
        "<enter>nT<enter>z<esc><esc>",
        "<enter>nzT<enter>J",
    ] {
        let mut sitting = Sitting::new(120, 36, three());
        sitting.press(keys);
        let panes = sitting.app.panes();
        assert!(panes.article.is_some() && panes.list.is_none(), "after {keys}");
    }
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("<enter>zq<enter>");
    assert!(sitting.app.panes().list.is_none(), "it stays so until it is changed");
}

#[test]
fn search_of_all_articles_begins_in_every_pane() {
    for keys in ["F", "<enter>F", "<enter>\"F", "hF", "\"<esc>F", "<enter>nTF"] {
        let mut sitting = Sitting::new(120, 36, three());
        sitting.press(keys).press("job<enter>");
        assert_eq!(sitting.place(), "list: Minister Keeps His Job", "after {keys}");
    }
}

#[test]
fn finding_that_is_given_up_leaves_no_jump_behind() {
    let there = "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,";
    check("<enter>3n/harbour<esc>", there);
    check("<enter>3n/harbour<esc><c-o>", "Harbour Bridge to Close: : ");
}

#[test]
fn quotations_jumped_to_from_the_speakers_stay_current() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("<enter>n\"n<esc>");
    assert_eq!(place(&sitting), "Harbour Bridge to Close: Ines Okafor: I have not slept.");
}

#[test]
fn saving_a_search_says_under_which_name() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("/job<enter>S<c-u>Jobs<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Saved as “Jobs” · h sidebar · U undo"));
}

#[test]
fn arrows_leave_the_collection_selected_that_is_being_renamed() {
    let mut sitting = crate::sources::sitting(80, 24);
    sitting.press("hGc<up>");
    let selected = sitting.app.feed_here().unwrap().name.clone();
    assert_eq!((sitting.app.layer(), sitting.app.prompt().unwrap().typed()), (Layer::Prompt, selected.as_str()));
}

#[test]
fn timeline_follows_undo() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<esc>mGm<enter>");
    let count = |sitting: &Sitting| sitting.app.views().timeline().map(|timeline| timeline.said().len());
    assert_eq!(count(&sitting), Some(4), "Okafor and Meer are one");
    sitting.press("GU");
    assert_eq!(count(&sitting), Some(3));
    sitting.press("Gk<c-r>j");
    assert_eq!(count(&sitting), Some(4));
    // A correction of what is shown.
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("<enter>ncZed<enter>T");
    assert_eq!(place(&sitting), "Zed says The steel is telling us something,");
    sitting.press("U");
    assert_eq!((place(&sitting).as_str(), count(&sitting)), ("Zed says nothing", Some(0)));
    sitting.press("<esc>");
    assert_eq!(place(&sitting), "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
}

#[test]
fn removed_article_leads_back_to_the_timeline() {
    check("\"<down><enter>j<enter>D", "Tomas Lindqvist says I have already lost a bridge,");
    check("<enter>nD", "list: Council Votes Down Night Trams");
}

#[test]
fn tab_leaves_a_list_only_for_what_is_listed() {
    for keys in ["<enter>Fzzz<enter><tab>", "<enter>Fzzz<enter><s-tab>"] {
        let mut sitting = Sitting::new(120, 36, three());
        sitting.press(keys);
        assert_eq!(sitting.app.layer(), Layer::List, "after {keys}");
    }
}

#[test]
fn tasks_are_listed_and_stopped() {
    use pullquote::app::{Effect, Event, Task, TaskId, TaskKind};
    let task = |id, kind| Task { id: TaskId(id), kind, progress: Some((3, 9)) };
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press(":tasks<enter>");
    assert_eq!(
        (sitting.app.layer(), sitting.notice().as_deref()),
        (Layer::List, Some("Nothing runs in the background"))
    );
    sitting.event(Event::Tasks(vec![task(1, TaskKind::ReadFiles), task(2, TaskKind::RefreshFeeds)]));
    sitting.press(":tasks<enter>");
    assert_eq!(sitting.app.layer(), Layer::Tasks);
    sitting.press("jx");
    assert!(matches!(sitting.asked.last(), Some(Effect::StopTask(TaskId(2)))), "{:?}", sitting.asked);
    assert_eq!(sitting.notice().as_deref(), Some("Stopping: Refreshing feeds"));
    // The selected task ends: another one is selected.
    sitting.event(Event::Tasks(vec![task(1, TaskKind::ReadFiles)]));
    sitting.press("x");
    assert!(matches!(sitting.asked.last(), Some(Effect::StopTask(TaskId(1)))), "{:?}", sitting.asked);
    sitting.event(Event::Tasks(Vec::new()));
    let asked = sitting.asked.len();
    sitting.press("xj<esc>");
    assert_eq!((sitting.app.layer(), sitting.asked.len()), (Layer::List, asked));
}

/// Keys that open and close views, and some that act in them.
const KEYS: &[&str] = &[
    "<enter>", "<esc>", "q", "h", "l", "<tab>", "<s-tab>", "\"", "T", "B", "w", "F", "/", "<down>", "<up>", "n", "N",
    "*", "]", "J", "K", "<c-o>", "z", "i", "?", "!", ":", "c", "s", "D", "U", "m", "o", "e", "g", "G", "t", "A", "S",
    "E", "a", "<bs>",
];

proptest! {
    #![proptest_config(crate::properties::cases(256))]

    /// Whatever was opened over what, Back leads back to the list of all articles, one view at a time.
    #[test]
    fn back_leads_back_to_the_list(walk in prop::collection::vec(0..KEYS.len(), 0..40), size in 0..4_usize) {
        let (width, height) = [(200, 50), (120, 36), (60, 20), (30, 8)][size];
        let more = article(11, "Ferry to Sail Again", &["{Ines Okafor: “At last,”} she said.", "{Rosalind Meer: “Yes.”}"]);
        let mut sitting = Sitting::new(width, height, three().into_iter().chain([more]).collect());
        for key in walk {
            sitting.press(KEYS[key]);
            // What is on the screen fits what has the keys.
            let panes = sitting.app.panes();
            let is_shown = match sitting.app.views().pane() {
                Pane::List | Pane::Results(_) => panes.list.is_some(),
                Pane::Article(_) => panes.article.is_some(),
                Pane::Speakers(_) => panes.speakers.is_some() || height < 14,
                Pane::Sidebar => panes.sidebar.is_some(),
                Pane::People(_) | Pane::Timeline(_) | Pane::Clippings(_) | Pane::Review(_) => {
                    panes.people.is_some()
                },
            };
            prop_assert!(is_shown, "{:?}", sitting.app.views().pane());
        }
        let mut steps = 0;
        while sitting.app.layer() != Layer::List || sitting.app.search().is_some() {
            sitting.press("<esc>");
            steps += 1;
            prop_assert!(steps < 100, "{:?}", sitting.app.views());
        }
        sitting.press("<esc><esc>q");
        prop_assert!(sitting.ended);
    }
}
