//! A theme file: colours by role, as plain data.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Problem;
use super::place::Source;
use super::table::{Entry, entries, unknown};
use crate::app::ThemeName;
use crate::text::{nearest, shorten};

/// A colour, as a theme file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeColor {
    /// The terminal's own for letters, or its ground.
    Default,
    /// One of the terminal's sixteen, by number.
    Own(u8),
    /// An index from 16 on.
    Indexed(u8),
    /// 24 bits: red, green, blue.
    Rgb(u32),
}

/// What has a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What is behind everything.
    Ground,
    /// Ordinary text.
    Text,
    /// What matters less.
    Dim,
    /// Rules.
    Rule,
    /// The accent.
    Accent,
    /// Headlines.
    Headline,
    /// The matches of a search.
    Found,
    /// The current one of them.
    FoundHere,
    /// Words that lead somewhere.
    Link,
    /// What went wrong.
    Warning,
    /// A quotation without a speaker's colour.
    Quotation,
    /// Words that are reported, not quoted.
    Reported,
    /// Code, and other preformatted text.
    Code,
}

/// How a role looks; what it does not say is as in the base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoleStyle {
    /// The colour of its letters.
    pub fg: Option<ThemeColor>,
    /// The colour behind them.
    pub bg: Option<ThemeColor>,
    /// Whether it is bold.
    pub bold: Option<bool>,
    /// Whether it is italic.
    pub italic: Option<bool>,
    /// Whether it is underlined.
    pub underline: Option<bool>,
    /// Whether letters and ground are exchanged.
    pub reverse: Option<bool>,
    /// Whether it is dimmed.
    pub dim: Option<bool>,
}

/// What a theme says, with all that it takes from other files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeColors {
    /// What holds where it says nothing.
    pub base: ThemeName,
    /// The roles of which it says something.
    pub roles: BTreeMap<Role, RoleStyle>,
    /// The colours of speakers; none where those of the base hold.
    pub speakers: Option<Vec<ThemeColor>>,
}

/// What one file says.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    /// The name of the theme that it changes, and where that is written.
    pub base: Option<(String, (usize, usize))>,
    pub roles: BTreeMap<Role, RoleStyle>,
    pub speakers: Option<Vec<ThemeColor>>,
    /// Where each of its entries stands, by name: line and column.
    pub places: BTreeMap<&'static str, (usize, usize)>,
    pub problems: Vec<Problem>,
}

/// The entry for the colours of speakers.
const SPEAKERS: &str = "speakers";

/// The sixteen colours of a terminal, in their order.
const COLORS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What a table for a role may say.
const PARTS: [&str; 7] = ["fg", "bg", "bold", "italic", "underline", "reverse", "dim"];

impl Role {
    /// All of them, by name.
    pub const NAMES: [(&'static str, Self); 13] = [
        ("ground", Self::Ground),
        ("text", Self::Text),
        ("dim", Self::Dim),
        ("rule", Self::Rule),
        ("accent", Self::Accent),
        ("headline", Self::Headline),
        ("found", Self::Found),
        ("found_here", Self::FoundHere),
        ("link", Self::Link),
        ("warning", Self::Warning),
        ("quotation", Self::Quotation),
        ("reported", Self::Reported),
        ("code", Self::Code),
    ];

    fn named(name: &str) -> Option<(&'static str, Self)> {
        let name = name.replace('-', "_");
        Self::NAMES.into_iter().find(|(known, _)| *known == name)
    }

    /// Why a theme cannot have this part of this role: by it something else is known.
    fn cannot_be(self, part: &str) -> Option<&'static str> {
        match (self, part) {
            (Self::Ground, "fg" | "bg") | (Self::Dim | Self::Rule | Self::Link, "dim") => None,
            (Self::Ground, _) => Some("the ground has colours only"),
            (_, "dim") => Some("only dim, rule and link can be dim: elsewhere that means doubt"),
            (Self::Text | Self::Quotation | Self::Code, "reverse") => {
                Some("text, quotation and code cannot be reversed: that means where one is")
            }
            (Self::Reported, "bold" | "reverse" | "bg") => {
                Some("reported is lighter than a quotation: it has no ground, and is neither bold nor reversed")
            }
            _ => None,
        }
    }
}

impl ThemeColors {
    /// What the text of a file says that changes a theme which comes with the program; what is wrong in it is left out.
    pub fn parse(text: &str) -> Self {
        let Written { base, roles, speakers, .. } = parse(text);
        let base = base.and_then(|(base, _)| ThemeName::named(&base)).unwrap_or(ThemeName::Terminal);
        Self { base, roles, speakers }
    }
}

impl RoleStyle {
    /// This over what another file says. A colour for letters is as bright as it is written, and one behind them is no longer
    /// exchanged with them, unless that is said with it.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            fg: self.fg.or(base.fg),
            bg: self.bg.or(base.bg),
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underline: self.underline.or(base.underline),
            reverse: self.reverse.or(base.reverse.filter(|_| self.bg.is_none())),
            dim: self.dim.or(base.dim.filter(|_| self.fg.is_none())),
        }
    }
}

