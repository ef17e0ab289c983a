//! The elements of a page as they are there without scripts, and what their addresses count from.

use url::Url;

use crate::formats::{Attributes, HtmlToken, Tokens};

/// What `visit` makes of the first element of which it makes anything. It is given the name and the attributes of each element, in
/// order, and what relative addresses count from: the first `<base>`, or `address`, that of the page.
pub(super) fn find<T>(
    html: &str,
    address: &Url,
    mut visit: impl FnMut(&str, Attributes<'_>, &Url) -> Option<T>,
) -> Option<T> {
    let (mut base, mut has_base, mut templates) = (address.clone(), false, 0_usize);
    Tokens::of(html).find_map(|token| {
        match token {
            HtmlToken::Start { name, .. } if name == "template" => templates += 1,
            HtmlToken::End(name) if name == "template" => templates = templates.saturating_sub(1),
            // What stands in a template is not there until a script puts it somewhere.
            HtmlToken::Start { .. } if templates > 0 => {}
            HtmlToken::Start { name, attributes, .. } if name == "base" => {
                if let Some(href) = attributes.get("href").filter(|_| !has_base) {
                    has_base = true;
                    base = address.join(href.trim()).unwrap_or_else(|_| address.clone());
                }
            }
            HtmlToken::Start { name, attributes, .. } => return visit(&name, attributes, &base),
            _ => {}
        }
        None
    })
}
