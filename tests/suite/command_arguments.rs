//! A command after `:` with its argument: right, missing and wrong; and what it could become.

use pullquote::app::{App, Card, Layer, Pane, Prompt};
use pullquote::export::Format;
use pullquote::ui::Theme;
use pullquote::user::UserAction;

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, three};

fn sitting() -> Sitting {
    Sitting::new(120, 36, three())
}

/// Types a line after `:` and presses Enter.
fn run<'a>(sitting: &'a mut Sitting, line: &str) -> &'a mut Sitting {
    sitting.press(":").press(&line.replace('<', "<lt>")).press("<enter>")
}

/// Runs a line after some keys; returns what was said, and checks that nothing was done.
#[track_caller]
fn refused(keys: &str, line: &str) -> String {
    let mut sitting = sitting();
    sitting.press(keys);
    let before = (sitting.app.views().pane_layer(), sitting.place(), sitting.listed().len());
    let theme = sitting.app.theme().to_owned();
    let written = what_was_done(&sitting);
    run(&mut sitting, line);
    assert_eq!((sitting.app.views().pane_layer(), sitting.place(), sitting.listed().len()), before, "{line}");
    assert_eq!((what_was_done(&sitting), sitting.app.theme()), (written, theme.as_str()), "{line}");
    assert!(sitting.exported.is_empty() && sitting.app.prompt().is_none(), "{line}");
    sitting.notice().unwrap_or_default()
}

/// What was written, but for the lines that were typed.
fn what_was_done(sitting: &Sitting) -> Vec<UserAction> {
    let is_line = |action: &UserAction| matches!(action, UserAction::Setting { name, .. } if name == "command-lines");
    sitting.written().into_iter().filter(|action| !is_line(action)).collect()
}

/// The rows above the line, and the one that Enter means.
fn offered(app: &App) -> (Vec<String>, Option<String>) {
    let choices = app.prompt().and_then(|prompt| prompt.choices(app)).expect("the prompt is open");
    let names: Vec<_> = choices.rows.into_iter().map(|row| row.name).collect();
    let chosen = choices.chosen.map(|at| names[at].clone());
    (names, chosen)
}

fn typed(sitting: &Sitting) -> &str {
    sitting.app.prompt().expect("the prompt is open").typed()
}

/// The hint beside the line.
fn hint(sitting: &Sitting) -> String {
    let hints = sitting.app.prompt().expect("the prompt is open").hints(&sitting.app);
    sitting.keymap.line(Layer::Prompt, &hints[0])
}

#[test]
fn theme_is_chosen_by_its_name() {
    for (line, theme) in [
        ("theme dark", "dark"),
        ("theme safe", "safe"),
        ("theme safe-light", "safe-light"),
        ("theme  Safe   Light ", "safe-light"),
        ("THEME MONO", "mono"),
        ("theme li", "light"),
        ("theme “mono”", "mono"),
        ("ｔｈｅｍｅ　ｄａｒｋ", "dark"),
        (" : theme dark", "dark"),
        ("the dark", "dark"),
        ("theme-dark", "dark"),
        ("theme-terminal-light", "terminal-light"),
        ("theme terminal light", "terminal-light"),
    ] {
        let mut sitting = sitting();
        run(&mut sitting, line);
        assert_eq!(sitting.app.theme(), theme, ":{line}");
        let said = format!("Theme: {theme} · remembered · theme = \"{theme}\" in config.toml holds everywhere");
        assert_eq!(sitting.notice(), Some(said), ":{line}");
    }
}

#[test]
fn wrong_theme_is_told_which_there_are() {
    for (line, said) in [
        ("theme drak", "No theme “drak” · did you mean dark?"),
        ("theme-drak", "Unknown command “theme-drak” · ? shows them all"),
        ("theme te", "“te” could be terminal or terminal-light"),
        ("theme blue", "No theme “blue” · auto, terminal, terminal-light, dark, light, safe, safe-light or mono"),
        ("tehme dark", "Unknown command “tehme dark” · did you mean theme?"),
    ] {
        assert_eq!(refused("", line), said, ":{line}");
    }
    let long = refused("", &format!("theme {}", "x".repeat(900)));
    assert!(long.starts_with("No theme “xxx") && long.chars().count() < 140, "{long}");
}

