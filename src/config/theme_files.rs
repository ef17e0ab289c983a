//! The themes of the user: a folder of files, each of which may change a theme of another.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{self, ConfigError};
use super::theme::{ThemeColors, Written, parse};
use super::{Problem, RoleStyle};
use crate::app::{OwnThemes, ThemeName, is_theme_word, may_name_theme};
use crate::text::{clean_line, nearest};

/// More themes than anyone has.
const MOST: usize = 256;

/// How many files may each change the next.
const LONGEST_CHAIN: usize = 8;

/// The themes in a folder.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles {
    folder: Option<PathBuf>,
    themes: BTreeMap<String, ThemeFile>,
    /// What is wrong in the folder, file by file.
    pub problems: Vec<ThemeProblem>,
    /// The theme that is kept though its file is gone: it is in use.
    gone: Option<String>,
}

/// A theme of a file.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// What it says, over what it changes.
    pub colors: ThemeColors,
    /// Its file.
    pub path: PathBuf,
    /// Where its file says what, by the name of the role: line and column.
    pub places: BTreeMap<&'static str, (usize, usize)>,
    /// What it changes, by name.
    based_on: String,
    /// Whether something does not hold, in it or in what it changes.
    is_wrong: bool,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeProblem {
    /// Something in it.
    Within(PathBuf, Problem),
    /// All of it: no theme is there.
    Whole(PathBuf, String),
}

/// "themes/night.toml:3:10: “blu” is no colour · did you mean blue?"
impl fmt::Display for ThemeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(path, problem) => write!(f, "{}:{problem}", path.display()),
            Self::Whole(path, why) => write!(f, "{}: {why}", path.display()),
        }
    }
}

impl ThemeProblem {
    fn path(&self) -> &Path {
        let (Self::Within(path, _) | Self::Whole(path, _)) = self;
        path
    }

    /// Whether something does not hold, rather than may surprise.
    fn is_error(&self) -> bool {
        !matches!(self, Self::Within(_, problem) if problem.is_warning)
    }

    /// With the name of its file only.
    fn short(&self) -> String {
        let name = self.path().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        match self {
            Self::Within(_, problem) => format!("{name}:{problem}"),
            Self::Whole(_, why) => format!("{name}: {why}"),
        }
    }
}

impl ThemeFiles {
    /// Reads the themes of a folder. One that is not there has none.
    pub fn load(folder: Option<&Path>) -> Self {
        let Some(folder) = folder else { return Self::default() };
        let mut files = Self { folder: Some(folder.to_path_buf()), ..Self::default() };
        let paths = match paths(folder) {
            Ok(paths) => paths,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return files,
            Err(error) => {
                files.problems.push(ThemeProblem::Whole(folder.to_path_buf(), format!("cannot be read ({error})")));
                return files;
            }
        };
        if paths.len() > MOST {
            let why = format!("has more than {MOST} themes: the others are left out");
            files.problems.push(ThemeProblem::Whole(folder.to_path_buf(), why));
        }
        let mut written = BTreeMap::new();
        for path in paths.into_iter().take(MOST) {
            match theme_in(&path) {
                Ok((name, theme)) => drop(written.insert(name, (path, theme))),
                Err(why) => files.problems.push(ThemeProblem::Whole(path, why)),
            }
        }
        files.resolve(&written);
        files
    }

    /// Puts each theme over what it changes.
    fn resolve(&mut self, written: &BTreeMap<String, (PathBuf, Written)>) {
        for (name, (path, own)) in written {
            let (chain, mut base) = chain(name, written);
            // Where no file names a base, the ground says which of the terminal's own colours can be read on it.
            if chain.iter().all(|theme| theme.base.is_none()) && merged(&chain, ThemeName::Terminal).has_light_ground()
            {
                base = base.map(|_| ThemeName::TerminalLight);
            }
            let mut problems = own.problems.clone();
            if let (Err(Some(message)), Some((_, (line, column)))) = (&base, &own.base) {
                let message = clean_line(message);
                problems.push(Problem { line: *line, column: *column, message, is_warning: false });
                problems.sort_by_key(|problem| (problem.line, problem.column));
            }
            let colors = merged(&chain, base.clone().unwrap_or(ThemeName::Terminal));
            let is_wrong = base.is_err() || chain.iter().any(|theme| theme.problems.iter().any(|one| !one.is_warning));
            let based_on = own.base.as_ref().map_or(ThemeName::Terminal.name(), |(base, _)| base).to_owned();
            self.problems.extend(problems.into_iter().map(|problem| ThemeProblem::Within(path.clone(), problem)));
            let theme = ThemeFile { colors, path: path.clone(), places: own.places.clone(), based_on, is_wrong };
            self.themes.insert(name.clone(), theme);
        }
    }

