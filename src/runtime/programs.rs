//! Hands articles and addresses to other programs: never through a shell, always with a list of arguments.

use std::env;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use tempfile::TempDir;

use super::article_text::article_text;
use super::context::Context;
use super::foreground::{self, AtOnce, Shown};
use super::programs_at_exit::AtExit;
use super::tasks::RunningTask;
use super::worker::Cancel;
use super::{Flow, Guard, MessageSender, browser, messages, piped_articles, worker};
use crate::app::{Event, NotifyJob, Piped, ProgramJob, TaskKind};
use crate::article::ArticleId;
use crate::export::{Format, file_name};
use crate::ingest::Priority;
use crate::notification::{notify_sequences, run_notify_command};
use crate::process::{self, Bounds, End, Finished, failure, first_line, name_of, not_run};
use crate::text::{counted, filled, placeholders};

/// What is said where an article has gone meanwhile.
const GONE: &str = "The article is no longer in the library";

/// The way to other programs.
#[derive(Debug)]
pub(super) struct Programs<'a> {
    guard: &'a Guard,
    context: Context,
    at_exit: AtExit,
}

impl<'a> Programs<'a> {
    pub fn new(guard: &'a Guard, context: Context) -> Self {
        Self { guard, context, at_exit: AtExit::default() }
    }

    /// The reader ends: ends programs to which something was piped. Those of the configuration go on, without the copies of
    /// articles that they got.
    pub fn shut_down(&self) {
        self.at_exit.exit();
    }

    /// Starts a program; one that has the terminal has ended then.
    pub fn carry_out(&self, job: ProgramJob) -> Flow {
        match job {
            ProgramJob::Pipe { input, words } => self.pipe(input, words),
            ProgramJob::Run { name, words, article, values } => self.run(name, words, article, values),
            ProgramJob::Edit(article) => self.edit(article),
            ProgramJob::Page(article) => self.page(article),
            ProgramJob::Browse { url, tried } => self.browse(&url, tried),
        }
    }

    /// An article as text. Where there is none, that is reported.
    fn text(&self, article: ArticleId, format: Format, width: Option<usize>) -> Option<(String, String)> {
        read_text(&self.context, article, format, width).map_err(|why| self.fail(why)).ok()
    }

    fn fail(&self, why: String) {
        self.context.sender.emit(Event::Failed(why));
    }

    /// Runs a command with something on its standard input.
    fn pipe(&self, input: Piped, words: Vec<String>) -> Flow {
        let context = self.context.clone();
        let cancel = Cancel::default();
        let running = self.at_exit.ends(&cancel);
        let work = move || {
            let _running = running;
            let name = name_of(words.first().map_or("", String::as_str));
            let said = pipe(&context, input, (&name, &words), &cancel);
            context.sender.emit(ended(name, said, &cancel));
        };
        self.start(work)
    }

