//! Opens addresses in the program that the user has for them: never through a shell, always as one argument.

use std::env;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{MessageSender, worker};
use crate::ingest::Priority;

/// Opens an address with `$BROWSER`, else with the program that the desktop has for it; does not wait for it.
///
/// # Errors
///
/// When there is no such program, or none that is named can be started.
pub(super) fn open(url: &str, sender: &MessageSender) -> io::Result<()> {
    let Some(browsers) = env::var("BROWSER").ok().filter(|browser| !browser.trim().is_empty()) else {
        return open::that_detached(url);
    };
    let mut result = Err(io::Error::from(io::ErrorKind::NotFound));
    for (program, arguments) in commands(&browsers).iter().filter_map(|words| words.split_first()) {
        let started = Command::new(program)
            .args(with_address(arguments, url))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(mut child) => {
                // It must be waited for, or it stays a zombie process.
                worker::start("waiting for the browser", Priority::Lowest, sender, move || drop(child.wait()))?;
                return Ok(());
            }
            Err(error) => result = Err(error),
        }
    }
    result
}

/// The arguments with the address in the place of `%s`, else at their end.
fn with_address(arguments: &[String], url: &str) -> Vec<String> {
    const PLACE: &str = "%s";
    let has_place = arguments.iter().any(|argument| argument.contains(PLACE));
    let placed = arguments.iter().map(|argument| argument.replace(PLACE, url));
    placed.chain((!has_place).then(|| url.to_owned())).collect()
}

/// The commands that `$BROWSER` names, the first to be tried first: parted by `:`, each a program with arguments parted
/// by blanks. Quotation marks and `\` keep both in a word, as in a shell; so does the path of a program that is there.
fn commands(browsers: &str) -> Vec<Vec<String>> {
    if Path::new(browsers).is_file() {
        return vec![vec![browsers.to_owned()]];
    }
    let (mut commands, mut words) = (Vec::new(), Vec::new());
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = browsers.chars();
    while let Some(letter) = letters.next() {
        match letter {
            _ if quote == Some(letter) => quote = None,
            '\\' if quote != Some('\'') => word.get_or_insert_default().extend(letters.next()),
            _ if quote.is_some() => word.get_or_insert_default().push(letter),
            '"' | '\'' => quote = Some(letter),
            ':' => {
                words.extend(word.take());
                commands.push(std::mem::take(&mut words));
            }
            _ if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    commands.push(words);
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_read_as_a_shell_reads_words() {
        let read = |browsers: &str| commands(browsers).iter().map(|command| command.join("|")).collect::<Vec<_>>();
        assert_eq!(read("firefox"), ["firefox"]);
        assert_eq!(read(" lynx -width=80  --url=%s "), ["lynx|-width=80|--url=%s"]);
        assert_eq!(read("first:second -x:"), ["first", "second|-x", ""]);
        assert_eq!(read(r#""/path with space" 'a:b "c"' d\ e"#), [r#"/path with space|a:b "c"|d e"#]);
        assert_eq!(read("\"never ends: x"), ["never ends: x"]);
        let folder = tempfile::TempDir::new().unwrap();
        let spaced = folder.path().join("my: browser");
        std::fs::write(&spaced, "").unwrap();
        let spaced = spaced.to_str().unwrap();
        assert_eq!(commands(spaced), [[spaced]]);
    }

    #[test]
    fn address_stands_where_it_is_wanted() {
        let of = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            with_address(&arguments, "https://a.example/%s").join(" ")
        };
        assert_eq!(of(&[]), "https://a.example/%s");
        assert_eq!(of(&["-x"]), "-x https://a.example/%s");
        assert_eq!(of(&["%s", "-x"]), "https://a.example/%s -x");
        assert_eq!(of(&["--url=%s"]), "--url=https://a.example/%s");
    }
}
