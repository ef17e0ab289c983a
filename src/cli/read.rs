//! `pullquote [PATH…]`: the reader.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::Local;
use clap::Args;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use signal_hook::consts::SIGHUP;

use super::config::WhichConfig;
use super::error::{Found, show_message};
use super::fields::FieldsArgument;
use super::library_args::LibraryArguments;
use super::notifier::Notifier;
use super::{Error, Outcome, folders};
use crate::app::screen::Size;
use crate::app::{App, Event, OptionValues, SAMPLES, ThemeName, may_name_theme};
use crate::config::{Config, ConfigFile, ThemeFiles};
use crate::fetch::Logins;
use crate::ingest::{NoThreads, is_address};
use crate::library::Library;
use crate::runtime::{self, Env, Frames, Guard, ReadRequest, Workers};
use crate::text::counted;
use crate::ui::ColorDepth;
use crate::user::UserWrite;

/// Any name; shells complete those of the themes that come with the program.
#[derive(Debug, Clone, Copy)]
struct NameOfTheme;

impl TypedValueParser for NameOfTheme {
    type Value = String;

    fn parse_ref(&self, cmd: &clap::Command, arg: Option<&clap::Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(cmd, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ThemeName::all().map(|theme| PossibleValue::new(theme.name()))))
    }
}

/// The arguments of the reader.
#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Files and folders to read; `-` is standard input; by default the library
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    /// Refresh the feeds that are due, at the start and every so many minutes
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..))]
    refresh_every: Option<u32>,
    /// Colour theme, for this run, or a theme file's name; else none when `NO_COLOR` is set, the one chosen last in the
    /// reader, or the terminal's own colours
    #[arg(long, value_name = "NAME", value_parser = NameOfTheme)]
    theme: Option<String>,
    #[command(flatten)]
    fields: FieldsArgument,
}

impl ReadArguments {
    /// The options that these arguments set.
    fn options(&self) -> OptionValues {
        let theme = self.theme.clone().map(|theme| ("theme", theme));
        let mouse = self.no_mouse.then(|| ("mouse", false.to_string()));
        let every = self.refresh_every.map(|minutes| ("refresh-every", minutes.to_string()));
        theme.into_iter().chain(mouse).chain(every).collect()
    }
}

/// Opens the reader on what the arguments name.
pub fn run(arguments: &ReadArguments, library_args: &LibraryArguments, which: &WhichConfig) -> Outcome {
    if !io::stdout().is_terminal() || env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb") {
        return Err(Error::NoTerminal);
    }
    if let Some(missing) = nowhere(&arguments.paths) {
        return Err(Error::Missing(missing.display().to_string()));
    }
    let (width, height) = crossterm::terminal::size().map_err(Error::Terminal)?;
    let (library, error) = library_args.open();
    let library = Arc::new(library);
    let (file, wrong, mut problems) = match which.load() {
        Ok(file) => {
            let (wrong, problems) = (file.summary().or_else(|| file.themes.summary()), file.errors());
            (file, wrong, problems)
        }
        // Only a configuration that was named must be readable.
        Err(error) if which.named().is_none() => {
            let problem = ("configuration:".to_owned(), error.to_string());
            let wrong = format!("{error} · the defaults hold");
            (ConfigFile::without_config(None), Some(wrong), vec![problem])
        }
        Err(error) => return Err(error),
    };
    library.set_rules(file.config.rules.clone());
    library.set_retention(file.config.retention());
    let logins = Logins::new(file.config.logins.clone());
    library.set_input_rules(arguments.fields.rules(&file.config));
    let (keymap, themes) = (file.config.keymap.clone(), file.themes.clone());
    if let Some(why) = arguments.theme.as_deref().and_then(|name| no_theme(name, &themes)) {
        return Err(Error::NoTheme(why));
    }
    let (paths, missing) = match file.config.options.get("folders") {
        Some(lines) if arguments.paths.is_empty() => folders::configured(lines, file.path.as_deref()),
        _ => (arguments.paths.clone(), Vec::new()),
    };
    let (mut app, reading) = begin(arguments, file, paths, &library, Size { width, height })?;

    let guard = Guard::take(app.option("mouse") == "true").map_err(Error::Terminal)?;
    let asked = app.is_theme_by_ground() && guard.ask_ground();
    if app.option("pictures") != "never" {
        guard.ask_graphics();
    }
    let (sender, messages) = runtime::message_channel();
    if let Some(error) = error {
        sender.emit(Event::Failed(format!("Nothing will be saved: {error} · {}", error.hint())));
    }
    let every = app.option("refresh-every").parse().ok().map(|minutes: u64| Duration::from_secs(minutes * 60));
    let env = Env { keymap: &keymap, themes: &themes, colors: color_depth(), today: &|| Local::now().date_naive() };
    let wrong = wrong.into_iter().chain(missing.first().map(|(folder, why)| format!("{folder} {why}")));
    if let Some(wrong) = wrong.reduce(|one, other| format!("{one} · {other}")) {
        sender.emit(Event::Failed(wrong));
    }
    problems.extend(missing);
    problems.extend(app.missing_theme().map(|why| ("theme:".to_owned(), why)));
    app.know_problems(problems);
    let ended = (|| {
        let terminal = Terminal::new(CrosstermBackend::new(Frames::new(io::stdout()))).map_err(Error::Terminal)?;
        // The guard shows the cursor; what the terminal itself does for that at its end panics where its window is gone.
        let mut terminal = ManuallyDrop::new(terminal);
        let workers = Workers::start(&guard, sender.clone(), (&library, &logins), reading, every, which.named());
        let mut workers = workers.map_err(NoThreads)?;
        let signal = runtime::listen(&sender, asked, &guard).map_err(NoThreads)?;
        let ended = runtime::run(&mut *terminal, &mut app, &messages, &mut workers, &env);
        if ended.is_err() && !io::stdout().is_terminal() {
            signal.set(SIGHUP);
        }
        signal.get().map_or(ended.map_err(Error::Terminal), |signal| Err(Error::Signal(signal)))
    })();
    drop(guard);
    // A refresh that was under way may have brought something.
    let (ways, command) = app.notify_ways();
    Notifier::new(ways, command).tell(library.take_notified());
    library.checkpoint_on_exit();
    match library.write(&[]) {
        Err(error) if !library.unwritten().is_empty() => {
            report_unwritten(&library.unwritten());
            Err(Error::Unwritten(error))
        }
        _ => ended.map(|()| Found::Something),
    }
}

