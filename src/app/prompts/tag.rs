//! Adding a tag to an article, or removing one.

use super::{ChoiceRow, Choices, Line, PromptKind, Then};
use crate::app::{App, Command, Notice};
use crate::article::ArticleId;
use crate::text::{clean_line, fold};
use crate::user::UserAction;

/// The longest tag, in characters.
const LONGEST: usize = 60;

/// Asks which tag to add to an article, or to remove.
#[derive(Debug)]
struct EditTags {
    article: ArticleId,
}

impl EditTags {
    /// The tags that fit what has been typed, and whether the article has them; what was typed, where it is a new one.
    fn fitting(&self, app: &App, line: &Line) -> Vec<(String, bool)> {
        let typed = tag_of(line.typed());
        let wanted = fold(&typed);
        let known = app.user.tags().filter(|(tag, _)| fold(tag).contains(&wanted));
        let mut tags: Vec<_> = known.map(|(tag, tagged)| (tag.to_owned(), tagged.contains(&self.article))).collect();
        if !typed.is_empty() && !tags.iter().any(|(tag, _)| fold(tag) == wanted) {
            tags.push((typed, false));
        }
        tags
    }
}

/// Asks for a tag of the article that keys are about.
pub(in crate::app) fn open(app: &mut App) {
    let Some(article) = app.article_here() else { return app.show_message("No article is selected") };
    app.ask_for(EditTags { article }, "");
}

impl PromptKind for EditTags {
    fn label(&self, _: &Line) -> &'static str {
        "tag: "
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        vec![Notice::new("a word").hint(Command::Complete, "").hint(Command::Accept, "")]
    }

    fn choices(&self, app: &App, line: &Line) -> Option<Choices> {
        let row = |(name, is_set): (String, bool)| {
            let mark = match is_set {
                true => "✓",
                false if app.user.tags().any(|(tag, _)| tag == name) => " ",
                false => "+",
            };
            ChoiceRow { mark: mark.to_owned(), name, ..ChoiceRow::default() }
        };
        Some(Choices {
            title: "Tags",
            rows: self.fitting(app, line).into_iter().map(row).collect(),
            chosen: Some(line.choice),
            none: "Type a word: budget, to-call, …".into(),
            is_about_quotation: false,
        })
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if let Some((tag, is_set)) = self.fitting(app, line).into_iter().nth(line.choice) {
            let title = app.title_of(self.article);
            let (label, message) = if is_set {
                (format!("removed tag {tag} from {title}"), format!("Removed tag {tag}"))
            } else {
                (format!("tagged {title} with {tag}"), format!("Tagged {tag}"))
            };
            app.commit(vec![UserAction::Tagged { article: self.article, tag, tagged: !is_set }], label);
            app.show_message(message);
        }
        Then::Close
    }
}

/// What was typed as a tag: cleaned, without the sign that some write before it.
fn tag_of(typed: &str) -> String {
    clean_line(typed.trim().trim_start_matches('#')).replace(['"', ','], "").chars().take(LONGEST).collect()
}