    /// Runs a command of the configuration.
    fn run(&self, name: String, words: Vec<String>, article: ArticleId, values: Vec<(&'static str, String)>) -> Flow {
        let (context, at_exit) = (self.context.clone(), self.at_exit.clone());
        let work = move || {
            let cancel = Cancel::default();
            let said = run_own((&context, &at_exit), (&name, &words), article, values, &cancel);
            context.sender.emit(ended(name, said, &cancel));
        };
        self.start(work)
    }

    /// Tells the user of articles of which rules notify.
    pub fn notify(&self, NotifyJob { about, ways, command }: NotifyJob) -> Flow {
        self.guard.notify(&notify_sequences(&about, &ways));
        if command.is_empty() {
            return Flow::Continue;
        }
        let (context, cancel) = (self.context.clone(), Cancel::default());
        let running = self.at_exit.ends(&cancel);
        self.start(move || {
            let _running = running;
            let name = name_of(command.first().map_or("", String::as_str));
            let _task = context.tasks.begin(TaskKind::Notify(name), &cancel);
            if let Err(why) = run_notify_command(&about, &command, &|| cancel.is_cancelled()) {
                context.sender.emit(Event::NotifyFailed(why));
            }
        })
    }

    fn start(&self, work: impl FnOnce() + Send + 'static) -> Flow {
        if let Err(error) = worker::start("running a program", Priority::Normal, &self.context.sender, work) {
            self.fail(format!("The program cannot be run: {error}"));
        }
        Flow::Continue
    }

    /// Shows a copy of an article in the editor; nothing is read back.
    fn edit(&self, article: ArticleId) -> Flow {
        /// One that runs for less has shown nothing yet.
        const MOMENT: Duration = Duration::from_secs(1);
        let Some((headline, text)) = self.text(article, Format::Markdown, None) else { return Flow::Continue };
        let (folder, path) = match copy(&headline, &text) {
            Ok(copy) => copy,
            Err(error) => {
                self.fail(format!("A copy for the editor cannot be written ({error})"));
                return Flow::Continue;
            }
        };
        let editors = named(["VISUAL", "EDITOR"]).map_or_else(|| vec![vec!["vi".to_owned()]], |words| vec![words]);
        let editors = editors.into_iter().map(|words| words.into_iter().chain([path.clone()]).collect()).collect();
        let begun = Instant::now();
        let flow = self.show(editors, None, "VISUAL or EDITOR names another", AtOnce::Return);
        if begun.elapsed() < MOMENT {
            self.at_exit.keep(folder);
        }
        flow
    }

    fn page(&self, article: ArticleId) -> Flow {
        let width = crossterm::terminal::size().ok().map(|(columns, _)| columns.into());
        let Some((_, text)) = self.text(article, Format::Text, width) else { return Flow::Continue };
        let pagers = named(["PAGER"])
            .map_or_else(|| ["less", "more"].map(|pager| vec![pager.to_owned()]).into(), |words| vec![words]);
        self.show(pagers, Some(&text), "PAGER names another", AtOnce::WaitForKey)
    }

    /// Runs the first of some programs that there is, with the terminal.
    fn show(&self, programs: Vec<Vec<String>>, input: Option<&str>, hint: &str, at_once: AtOnce) -> Flow {
        let mut why = String::new();
        for words in programs {
            match foreground::run(self.guard, &self.context.sender, &words, input, at_once) {
                Err(_) => return Flow::Quit,
                Ok(Shown::NotRun(error)) => why = format!("{error} · {hint}"),
                Ok(Shown::Failed(why)) => {
                    let name = name_of(words.first().map_or("", String::as_str));
                    self.context.sender.emit(Event::ProgramFailed { name, why });
                    return Flow::Redraw;
                }
                Ok(Shown::Done) => return Flow::Redraw,
            }
        }
        self.fail(why);
        Flow::Redraw
    }

    /// Opens an address with the first of the user's browsers that can, after so many that were tried; else with the program
    /// that the desktop has for it, or one that draws on the terminal.
    fn browse(&self, url: &str, tried: usize) -> Flow {
        let browsers = match browser::named() {
            Some(browsers) => browsers,
            None if tried == 0 && open::that_detached(url).is_ok() => return Flow::Continue,
            None => browser::on_the_terminal(),
        };
        let (mut flow, mut why) = (Flow::Continue, "there is no program for it".to_owned());
        for (number, words) in (1..).zip(&browsers).skip(tried) {
            let Some((program, arguments)) = words.split_first() else { continue };
            let arguments = browser::with_address(arguments, url);
            if browser::needs_terminal(program) {
                flow = Flow::Redraw;
                let words: Vec<_> = [program.clone()].into_iter().chain(arguments).collect();
                match foreground::run(self.guard, &self.context.sender, &words, None, AtOnce::Return) {
                    Err(_) => return Flow::Quit,
                    Ok(Shown::Done) => return flow,
                    Ok(Shown::Failed(error) | Shown::NotRun(error)) => why = error,
                }
            } else {
                let is_last = number == browsers.len();
                match open_detached(program, &arguments, url, (number, is_last), &self.context.sender) {
                    Ok(()) => return flow,
                    Err(error) => why = not_run(program, &error),
                }
            }
        }
        self.fail(crate::text::clean_line(&format!("cannot open {url}: {why} · BROWSER names the program for it")));
        flow
    }
}

/// Starts a browser and does not wait for it. Where it ends at once without success, that is reported, so that the next is tried.
fn open_detached(
    program: &str,
    arguments: &[String],
    url: &str,
    (tried, is_last): (usize, bool),
    sender: &MessageSender,
) -> io::Result<()> {
    /// One that runs for longer has shown the address.
    const MOMENT: Duration = Duration::from_secs(5);
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    // What it says: in a file, as it may outlive us, and without a name, so that nothing is left of it.
    let said = tempfile::tempfile().ok();
    command.stderr(said.as_ref().and_then(|said| said.try_clone().ok()).map_or_else(Stdio::null, Stdio::from));
    let begun = Instant::now();
    let mut child = command.spawn()?;
    let (program, url, to) = (program.to_owned(), url.to_owned(), sender.clone());
    // It must be waited for, or it stays a zombie process.
    worker::start("waiting for the browser", Priority::Lowest, sender, move || {
        let Ok(status) = child.wait() else { return };
        // It may have drawn on the terminal.
        to.emit(Event::BrowserEnded);
        let Some(why) = failure(&program, status, &beginning(said)) else { return };
        if begun.elapsed() < MOMENT {
            to.emit(if is_last {
                Event::Failed(crate::text::clean_line(&format!("cannot open {url}: {why}")))
            } else {
                Event::BrowserFailed { url, tried }
            });
        }
    })?;
    Ok(())
}

/// How a file begins that was written meanwhile.
fn beginning(file: Option<File>) -> Vec<u8> {
    /// A line is shown.
    const LONGEST: u64 = 4 << 10;
    let mut bytes = Vec::new();
    if let Some(mut file) = file
        && file.rewind().is_ok()
    {
        // What cannot be read is not told.
        let _ = file.take(LONGEST).read_to_end(&mut bytes);
    }
    bytes
}

/// What has become of a program. One that the user stopped did not fail.
fn ended(name: String, said: Result<String, String>, cancel: &Cancel) -> Event {
    match said {
        Ok(said) => Event::ProgramEnded(said),
        Err(why) if cancel.is_cancelled() => Event::ProgramEnded(why),
        Err(why) => Event::ProgramFailed { name, why },
    }
}

fn read_text(
    context: &Context,
    article: ArticleId,
    format: Format,
    width: Option<usize>,
) -> Result<(String, String), String> {
    match article_text(&context.library, article, format, width) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(GONE.to_owned()),
        Err(error) => Err(messages::failure(&error)),
    }
}