/// Why there is no theme of this name, if so.
fn no_theme(name: &str, themes: &ThemeFiles) -> Option<String> {
    if may_name_theme(name) {
        return themes.missing(name);
    }
    Some(format!("“{name}” is no name of a theme: that is letters, digits, - and _"))
}

/// The state to begin with, and what is to be read: these paths, else the library.
fn begin(
    arguments: &ReadArguments,
    file: ConfigFile,
    paths: Vec<PathBuf>,
    library: &Library,
    size: Size,
) -> Result<(App, ReadRequest), Error> {
    let ConfigFile { config: Config { options, keymap, commands, .. }, themes, .. } = file;
    let is_given = !arguments.paths.is_empty();
    let is_empty = library.folders()?.is_empty() && library.is_bare()?;
    let app = App::new(&title(&paths, is_empty), keymap.help(), size);
    let app = app.on_ground(wants_no_color(), has_light_ground()).with_themes(themes.known()).with_commands(commands);
    let settings = &library.user_state().settings;
    let app = app.with_options(arguments.options(), options, settings);
    let app = if library.may_write() { app } else { app.forgetting() };
    let app = app.starting(&folders::inputs(&paths), is_given, settings);
    let request = if paths.is_empty() { ReadRequest::Library } else { ReadRequest::Paths(paths) };
    Ok((app, request))
}

/// Prints what the user did that is lost.
fn report_unwritten(writes: &[UserWrite]) {
    /// How many are named.
    const NAMED: usize = 20;
    let label = |write: &UserWrite| match write {
        UserWrite::Commit { label, .. } | UserWrite::Split { label, .. } => Some(label.clone()),
        UserWrite::Note(_) | UserWrite::Undo | UserWrite::Redo => None,
    };
    let labels: Vec<_> = writes.iter().filter_map(label).collect();
    labels.iter().take(NAMED).for_each(|label| show_message(&format!("not saved: {label}")));
    match writes.len() - labels.len().min(NAMED) {
        0 => {}
        more => show_message(&format!("not saved: {}", counted(more, "more change"))),
    }
}

/// The first path, if not one of those that were given leads anywhere.
fn nowhere(paths: &[PathBuf]) -> Option<&Path> {
    let leads =
        |path: &PathBuf| path.as_path() == Path::new("-") || is_address(path) || path.symlink_metadata().is_ok();
    paths.first().filter(|_| !paths.iter().any(leads)).map(PathBuf::as_path)
}

/// Whether the environment asks for no colours (<https://no-color.org>): it is set, to anything but nothing.
fn wants_no_color() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// What is known of the ground before the terminal answers. Terminals of the rxvt family, and others after them, tell
/// their colours: "0;15" is black on white.
fn has_light_ground() -> bool {
    env::var("COLORFGBG").is_ok_and(|colours| matches!(colours.rsplit(';').next(), Some("7" | "15")))
}

fn color_depth() -> ColorDepth {
    let value = |name| env::var(name).unwrap_or_default();
    ColorDepth::of(&value("COLORTERM"), &value("TERM"))
}

/// What is being read, for the head line.
fn title(paths: &[PathBuf], is_empty: bool) -> String {
    let name = |path: &Path| {
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        whole.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
    };
    let title = match paths {
        [] if is_empty => SAMPLES.to_owned(),
        [] => "library".to_owned(),
        [only] if only == Path::new("-") => "standard input".to_owned(),
        [only] if is_address(only) => crate::fetch::shown(&only.to_string_lossy()),
        [only] => name(only),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    };
    crate::text::clean_line(&title)
}
