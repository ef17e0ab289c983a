//! Sittings among the people of the library: keys in, positions out.

use pullquote::app::{Effect, Event, Layer, Pane, TimelineJob};
use pullquote::article::Article;
use pullquote::export::Format;
use pullquote::quotes::Findings;
use pullquote::ui::Theme;
use pullquote::user::{UserAction, UserState};

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article, three};
use crate::user_actions::linked;

/// Where one is: the list of speakers, a timeline, or an article.
pub fn place(sitting: &Sitting) -> String {
    match sitting.app.views().pane() {
        Pane::People(people) => {
            let selected = people.selected().map_or("nobody", |person| &person.name);
            let names: Vec<&str> = people.all().iter().map(|person| &*person.name).collect();
            format!("{selected} of {}", names.join(", "))
        }
        Pane::Timeline(timeline) => {
            let said = timeline.selected().map_or("nothing", |said| &said.runs[0].words);
            format!("{} says {said}", timeline.name())
        }
        _ => sitting.place(),
    }
}

/// Presses keys in a new sitting at three articles and expects to be somewhere, whatever the size of the screen.
#[track_caller]
pub fn check(keys: &str, wanted: &str) {
    for (width, height) in [(200, 50), (120, 36), (80, 24), (60, 20), (30, 8)] {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press(keys);
        assert_eq!(place(&sitting), wanted, "after {keys} at {width}x{height}");
    }
}

const EVERYONE: &str = "Ines Okafor, Tomas Lindqvist, Rosalind Meer";

#[test]
fn people_list_holds_everyone_who_speaks() {
    check("\"", &format!("Ines Okafor of {EVERYONE}"));
    check("\"<down>", &format!("Tomas Lindqvist of {EVERYONE}"));
    check("\"<esc>G", &format!("Rosalind Meer of {EVERYONE}"));
    check("\"<esc>Gk", &format!("Tomas Lindqvist of {EVERYONE}"));
    check("j\"<esc><esc>", "list: Council Votes Down Night Trams");
    check("j\"<esc>q", "list: Council Votes Down Night Trams");
    check("j\"<esc>\"", "list: Council Votes Down Night Trams");
}

#[test]
fn people_list_is_narrowed_by_typing() {
    check("\"tolin", "Tomas Lindqvist of Tomas Lindqvist");
    check("\"ROS", "Rosalind Meer of Rosalind Meer");
    check("\"ros<bs><bs><bs>", &format!("Ines Okafor of {EVERYONE}"));
    check("\"zeppelin", "nobody of ");
    check("\"zeppelin<enter>", "nobody of ");
    check("\"ros<esc>", "Rosalind Meer of Rosalind Meer");
    check("\"ros<esc><esc>", &format!("Rosalind Meer of {EVERYONE}"));
    check("\"<esc>/ros<enter>", "Rosalind Meer says And a vote,");
}

#[test]
fn enter_waits_for_the_list_of_what_was_typed() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("\"");
    sitting.slow = true;
    sitting.press("tomas<enter>");
    assert_eq!(place(&sitting), format!("Ines Okafor of {EVERYONE}"), "nothing has come yet");
    sitting.slow = false;
    for effect in std::mem::take(&mut sitting.waiting) {
        sitting.answer(effect);
    }
    assert_eq!(place(&sitting), "Tomas Lindqvist says Nobody will be stranded,");
}

#[test]
fn timeline_is_newest_first() {
    check("\"<down><enter>", "Tomas Lindqvist says Nobody will be stranded,");
    check("\"<down><enter>j", "Tomas Lindqvist says I have already lost a bridge,");
    check("\"<down><enter>O", "Tomas Lindqvist says I have already lost a bridge,");
    check("\"<down><enter>OO", "Tomas Lindqvist says Nobody will be stranded,");
    check("\"<enter>2n", "Ines Okafor says Somebody will be,");
    check("\"<enter>Ggjk", "Ines Okafor says The steel is telling us something,");
    check("\"<down><enter>J", "Tomas Lindqvist says I have already lost a bridge,");
    check("\"<down><enter>JK", "Tomas Lindqvist says Nobody will be stranded,");
    check("\"<down><enter>q", &format!("Tomas Lindqvist of {EVERYONE}"));
    check("\"tomas<enter><esc>", "Tomas Lindqvist of Tomas Lindqvist");
    check("\"tomas<enter><esc><esc>", &format!("Tomas Lindqvist of {EVERYONE}"));
}

