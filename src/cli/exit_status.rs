//! `--exit-status`: whether to find nothing is a failure where the output is for programs.

use clap::Args;

use super::error::Found;
use crate::export::Format;

/// What every command with formats for programs accepts.
#[derive(Debug, Args)]
pub struct ExitStatusArgument {
    /// Exit with 1 where nothing is found and with 2 where nothing can be read, whatever the format is
    #[arg(long)]
    exit_status: bool,
}

impl ExitStatusArgument {
    /// Whether output in this format is that of a filter: for programs, to which an empty result is a result.
    pub fn is_filter(&self, format: Format) -> bool {
        !self.exit_status && matches!(format, Format::Json | Format::Jsonl | Format::Csv)
    }

    /// How a command ends that wrote in this format what it found.
    pub fn of(&self, found: Found, format: Format) -> Found {
        if self.is_filter(format) { Found::Something } else { found }
    }
}
