//! How the article on a page is found, wherever the page lies.

use std::fs::File;

use super::input::{InputSource, fetch_page};
use super::standard_input::standard_input;
use crate::article::{InputRules, Origin};
use crate::fetch;
use crate::folder::{ReadError, ReadErrorKind};
use crate::formats::{self, Hint, PageExplanation};

/// Tells how the article on a page is found under these rules.
///
/// # Errors
///
/// When the page cannot be read, or is none.
pub fn explain_page(page: InputSource, rules: &InputRules) -> Result<PageExplanation, ReadError> {
    match page {
        InputSource::Input => formats::explain_page(&mut standard_input(), &Hint::by(rules))
            .map_err(|why| ReadError { origin: Origin::Input, why: why.into() }),
        InputSource::File(path) => {
            let name = path.file_name().map(|name| name.to_string_lossy());
            let hint = Hint { name: name.as_deref(), ..Hint::by(rules) };
            let file = File::open(&path).map_err(ReadErrorKind::from);
            let explained = file.and_then(|mut file| Ok(formats::explain_page(&mut file, &hint)?));
            explained.map_err(|why| ReadError { origin: Origin::File(path.clone()), why })
        }
        InputSource::Web(address, logins) => {
            let refused = |why: ReadErrorKind| ReadError { origin: Origin::Web(fetch::shown(&address)), why };
            let page = fetch_page(&address, &logins).map_err(|why| refused(ReadErrorKind::Failed(why.to_string())))?;
            let hint =
                Hint { content_type: page.content_type.as_deref(), base_url: Some(&page.address), ..Hint::by(rules) };
            formats::explain_page(&mut page.bytes.as_slice(), &hint).map_err(|why| refused(why.into()))
        }
        InputSource::Unreadable(error) => Err(error),
        InputSource::Sample(_) => Err(ReadError { origin: Origin::Input, why: ReadErrorKind::NotAFile }),
    }
}
