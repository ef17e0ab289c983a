//! Whole sittings: keys in, places out.

use pullquote::app::{Effect, Event, HighlightMode, Layer, SearchJob};

use crate::sitting::{Sitting, article, three};
use pullquote::user::UserAction;

fn wide() -> Sitting {
    Sitting::new(120, 36, three())
}

/// Presses keys in a new sitting at three articles and expects to be somewhere.
#[track_caller]
fn check(keys: &str, place: &str) {
    for (width, height) in [(120, 36), (80, 24), (60, 20), (30, 8)] {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press(keys);
        assert_eq!(sitting.place(), place, "after {keys} at {width}x{height}");
    }
}

#[test]
fn newest_headline_is_selected() {
    check("", "list: Harbour Bridge to Close");
}

#[test]
fn list_is_moved_through() {
    check("j", "list: Council Votes Down Night Trams");
    check("2j", "list: Minister Keeps His Job");
    check("99j", "list: Minister Keeps His Job");
    check("Gk", "list: Council Votes Down Night Trams");
    check("Gg", "list: Harbour Bridge to Close");
    check("<pgdn><pgup>", "list: Harbour Bridge to Close");
    check("k", "list: Harbour Bridge to Close");
}

#[test]
fn article_is_opened_and_closed() {
    check("<enter>", "Harbour Bridge to Close: : ");
    check("jl", "Council Votes Down Night Trams: : ");
    for back in ["q", "h", "<esc>", "<bs>"] {
        check(&format!("j<enter>{back}"), "list: Council Votes Down Night Trams");
    }
}