#[test]
fn command_without_its_argument_asks_for_it() {
    for (line, prompt) in [("theme", ":"), ("theme ", ":"), ("tag", "tag: "), ("tag ", "tag: "), ("search", "/")] {
        let mut sitting = sitting();
        run(&mut sitting, line);
        assert_eq!(sitting.app.prompt().map(Prompt::label), Some(prompt), ":{line}");
    }
    let mut sitting = sitting();
    run(&mut sitting, "theme");
    assert_eq!(typed(&sitting), "theme ");
    assert_eq!(offered(&sitting.app).0.len(), 8);
    run(sitting.press("<esc>\"<esc>"), "sort");
    assert_eq!(typed(&sitting), "sort ");
    assert_eq!(offered(&sitting.app).0, ["quotations", "name", "first", "last"]);
    assert!(matches!(run(sitting.press("<esc>"), "help").app.views().card(), Some(Card::Help(_))));
    run(sitting.press("<esc>"), "export");
    assert_eq!(typed(&sitting), "ines-okafor.md");
}

#[test]
fn command_that_takes_no_argument_says_so() {
    for (line, said) in [
        ("quit now", "quit takes no argument"),
        ("q now", "quit takes no argument"),
        ("speakers now", "speakers takes no argument"),
        ("next article 5", "next-article takes no argument"),
        ("toggle-star x y", "toggle-star takes no argument"),
        ("w notes.txt", "There is no need to save · :q quits"),
    ] {
        assert_eq!(refused("", line), said, ":{line}");
    }
    let mut sitting = sitting();
    sitting.press(":quit now");
    assert_eq!(offered(&sitting.app), (vec!["quit".to_owned()], None));
    assert_eq!(hint(&sitting), "quit takes no argument");
}

#[test]
fn tag_is_set_and_removed_at_once() {
    let mut sitting = sitting();
    let tags = |sitting: &Sitting| {
        let id = sitting.app.list().selected().unwrap();
        sitting.app.user().state().tags(id).map(str::to_owned).collect::<Vec<_>>().join(",")
    };
    run(&mut sitting, "tag  city   budget ");
    assert_eq!((tags(&sitting).as_str(), sitting.notice().as_deref()), ("city budget", Some("Tagged city budget")));
    run(&mut sitting, "tag #To-Call");
    run(&mut sitting, "tag “press”");
    run(&mut sitting, "ta -old");
    assert_eq!(tags(&sitting), "-old,To-Call,city budget,press");
    run(&mut sitting, "tag to-call");
    assert_eq!(sitting.notice().as_deref(), Some("Removed tag To-Call"), "as the prompt: it is set already");
    sitting.press("U");
    assert!(tags(&sitting).contains("To-Call"));
    run(sitting.press("jU"), "tag b");
    assert_eq!(tags(&sitting), "b", "what was typed, and not city budget");
    sitting.press("<enter>");
    run(&mut sitting, "tag read");
    assert_eq!(tags(&sitting), "b,read", "the open article");
    for line in ["tag #", "tag \"\"", "tag ,"] {
        assert!(refused("", line).ends_with("is no tag: type a word, as in tag budget"), ":{line}");
    }
}

#[test]
fn tag_is_of_the_clipping_among_clippings() {
    let mut sitting = sitting();
    run(sitting.press("<enter>nwB"), "tag to-call");
    let clippings = &sitting.app.user().state().clippings;
    assert_eq!(clippings.values().next().unwrap().tags, ["to-call"]);
    assert_eq!(refused("B", "tag x"), "Nothing is selected that could be tagged");
}

#[test]
fn search_lists_hits_from_anywhere() {
    for keys in ["", "<enter>n", "\"<esc>", "\"<down><enter>", "h", "/zeppelin<enter>", "?"] {
        for line in ["search speaker:meer", "search-all speaker:meer", "sea speaker:meer"] {
            let mut sitting = sitting();
            run(sitting.press(keys), line);
            assert_eq!(sitting.listed(), ["Minister Keeps His Job"], "{line} after {keys}");
            assert!(sitting.app.prompt().is_none() && sitting.app.views().card().is_none());
            assert!(matches!(sitting.app.views().pane(), Pane::Results(_)));
            assert_eq!(
                sitting.app.user().state().searched,
                ["zeppelin", "speaker:meer"][usize::from(keys != "/zeppelin<enter>")..]
            );
        }
    }
    let mut sitting = sitting();
    run(&mut sitting, "search \"already lost\"");
    assert_eq!(sitting.listed(), ["Minister Keeps His Job"]);
    assert_eq!(sitting.press("<esc>").listed().len(), 3);
    run(&mut sitting, "search all");
    assert_eq!(sitting.app.search().unwrap().typed, "all", "not search-all");
}