#[test]
fn leaving_the_timeline_cancels_it() {
    for (keys, ends) in [("<esc>", 1), ("<esc><esc>", 1), ("q", 1), ("j<enter>", 0), ("", 0)] {
        let mut sitting = Sitting::new(80, 24, three());
        sitting.press("\"<down>");
        sitting.slow = true;
        sitting.press("<enter>").press(keys);
        let is_end = |effect: &&Effect| matches!(effect, Effect::Timeline(TimelineJob::Cancel));
        assert_eq!(sitting.asked.iter().filter(is_end).count(), ends, "{keys}");
    }
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press("\"<down><enter><esc>");
    assert!(sitting.asked.is_empty(), "all had been gathered: {:?}", sitting.asked);
}

#[test]
fn article_opens_at_the_quotation_and_leads_back() {
    let quotation = "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,";
    let timeline = "Tomas Lindqvist says I have already lost a bridge,";
    check("\"<down><enter>j<enter>", quotation);
    for back in ["<c-o>", "q", "<esc>", "h"] {
        check(&format!("\"<down><enter>j<enter>{back}"), timeline);
    }
    check("\"<down><enter>j<enter>n", "Minister Keeps His Job: Rosalind Meer: And a vote,");
    check("\"<down><enter>j<enter>n<c-o>", quotation);
    check("\"<down><enter>j<enter>n<c-o><c-o>", timeline);
    check("\"<down><enter>j<enter>qqq", "list: Minister Keeps His Job");
    check("\"<down><enter>j<enter><tab><tab><tab>", quotation);
}

#[test]
fn timeline_opens_from_a_quotation() {
    check("<enter>3nT", "Tomas Lindqvist says Nobody will be stranded,");
    check("<enter>3nTj<enter>", "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,");
    check("<enter>3nTj<enter><c-o>", "Tomas Lindqvist says I have already lost a bridge,");
    let there = "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,";
    check("<enter>3nTj<enter><c-o>q", there);
    check("<enter>3nTj<enter>qq", there);
    check("<enter>3nTq", there);
    // From the speakers of the article as well.
    check("<enter>3n\"T", "Tomas Lindqvist says Nobody will be stranded,");
    check("jj<enter>nT", "Minister Keeps His Job: : Resign!");
}

#[test]
fn merge_and_split_are_undone() {
    let merged = "Ines Okafor of Ines Okafor, Tomas Lindqvist";
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<esc>m");
    assert!(sitting.notice().as_deref().unwrap().contains("Ines Okafor is selected"));
    sitting.press("Gm");
    assert_eq!(place(&sitting), merged);
    let okafor = &sitting.app.views().people().unwrap().all()[0];
    assert_eq!((okafor.spoken.quotations, okafor.articles, okafor.identities), (4, 2, 2));
    sitting.press("U");
    assert_eq!(place(&sitting), format!("Ines Okafor of {EVERYONE}"));
    sitting.press("mGmx");
    assert_eq!(place(&sitting), format!("Ines Okafor of {EVERYONE}"));
    sitting.press("U");
    assert_eq!(place(&sitting), merged, "splitting is taken back");
    sitting.press("U");
    assert_eq!(place(&sitting), format!("Ines Okafor of {EVERYONE}"), "several steps back");
    sitting.press("U");
    assert_eq!(sitting.notice().as_deref(), Some("Nothing to undo"));
    sitting.press("x");
    assert_eq!(sitting.notice().as_deref(), Some("Ines Okafor goes by one name: nothing to split"));
    sitting.press("mm");
    assert!(sitting.app.views().people().unwrap().marked().is_none());
    sitting.press("m<esc>");
    assert!(sitting.app.views().people().unwrap().marked().is_none());
    assert_eq!(sitting.app.layer(), Layer::People);
}

/// Ten articles in which Ines Holt speaks, four in which Jon Holt does, and one with a surname alone.
fn holts() -> Vec<(Article, Findings)> {
    let one = |day: u32| {
        let name = ["Ines Holt", "Jon Holt", "Holt"][usize::from(day > 10) + usize::from(day > 14)];
        article(day, &format!("Bulletin {day}"), &[&format!("{{{name}: “Day {day},”}} the paper had it.")])
    };
    (1..=15).map(one).collect()
}

