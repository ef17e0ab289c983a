//! Other keys than the default ones: all that names a key names those.

use std::collections::HashSet;

use chrono::NaiveDate;
use pullquote::app::{Command, Event, Layer, Layers};
use pullquote::keymap::{BINDINGS, Binding, Key, KeyChange, KeySequence, Keymap};
use pullquote::ui::{self, Theme};
use pullquote::user::UserAction;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::screens::{SIZES, check_sitting};
use crate::sitting::{Sitting, three};

/// Keys of a layer that do something else, written as in the configuration; nothing unbinds them.
fn change(layers: Layers, keys: &str, commands: &[Command]) -> KeyChange {
    KeyChange { layers, keys: KeySequence::parse(keys).unwrap(), commands: commands.into() }
}

/// The default keymap, in which each binding that is meant has these keys in the place of its own.
fn keymap(change: impl Fn(&Binding) -> Option<Vec<KeySequence>>) -> Keymap {
    let mut unbound = Vec::new();
    let mut bound = Vec::new();
    for binding in BINDINGS {
        let Some(keys) = change(binding) else { continue };
        let change = |keys: KeySequence, commands: &[Command]| KeyChange {
            layers: binding.layers,
            keys,
            commands: commands.into(),
        };
        unbound.extend(binding.keys().map(|key| change(key.into(), &[])));
        bound.extend(keys.into_iter().map(|keys| change(keys, &[binding.command])));
    }
    unbound.extend(bound);
    Keymap::with_changes(&unbound).0
}

/// The default keymap, with other keys for the command of this name.
fn rebound(name: &str, keys: &str) -> Keymap {
    let keys: Vec<_> = keys.split_whitespace().map(|key| KeySequence::parse(key).unwrap()).collect();
    keymap(|binding| (binding.name == name).then(|| keys.clone()))
}

/// Three articles on a screen on which every hint fits.
fn sitting(keymap: Keymap) -> Sitting {
    let mut sitting = Sitting::with_keys(200, 100, keymap);
    sitting.arrive(three());
    sitting.event(Event::Finished);
    sitting
}

