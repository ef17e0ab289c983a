//! Asking for a command that gets articles, or a quotation, on its standard input.

use super::{Line, PromptKind, Then};
use crate::app::copy;
use crate::app::{App, Command, Effect, Notice, Pane, Piped, ProgramJob};
use crate::article::ArticleId;
use crate::export::Format;
use crate::text::{clean_line, counted, shorten};

/// What an option before the program makes of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Articles(Format),
    Quotation,
}

/// How much of a quotation is repeated when it is handed over.
const QUOTATION_CELLS: usize = 40;

/// The options, and what each hands over.
const OPTIONS: [(&str, Input, &str); 4] = [
    ("-t", Input::Articles(Format::Text), "text"),
    ("-m", Input::Articles(Format::Markdown), "Markdown"),
    ("-j", Input::Articles(Format::Jsonl), "JSON"),
    ("-q", Input::Quotation, "the quotation"),
];

/// Asks for a command.
#[derive(Debug)]
struct Pipe {
    articles: Vec<ArticleId>,
}

/// A command as it was typed.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::app) struct Piping {
    input: Input,
    /// A program with its arguments.
    words: Vec<String>,
}

impl Piping {
    /// Reads a line: options, then the words of a command, as a shell parts them; nothing else in it means what it does to a
    /// shell. Of several options the last holds.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(in crate::app) fn parse(line: &str) -> Result<Self, String> {
        let words = shell_words::split(line).map_err(|_| "A quotation mark is not closed".to_owned())?;
        let program = words.iter().position(|word| !word.starts_with('-')).unwrap_or(words.len());
        let mut options = words;
        let words = options.split_off(program);
        let mut input = Input::Articles(Format::Text);
        for typed in &options {
            let known = OPTIONS.iter().find(|(option, ..)| option == typed);
            input = known.ok_or_else(|| no_option(typed))?.1;
        }
        if words.first().is_none_or(String::is_empty) {
            return Err("A command is missing".to_owned());
        }
        Ok(Self { input, words })
    }
}

fn no_option(typed: &str) -> String {
    format!("No option {}: {}", clean_line(typed), all_options())
}

fn all_options() -> String {
    OPTIONS.map(|(option, _, what)| format!("{option} {what}")).join(", ")
}

/// Asks which command is to get these articles.
pub(in crate::app) fn open(app: &mut App, articles: Vec<ArticleId>) {
    app.ask_for(Pipe { articles }, "");
}

/// Runs a command with these articles on its standard input, or with the quotation here.
pub(in crate::app) fn pipe_to(app: &mut App, articles: Vec<ArticleId>, line: &str) -> Result<(), Notice> {
    let Piping { input, words } = Piping::parse(line)?;
    let mut with = String::new();
    let input = match input {
        Input::Quotation => {
            quotation(app)?;
            // The first in sight, where none is selected: it is shown which that is.
            app.select_quotation_in_sight();
            let cited = quotation(app)?;
            let words = cited.split_once("” — ").or_else(|| cited.split_once(" — "));
            let words = words.map_or(&*cited, |(words, _)| words).trim_start_matches('“');
            with = format!(" with “{}”", shorten(words, QUOTATION_CELLS));
            Piped::Text(cited + "\n")
        }
        Input::Articles(format) => {
            if articles.len() > 1 {
                with = format!(" with {}", counted(articles.len(), "article"));
            }
            Piped::Articles(articles, format)
        }
    };
    app.show_message(format!("Running {}{with}…", clean_line(&words[0])));
    app.ask(Effect::Program(ProgramJob::Pipe { input, words }));
    Ok(())
}

/// The quotation that the user is at, as it is copied.
fn quotation(app: &App) -> Result<String, Notice> {
    const NONE: &str = "No quotation is selected";
    match app.views.pane() {
        Pane::Timeline(timeline) => timeline.cited().ok_or_else(|| app.no_quotation(NONE)),
        Pane::Clippings(view) => {
            let clipping = view.selected().and_then(|id| app.user.state().clippings.get(&id));
            Ok(clipping.ok_or("No clipping is selected")?.citation())
        }
        pane if pane.is_list()
            && let Some(why) = app.selected_is_unseen() =>
        {
            Err(why)
        }
        _ => copy::cited_here(app, NONE),
    }
}

impl PromptKind for Pipe {
    fn label(&self, _: &Line) -> &'static str {
        if self.articles.len() > 1 { "pipe all picked to " } else { "pipe to " }
    }

    fn hints(&self, _: &App, _: &Line) -> Vec<Notice> {
        let short = Notice::new("program and arguments").hint(Command::Accept, "runs it");
        let long = Notice::new(format!("program and arguments · before it {}", all_options()));
        vec![long.hint(Command::Accept, "runs it"), short, Notice::new("")]
    }

    fn refusal(&self, app: &App, line: &Line) -> Option<Notice> {
        match Piping::parse(line.typed()) {
            _ if line.typed().trim().is_empty() => None,
            Err(why) => Some(why.into()),
            Ok(Piping { input: Input::Quotation, .. }) => quotation(app).err(),
            Ok(_) => None,
        }
    }

    fn accept(&mut self, app: &mut App, line: &mut Line) -> Then {
        if line.typed().trim().is_empty() {
            app.show_message("Nothing was run");
            return Then::Close;
        }
        match pipe_to(app, self.articles.clone(), line.typed()) {
            Ok(()) => Then::Close,
            Err(why) => {
                app.show_message(why);
                Then::Stay
            }
        }
    }

    fn follow(&mut self, before: ArticleId, now: ArticleId) {
        self.articles.iter_mut().filter(|id| **id == before).for_each(|id| *id = now);
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
            assert_eq!(Piping::parse(line).unwrap().words, parted, "{line}");
        }
        for line in ["", "  ", "''", "wc \"x", "wc 'x", "-m", "-m ''", "-x wc", "-mj wc"] {
            assert!(Piping::parse(line).is_err(), "{line}");
        }
    }
    #[test]
    fn options_stand_before_the_program() {
        for (line, input, words) in [
            ("-m pandoc -t html", Input::Articles(Format::Markdown), &["pandoc", "-t", "html"][..]),
            ("-t -j jq -r .id", Input::Articles(Format::Jsonl), &["jq", "-r", ".id"]),
            ("-q cat", Input::Quotation, &["cat"]),
            ("cat -q", Input::Articles(Format::Text), &["cat", "-q"]),
        ] {
            let words = words.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(Piping::parse(line), Ok(Piping { input, words }), "{line}");
        }
        let why = "No option --json: -t text, -m Markdown, -j JSON, -q the quotation";
        assert_eq!(Piping::parse("--json jq").unwrap_err(), why);
    }
}
