//! Handing an article to other programs: a command, the editor, the pager, a file.

use super::command::Command;
use super::effect::{Effect, ProgramJob};
use super::prompts::{export, pipe};
use super::task::{Task, TaskKind};
use super::{App, Notice};
use crate::text::clean_line;

/// Carries out `|`, `e`, `S` and `P` with the article here.
pub(super) fn hand_over(app: &mut App, command: Command) {
    let Some(article) = app.article_here() else { return app.refuse("No article is selected") };
    match command {
        Command::Pipe => pipe::open(app, article),
        Command::SaveArticle => export::open_article(app, article),
        Command::EditArticle => app.ask(Effect::Program(ProgramJob::Edit(article))),
        _ => app.ask(Effect::Program(ProgramJob::Page(article))),
    }
}

/// Runs a command with the article here on its standard input: `:pipe wc -w`.
pub(super) fn pipe_line(app: &mut App, line: &str) -> Result<(), Notice> {
    let article = app.article_here().ok_or("No article is selected")?;
    pipe::pipe_to(app, article, line)
}

/// Saves the article here into a file: `:save bridge.md`.
pub(super) fn save_line(app: &mut App, file: &str) -> Result<(), Notice> {
    let article = app.article_here().ok_or("No article is selected")?;
    let file = clean_line(file);
    if file.is_empty() {
        return Err(format!("A file is missing: save {}", export::article_file(app, article)).into());
    }
    if file.ends_with('/') || file == "~" {
        return Err(format!("{file} is a folder: name a file in it").into());
    }
    export::save_article(app, article, &file);
    Ok(())
}

impl App {
    /// These run in the background now: a program that has run for long is told, and how it is stopped.
    pub(super) fn know_tasks(&mut self, tasks: Vec<Task>) {
        let is_new = |task: &&Task| {
            matches!(task.kind, TaskKind::Run(_)) && self.progress.tasks.iter().all(|known| known.id != task.id)
        };
        if let Some(task) = tasks.iter().rfind(is_new) {
            self.show_message(Notice::new(task.kind.to_string()).hint(Command::Back, "stops it"));
        }
        self.progress.tasks = tasks;
    }

    /// Stops the program that has run for long; returns whether there is one.
    pub(super) fn stops_program(&mut self) -> bool {
        let running = self.progress.tasks.iter().rev().find(|task| matches!(task.kind, TaskKind::Run(_)));
        let Some((id, message)) = running.map(|task| (task.id, format!("Stopping: {}", task.kind))) else {
            return false;
        };
        self.show_message(message);
        self.ask(Effect::StopTask(id));
        true
    }
}
