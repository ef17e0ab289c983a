//! `pullquote config`: the configuration with every default, and what is wrong in that of the user.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Error;
use super::error::{Found, Outcome, show_message};
use crate::config::{self, ConfigFile, default_path};
use crate::text::{clean_line, counted};

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

/// What `pullquote config` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ConfigArguments {
    /// Say what is wrong in the configuration
    #[arg(long)]
    check: bool,
}

impl WhichConfig {
    /// The file that was named.
    pub fn named(&self) -> Option<PathBuf> {
        self.config.clone()
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
    let ConfigFile { config, path } = which.load()?;
    let Some(path) = path else {
        let usual = default_path().map_or_else(String::new, |path| format!(" ({})", path.display()));
        show_message(&format!("there is no configuration{usual}: the defaults hold"));
        return Ok(Found::Something);
    };
    for problem in &config.problems {
        show_message(&clean_line(&format!("{}:{problem}", path.display())));
    }
    match config.problems.iter().filter(|problem| !problem.is_warning).count() {
        0 => {
            show_message(&clean_line(&format!("{} holds", path.display())));
            Ok(Found::Something)
        }
        wrong => Err(Error::WrongConfig(path, counted(wrong, "problem"))),
    }
}
