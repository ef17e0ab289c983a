//! Tells the user of articles of which rules notify: through the terminal, and with the program that the configuration names.

use std::env;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::{self, Bounds, End, failure, name_of, not_run};
use crate::text::{clean_line, filled, head};
use crate::user::Notification;

/// How long the program may take.
const LONGEST: Duration = Duration::from_secs(30);

/// What makes a terminal tell of it, in these ways as the option `notify` writes them: the bell, the sequence of iTerm2 (OSC 9), that of
/// urxvt (OSC 777). tmux hands them on where its `allow-passthrough` is on.
pub fn notify_sequences(about: &Notification, ways: &str) -> String {
    let is_in_tmux = env::var_os("TMUX").is_some_and(|tmux| !tmux.is_empty());
    ways.split(',').map(|way| sequence(about, way, is_in_tmux)).collect()
}

fn sequence(about: &Notification, way: &str, is_in_tmux: bool) -> String {
    /// Terminals cut longer ones, in bytes.
    const LONGEST: usize = 200;
    let (title, line) = (clean_line(&about.title()), about.headline());
    let (title, line) = (head(&title, LONGEST), head(&line, LONGEST));
    let sequence = match way {
        "bell" => return "\x07".to_owned(),
        // One that begins with a number is something else to some terminals: 9;4 is progress.
        "osc9" => format!("\x1b]9;pullquote: {title}: {line}\x1b\\"),
        // A semicolon ends the title.
        "osc777" => format!("\x1b]777;notify;{};{line}\x1b\\", title.replace(';', ",")),
        _ => return String::new(),
    };
    if is_in_tmux { format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b")) } else { sequence }
}

/// Runs the program that tells of it, until it ends or is cancelled; nothing where there is none.
///
/// # Errors
///
/// Why it failed, in a sentence.
pub fn run_notify_command(
    about: &Notification,
    command: &[String],
    is_cancelled: &dyn Fn() -> bool,
) -> Result<(), String> {
    let values = about.values();
    let words: Vec<_> = command.iter().map(|word| filled(word, &values)).collect();
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let name = name_of(program);
    let done = process::run(command, is_cancelled, &Bounds { longest: Some(LONGEST), ..Bounds::default() })
        .map_err(|error| not_run(program, &error))?;
    match done.end {
        End::Exited(status) => failure(program, status, &done.err).map_or(Ok(()), Err),
        End::Late => Err(format!("{name} took longer than {} seconds, and was ended", LONGEST.as_secs())),
        End::Endless => Err(format!("{name} wrote without end, and was ended")),
        End::Stopped => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::user::NotifiedArticle;

    fn about(headline: &str) -> Notification {
        let article = NotifiedArticle {
            id: ArticleId(1),
            headline: headline.to_owned(),
            publisher: Some("Coast; Wire".to_owned()),
            url: Some("https://coast.example/1".to_owned()),
        };
        Notification::about(vec![article]).unwrap()
    }

    #[test]
    fn every_way_has_its_sequence() {
        let about = about("4;Ferry\x1b]0;x\x07 halted");
        assert_eq!(sequence(&about, "bell", true), "\x07");
        let osc9 = sequence(&about, "osc9", false);
        assert!(
            osc9.starts_with("\x1b]9;pullquote: Coast; Wire: 4;Ferry") && osc9.ends_with("halted\x1b\\"),
            "{osc9:?}"
        );
        assert_eq!(osc9.matches(['\x1b', '\x07']).count(), 2, "{osc9:?}");
        assert!(sequence(&about, "osc777", false).starts_with("\x1b]777;notify;Coast, Wire;4;Ferry"));
        assert!(sequence(&about, "osc777", true).starts_with("\x1bPtmux;\x1b\x1b]777;notify;"));
        assert_eq!(notify_sequences(&about, ""), "");
    }

    #[test]
    fn program_gets_what_its_placeholders_stand_for() {
        let run = |script: &str| {
            let words = ["/bin/sh", "-c", script, "sh", "{count}", "{headline}", "{url}"].map(str::to_owned);
            run_notify_command(&about("Ferry $(halted)"), &words, &|| false)
        };
        assert_eq!(run("[ \"$1 $2 $3\" = '1 Ferry $(halted) https://coast.example/1' ]"), Ok(()));
        assert!(run("echo no bus >&2; exit 3").unwrap_err().contains("no bus"));
        assert!(run_notify_command(&about("x"), &["/no/such/program".to_owned()], &|| false).is_err());
        assert_eq!(run_notify_command(&about("x"), &[], &|| false), Ok(()));
    }
}
