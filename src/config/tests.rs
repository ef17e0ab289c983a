use super::*;
use crate::app::{Command, Layer, OPTIONS};
use crate::keymap::{BINDINGS, Key, Meaning};

fn told(text: &str) -> Vec<String> {
    Config::parse(text).problems.iter().map(Problem::to_string).collect()
}

fn meaning(config: &Config, layer: Layer, keys: &str) -> Meaning {
    let keys: Vec<_> = keys.split(' ').map(|key| Key::parse(key).unwrap()).collect();
    config.keymap.resolve(layer, &keys)
}

#[test]
fn options_and_keys_are_read() {
    let config = Config::parse(
        "theme = \"dark\"\ncolumn = 80\nsplit = \"auto\"\nmouse = false\npeople_order = \"name\"\n\
         [keys.list]\n\"g u\" = \"toggle-read\"\ng = false\nx = [\"star\", \"down\"]\nD = false\n[keys.all]\nF5 = \"refresh-all\"\n",
    );
    assert_eq!(config.problems, []);
    let wanted = [("column", "80"), ("mouse", "false"), ("people-order", "name"), ("split", "auto"), ("theme", "dark")];
    assert_eq!(config.options, wanted.map(|(name, value)| (name, value.to_owned())).into());
    assert_eq!(meaning(&config, Layer::List, "g u").commands(), [Command::ToggleRead]);
    assert_eq!(meaning(&config, Layer::List, "x").commands(), [Command::ToggleStar, Command::Down]);
    assert_eq!(meaning(&config, Layer::Timeline, "F5").commands(), [Command::RefreshAll]);
    assert_eq!(meaning(&config, Layer::List, "D").commands(), [Command::Unbound]);
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_rest_holds() {
    let text = "colum = 80\ncolumn = \"wide\"\ntheme = 3\nlayout = \"splitt\"\nmouse = \"yes\"\nhighlight = \"off\"\n\
                [key]\n[keys]\npreset = \"vi\"\nlist = 3\n";
    let wanted = [
        "1:1: unknown option “colum” · did you mean column?",
        "2:10: column is 40 to 160, not \"wide\"",
        "3:9: theme is auto, terminal, terminal-light, dark, light, safe, safe-light, mono, or the name of a theme file, not 3",
        "4:10: “splitt” is no value of layout · did you mean split?",
        "5:9: mouse is true or false, not \"yes\"",
        "7:2: unknown section “key” · did you mean keys?",
        "9:10: unknown preset “vi” · did you mean vim?",
        "10:1: “list” is no table: the keys of a view stand under [keys.list], say",
    ];
    assert_eq!(told(text), wanted);
    let config = Config::parse(text);
    assert_eq!(config.options, [("highlight", "off".to_owned())].into());
    assert!(config.summary().unwrap().starts_with("1:1: unknown option “colum” · did you mean column? · "));
}

#[test]
fn forms_and_lists_hold_or_are_told() {
    let config = Config::parse(
        "row = [\"quotations\", \"day\"]\ndate_format = \"%d.%m.%Y\"\ntime_format = \"off\"\nfolders = [\"~/news\", \"/srv/a, b\"]\n\
         signs = \"ascii\"\nstart = \"tag:budget\"\n",
    );
    assert_eq!(config.problems, []);
    let wanted = [
        ("date-format", "%d.%m.%Y"),
        ("folders", "~/news\n/srv/a, b"),
        ("row", "quotations,day"),
        ("signs", "ascii"),
        ("start", "tag:budget"),
        ("time-format", "off"),
    ];
    assert_eq!(config.options, wanted.map(|(name, value)| (name, value.to_owned())).into());
    let empty = Config::parse("row = []\nfolders = []\n");
    assert_eq!(empty.problems, []);
    assert_eq!(empty.options, [("row", String::new()), ("folders", String::new())].into());
    assert_eq!(
        told(
            "row = \"day\"\ndate_format = \"%Q\"\ntime_format = 9\nfolders = [\"a\", 3]\nstart = [\"last\"]\nsigns = true\n"
        ),
        [
            "1:7: row is a list of day, tags, publisher, speakers, quotations, not \"day\"",
            "2:15: date_format: “%Q” is no part of a day, as %-d, %b, %m, %Y are",
            "3:15: time_format is off, or a form such as %H:%M, not 9",
            "4:11: folders is a list of paths, not [\"a\", 3]",
            "5:9: start is list, or last, unread, starred, clippings, or a collection such as tag:budget, feed:NAME or search:NAME, not [\"last\"]",
            "6:9: signs is unicode or ascii, not true",
        ]
    );
    assert_eq!(told("row = [\"publishr\"]\n[keys]\n"), ["1:7: “publishr” is no part of row · did you mean publisher?"]);
    for hostile in [
        format!("date_format = \"{}\"\n", "%d".repeat(5_000)),
        "row = [\"day\", \"day\"]".to_owned(),
        "row = [[\"day\"]]".to_owned(),
        "folders = [\"a\\nb\"]".to_owned(),
        "date_format = \"\\u0007\"".to_owned(),
        format!("start = \"tag:{}\"", "x".repeat(10_000)),
    ] {
        let config = Config::parse(&hostile);
        assert_eq!((config.problems.len(), config.options.len()), (1, 0), "{:?}", config.problems);
        assert!(config.problems[0].message.len() < 300 && config.summary().is_some());
    }
}

#[test]
fn wrong_keys_are_told_and_the_others_hold() {
    let text = "[keys.lst]\nx = \"down\"\n[keys.list]\n\"g zz\" = \"down\"\ny = \"donw\"\nw = true\nv = []\n\"a\" = \"up\"\n\
                \"a \" = \"down\"\n[keys.prompt]\nx = \"accept\"\nC-x = \"accept\"\n";
    assert_eq!(
        told(text),
        [
            "1:7: unknown view “lst” · did you mean list?",
            "4:1: “zz” is no key · keys are written as in “g u”, C-x, A-x, Enter, PgDn, F5",
            "5:5: unknown command “donw” · did you mean down?",
            "6:5: a key has the name of a command, a list of names, or false",
            "7:5: a list of commands holds their names",
            "9:1: “a ” is bound already, in line 8",
            "11:1: “x” is a letter that one types in a prompt",
        ]
    );
    let config = Config::parse(text);
    assert_eq!(meaning(&config, Layer::List, "a").commands(), [Command::Up]);
    assert_eq!(meaning(&config, Layer::Prompt, "C-x").commands(), [Command::Accept]);
    assert_eq!(meaning(&config, Layer::List, "y").commands(), [Command::CopyAddress]);
}

#[test]
fn commands_have_arguments() {
    let config = Config::parse(
        "[keys.list]\nx = [\"tag budget\", \"down\"]\ny = \":theme dark\"\nw = \"theme-dark\"\nz = \"quit now\"\n",
    );
    let wanted = "5:5: quit takes no argument";
    assert_eq!(config.problems.iter().map(Problem::to_string).collect::<Vec<_>>(), [wanted]);
    assert_eq!(meaning(&config, Layer::List, "x").commands(), [Command::Line("tag budget"), Command::Down]);
    assert_eq!(meaning(&config, Layer::List, "y").commands(), [Command::Line("theme dark")]);
    assert_eq!(meaning(&config, Layer::List, "w").commands(), [Command::Line("theme dark")], "an old name");
    // Lines that are read again are the same ones.
    let again = Config::parse("[keys.list]\nx = \"tag budget\"\n");
    assert_eq!(meaning(&again, Layer::List, "x").commands(), [Command::Line("tag budget")]);
}

#[test]
fn sequences_that_hide_keys_are_told() {
    let hidden = "“g” (top) cannot be reached in list any more: “g u” begins with it · \"g\" = false says so";
    assert_eq!(told("[keys.list]\n\"g u\" = \"toggle-read\"\n"), [format!("2:1: warning: {hidden}")]);
    assert_eq!(told("[keys.list]\n\"g u\" = \"toggle-read\"\ng = false\n"), [""; 0]);
    let both = told("[keys.list]\ng = \"top\"\n\"g u\" = \"toggle-read\"\n");
    assert_eq!(both, [format!("3:1: {hidden}")]);
    assert_eq!(Config::parse("[keys.list]\n\"g u\" = \"toggle-read\"\n").summary(), None, "no error");
}

#[test]
fn lines_that_are_no_toml_are_left_out_and_the_rest_holds() {
    for broken in ["column = = 80", "column = 8o", "theme = \"dark", "= 3", "\u{1}", "[keys.list", "column"] {
        let config = Config::parse(&format!("highlight = \"off\"\n{broken}\npeople_order = \"name\"\n"));
        let lines: Vec<_> = config.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2], "{broken}: {:?}", config.problems);
        assert_eq!(config.options.get("highlight").map(String::as_str), Some("off"), "{broken}");
        assert_eq!(config.options.get("column"), None, "{broken}");
    }
}

