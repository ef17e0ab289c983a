//! Which key does what.
//!
//! Accepts a key and the layer in which it was pressed; returns the command. In reverse, it returns the keys of a
//! command: the help, the foot line and all messages get their keys from here. The default table ([`BINDINGS`]) is
//! meant to be read. It never knows what a command does.

mod default;
mod key;
mod synonyms;

use std::collections::HashMap;

use crate::app::{Command, HelpEntry, Layer, Notice};

pub use default::{ALIASES, BINDINGS, Binding};
pub use key::{Code, Key};
pub use synonyms::SYNONYMS;

/// Which key does what, and which keys do it.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    commands: HashMap<(Layer, Key), Command>,
    /// `commands` the other way round; the keys in the order of the bindings.
    keys: HashMap<(Layer, Command), Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(BINDINGS.to_vec())
    }
}

impl Keymap {
    /// The keymap of these bindings. Where two of them bind one key in one layer, the later one holds; what is written
    /// as no key is left out.
    pub fn new(bindings: Vec<Binding>) -> Self {
        let bound: Vec<_> = bindings.iter().flat_map(Binding::bound).collect();
        let commands: HashMap<_, _> = bound.iter().map(|&(layer, key, command)| ((layer, key), command)).collect();
        let mut keys: HashMap<_, Vec<_>> = HashMap::new();
        for (layer, key, command) in bound {
            let keys = keys.entry((layer, command)).or_default();
            if commands.get(&(layer, key)) == Some(&command) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        Self { bindings, commands, keys }
    }

    /// The command of `key` in `layer`; while typing, none where it is not bound.
    ///
    /// While typing, letters are letters. Elsewhere digits count, unless they are bound, and a key that is bound in
    /// other layers only says where.
    pub fn resolve(&self, layer: Layer, key: Key) -> Option<Command> {
        if let Some(&command) = self.commands.get(&(layer, key)) {
            return Some(command);
        }
        match key {
            Key { code: Code::Char(letter), ctrl: false, alt: false } if layer == Layer::Prompt => {
                Some(Command::Type(letter))
            }
            _ if layer == Layer::Prompt => None,
            Key { code: Code::Char(digit @ '0'..='9'), ctrl: false, alt: false } => {
                Some(Command::Digit(digit as u8 - b'0'))
            }
            _ => Some(self.elsewhere(key)),
        }
    }

    /// What a key says where it does nothing: the command that it has elsewhere, if any.
    fn elsewhere(&self, key: Key) -> Command {
        let holds = |binding: &&Binding| {
            let is_here = |&layer: &Layer| self.commands.get(&(layer, key)) == Some(&binding.command);
            !binding.name.is_empty() && binding.keys().any(|bound| bound == key) && binding.layers.iter().any(is_here)
        };
        let elsewhere = |binding: &Binding| Command::Elsewhere { name: binding.name, layers: binding.layers };
        self.bindings.iter().find(holds).map_or(Command::Unbound, elsewhere)
    }

    /// The keys of `command` in `layer`, the usual one first.
    pub fn keys_of(&self, layer: Layer, command: Command) -> &[Key] {
        self.keys.get(&(layer, command)).map_or(&[], Vec::as_slice)
    }

    /// The usual key for `command` in `layer`.
    pub fn first_key(&self, layer: Layer, command: Command) -> Option<Key> {
        self.keys_of(layer, command).first().copied()
    }

    /// The usual key for `command` in `layer` and what it does: "U undo". Nothing where no key is bound to it.
    pub fn hint(&self, layer: Layer, command: Command, words: &str) -> Option<String> {
        let key = self.first_key(layer, command)?;
        Some(if words.is_empty() { key.to_string() } else { format!("{key} {words}") })
    }

    /// A text with those of its hints whose commands have a key in `layer`: "Removed · U undo".
    pub fn line(&self, layer: Layer, notice: &Notice) -> String {
        let text = Some(notice.text.clone()).filter(|text| !text.is_empty());
        let hints = notice.hints.iter().filter_map(|(command, words)| self.hint(layer, *command, words));
        text.into_iter().chain(hints).collect::<Vec<_>>().join(" · ")
    }

    /// What the help shows: every binding that has a name, in the order of the table, with those of its keys that hold.
    pub fn help(&self) -> Vec<HelpEntry> {
        let entry = |binding: &Binding| HelpEntry {
            section: binding.section,
            home: default::HOMES.iter().find(|(name, _)| *name == binding.section).map_or(&[], |(_, layers)| layers),
            keys: self.held(binding).map(|key| key.to_string()).collect::<Vec<_>>().join(" "),
            name: binding.name,
            aliases: words_for(binding.name, ALIASES),
            synonyms: words_for(binding.name, SYNONYMS),
            layers: binding.layers,
            does: self.described(binding.does),
            command: binding.command,
        };
        self.bindings.iter().filter(|binding| !binding.name.is_empty()).map(entry).collect()
    }

    /// The keys of a binding that no later one has taken in all of its layers.
    fn held(&self, binding: &Binding) -> impl Iterator<Item = Key> {
        binding.keys().filter(|&key| {
            let holds = |&layer: &Layer| self.commands.get(&(layer, key)) == Some(&binding.command);
            binding.layers.iter().any(holds)
        })
    }

    /// A description with the key of each command that it names in angle brackets; where none is bound, with what to
    /// type for it.
    fn described(&self, does: &str) -> String {
        let key = |name: &str| {
            let binding = self.bindings.iter().find(|binding| binding.name == name);
            let key = binding.and_then(|binding| self.held(binding).next());
            key.map_or_else(|| format!(":{name}"), |key| key.to_string())
        };
        let pieces = does.split(['<', '>']).enumerate();
        pieces.map(|(at, piece)| if at % 2 == 0 { piece.to_owned() } else { key(piece) }).collect()
    }
}

/// The words that a table has for a command.
fn words_for(name: &str, table: &'static [(&str, &[&str])]) -> &'static [&'static str] {
    table.iter().find(|(known, _)| *known == name).map_or(&[], |(_, aliases)| aliases)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_key_is_written_right_and_bound_once_in_a_layer() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for written in binding.keys.split(' ').filter(|written| !written.is_empty()) {
                let key = Key::parse(written).unwrap_or_else(|| panic!("{written:?} is no key"));
                for &layer in binding.layers {
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
            assert!(entry.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", entry.name);
            assert!(!entry.does.is_empty() && !entry.section.is_empty());
        }
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
        let command = keymap.resolve(Layer::People, key("s"));
        assert!(matches!(command, Some(Command::Elsewhere { name: "toggle-star", .. })), "{command:?}");
        assert_eq!(keymap.resolve(Layer::People, key("~")), Some(Command::Unbound));
        assert_eq!(keymap.resolve(Layer::Prompt, key("C-g")), None);
    }

    #[test]
    fn letters_are_letters_only_while_typing() {
        let keymap = Keymap::default();
        let key = |written| Key::parse(written).unwrap();
        assert_eq!(keymap.resolve(Layer::List, key("j")), Some(Command::Down));
        assert_eq!(keymap.resolve(Layer::Prompt, key("j")), Some(Command::Type('j')));
        assert_eq!(keymap.resolve(Layer::List, key("7")), Some(Command::Digit(7)));
        assert_eq!(keymap.resolve(Layer::Prompt, key("7")), Some(Command::Type('7')));
        assert_eq!(keymap.resolve(Layer::Prompt, key("C-c")), Some(Command::Quit));
        assert_eq!(keymap.resolve(Layer::List, key("Esc")), Some(Command::Back));
        assert_eq!(keymap.resolve(Layer::List, key("C-y")), Some(Command::ScrollUp));
    }

    /// The default bindings, with other keys for the command of this name.
    fn rebound(name: &str, keys: &'static str) -> Keymap {
        let mut bindings = BINDINGS.to_vec();
        bindings.iter_mut().find(|binding| binding.name == name).unwrap().keys = keys.into();
        Keymap::new(bindings)
    }

    #[test]
    fn reverse_map_agrees_with_resolve() {
        let keymap = Keymap::default();
        for (layer, key, command) in BINDINGS.iter().flat_map(Binding::bound) {
            assert_eq!(keymap.resolve(layer, key), Some(command), "{key} in {layer:?}");
            assert!(keymap.keys_of(layer, command).contains(&key), "{key} in {layer:?}");
        }
        for (&(layer, command), keys) in &keymap.keys {
            assert!(keys.iter().all(|&key| keymap.resolve(layer, key) == Some(command)), "{command:?} in {layer:?}");
        }
        assert_eq!(keymap.first_key(Layer::List, Command::Undo), Key::parse("U"));
        assert_eq!(keymap.first_key(Layer::Prompt, Command::Undo), None);
    }

    #[test]
    fn later_bindings_take_keys_from_earlier_ones() {
        let keymap = rebound("redo", "U");
        assert_eq!(keymap.resolve(Layer::List, Key::parse("U").unwrap()), Some(Command::Redo));
        assert_eq!(keymap.keys_of(Layer::List, Command::Undo), []);
        assert_eq!(keymap.line(Layer::List, &Notice::undoable("Removed")), "Removed");
        assert_eq!(
            keymap.line(Layer::List, &Notice::new("").hint(Command::Redo, "redo").hint(Command::Help, "")),
            "U redo · ?"
        );
        let help = keymap.help();
        let keys = |name| help.iter().find(|entry| entry.name == name).unwrap().keys.as_str();
        assert_eq!((keys("undo"), keys("redo")), ("", "U"));
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
}
