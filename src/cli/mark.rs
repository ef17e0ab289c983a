//! `pullquote mark`: what the user does with articles, from scripts. One call is one entry of the history.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

use clap::Args;

use super::article_name::ArticleName;
use super::error::{Error, Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use crate::article::ArticleId;
use crate::library::{Library, Written};
use crate::text::{clean_line, counted, shorten};
use crate::user::{UserAction, UserWrite, tag_of, tag_problem};

/// What stands under `pullquote mark --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote mark --star https://coast.example/bridge
  pullquote mark --read --tag budget 4f2a90c1d3b85e67 90c1d3b85e674f2a
  pullquote search --format jsonl source:wire before:7d | jq -r .id | xargs -r pullquote mark --read

All that one call does is one step, which undo takes back in the reader.
What is no id and no address is refused. Articles that are not in the library are named, and the others are marked.
Exit codes: 0 success, 1 an article is not in the library, 2 error.";

/// What `pullquote mark` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is an argument")]
pub struct MarkArguments {
    /// Ids or addresses of articles
    #[arg(value_name = "ID|URL", required = true)]
    articles: Vec<String>,
    /// Mark them read
    #[arg(long, conflicts_with = "unread")]
    read: bool,
    /// Mark them unread
    #[arg(long)]
    unread: bool,
    /// Star them
    #[arg(long, conflicts_with = "unstar")]
    star: bool,
    /// Remove their stars
    #[arg(long)]
    unstar: bool,
    /// Add tags, with commas between them; may be repeated
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    tag: Vec<String>,
    /// Remove tags, with commas between them; may be repeated
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    untag: Vec<String>,
}

/// Marks articles of the library.
pub fn run(arguments: &MarkArguments, library_args: &LibraryArguments) -> Outcome {
    let deeds = arguments.deeds()?;
    let names: Vec<_> = arguments
        .articles
        .iter()
        .map(|word| ArticleName::parse(word).ok_or_else(|| Error::NoArticleName(clean_line(word))))
        .collect::<Result<_, _>>()?;
    // Where there is no library, none is made.
    let is_missing = library_args.file().is_some_and(|file| !file.exists());
    let library = if is_missing { library_args.look_into()? } else { library_args.open_or_fail()? };
    let (mut articles, mut seen, mut missing) = (Vec::new(), HashSet::new(), 0);
    for (name, word) in names.iter().zip(&arguments.articles) {
        if let Some(id) = name.find(&library)? {
            articles.extend(seen.insert(id).then_some(id));
        } else {
            missing += 1;
            show_message(&format!("{word} is not in the library"));
        }
    }
    let changed = commit(&library, &articles, &deeds)?;
    writeln!(io::stdout(), "{} changed", counted(changed, "article"))?;
    Ok(if missing > 0 { Found::Nothing } else { Found::Something })
}

/// Does it, as one entry of the history; returns how many articles that changed.
fn commit(library: &Library, articles: &[ArticleId], deeds: &[Deed]) -> Result<usize, Error> {
    if articles.is_empty() {
        return Ok(0);
    }
    let actions = articles.iter().flat_map(|&article| deeds.iter().map(move |deed| deed.action(article))).collect();
    let deeds: Vec<_> = deeds.iter().map(Deed::in_words).collect();
    let label = format!("{} {}", deeds.join(", "), what(library, articles)?);
    let written = library.write(&[UserWrite::Commit { actions, label }])?;
    let changed = written.iter().flat_map(Written::actions).filter_map(UserAction::article);
    Ok(changed.collect::<HashSet<_>>().len())
}

/// The one article, or how many they are.
fn what(library: &Library, articles: &[ArticleId]) -> Result<String, Error> {
    /// In cells: a message is one line.
    const LONGEST: usize = 60;
    let entry = if let [one] = articles { library.get(*one)? } else { None };
    Ok(entry.map_or_else(
        || counted(articles.len(), "article"),
        |entry| format!("“{}”", shorten(entry.article.headline(), LONGEST)),
    ))
}

/// Something that is done with an article.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    Read(bool),
    Star(bool),
    Tag(String, bool),
}

impl Deed {
    fn action(&self, article: ArticleId) -> UserAction {
        match self {
            &Self::Read(read) => UserAction::Read { article, read },
            &Self::Star(starred) => UserAction::Starred { article, starred },
            Self::Tag(tag, tagged) => UserAction::Tagged { article, tag: tag.clone(), tagged: *tagged },
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Read(true) => "marked read".to_owned(),
            Self::Read(false) => "marked unread".to_owned(),
            Self::Star(true) => "starred".to_owned(),
            Self::Star(false) => "unstarred".to_owned(),
            Self::Tag(tag, true) => format!("tagged {tag}"),
            Self::Tag(tag, false) => format!("removed tag {tag} of"),
        }
    }
}

impl MarkArguments {
    /// What is to be done with each article.
    fn deeds(&self) -> Result<Vec<Deed>, Error> {
        let (tags, others) = (tags(&self.tag)?, tags(&self.untag)?);
        if let Some(tag) = tags.intersection(&others).next() {
            return Err(Error::TagBothWays(tag.clone()));
        }
        let mut deeds = Vec::new();
        deeds.extend((self.read || self.unread).then_some(Deed::Read(self.read)));
        deeds.extend((self.star || self.unstar).then_some(Deed::Star(self.star)));
        deeds.extend(tags.into_iter().map(|tag| Deed::Tag(tag, true)));
        deeds.extend(others.into_iter().map(|tag| Deed::Tag(tag, false)));
        if deeds.is_empty() { Err(Error::NoDeed) } else { Ok(deeds) }
    }
}

fn tags(typed: &[String]) -> Result<BTreeSet<String>, Error> {
    let tag = |typed: &String| match (tag_of(typed), tag_problem(typed)) {
        (_, Some(why)) => Err(Error::WrongTag(why, shorten(&clean_line(typed), 40))),
        (tag, None) if tag.is_empty() => Err(Error::NoTag(clean_line(typed))),
        (tag, None) => Ok(tag),
    };
    typed.iter().map(tag).collect()
}