#[test]
fn hostile_text_is_no_harm() {
    let deep = format!("x = {}", "[".repeat(100_000));
    let many: Vec<_> = (0..20_000).map(|number| format!("option-{number} = 1")).collect();
    let many = many.join("\n");
    let long = format!("[keys.list]\n\"{}\" = \"down\"\n", "a ".repeat(50_000));
    for text in [deep.as_str(), &many, &long, "\"\\u0007\" = 1", "keys = 3", "keys.list.x.y = \"down\""] {
        let config = Config::parse(text);
        assert!(!config.problems.is_empty() && config.problems.len() <= 101);
        assert!(config.problems.iter().all(|problem| !problem.message.chars().any(char::is_control)));
        assert_eq!(meaning(&config, Layer::List, "j").commands(), [Command::Down]);
    }
}

#[test]
fn broken_line_among_keys_costs_that_key_only() {
    let config = Config::parse("[keys.list]\nx = \"down\"\ny = = \"up\"\nz = \"up\"\n[keys.article]\nx = \"down\"\n");
    assert_eq!(config.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3]);
    for (layer, key, command) in
        [(Layer::List, "x", Command::Down), (Layer::List, "z", Command::Up), (Layer::Article, "x", Command::Down)]
    {
        assert_eq!(meaning(&config, layer, key).commands(), [command], "{key}");
    }
    assert_eq!(meaning(&config, Layer::List, "y").commands(), [Command::CopyAddress]);
}

