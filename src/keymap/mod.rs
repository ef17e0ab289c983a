//! Which key does what.
//!
//! Accepts the keys that were pressed one after the other, and the layer; returns the commands. In reverse, it returns the
//! keys of a command: the help, the foot line and all messages get their keys from here. The default table ([`BINDINGS`]) is
//! meant to be read; [`KeyChange`]s are what the user has changed of it. It never knows what a command does.

mod change;
mod default;
mod key;
mod sequence;
mod synonyms;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::app::{Command, HelpEntry, Layer, Layers, Notice, WaitingKeys};

pub use change::{Clash, KeyChange};
pub use default::{ALIASES, BINDINGS, Binding};
pub use key::{Code, Key};
pub use sequence::KeySequence;
pub use synonyms::SYNONYMS;

/// Which key does what, and which keys do it.
#[derive(Debug, Clone)]
pub struct Keymap {
    commands: HashMap<(Layer, KeySequence), Arc<[Command]>>,
    /// What sequences begin with, and no command.
    beginnings: HashSet<(Layer, KeySequence)>,
    /// `commands` the other way round: what alone is a command's, the usual one first.
    keys: HashMap<(Layer, Command), Vec<KeySequence>>,
}

/// What keys mean that were pressed one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// These commands, one after the other.
    Commands(Arc<[Command]>),
    /// Nothing yet: a sequence begins so.
    Waits,
    /// Nothing.
    Nothing,
}

impl Meaning {
    /// The commands; none where keys wait for more or mean nothing.
    pub fn commands(&self) -> &[Command] {
        if let Self::Commands(commands) = self { commands } else { &[] }
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with_changes(&[]).0
    }
}

impl Keymap {
    /// The default keymap with these changes, the later ones over the earlier; and what in them shuts another out.
    pub fn with_changes(changes: &[KeyChange]) -> (Self, Vec<Clash>) {
        let mut commands: HashMap<(Layer, KeySequence), Arc<[Command]>> = HashMap::new();
        // What the user has bound is named before what was there.
        let mut order: Vec<(Layer, KeySequence)> = Vec::new();
        for (at, change) in changes.iter().enumerate() {
            let is_last = |layer: Layer| {
                !changes[at + 1..].iter().any(|later| later.layers.contains(layer) && later.keys == change.keys)
            };
            for layer in change.layers.iter().filter(|&layer| is_last(layer)) {
                commands.insert((layer, change.keys.clone()), change.commands.clone());
                order.push((layer, change.keys.clone()));
            }
        }
        for (layer, key, command) in BINDINGS.iter().flat_map(Binding::bound) {
            let place = (layer, KeySequence::from(key));
            if !commands.contains_key(&place) {
                commands.insert(place.clone(), Arc::from([command]));
                order.push(place);
            }
        }
        let clashes = change::clashes(changes, &commands);
        commands.retain(|_, commands| !commands.is_empty());
        let beginnings = change::beginnings(&commands);
        // A sequence that goes on is waited for.
        commands.retain(|place, _| !beginnings.contains(place));
        let mut keys: HashMap<_, Vec<_>> = HashMap::new();
        for (layer, sequence) in order {
            if let Some([command]) = commands.get(&(layer, sequence.clone())).map(|commands| &**commands) {
                keys.entry((layer, *command)).or_default().push(sequence);
            }
        }
        let mut keymap = Self { commands, beginnings, keys };
        keymap.keep_a_way_out();
        (keymap, clashes)
    }

    /// A view or a prompt that no key leads out of, and no command, could not be left: there `^C` does.
    fn keep_a_way_out(&mut self) {
        use Command as C;
        let key = KeySequence::from(Key { ctrl: true, ..Key::from('c') });
        let can_type = [C::Back, C::Accept].iter().all(|&way| !self.keys_of(Layer::Prompt, way).is_empty());
        for layer in Layer::all() {
            let (ways, kept): (&[Command], _) = match layer {
                Layer::Prompt => (&[C::Back], C::Back),
                Layer::List => (&[C::Quit, C::Leave], C::Quit),
                _ => (&[C::Quit, C::Leave, C::Back], C::Quit),
            };
            let is_bound = |way: &Command| !self.keys_of(layer, *way).is_empty();
            let leads_out = ways.iter().any(is_bound) || (can_type && is_bound(&C::Palette));
            if leads_out {
                continue;
            }
            self.beginnings.remove(&(layer, key.clone()));
            self.commands.insert((layer, key.clone()), Arc::from([kept]));
            self.keys.entry((layer, kept)).or_default().push(key.clone());
        }
    }

