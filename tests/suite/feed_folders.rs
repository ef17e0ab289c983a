//! Feed folders in the reader: moving, renaming, folding.

use pullquote::app::Effect;
use pullquote::app::{Collection, Event, FeedJob, SidebarRow};
use pullquote::catalog::ListOrder;
use pullquote::library::FeedSettings;
use pullquote::ui::Theme;
use pullquote::user::UserAction;

use crate::feed_card::{AtFeeds, settings};
use crate::screens::{check_sitting, drawn, shown};
use crate::sitting::{Sitting, three};

fn feeds() -> [FeedSettings; 4] {
    [settings("Coast", ""), settings("River", "Daily"), settings("Hill", "Daily/Evening"), settings("Lake", "News")]
}

fn at(size: (u16, u16)) -> AtFeeds {
    AtFeeds::with(size, &feeds())
}

/// The feeds and folders of the sidebar, with the sign of each folder; the selected one in brackets.
fn tree(at: &AtFeeds) -> String {
    let app = &at.sitting.app;
    let rows = app.sidebar_rows().into_iter().filter_map(|row| match row {
        SidebarRow::Collection(collection @ (Collection::Folder(_) | Collection::Feed { .. }), _) => Some(collection),
        _ => None,
    });
    let named = |collection: Collection| {
        let sign = match &collection {
            Collection::Folder(path) if app.collections().is_folded(path) => "+",
            Collection::Folder(_) => "-",
            _ => "",
        };
        let name = format!("{sign}{}", collection.name());
        if *app.collections().selected() == collection { format!("[{name}]") } else { name }
    };
    rows.map(named).collect::<Vec<_>>().join(" ")
}

fn folders(at: &AtFeeds) -> Vec<(String, String)> {
    let feeds = at.sitting.library.subscriptions().unwrap();
    let mut folders: Vec<_> = feeds.into_iter().map(|feed| (feed.name(), feed.settings.folder)).collect();
    folders.sort();
    folders
}

#[track_caller]
fn lies(at: &AtFeeds, wanted: [(&str, &str); 4]) {
    let wanted = wanted.map(|(name, folder)| (name.to_owned(), folder.to_owned()));
    assert_eq!(folders(at), wanted);
}

const BEFORE: [(&str, &str); 4] = [("Coast", ""), ("Hill", "Daily/Evening"), ("Lake", "News"), ("River", "Daily")];

#[test]
fn feed_is_moved_into_a_folder_and_back() {
    let mut at = at((120, 36));
    at.press("hGf");
    assert_eq!(at.sitting.app.prompt().unwrap().typed(), "News", "the present folder");
    at.press("<c-u>eve<tab><enter>");
    lies(&at, [BEFORE[0], BEFORE[1], ("Lake", "Daily/Evening"), BEFORE[3]]);
    assert_eq!(at.notice(), "Moved to Daily/Evening · U undo");
    at.press("f<c-u> Far // Away <enter>");
    lies(&at, [BEFORE[0], BEFORE[1], ("Lake", "Far/Away"), BEFORE[3]]);
    at.press("f<c-u><enter>");
    lies(&at, [BEFORE[0], BEFORE[1], ("Lake", ""), BEFORE[3]]);
    assert_eq!(at.notice(), "Lake is in no feed folder now · U undo");
    at.press("U");
    assert_eq!(at.notice(), "Undone: move of Lake out of its feed folder");
    at.press("UU");
    lies(&at, BEFORE);
    at.press("f<enter>");
    assert_eq!(at.notice(), "", "nothing changes");
    at.press("U");
    assert_eq!(at.notice(), "Nothing to undo");
}

#[test]
fn folder_is_moved_with_all_in_it_in_one_step() {
    let mut at = at((120, 36));
    at.press("hGkkkkk");
    assert_eq!(tree(&at), "Coast [-Daily] River -Daily/Evening Hill -News Lake");
    at.press("f<c-u>News/Day<enter>");
    lies(&at, [BEFORE[0], ("Hill", "News/Day/Evening"), BEFORE[2], ("River", "News/Day")]);
    assert_eq!(at.notice(), "Moved 2 feeds to News/Day · U undo");
    assert_eq!(tree(&at), "Coast -News Lake [-News/Day] River -News/Day/Evening Hill", "it stays open");
    at.press("U");
    assert_eq!(at.notice(), "Undone: move of feed folder Daily to News/Day");
    lies(&at, BEFORE);
    assert_eq!(*at.sitting.app.collections().open(), Collection::Folder("Daily".to_owned()));
    // Into itself it cannot go; what was typed stays.
    at.press("f<c-u>Daily/Deep<enter>");
    let prompt = at.sitting.app.prompt().expect("it stays open");
    assert_eq!(
        (prompt.typed(), prompt.problem(&at.sitting.app).as_deref()),
        ("Daily/Deep", Some("Daily cannot lie in itself"))
    );
    at.press("<esc>f<c-u><enter>");
    lies(&at, [BEFORE[0], ("Hill", "Evening"), BEFORE[2], ("River", "")]);
    assert_eq!(at.notice(), "Feed folder Daily is gone, its 2 feeds stay · U undo");
}