/// The printed configuration without the sign before each default.
fn uncommented() -> String {
    let bare = |line: &str| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with(|first: char| !first.is_whitespace()) => rest.to_owned(),
        _ => line.to_owned(),
    };
    printed().lines().map(|line| bare(line) + "\n").collect()
}

#[test]
fn printed_configuration_changes_nothing() {
    let config = Config::parse(&printed());
    assert!(config.options.is_empty());
    assert_eq!(config.problems, []);
    // With every default in force it is the same, too.
    let config = Config::parse(&uncommented());
    assert_eq!(config.problems, []);
    let defaults = OPTIONS.iter().map(|option| (option.name, option.default.to_owned()));
    assert_eq!(config.options, defaults.collect());
    for binding in BINDINGS {
        for (layer, key) in binding.layers.iter().flat_map(|layer| binding.keys().map(move |key| (layer, key))) {
            assert_eq!(config.keymap.resolve(layer, &[key]).commands(), [binding.command], "{key} in {layer:?}");
        }
    }
    assert_eq!(config.keymap.help(), Keymap::default().help());
}

#[test]
fn presets_are_right() {
    for name in ["vim", "newsboat"] {
        let config = Config::parse(&format!("[keys]\npreset = \"{name}\"\n"));
        assert_eq!(config.problems, [], "{name}");
    }
    let (table, errors) = DeTable::parse_recoverable(include_str!("presets/newsboat.toml"));
    assert!(errors.is_empty() && table.get_ref().len() == 1);
    assert_eq!(Config::parse(include_str!("presets/newsboat.toml")).problems, []);
    let config = Config::parse("[keys]\npreset = \"newsboat\"\n[keys.list]\np = false\n");
    assert_eq!(meaning(&config, Layer::List, "N").commands(), [Command::ToggleRead]);
    assert_ne!(meaning(&config, Layer::List, "p").commands(), [Command::Previous], "what the user says holds over it");
}

