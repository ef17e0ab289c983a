//! `pullquote show`: an article of the library, on standard output.

use clap::Args;

use super::article_name::ArticleName;
use super::error::{Error, Found, Outcome, show_message};
use super::library_args::LibraryArguments;
use super::output::{OF_AN_ARTICLE, one_of, standard, terminal_width};
use crate::article::ArticleId;
use crate::export::{Format, Frame};
use crate::library::Library;
use crate::query::Query;

/// What stands under `pullquote show --help`.
const EXAMPLES: &str = "\
Examples:
  pullquote show https://coast.example/bridge      the article at this address
  pullquote show speaker:okafor bridge | less      the first that this search finds
  pullquote show --format md 4f2a90c1d3b85e67 > bridge.md
  pullquote search --format jsonl tag:budget | jq -r .id | xargs -r -n 1 pullquote show

Exit codes: 0 success, 1 nothing found, 2 error.";

/// What `pullquote show` accepts.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ShowArguments {
    /// The id or the address of the article; or a query, as of search: its first hit
    #[arg(value_name = "ID|URL|QUERY", required = true)]
    article: Vec<String>,
    /// Output format
    #[arg(long, short, value_name = "FORMAT", value_parser = one_of(OF_AN_ARTICLE), default_value = "text")]
    format: Format,
}

/// Writes an article of the library to standard output.
pub fn run(arguments: &ShowArguments, library_args: &LibraryArguments) -> Outcome {
    let library = library_args.look_into()?;
    let entry = match arguments.find(&library)? {
        Some(id) => library.get(id)?,
        None => None,
    };
    let Some(entry) = entry else {
        show_message(&match arguments.article.join(" ").trim() {
            "" => "no article is named: give an id, an address, or words to search for".to_owned(),
            words => format!("no article in the library is meant by {words}"),
        });
        return Ok(Found::Nothing);
    };
    let state = library.user_state();
    let tags: Vec<&str> = state.tags(entry.article.id).collect();
    let mut output = standard(Frame::NONE);
    output.try_write(&arguments.format.article(&entry.article, entry.corrected(), &tags, terminal_width()))?;
    output.finish()?;
    Ok(Found::Something)
}

impl ShowArguments {
    /// The article that is meant.
    fn find(&self, library: &Library) -> Result<Option<ArticleId>, Error> {
        if let [word] = self.article.as_slice()
            && let Some(name) = ArticleName::parse(word)
        {
            return name.find(library);
        }
        let query = Query::parse(&self.article.join(" "));
        if let Some(error) = query.errors.first() {
            return Err(Error::Query(error.clone()));
        }
        if query.is_empty() {
            return Ok(None);
        }
        let query = library.with_other_names(&query)?;
        Ok(library.search(&query, &|| true)?.first().map(|hit| hit.id))
    }
}
