//! Following a link on the screen by the letters over it.

use super::{Line, PromptKind, Then};
use crate::app::links;
use crate::app::{App, Command, LinkInSight, Notice};

/// The letters of labels: those under the fingers first.
const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";

/// Asks for the label of a link.
#[derive(Debug)]
struct FollowLink;

/// Puts labels over the links on the screen, and follows the one that is typed.
pub(in crate::app) fn open(app: &mut App) {
    if links::links_in_sight(app).is_empty() {
        return app.refuse("There is no link on the screen");
    }
    app.ask_for(FollowLink, "");
}

impl PromptKind for FollowLink {
    fn label(&self, _: &Line) -> &'static str {
        "link: "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("type the highlighted letters").hint(Command::Back, "cancels")]
    }

    /// The links on the screen whose labels begin with what was typed.
    fn link_labels(&self, app: &App, line: &Line) -> Vec<(String, LinkInSight)> {
        let links = links::links_in_sight(app);
        let is_long = links.len() > LETTERS.len();
        let labelled = links.into_iter().enumerate().map(|(at, link)| (label(at, is_long), link));
        labelled.filter(|(label, _)| label.starts_with(line.typed())).collect()
    }

    /// Follows the only link whose label begins with what was typed.
    fn changed(&mut self, app: &mut App, line: &mut Line) -> Then {
        let fitting: Vec<_> = self.link_labels(app, line).into_iter().map(|(label, link)| (label, link.url)).collect();
        match fitting.as_slice() {
            [] => {
                app.refuse("No link has that label");
                Then::Close
            }
            [(label, url)] if label == line.typed() => {
                links::open_link(app, url);
                Then::Close
            }
            _ => Then::Stay,
        }
    }

    fn accept(&mut self, _: &mut App, _: &mut Line) -> Then {
        Then::Close
    }
}

/// The label of the `at`th link: one letter, or two where there are many.
fn label(at: usize, is_long: bool) -> String {
    let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
    if is_long { [letter(at / LETTERS.len()), letter(at)].iter().collect() } else { letter(at).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_unique() {
        assert_eq!((label(0, false), label(1, false)), ("a".to_owned(), "s".to_owned()));
        let mut all: Vec<_> = (0..600).map(|at| label(at, true)).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 600);
    }
}
