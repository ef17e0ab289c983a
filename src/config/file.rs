//! The file of the configuration.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Config, ThemeFiles};

/// The largest file that is read, in bytes: what people write is far smaller.
const LARGEST: u64 = 1 << 20;

/// A configuration, and where it was read.
#[derive(Debug, Clone, Default)]
pub struct ConfigFile {
    /// What it says.
    pub config: Config,
    /// Its file; none where there is no configuration.
    pub path: Option<PathBuf>,
    /// The themes in the folder beside it.
    pub themes: ThemeFiles,
}

impl ConfigFile {
    /// No configuration, and the themes beside the place of the one that is `named`, else of the usual one.
    pub fn without_config(named: Option<&Path>) -> Self {
        Self { themes: ThemeFiles::load(themes_folder(named).as_deref()), ..Self::default() }
    }

    /// What does not hold in it and in the themes beside it: the place, and what is wrong there.
    pub fn errors(&self) -> Vec<(String, String)> {
        let name = self.path.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let own =
            self.config.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.listed(&name));
        own.chain(self.themes.errors()).collect()
    }

    /// What is wrong in it, in a line for the screen: the first problem with the name of the file, and how many more there
    /// are.
    pub fn summary(&self) -> Option<String> {
        let name = self.path.as_deref()?.file_name()?.to_string_lossy();
        self.config.summary().map(|wrong| crate::text::clean_line(&format!("{name}:{wrong}")))
    }
}

/// Why a file is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{} cannot be read ({})", .0.display(), .1)]
    Unreadable(PathBuf, #[source] io::Error),
    /// It is larger than any configuration.
    #[error("{} is too large for a configuration: it has more than 1 MiB", .0.display())]
    TooLarge(PathBuf),
    /// It is no text.
    #[error("{} is no text in UTF-8", .0.display())]
    NotText(PathBuf),
}

/// The path of the configuration, in the folder of the XDG specification.
pub fn default_path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("pullquote").join("config.toml"))
}

/// The folder of the themes: beside the configuration that is `named`, else beside the usual one.
pub fn themes_folder(named: Option<&Path>) -> Option<PathBuf> {
    let path = named.map(Path::to_path_buf).or_else(default_path)?;
    Some(path.parent()?.join("themes"))
}

/// Reads a configuration: the file that is `named`, else the one at the default path, if it is there.
///
/// # Errors
///
/// When the file cannot be read, is too large, or is no text.
pub fn load(named: Option<&Path>) -> Result<ConfigFile, ConfigError> {
    let Some(path) = named.map(Path::to_path_buf).or_else(default_path) else { return Ok(ConfigFile::default()) };
    match read(&path) {
        Ok(text) => {
            let ConfigFile { themes, .. } = ConfigFile::without_config(named);
            Ok(ConfigFile { config: Config::parse_with(&text, &themes), path: Some(path), themes })
        }
        Err(ConfigError::Unreadable(_, error)) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            Ok(ConfigFile::without_config(named))
        }
        Err(error) => Err(error),
    }
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    let unreadable = |error| ConfigError::Unreadable(path.to_path_buf(), error);
    // What is no file may never end, or never begin: a pipe is not even opened.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(unreadable(io::Error::other("it is no file")));
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ConfigError::TooLarge(path.to_path_buf()));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    String::from_utf8(text).map_err(|_| ConfigError::NotText(path.to_path_buf()))
}
