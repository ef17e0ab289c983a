//! Which key does what.
//!
//! Takes a key and the layer in which it was pressed; gives the command. The default table ([`BINDINGS`]) is meant to
//! be read, and is where the help comes from.
//! It never knows what a command does.

mod default;
mod key;

use std::collections::HashMap;

use crate::app::{Command, HelpEntry, Layer};

pub use default::{ALIASES, BINDINGS, Binding};
pub use key::{Code, Key};

/// Which key does what.
#[derive(Debug, Clone)]
pub struct Keymap {
    bound: HashMap<(Layer, Key), Command>,
}

impl Default for Keymap {
    fn default() -> Self {
        let pairs = |binding: &'static Binding| {
            let keys = binding.keys.split(' ').filter_map(Key::parse);
            keys.flat_map(move |key| binding.layers.iter().map(move |&layer| ((layer, key), binding.command)))
        };
        Self { bound: BINDINGS.iter().flat_map(pairs).collect() }
    }
}

impl Keymap {
    /// What `key` asks for in `layer`; nothing where it is not bound.
    ///
    /// While typing, letters are letters. Elsewhere digits count, unless they are bound.
    pub fn resolve(&self, layer: Layer, key: Key) -> Option<Command> {
        if let Some(&command) = self.bound.get(&(layer, key)) {
            return Some(command);
        }
        match key {
            Key { code: Code::Char(letter), ctrl: false, alt: false } if layer == Layer::Prompt => {
                Some(Command::Type(letter))
            }
            Key { code: Code::Char(digit @ '0'..='9'), ctrl: false, alt: false } => {
                Some(Command::Digit(digit as u8 - b'0'))
            }
            _ => None,
        }
    }
}

/// What the help shows: every binding that has a name, in the order of the table.
pub fn help() -> Vec<HelpEntry> {
    let entry = |binding: &Binding| HelpEntry {
        section: binding.section,
        keys: shown(binding.keys),
        name: binding.name,
        aliases: aliases(binding.name),
        layers: binding.layers,
        does: binding.does,
        command: binding.command,
    };
    BINDINGS.iter().filter(|binding| !binding.name.is_empty()).map(entry).collect()
}

/// The other names of a command after `:`.
fn aliases(name: &str) -> &'static [&'static str] {
    ALIASES.iter().find(|(known, _)| *known == name).map_or(&[], |(_, aliases)| aliases)
}

/// The key that the foot line shows for a command in a layer.
pub fn first_key(layer: Layer, command: Command) -> Option<String> {
    let bound = |binding: &&Binding| binding.command == command && binding.layers.contains(&layer);
    BINDINGS.iter().find(bound).and_then(|binding| binding.keys.split(' ').next()).map(shown)
}

/// Keys as a person reads them.
fn shown(keys: &str) -> String {
    let show = |key: &str| match key {
        "Up" => "↑".to_owned(),
        "Down" => "↓".to_owned(),
        "Left" => "←".to_owned(),
        "Right" => "→".to_owned(),
        "BackTab" => "⇧Tab".to_owned(),
        _ => key.strip_prefix("C-").map_or_else(|| key.to_owned(), |letter| format!("^{}", letter.to_uppercase())),
    };
    keys.split(' ').map(show).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_key_is_written_right_and_bound_once_in_a_layer() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for written in binding.keys.split(' ') {
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
        for entry in help() {
            assert!(names.insert(entry.name), "{} stands twice", entry.name);
            assert!(entry.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", entry.name);
            assert!(!entry.does.is_empty() && !entry.section.is_empty());
        }
    }

    #[test]
    fn aliases_are_unique_and_belong_to_commands() {
        let entries = help();
        let mut names: HashSet<_> = entries.iter().map(|entry| entry.name).collect();
        for (name, aliases) in ALIASES {
            assert!(entries.iter().any(|entry| entry.name == *name && entry.aliases == *aliases), "{name}");
            for alias in *aliases {
                assert!(names.insert(alias), "{alias} stands twice");
            }
        }
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
}
