//! Where the reader starts: with the list, with a collection, where the user left off.

use std::collections::BTreeMap;
use std::fs;

use pullquote::app::{App, Event, OptionValues, Pane};
use pullquote::article::Article;
use pullquote::catalog::FeedOverview;
use pullquote::quotes::Findings;
use pullquote::user::{UserAction, UserState};
use tempfile::TempDir;

use crate::pty::{Pty, pullquote};
use crate::sitting::{Sitting, article, three};
use crate::terminal;

type Settings = BTreeMap<String, String>;

/// A run with this `start` whose library keeps these settings, in which nothing has arrived yet.
fn run(start: &str, inputs: &str, is_given: bool, settings: &Settings) -> Sitting {
    let mut sitting = Sitting::empty(80, 24);
    let app = App::new("news", sitting.keymap.help(), sitting.app.size());
    let configured = OptionValues::from([("start", start.to_owned())]);
    sitting.app = app.with_options(OptionValues::new(), configured, settings).starting(inputs, is_given, settings);
    let state = UserState { settings: settings.clone(), ..UserState::default() };
    sitting.event(Event::UserState(Box::new(state)));
    sitting
}

/// All of it has arrived.
fn arrived(sitting: &mut Sitting, articles: Vec<(Article, Findings)>) {
    sitting.arrive(articles);
    sitting.event(Event::Sources(FeedOverview::default()));
    sitting.event(Event::Finished);
}

/// What the library keeps after these keys in a run, and leaving it.
fn left_after(keys: &str) -> Settings {
    let mut sitting = run("last", "", false, &Settings::new());
    arrived(&mut sitting, three());
    sitting.press(keys).press("<c-c>");
    assert!(sitting.ended, "{keys}");
    settings(&sitting)
}

fn settings(sitting: &Sitting) -> Settings {
    let kept = |action: UserAction| match action {
        UserAction::Setting { name, value } => Some((name, value)),
        _ => None,
    };
    sitting.written().into_iter().filter_map(kept).collect()
}

#[test]
fn reader_starts_where_it_was_left() {
    for (keys, place) in [
        ("j", "list: Council Votes Down Night Trams"),
        ("jj<enter>nn", "Minister Keeps His Job: Tomas Lindqvist: I have already lost a bridge,"),
        ("/bridge<enter>j", "list: Minister Keeps His Job"),
        (":sidebar<enter>j<enter>", "list: Harbour Bridge to Close"),
    ] {
        let kept = left_after(keys);
        let mut sitting = run("last", "", false, &kept);
        arrived(&mut sitting, three());
        assert_eq!(sitting.place(), place, "{keys}: {kept:?}");
        let collection = if keys.contains("sidebar") { "Unread" } else { "All articles" };
        assert_eq!(sitting.app.collections().open().name(), collection, "{keys}");
    }
    for (keys, layer) in
        [("\"<esc>", "People"), ("<enter>nT", "Timeline"), ("<enter>nw<esc>B", "Clippings"), ("V", "Review")]
    {
        let mut sitting = run("last", "", false, &left_after(keys));
        arrived(&mut sitting, three());
        assert_eq!(format!("{:?}", sitting.app.layer()), layer, "{keys}");
    }
    // In these lists at the row, as they were narrowed and in their order.
    for keys in ["\"<esc>j", "<enter>nTj", "<enter>nTOj", "<enter>nT/slept<enter>"] {
        let mut left = run("last", "", false, &Settings::new());
        arrived(&mut left, three());
        left.press(keys);
        let mut sitting = run("last", "", false, &left_after(keys));
        arrived(&mut sitting, three());
        let selected = |sitting: &Sitting| match sitting.app.views().pane() {
            Pane::Timeline(timeline) => {
                (timeline.typed().to_owned(), timeline.selected().unwrap().runs[0].words.clone())
            }
            Pane::People(people) => (String::new(), people.selected().unwrap().name.clone()),
            _ => panic!("no list"),
        };
        assert_eq!(selected(&sitting), selected(&left), "{keys}");
    }
}

#[test]
fn articles_that_arrive_late_are_waited_for_until_a_key_is_pressed() {
    let kept = left_after("jj<enter>n");
    let late = || three().split_off(2);
    let mut sitting = run("last", "", false, &kept);
    sitting.arrive(three().into_iter().take(2).collect());
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
    arrived(&mut sitting, late());
    assert_eq!(sitting.place(), "Minister Keeps His Job: : Resign!");
    let mut busy = run("last", "", false, &kept);
    busy.arrive(three().into_iter().take(2).collect());
    busy.press("j");
    arrived(&mut busy, late());
    assert_eq!(busy.place(), "list: Council Votes Down Night Trams");
    // Who leaves before it is there finds it the next time.
    let mut hasty = run("last", "", false, &kept);
    hasty.press("<c-c>");
    assert!(hasty.ended && settings(&hasty).is_empty());
}

