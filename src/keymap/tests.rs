use std::collections::HashSet;

use super::*;

/// The one command that a key has.
fn command_of(keymap: &Keymap, layer: Layer, key: Key) -> Option<Command> {
    match keymap.resolve(layer, &[key]).commands() {
        [command] => Some(*command),
        _ => None,
    }
}

#[test]
fn every_key_is_written_right_and_bound_once_in_a_layer() {
    let mut seen = HashSet::new();
    for binding in BINDINGS {
        for written in binding.keys.split(' ').filter(|written| !written.is_empty()) {
            let key = Key::parse(written).unwrap_or_else(|| panic!("{written:?} is no key"));
            assert_eq!(key.written(), written);
            for layer in binding.layers.iter() {
                assert!(seen.insert((layer, key)), "{written} is bound twice in {layer:?}");
            }
        }
    }
}

#[test]
fn names_are_unique_and_words_say_what_they_do() {
    let mut names = HashSet::new();
    for entry in Keymap::default().help() {
        assert!(names.insert(entry.name), "{} stands twice", entry.name);
        assert!(!entry.does.is_empty() && !entry.section.is_empty());
    }
}

#[test]
fn every_command_has_a_name_that_finds_it() {
    for binding in BINDINGS {
        let Binding { name, command, layers, .. } = binding;
        assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{binding:?}");
        for layer in layers.iter() {
            assert_eq!(command_named(name, layer), Some(*command), "{name} in {layer:?}");
        }
    }
    assert_eq!(command_named("star", Layer::List), Some(Command::ToggleStar), "an old name");
    assert_eq!(command_named("no-such", Layer::List), None);
    assert_eq!(command_names().filter(|name| *name == "open").count(), 1);
}

#[test]
fn aliases_are_unique_and_belong_to_commands() {
    let entries = Keymap::default().help();
    let mut names: HashSet<_> = entries.iter().map(|entry| entry.name).collect();
    for (name, aliases) in ALIASES {
        assert!(entries.iter().any(|entry| entry.name == *name && entry.aliases == *aliases), "{name}");
        for alias in *aliases {
            assert!(names.insert(alias), "{alias} stands twice");
        }
    }
}

#[test]
fn synonyms_belong_to_commands_and_are_found() {
    let entries = Keymap::default().help();
    for (name, words) in SYNONYMS {
        assert!(entries.iter().any(|entry| entry.name == *name && entry.synonyms == *words), "{name}");
    }
    for (typed, name) in
        [("delete", "remove"), ("sort", "reverse-order"), ("theme", "highlight"), ("subscribe", "subscribe")]
    {
        assert!(crate::app::matching(&entries, typed).any(|entry| entry.name == name), "{typed}");
    }
}

#[test]
fn keys_that_are_bound_elsewhere_say_where() {
    let keymap = Keymap::default();
    let key = |written| Key::parse(written).unwrap();
    let command = command_of(&keymap, Layer::People, key("s"));
    assert!(matches!(command, Some(Command::Elsewhere { name: "toggle-star", .. })), "{command:?}");
    assert_eq!(command_of(&keymap, Layer::People, key("~")), Some(Command::Unbound));
    assert_eq!(command_of(&keymap, Layer::Prompt, key("C-g")), None);
}

#[test]
fn letters_are_letters_only_while_typing() {
    let keymap = Keymap::default();
    let key = |written| Key::parse(written).unwrap();
    assert_eq!(command_of(&keymap, Layer::List, key("j")), Some(Command::Down));
    assert_eq!(command_of(&keymap, Layer::Prompt, key("j")), Some(Command::Type('j')));
    assert_eq!(command_of(&keymap, Layer::List, key("7")), Some(Command::Digit(7)));
    assert_eq!(command_of(&keymap, Layer::Prompt, key("7")), Some(Command::Type('7')));
    assert_eq!(command_of(&keymap, Layer::Prompt, key("C-c")), Some(Command::Quit));
    assert_eq!(command_of(&keymap, Layer::List, key("Esc")), Some(Command::Back));
    assert_eq!(command_of(&keymap, Layer::List, key("C-y")), Some(Command::ScrollUp));
}

/// The default keymap, with other keys for the command of this name.
fn rebound(name: &str, keys: &str) -> Keymap {
    let binding = BINDINGS.iter().find(|binding| binding.name == name).unwrap();
    let change = |keys, commands: &[Command]| KeyChange { layers: binding.layers, keys, commands: commands.into() };
    let unbound = binding.keys().map(|key| change(key.into(), &[]));
    let keys = keys.split_whitespace().map(|key| KeySequence::parse(key).unwrap());
    let bound = keys.map(|keys| change(keys, &[binding.command]));
    Keymap::with_changes(&unbound.chain(bound).collect::<Vec<_>>()).0
}

#[test]
fn reverse_map_agrees_with_resolve() {
    let keymap = Keymap::default();
    for (layer, key, command) in BINDINGS.iter().flat_map(Binding::bound) {
        assert_eq!(command_of(&keymap, layer, key), Some(command), "{key} in {layer:?}");
        assert!(keymap.keys_of(layer, command).contains(&key.into()), "{key} in {layer:?}");
    }
    let undo = Key::parse("U").map(KeySequence::from);
    assert_eq!(keymap.first_key(Layer::List, Command::Undo), undo.as_ref());
    assert_eq!(keymap.first_key(Layer::Prompt, Command::Undo), None);
}

