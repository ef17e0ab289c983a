//! Record linkage: which names are one person's, by themselves and by the word of the user.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::expansion::{Expansions, agree, is_short_form_of};
use super::person::{Identity, NameGender, NameTraits};

/// What the user says of two identities, as they are written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityLink {
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
    /// Whether they are one person; `None` removes the link.
    pub same: Option<bool>,
}

/// All links that the user made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityLinks {
    pairs: BTreeMap<(Identity, Identity), bool>,
    /// The pairs in which an identity with this key stands.
    by_key: HashMap<String, BTreeSet<(Identity, Identity)>>,
}

impl IdentityLinks {
    /// Sets a link; returns its inverse.
    pub fn set(&mut self, link: &IdentityLink) -> IdentityLink {
        let pair = ordered(Identity::parse(&link.one), Identity::parse(&link.other));
        let before = match link.same {
            Some(same) => self.pairs.insert(pair.clone(), same),
            None => self.pairs.remove(&pair),
        };
        for key in [&pair.0.key, &pair.1.key] {
            let pairs = self.by_key.entry(key.clone()).or_default();
            if link.same.is_some() {
                pairs.insert(pair.clone())
            } else {
                pairs.remove(&pair)
            };
            if pairs.is_empty() {
                self.by_key.remove(key);
            }
        }
        IdentityLink { same: before, ..link.clone() }
    }

    /// What a test says of identities: two of them, and whether they are one person.
    #[cfg(test)]
    pub(super) fn said(all: &[(&str, &str, bool)]) -> Self {
        let mut links = Self::default();
        for (one, other, same) in all {
            links.set(&IdentityLink { one: (*one).to_owned(), other: (*other).to_owned(), same: Some(*same) });
        }
        links
    }

    /// What the user says of two identities, as they are written down.
    pub fn get(&self, one: &str, other: &str) -> Option<bool> {
        self.pairs.get(&ordered(Identity::parse(one), Identity::parse(other))).copied()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = IdentityLink> {
        let link = |((one, other), &same): (&(Identity, Identity), &bool)| IdentityLink {
            one: one.to_string(),
            other: other.to_string(),
            same: Some(same),
        };
        self.pairs.iter().map(link)
    }

    /// Whether no link has an identity with this key.
    pub fn is_silent_on(&self, key: &str) -> bool {
        !self.by_key.contains_key(key)
    }

    /// The keys whose names may be those of one person with this one's, itself among them.
    pub fn keys_with(&self, key: &str) -> BTreeSet<String> {
        let mut keys = BTreeSet::from([key.to_owned()]);
        let mut open = vec![key.to_owned()];
        while let Some(key) = open.pop() {
            for (one, other) in self.same_of(&key) {
                for linked in [&one.key, &other.key] {
                    if keys.insert(linked.clone()) {
                        open.push(linked.clone());
                    }
                }
            }
        }
        keys
    }

    /// The pairs with this key that the user linked as one person.
    fn same_of(&self, key: &str) -> impl Iterator<Item = &(Identity, Identity)> {
        let pairs = self.by_key.get(key).into_iter().flatten();
        pairs.filter(|pair| self.pairs.get(*pair) == Some(&true))
    }

    /// Whether the user said that these are not one person.
    fn are_apart(&self, one: &Identity, other: &Identity) -> bool {
        !self.pairs.is_empty() && self.pairs.get(&ordered(one.clone(), other.clone())) == Some(&false)
    }

    /// Whether the user said of names with these keys that they are not one person.
    pub(super) fn parts(&self, one: &str, other: &str) -> bool {
        let mut pairs = self.by_key.get(one).into_iter().flatten();
        pairs.any(|pair| (pair.0.key == other || pair.1.key == other) && self.pairs.get(pair) == Some(&false))
    }

    /// Returns the links that split a cluster: they remove those that joined its names; where the user made none, they
    /// say that its short forms are not those of its full names; where it has none of these, that no two are one person.
    /// `same_key` are all identities that share a key with the cluster. Empty where there is but one name.
    pub fn split(&self, cluster: &[Identity], same_key: &[Identity]) -> Vec<IdentityLink> {
        let link = |one: &Identity, other: &Identity, same| IdentityLink {
            one: one.to_string(),
            other: other.to_string(),
            same,
        };
        let mut reached: BTreeSet<&Identity> = cluster.iter().collect();
        let mut open: Vec<&Identity> = cluster.iter().collect();
        let mut said = BTreeMap::new();
        while let Some(identity) = open.pop() {
            for pair in self.same_of(&identity.key).filter(|(a, b)| a == identity || b == identity) {
                said.insert(pair, link(&pair.0, &pair.1, None));
                open.extend([&pair.0, &pair.1].into_iter().filter(|end| reached.insert(end)));
            }
        }
        let said: Vec<_> = said.into_values().collect();
        if !said.is_empty() {
            return said;
        }
        let mut links = Vec::new();
        for short in cluster {
            let full = cluster.iter().filter(|full| is_short_form_of(&short.key, &full.key));
            links.extend(full.map(|full| link(short, full, Some(false))));
        }
        if !links.is_empty() {
            return links;
        }
        for (at, one) in cluster.iter().enumerate() {
            for other in same_key.iter().filter(|other| other.key == one.key && !cluster[..=at].contains(other)) {
                links.push(link(one, other, Some(false)));
            }
        }
        if cluster.len() > 1 { links } else { Vec::new() }
    }
}

fn ordered(one: Identity, other: Identity) -> (Identity, Identity) {
    if one <= other { (one, other) } else { (other, one) }
}

/// What is known of the members of a cluster that share a key.
#[derive(Default)]
struct Facts {
    members: Vec<usize>,
    genders: BTreeSet<NameGender>,
    initials: BTreeSet<char>,
    quotations: u64,
}

impl Facts {
    fn allow(&self, traits: NameTraits) -> bool {
        let allows = |gender| self.genders.is_empty() || self.genders.contains(&gender);
        let allows_initial = |initial| self.initials.is_empty() || self.initials.contains(&initial);
        traits.gender.is_none_or(allows) && traits.initial.is_none_or(allows_initial)
    }

