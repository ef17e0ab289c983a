//! An article of the library as text, for a file or another program.

use crate::article::ArticleId;
use crate::export::Format;
use crate::library::{self, Library};

/// The headline of an article, and all of it in a format; nothing where it is gone. `width` is that of the terminal that it is
/// for.
pub(super) fn article_text(
    library: &Library,
    id: ArticleId,
    format: Format,
    width: Option<usize>,
) -> Result<Option<(String, String)>, library::Error> {
    let Some(entry) = library.get(id)? else { return Ok(None) };
    let state = library.user_state();
    let tags: Vec<&str> = state.tags(id).collect();
    let text = format.article(&entry.article, entry.corrected(), &tags, width);
    Ok(Some((entry.article.headline().to_owned(), text)))
}