#[test]
fn changed_keys_take_the_place_of_default_ones_and_are_named_first() {
    let keymap = rebound("redo", "U");
    assert_eq!(command_of(&keymap, Layer::List, Key::from('U')), Some(Command::Redo));
    assert_eq!(keymap.keys_of(Layer::List, Command::Undo), []);
    assert_eq!(keymap.line(Layer::List, &Notice::undoable("Removed")), "Removed");
    assert_eq!(
        keymap.line(Layer::List, &Notice::new("").hint(Command::Redo, "redo").hint(Command::Help, "")),
        "U redo · ?"
    );
    let help = keymap.help();
    let keys = |name| help.iter().find(|entry| entry.name == name).unwrap().keys.as_str();
    assert_eq!((keys("undo"), keys("redo")), ("", "U"));
    let x =
        KeyChange { layers: Layers::of(&[Layer::List]), keys: Key::from('X').into(), commands: [Command::Undo].into() };
    let keymap = Keymap::with_changes(&[x]).0;
    assert_eq!(keymap.hint(Layer::List, Command::Undo, "undo").as_deref(), Some("X undo"));
    assert_eq!(keymap.help().iter().find(|entry| entry.name == "undo").unwrap().keys, "X (list) U");
}

#[test]
fn sequences_wait_and_clashes_are_told() {
    let list = Layers::of(&[Layer::List]);
    let change = |keys, commands: &[Command]| KeyChange {
        layers: list,
        keys: KeySequence::parse(keys).unwrap(),
        commands: commands.into(),
    };
    let (u, star) = (change("g u", &[Command::ToggleRead]), change("g s", &[Command::ToggleStar, Command::Down]));
    let (keymap, clashes) = Keymap::with_changes(&[u, star, change("k", &[]), change("z z", &[])]);
    let press = |keys: &str| {
        let keys: Vec<_> = keys.chars().map(Key::from).collect();
        keymap.resolve(Layer::List, &keys)
    };
    assert_eq!(press("g"), Meaning::Waits);
    assert_eq!(press("gu"), Meaning::Commands([Command::ToggleRead].into()));
    assert_eq!(press("gs"), Meaning::Commands([Command::ToggleStar, Command::Down].into()));
    assert_eq!(press("gx"), Meaning::Nothing);
    assert_eq!(press("z"), Meaning::Commands([Command::Zen].into()), "what is unbound begins nothing");
    let waiting = keymap.waiting(Layer::List, &[Key::from('g')]);
    assert_eq!(waiting.typed, "g");
    let shown: Vec<_> = waiting.continuations.iter().map(|(key, name)| format!("{key} {name}")).collect();
    assert_eq!(shown, ["s toggle-star, down", "u toggle-read"]);
    assert_eq!(keymap.resolve(Layer::Article, &[Key::from('g')]), Meaning::Commands([Command::Top].into()));
    let told: Vec<_> = clashes.iter().map(|clash| (clash.keys.to_string(), clash.longer.to_string())).collect();
    assert_eq!(told, [("g".to_owned(), "gs".to_owned())]);
    assert!(!clashes[0].is_own);
    assert_eq!(keymap.hint(Layer::List, Command::Up, ""), Some("↑".to_owned()));
    assert_eq!(keymap.hint(Layer::List, Command::Top, ""), Some("Home".to_owned()), "g is a beginning only");
}

#[test]
fn there_is_always_a_way_out() {
    let ways = [Command::Quit, Command::Leave, Command::Palette];
    let of = |way| BINDINGS.iter().filter(move |binding| binding.command == way);
    let changes: Vec<_> = ways
        .into_iter()
        .flat_map(of)
        .flat_map(Binding::keys)
        .map(|key| KeyChange {
            layers: Layers::of(&[]).and(&Layer::NAMES.map(|(_, layer)| layer)),
            keys: key.into(),
            commands: [].into(),
        })
        .collect();
    let keymap = Keymap::with_changes(&changes).0;
    assert_eq!(keymap.hint(Layer::List, Command::Quit, ""), Some("^C".to_owned()));
    assert_eq!(keymap.hint(Layer::Prompt, Command::Back, ""), Some("Esc".to_owned()));
}

#[test]
fn descriptions_name_keys_through_commands() {
    let entries = rebound("search", "C-s A-Space").help();
    let names: HashSet<_> = entries.iter().map(|entry| entry.name).collect();
    for binding in BINDINGS {
        assert!(binding.does.split(['<', '>']).skip(1).step_by(2).all(|name| names.contains(name)), "{binding:?}");
    }
    let entry = |entries: &[HelpEntry], name| entries.iter().find(|entry| entry.name == name).unwrap().clone();
    assert_eq!(entry(&entries, "help").does, "these keys; ^S searches them");
    assert_eq!(entry(&entries, "search").keys, "^S A-Space");
    assert_eq!(entry(&rebound("search", "").help(), "help").does, "these keys; :search searches them");
}
