//! Who is one person: names that the user merges and splits, and the ones that look like one person's, to be merged or
//! dismissed.

use std::sync::Arc;

use super::PeopleList;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::prompts::merge as merge_prompt;
use crate::app::{App, Notice, Pane};
use crate::catalog::{FullName, Person};
use crate::user::{UserAction, UserWrite};

/// A person who is merged with another: by which identity, under which name, and how much they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// One of their identities, written down.
    pub identity: Box<str>,
    /// The name.
    pub name: Box<str>,
    /// How many quotations.
    pub quotations: u32,
}

impl Merged {
    fn of(person: &Person) -> Self {
        let Person { identity, name, spoken, .. } = person;
        Self { identity: identity.clone(), name: name.clone(), quotations: spoken.quotations }
    }

    fn of_full_name(full: &FullName) -> Self {
        let FullName { identity, name, quotations } = full;
        Self { identity: identity.clone(), name: name.clone(), quotations: *quotations }
    }

    /// "Barack Obama (52)".
    pub fn counted(&self) -> String {
        format!("{} ({})", self.name, self.quotations)
    }
}

impl PeopleList {
    /// The two who may be one person, where the selected one is either: first the one whose name is short or rare.
    pub fn suggestion(&self) -> Option<(Merged, Merged)> {
        let selected = self.selected()?;
        let short = match &selected.perhaps {
            Some(_) => selected,
            None => self
                .suggestions()
                .find(|short| short.perhaps.as_ref().is_some_and(|full| full.identity == selected.identity))?,
        };
        Some((Merged::of(short), Merged::of_full_name(short.perhaps.as_ref()?)))
    }

    /// How many are listed who may be somebody else on the list.
    pub fn suggestion_count(&self) -> usize {
        self.suggested.len()
    }

    fn suggestions(&self) -> impl Iterator<Item = &Arc<Person>> {
        self.suggested.iter().filter_map(|&at| self.people.get(at))
    }

    /// Selects the next who may be somebody else, from the selected one on and round; returns whether there is any.
    fn select_suggestion(&mut self) -> bool {
        let next = self.suggested.iter().find(|&&at| at > self.selected).or(self.suggested.first());
        let Some(&next) = next else { return false };
        (self.selected, self.moved) = (next, true);
        true
    }
}

/// Selects a speaker to be merged; on another one, merges the two. Once more on one who may be the short form of a full name
/// merges with that.
pub(super) fn merge(app: &mut App) {
    let Pane::People(people) = app.views.pane_mut() else { return };
    let Some(person) = people.selected().cloned() else { return };
    if !person.is_named {
        return app.refuse(format!("{} is unnamed: not linked across articles", person.name));
    }
    match people.marked.take() {
        None => {
            let notice = match &person.perhaps {
                Some(full) => Notice::new(format!("{} is selected: perhaps {}", person.name, full.name))
                    .hint(Command::MergeSpeakers, "again merges the two, on another speaker with that one"),
                None => Notice::new(format!("{} is selected", person.name))
                    .hint(Command::MergeSpeakers, "on another speaker merges"),
            };
            people.marked = Some(person);
            app.show_message(notice.hint(Command::Back, "cancels"));
        }
        Some(marked) if marked.identity == person.identity => match &person.perhaps {
            Some(full) => merge_or_ask(app, Merged::of(&person), Merged::of_full_name(full)),
            None => app.show_message("Selection cleared"),
        },
        Some(marked) => merge_or_ask(app, Merged::of(&marked), Merged::of(&person)),
    }
}

/// Merges two; asks first where both speak often, for then it is hardly a short form of the other.
fn merge_or_ask(app: &mut App, one: Merged, other: Merged) {
    /// Who says more than this speaks often.
    const OFTEN: u32 = 10;
    if one.quotations.min(other.quotations) > OFTEN {
        merge_prompt::open(app, one, other);
    } else {
        app.merge_people(&one, &other);
    }
}

impl App {
    /// Merges two speakers.
    pub(in crate::app) fn merge_people(&mut self, one: &Merged, other: &Merged) {
        self.link(one, other, true, format!("merge of {} and {}", one.name, other.name));
        self.show_message(Notice::undoable(format!("Merged {} with {}", one.counted(), other.counted())));
    }

    fn link(&mut self, one: &Merged, other: &Merged, is_same: bool, label: String) {
        let (one, other) = (one.identity.to_string(), other.identity.to_string());
        self.commit(vec![UserAction::Linked { one, other, before: None, after: Some(is_same) }], label);
    }
}

/// Merges the two who may be one person, where one of them is selected; else selects the next of such.
pub(super) fn accept(app: &mut App) {
    match app.views.people().and_then(PeopleList::suggestion) {
        Some((one, other)) => merge_or_ask(app, one, other),
        None => select_suggestion(app),
    }
}

/// Says that the two are not one person: that is proposed no more.
pub(super) fn dismiss(app: &mut App) {
    match app.views.people().and_then(PeopleList::suggestion) {
        Some((one, other)) => {
            app.link(&one, &other, false, format!("“{} is not {}”", one.name, other.name));
            app.show_message(Notice::undoable(format!("{} is not {}: not proposed again", one.name, other.name)));
        }
        None => select_suggestion(app),
    }
}

fn select_suggestion(app: &mut App) {
    if !app.views.people_mut().is_some_and(PeopleList::select_suggestion) {
        let notice = Notice::new("No two names look like one person's");
        return app.show_message(notice.hint(Command::MergeSpeakers, "merges any two"));
    }
    let Some((one, other)) = app.views.people().and_then(PeopleList::suggestion) else { return };
    app.show_message(asked(&one, &other));
}

/// "Obama 77 + Barack Obama 52?", and what one can answer.
pub fn asked(one: &Merged, other: &Merged) -> Notice {
    let ask = format!("{} {} + {} {}?", one.name, one.quotations, other.name, other.quotations);
    Notice::new(ask).hint(Command::AcceptSuggestion, "merges").hint(Command::DismissSuggestion, "two people")
}

/// Makes every name of the selected speaker a person of its own.
pub(super) fn split(app: &mut App) {
    match app.views.people().and_then(PeopleList::selected) {
        Some(person) if person.identities > 1 => {
            let (identity, label) = (person.identity.to_string(), format!("split of {}", person.name));
            let notice = Notice::undoable(format!("Split: {}", person.name));
            app.ask(Effect::Write(UserWrite::Split { identity, label }));
            app.show_message(notice);
        }
        Some(person) => {
            let words = format!("{} goes by one name: nothing to split", person.name);
            app.show_message(words);
        }
        None => {}
    }
}