    /// What these keys mean in `layer`, pressed one after the other.
    ///
    /// While typing, letters are letters. Elsewhere digits count, unless they are bound, and a key that is bound in
    /// other layers only says where.
    pub fn resolve(&self, layer: Layer, keys: &[Key]) -> Meaning {
        let place = (layer, KeySequence::from(keys));
        if let Some(commands) = self.commands.get(&place) {
            return Meaning::Commands(Arc::clone(commands));
        }
        if self.beginnings.contains(&place) {
            return Meaning::Waits;
        }
        let command = match keys {
            [Key { code: Code::Char(letter), ctrl: false, alt: false }] if layer == Layer::Prompt => {
                Command::Type(*letter)
            }
            [Key { code: Code::Char(digit @ '0'..='9'), ctrl: false, alt: false }] if layer != Layer::Prompt => {
                Command::Digit(*digit as u8 - b'0')
            }
            [_] if layer != Layer::Prompt => self.elsewhere(layer, &place.1),
            _ => return Meaning::Nothing,
        };
        Meaning::Commands(Arc::from([command]))
    }

    /// What a key says in a layer where it does nothing: the command that it has elsewhere, if any. One that the user took its
    /// command from here has none.
    fn elsewhere(&self, layer: Layer, key: &KeySequence) -> Command {
        let holds = |binding: &&Binding| self.held_in(binding).any(|(_, held)| held == key);
        let elsewhere = |binding: &'static Binding| Command::Elsewhere {
            command: &binding.command,
            name: binding.name,
            layers: binding.layers,
        };
        let has_one_here = |(of, bound, _): (Layer, Key, Command)| of == layer && *key == KeySequence::from(bound);
        if BINDINGS.iter().flat_map(Binding::bound).any(has_one_here) {
            return Command::Unbound;
        }
        let mut shown = BINDINGS.iter().filter(|binding| binding.is_shown());
        shown.find(holds).map_or(Command::Unbound, elsewhere)
    }

    /// The keys of `command` in `layer`, the usual one first.
    pub fn keys_of(&self, layer: Layer, command: Command) -> &[KeySequence] {
        self.keys.get(&(layer, command)).map_or(&[], Vec::as_slice)
    }

    /// The usual key for `command` in `layer`.
    pub fn first_key(&self, layer: Layer, command: Command) -> Option<&KeySequence> {
        self.keys_of(layer, command).first()
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

    /// The keys that wait for more, and how they can go on, each with the name of its command.
    pub fn waiting(&self, layer: Layer, keys: &[Key]) -> WaitingKeys {
        let name = |command: &Command| command_name(*command).to_owned();
        let goes_on = |((of, sequence), commands): (&(Layer, KeySequence), &Arc<[Command]>)| {
            let rest = sequence.after(keys).filter(|_| *of == layer)?;
            Some((rest.to_string(), commands.iter().map(name).collect::<Vec<_>>().join(", ")))
        };
        let mut continuations: Vec<_> = self.commands.iter().filter_map(goes_on).collect();
        continuations.sort_by(|(one, _), (other, _)| (one.len(), one).cmp(&(other.len(), other)));
        WaitingKeys { typed: KeySequence::from(keys).to_string(), continuations }
    }

    /// What the help shows: every binding that says what it does, in the order of the table, with those of its keys that
    /// hold.
    pub fn help(&self) -> Vec<HelpEntry> {
        let entry = |binding: &Binding| HelpEntry {
            section: binding.section,
            home: default::HOMES.iter().find(|(name, _)| *name == binding.section).map_or(Layers::NONE, |home| home.1),
            keys: self.shown_keys(binding),
            name: binding.name,
            aliases: words_for(binding.name, ALIASES),
            synonyms: words_for(binding.name, SYNONYMS),
            layers: binding.layers,
            does: self.described(binding.does),
            command: binding.command,
        };
        BINDINGS.iter().filter(|binding| binding.is_shown()).map(entry).chain(self.own_rows()).collect()
    }

    /// The keys of a binding as the help shows them: those that do not hold in all of its layers with where they do.
    fn shown_keys(&self, binding: &Binding) -> String {
        let in_layer = |layer, key: &KeySequence| self.keys_of(layer, binding.command).contains(key);
        let shown = |key: &KeySequence| {
            let (here, gone): (Vec<_>, Vec<_>) = binding.layers.iter().partition(|&layer| in_layer(layer, key));
            let names = |layers: &[Layer]| layers.iter().map(|layer| layer.name()).collect::<Vec<_>>().join(", ");
            match (here.len(), gone.len()) {
                (_, 0) => key.to_string(),
                (some, others) if some <= others => format!("{key} ({})", names(&here)),
                _ => format!("{key} (not {})", names(&gone)),
            }
        };
        self.held(binding).into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    /// The rows of the help for keys with several commands, or with a command and its argument.
    fn own_rows(&self) -> Vec<HelpEntry> {
        let mut rows: BTreeMap<(String, String), Vec<Layer>> = BTreeMap::new();
        for ((layer, keys), commands) in &self.commands {
            let is_own = commands.len() > 1 || matches!(&**commands, [Command::Line(_)]);
            let does: Vec<_> = commands.iter().map(|&command| command_name(command)).collect();
            if is_own {
                rows.entry((keys.to_string(), does.join(", "))).or_default().push(*layer);
            }
        }
        let row = |((keys, does), layers): ((String, String), Vec<Layer>)| HelpEntry {
            section: "Your own keys",
            home: Layers::NONE,
            keys,
            name: "",
            aliases: &[],
            synonyms: &[],
            layers: Layers::of(&layers),
            does,
            command: Command::Unbound,
        };
        rows.into_iter().map(row).collect()
    }

    /// The keys of the command of a binding, in each of its layers.
    fn held_in<'a>(&'a self, binding: &Binding) -> impl Iterator<Item = (Layer, &'a KeySequence)> {
        let command = binding.command;
        binding.layers.iter().flat_map(move |layer| self.keys_of(layer, command).iter().map(move |key| (layer, key)))
    }

    /// The keys of a binding that hold in any of its layers, each once. Those of other bindings of the same command are not
    /// among them.
    fn held(&self, binding: &Binding) -> Vec<&KeySequence> {
        let is_of_other = |layer, key: &KeySequence| {
            let others = BINDINGS.iter().filter(|other| other.command == binding.command && other.keys != binding.keys);
            let bind =
                |other: &Binding| other.bound().any(|(of, bound, _)| of == layer && *key == KeySequence::from(bound));
            others.into_iter().any(bind)
        };
        let mut held: Vec<&KeySequence> = Vec::new();
        for (layer, key) in self.held_in(binding) {
            if !held.contains(&key) && !is_of_other(layer, key) {
                held.push(key);
            }
        }
        held
    }

    /// A description with the key of each command that it names in angle brackets; where none is bound, with what to
    /// type for it.
    fn described(&self, does: &str) -> String {
        let key = |name: &str| {
            let binding = BINDINGS.iter().find(|binding| binding.name == name);
            let key = binding.and_then(|binding| self.held(binding).into_iter().next());
            key.map_or_else(|| format!(":{name}"), KeySequence::to_string)
        };
        let pieces = does.split(['<', '>']).enumerate();
        pieces.map(|(at, piece)| if at % 2 == 0 { piece.to_owned() } else { key(piece) }).collect()
    }
}

