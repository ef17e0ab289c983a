//! `:` runs the command that was typed, or none.

use pullquote::app::{App, HighlightMode, Layer};

use crate::sitting::{Sitting, article, three};

/// A list of forty headlines and an article of two hundred rows.
fn long() -> Sitting {
    let paragraphs: Vec<String> = (1..=100).map(|n| format!("Paragraph number {n}.")).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let mut articles = vec![article(31, "The long one", &paragraphs)];
    articles.extend((1..40).map(|n| article(30 - n % 28, &format!("News number {n}"), &["Nothing."])));
    Sitting::new(80, 24, articles)
}

fn wide() -> Sitting {
    Sitting::new(120, 36, three())
}

/// The names of the commands that the palette shows, and the one that Enter would run.
fn offered(app: &App) -> (Vec<String>, Option<String>) {
    let choices = app.prompt().and_then(|prompt| prompt.choices(app)).expect("the palette is open");
    let names: Vec<_> = choices.rows.into_iter().map(|row| row.name).collect();
    let chosen = choices.chosen.map(|at| names[at].clone());
    (names, chosen)
}

#[test]
fn palette_quits_on_every_name_that_vim_has_for_it_from_every_view() {
    for typed in ["q", "quit", "qui", "q!", "qa", "qall", "wq", "x", "xa", "exit", "Q", " q ", ":q"] {
        for view in ["", "<enter>", "<enter>n\"", "h", "\"<esc>", "\"<down><enter>", "/bridge<enter>", "?q", "<enter>z"]
        {
            let mut sitting = wide();
            sitting.press(view).press(&format!(":{typed}<enter>"));
            assert!(sitting.ended, ":{typed} after {view:?}");
        }
    }
}

#[test]
fn palette_prefers_an_exact_name_to_one_that_begins_so() {
    for (typed, run) in
        [("next", "next"), ("tag", "tag"), ("open", "open"), ("up", "up"), ("search", "search"), ("refresh", "refresh")]
    {
        let mut sitting = wide();
        sitting.press(&format!(":{typed}"));
        let (names, chosen) = offered(&sitting.app);
        assert_eq!((&*names[0], chosen.as_deref()), (run, Some(run)), ":{typed}");
    }
}

#[test]
fn palette_accepts_a_prefix_that_one_name_has() {
    let mut sitting = wide();
    sitting.press("<enter>:highl<enter>");
    assert_eq!(sitting.app.highlight(), HighlightMode::Reported);
    let mut sitting = wide();
    sitting.press(":next art<enter>");
    assert_eq!(sitting.place(), "list: Council Votes Down Night Trams", "a blank stands for a hyphen");
    sitting.press(":PREVIOUS-ARTICLE<enter>");
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
}

#[test]
fn palette_does_not_guess_among_several() {
    let mut sitting = wide();
    sitting.press(":next-");
    let (names, chosen) = offered(&sitting.app);
    assert_eq!(names, ["next-by-speaker", "next-other-speaker", "next-pane", "next-article"]);
    assert_eq!(chosen, None);
    assert_eq!(sitting.app.prompt().unwrap().hints(&sitting.app)[0].text, "4 matches");
    sitting.press("<enter>");
    assert_eq!(sitting.app.layer(), Layer::Prompt, "the candidates stay");
    // What is picked with the arrows is run.
    sitting.press("<down><down><down><down><enter>");
    assert_eq!(sitting.place(), "list: Council Votes Down Night Trams");
}

#[test]
fn palette_finds_by_description_but_runs_only_what_was_picked() {
    let mut sitting = wide();
    sitting.press(":zeppelin");
    assert!(offered(&sitting.app).0.is_empty());
    sitting.press("<c-u>browser address");
    assert_eq!(offered(&sitting.app), (vec!["open-in-browser".to_owned()], None));
    sitting.press("<enter>");
    assert!(sitting.opened.is_empty() && sitting.app.layer() == Layer::Prompt);
    sitting.press("<c-u>alike<tab>");
    assert_eq!(offered(&sitting.app), (vec!["highlight".to_owned()], Some("highlight".to_owned())));
    sitting.press("<enter>");
    assert_eq!(sitting.app.highlight(), HighlightMode::Reported);
    // More letters reset the choice.
    sitting.press(":<down><down>zz");
    assert_eq!(offered(&sitting.app).1, None);
}

#[test]
fn palette_reports_an_unknown_name() {
    for (typed, said) in [
        ("no such thing", "Unknown command “no such thing” · ? shows them all"),
        ("qiut", "Unknown command “qiut” · did you mean quit?"),
        ("hihglight", "Unknown command “hihglight” · did you mean highlight?"),
        ("%s/a/b/g", "Unknown command “%s/a/b/g” · ? shows them all"),
        ("w", "There is no need to save · :q quits"),
        ("write", "There is no need to save · :q quits"),
    ] {
        let mut sitting = wide();
        sitting.press(&format!(":{typed}<enter>"));
        assert_eq!(sitting.notice().as_deref(), Some(said));
        assert_eq!((sitting.place().as_str(), sitting.ended), ("list: Harbour Bridge to Close", false));
    }
}

