//! Handing an article to other programs: a command, the editor, the pager, a file.

use super::command::Command;
use super::effect::{Effect, ProgramJob, ScreenJob};
use super::own_commands::{OwnCommand, OwnCommands};
use super::prompts::{export, pipe};
use super::task::{Task, TaskKind};
use super::{App, Notice, Pane};
use crate::article::ArticleId;
use crate::catalog::SkippedFile;
use crate::quotes::IN_ARTICLES_WORDS;
use crate::text::{clean_line, placeholders};

/// What is said where there is no article.
const NO_ARTICLE: &str = "No article is selected";

/// What is said where the configuration has no commands.
pub(super) const NO_COMMANDS: &str = "The configuration has no commands to run";

/// The article that is handed over: that of the selected clipping, else the one that marks go to.
fn article(app: &App) -> Option<ArticleId> {
    match app.views.pane() {
        Pane::Clippings(view) => Some(app.user.state().clippings.get(&view.selected()?)?.article),
        Pane::People(_) => None,
        _ => app.article_here(),
    }
}

/// The articles that a command gets: all that are picked and listed, else the one here.
fn articles(app: &App) -> Result<Vec<ArticleId>, Notice> {
    match app.picked_here() {
        Some(picked) if picked.is_empty() => Err(app.picks_elsewhere()),
        Some(picked) => Ok(picked),
        None => Ok(vec![article(app).ok_or(NO_ARTICLE)?]),
    }
}

/// Carries out `|` with the articles that are picked, and `e`, `S` and `P` with the article here: these show or keep one.
pub(super) fn hand_over(app: &mut App, command: Command) {
    if command == Command::Pipe {
        return match articles(app) {
            Ok(articles) => pipe::open(app, articles),
            Err(why) => app.refuse(why),
        };
    }
    let Some(article) = article(app) else { return app.refuse(NO_ARTICLE) };
    match command {
        Command::SaveArticle => export::open_article(app, article),
        Command::EditArticle => app.ask(Effect::Program(ProgramJob::Edit(article))),
        _ => app.ask(Effect::Program(ProgramJob::Page(article))),
    }
}

/// Runs a command with the articles here on its standard input: `:pipe wc -w`.
pub(super) fn pipe_line(app: &mut App, line: &str) -> Result<(), Notice> {
    let articles = articles(app)?;
    pipe::pipe_to(app, articles, line)
}

/// Saves the article here into a file: `:save bridge.md`.
pub(super) fn save_line(app: &mut App, file: &str) -> Result<(), Notice> {
    let article = article(app).ok_or(NO_ARTICLE)?;
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

/// Runs the command of the configuration of this name with the article here.
pub(super) fn run_own(app: &mut App, name: &str) -> Result<(), Notice> {
    let own = app.own_commands.named.iter().find(|command| command.name == name).cloned();
    let Some(OwnCommand { name, words }) = own else { return Ok(()) };
    let article = article(app).ok_or(NO_ARTICLE)?;
    let wants = |placeholder: &str| words.iter().flat_map(|word| placeholders(word)).any(|named| named == placeholder);
    let mut values = Vec::new();
    if wants("quotation") || wants("speaker") {
        if app.views.pane().is_list()
            && let Some(why) = app.selected_is_unseen()
        {
            return Err(why);
        }
        app.select_quotation_in_sight();
        let quotation = quotation_of(app, article);
        let (quoted, speaker) = quotation.ok_or_else(|| app.no_quotation("No quotation is selected"))?;
        values = vec![("quotation", quoted), ("speaker", speaker)];
    }
    app.show_message(format!("Running {name}…"));
    app.ask(Effect::Program(ProgramJob::Run { name, words, article, values }));
    Ok(())
}

/// A program failed: says so, also among the errors, where there is room for all that it said.
pub(super) fn failed(app: &mut App, name: &str, why: String) {
    let reason = why.strip_prefix(name).map_or(why.as_str(), str::trim_start).to_owned();
    app.progress.skip(SkippedFile::new(name, reason));
    app.show_message(why);
    app.ask(Effect::Screen(ScreenJob::Redraw));
}

/// The quotation in an article that the user is at, and who speaks it.
fn quotation_of(app: &App, article: ArticleId) -> Option<(String, String)> {
    match app.views.pane() {
        Pane::Timeline(timeline) => {
            let said = timeline.selected()?;
            return Some((with_its_kind(&said.citation.quoted, said.is_reported()), said.speaker.to_string()));
        }
        Pane::Clippings(view) => {
            let clipping = app.user.state().clippings.get(&view.selected()?)?;
            let quoted = with_its_kind(&clipping.quoted, clipping.reported);
            return Some((quoted, clipping.speaker.clone().unwrap_or_default()));
        }
        _ => {}
    }
    let reader = app.article.reader.as_ref().filter(|reader| reader.id() == article)?;
    let at = app.quotation_here()?;
    let citation = reader.citation(at)?;
    let quoted = with_its_kind(&citation.quoted, citation.is_reported);
    Some((quoted, reader.speaker_name(at).unwrap_or_default().to_owned()))
}

/// Words for another program; of reported ones it is said that they are the article's.
fn with_its_kind(words: &str, is_reported: bool) -> String {
    if is_reported { format!("{words} ({IN_ARTICLES_WORDS})") } else { words.to_owned() }
}

impl App {
    /// Begins with the commands of the configuration.
    #[must_use]
    pub fn with_commands(mut self, own: OwnCommands) -> Self {
        self.know_commands(own);
        self
    }

    /// These are the commands of the configuration from now on.
    pub fn know_commands(&mut self, own: OwnCommands) {
        self.own_commands = own;
    }

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