#[test]
fn what_is_not_there_any_more_is_told() {
    let mut sitting = run("last", "", false, &left_after("jj<enter>n"));
    arrived(&mut sitting, three().into_iter().take(2).collect());
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
    assert_eq!(sitting.notice().as_deref(), Some("“Minister Keeps His Job”, where you left off, is no longer here"));
    for start in ["tag:budget", "feed:Coast Wire", "folder:news", "search:bridge", "publisher:Elsewhere"] {
        let mut sitting = run(start, "", false, &Settings::new());
        arrived(&mut sitting, three());
        let told = format!("There is no {} here: these are all articles", start.replace(':', " "));
        assert_eq!((sitting.place().as_str(), sitting.notice()), ("list: Harbour Bridge to Close", Some(told)));
    }
}

#[test]
fn reader_starts_with_a_collection() {
    let mut articles = three();
    articles.push(article(20, "Trams Return", &["They run."]));
    articles[3].0.publisher = Some("Harbour Times".to_owned());
    for start in ["publisher:Harbour Times", "publisher:harbour times"] {
        let mut sitting = run(start, "", false, &Settings::new());
        arrived(&mut sitting, articles.clone());
        assert_eq!(sitting.listed(), ["Trams Return"], "{start}");
    }
    let mut unread = run("unread", "", false, &Settings::new());
    arrived(&mut unread, three());
    assert_eq!(unread.app.collections().open().name(), "Unread");
    let mut given = run("unread", "/news", true, &Settings::new());
    arrived(&mut given, three());
    assert_eq!(given.app.collections().open().name(), "All articles", "what the command line names wins");
}

#[test]
fn other_inputs_and_broken_places_are_left_alone() {
    let kept = left_after("j");
    let broken = Settings::from([("last-place".to_owned(), "article 12\n".to_owned())]);
    for (inputs, is_given, settings) in [("/other", true, &kept), ("/other", false, &kept), ("", false, &broken)] {
        let mut sitting = run("last", inputs, is_given, settings);
        arrived(&mut sitting, three());
        assert_eq!((sitting.place().as_str(), sitting.notice()), ("list: Harbour Bridge to Close", None));
    }
    let mut usual = run("list", "", false, &kept);
    arrived(&mut usual, three());
    usual.press("j<c-c>");
    assert!(usual.ended && settings(&usual).is_empty(), "nothing is kept that nobody asked for");
}

/// A home with this configuration, and a place for the library.
fn home(configuration: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join("pullquote")).unwrap();
    fs::write(home.path().join("pullquote/config.toml"), configuration).unwrap();
    home
}

fn reader(home: &TempDir, arguments: &[&str]) -> Pty {
    let mut command = pullquote(arguments);
    command.env("XDG_CONFIG_HOME", home.path());
    Pty::spawn(120, 24, command)
}

#[test]
fn a_later_run_goes_on_where_the_one_before_ended() {
    let home = home("start = \"last\"\n");
    let news = terminal::three();
    let library = home.path().join("library.sqlite3").display().to_string();
    let news = news.path().display().to_string();
    let mut first = reader(&home, &["--library", &library, &news]);
    first.shows("3 articles");
    first.press("jj\rn");
    first.shows("1 of 1");
    first.press("\u{3}");
    assert_eq!(first.end().code, 0);
    let mut second = reader(&home, &["--library", &library, &news]);
    second.shows("Tomas Lindqvist 1 of 1");
    second.press("q");
    second.shows("3 of 3");
    second.press("k");
    second.shows("2 of 3");
    second.press("q");
    assert_eq!(second.end().code, 0);
    let mut third = reader(&home, &["--library", &library, &news]);
    third.shows("2 of 3");
    third.press("q");
    assert_eq!(third.end().code, 0);
}

#[test]
fn configured_folders_are_read_where_none_is_named() {
    let news = terminal::three();
    let other = terminal::folder(&[("one.txt", "date 2026-03-20 Late News\nIt floats.\n")]);
    let home = home(&format!("folders = [\"{}\", \"/no/such/folder\"]\n", news.path().display()));
    let mut pty = reader(&home, &[]);
    pty.shows("3 articles");
    pty.shows("/no/such/folder is not there, but among the folders of the configuration");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
    let mut pty = reader(&home, &[&other.path().display().to_string()]);
    pty.shows("1 article ");
    pty.shows("Late News");
    pty.press("q");
    assert_eq!(pty.end().code, 0);
}
