//! Several articles of the list at once: how they are picked, and what is done with all of them.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pullquote::app::{Command, Effect, Event, FetchJob, Pane, SearchJob};
use pullquote::article::{Article, ArticleId};
use pullquote::catalog::{Headline, ListOrder};
use pullquote::quotes::Findings;
use pullquote::ui::Theme;
use pullquote::user::{UserAction, UserWrite};

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article};

const WORDS: [&str; 8] = ["Anchor", "Bridge", "Canal", "Dredger", "Estuary", "Ferry", "Gangway", "Harbour"];

/// Eight articles, the newest first, named in the order of the alphabet; the even ones speak of a tide.
fn eight() -> Vec<(Article, Findings)> {
    let one = |(at, word): (usize, &&str)| {
        let about = if at % 2 == 0 { "the tide" } else { "the wind" };
        let said = format!("{{Ines Okafor: “It was {about},”}} she said.");
        let (mut article, findings) = article(20 - at as u32, &format!("{word} News"), &[&said]);
        article.url = (at != 7).then(|| format!("https://coast.example/{}", word.to_lowercase()));
        (article, findings)
    };
    WORDS.iter().enumerate().map(one).collect()
}

fn sitting() -> Sitting {
    Sitting::new(80, 24, eight())
}

fn first(title: &str) -> char {
    title.chars().next().unwrap()
}

