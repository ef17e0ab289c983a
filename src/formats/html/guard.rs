//! Whether a page may be made a tree of: what is nested too deep, or blows up when it is mended, costs too much.

use std::borrow::Cow;

use super::tokens::{HtmlToken, Tokens};

/// The longest page that a tree is made of, in bytes.
const LONGEST: usize = 2 << 20;

/// How deep elements may be nested. The time of readability grows with the square of this.
const DEEPEST: usize = 256;

/// How many elements there may be, those included that a parser adds to mend what is written.
pub const MOST_ELEMENTS: usize = 50_000;

/// How many attributes a tag may have, each of which is compared with all others.
const MOST_ATTRIBUTES: usize = 500;

/// Elements that a parser opens anew in every block until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that close others of their kind, or are closed where they stand: they do not nest.
const FLAT: [&str; 32] = [
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
    "meta", "optgroup", "option", "p", "param", "path", "rect", "circle", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
];

/// Elements that an end tag of an inline element does not reach out of.
const WALLS: [&str; 19] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "button",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "main",
    "ol",
    "section",
    "table",
    "ul",
];

/// Whether a tree may be made of `html`. One pass, in a time in proportion to its length; in doubt it may not.
pub fn allows(html: &str) -> bool {
    if html.len() > LONGEST {
        return false;
    }
    let mut nesting = Nesting::default();
    Tokens::of(html).all(|token| {
        match token {
            HtmlToken::Start { name, attributes, closed } => {
                if attributes.at_most(MOST_ATTRIBUTES).is_none() {
                    return false;
                }
                nesting.open(name, closed);
            }
            HtmlToken::End(name) => nesting.close(&name),
            HtmlToken::Text(_) | HtmlToken::Raw(_) => {}
        }
        nesting.open.len() <= DEEPEST && nesting.elements <= MOST_ELEMENTS
    })
}

/// What is open, reckoned no smaller than a parser would have it.
#[derive(Default)]
struct Nesting<'h> {
    open: Vec<Cow<'h, str>>,
    /// How many of each of [`FORMATTING`] are open.
    formatting: [usize; FORMATTING.len()],
    /// How many elements there are, those included that are opened anew.
    elements: usize,
}

impl<'h> Nesting<'h> {
    fn open(&mut self, name: Cow<'h, str>, closed: bool) {
        self.elements += 1;
        match FORMATTING.iter().position(|known| *known == name) {
            Some(which) => self.formatting[which] += 1,
            None => self.elements += self.formatting.iter().sum::<usize>(),
        }
        if !closed && !FLAT.contains(&&*name) {
            self.open.push(name);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(which) = FORMATTING.iter().position(|known| *known == name) {
            self.formatting[which] = self.formatting[which].saturating_sub(1);
        }
        let is_wall = WALLS.contains(&name);
        let at = self.open.iter().rposition(|open| open == name);
        let Some(at) = at else { return };
        let stops = |open: &Cow<'h, str>| if is_wall { *open == "table" } else { WALLS.contains(&&**open) };
        if !self.open[at + 1..].iter().any(stops) {
            self.open.truncate(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_are_allowed() {
        assert!(allows(
            &"<div><p>Words <b>and</b> <a href=x>links</a><br><img src=y><ul><li>one<li>two</ul></div>".repeat(999)
        ));
        assert!(allows(&format!("{}words{}", "<div>".repeat(200), "</div>".repeat(200))));
        assert!(allows(""));
    }

    #[test]
    fn costly_pages_are_refused() {
        assert!(!allows(&"<div>".repeat(100_000)));
        assert!(!allows(&"<div></span>".repeat(1_000)));
        assert!(!allows(&"<span><div></span>".repeat(1_000)));
        assert!(!allows(&"<div><table></div>".repeat(1_000)));
        assert!(!allows(&"<br>".repeat(60_000)));
        // A parser would open all of these again in every paragraph.
        let many = (0..250).map(|n| format!("<b id={n}>")).collect::<Vec<_>>().concat();
        assert!(!allows(&(many + &"<p>".repeat(1_000))));
        assert!(!allows(&format!("<p {}>", (0..5_000).map(|n| format!("a{n} ")).collect::<Vec<_>>().concat())));
        assert!(!allows(&" ".repeat(LONGEST + 1)));
    }
}