    /// The themes, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ThemeFile)> {
        self.themes.iter().map(|(name, theme)| (name.as_str(), theme))
    }

    /// What a theme says.
    pub fn colors(&self, name: &str) -> Option<&ThemeColors> {
        self.themes.get(name).map(|theme| &theme.colors)
    }

    /// The folder, whether or not it is there.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// What the state needs to know of them.
    pub fn known(&self) -> OwnThemes {
        let about = |theme: &ThemeFile| {
            let mistakes = if theme.is_wrong { ", with mistakes" } else { "" };
            clean_line(&format!("a file of yours, after {}{mistakes}", theme.based_on))
        };
        let folder = self.folder.as_deref().map_or_else(String::new, |folder| folder.display().to_string());
        OwnThemes {
            wrong: self.themes.iter().filter(|(_, theme)| theme.is_wrong).map(|(name, _)| name.clone()).collect(),
            names: self.themes.iter().map(|(name, theme)| (name.clone(), about(theme))).collect(),
            folder: clean_line(&folder),
            gone: self.gone.clone(),
        }
    }

    /// The same after a change of the files: a theme in which something no longer holds stays as it was `before`, and so does
    /// the one `in_use` whose file is gone.
    #[must_use]
    pub fn keeping(mut self, before: &Self, in_use: &str) -> Self {
        for (name, theme) in &before.themes {
            let is_broken = match self.themes.get(name) {
                Some(now) => now.is_wrong,
                None => self.problems.iter().any(|problem| problem.path() == theme.path),
            };
            if is_broken {
                self.themes.insert(name.clone(), theme.clone());
            } else if name == in_use && !self.themes.contains_key(name) {
                self.themes.insert(name.clone(), theme.clone());
                self.gone = Some(name.clone());
            }
        }
        self
    }

    /// What is wrong, in a line: the first problem with its file, and how many more there are.
    pub fn summary(&self) -> Option<String> {
        let mut wrong = self.problems.iter().filter(|problem| problem.is_error());
        let first = clean_line(&wrong.next()?.short());
        Some(match wrong.count() {
            0 => first,
            more => format!("{first} · {more} more"),
        })
    }

    /// What does not hold: the place, and what is wrong there.
    pub fn errors(&self) -> impl Iterator<Item = (String, String)> {
        let name = |path: &Path| path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        self.problems.iter().filter(|problem| problem.is_error()).map(move |problem| match problem {
            ThemeProblem::Within(path, problem) => problem.listed(&format!("themes/{}", name(path))),
            ThemeProblem::Whole(path, why) => (format!("themes/{}:", name(path)), clean_line(why)),
        })
    }

    /// The same after a change of the files, with what holds in the place of the first.
    pub fn summary_after(&self, before: &Self) -> Option<String> {
        let gone = |name: &String| clean_line(&format!("themes/{name}.toml is gone · its former look holds"));
        let Some(first) = self.problems.iter().find(|problem| problem.is_error()) else {
            return self.gone.as_ref().filter(|name| before.gone.as_ref() != Some(*name)).map(gone);
        };
        let was_there = before.themes.values().any(|theme| theme.path == first.path());
        let summary = self.summary()?;
        Some(if was_there { format!("{summary} · its former look holds") } else { summary })
    }

    /// What is said where there is no theme of this name.
    pub fn missing(&self, name: &str) -> Option<String> {
        if self.themes.contains_key(name) || is_built_in(name) || name == "auto" {
            return None;
        }
        let Some(path) = self.folder.as_deref().map(|folder| folder.join(format!("{name}.toml"))) else {
            return Some(format!("there is no theme “{name}”{}", self.near(name)));
        };
        if self.problems.iter().any(|problem| problem.path() == path) {
            return Some(format!("the theme “{name}” cannot be read"));
        }
        let place = path.file_name().map(|file| format!(" (themes/{})", file.to_string_lossy())).unwrap_or_default();
        Some(format!("there is no theme “{name}”{place}{}", self.near(name)))
    }

    fn near(&self, name: &str) -> String {
        let own = self.themes.keys().map(String::as_str);
        let mut known: Vec<&str> = ThemeName::all().map(ThemeName::name).collect();
        known.extend(own);
        nearest(name, known).map_or_else(String::new, |near| format!(" · did you mean {near}?"))
    }
}