/// The first letters of the headlines of which this holds, in the order of the alphabet.
fn letters(sitting: &Sitting, holds: impl Fn(ArticleId) -> bool) -> String {
    let all = sitting.app.catalog().iter().filter(|headline| holds(headline.id));
    all.map(|headline| first(&headline.title)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn picked(sitting: &Sitting) -> String {
    letters(sitting, |id| sitting.app.picks().has(sitting.app.catalog(), id))
}

fn read(sitting: &Sitting) -> String {
    letters(sitting, |id| sitting.app.user().is_read(id))
}

fn starred(sitting: &Sitting) -> String {
    letters(sitting, |id| sitting.app.user().is_starred(id))
}

fn tagged(sitting: &Sitting, tag: &str) -> String {
    letters(sitting, |id| sitting.app.user().tags_of(id).any(|known| known == tag))
}

fn listed(sitting: &Sitting) -> String {
    sitting.listed().into_iter().map(first).collect()
}

/// The message that keys lead to.
fn said(sitting: &mut Sitting, keys: &str) -> String {
    sitting.press(keys);
    sitting.notice().unwrap_or_default()
}

/// What the foot line says on the left.
fn foot(sitting: &Sitting) -> String {
    let height = usize::from(sitting.app.size().height);
    let row = shown(&drawn(sitting, &Theme::terminal())).lines().nth(height - 1).unwrap_or_default().to_owned();
    row.trim().split("   ").next().unwrap_or_default().to_owned()
}

#[test]
fn articles_are_picked_one_by_one_in_ranges_and_all_at_once() {
    for (keys, letters) in [
        (",", "A"),
        (",,", "AB"),
        (",k,", ""),
        ("3,", "ABC"),
        ("G2,", "H"),
        (",jj;", "ABCD"),
        ("G,gjj;", "CDEFGH"),
        (",jjj;G;", "ABCDEFGH"),
        ("jj:pick-above<enter>", "ABC"),
        ("jj:pick-all<enter>", "ABCDEFGH"),
        ("jj:pick above<enter>:unpick<enter>", ""),
        ("/tide<enter>:pick-all<enter>", "ACEG"),
        ("/tide<enter>jj:pick-above<enter><esc>", ""),
        ("/tide<enter>,j;", "ACE"),
        ("OOOg,jj;", "ABCD"),
        ("Og,jj;", "EFGH"),
    ] {
        let mut sitting = sitting();
        sitting.press(keys);
        assert_eq!(picked(&sitting), letters, "{keys}");
    }
}

#[test]
fn place_stays_where_it_is_and_what_does_nothing_says_so() {
    let mut sitting = sitting();
    sitting.press("jj:pick-all<enter>");
    assert_eq!(sitting.place(), "list: Canal News");
    assert_eq!(said(&mut sitting, ":pick-all<enter>"), "All are picked already");
    assert_eq!(said(&mut sitting, ":pick-above<enter>"), "All above are picked already");
    assert_eq!(said(&mut sitting, ":unpick<enter>"), "Unpicked 8 articles");
    assert_eq!(said(&mut sitting, ":unpick<enter>"), "Nothing is picked");
    assert_eq!(said(&mut sitting, ";"), "Pick the first article of the range before · , picks");
    // One that was picked and is not any more is the start of no range.
    assert!(said(&mut sitting, ",k,;").starts_with("Pick the first"));
    let mut none = Sitting::new(80, 24, Vec::new());
    assert_eq!(said(&mut none, ","), "No article is selected");
    assert_eq!(said(&mut none, ":pick-all<enter>"), "No article is selected");
    let mut reading = self::sitting();
    assert_eq!(said(&mut reading, "<enter>,"), "pick works only in the list");
    assert_eq!(said(&mut reading, ":pick-all<enter>"), "pick-all works only in the list");
}

#[test]
fn back_unpicks_before_it_leads_back() {
    let mut sitting = sitting();
    sitting.press("/tide<enter>,,");
    assert_eq!(foot(&sitting), "3 of 4 matching “tide” · 2 picked");
    assert_eq!(said(&mut sitting, "<esc>"), "Unpicked 2 articles");
    assert_eq!((listed(&sitting).as_str(), picked(&sitting).as_str()), ("ACEG", ""));
    sitting.press("<esc>");
    assert_eq!(listed(&sitting), "ABCDEFGH");
    // What lies over the list is closed first.
    sitting.press(",?<esc>");
    assert_eq!(picked(&sitting), "A");
}

#[test]
fn marks_go_to_all_that_are_picked_and_are_undone_at_once() {
    let mut sitting = sitting();
    sitting.press("ujj2,"); // A is read, C and D are picked.
    assert_eq!(said(&mut sitting, "u"), "Marked 2 articles read · U undo");
    assert_eq!((read(&sitting).as_str(), picked(&sitting).as_str()), ("ACD", "CD"));
    assert_eq!(said(&mut sitting, "u"), "Marked 2 articles unread · U undo");
    assert_eq!(read(&sitting), "A");
    // Of some that are read and some that are not, all are read.
    assert_eq!(said(&mut sitting, ":pick-all<enter>u"), "Marked 7 of 8 articles read · U undo");
    assert_eq!(read(&sitting), "ABCDEFGH");
    assert_eq!(said(&mut sitting, "U"), "Undone: marked 7 of 8 articles read");
    assert_eq!(read(&sitting), "A");
    assert_eq!(said(&mut sitting, "U"), "Undone: marked 2 articles unread");
    assert_eq!(read(&sitting), "ACD");
    assert_eq!(said(&mut sitting, "<c-r><c-r>"), "Redone: marked 7 of 8 articles read");
    assert_eq!(read(&sitting), "ABCDEFGH");

    assert_eq!(said(&mut sitting, "<esc>g3,s"), "Starred 3 articles · U undo");
    assert_eq!(starred(&sitting), "ABC");
    assert_eq!(said(&mut sitting, "s"), "Unstarred 3 articles · U undo");
    assert_eq!(said(&mut sitting, "U"), "Undone: unstarred 3 articles");
    assert_eq!(starred(&sitting), "ABC");
    assert_eq!(said(&mut sitting, "<esc>,s"), "Starred “Dredger News” · U undo");
    let entries = sitting.writes.iter().filter(|write| matches!(write, UserWrite::Commit { .. })).count();
    assert_eq!(entries, 7, "one entry for each deed");
}

#[test]
fn tag_is_added_to_all_or_removed_from_all() {
    let mut sitting = sitting();
    sitting.press("tbudget<enter>3,");
    sitting.press("t");
    let screen = shown(&drawn(&sitting, &Theme::terminal()));
    assert!(screen.contains("tag all picked: ") && !screen.contains("✓ budget"), "{screen}");
    assert_eq!(said(&mut sitting, "budget<enter>"), "Tagged 2 of 3 articles with budget · U undo");
    assert_eq!(tagged(&sitting, "budget"), "ABC");
    sitting.press("t");
    assert!(shown(&drawn(&sitting, &Theme::terminal())).contains("✓ budget"));
    assert_eq!(said(&mut sitting, "budget<enter>"), "Removed tag budget from 3 articles · U undo");
    assert_eq!(tagged(&sitting, "budget"), "");
    assert_eq!(said(&mut sitting, "UU"), "Undone: tagged 2 of 3 articles with budget");
    assert_eq!(tagged(&sitting, "budget"), "A");
    assert_eq!(said(&mut sitting, ":tag to-call<enter>"), "Tagged 3 articles with to-call · U undo");
    assert_eq!(tagged(&sitting, "to-call"), "ABC");
}

#[test]
fn removed_articles_go_and_come_back_together() {
    let mut sitting = sitting();
    sitting.press("jj,jj,kkkk");
    assert_eq!(sitting.place(), "list: Canal News");
    assert_eq!(said(&mut sitting, "D"), "Removed 2 articles · U undo");
    assert_eq!((listed(&sitting).as_str(), picked(&sitting).as_str()), ("ABDEGH", ""));
    assert_eq!(sitting.place(), "list: Dredger News", "the next that stays");
    assert_eq!(said(&mut sitting, "U"), "Undone: removed 2 articles");
    assert_eq!(listed(&sitting), "ABCDEFGH");
    sitting.press("<c-r>/is:removed<enter>:pick-all<enter>");
    assert_eq!((listed(&sitting).as_str(), picked(&sitting).as_str()), ("CF", "CF"));
    assert_eq!(said(&mut sitting, "D"), "Restored 2 articles · U undo");
    sitting.press("<esc><esc>");
    assert_eq!(listed(&sitting), "ABCDEFGH");
    // All that there are: nothing is left to be selected.
    sitting.press(":pick-all<enter>D");
    assert_eq!((listed(&sitting).as_str(), sitting.place().as_str()), ("", "list: nothing"));
    sitting.press("U");
    assert_eq!(listed(&sitting), "ABCDEFGH");
}

#[test]
fn addresses_of_all_are_copied_and_opened() {
    let mut sitting = sitting();
    assert_eq!(said(&mut sitting, "3,y"), "Copied the addresses of 3 articles");
    let copied = "https://coast.example/anchor\nhttps://coast.example/bridge\nhttps://coast.example/canal";
    assert_eq!(sitting.copied, [copied]);
    assert_eq!(said(&mut sitting, "o"), "Opening 3 articles");
    assert_eq!(sitting.opened.len(), 3);
    // More than a few only if the user wants it.
    sitting.press(":pick-all<enter>o");
    let asked = foot(&sitting);
    assert!(asked.starts_with("open all of them in the browser?"), "{asked}");
    assert_eq!(said(&mut sitting, "<esc>"), "");
    sitting.press("o");
    assert_eq!(said(&mut sitting, "x"), "Opened none of them");
    assert_eq!(sitting.opened.len(), 3);
    assert_eq!(said(&mut sitting, "o<enter>"), "Opening 7 articles · 1 article without a web address");
    assert_eq!(sitting.opened.len(), 10);
    assert_eq!(said(&mut sitting, "<esc>G,o"), "None of these articles has a web address");
    sitting.press("g3,x");
    let full = |effect: &&Effect| matches!(effect, Effect::Fetch(FetchJob::FullText { .. }));
    assert_eq!(sitting.asked.iter().filter(full).count(), 4);
}

#[test]
fn last_deed_is_repeated_with_all_that_are_picked() {
    let mut sitting = sitting();
    sitting.press("sj3,");
    assert_eq!(said(&mut sitting, "."), "Repeated: starred 3 articles · U undo");
    assert_eq!(starred(&sitting), "ABCD");
    assert_eq!(said(&mut sitting, "."), "Nothing to repeat: all of them are starred already");
    sitting.press("<esc>jj2,");
    assert_eq!(said(&mut sitting, "."), "Repeated: starred 2 articles · U undo");
    assert_eq!(starred(&sitting), "ABCDGH");
    assert_eq!(said(&mut sitting, "<esc>gjjjj."), "Repeated: starred “Estuary News” · U undo");
    assert_eq!(said(&mut sitting, "UUU"), "Undone: starred 3 articles");
    assert_eq!(starred(&sitting), "A");
    // All that are listed are marked read, picked or not.
    sitting.press(",A");
    assert_eq!(read(&sitting), "ABCDEFGH");
}

#[test]
fn picked_articles_that_are_not_listed_are_left_alone() {
    let mut sitting = sitting();
    sitting.press("3,/tide<enter>");
    assert_eq!(
        (foot(&sitting).as_str(), picked(&sitting).as_str()),
        ("1 of 4 matching “tide” · 3 picked, 1 not listed here", "ABC")
    );
    assert_eq!(said(&mut sitting, "s"), "Starred 2 articles · 1 picked is not listed here · U undo");
    assert_eq!(starred(&sitting), "AC");
    let mut sitting = self::sitting();
    sitting.press("2,/harbour<enter>");
    assert_eq!(said(&mut sitting, "s"), "None of the 2 articles that are picked is listed here · Esc unpicks");
    assert_eq!(said(&mut sitting, "."), "Nothing was done yet that can be repeated");
    assert_eq!(
        said(&mut sitting, ":tag budget<enter>"),
        "None of the 2 articles that are picked is listed here · Esc unpicks"
    );
    assert_eq!(starred(&sitting), "");
    // Where nothing is listed they are still there.
    sitting.press("/zeppelin<enter>");
    assert_eq!((listed(&sitting).as_str(), sitting.app.count_picks()), ("", (2, 0)));
    sitting.press("<esc>");
    assert_eq!(picked(&sitting), "");
}

#[test]
fn picks_stay_whatever_is_listed_and_whatever_arrives() {
    let mut sitting = sitting();
    sitting.press("j,j,");
    assert_eq!(picked(&sitting), "BD");
    sitting.press("OOO");
    assert_eq!(sitting.app.list_order(), ListOrder::Headline);
    sitting.arrive(vec![article(25, "Island News", &[]), article(1, "Jetty News", &[])]);
    assert_eq!(picked(&sitting), "BD");
    // Another date is another place.
    let (mut moved, findings) = eight().swap_remove(1);
    moved.dates.published = article(1, "", &[]).0.dates.published;
    sitting.event(Event::Relisted(vec![Headline::of(&moved, &findings)]));
    assert_eq!((picked(&sitting).as_str(), sitting.app.count_picks()), ("BD", (2, 2)));
    sitting.press("hjj<enter>");
    assert_eq!((listed(&sitting).as_str(), sitting.app.count_picks()), ("", (2, 0)));
    sitting.press("hkk<enter>");
    assert_eq!((picked(&sitting).as_str(), sitting.app.count_picks()), ("BD", (2, 2)));
    sitting.press("s");
    assert_eq!(starred(&sitting), "BD");
    sitting.press("hjj<enter>");
    assert_eq!((listed(&sitting).len(), sitting.app.count_picks()), (2, (2, 2)));
}

#[test]
fn all_that_a_search_has_found_so_far_are_picked() {
    let mut sitting = sitting();
    sitting.slow = true;
    sitting.press("/tide<enter>");
    let Some(Effect::Search(SearchJob::Find { request, query })) = sitting.waiting.pop() else { panic!("no search") };
    let mut hits = sitting.library.search(&query, &|| true).unwrap();
    let rest = hits.split_off(2);
    sitting.event(Event::FoundSome { request, hits });
    assert_eq!(said(&mut sitting, ":pick-all<enter>"), "Picked 2 articles so far: the search goes on");
    sitting.event(Event::Found { request, hits: rest });
    assert_eq!((picked(&sitting).as_str(), sitting.app.count_picks()), ("AC", (2, 2)));
    sitting.press(":pick-all<enter>");
    assert_eq!(picked(&sitting), "ACEG");
}

#[test]
fn picks_go_with_their_articles() {
    let mut sitting = sitting();
    let ids: Vec<_> = eight().iter().map(|(article, _)| article.id).collect();
    sitting.press("4,");
    sitting.event(Event::Departed(vec![ids[0]]));
    sitting.event(Event::UserActions(vec![UserAction::Removed { article: ids[1], removed: true }]));
    assert_eq!((picked(&sitting).as_str(), sitting.app.count_picks()), ("CD", (2, 2)));
    assert_eq!(said(&mut sitting, "s"), "Starred 2 articles · U undo");
    // While it is asked which tag, one goes.
    sitting.press("t");
    sitting.event(Event::Departed(vec![ids[2]]));
    assert_eq!(said(&mut sitting, "budget<enter>"), "Tagged “Dredger News” with budget · U undo");
    // What one program undoes another one has done since: the rest is left.
    sitting.event(Event::UserActions(vec![UserAction::Starred { article: ids[3], starred: false }]));
    sitting.press("UU");
    assert_eq!(starred(&sitting), "");
    // One that is back is not picked.
    sitting.event(Event::UserActions(vec![UserAction::Removed { article: ids[1], removed: false }]));
    assert_eq!(picked(&sitting), "D");
}

#[test]
fn successor_of_a_picked_article_is_picked() {
    let mut sitting = sitting();
    let ids: Vec<_> = eight().iter().map(|(article, _)| article.id).collect();
    sitting.press(",");
    let new = article(20, "Quay News", &["New words."]);
    let now = new.0.id;
    sitting.arrive(vec![new]);
    sitting.event(Event::Replaced(vec![(ids[0], now)]));
    sitting.event(Event::Departed(vec![ids[0]]));
    assert_eq!(picked(&sitting), "Q");
}

#[test]
fn other_views_act_on_what_is_open_there() {
    let mut sitting = Sitting::new(120, 36, eight());
    sitting.press("jj3,gg<enter>s");
    assert_eq!((starred(&sitting).as_str(), picked(&sitting).as_str()), ("A", "CDE"));
    assert_eq!(said(&mut sitting, "tbudget<enter>"), "Tagged budget");
    assert_eq!(tagged(&sitting, "budget"), "A");
    sitting.press("nw");
    assert_eq!(sitting.app.user().state().clippings.len(), 1);
    // Back in the list, keys about quotations are about the one beside it.
    sitting.press("qV");
    let Pane::Review(review) = sitting.app.views().pane() else { panic!("no review") };
    assert_eq!(review.name(), "3 picked");
    sitting.press("<esc><esc>V");
    let Pane::Review(review) = sitting.app.views().pane() else { panic!("no review") };
    assert_eq!(review.name(), "All articles");
}

#[test]
fn screens() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, eight());
        sitting.press("s2,j,");
        check_sitting(&format!("picked-{width}x{height}"), &sitting);
    }
    let mut sitting = Sitting::new(60, 20, eight());
    sitting.press("2,/tide<enter>");
    check_sitting("picked-not-listed", &sitting);
    let mut sitting = Sitting::new(60, 20, eight());
    sitting.press(":set signs=ascii<enter>2,");
    check_sitting("picked-ascii", &sitting);
    let mut sitting = Sitting::new(80, 24, eight());
    sitting.press(":pick-all<enter>o");
    check_sitting("picked-opening", &sitting);
}