#[test]
fn wrong_search_does_nothing() {
    for keys in ["", "\"<esc>"] {
        assert_eq!(refused(keys, "search speakr:meer"), "unknown field speakr: · did you mean speaker:?");
        assert_eq!(refused(keys, "search -"), "“-” has no words to search for");
    }
}

#[test]
fn order_is_named_where_a_list_has_orders() {
    let mut sitting = sitting();
    sitting.press("\"<esc>");
    let first = |sitting: &Sitting| sitting.app.views().people().unwrap().all()[0].name.to_string();
    run(&mut sitting, "sort name");
    assert_eq!((first(&sitting).as_str(), sitting.notice().as_deref()), ("Ines Okafor", Some("By name")));
    run(&mut sitting, "sort quot");
    assert_eq!(sitting.notice().as_deref(), Some("By quotations: who says most first"));
    run(&mut sitting, "sort-last");
    assert_eq!(sitting.notice().as_deref(), Some("Last seen first"));
    sitting.press("<enter>");
    for (order, said, is_oldest_first) in [
        ("oldest", "Oldest first", true),
        ("oldest", "Sorted so already: oldest first", true),
        ("newest", "Newest first", false),
        ("new", "Sorted so already: newest first", false),
    ] {
        run(&mut sitting, &format!("sort {order}"));
        let timeline = sitting.app.views().timeline().unwrap();
        assert_eq!((sitting.notice().as_deref(), timeline.is_oldest_first()), (Some(said), is_oldest_first));
    }
    run(sitting.press("B"), "sort oldest");
    assert_eq!(sitting.notice().as_deref(), Some("Oldest first"));
}

#[test]
fn wrong_order_is_told_which_there_are() {
    assert_eq!(refused("\"<esc>", "sort nmae"), "No order “nmae” · did you mean name?");
    assert_eq!(refused("\"<esc>", "sort oldest"), "No order “oldest” · quotations, name, first or last");
    assert_eq!(refused("\"<esc><enter>", "sort size"), "No order “size” · newest or oldest");
    let places = "the list, the speakers, a timeline and the clippings";
    assert_eq!(refused("<enter>", "sort oldest"), format!("sort works only in {places}"));
    let orders = "newest, oldest, publisher, headline, most-quoted, unread, first-seen or default";
    assert_eq!(refused("", "sort size"), format!("No order “size” · {orders}"));
}

#[test]
fn export_writes_the_file_in_the_format() {
    for (line, file, format) in [
        ("export md kim.md", "kim.md", Format::Markdown),
        ("export csv ~/what they said.csv", "~/what they said.csv", Format::Csv),
        ("export json \"a b.txt\"", "a b.txt", Format::Json),
        ("exp cs x", "x", Format::Csv),
        ("export EXPORT.CSV", "EXPORT.CSV", Format::Csv),
        ("export “a b.json”", "a b.json", Format::Json),
        ("export md 港.md", "港.md", Format::Markdown),
    ] {
        for keys in ["\"<esc>", "\"<esc><enter>"] {
            let mut sitting = sitting();
            run(sitting.press(keys), line);
            assert_eq!(sitting.exported, [(file.to_owned(), format)], ":{line}");
        }
    }
    let mut sitting = sitting();
    run(sitting.press("<enter>nwB"), "export footnotes notes.md");
    assert_eq!(sitting.exported, [("notes.md".to_owned(), Format::Footnotes)]);
}

#[test]
fn export_over_a_file_asks_first_and_keeps_the_format() {
    let mut sitting = sitting();
    sitting.files.push("kim.md".to_owned());
    run(sitting.press("\"<esc>"), "export csv kim.md");
    assert!(sitting.exported.is_empty());
    assert_eq!(sitting.app.prompt().unwrap().label(), "file exists; overwrite? ");
    assert_eq!(offered(&sitting.app).1.as_deref(), Some("CSV"));
    sitting.press("<enter>");
    assert_eq!(sitting.exported, [("kim.md".to_owned(), Format::Csv)]);
}

