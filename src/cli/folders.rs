//! The folders that the configuration names, and what a run reads.

use std::path::{Path, PathBuf};

use crate::ingest::{absolute, is_address};

/// What is said of a folder that is missing.
const NOT_FOUND: &str = "is not there, but among the folders of the configuration";

/// The files and folders that the configuration names, one a line, and which of them are missing, with what is said of them. What is relative lies
/// beside the configuration.
pub fn configured(folders: &str, config: Option<&Path>) -> (Vec<PathBuf>, Vec<(String, String)>) {
    let beside = config.and_then(Path::parent).unwrap_or(Path::new(""));
    let whole = |line: &str| match line.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            etcetera::home_dir().ok().map(|home| home.join(rest.trim_start_matches('/')))
        }
        _ => Some(beside.join(line)),
    };
    let paths = folders.lines().map(|line| (line, whole(line)));
    let is_there = |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.exists());
    let (there, missing): (Vec<_>, Vec<_>) = paths.partition(|(_, path)| is_there(path));
    let missing = missing.iter().map(|(line, _)| ((*line).to_owned(), NOT_FOUND.to_owned()));
    (there.into_iter().filter_map(|(_, path)| path).collect(), missing.collect())
}

/// What is read, by which a later run knows whether it reads the same.
pub fn inputs(paths: &[PathBuf]) -> String {
    let paths = paths.iter().map(|path| if is_address(path) { path.clone() } else { absolute(path) });
    paths.map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_lie_at_home_or_beside_the_configuration_and_missing_ones_are_told() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("news")).unwrap();
        let config = folder.path().join("config.toml");
        let whole = folder.path().join("news").display().to_string();
        let (paths, missing) =
            configured(&format!("news\n~\n~/no-such-folder-of-mine\n{whole}\n/no/such"), Some(&config));
        assert_eq!(paths[0], folder.path().join("news"));
        assert_eq!(paths.len(), 3, "{paths:?}");
        let missing: Vec<_> = missing.iter().map(|(folder, _)| folder.as_str()).collect();
        assert_eq!(missing, ["~/no-such-folder-of-mine", "/no/such"]);
        assert_eq!(configured("", None), (Vec::new(), Vec::new()));
    }

    #[test]
    fn inputs_are_known_again() {
        let paths = [PathBuf::from("/srv/archive"), PathBuf::from("https://coast.example/feed")];
        assert_eq!(inputs(&paths), "/srv/archive\nhttps://coast.example/feed");
        assert_eq!(inputs(&[]), "");
    }
}
