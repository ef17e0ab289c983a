//! Filing articles under words of the reader's own.

use super::App;
use super::prompt::{Prompt, Purpose};
use crate::text::{clean_line, fold};
use crate::user::UserAction;

/// The longest word under which something is filed, in characters.
const LONGEST: usize = 60;

impl App {
    /// `t`: asks for the word.
    pub(super) fn start_tagging(&mut self) {
        if self.article_here().is_none() {
            return self.show_message("No article is selected");
        }
        self.overlay = None;
        self.prompt = Some(Prompt::new(Purpose::Tag));
    }

    /// The tags that fit what has been typed, and whether the article has them; what was typed, where it is a new one.
    pub fn tag_choices(&self) -> Vec<(String, bool)> {
        let (Some(id), Some(prompt)) = (self.article_here(), &self.prompt) else { return Vec::new() };
        let typed = tag_of(prompt.typed());
        let wanted = fold(&typed);
        let known = self.user.tags().filter(|(tag, _)| fold(tag).contains(&wanted));
        let mut choices: Vec<_> = known.map(|(tag, tagged)| (tag.to_owned(), tagged.contains(&id))).collect();
        if !typed.is_empty() && !choices.iter().any(|(tag, _)| fold(tag) == wanted) {
            choices.push((typed, false));
        }
        choices
    }

    /// Files the article under the chosen word, or not any more.
    pub(super) fn accept_tag(&mut self, choice: usize) {
        let (Some(id), Some((tag, is_set))) = (self.article_here(), self.tag_choices().into_iter().nth(choice)) else {
            return;
        };
        let title = self.title_of(id);
        let (label, message) = if is_set {
            (format!("removed tag {tag} from {title}"), format!("Removed tag {tag}"))
        } else {
            (format!("tagged {title} with {tag}"), format!("Tagged {tag}"))
        };
        self.commit(vec![UserAction::Tagged { article: id, tag, tagged: !is_set }], label);
        self.show_message(message);
    }
}

/// What was typed as a tag: cleaned, without the sign that some write before it.
fn tag_of(typed: &str) -> String {
    clean_line(typed.trim().trim_start_matches('#')).replace(['"', ','], "").chars().take(LONGEST).collect()
}