    /// Whether nothing that is known of the two contradicts.
    fn agree(&self, other: &Self) -> bool {
        agree(&self.genders, &other.genders) && agree(&self.initials, &other.initials)
    }

    fn take_in(&mut self, at: usize, traits: NameTraits, quotations: u32) {
        self.members.push(at);
        self.genders.extend(traits.gender);
        self.initials.extend(traits.initial);
        self.quotations += u64::from(quotations);
    }
}

/// Which identities are one person's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clustering {
    /// For each identity the number of its cluster, from 0.
    pub numbers: Vec<usize>,
    /// For clusters, by their numbers, the key of the full name that they may be the short form of.
    pub perhaps: HashMap<usize, String>,
}

/// Clusters identities by person.
///
/// The links of the user come first. Then identities with one key are one person unless title, role or initial
/// contradict; one that fits two clusters joins the one with more quotations. Then short forms join what they stand for, by
/// `expansions`, unless that contradicts. The order of `members` does not matter.
pub fn cluster_identities(members: &[(&Identity, u32)], links: &IdentityLinks, expansions: &Expansions) -> Clustering {
    let mut forest = Forest::default();
    let nodes: HashMap<&Identity, usize> =
        members.iter().enumerate().map(|(at, (identity, _))| (*identity, at)).collect();
    forest.grow(members.len());
    // Identities without an article at present still link others.
    let mut absent: HashMap<&Identity, usize> = HashMap::new();
    let keys: BTreeSet<&str> = members.iter().map(|(identity, _)| identity.key.as_str()).collect();
    let all_keys: BTreeSet<String> =
        keys.iter().filter(|key| !links.is_silent_on(key)).flat_map(|key| links.keys_with(key)).collect();
    for (one, other) in all_keys.iter().flat_map(|key| links.same_of(key)) {
        let mut node = |identity| {
            let known = nodes.get(identity).or(absent.get(identity)).copied();
            known.unwrap_or_else(|| {
                let node = forest.grow(1);
                absent.insert(identity, node);
                node
            })
        };
        let (one, other) = (node(one), node(other));
        forest.unite(one, other);
    }
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (identity, _)) in members.iter().enumerate() {
        by_key.entry(&identity.key).or_default().push(at);
    }
    for mut same_key in by_key.into_values().filter(|same_key| same_key.len() > 1) {
        join_same_key(members, &mut same_key, links, &mut forest);
    }
    let perhaps = join_short_forms(members, absent.keys().zip(absent.values().copied()), expansions, &mut forest);
    let mut clusters: HashMap<usize, usize> = HashMap::new();
    let numbers = (0..members.len())
        .map(|at| {
            let next = clusters.len();
            *clusters.entry(forest.root(at)).or_insert(next)
        })
        .collect();
    let numbered = |(at, key)| Some((*clusters.get(&forest.root(at))?, key));
    Clustering { numbers, perhaps: perhaps.into_iter().filter_map(numbered).collect() }
}