#[test]
fn short_form_is_merged_with_what_it_perhaps_stands_for() {
    let apart = "Ines Holt, Jon Holt, Holt";
    let mut sitting = Sitting::new(120, 36, holts());
    sitting.press("\"<esc>Gm");
    assert_eq!(place(&sitting), format!("Holt of {apart}"));
    assert_eq!(
        sitting.notice().as_deref(),
        Some(
            "Holt is selected: perhaps Ines Holt · m again merges the two, on another speaker with that one · Esc cancels"
        )
    );
    sitting.press("<esc>");
    assert!(sitting.app.views().people().unwrap().marked().is_none());
    sitting.press("mm");
    assert_eq!(place(&sitting), "Ines Holt of Ines Holt, Jon Holt");
    assert_eq!(sitting.notice().as_deref(), Some("Merged Holt (1) with Ines Holt (10) · U undo"));
    assert_eq!(sitting.app.views().people().unwrap().all()[0].spoken.quotations, 11);
    sitting.press("U");
    assert_eq!(place(&sitting), format!("Ines Holt of {apart}"));
    sitting.press("GmkmU");
    assert_eq!(place(&sitting), format!("Jon Holt of {apart}"), "with another one as ever");
}

/// Two who speak in more than ten articles, and one who speaks in one.
fn often() -> Vec<(Article, Findings)> {
    let one = |day: u32| {
        let name = ["Ines Holt", "Ann Lee", "Ed Roe"][usize::from(day > 12) + usize::from(day > 23)];
        article(day, &format!("Bulletin {day}"), &[&format!("{{{name}: “Day {day},”}} the paper had it.")])
    };
    (1..=24).map(one).collect()
}

#[test]
fn screens_of_people_who_may_be_one_and_of_people_in_order() {
    for (width, height) in SIZES {
        let check = |name: &str, articles, keys: &str| {
            let mut sitting = Sitting::new(width, height, articles);
            check_sitting(&format!("{name}-{width}x{height}"), sitting.press(keys));
        };
        check("proposed", holts(), "\"<esc>G");
        check("proposals", holts(), "\"<esc>j");
        check("asked", often(), "\"<esc>mjm");
        check("sorted", three(), "\"<esc>OO");
    }
}

#[test]
fn doubtful_people_are_thin_and_their_doubtful_quotations_are_counted() {
    let mut one = article(14, "Tram", &["{Ada Birch: “No,”} she said. {Ada Birch: “Go!”} {Otto Lang: “Stop!”}"]);
    (one.1.quotations[1].confidence, one.1.quotations[2].confidence) = (0.5, 0.5);
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, vec![one.clone()]);
        check_sitting(&format!("people-in-doubt-{width}x{height}"), sitting.press("\"<esc>"));
    }
}

#[test]
fn two_who_speak_often_are_merged_only_once_the_user_says_so() {
    let apart = "Ines Holt, Ann Lee, Ed Roe";
    for (width, height) in [(200, 50), (120, 36), (80, 24), (60, 20), (30, 8)] {
        let mut sitting = Sitting::new(width, height, often());
        sitting.press("\"<esc>mjm");
        assert_eq!(sitting.app.prompt().unwrap().label(), "both speak often; merge? ");
        if height > 8 {
            let screen = shown(&drawn(&sitting, &Theme::terminal()));
            assert!(screen.contains("Ines Holt (12)") && screen.contains("Ann Lee (11)"), "{screen}");
        }
        for no in ["n", "<esc>", "N", "<bs>", "<c-u><esc>", "x<down><esc>"] {
            sitting.press(no);
            assert!(sitting.app.prompt().is_none() && sitting.writes.is_empty(), "{no}");
            assert_eq!(sitting.notice().as_deref(), Some("Not merged"), "{no}");
            sitting.press("gmjm");
        }
        sitting.press("y");
        assert_eq!(sitting.notice().as_deref(), Some("Merged Ines Holt (12) with Ann Lee (11) · U undo"));
        assert_eq!(place(&sitting), "Ines Holt of Ines Holt, Ed Roe");
        sitting.press("U");
        assert_eq!(place(&sitting), format!("Ines Holt of {apart}"), "what was merged is selected still");
        sitting.press("gmjm<enter>");
        assert_eq!(place(&sitting), "Ines Holt of Ines Holt, Ed Roe");
        // One of few words needs no second thought.
        sitting.press("mjm");
        assert_eq!(sitting.notice().as_deref(), Some("Merged Ines Holt (23) with Ed Roe (1) · U undo"));
    }
}