#[test]
fn arguments_keys_and_views_are_looked_into() {
    let text = "[keys]\npreset = 3\n[keys.list]\na = \"set colum=90\"\nb = \"set column=4000\"\nc = \"sort backwards\"\n\
                d = \"sort name\"\nC-i = \"down\"\n\"g C-m\" = \"down\"\ne = \"set refresh_every=5\"\n[keys.people]\nf = \"confirm\"\n";
    assert_eq!(
        told(text),
        [
            "2:10: preset is vim or newsboat",
            "4:5: unknown option “colum” · did you mean column?",
            "5:5: column is 40 to 160, not “4000”",
            "6:5: order is newest, oldest, publisher, headline, most-quoted, unread or first-seen, not “backwards”",
            "8:1: terminals send Tab for C-i: bind that",
            "9:1: terminals send Enter for C-m: bind that",
            "10:5: refresh-every is read at the start: set it in the configuration",
            "12:5: warning: confirm does nothing in people",
        ]
    );
    let config = Config::parse(text);
    assert_eq!(meaning(&config, Layer::List, "d").commands(), [Command::Line("sort name")]);
    assert!(config.problems.last().unwrap().is_warning);
    // What the defaults bind, and presets, is never a surprise.
    assert_eq!(told("[keys]\npreset = \"newsboat\"\n"), [""; 0]);
}

#[test]
fn every_view_and_prompt_can_be_left() {
    let unbound: String = BINDINGS
        .iter()
        .flat_map(crate::keymap::Binding::keys)
        .filter(|key| key.letter().is_none() || key.ctrl)
        .fold(String::from("[keys.prompt]\n"), |text, key| text + &format!("{:?} = false\n", key.written()));
    let unique: std::collections::BTreeSet<_> = unbound.lines().skip(1).collect();
    let text = format!("[keys.prompt]\n{}\n", unique.into_iter().collect::<Vec<_>>().join("\n"));
    let config = Config::parse(&text);
    assert_eq!(config.problems, []);
    assert_eq!(meaning(&config, Layer::Prompt, "C-c").commands(), [Command::Back]);
    let config = Config::parse(
        "[keys.all]\nq = false\nQ = false\n\":\" = false\nEsc = false\nC-c = false\nh = false\nLeft = false\n",
    );
    for layer in Layer::all().filter(|layer| *layer != Layer::Prompt) {
        let ways = [Command::Quit, Command::Leave, Command::Back];
        assert!(ways.iter().any(|&way| config.keymap.first_key(layer, way).is_some()), "{layer:?}");
    }
}

#[test]
fn commands_are_lists_of_arguments_with_known_placeholders() {
    let config = Config::parse(
        "[keys.list]\n\"X\" = \"run send\"\n\"Z\" = \"run sned\"\n[commands]\nsend = [\"prog\", \"{url}\", \"{{url}} {}\"]\n\
         bad = [\"prog\", \"{ulr}\"]\nline = \"prog {url}\"\nempty = []\nany = [\"{url}\"]\nodd = [\"prog\", 7]\n\"A b\" = [\"x\"]\n",
    );
    let told: Vec<_> = config.problems.iter().map(ToString::to_string).collect();
    let shape = "a command is a list of a program and its arguments, such as [\"notify-send\", \"{headline}\"]";
    assert_eq!(
        told,
        [
            "3:1: unknown command of [commands] “sned” · did you mean send?".to_owned(),
            "6:16: unknown placeholder “ulr” · did you mean url?".to_owned(),
            format!("7:8: {shape}"),
            format!("8:9: {shape}"),
            "9:7: a placeholder cannot stand for the program itself".to_owned(),
            format!("10:16: {shape}"),
            "11:1: “A b” is no name of a command: that is small letters, digits and -".to_owned(),
        ]
    );
    let [send] = &config.commands.named[..] else { panic!("{:?}", config.commands) };
    assert_eq!((send.name.as_str(), send.words.len()), ("send", 3));
    assert_eq!(Config::parse("commands = 7\n").problems.len(), 1);
}