#[test]
fn wrong_export_says_what_is_right() {
    for (line, said) in [
        ("export md", "A file is missing: export md ines-okafor.md"),
        ("export csv \"\"", "A file is missing: export csv ines-okafor.csv"),
        ("export jsn x.json", "No format “jsn” · did you mean json?"),
        ("export footnotes x.md", "No format “footnotes” · md, csv or json"),
        ("export x.pdf", "No format “x.pdf” · md, csv or json"),
        ("export md ~/notes/", "~/notes/ is a folder: name a file in it"),
    ] {
        assert_eq!(refused("\"<esc>", line), said, ":{line}");
    }
    let places = "the speakers, a timeline and the clippings";
    assert_eq!(refused("<enter>", "export md x.md"), format!("export works only in {places}"));
    assert_eq!(refused("B", "export md x.md"), "No clippings to export");
}

#[test]
fn help_is_narrowed_to_words() {
    for line in ["help delete", "h delete", "he  delete "] {
        let mut sitting = sitting();
        run(&mut sitting, line);
        let Some(Card::Help(card)) = sitting.app.views().card() else { panic!("no help after :{line}") };
        assert_eq!(card.filter, "delete");
        assert!(shown(&drawn(&sitting, &Theme::terminal())).contains("remove from the library"));
    }
    let mut sitting = sitting();
    run(sitting.press("?"), "help \"same person\"");
    let Some(Card::Help(card)) = sitting.app.views().card() else { panic!("no help") };
    assert_eq!(card.filter, "same person");
    assert_eq!(refused("", "help zeppelin"), "The help has nothing about “zeppelin”");
    assert_eq!(refused("", "help hihglight"), "The help has nothing about “hihglight” · did you mean highlight?");
}

#[test]
fn name_without_a_rival_that_takes_an_argument_is_enough() {
    let mut sitting = sitting();
    sitting.press(":t budget");
    assert_eq!(offered(&sitting.app), (vec!["tag".to_owned(), "theme".to_owned()], None));
    assert_eq!(hint(&sitting), "2 matches · Tab chooses");
    sitting.press("<enter>");
    assert_eq!(sitting.app.layer(), Layer::Prompt, "the candidates stay");
    sitting.press("<tab>");
    assert_eq!(typed(&sitting), "tag budget", "what was typed behind it stays");
    sitting.press("<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Tagged budget"));
}

#[test]
fn words_are_completed() {
    let mut sitting = sitting();
    sitting.press(":the<tab>");
    assert_eq!((typed(&sitting), offered(&sitting.app).0.len()), ("theme ", 4));
    sitting.press("<tab>");
    assert_eq!(typed(&sitting), "theme-next");
    sitting.press("<s-tab>");
    assert_eq!(typed(&sitting), "theme ");
    sitting.press("sa");
    assert_eq!(offered(&sitting.app), (vec!["safe".to_owned(), "safe-light".to_owned()], None));
    assert_eq!(hint(&sitting), "2 matches · Tab chooses");
    sitting.press("<tab><tab>");
    assert_eq!((typed(&sitting), offered(&sitting.app).1.as_deref()), ("theme safe-light", Some("safe-light")));
    sitting.press("<s-tab>");
    assert_eq!((typed(&sitting), hint(&sitting).as_str()), ("theme safe", "Enter theme safe"));
    sitting.press("<c-u>theme mon");
    assert_eq!((offered(&sitting.app).1.as_deref(), hint(&sitting).as_str()), (Some("mono"), "Enter theme mono"));
    sitting.press("<tab><enter>");
    assert_eq!(sitting.app.theme(), "mono");
    sitting.press(":theme drak");
    assert_eq!(hint(&sitting), "No theme “drak” · did you mean dark?");
}