/// More articles than are dealt with between two keys.
fn many(count: u64) -> Vec<Headline> {
    let (article, findings) = article(3, "Old", &[]);
    let one = Headline::of(&article, &findings);
    (0..count).map(|n| Headline { id: ArticleId(n), title: format!("{n:05}").into(), ..one.clone() }).collect()
}

/// Carries out effects one after the other, until `count` pieces have been done.
fn go_on(sitting: &mut Sitting, effects: &mut Vec<Effect>, count: usize) {
    for _ in 0..count {
        let Some(at) = effects.iter().position(|effect| matches!(effect, Effect::GoOn)) else { return };
        effects.remove(at);
        effects.extend(sitting.app.event(Event::GoOn));
    }
}

#[test]
fn very_many_are_dealt_with_in_pieces() {
    let count = 10_000;
    let mut sitting = Sitting::empty(80, 24);
    sitting.event(Event::Arrived(many(count)));
    sitting.event(Event::Finished);
    sitting.press(":pick-all<enter>");
    let mut effects = sitting.app.command(Command::ToggleStar);
    assert!(sitting.app.user().state().starred.len() < count as usize);
    go_on(&mut sitting, &mut effects, 2);
    let starred = sitting.app.user().state().starred.len();
    assert!(starred > 0 && starred < count as usize, "{starred}");
    assert_eq!(sitting.notice().as_deref(), Some("Marking 10000 articles…"));
    // Keys are answered in between; one that writes waits for all of it.
    effects.extend(sitting.app.command(Command::Down));
    assert_eq!(sitting.app.user().state().starred.len(), starred);
    let quit = sitting.app.command(Command::Quit);
    assert!(matches!(quit.as_slice(), [.., Effect::Quit]));
    let written = |effect: &&Effect| matches!(effect, Effect::Write(UserWrite::Commit { actions, .. }) if actions.len() == count as usize);
    assert_eq!(quit.iter().filter(written).count(), 1);
    assert_eq!(sitting.app.user().state().starred.len(), count as usize);
    effects.extend(quit.into_iter().filter(|effect| !matches!(effect, Effect::Quit)));
    sitting.carry_out(effects);
    assert!(sitting.app.catalog().iter().all(|headline| !sitting.app.user().is_star_pending(headline.id)));
    assert_eq!(said(&mut sitting, "U"), "Undone: starred 10000 articles");
    assert!(sitting.app.user().state().starred.is_empty());
    assert_eq!(said(&mut sitting, "D"), "Removed 10000 articles · U undo");
    assert_eq!(sitting.listed().len(), 0);
    assert_eq!(said(&mut sitting, "U"), "Undone: removed 10000 articles");
    assert_eq!(sitting.listed().len(), count as usize);
    for (keys, why) in [
        ("y", "10000 articles are too many to copy their addresses at once: at most 1000"),
        ("o", "10000 articles are too many to open in the browser at once: at most 50"),
        ("x", "10000 articles are too many to fetch at once: at most 50"),
    ] {
        sitting.press(":pick-all<enter>");
        assert_eq!(said(&mut sitting, keys), why);
    }
}