/// Joins short forms to the full names that they stand for. Returns those that perhaps stand for one: a member of the cluster, and
/// the key of the full name. `absent` are identities that link others, and their nodes.
fn join_short_forms<'a>(
    members: &[(&Identity, u32)],
    absent: impl Iterator<Item = (&'a &'a Identity, usize)>,
    expansions: &Expansions,
    forest: &mut Forest,
) -> Vec<(usize, String)> {
    let expansion = |key: &str| expansions.get(key).and_then(Option::as_ref);
    if !members.iter().any(|(identity, _)| expansion(&identity.key).is_some()) {
        return Vec::new();
    }
    let mut clusters: BTreeMap<usize, Facts> = BTreeMap::new();
    let mut keys: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (at, (identity, quotations)) in members.iter().enumerate() {
        clusters.entry(forest.root(at)).or_default().take_in(at, identity.traits, *quotations);
        keys.entry(forest.root(at)).or_default().insert(&identity.key);
    }
    for (identity, node) in absent {
        keys.entry(forest.root(node)).or_default().insert(&identity.key);
    }
    let (mut joins, mut perhaps) = (Vec::new(), Vec::new());
    for (root, facts) in &clusters {
        let own = &keys[root];
        for (short, full) in own.iter().filter_map(|short| Some((*short, expansion(short)?))) {
            // The user said whose it is.
            if own.iter().any(|key| is_short_form_of(short, key)) || !full.allows(&facts.genders, &facts.initials) {
                continue;
            }
            let fitting = clusters.iter().filter(|(at, _)| keys[at].contains(full.key.as_str()));
            let mut fitting = fitting.filter(|(_, known)| known.agree(facts)).map(|(at, _)| *at);
            match (fitting.next(), fitting.next()) {
                (Some(only), None) if full.is_sure_of(&facts.genders) => joins.push((*root, only)),
                // Nothing that is said under the full name fits.
                (None, _) if full.is_sure => {}
                _ => perhaps.push((*root, full.key.clone())),
            }
        }
    }
    for (short, full) in joins {
        forest.unite(short, full);
    }
    perhaps
}

/// Joins those of one key that do not contradict each other, the best known first.
fn join_same_key(members: &[(&Identity, u32)], same_key: &mut [usize], links: &IdentityLinks, forest: &mut Forest) {
    same_key.sort_by_key(|&at| {
        let NameTraits { gender, initial } = members[at].0.traits;
        (!(gender.is_some() && initial.is_some()), gender.is_none() && initial.is_none(), members[at].0)
    });
    let mut placed: Vec<(usize, Facts)> = Vec::new();
    for &at in same_key.iter() {
        let (identity, quotations) = members[at];
        let root = forest.root(at);
        let own = placed.iter().position(|(known, _)| forest.root(*known) == root);
        let place = own.or_else(|| {
            let may_be = |facts: &Facts| {
                facts.allow(identity.traits) && !facts.members.iter().any(|&m| links.are_apart(members[m].0, identity))
            };
            let fitting = placed.iter().enumerate().filter(|(_, (_, facts))| may_be(facts));
            fitting.max_by_key(|(place, (_, facts))| (facts.quotations, usize::MAX - place)).map(|(place, _)| place)
        });
        let place = place.unwrap_or_else(|| {
            placed.push((at, Facts::default()));
            placed.len() - 1
        });
        forest.unite(placed[place].0, at);
        placed[place].1.take_in(at, identity.traits, quotations);
    }
}

/// Disjoint sets (union-find).
#[derive(Default)]
struct Forest(Vec<usize>);

impl Forest {
    fn grow(&mut self, by: usize) -> usize {
        let first = self.0.len();
        self.0.extend(first..first + by);
        first
    }

    fn root(&self, mut at: usize) -> usize {
        while self.0[at] != at {
            at = self.0[at];
        }
        at
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