#[test]
fn only_name_that_fits_is_completed_with_its_argument_to_follow() {
    let mut sitting = sitting();
    run(&mut sitting, "tag budget");
    run(&mut sitting, "tag city budget");
    sitting.press("j:ta<tab>");
    assert_eq!(typed(&sitting), "tag ");
    sitting.press("<c-u>tag bud");
    assert_eq!(offered(&sitting.app), (vec!["budget".to_owned(), "city budget".to_owned()], None));
    assert_eq!(hint(&sitting), "Tab budget · Enter tag bud");
    sitting.press("<tab><tab>");
    assert_eq!(typed(&sitting), "tag city budget");
    sitting.press("<enter>");
    assert_eq!(sitting.notice().as_deref(), Some("Tagged city budget"));
}

#[test]
fn fields_formats_and_topics_are_completed() {
    let mut sitting = sitting();
    sitting.press(":search bridge speak<tab>");
    assert_eq!(typed(&sitting), "search bridge speaker:");
    sitting.press("ok<tab>");
    assert_eq!(typed(&sitting), "search bridge speaker:\"Ines Okafor\"");
    sitting.press("<enter>");
    assert_eq!(sitting.listed(), ["Harbour Bridge to Close"]);
    sitting.press("<esc>:help del<tab>");
    assert_eq!(typed(&sitting), "help remove");
    sitting.press("<esc>\"<esc>:export <tab><tab>");
    assert_eq!(
        (typed(&sitting), offered(&sitting.app).0),
        ("export csv ", vec!["md".into(), "csv".into(), "json".into()])
    );
    sitting.press("x.csv");
    assert_eq!((offered(&sitting.app).0.len(), hint(&sitting).as_str()), (0, "Enter export csv x.csv"));
    sitting.press("<enter>");
    assert_eq!(sitting.exported, [("x.csv".to_owned(), Format::Csv)]);
    sitting.press(":exp<tab>md");
    assert_eq!(hint(&sitting), "Tab md ines-okafor.md · Enter export md");
    sitting.press("<tab><enter>");
    assert_eq!(sitting.exported[1], ("ines-okafor.md".to_owned(), Format::Markdown));
}

#[test]
fn pasted_line_is_typed_and_not_run() {
    let mut sitting = sitting();
    sitting.press(":");
    let effects = sitting.app.paste("theme\tdark\nquit\n");
    sitting.carry_out(effects);
    assert_eq!(sitting.app.layer(), Layer::Prompt);
    assert_eq!(typed(&sitting).split_whitespace().next(), Some("theme"));
    sitting.press("<enter>");
    assert!(!sitting.ended);
    assert!(sitting.notice().unwrap().starts_with("No theme “dark"), "{:?}", sitting.notice());
}

#[test]
fn lines_that_are_typed_at_random_never_panic() {
    const PIECES: [&str; 16] =
        [":", " ", "theme", "tag", "-", "sort", "export", "md", "\"", "“", "é", "　", "%", "9", "help", "search"];
    let mut seed = 17_u64;
    for keys in ["", "<enter>n", "\"<esc>", "B", "h", "V"] {
        let mut sitting = sitting();
        sitting.press(keys);
        for _ in 0..200 {
            let mut line = String::new();
            for _ in 0..4 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                line += PIECES[(seed >> 60) as usize];
            }
            sitting.press(":").press(&line).press("<tab><down><s-tab><c-p><c-n><enter><esc>");
            let _ = drawn(&sitting, &Theme::terminal());
        }
    }
}

#[test]
fn candidates_stand_above_the_line() {
    for (width, height) in SIZES {
        let mut sitting = Sitting::new(width, height, three());
        sitting.press(":theme <tab><tab>");
        check_sitting(&format!("palette-themes-{width}x{height}"), &sitting);
        sitting.press("<esc>:tag budget<enter>:tag city hall<enter>j:tag budget<enter>:tag ");
        check_sitting(&format!("palette-tags-{width}x{height}"), &sitting);
    }
}

#[test]
fn word_that_is_meant_already_is_completed_first() {
    for (typed, completed) in [
        ("sort o", "sort oldest"),
        ("sort h", "sort headline"),
        ("theme l", "theme light"),
        ("set l", "set layout="),
        ("set theme=s", "set theme=safe"),
    ] {
        let mut sitting = sitting();
        sitting.press(&format!(":{typed}<tab>"));
        assert_eq!(self::typed(&sitting), completed, ":{typed}");
    }
}