#[test]
fn names_that_look_like_one_person_s_are_proposed() {
    let apart = "Ines Holt, Jon Holt, Holt";
    for (width, height) in [(200, 50), (120, 36), (80, 24), (60, 20), (30, 8)] {
        let mut sitting = Sitting::new(width, height, holts());
        sitting.press("\"");
        let says = |sitting: &Sitting, words: &str| {
            let screen = shown(&drawn(sitting, &Theme::terminal()));
            assert!(height == 8 || screen.contains(words), "{width}x{height}: {words}\n{screen}");
        };
        says(&sitting, "   Holt 1 + Ines Holt 10?\n");
        sitting.press("<esc>");
        says(&sitting, "Holt 1 + Ines Holt 10? · + merges · - two people");
        sitting.press("j");
        says(&sitting, "1 name looks like another one's · + goes there");
        sitting.press("+");
        assert_eq!(place(&sitting), format!("Holt of {apart}"), "first one sees who is meant");
        says(&sitting, "Holt 1 + Ines Holt 10?");
        sitting.press("+");
        assert_eq!(place(&sitting), "Ines Holt of Ines Holt, Jon Holt");
        assert_eq!(sitting.notice().as_deref(), Some("Merged Holt (1) with Ines Holt (10) · U undo"));
        sitting.press("U");
        assert_eq!(place(&sitting), format!("Ines Holt of {apart}"));
        sitting.press("-");
        assert_eq!(place(&sitting), format!("Ines Holt of {apart}"));
        assert_eq!(sitting.notice().as_deref(), Some("Holt is not Ines Holt: not proposed again · U undo"));
        assert_eq!(sitting.written().last(), Some(&linked("holt", "ines holt", Some(false))));
        assert_eq!(sitting.app.views().people().unwrap().suggestion_count(), 0);
        sitting.press("+");
        assert!(sitting.notice().unwrap().starts_with("No two names look like one person's"));
        sitting.press("U+");
        assert_eq!(place(&sitting), "Ines Holt of Ines Holt, Jon Holt", "once it is undone, it is proposed again");
    }
}

#[test]
fn like_names_are_proposed_and_dismissed() {
    let said = |name: &str| format!("{{{name}: “Yes,”}} the paper had it.");
    let names =
        ["Tomas Lindqvist", "Tomas Lindqvist", "Tomas Lindqvist", "Tomas Lindquist", "Ines Holt", "Ines Brandt Holt"];
    let articles = names.iter().zip(1..).map(|(name, day)| article(day, &format!("Bulletin {day}"), &[&said(name)]));
    let mut sitting = Sitting::new(120, 36, articles.collect());
    sitting.press("\"<esc>");
    let proposed = |sitting: &Sitting| {
        let people = sitting.app.views().people().unwrap().all().iter();
        people
            .filter_map(|person| Some(format!("{} {}", person.name, person.perhaps.as_ref()?.name)))
            .collect::<Vec<_>>()
    };
    let both = ["Tomas Lindquist Tomas Lindqvist", "Ines Holt Ines Brandt Holt"];
    let mut found = proposed(&sitting);
    found.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(found, both);
    sitting.press("-");
    assert_eq!(proposed(&sitting), both[1..]);
    sitting.press("--");
    assert_eq!(proposed(&sitting), [""; 0], "one goes to the next, and dismisses it");
    sitting.press("UU");
    assert_eq!(proposed(&sitting).len(), 2);
}

