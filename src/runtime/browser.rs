//! Which programs show addresses: those that the user names, each with its arguments.

use std::env;
use std::path::Path;

/// Browsers that draw on the terminal, tried in this order where there is no other.
const ON_THE_TERMINAL: [&str; 10] =
    ["www-browser", "w3m", "lynx", "elinks", "links", "links2", "browsh", "cha", "carbonyl", "edbrowse"];

/// The browsers that `$BROWSER` names, the first to be tried first; none where it names none.
pub(super) fn named() -> Option<Vec<Vec<String>>> {
    let browsers = env::var("BROWSER").ok().filter(|browser| !browser.trim().is_empty())?;
    Some(commands(&browsers).into_iter().filter(|words| !words.is_empty()).collect())
}

/// Browsers for a system that has no program for addresses.
pub(super) fn on_the_terminal() -> Vec<Vec<String>> {
    ON_THE_TERMINAL.iter().map(|&program| vec![program.to_owned()]).collect()
}

/// Whether a program draws on the terminal.
pub(super) fn needs_terminal(program: &str) -> bool {
    Path::new(program).file_name().is_some_and(|name| ON_THE_TERMINAL.iter().any(|known| name == *known))
}

/// The arguments with the address in the place of `%s`, else at their end.
pub(super) fn with_address(arguments: &[String], url: &str) -> Vec<String> {
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
    fn text_browsers_are_known_by_their_names() {
        assert!(needs_terminal("w3m") && needs_terminal("/usr/bin/lynx"));
        assert!(!needs_terminal("firefox") && !needs_terminal("/opt/w3m/firefox") && !needs_terminal(""));
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