#[test]
fn palette_knows_the_names_that_commands_had_before() {
    for (before, now) in [
        ("keep-search", "save-search"),
        ("shelves", "sidebar"),
        ("add-source", "subscribe"),
        ("mute", "pause-feed"),
        ("rename-source", "rename-feed"),
        ("refusals", "errors"),
        ("star", "toggle-star"),
    ] {
        let mut sitting = wide();
        sitting.press(&format!(":{before}"));
        let (names, chosen) = offered(&sitting.app);
        assert_eq!((&*names[0], chosen.as_deref()), (now, Some(now)), ":{before}");
    }
    for (keys, now) in [
        ("\"<esc>:their-quotations", "open-speaker"),
        ("<enter>nT:their-article", "open-article"),
        ("<enter>nT:turn-round", "reverse-order"),
    ] {
        let mut sitting = wide();
        sitting.press(keys);
        assert_eq!(offered(&sitting.app).1.as_deref(), Some(now), "{keys}");
    }
    let mut sitting = wide();
    sitting.press(":shelves<enter>");
    assert_eq!(sitting.app.layer(), Layer::Sidebar);
}

#[test]
fn palette_runs_nothing_where_nothing_was_typed() {
    let mut sitting = wide();
    sitting.press(":<enter>");
    assert_eq!(sitting.app.layer(), Layer::List);
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
    sitting.press(":<space><enter>");
    assert_eq!(sitting.place(), "list: Harbour Bridge to Close");
}

#[test]
fn palette_opens_the_help_as_in_vim() {
    for typed in ["h", "help"] {
        assert_eq!(wide().press(&format!(":{typed}<enter>")).app.layer(), Layer::Card, ":{typed}");
    }
}

#[test]
fn palette_runs_no_command_of_another_view() {
    for (keys, said) in [
        (":only-this-speaker<enter>", "only-this-speaker works only in an article"),
        ("<enter>:open-article<enter>", "open-article works only in a timeline"),
        (":merge-speakers<enter>", "merge-speakers works only in the speakers"),
        ("\"<esc>q:split-speaker<enter>", "split-speaker works only in the speakers"),
        (":export<enter>", "export works only in the speakers, a timeline and the clippings"),
    ] {
        let mut sitting = wide();
        sitting.press(keys);
        assert_eq!(sitting.notice().as_deref(), Some(said), "after {keys}");
    }
    let mut sitting = wide();
    sitting.press(":open<enter>");
    assert_eq!(sitting.app.views().pane_layer(), Layer::Article);
}

#[test]
fn number_leads_to_that_row_of_the_list() {
    for (keys, place) in [
        (":3<enter>", "list: News number 2"),
        ("3G", "list: News number 2"),
        ("G3g", "list: News number 2"),
        ("G:1<enter>", "list: The long one"),
        ("G:0<enter>", "list: The long one"),
        (":50<enter>", "list: News number 28"),
        ("50G", "list: News number 28"),
        (":$<enter>", "list: News number 28"),
        (":99999999999999999999999<enter>", "list: News number 28"),
    ] {
        let mut sitting = long();
        // The oldest of one day is last: by the numbers that these articles were given.
        let last = sitting.app.list().at(sitting.app.catalog(), 39).map(|headline| headline.title.to_string());
        let second = sitting.app.list().at(sitting.app.catalog(), 2).map(|headline| headline.title.to_string());
        let place = match place {
            "list: News number 28" => format!("list: {}", last.unwrap()),
            "list: News number 2" => format!("list: {}", second.unwrap()),
            place => place.to_owned(),
        };
        sitting.press(keys);
        assert_eq!(sitting.place(), place, "after {keys}");
    }
}

#[test]
fn number_leads_to_that_row_of_the_text() {
    let mut sitting = long();
    sitting.press("<enter>");
    let height = usize::from(sitting.app.panes().column().unwrap().height);
    let top = |sitting: &Sitting| sitting.app.reader().unwrap().top_row(height);
    let rows = sitting.app.reader().unwrap().page.rows().len();
    assert_eq!(top(sitting.press(":50<enter>")), 49);
    assert_eq!(top(sitting.press("20G")), 19);
    assert_eq!(top(sitting.press("70g")), 69);
    assert_eq!(top(sitting.press(":1<enter>")), 0);
    assert_eq!(top(sitting.press(":9999<enter>")), rows - height);
    assert_eq!(top(sitting.press(":0<enter>")), 0);
    assert_eq!(top(sitting.press(":$<enter>")), rows - height);
    assert_eq!(top(sitting.press("<c-o>")), 0, "a jump can be taken back");
}

#[test]
fn number_leads_to_that_row_of_every_other_pane() {
    let mut sitting = wide();
    sitting.press("<enter>\":2<enter>");
    assert_eq!((sitting.app.views().pane_layer(), sitting.app.views().selected_speaker()), (Layer::Speakers, Some(1)));
    let mut sitting = wide();
    sitting.press("\"<esc>:3<enter>");
    assert_eq!(sitting.app.views().people().unwrap().position(), 2);
    sitting.press("1G<enter>:2<enter>");
    assert_eq!(sitting.app.views().timeline().unwrap().position(), 1);
    sitting.press(":9<enter>");
    let timeline = sitting.app.views().timeline().unwrap();
    assert_eq!(timeline.position(), timeline.said().len() - 1);
}