#[test]
fn folder_is_renamed() {
    let mut at = at((120, 36));
    at.press("hGkkkc");
    assert_eq!(at.sitting.app.prompt().unwrap().typed(), "Evening");
    at.press("<c-u>a/b<enter>");
    assert_eq!(at.sitting.app.prompt().unwrap().problem(&at.sitting.app).as_deref(), Some("a name has no /"));
    at.press("<c-u><enter>");
    assert_eq!(
        at.sitting.app.prompt().unwrap().problem(&at.sitting.app).as_deref(),
        Some("a feed folder needs a name")
    );
    at.press("Late<enter>");
    lies(&at, [BEFORE[0], ("Hill", "Daily/Late"), BEFORE[2], BEFORE[3]]);
    at.press("U");
    lies(&at, BEFORE);
}

#[test]
fn folder_that_gets_the_name_of_another_says_that_it_joins_it() {
    let mut at = AtFeeds::with((120, 36), &[settings("Coast", "Daily"), settings("River", "Evening")]);
    at.press("hGkc<c-u>Daily");
    assert!(
        shown(&drawn(&at.sitting, &Theme::terminal())).contains("Daily exists, with 1 feed · Enter joins them"),
        "{}",
        shown(&drawn(&at.sitting, &Theme::terminal()))
    );
    at.press("<enter>");
    assert_eq!(at.notice(), "Moved 1 feed to Daily · U undo");
    at.press("c");
    assert!(!shown(&drawn(&at.sitting, &Theme::terminal())).contains("exists"), "its own name");
}

#[test]
fn undo_leaves_a_feed_that_was_moved_elsewhere_since() {
    let mut at = at((120, 36));
    at.press("hGkkkkkf<c-u>Day<enter>");
    let (hill, moved) = at.feed("Hill");
    at.sitting.library.set_feed_settings(hill, &FeedSettings { folder: "Own".to_owned(), ..moved }).unwrap();
    at.press("U");
    assert_eq!(at.notice(), "Undone: move of feed folder Daily to Day · left, changed since: 1");
    lies(&at, [BEFORE[0], ("Hill", "Own"), BEFORE[2], BEFORE[3]]);
}

#[test]
fn folder_is_folded_and_what_is_open_stays_open() {
    let mut at = at((120, 36));
    at.press("hGkk");
    assert_eq!(tree(&at), "Coast -Daily River -Daily/Evening [Hill] -News Lake");
    at.press("z");
    assert_eq!(tree(&at), "Coast -Daily River [+Daily/Evening] -News Lake");
    assert_eq!(at.sitting.app.collections().open().name(), "Hill");
    at.press("z");
    assert_eq!(tree(&at), "Coast -Daily River [-Daily/Evening] Hill -News Lake");
    at.press("kkz");
    assert_eq!(tree(&at), "Coast [+Daily] -News Lake");
    at.press("j");
    assert_eq!(tree(&at), "Coast +Daily [-News] Lake", "one goes on from the folder");
    at.press("/hill<enter>");
    assert!(tree(&at).contains("Hill"), "a search finds what is folded: {}", tree(&at));
    at.press("z");
    assert_eq!(at.notice(), "While the sidebar is narrowed, all that fits is shown");
    at.press("<esc><esc>");
    at.press("h:fold-all<enter>");
    assert_eq!(tree(&at).replace(['[', ']'], ""), "Coast +Daily +News");
    at.press(":unfold-all<enter>");
    assert_eq!(tree(&at).replace(['[', ']'], ""), "Coast -Daily River -Daily/Evening Hill -News Lake");
    let is_fold = |action: &UserAction| matches!(action, UserAction::Setting { name, .. } if name.starts_with("folded ") || name == "command-lines");
    assert!(at.sitting.written().iter().all(is_fold), "no history: {:?}", at.sitting.written());
    at.press("U");
    assert_eq!(at.notice(), "Nothing to undo");
    at.press("gz");
    assert_eq!(at.notice(), "Select a feed folder first");
}