#[test]
fn people_are_sorted_and_that_is_kept() {
    let [said, names, first, last] = [
        "Ines Okafor, Tomas Lindqvist, Rosalind Meer",
        "Ines Okafor, Rosalind Meer, Tomas Lindqvist",
        "Tomas Lindqvist, Rosalind Meer, Ines Okafor",
        "Ines Okafor, Tomas Lindqvist, Rosalind Meer",
    ];
    check("\"<esc>O", &format!("Ines Okafor of {names}"));
    check("\"<esc>OO", &format!("Tomas Lindqvist of {first}"));
    check("\"<esc>jOO", &format!("Tomas Lindqvist of {first}"));
    check("\"<esc>GOO", &format!("Rosalind Meer of {first}"));
    check("\"<esc>OOO", &format!("Ines Okafor of {last}"));
    check("\"<esc>OOOO", &format!("Ines Okafor of {said}"));
    check("\"<esc>OOq\"", &format!("Tomas Lindqvist of {first}"));
    check("\"<esc>OOq\"in", "Tomas Lindqvist of Tomas Lindqvist, Rosalind Meer, Ines Okafor");
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<esc>");
    for (notice, heading) in [
        ("By name", "SPEAKER ▲"),
        ("First seen first", "FIRST ▲"),
        ("Last seen first", "LAST ▼"),
        ("By quotations: who says most first", "QUOTES ▼"),
    ] {
        sitting.press("O");
        assert_eq!(sitting.notice().as_deref(), Some(notice));
        let screen = shown(&drawn(&sitting, &Theme::terminal()));
        assert!(screen.contains(heading), "{screen}");
    }
    sitting.press("O");
    let kept = UserAction::Setting { name: "people-order".to_owned(), value: "name".to_owned() };
    assert_eq!(sitting.written().last(), Some(&kept));
    // In another run.
    let state =
        UserState { settings: [("people-order".to_owned(), "first".to_owned())].into(), ..UserState::default() };
    let mut sitting = Sitting::new(120, 36, three());
    sitting.event(Event::UserState(Box::new(state)));
    sitting.press("\"<esc>");
    assert_eq!(place(&sitting), format!("Tomas Lindqvist of {first}"));
}

#[test]
fn list_says_whose_short_form_one_perhaps_is() {
    for width in [60, 80, 120, 200] {
        let mut sitting = Sitting::new(width, 24, holts());
        sitting.press("\"<esc>");
        let screen = shown(&drawn(&sitting, &Theme::terminal()));
        let row = screen.lines().find(|line| line.contains("perhaps Ines Holt")).unwrap();
        assert!(row.trim_start().starts_with("Holt "), "{row}");
    }
}

#[test]
fn short_form_that_was_joined_is_split() {
    let seven = holts().into_iter().take(7).chain(holts().into_iter().skip(14));
    let mut sitting = Sitting::new(120, 36, seven.collect());
    sitting.press("\"<esc>");
    assert_eq!(place(&sitting), "Ines Holt of Ines Holt");
    sitting.press("x");
    assert_eq!(place(&sitting), "Ines Holt of Ines Holt, Holt");
    sitting.press("Gm");
    assert!(sitting.notice().unwrap().starts_with("Holt is selected · "), "it is proposed no more");
    sitting.press("<esc>U");
    assert_eq!(place(&sitting), "Ines Holt of Ines Holt");
}

#[test]
fn next_by_speaker_follows_a_person_under_all_names() {
    let seven = holts().into_iter().take(7).chain(holts().into_iter().skip(14));
    let mut sitting = Sitting::new(120, 36, seven.collect());
    let mut places = Vec::new();
    for keys in ["<enter>n", "*", "#", "<enter>n", "N"] {
        sitting.press(keys);
        places.push(sitting.place());
    }
    let (short, full) = ("Bulletin 15: Holt: Day 15,", "Bulletin 7: Ines Holt: Day 7,");
    assert_eq!(places, [short, full, short, full, short]);
    // What the user split are two people here, too.
    sitting.press("<esc><esc>\"<esc>x<esc>g<enter>*");
    assert_eq!(sitting.place(), short);
    assert_eq!(sitting.notice().as_deref(), Some("No later quotation by Holt"));
}

#[test]
fn unnamed_speaker_has_no_timeline() {
    let one = || vec![article(1, "One", &["{a spokesman: “No,”} he said. {Ed Roe: “Yes.”}"])];
    let mut sitting = Sitting::new(120, 36, one());
    sitting.press("\"<esc>Gm");
    assert_eq!(place(&sitting), "a spokesman of Ed Roe, a spokesman");
    assert!(sitting.notice().as_deref().unwrap().contains("not linked across articles"));
    let mut sitting = Sitting::new(120, 36, one());
    sitting.press("<enter>nT");
    assert!(sitting.notice().as_deref().unwrap().contains("not linked across articles"));
    assert_eq!(sitting.app.views().pane_layer(), Layer::Article);
}

