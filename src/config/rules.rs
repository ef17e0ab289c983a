//! The rules: `[[rule]]`, with `when = "source:wire"` and `do = ["read"]`.

use toml::de::DeValue;

use super::place::Source;
use super::table::{Entry, entries, unknown};
use crate::user::{Rule, RuleDeed};

/// What a rule consists of.
const PARTS: [&str; 2] = ["when", "do"];

/// The rules that hold, in order; what is wrong with the others is noted.
pub(super) fn rules(entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Vec<Rule> {
    let DeValue::Array(all) = entry.value else {
        source.problem(&entry.name_span(), "a rule begins with [[rule]], in two brackets");
        return Vec::new();
    };
    let mut rules = Vec::new();
    for one in all {
        let DeValue::Table(table) = one.get_ref() else {
            source.problem(&one.span(), "a rule begins with [[rule]], in two brackets");
            continue;
        };
        let (mut when, mut does) = (None, None);
        for part in entries(table, source) {
            match part.name {
                "when" => when = Some(part),
                "do" => does = Some(part),
                name => source.problem(&part.name_span(), unknown("part of a rule", name, PARTS)),
            }
        }
        let (Some(when), Some(does)) = (when, does) else {
            source.problem(&one.span(), "a rule needs when = \"a query\" and do = [\"read\"]");
            continue;
        };
        let Some(deeds) = deeds(&does, source) else { continue };
        match when.value.as_str().map(|written| Rule::new(written, deeds)) {
            Some(Ok(rule)) => rules.push(rule),
            Some(Err(why)) => source.problem(&when.value_span(), why),
            None => source.problem(&when.value_span(), "when is a query in quotes, such as \"source:wire\""),
        }
    }
    rules
}

/// What a rule does; none where some of it is wrong.
fn deeds(does: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<Vec<RuleDeed>> {
    let written: Vec<(Option<&str>, std::ops::Range<usize>)> = match does.value {
        DeValue::String(one) => vec![(Some(one), does.value_span())],
        DeValue::Array(all) => all.iter().map(|one| (one.get_ref().as_str(), one.span())).collect(),
        _ => Vec::new(),
    };
    if written.is_empty() {
        source.problem(&does.value_span(), "do is a list, such as [\"read\", \"tag:budget\"]");
        return None;
    }
    let mut deeds = Vec::new();
    let mut is_wrong = false;
    for (written, span) in written {
        match RuleDeed::parse(written.unwrap_or_else(|| source.written(&span))) {
            Ok(deed) => deeds.push(deed),
            Err(why) => {
                source.problem(&span, why);
                is_wrong = true;
            }
        }
    }
    (!is_wrong).then_some(deeds)
}