#[test]
fn fold_outlives_the_program_and_a_move() {
    let mut at = at((120, 36));
    at.press("hGkkkkkzc<c-u>Day<enter>");
    assert_eq!(tree(&at), "Coast [+Day] -News Lake", "a renamed folder stays folded");
    let mut next = Sitting::new(120, 36, three());
    next.event(Event::UserState(Box::new((*at.sitting.library.user_state()).clone())));
    next.event(Event::Sources(at.sitting.library.feed_overview().unwrap()));
    assert!(next.app.collections().is_folded("Day") && !next.app.collections().is_folded("Daily"));
}

#[test]
fn renamed_folder_keeps_its_order() {
    let mut at = at((120, 36));
    at.press("hGkkkkk<enter>O");
    let order = at.sitting.app.list_order();
    assert_ne!(order, ListOrder::default());
    at.press("hc<c-u>Day<enter>");
    assert_eq!((at.sitting.app.collections().open().name(), at.sitting.app.list_order()), ("Day", order));
    at.press("U");
    assert_eq!((at.sitting.app.collections().open().name(), at.sitting.app.list_order()), ("Daily", order));
}

#[test]
fn open_feed_that_is_folded_away_is_found_by_its_folder() {
    let mut at = at((120, 36));
    at.press("hGkkz<esc>");
    assert_eq!(at.sitting.app.collections().open().name(), "Hill");
    at.press("h");
    assert_eq!(tree(&at), "Coast -Daily River [+Daily/Evening] -News Lake");
    at.press("<enter>");
    assert_eq!(at.sitting.app.collections().open().name(), "Daily/Evening", "the selected row is opened");
}

#[test]
fn click_on_the_sign_folds() {
    let mut at = at((120, 36));
    at.press("h");
    let area = at.sitting.app.panes().sidebar.unwrap();
    let rows = at.sitting.app.shown_sidebar_rows(area);
    let is_daily =
        |row: &SidebarRow| matches!(row, SidebarRow::Collection(Collection::Folder(path), _) if path == "Daily");
    let row = area.y + rows.iter().position(is_daily).unwrap() as u16;
    at.sitting.click(area.x + 2, row);
    assert!(at.sitting.app.collections().is_folded("Daily"));
    assert_eq!(*at.sitting.app.collections().open(), Collection::All, "it is not opened");
    at.sitting.click(area.x + 2, row);
    assert!(!at.sitting.app.collections().is_folded("Daily"));
    at.sitting.click(area.x + 4, row);
    assert_eq!(at.sitting.app.collections().open().name(), "Daily", "its name opens it");
}

#[test]
fn lists_of_feeds_are_read_and_written_by_name() {
    let asked = |line: &str| {
        let mut sitting = crate::sources::sitting(80, 24);
        sitting.press(&format!(":{line}<enter>"));
        let job = sitting.asked.iter().rev().find_map(|effect| match effect {
            Effect::EditFeeds(job) => Some(job.clone()),
            _ => None,
        });
        (job, sitting.notice().unwrap_or_default())
    };
    let export = |file: &str, overwrite| Some(FeedJob::Export { file: file.to_owned(), overwrite });
    assert_eq!(asked("import-feeds ~/my feeds.opml").0, Some(FeedJob::Import { file: "~/my feeds.opml".to_owned() }));
    assert_eq!(asked("export-feeds feeds.opml").0, export("feeds.opml", false));
    assert_eq!(asked("export-feeds! “feeds.opml”").0, export("feeds.opml", true));
    assert_eq!(asked("export-feeds news/"), (None, "news/ is a folder: name a file in it".to_owned()));
    let mut none = Sitting::new(80, 24, three());
    none.press(":export-feeds x.opml<enter>");
    assert_eq!(none.notice().as_deref(), Some("There are no feeds to export"));
    let imported = |new, changed, known, left_out| {
        let mut sitting = crate::sources::sitting(120, 36);
        sitting.event(Event::FeedsImported { file: "x.opml".to_owned(), new, changed, known, left_out });
        sitting.notice().unwrap()
    };
    assert_eq!(imported(0, 0, 0, 0), "There is no feed in x.opml");
    assert_eq!(imported(0, 0, 3, 0), "No new feeds · 3 subscribed to already");
    assert_eq!(imported(2, 0, 0, 1), "2 feeds added · 1 left out · ! tells why · R fetches them · U undo");
}

#[test]
fn folded_folders_and_the_prompt_at_all_sizes() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let mut at = at((width, height));
        at.press("hGkkz");
        check_sitting(&format!("feed-folders-{width}x{height}"), &at.sitting);
        at.press("Gf<c-u>dai");
        check_sitting(&format!("move-feed-{width}x{height}"), &at.sitting);
    }
}
