//! The card that lists what runs in the background and takes long.

use super::{Card, row_after};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::prompts::narrow;
use crate::app::{App, Task, TaskId};

/// Which of the tasks is selected.
#[derive(Debug, Default)]
pub struct TasksCard {
    selected: Option<TaskId>,
    /// The words that those listed have.
    pub filter: String,
}

impl TasksCard {
    /// The row of the selected task: the first where none was selected, or that one has ended.
    pub fn row(&self, tasks: &[&Task]) -> usize {
        tasks.iter().position(|task| Some(task.id) == self.selected).unwrap_or(0)
    }
}

/// Lays the card over the panes, or takes it away.
pub(in crate::app) fn toggle(app: &mut App) {
    if app.progress.tasks.is_empty() && !matches!(app.views.card(), Some(Card::Tasks(_))) {
        return app.refuse("Nothing runs in the background");
    }
    app.views.toggle_card(Card::Tasks(TasksCard::default()));
}

pub(super) fn command(app: &mut App, command: Command) -> bool {
    let Some(Card::Tasks(card)) = app.views.card() else { return false };
    if command == Command::Search {
        narrow::open(app);
        return true;
    }
    if command != Command::StopTask {
        return false;
    }
    let tasks = app.shown_tasks();
    if let Some(task) = tasks.get(card.row(&tasks)) {
        let (id, message) = (task.id, format!("Stopping: {}", task.kind));
        app.show_message(message);
        app.ask(Effect::StopTask(id));
    }
    true
}

pub(super) fn travel(app: &mut App, command: Command, count: usize) {
    let page = usize::from(app.size.height / 2);
    let Some(Card::Tasks(card)) = app.views.card() else { return };
    let tasks = app.shown_tasks();
    let row = row_after(command, card.row(&tasks), count, page, tasks.len());
    let selected = tasks.get(row).map(|task| task.id);
    if let Some(Card::Tasks(card)) = app.views.card_mut() {
        card.selected = selected;
    }
}
