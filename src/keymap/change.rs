//! What the user changes of the keys, and what in that shuts out something else.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::KeySequence;
use crate::app::{Command, Layer, Layers};

/// What keys do from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// Where.
    pub layers: Layers,
    /// Which keys.
    pub keys: KeySequence,
    /// Their commands, one after the other; none to unbind them.
    pub commands: Arc<[Command]>,
}

/// Keys that do nothing any more, as a longer sequence begins with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// In which layer.
    pub layer: Layer,
    /// The keys that are never more than a beginning.
    pub keys: KeySequence,
    /// What they would have done.
    pub commands: Arc<[Command]>,
    /// The sequence that begins so; of several, the first.
    pub longer: KeySequence,
    /// Whether the user has bound both.
    pub is_own: bool,
}

/// What sequences with commands begin with.
pub(super) fn beginnings(commands: &HashMap<(Layer, KeySequence), Arc<[Command]>>) -> HashSet<(Layer, KeySequence)> {
    let begin = |(layer, keys): &(Layer, KeySequence)| {
        let layer = *layer;
        keys.beginnings().map(move |beginning| (layer, beginning)).collect::<Vec<_>>()
    };
    commands.keys().flat_map(begin).collect()
}

/// The keys with commands with which a sequence begins that the user has bound: they are waited at.
pub(super) fn clashes(changes: &[KeyChange], commands: &HashMap<(Layer, KeySequence), Arc<[Command]>>) -> Vec<Clash> {
    let is_bound = |place: &(Layer, KeySequence)| commands.get(place).is_some_and(|commands| !commands.is_empty());
    let mut found: Vec<Clash> = Vec::new();
    let mut longest: Vec<&(Layer, KeySequence)> = commands.keys().filter(|place| is_bound(place)).collect();
    longest.sort_by(|one, other| (one.0 as u8, &one.1).cmp(&(other.0 as u8, &other.1)));
    for (layer, longer) in longest {
        for keys in longer.beginnings() {
            let place = (*layer, keys.clone());
            let is_known = found.iter().any(|clash| (clash.layer, &clash.keys) == (*layer, &keys));
            if is_known || !is_bound(&place) {
                continue;
            }
            let is_own = changes.iter().any(|change| change.layers.contains(*layer) && change.keys == keys);
            let commands = Arc::clone(&commands[&place]);
            found.push(Clash { layer: *layer, keys, commands, longer: longer.clone(), is_own });
        }
    }
    found
}