/// Runs a command with something on its standard input; returns what it said, or why it failed.
fn pipe(context: &Context, input: Piped, (name, words): (&str, &[String]), cancel: &Cancel) -> Result<String, String> {
    let task = context.tasks.begin(TaskKind::Run(name.to_owned()), cancel);
    let text = match input {
        Piped::Text(text) => text,
        Piped::Articles(articles, format) => match articles[..] {
            [article] => read_text(context, article, format, None)?.1,
            _ => return pipe_articles(context, articles, format, (name, words), task, cancel),
        },
    };
    let input = unnamed_file(&text).map_err(|error| format!("{name} was not run: {}", not_handed_over(&error)))?;
    run(name, words, input.into(), cancel)
}

fn not_handed_over(error: &io::Error) -> String {
    format!("nothing can be handed over ({error})")
}

/// Runs a command to which another thread writes articles meanwhile.
fn pipe_articles(
    context: &Context,
    articles: Vec<ArticleId>,
    format: Format,
    (name, words): (&str, &[String]),
    task: RunningTask,
    cancel: &Cancel,
) -> Result<String, String> {
    /// How long the thread that writes is waited for once the program has ended: it reads one article at the most.
    const LAST: Duration = Duration::from_secs(2);
    let failed = |error: io::Error| format!("{name} was not run: {}", not_handed_over(&error));
    let (input, to) = io::pipe().map_err(failed)?;
    let (result, written) = bounded(1);
    // It is listed until the program ends, which may be long after it has got everything.
    let task = Arc::new(task);
    let (shared, has_ended, progress) = (context.clone(), cancel.clone(), Arc::clone(&task));
    worker::start("handing over articles", Priority::Low, &context.sender, move || {
        let _ = result.send(piped_articles::write(&shared, &articles, format, to, &progress, &has_ended));
    })
    .map_err(failed)?;
    let said = run(name, words, input.into(), cancel);
    drop(task);
    // The program has ended: what is not written yet is not read any more.
    cancel.overtake();
    match (said?, written.recv_timeout(LAST)) {
        (said, Ok(Ok(0)) | Err(_)) => Ok(said),
        (said, Ok(Ok(gone))) => Ok(format!("{said} · {} no longer in the library", counted(gone, "article"))),
        (_, Ok(Err(why))) => Err(format!("{name} did not get all articles: {why}")),
    }
}