#[test]
fn quotations_follow_one_another() {
    check("<enter>n", "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
    check("<enter>nn", "Harbour Bridge to Close: Ines Okafor: I have not slept.");
    check("<enter>3n", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    check("<enter>3nN", "Harbour Bridge to Close: Ines Okafor: I have not slept.");
}

#[test]
fn quotations_continue_in_the_next_article_that_has_some() {
    check("<enter>5n", "Minister Keeps His Job: : Resign!");
    check("<enter>5nN", "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
}

#[test]
fn same_speaker_is_followed_across_articles() {
    check("<enter>n*", "Harbour Bridge to Close: Ines Okafor: I have not slept.");
    check("<enter>n2*", "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
    check("<enter>3n*", "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,");
    check("<enter>3n*#", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    check("<enter>n9*", "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
}

#[test]
fn other_speaker_is_found() {
    check("<enter>n]", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    check("<enter>n]]", "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
    check("<enter>n]]]", "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,");
    check("<enter>n][", "Harbour Bridge to Close: Ines Okafor: I have not slept.");
}

#[test]
fn jump_back_returns_to_the_position_before() {
    check("<enter>3n*<c-o>", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    check("<enter>nn<c-o>", "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
    check("<enter>5n9<c-o>", "Harbour Bridge to Close: : ");
    let mut sitting = wide();
    sitting.press("<enter><c-o>");
    assert_eq!(sitting.notice().as_deref(), Some("No earlier position"));
}

#[test]
fn filter_shows_one_speaker_only() {
    check("<enter>n<enter>nn", "Harbour Bridge to Close: Ines Okafor: Somebody will be,");
    check("<enter>n<enter><esc>2n", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    check("<enter>\"j<enter>", "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    // Their trail leads through the other articles, and through theirs only.
    check("<enter>\"j<enter>n", "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,");
    check("<enter>\"j<enter>nn", "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,");
}

#[test]
fn unread_articles_follow_one_another() {
    check("<enter>qn", "list: Council Votes Down Night Trams");
    check("j<enter>qgn", "list: Minister Keeps His Job");
    let mut sitting = wide();
    sitting.press("An");
    assert_eq!(sitting.notice().as_deref(), Some("No unread article below"));
}

#[test]
fn neighbouring_articles_are_opened() {
    check("<enter>J", "Council Votes Down Night Trams: : ");
    check("<enter>JJK", "Council Votes Down Night Trams: : ");
    check("<enter>2J", "Minister Keeps His Job: : ");
    check("<enter>JJJ", "Minister Keeps His Job: : ");
}

#[test]
fn search_finds_articles() {
    let mut sitting = wide();
    sitting.press("/brid");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
    sitting.press("ge minister");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
    sitting.press("<c-u>trams");
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams"]);
    sitting.press("<c-u>zeppelin");
    assert!(sitting.listed().is_empty());
    assert_eq!(sitting.place(), "list: nothing");
}

#[test]
fn search_finds_a_speaker() {
    let mut sitting = wide();
    sitting.press("/speaker:meer<enter>");
    assert_eq!(sitting.listed(), ["Minister Keeps His Job"]);
    sitting.press("<enter>");
    assert_eq!(sitting.place(), "Minister Keeps His Job: Rosalind Meer: And a vote,");
}

#[test]
fn cancelled_search_leaves_no_trace() {
    check("j/bridge<esc>", "list: Council Votes Down Night Trams");
    check("j/bridge<enter><esc>", "list: Council Votes Down Night Trams");
    check("j/bridge<enter>j<enter>q<esc>", "list: Council Votes Down Night Trams");
    check("j/<bs>", "list: Council Votes Down Night Trams");
    check("<enter>nnF trams<esc>", "Harbour Bridge to Close: Ines Okafor: I have not slept.");
}

#[test]
fn accepted_search_lists_hits_only() {
    check("/trams<enter><enter>", "Council Votes Down Night Trams: : ");
    check("/bridge<enter>n", "list: Minister Keeps His Job");
    check("/bridge<enter>jN", "list: Harbour Bridge to Close");
    check("/bridge<down><enter>", "list: Minister Keeps His Job");
}

#[test]
fn find_selects_matches_in_an_article() {
    let mut sitting = wide();
    sitting.press("<enter>/okafor");
    let standing = |sitting: &Sitting| sitting.app.reader().unwrap().find.as_ref().map(pullquote::app::Find::standing);
    assert_eq!(standing(&sitting), Some((1, 2)));
    sitting.press("<enter>n");
    assert_eq!(standing(&sitting), Some((2, 2)));
    sitting.press("n");
    assert_eq!(standing(&sitting), Some((1, 2)), "round the end");
    sitting.press("<esc>");
    assert_eq!(standing(&sitting), None);
    sitting.press("n");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
}

#[test]
fn cancelled_find_returns_to_the_position_before() {
    let mut sitting = Sitting::new(60, 12, three());
    sitting.press("<enter>");
    let before = sitting.first_row().to_owned();
    sitting.press("/somebody");
    assert_ne!(sitting.first_row(), before);
    sitting.press("<esc>");
    assert_eq!(sitting.first_row(), before);
}

#[test]
fn marks_are_set_and_undone() {
    let mut sitting = wide();
    let unread = |sitting: &Sitting| sitting.app.catalog().len() - sitting.app.user().read_count();
    assert_eq!(unread(&sitting), 3, "looking at a headline is not reading");
    sitting.press("<enter>q");
    assert_eq!(unread(&sitting), 2);
    sitting.press("u");
    assert_eq!(unread(&sitting), 3);
    sitting.press("A");
    assert_eq!(unread(&sitting), 0);
    sitting.press("U");
    assert_eq!(unread(&sitting), 3);
    sitting.press("U");
    assert_eq!(unread(&sitting), 2);
    sitting.press("js");
    let id = sitting.app.list().selected().unwrap();
    assert!(sitting.app.user().is_starred(id));
    assert!(sitting.written().contains(&UserAction::Starred { article: id, starred: true }));
}

#[test]
fn position_is_written_and_restored() {
    let mut sitting = Sitting::new(60, 10, three());
    sitting.press("<enter>3jqj<enter>q");
    let is_moved = |action: &UserAction| matches!(action, UserAction::Position { offset: 1.., .. });
    assert_eq!(sitting.written().into_iter().filter(is_moved).count(), 1);
    sitting.press("k<enter>");
    let row = sitting.first_row().to_owned();
    sitting.press("qj<enter>qk<enter>");
    assert_eq!(sitting.first_row(), row);
}

#[test]
fn quotation_is_copied() {
    let mut sitting = wide();
    sitting.press("<enter>nY");
    let copied =
        "“The steel is telling us something,” — Ines Okafor, Harbour Bridge to Close, Coast Wire, 14 March 2026";
    assert_eq!(sitting.copied, [copied]);
    assert_eq!(sitting.notice().as_deref(), Some(format!("Copied: {copied}").as_str()));
    sitting.press("y");
    assert_eq!(sitting.copied[1], "-");
}

#[test]
fn speaker_is_corrected() {
    let quoted = |name: &str| format!("Harbour Bridge to Close: {name}: The steel is telling us something,");
    for (width, height) in [(120, 36), (60, 20)] {
        let mut sitting = Sitting::new(width, height, three());
        // The second speaker of the list, a new name, no speaker.
        sitting.press("<enter>nc<down><enter>");
        assert_eq!(sitting.place(), quoted("Tomas Lindqvist"));
        sitting.press("cMara Deniz<enter>");
        assert_eq!(sitting.place(), quoted("Mara Deniz"));
        assert!(sitting.app.reader().unwrap().current_quotation().unwrap().corrected);
        assert_eq!(sitting.notice().as_deref(), Some("Corrected: Mara Deniz · U undo"));
        sitting.press("cnobody<enter>");
        assert_eq!(sitting.place(), quoted(""));
        sitting.press("U");
        assert_eq!(sitting.place(), quoted("Mara Deniz"));
        sitting.press("UU");
        assert_eq!(sitting.place(), quoted("Ines Okafor"));
        assert!(!sitting.app.reader().unwrap().current_quotation().unwrap().corrected);
        sitting.press("c<esc>");
        assert_eq!(sitting.place(), quoted("Ines Okafor"));
    }
}

#[test]
fn correction_holds_everywhere() {
    let mut sitting = wide();
    sitting.press("<enter>ncRosalind Meer<enter>");
    // Her trail leads on in another article, and back here.
    sitting.press("*");
    assert_eq!(sitting.place(), "Minister Keeps His Job: Rosalind Meer: And a vote,");
    sitting.press("#");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Rosalind Meer: The steel is telling us something,");
    sitting.press("q/speaker:meer");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close", "Minister Keeps His Job"]);
    // Taken back, also while another article is open.
    sitting.press("<esc>jj<enter>UKK");
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
}

#[test]
fn quit_ends_the_program() {
    for keys in ["q", "Q", "<enter>Q", "<c-c>", "/bri<c-c>", "?qq", "<enter>qq"] {
        assert!(wide().press(keys).ended, "{keys} quits");
    }
    for keys in ["<esc><esc><esc>", "<enter>q", "?q", "/q", "<enter><esc><esc><esc>", "/bridge<enter>q"] {
        assert!(!wide().press(keys).ended, "{keys} does not quit");
    }
}

#[test]
fn layers_follow_the_view() {
    let layer = |keys: &str| wide().press(keys).app.layer();
    assert_eq!(layer("?"), Layer::Card);
    assert_eq!(layer("?/spea"), Layer::Prompt);
    assert_eq!(layer("?/spea<enter>"), Layer::Card);
    assert_eq!(layer("?<esc>"), Layer::List);
    assert_eq!(layer("<enter>i"), Layer::Article, "there is nothing to explain yet");
    assert_eq!(layer("<enter>ni"), Layer::Why);
    assert_eq!(layer("<enter>nin"), Layer::Why, "the card goes along");
    assert_eq!(layer("<enter>nic"), Layer::Prompt, "one corrects what one has just doubted");
    assert_eq!(layer("<enter>nic<esc>"), Layer::Article);
    assert_eq!(layer("<enter>nii"), Layer::Article);
    assert_eq!(layer("<tab>"), Layer::Article);
    assert_eq!(layer("<tab><tab>"), Layer::Speakers);
    assert_eq!(layer("<tab><tab><tab>"), Layer::List);
    assert_eq!(layer("<s-tab>"), Layer::Speakers);
    assert_eq!(layer(":"), Layer::Prompt);
}

#[test]
fn commands_run_by_name() {
    check(":bottom<enter>", "list: Minister Keeps His Job");
    check(":next-art<enter>", "list: Council Votes Down Night Trams");
    let mut sitting = wide();
    sitting.press(":no such thing<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Unknown command “no such thing” · ? shows them all"));
    sitting.press("<enter>:highl<enter>");
    assert_eq!(sitting.app.highlight(), HighlightMode::Reported);
    sitting.press("vv");
    assert_eq!(sitting.app.highlight(), HighlightMode::Off);
    sitting.press("v");
    assert_eq!(sitting.app.highlight(), HighlightMode::Speakers);
}

#[test]
fn arrivals_do_not_move_the_selection() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("j<enter>q");
    let row = |sitting: &Sitting| {
        let area = sitting.app.panes().list.unwrap();
        let selected = sitting.app.list().selected().unwrap();
        let placed = sitting.app.list().layout(sitting.app.catalog(), area);
        placed.into_iter().find(|placed| placed.id == selected).unwrap().row
    };
    let before = row(&sitting);
    let newer = |n: u32| article(20 + n % 8, &format!("Later news number {n}"), &["Nothing."]);
    sitting.arrive((0..50).map(newer).collect());
    assert_eq!(sitting.place(), "list: Council Votes Down Night Trams");
    assert_eq!(row(&sitting), before);
}

#[test]
fn resize_keeps_the_position() {
    let long: Vec<String> =
        (0..80).map(|n| format!("Paragraph {n} has some words that wrap at most widths.")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let mut sitting = Sitting::new(120, 36, vec![article(1, "Long", &long)]);
    sitting.press("<enter>40j");
    let first = sitting.first_row().to_owned();
    for (width, height) in [(60, 20), (30, 8), (300, 100), (10, 3), (80, 24), (120, 36)] {
        sitting.resize(width, height);
    }
    assert_eq!(sitting.first_row(), first);
}

/// Opened in a window without room for it, an article is there when the window grows.
#[test]
fn article_is_opened_in_no_room() {
    let mut sitting = Sitting::new(1, 1, three());
    sitting.press("<enter>D");
    sitting.resize(80, 24);
    assert!(sitting.place().starts_with("list: ") && sitting.listed().len() == 3, "keys do nothing that is not shown");
    sitting.press("<enter>");
    sitting.resize(1, 1);
    assert!(!sitting.app.is_opening());
    sitting.resize(80, 24);
    assert_eq!(sitting.first_row(), "Harbour Bridge to Close");
}

/// Leafing to the end of a list shows all of it that there is room for.
#[test]
fn list_ends_at_the_bottom() {
    let many = || (1..=40).map(|n| article(n % 9 + 1, &format!("News number {n}"), &["Nothing."])).collect();
    for (articles, keys) in [(three(), "<c-d>"), (three(), "<pgdn><pgdn>"), (many(), "9<pgdn>"), (many(), "20<c-d>")] {
        let mut sitting = Sitting::new(80, 24, articles);
        sitting.press(keys);
        let area = sitting.app.panes().list.unwrap();
        let placed = sitting.app.list().layout(sitting.app.catalog(), area);
        let end = placed.last().unwrap().row + 1;
        let first = sitting.app.list().at(sitting.app.catalog(), 0).unwrap().id;
        let all = placed.contains(&pullquote::app::Placed { row: 0, id: first, shows_day: true });
        assert!(all || end >= area.height, "it ends at {end} after {keys}: {placed:?}");
    }
}

#[test]
fn rows_are_all_reached_by_scrolling() {
    for (width, height) in [(120, 36), (30, 8)] {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press("<enter>");
        let rows = sitting.app.reader().unwrap().page.rows().len();
        let shown = usize::from(sitting.app.panes().column().unwrap().height);
        sitting.press("999j");
        assert_eq!(sitting.app.reader().unwrap().top_row(shown), rows.saturating_sub(shown));
        sitting.press("g").press(&"j".repeat(rows));
        assert_eq!(sitting.app.reader().unwrap().top_row(shown), rows.saturating_sub(shown));
        sitting.press(&"k".repeat(rows));
        assert_eq!(sitting.app.reader().unwrap().top_row(shown), 0);
    }
}

#[test]
fn late_answer_to_an_old_search_is_dropped() {
    let mut sitting = wide();
    sitting.slow = true;
    sitting.press("/bridge<c-u>trams");
    let searches: Vec<Effect> =
        sitting.waiting.drain(..).filter(|e| matches!(e, Effect::Search(SearchJob::Find { .. }))).collect();
    sitting.slow = false;
    for search in searches.into_iter().rev() {
        sitting.answer(search);
    }
    assert_eq!(sitting.listed(), ["Council Votes Down Night Trams"]);
}

#[test]
fn late_article_is_dropped() {
    let mut sitting = wide();
    sitting.slow = true;
    sitting.press("jj");
    let loads: Vec<Effect> = sitting.waiting.drain(..).collect();
    sitting.slow = false;
    for load in loads.into_iter().rev() {
        sitting.answer(load);
    }
    assert_eq!(sitting.app.reader().unwrap().article.headline(), "Minister Keeps His Job");
}

#[test]
fn clicks_and_the_wheel_move_and_open() {
    use pullquote::app::Command::{Click, Wheel};
    let mut sitting = wide();
    let act = |sitting: &mut Sitting, command| {
        let effects = sitting.app.command(command);
        sitting.carry_out(effects);
    };
    act(&mut sitting, Click { column: 10, row: 5 });
    assert_eq!(sitting.place(), "list: Council Votes Down Night Trams");
    act(&mut sitting, Click { column: 10, row: 5 });
    assert_eq!(sitting.place(), "Council Votes Down Night Trams: : ");
    sitting.press("K");
    let column = sitting.app.panes().column().unwrap();
    act(&mut sitting, Click { column: column.x + 3, row: column.y + 5 });
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Ines Okafor: The steel is telling us something,");
    let speakers = sitting.app.panes().speakers.unwrap();
    act(&mut sitting, Click { column: 4, row: speakers.y + 3 });
    assert_eq!(sitting.place(), "Harbour Bridge to Close: Tomas Lindqvist: Nobody will be stranded,");
    sitting.press("<esc>q");
    act(&mut sitting, Wheel { column: 4, row: 4, down: true });
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close", "the wheel selects nothing");
}

#[test]
fn long_text_is_laid_out_by_a_worker() {
    let words = "All work and no play makes for long paragraphs. ".repeat(40);
    let paragraphs: Vec<&str> = std::iter::repeat_n(words.as_str(), 100).collect();
    let mut sitting = Sitting::empty(80, 24);
    sitting.slow = true;
    sitting.arrive(vec![article(1, "Long", &paragraphs)]);
    sitting.press("<enter>");
    let load = sitting.waiting.remove(0);
    sitting.answer(load);
    assert!(sitting.app.reader().unwrap().page.rows().is_empty());
    assert_eq!(sitting.waiting.len(), 1, "it is asked for once");
    sitting.press("jkG");
    let layout = sitting.waiting.remove(0);
    sitting.answer(layout);
    sitting.press("G");
    assert!(sitting.waiting.is_empty());
    assert!(sitting.app.reader().unwrap().position().top > 100_000);
    assert_eq!(sitting.app.views().pane_layer(), Layer::Article);
}

#[test]
fn empty_list_accepts_every_key() {
    let mut sitting = Sitting::new(80, 24, Vec::new());
    sitting.press("jkGg<enter>nN*#][\"iY/x<enter><esc>AuU<pgdn><tab>zJK<c-o>:up<enter>vF<esc>");
    assert_eq!(sitting.place(), "list: nothing");
    assert!(!sitting.ended);
}

#[test]
fn selection_stays_once_something_was_done_with_it() {
    let mut articles = three();
    articles.reverse();
    let newest = articles.pop().unwrap();
    for (keys, selected) in [("", "Harbour Bridge to Close"), ("s", "Council Votes Down Night Trams")] {
        let mut sitting = Sitting::empty(80, 24);
        sitting.arrive(articles.clone());
        sitting.press(keys);
        sitting.arrive(vec![newest.clone()]);
        assert_eq!(sitting.place(), format!("list: {selected}"), "after {keys:?}");
    }
}

#[test]
fn known_position_is_not_written_again() {
    let mut sitting = Sitting::new(120, 36, three());
    sitting.press("jk");
    let positions = |sitting: &Sitting| {
        sitting.written().iter().filter(|action| matches!(action, UserAction::Position { .. })).count()
    };
    assert_eq!(positions(&sitting), 2);
    let mut state = pullquote::user::UserState::default();
    sitting.written().iter().for_each(|action| state.apply(action));
    let mut next = Sitting::empty(120, 36);
    next.event(Event::UserState(Box::new(state)));
    next.arrive(three());
    next.press("jk");
    assert_eq!(positions(&next), 0);
}