/// The files of a folder that are themes by their names, in the order of these. What is hidden belongs to an editor.
fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.extension() == Some(OsStr::new("toml")) && !is_hidden {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The theme in a file, and its name; else why there is none.
fn theme_in(path: &Path) -> Result<(String, Written), String> {
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    if !may_name_theme(&name) {
        return Err("the name of a theme is letters, digits, - and _, at most 64".to_owned());
    }
    if is_built_in(&name.to_lowercase()) {
        return Err(format!("the theme {} that comes with pullquote holds: give it another name", name.to_lowercase()));
    }
    if is_theme_word(&name) {
        return Err(format!("{name} means something else after theme: give it another name"));
    }
    match file::read(path) {
        Ok(text) => Ok((name, parse(&text))),
        Err(ConfigError::Unreadable(_, error)) => Err(format!("cannot be read ({error})")),
        Err(ConfigError::TooLarge(_)) => Err("is too large for a theme: it has more than 1 MiB".to_owned()),
        Err(ConfigError::NotText(_)) => Err("is no text in UTF-8".to_owned()),
    }
}

fn is_built_in(name: &str) -> bool {
    ThemeName::named(name).is_some()
}

/// What a theme consists of: its file, the one that this changes, and so on; and the built-in theme under the last. Where
/// there is none, what is wrong with its base, unless that is said of another file.
fn chain<'w>(
    name: &str,
    written: &'w BTreeMap<String, (PathBuf, Written)>,
) -> (Vec<&'w Written>, Result<ThemeName, Option<String>>) {
    let mut names = vec![name];
    let mut files: Vec<&Written> = Vec::new();
    loop {
        let Some((_, theme)) = names.last().and_then(|name| written.get(*name)) else {
            let of_the_last = names.pop().unwrap_or_default();
            let own = written.keys().map(String::as_str).filter(|known| *known != name);
            let mut known: Vec<&str> = ThemeName::all().map(ThemeName::name).collect();
            known.extend(own);
            let near = nearest(of_the_last, known);
            let near = near.map_or_else(String::new, |near| format!(" · did you mean {near}?"));
            let message = format!("there is no theme “{of_the_last}” that could be changed{near}");
            return (files, Err(Some(message).filter(|_| names.len() == 1)));
        };
        files.push(theme);
        let base = theme.base.as_ref().map_or(ThemeName::Terminal.name(), |(base, _)| base);
        if let Some(built_in) = ThemeName::named(base) {
            return (files, Ok(built_in));
        }
        if let Some(at) = names.iter().position(|name| *name == base) {
            return (files, Err(Some(circle(&names)).filter(|_| at == 0)));
        }
        if names.len() == LONGEST_CHAIN {
            return (files, Err(Some(format!("more than {LONGEST_CHAIN} themes that change one another"))));
        }
        names.push(base);
    }
}

/// "dark-mine and night name each other as base"
fn circle(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    match names.split_last() {
        Some((last, [])) => format!("{last} names itself as base"),
        Some((last, others)) => format!("{} and {last} name each other as base", others.join(", ")),
        None => String::new(),
    }
}

/// The first over the second, and so on, over a built-in one.
fn merged(chain: &[&Written], base: ThemeName) -> ThemeColors {
    let mut colors = ThemeColors { base, roles: BTreeMap::new(), speakers: None };
    for theme in chain.iter().rev() {
        for (&role, style) in &theme.roles {
            let under: RoleStyle = colors.roles.get(&role).copied().unwrap_or_default();
            colors.roles.insert(role, style.over(under));
        }
        colors.speakers = theme.speakers.clone().or(colors.speakers);
    }
    colors
}

#[cfg(test)]
mod tests;