/// Runs a command of the configuration with an article; returns what it said, or why it failed.
fn run_own(
    (context, at_exit): (&Context, &AtExit),
    (name, words): (&str, &[String]),
    article: ArticleId,
    mut values: Vec<(&'static str, String)>,
    cancel: &Cancel,
) -> Result<String, String> {
    let wants = |placeholder: &str| words.iter().flat_map(|word| placeholders(word)).any(|named| named == placeholder);
    let (headline, text) = read_text(context, article, Format::Markdown, None)?;
    let entry = context.library.get(article).map_err(|error| messages::failure(&error))?;
    let entry = entry.ok_or_else(|| GONE.to_owned())?;
    let about = &entry.article;
    if wants("url") && about.url.is_none() {
        return Err(format!("{name} was not run: this article has no web address"));
    }
    if wants("enclosure") && about.enclosures.is_empty() {
        return Err(format!("{name} was not run: nothing comes with this article"));
    }
    let mut until_exit = None;
    if wants("file") {
        let (kept, path) = copy(&headline, &text)
            .map_err(|error| format!("{name} was not run: its file cannot be written ({error})"))?;
        until_exit = Some(at_exit.removes(kept));
        values.push(("file", path));
    }
    let date = about.dates.published.map(|published| published.day.to_string());
    values.extend([
        ("url", about.url.clone().unwrap_or_default()),
        ("publisher", about.publisher.clone().unwrap_or_default()),
        ("enclosure", about.enclosures.first().map_or_else(String::new, |first| first.url.clone())),
        ("date", date.unwrap_or_default()),
        ("headline", headline),
    ]);
    let words: Vec<_> = words.iter().map(|word| filled(word, &values)).collect();
    let _task = context.tasks.begin(TaskKind::Run(name.to_owned()), cancel);
    let said = run(name, &words, Stdio::null(), cancel);
    drop(until_exit);
    said
}

/// Runs a command in the background; returns what it said, or why it failed.
fn run(name: &str, words: &[String], input: Stdio, cancel: &Cancel) -> Result<String, String> {
    let Some((program, arguments)) = words.split_first() else { return Err("A command is missing".to_owned()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(input);
    let Finished { end, out, err } = process::run(command, &|| cancel.is_cancelled(), &Bounds::default())
        .map_err(|error| not_run(program, &error))?;
    match end {
        End::Stopped | End::Late => Err(format!("{name} was stopped")),
        End::Endless => Err(format!("{name} wrote without end, and was ended")),
        End::Exited(status) => match failure(program, status, &err) {
            Some(why) => Err(why),
            None => Ok(first_line(&out).map_or_else(|| format!("{name} has run"), |line| format!("{name}: {line}"))),
        },
    }
}

/// A file without a name that has this text, to be read from its start.
fn unnamed_file(text: &str) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    file.rewind()?;
    Ok(file)
}

/// A copy of an article in a folder of its own, which goes when that is dropped; and its path.
fn copy(headline: &str, text: &str) -> io::Result<(TempDir, String)> {
    let folder = tempfile::Builder::new().prefix("pullquote-").tempdir()?;
    let path = folder.path().join(file_name(headline, Format::Markdown));
    std::fs::write(&path, text)?;
    let path = path.into_os_string().into_string().map_err(|_| io::Error::from(io::ErrorKind::InvalidFilename))?;
    Ok((folder, path))
}

/// The command that the first of these variables names which names one: the path of a program that is there, or words as a shell
/// parts them.
fn named<const N: usize>(variables: [&str; N]) -> Option<Vec<String>> {
    let command = variables.iter().filter_map(|name| env::var(name).ok()).find(|command| !command.trim().is_empty())?;
    if Path::new(&command).is_file() {
        return Some(vec![command]);
    }
    let words = shell_words::split(&command).ok().filter(|words| !words.is_empty());
    Some(words.unwrap_or_else(|| command.split_whitespace().map(str::to_owned).collect()))
}