/// What is picked, as a list that is looked through each time.
#[derive(Debug, Default)]
struct Model {
    picked: BTreeSet<char>,
    last: Option<char>,
}

impl Model {
    fn step(&mut self, step: &str, listed: &[char], selected: Option<usize>) {
        if step == ":unpick<enter>" {
            *self = Self::default();
        }
        let Some(at) = selected else { return };
        let here = listed[at];
        match step {
            "," => {
                if self.picked.remove(&here) {
                    self.last = self.last.filter(|last| *last != here);
                } else {
                    self.picked.insert(here);
                    self.last = Some(here);
                }
            }
            "3," => {
                self.picked.extend(listed.iter().skip(at).take(3));
                self.last = listed.iter().skip(at).take(3).next_back().copied();
            }
            ";" => {
                let last = self.last.filter(|last| self.picked.contains(last));
                if let Some(from) = last.and_then(|last| listed.iter().position(|letter| *letter == last)) {
                    self.picked.extend(&listed[from.min(at)..=from.max(at)]);
                    self.last = Some(here);
                }
            }
            ":pick-above<enter>" => {
                self.picked.extend(&listed[..=at]);
                self.last = Some(here);
            }
            ":pick-all<enter>" => self.picked.extend(listed),
            _ => {}
        }
    }
}

