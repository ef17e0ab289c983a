//! `--fields`: where the parts of an article stand in records of a shape that only the user knows.

use clap::Args;

use super::Error;
use super::config::WhichConfig;
use super::error::show_message;
use crate::article::{FieldMap, InputRules};
use crate::config::Config;

/// How records are read.
#[derive(Debug, Clone, Default, Args)]
pub struct FieldsArgument {
    /// Which fields of records in JSON or a table are the title, text, date, author, source, url, tags, summary, language:
    /// title=headline.main,text=body; by default known names and shapes
    #[arg(long, value_name = "PART=FIELD,…", value_parser = FieldMap::parse)]
    fields: Option<FieldMap>,
}

impl FieldsArgument {
    /// The rules of the configuration that is meant, with the fields that were given in the place of its own.
    pub fn rules_of(&self, which: &WhichConfig) -> Result<InputRules, Error> {
        Ok(self.rules(&which.config()?))
    }

    /// The rules of a configuration, with the fields that were given in the place of its own.
    pub fn rules(&self, config: &Config) -> InputRules {
        let rules = config.input_rules();
        InputRules { fields: self.fields.clone().unwrap_or(rules.fields), ..rules }
    }

    /// Says which of the fields that were given no record had, after all were read: a name may be mistyped.
    pub fn warn(&self) {
        for (written, path) in self.fields.iter().flat_map(FieldMap::never_found) {
            show_message(&format!("warning: no record has a field {path} (--fields {written})"));
        }
    }
}