#[test]
fn quotation_is_copied_with_its_article() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<down><enter>jY");
    let copied = "“I have already lost a bridge,” — Tomas Lindqvist, Minister Keeps His Job, Coast Wire, 12 March 2026";
    assert_eq!(sitting.copied, [copied]);
}

#[test]
fn export_writes_a_file() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<down><enter>E");
    assert_eq!(sitting.app.prompt().unwrap().typed(), "tomas-lindqvist.md");
    sitting.press("<tab>");
    assert_eq!(sitting.app.prompt().unwrap().typed(), "tomas-lindqvist.csv");
    sitting.press("<tab><enter>");
    assert_eq!(sitting.exported, [("tomas-lindqvist.json".to_owned(), Format::Json)]);
    assert_eq!(sitting.notice().as_deref(), Some("1 quotation written to tomas-lindqvist.json"));
    sitting.press("E<s-tab><enter>");
    assert_eq!(sitting.exported.len(), 1, "a file that is there is not written over without a word");
    assert_eq!(sitting.app.prompt().unwrap().label(), "file exists; overwrite? ");
    sitting.press("<esc>E<s-tab><enter><enter>");
    assert_eq!(sitting.exported.len(), 2, "but it is once the reader has said so");
    sitting.press("E<c-u>notes<enter>");
    assert_eq!(sitting.exported[2], ("notes".to_owned(), Format::Markdown));
    sitting.press("E<c-u><enter>");
    assert_eq!((sitting.exported.len(), sitting.notice().as_deref()), (3, Some("Export cancelled")));
    sitting.press("qE<esc>");
    assert_eq!(sitting.app.layer(), Layer::People, "from the list too");
}

#[test]
fn correction_counts_at_once() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("<enter>nclindqvist<enter>q\"");
    assert_eq!(place(&sitting), "Tomas Lindqvist of Tomas Lindqvist, Ines Okafor, Rosalind Meer");
}

#[test]
fn click_selects_and_opens() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("\"<esc>");
    let area = sitting.app.panes().people.unwrap();
    let row = pullquote::app::PeopleAreas::of(area).rows.y + 1;
    for _ in 0..2 {
        let effects = sitting.app.command(pullquote::app::Command::Click { column: 10, row });
        sitting.carry_out(effects);
    }
    assert_eq!(place(&sitting), "Tomas Lindqvist says Nobody will be stranded,");
}

#[test]
fn long_timelines_scroll() {
    let many =
        (1..=28).map(|day| article(day, &format!("Bulletin {day}"), &["{Ed Roe: “One,”} {Ed Roe: “two.”}"])).collect();
    let mut sitting = Sitting::new(60, 20, many);
    sitting.press("\"<enter>");
    let mut seen = Vec::new();
    for _ in 0..56 {
        let timeline = sitting.app.views().timeline().unwrap();
        let area = sitting.app.panes().people.unwrap();
        let body = pullquote::app::TimelineAreas::of(area, None).body.height as isize;
        let placed = timeline.layout(area);
        let here = |placed: &&pullquote::app::PlacedSaid| matches!(placed.block, pullquote::app::SaidBlock::Words(at, _) if at == timeline.position());
        let row = placed.iter().find(here).unwrap().row;
        assert!((0..body).contains(&row), "the selected one is on the screen");
        assert!(placed.windows(2).all(|pair| pair[0].row < pair[1].row), "{placed:?}");
        seen.push(timeline.position());
        sitting.press("j");
    }
    assert_eq!(seen, (0..56).collect::<Vec<_>>());
    sitting.press("g<space><space>");
    let down = sitting.app.views().timeline().unwrap().position();
    assert!(down > 4 && down < 20, "{down}");
    sitting.press("bb");
    assert_eq!(sitting.app.views().timeline().unwrap().position(), 0);
    sitting.press("G");
    assert_eq!(sitting.app.views().timeline().unwrap().position(), 55);
}
