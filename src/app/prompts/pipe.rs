//! Asking for a command that gets an article on its standard input.

use super::{Line, PromptKind, Then};
use crate::app::{App, Command, Effect, Notice, ProgramJob};
use crate::article::ArticleId;
use crate::text::clean_line;

/// Asks for a command.
#[derive(Debug)]
struct Pipe {
    article: ArticleId,
}

/// Asks which command is to get an article.
pub(in crate::app) fn open(app: &mut App, article: ArticleId) {
    app.ask_for(Pipe { article }, "");
}

/// The words of a command, as a shell parts them; nothing else in it means what it does to a shell.
///
/// # Errors
///
/// What is wrong with it.
pub(in crate::app) fn words(line: &str) -> Result<Vec<String>, String> {
    let words = shell_words::split(line).map_err(|_| "A quotation mark is not closed".to_owned())?;
    if words.first().is_none_or(String::is_empty) { Err("A command is missing".to_owned()) } else { Ok(words) }
}

/// Runs a command with an article on its standard input.
pub(in crate::app) fn pipe_to(app: &mut App, article: ArticleId, line: &str) -> Result<(), Notice> {
    let words = words(line)?;
    app.show_message(format!("Running {}…", clean_line(&words[0])));
    app.ask(Effect::Program(ProgramJob::Pipe { article, words }));
    Ok(())
}

impl PromptKind for Pipe {
    fn label(&self, _: &Line) -> &'static str {
        "pipe to "
    }

    fn hints(&self, _: &App, line: &Line) -> Vec<Notice> {
        let why = if line.typed().trim().is_empty() { None } else { words(line.typed()).err() };
        match why {
            Some(why) => vec![Notice::new(why)],
            None => vec![Notice::new("program and arguments").hint(Command::Accept, "runs it"), Notice::new("")],
        }
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if line.typed().trim().is_empty() {
            app.show_message("Nothing was run");
            return Then::Close;
        }
        match pipe_to(app, self.article, line.typed()) {
            Ok(()) => Then::Close,
            Err(why) => {
                app.show_message(why);
                Then::Stay
            }
        }
    }

    fn follow(&mut self, before: ArticleId, now: ArticleId) {
        if self.article == before {
            self.article = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_is_parted_as_a_shell_parts_it_and_nothing_else() {
        for (line, parted) in [
            ("wc -w", &["wc", "-w"][..]),
            (r#"grep -c "the bridge" 'a b' c\ d"#, &["grep", "-c", "the bridge", "a b", "c d"]),
            ("mail -s $HOME; rm * > x | y", &["mail", "-s", "$HOME;", "rm", "*", ">", "x", "|", "y"]),
        ] {
            assert_eq!(words(line).unwrap(), parted, "{line}");
        }
        for line in ["", "  ", "''", "wc \"x", "wc 'x"] {
            assert!(words(line).is_err(), "{line}");
        }
    }
}