/// The rows of the screen, with one blank between words.
fn rows(sitting: &Sitting) -> Vec<String> {
    let size = sitting.app.size();
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap();
    terminal.draw(|frame| ui::draw(&sitting.app, &sitting.keymap, &Theme::terminal(), today, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y| (0..size.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let words = |row: String| row.split_whitespace().collect::<Vec<_>>().join(" ");
    (0..size.height).map(row).map(words).collect()
}

fn foot(sitting: &Sitting) -> String {
    rows(sitting).pop().unwrap()
}

#[test]
fn rebound_key_is_named_everywhere() {
    let mut sitting = sitting(rebound("undo", "X"));
    sitting.press("DU");
    assert_eq!(sitting.listed().len(), 2, "U does nothing any more");
    sitting.press("sX");
    assert_eq!(sitting.notice().as_deref(), Some("Undone: starred “Council Votes Down Night Trams”"));
    sitting.press("D");
    assert_eq!(sitting.notice().as_deref(), Some("Removed · X undo"));
    assert!(foot(&sitting).starts_with("Removed · X undo"), "{}", foot(&sitting));
    sitting.press("A");
    assert_eq!(sitting.notice().as_deref(), Some("Marked 1 article read · X undo"));
    sitting.press("?");
    let shows = |sitting: &Sitting, words| rows(sitting).iter().any(|row| row.contains(words));
    assert!(shows(&sitting, "│ X undo the last action"));
    sitting.press("<esc>:undo");
    assert!(shows(&sitting, "│ undo X undo the last action"));
}

#[test]
fn command_without_a_key_is_no_hint() {
    let mut sitting = sitting(rebound("undo", ""));
    sitting.press("D");
    assert_eq!(sitting.notice().as_deref(), Some("Removed"));
    let mut sitting = self::sitting(rebound("search", ""));
    assert!(foot(&sitting).ends_with("Enter read n next unread q quit ? keys"), "{}", foot(&sitting));
    assert_eq!(sitting.refused("S").as_deref(), Some("Search for something first · S save search"));
}

/// With every key held together with Alt, no hint may name a key without it.
#[test]
fn foot_line_and_messages_follow_the_keymap_in_every_layer() {
    let mut sitting = sitting(keymap(|binding| {
        let keys = binding.keys().map(|key| KeySequence::from(Key { alt: true, ..key }));
        Some(keys.collect())
    }));
    for (keys, hints) in [
        ("", "A-Enter read A-n next unread A-/ search A-q quit A-? keys"),
        ("?", "A-j A-k scroll A-/ search A-Esc close"),
        ("Esc /", "words “a phrase” speaker:name -not"),
        ("Esc :", "a name or a row · A-Tab chooses"),
        ("Esc Enter", "A-n next A-* same speaker A-] other speaker A-/ search A-? keys"),
        ("i", "No quotation is selected · A-n goes to one"),
        ("n i", "A-c correct A-+ confirm A-n next A-Y copy A-Esc close"),
        ("c", "a name or a number · A-Tab · A-Enter"),
        ("Esc \"", "A-Enter only this one A-Esc all A-? keys"),
        ("Enter", "Only Ines Okafor · A-Esc shows all"),
        ("q q \" Esc", "A-Enter what they said A-/ narrow A-m merge A-O sort A-E export A-Esc back A-? keys"),
        ("m", "Ines Okafor is selected · A-m on another speaker merges · A-Esc cancels"),
        (
            "Enter",
            "A-Enter read A-i why A-/ narrow A-+ confirm A-Y copy A-O oldest first A-E export A-Esc back A-? keys",
        ),
        ("O", "A-Enter read A-i why A-/ narrow A-+ confirm A-Y copy A-O newest first A-E export A-Esc back A-? keys"),
    ] {
        let keys: Vec<_> = keys.split(' ').filter(|key| !key.is_empty()).map(|key| format!("A-{key}")).collect();
        for key in &keys {
            sitting.press_key(key);
        }
        assert!(foot(&sitting).contains(hints), "{hints}\n{}", foot(&sitting));
    }
}

/// The list with sequences that begin with g, one of them with two commands.
fn with_sequences(width: u16, height: u16) -> Sitting {
    let list = Layers::of(&[Layer::List]);
    let changes = [
        change(list, "g u", &[Command::ToggleRead]),
        change(list, "g s", &[Command::ToggleStar, Command::Down]),
        change(list, "g g", &[Command::Top]),
        change(list, "g Space f", &[Command::Speakers]),
        change(list, "Q", &[]),
    ];
    let mut sitting = Sitting::with_keys(width, height, Keymap::with_changes(&changes).0);
    sitting.arrive(three());
    sitting.event(Event::Finished);
    sitting
}

#[test]
fn sequence_waits_in_sight_and_does_its_commands_one_after_the_other() {
    let mut sitting = with_sequences(120, 36);
    sitting.press("jg");
    assert_eq!(foot(&sitting), "g… g top s toggle-star, down u toggle-read Space-f speakers");
    let second = sitting.place();
    sitting.press("s");
    assert_ne!(sitting.place(), second, "starred, then down");
    assert!(sitting.written().iter().any(|action| matches!(action, UserAction::Starred { .. })));
    sitting.press("gg");
    assert_eq!(sitting.app.waiting_keys(), None);
    // What cannot follow does nothing but end it, and Esc does no more either.
    for keys in ["gx", "g<esc>", "g<down>"] {
        let before = sitting.place();
        sitting.press(keys);
        assert_eq!((sitting.place(), sitting.app.waiting_keys()), (before, None), "{keys}");
    }
    // A letter is a letter where one types.
    sitting.press("/gs");
    assert_eq!(sitting.app.prompt().map(|prompt| prompt.typed().to_owned()).as_deref(), Some("gs"));
}

#[test]
fn command_that_asks_is_the_last_of_a_key() {
    let changes = [change(Layers::of(&[Layer::List]), "X", &[Command::Tag, Command::Remove])];
    let mut sitting = Sitting::with_keys(80, 24, Keymap::with_changes(&changes).0);
    sitting.arrive(three());
    sitting.event(Event::Finished);
    sitting.press("X");
    assert!(sitting.app.prompt().is_some());
    assert_eq!(sitting.press("<esc>").listed().len(), 3, "nothing was removed");
}

#[test]
fn screens_of_keys_that_wait() {
    for (width, height) in SIZES.into_iter().chain([(30, 8)]) {
        check_sitting(&format!("waiting-keys-{width}x{height}"), with_sequences(width, height).press("g"));
    }
}

/// The keys that the default bindings have, as the screen shows them, but for digits: in a text they are numbers.
pub fn default_keys() -> HashSet<String> {
    let is_number = |key: &String| key.bytes().all(|byte| byte.is_ascii_digit());
    BINDINGS.iter().flat_map(Binding::keys).map(|key| key.to_string()).filter(|key| !is_number(key)).collect()
}

/// The key that a text names, if any: one with a name of its own wherever it stands, else one that stands alone between
/// marks, or before what it does, as in "· U undo", ": n goes to one", "press J", "(!)".
pub fn named_key(text: &str, keys: &HashSet<String>) -> Option<String> {
    /// What begins sentences too; it names a key only after the mark that parts hints.
    const WORDS: [&str; 5] = ["a", "A", "End", "Home", "Space"];
    /// What parts words, too.
    const PAUSES: [&str; 2] = [",", ";"];
    let is_name = |word: &&str| word.chars().count() > 1 && keys.contains(*word) && !WORDS.contains(word);
    if let Some(name) = text.split([' ', ',', '.', ':', ';', '(', ')']).find(is_name) {
        return Some(name.to_owned());
    }
    let marked = text.replace("press ", "·").replace(['(', ')'], "·");
    for mark in ["·", ": ", "; ", ", ", "  ", "\n"] {
        let parts = marked.split(mark).enumerate();
        for (at, part) in parts.map(|(at, part)| (at, part.trim())) {
            let (first, rest) = part.split_once(' ').unwrap_or((part, ""));
            let is_letter = first.chars().count() == 1 && first.chars().all(char::is_alphabetic);
            // A sign that is a text by itself stands for nothing else: the prompt's colon, a mark of the list.
            let stands_alone = rest.is_empty() && (part != text.trim() || first.chars().count() > 1 || is_letter);
            let does = rest.starts_with(|c: char| c.is_lowercase() || c == '{');
            let is_word = WORDS.contains(&first) && (at == 0 || mark != "·");
            let is_pause = PAUSES.contains(&first) && !text.contains(&format!("· {first} "));
            if keys.contains(first) && (stands_alone || does) && !is_word && !is_pause {
                return Some(first.to_owned());
            }
        }
    }
    None
}

#[test]
fn keys_in_texts_are_found() {
    let keys = default_keys();
    let named = |text| named_key(text, &keys).unwrap_or_default();
    for (text, key) in [
        ("Removed · U undo", "U"),
        ("There are no feeds yet · a adds one", "a"),
        ("No quotation is selected: n goes to one", "n"),
        ("Open an article first, or press \" for all speakers", "\""),
        ("{} errors (!) · {words}", "!"),
        ("summary, x fetches the rest", "x"),
        ("a name or a number, or Tab  Enter", "Tab"),
        ("a name or a row, or Tab chooses", "Tab"),
        ("Esc", "Esc"),
        ("Enter {}", "Enter"),
        ("opens it; ^O comes back", "^O"),
    ] {
        assert_eq!(named(text), key, "{text}");
    }
    for text in
        ["a name or a number", "A search needs a name", "End of the article", ":", "/", "{at} of {of}", ":q quits"]
    {
        assert_eq!(named(text), "", "{text}");
    }
}

#[test]
fn help_names_the_keys_of_one_s_own_and_where_they_hold() {
    let list = Layers::of(&[Layer::List]);
    let changes = [
        change(list, "x", &[Command::ToggleStar, Command::NextArticle]),
        change(list, "b", &[Command::Line("tag budget")]),
        change(list, "u", &[]),
        change(list, "N", &[Command::ToggleRead]),
    ];
    let keymap = Keymap::with_changes(&changes).0;
    let help = keymap.help();
    let keys = |does: &str| help.iter().find(|entry| entry.does == does).map(|entry| entry.keys.as_str());
    assert_eq!(keys("toggle-star, next-article"), Some("x"));
    assert_eq!(keys("tag budget"), Some("b"));
    let read = help.iter().find(|entry| entry.name == "toggle-read").unwrap();
    assert_eq!(read.keys, "N (list) u (not list)");
    let mut sitting = sitting(keymap);
    sitting.press("?/budget<enter>");
    let screen = rows(&sitting).join("\n");
    assert!(screen.contains("YOUR OWN KEYS") && screen.contains("b tag budget"), "{screen}");
    // They are no commands that `:` could be asked for.
    sitting.press("<esc>:");
    let names = sitting.app.prompt().unwrap().choices(&sitting.app).unwrap().rows.len();
    assert_eq!(
        names,
        Sitting::new(200, 100, three()).press(":").app.prompt().unwrap().choices(&sitting.app).unwrap().rows.len()
    );
}