#[test]
fn logins_are_read_and_their_mistakes_told() {
    let at = "at = \"https://wire.example/feeds/\"\nuser = \"anna\"\n";
    let config = Config::parse(&format!("[[login]]\n{at}password_command = \"pass 'the wire' show\"\n"));
    assert_eq!(config.problems, []);
    assert_eq!(config.logins[0].password_command(), ["pass", "the wire", "show"]);
    assert_eq!(config.logins[0].user(), "anna");
    let command = "password_command is a list of a program and its arguments, such as [\"pass\", \"show\", \"wire\"]";
    for (text, wrong) in [
        (format!("[login]\n{at}"), "1:2: a login begins with [[login]], in two brackets".to_owned()),
        (
            format!("[[login]]\n{at}pasword_command = []\n"),
            "4:1: unknown part of a login “pasword_command” · did you mean password_command?".to_owned(),
        ),
        (format!("[[login]]\n{at}password_command = []\n"), format!("4:20: {command}")),
        (format!("[[login]]\n{at}password_command = \"pass 'x\"\n"), format!("4:20: {command}")),
        (format!("[[login]]\n{at}password_command = [\"pass\", 1]\n"), format!("4:20: {command}")),
        (
            "[[login]]\nat = \"wire\"\nuser = \"a\"\npassword_command = \"pass\"\n".to_owned(),
            "2:6: at is an address such as \"https://wire.example/feeds/\"".to_owned(),
        ),
        (
            "[[login]]\nat = \"http://wire.example\"\nuser = \"a\"\npassword_command = \"pass\"\n".to_owned(),
            "2:6: at is an address of https: http would send the password in the open".to_owned(),
        ),
        (
            "[[login]]\nat = \"https://wire.example\"\nuser = \"a:b\"\npassword_command = \"pass\"\n".to_owned(),
            "3:8: user is a name in quotes, without a colon, such as \"anna\"".to_owned(),
        ),
    ] {
        assert!(told(&text).contains(&wrong), "{wrong}: {:?}", told(&text));
        assert!(Config::parse(&text).logins.is_empty(), "{text}");
    }
    let twice = format!("[[login]]\n{at}password_command = \"a\"\n").repeat(2);
    assert_eq!(told(&twice), ["6:6: there is a login for this place above: one holds for each"]);
    assert_eq!(Config::parse(&twice).logins.len(), 1);
}

#[test]
fn sites_are_read_and_their_mistakes_told() {
    let whole = "[[site]]\nmatch = \"news.example/sport\"\narticle = \"main .story\"\nremove = [\".promo\", \"aside\"]\ntitle = \"h1\"\n\
                 [[site]]\nmatch = \"coast.example\"\nremove = \".promo\"\n";
    let config = Config::parse(whole);
    assert_eq!(config.problems, []);
    let [sport, coast] = &config.sites[..] else { panic!("{:?}", config.sites) };
    assert_eq!((sport.site().as_str(), sport.remove.len(), sport.title.is_some()), ("news.example/sport", 2, true));
    assert_eq!((coast.remove[0].written(), coast.article.is_none()), (".promo", true));
    for (text, wrong) in [
        ("[site]\nmatch = \"a.example\"\n", "1:2: a site begins with [[site]], in two brackets"),
        ("[[site]]\narticle = \"p\"\n", "1:1: a site needs match = \"news.example\""),
        ("[[site]]\nmatch = \"a.example\"\n", "a site needs article, remove or title, each a CSS selector such as"),
        (
            "[[site]]\nmatch = \"a.example\"\nartcle = \"p\"\n",
            "3:1: unknown part of a site “artcle” · did you mean article?",
        ),
        ("[[site]]\nmatch = \"https://a.example\"\narticle = \"p\"\n", "2:9: “https://a.example” is no host"),
        ("[[site]]\nmatch = \"a.example\"\narticle = \"p >\"\n", "3:11: “p >” is no CSS selector"),
        ("[[site]]\nmatch = \"a.example\"\nremove = [\"p\", 7]\n", "3:16: remove is a list of CSS selectors"),
        ("[[site]]\nmatch = 7\narticle = \"p\"\n", "2:9: match is a host"),
    ] {
        let told = told(text);
        assert!(told.iter().any(|problem| problem.contains(wrong)), "{wrong}: {told:?}");
        assert!(Config::parse(text).sites.is_empty(), "{text}");
    }
    let twice =
        "[[site]]\nmatch = \"a.example\"\narticle = \"p\"\n[[site]]\nmatch = \"www.a.example\"\narticle = \"b\"\n";
    assert_eq!(told(twice), ["5:9: there is a rule for this site above: the first one holds"]);
}