const STEPS: [&str; 16] = [
    ",",
    "3,",
    ";",
    ":pick-above<enter>",
    ":pick-all<enter>",
    ":unpick<enter>",
    "j",
    "k",
    "g",
    "G",
    "O",
    "/<c-u>tide<enter>",
    "/<c-u>wind<enter>",
    "/<c-u>is:starred<enter>",
    "u",
    "s",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn picks_are_those_of_a_plain_model(steps in vec(select(&STEPS[..]), 1..40)) {
        let (mut sitting, mut model) = (sitting(), Model::default());
        for step in steps {
            let listed: Vec<char> = listed(&sitting).chars().collect();
            let selected = sitting.app.list().selected();
            let at = selected.and_then(|id| sitting.app.list().position(sitting.app.catalog(), id));
            let before = starred(&sitting);
            sitting.press(step);
            model.step(step, &listed, at);
            let expected: String = model.picked.iter().collect();
            prop_assert_eq!(picked(&sitting), expected.clone(), "{}", step);
            let here = listed_now(&sitting).filter(|letter| expected.contains(*letter)).count();
            prop_assert_eq!(sitting.app.count_picks(), (expected.len(), here));
            if step == "s" && !expected.is_empty() {
                let meant: BTreeSet<_> = listed.iter().copied().filter(|letter| expected.contains(*letter)).collect();
                let before: BTreeSet<_> = before.chars().collect();
                let after: BTreeSet<_> = if meant.is_subset(&before) { &before - &meant } else { &before | &meant };
                prop_assert_eq!(starred(&sitting), after.into_iter().collect::<String>());
            }
        }
    }
}

fn listed_now(sitting: &Sitting) -> impl Iterator<Item = char> {
    listed(sitting).chars().collect::<Vec<_>>().into_iter()
}