/// Reads the text of a theme file. What is wrong is left out, and noted.
pub(super) fn parse(text: &str) -> Written {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut source = Source::of(text);
    for error in errors {
        source.add_error(&error);
    }
    let mut written = Written::default();
    for entry in entries(table.get_ref(), &source) {
        match (Role::named(entry.name), entry.name) {
            (Some((name, role)), _) => {
                if let Some(style) = role_style(role, name, &entry, &mut source) {
                    written.roles.insert(role, style);
                    written.places.insert(name, source.place(entry.name_span().start));
                }
            }
            (None, SPEAKERS) => {
                written.speakers = speakers(&entry, &mut source);
                written.places.insert(SPEAKERS, source.place(entry.name_span().start));
            }
            (None, "base") => {
                if let Some(base) = entry.value.as_str() {
                    written.base = Some((base.to_owned(), source.place(entry.value_span().start)));
                } else {
                    let why = format!("base is the name of a theme, not {}", shown(&entry.value_span(), &source));
                    source.problem(&entry.value_span(), why);
                }
            }
            (None, name) => {
                let known = Role::NAMES.iter().map(|(name, _)| *name).chain(["base", SPEAKERS]);
                source.problem(&entry.name_span(), unknown("role", name, known));
            }
        }
    }
    written.problems = source.into_problems();
    written
}

/// What is said of a role: a colour, which is that of its letters (of the ground: behind them), or a table.
fn role_style(role: Role, name: &str, entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<RoleStyle> {
    let DeValue::Table(table) = entry.value else {
        if !matches!(entry.value, DeValue::String(_) | DeValue::Integer(_)) {
            let written = shown(&entry.value_span(), source);
            let why = format!("{name} is a colour or a table such as {{ fg = \"red\", bold = true }}, not {written}");
            source.problem(&entry.value_span(), why);
            return None;
        }
        let color = color(entry.value, &entry.value_span(), source)?;
        return Some(match role {
            Role::Ground => RoleStyle { bg: Some(color), ..RoleStyle::default() },
            _ => RoleStyle { fg: Some(color), ..RoleStyle::default() },
        });
    };
    let mut style = RoleStyle::default();
    for part in entries(table, source) {
        if !PARTS.contains(&part.name) {
            source.problem(&part.name_span(), unknown("part of a role", part.name, PARTS));
            continue;
        }
        if let Some(why) = role.cannot_be(part.name).filter(|_| !matches!(part.value, DeValue::Boolean(false))) {
            source.problem(&part.name_span(), why);
            continue;
        }
        let is_on = match part.value {
            _ if matches!(part.name, "fg" | "bg") => None,
            DeValue::Boolean(is_on) => Some(*is_on),
            _ => {
                let why = format!("{} is true or false, not {}", part.name, shown(&part.value_span(), source));
                source.problem(&part.value_span(), why);
                continue;
            }
        };
        match part.name {
            "fg" => style.fg = color(part.value, &part.value_span(), source),
            "bg" => style.bg = color(part.value, &part.value_span(), source),
            "bold" => style.bold = is_on,
            "italic" => style.italic = is_on,
            "underline" => style.underline = is_on,
            "reverse" => style.reverse = is_on,
            _ => style.dim = is_on,
        }
    }
    Some(style)
}

/// The colours of speakers: those in the list that are colours.
fn speakers(entry: &Entry<'_, '_>, source: &mut Source<'_>) -> Option<Vec<ThemeColor>> {
    /// More than anyone tells apart.
    const MOST: usize = 64;
    let DeValue::Array(all) = entry.value else {
        let written = shown(&entry.value_span(), source);
        source.problem(&entry.value_span(), format!("speakers is a list of colours, not {written}"));
        return None;
    };
    if all.len() > MOST {
        source.problem(&entry.value_span(), format!("speakers has more than {MOST} colours: the others are left out"));
    }
    let colors: Vec<_> = all.iter().take(MOST).filter_map(|one| color(one.get_ref(), &one.span(), source)).collect();
    // None that is right is not the wish for none.
    Some(colors).filter(|colors| !colors.is_empty() || all.is_empty())
}

/// The colour that is written; what is wrong with it is noted.
fn color(value: &DeValue<'_>, span: &Range<usize>, source: &mut Source<'_>) -> Option<ThemeColor> {
    let color = match value {
        DeValue::String(word) => color_named(word),
        DeValue::Integer(number) => {
            number.to_string().parse().ok().filter(|&index: &u8| index >= 16).map(ThemeColor::Indexed)
        }
        _ => None,
    };
    if color.is_none() {
        let near = value.as_str().and_then(|word| nearest(word, COLORS.into_iter().chain(["default"])));
        let written = shown(span, source);
        let why = match (near, value.as_str()) {
            (Some(near), _) => format!("{written} is no colour · did you mean {near}?"),
            (None, Some(word)) if word.starts_with('#') => {
                format!("{written} is no colour · one is written \"#rrggbb\"")
            }
            _ => format!("{written} is no colour: say \"#rrggbb\", \"bright-red\", 16 to 255, \"default\""),
        };
        source.problem(span, why);
    }
    color
}

fn color_named(word: &str) -> Option<ThemeColor> {
    if let Some(digits) = word.strip_prefix('#') {
        let is_whole = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        return u32::from_str_radix(digits, 16).ok().filter(|_| is_whole).map(ThemeColor::Rgb);
    }
    if word == "default" {
        return Some(ThemeColor::Default);
    }
    let word = word.replace('_', "-");
    let own = COLORS.iter().position(|name| *name == word)?;
    u8::try_from(own).ok().map(ThemeColor::Own)
}

/// What is written, for a message.
fn shown(span: &Range<usize>, source: &Source<'_>) -> String {
    shorten(source.written(span), 40)
}

#[cfg(test)]
mod tests;