/// The command with this name or alias; where several views have one of that name, the one of `layer`.
pub fn command_named(name: &str, layer: Layer) -> Option<Command> {
    let is_alias = |binding: &&Binding| words_for(binding.name, ALIASES).contains(&name);
    let is_named = |binding: &&Binding| binding.name == name || is_alias(binding);
    let here = BINDINGS.iter().filter(|binding| binding.layers.contains(layer)).find(is_named);
    here.or_else(|| BINDINGS.iter().find(is_named)).map(|binding| binding.command)
}

/// Whether a command does anything in `layer`.
pub fn works_in(command: Command, layer: Layer) -> bool {
    let name = match command {
        Command::Line(line) => line.split_whitespace().next().unwrap_or_default(),
        _ => command_name(command),
    };
    let mut bindings = BINDINGS.iter().filter(|binding| binding.layers.contains(layer));
    bindings.any(|binding| binding.command == command || binding.name == name)
}

/// All names of commands, each once.
pub fn command_names() -> impl Iterator<Item = &'static str> {
    let is_first = |at: usize| !BINDINGS[..at].iter().any(|earlier| earlier.name == BINDINGS[at].name);
    (0..BINDINGS.len()).filter(move |&at| is_first(at)).map(|at| BINDINGS[at].name)
}

/// The name of a command, with its argument; empty where it has none, as a letter that is typed.
pub fn command_name(command: Command) -> &'static str {
    if let Command::Line(line) = command {
        return line;
    }
    BINDINGS.iter().find(|binding| binding.command == command).map_or("", |binding| binding.name)
}

/// The words that a table has for a command.
fn words_for(name: &str, table: &'static [(&str, &[&str])]) -> &'static [&'static str] {
    table.iter().find(|(known, _)| *known == name).map_or(&[], |(_, aliases)| aliases)
}

#[cfg(test)]
mod tests;
