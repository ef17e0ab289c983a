//! `pullquote config`: the configuration with every default, and what is wrong in that of the user.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::error::{Found, Outcome, show_message};
use super::notifier::Notifier;
use crate::config::{
    self, Config, ConfigFile, Faint, Problem, ThemeFile, ThemeFiles, ThemeProblem, default_path, faint_roles,
};
use crate::fetch::Logins;
use crate::library::Library;
use crate::text::{clean_line, counted};
use crate::user::{Retention, Rule};

/// What stands under `pullquote config --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote config                                        every option and key, with its default
  mkdir -p ~/.config/pullquote
  pullquote config > ~/.config/pullquote/config.toml      to begin with: each default is a comment
  pullquote config --check                                what is wrong in the configuration, and where
  pullquote --config other.toml                           read with another one

What holds is, of those that are there: the option on the command line, what was changed in the reader since it started,
the configuration, what was remembered from earlier runs, the default; `:set column?` says which. `:reload` reads the
configuration again. What is wrong in it is told, and the rest holds.
Exit codes: 0 success, 2 where something in the configuration does not hold.";

/// Which configuration.
#[derive(Debug, Clone, Default, Args)]
pub struct WhichConfig {
    /// The configuration; by default `config.toml` in the configuration folder (`~/.config/pullquote`)
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    config: Option<PathBuf>,
}

/// What the configuration says of fetching besides.
#[derive(Debug)]
pub struct Fetching {
    /// The logins.
    pub logins: Logins,
    /// How the user is told of what rules notify of.
    pub notifier: Notifier,
}

impl Fetching {
    /// As the configuration says.
    pub fn of(config: Config) -> Self {
        let notifier = Notifier::new(config.notify_ways().to_owned(), config.commands.notify);
        Self { logins: Logins::new(config.logins), notifier }
    }
}

/// What `pullquote config` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ConfigArguments {
    /// Say what is wrong in the configuration, and in the themes beside it
    #[arg(long)]
    check: bool,
}

impl WhichConfig {
    /// The file that was named.
    pub fn named(&self) -> Option<PathBuf> {
        self.config.clone()
    }

    /// The rules that hold, as with the configuration.
    pub fn rules(&self) -> Result<Vec<Rule>, Error> {
        Ok(self.config()?.rules)
    }

    /// How long articles of feeds are kept, as with the rules.
    pub fn retention(&self) -> Result<Retention, Error> {
        Ok(self.config()?.retention())
    }

    /// What a refresh needs: the library gets the rules, and how long articles of feeds are kept; returns the rest.
    pub fn set_up(&self, library: &Library) -> Result<Fetching, Error> {
        let config = self.config()?;
        library.set_retention(config.retention());
        library.set_rules(config.rules.clone());
        library.set_input_rules(config.input_rules());
        Ok(Fetching::of(config))
    }

    /// What holds, for a command without a screen; what does not hold is told.
    pub fn config(&self) -> Result<Config, Error> {
        Ok(self.load_or_tell()?.config)
    }

    /// Reads it; what does not hold is told.
    pub fn load_or_tell(&self) -> Result<ConfigFile, Error> {
        let file = match self.load() {
            Ok(file) => file,
            // Only a configuration that was named must be readable.
            Err(error) if self.config.is_none() => {
                show_message(&clean_line(&format!("{error}: no rules hold")));
                return Ok(ConfigFile::default());
            }
            Err(error) => return Err(error),
        };
        if let Some(wrong) = file.summary() {
            show_message(&wrong);
        }
        Ok(file)
    }

    /// Reads it.
    pub fn load(&self) -> Result<ConfigFile, Error> {
        Ok(config::load(self.config.as_deref())?)
    }
}

/// Prints the configuration with every default, or says what is wrong in that of the user.
pub fn run(arguments: &ConfigArguments, which: &WhichConfig) -> Outcome {
    if !arguments.check {
        io::stdout().write_all(config::printed().as_bytes()).map_err(Error::Output)?;
        return Ok(Found::Something);
    }
    let ConfigFile { config, path, themes } = which.load()?;
    let wrong_in_themes = check_themes(&themes);
    let Some(path) = path else {
        let usual = default_path().map_or_else(String::new, |path| format!(" ({})", path.display()));
        show_message(&format!("there is no configuration{usual}: the defaults hold"));
        return wrong_in_themes.map_or(Ok(Found::Something), Err);
    };
    for problem in &config.problems {
        show_message(&clean_line(&format!("{}:{problem}", path.display())));
    }
    match (config.problems.iter().filter(|problem| !problem.is_warning).count(), wrong_in_themes) {
        (0, None) => {
            show_message(&clean_line(&format!("{} holds", path.display())));
            Ok(Found::Something)
        }
        (0, Some(wrong)) => Err(wrong),
        (wrong, None) => Err(Error::WrongConfig(path, counted(wrong, "problem"))),
        (wrong, Some(_)) => {
            Err(Error::WrongConfig(path, format!("{}, and so have its themes", counted(wrong, "problem"))))
        }
    }
}

/// Says what is wrong in the files of themes, and what of them is hard to read; returns the error that there is then.
fn check_themes(themes: &ThemeFiles) -> Option<Error> {
    let say = |problem: &dyn std::fmt::Display| show_message(&clean_line(&problem.to_string()));
    for problem in &themes.problems {
        say(problem);
    }
    for (_, theme) in themes.iter() {
        let mut faint: Vec<_> =
            faint_roles(&theme.colors).into_iter().filter_map(|faint| warning(theme, &faint)).collect();
        faint.sort_by_key(|problem| (problem.line, problem.column));
        for problem in faint {
            say(&ThemeProblem::Within(theme.path.clone(), problem));
        }
    }
    let folder = themes.folder()?;
    match themes.problems.len() {
        0 => {
            let names: Vec<_> = themes.iter().map(|(name, _)| name).collect();
            if !names.is_empty() {
                say(&format!("{} holds: {}", folder.display(), names.join(", ")));
            }
            None
        }
        wrong => Some(Error::WrongConfig(folder.to_path_buf(), counted(wrong, "problem"))),
    }
}

/// What is said of a colour that is hard to read: where the file says it, or the ground under it.
fn warning(theme: &ThemeFile, faint: &Faint) -> Option<Problem> {
    let own = ["ground", "text"].iter().find_map(|role| theme.places.get(role));
    let &(line, column) = theme.places.get(faint.role).or(own)?;
    let what = match faint.speaker {
        Some(number) => format!("speaker {number}"),
        None => faint.role.to_owned(),
    };
    let message = match faint.contrast {
        Some(contrast) => format!(
            "{what} has a contrast of {contrast:.1} with what is behind it: below {} it is hard to read",
            faint.least
        ),
        None => "a ground without a colour of text: the terminal's own may not be legible on it".to_owned(),
    };
    Some(Problem { line, column, message, is_warning: true })
}
