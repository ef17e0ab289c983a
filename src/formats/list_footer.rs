//! What a mailing list writes below a message: a few lines of where it is and how it is left.

use crate::text::words;

/// The most lines of a footer.
const MOST_LINES: usize = 6;

/// How the lines begin that programs of lists write as sentences, in small letters.
const STANDARD: [&str; 5] = [
    "to unsubscribe",
    "to subscribe or unsubscribe",
    "to post to this",
    "to view this discussion",
    "you received this message because you are subscribed",
];

/// A text without the footer of a list: the last lines, below a rule or `-- `, where it is sure that they are one. A list
/// that `sent` the text alone need not say in it what it is.
pub fn without(text: &str, sent: bool) -> &str {
    above(text, is_rule_of_lists, sent).or_else(|| above(text, is_rule, false)).unwrap_or(text)
}

/// The rule of Mailman, or the line above a signature.
fn is_rule_of_lists(line: &str) -> bool {
    line == "--" || line.len() >= 10 && line.bytes().all(|b| b == b'_')
}

/// A rule of another program: Sympa has three hyphens, LISTSERV a line of number signs.
fn is_rule(line: &str) -> bool {
    [('-', 3), ('_', 5), ('#', 10)].iter().any(|(sign, least)| line.len() >= *least && line.chars().all(|c| c == *sign))
}

/// What stands above the last rule, where a footer stands below it.
fn above(text: &str, is_rule: fn(&str) -> bool, sent: bool) -> Option<&str> {
    let (mut at, mut lines) = (text.len(), 0);
    for line in text.split_inclusive('\n').rev() {
        at -= line.len();
        let line = line.trim();
        if lines > 0 && is_rule(line) {
            let (above, below) = text.split_at(at);
            let is_apart = sent && line != "--" && above.trim().is_empty();
            let is_one = is_one(below) || is_apart && notes(below).is_some();
            return is_one.then_some(above);
        }
        lines += usize::from(!line.is_empty() && !is_rule(line));
        if lines > MOST_LINES {
            break;
        }
    }
    None
}

/// Whether a text is the footer of a list and nothing else; the line above it may be there or not.
pub fn is_one(text: &str) -> bool {
    let Some(lines) = notes(text) else { return false };
    let speaks_of_list = lines.iter().any(|line| is_of_list(line));
    let has_address = lines.iter().any(|line| line.split_whitespace().any(is_address));
    speaks_of_list && has_address || lines.iter().any(|line| is_name_of_list(line))
}

/// The lines of a block in small letters, none of which is a sentence or a quotation of a person; nothing where it is more
/// than one block.
fn notes(text: &str) -> Option<Vec<String>> {
    let block = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '#'));
    let lines: Vec<_> = block.lines().map(|line| line.trim().to_lowercase()).collect();
    let is_footer = (1..=MOST_LINES).contains(&lines.len()) && lines.iter().all(|line| is_note(line));
    is_footer.then_some(lines)
}

/// Words that a line about people has and one of a program has not.
const SAID: [&str; 6] = ["said", "says", "told", "tells", "asked", "warned"];

/// Whether a line is one of a program, or too short for a sentence.
fn is_note(line: &str) -> bool {
    const MARKS: &[char] = &['"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '‚', '「', '」', '『', '』', '《', '》'];
    const MOST_WORDS: usize = 8;
    const MOST_OTHER: usize = 3;
    // Programs put the name of a group between marks.
    if line.starts_with("you received this message because you are subscribed to") {
        return true;
    }
    let is_said = words(line).any(|word| SAID.contains(&word));
    let is_standard = STANDARD.iter().any(|start| line.starts_with(start));
    // What is more than an address, a name and a word or two is a headline, unless it speaks of the list.
    let is_short = || {
        let is_about_list = is_of_list(line) && line.split_whitespace().nth(MOST_WORDS).is_none();
        let most = if is_about_list { MOST_WORDS } else { MOST_OTHER };
        line.split_whitespace().filter(|word| !is_address(word)).nth(most).is_none()
            && !line.contains(',')
            && !line.ends_with(['.', '!', '?', '…', '。'])
    };
    !line.is_empty() && !line.contains(MARKS) && !is_said && (is_standard || is_short())
}

fn is_of_list(line: &str) -> bool {
    const LISTS: [&str; 5] = ["mailing list", "mailing-list", "mailinglist", "listinfo", "unsubscribe"];
    LISTS.iter().any(|word| line.contains(word))
}

fn is_address(word: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| word.contains(scheme))
        || word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// `Harbour mailing list`, and nothing else on its line.
fn is_name_of_list(line: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_'));
    line.strip_suffix("mailing list")
        .is_some_and(|name| is_name(name) && (1..=MOST_WORDS).contains(&name.split_whitespace().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "_______________________________________________\n";

    #[test]
    fn footer_of_a_list_goes() {
        let text = "P1 is closed.\n\n";
        for footer in [
            &format!("{RULE}Harbour mailing list\nHarbour@lists.example\nhttps://lists.example/listinfo/harbour\n"),
            &format!(
                "{RULE}Harbour mailing list -- harbour@l.example\nTo unsubscribe send an email to h-leave@l.example\n"
            ),
            &format!("{RULE}Harbour mailing list\n{RULE}"),
            &format!("{RULE}\nHafen Mailingliste\nhttps://lists.example/listinfo/hafen"),
            "-- \nTo unsubscribe: https://x.example/u\n",
            "-- \nYou received this message because you are subscribed to the Google Groups \"Harbour\" group.\n\
             To unsubscribe from this group, send an email to harbour+unsubscribe@groups.example.\n",
            &format!(
                "{}\n\nTo unsubscribe from the NEWS list, click the following link:\nhttps://l.example/wa?SUBED1=NEWS&A=1\n",
                "#".repeat(72)
            ),
            "---\nTo unsubscribe: mailto:sympa@l.example?subject=sig\nListe News\n",
            "_____\nNews mailing list\n",
        ] {
            assert_eq!(without(&format!("{text}{footer}"), false), text, "{footer}");
        }
        assert_eq!(without(&format!("{RULE}Harbour people\n"), true), "");
    }

    #[test]
    fn words_of_people_stay() {
        let footer = format!("{RULE}Harbour mailing list\nHarbour@lists.example\nhttps://l.example/listinfo/h\n");
        for text in [
            &format!("{RULE}“It is over,” said Ann Holt of the Harbour mailing list on Monday."),
            &format!("{RULE}POLITICS\n\n“I resign,” said Ann Holt, who ran the mailing list of the party."),
            &format!("{RULE}POLITICS\n\nAnn ran the mailing list"),
            &format!("{RULE}\nYou can unsubscribe from the plan, but not from the bridge, “it stays,” said Ann Holt."),
            &format!("{RULE}To unsubscribe was hard, said Ann Holt."),
            &format!("{RULE}To unsubscribe “is hard,” said Ann Holt of https://x.example"),
            &format!("{RULE}Write to the mailing list of the harbour, ann@x.example, by Monday."),
            &format!("{RULE}Harbour people\n"),
            &format!("{footer}\nThe ferry is late"),
            &format!("{footer}The ferry is late."),
            "-- \n“You may unsubscribe,” said Ann Holt.\n\nP2 “The ferry is not,” said Ann Holt.",
            "-- \nVera Holm, minister\nvera@x.example\nhttps://x.example",
            "-- \nTo unsubscribe was the only way out, said Ann Holt, 43, of harbour@x.example",
            "-- \nUnsubscribe now, Holt tells her voters\nHolt resigns on Monday\nMore at http://x.example",
            &format!("{RULE}Harbour mailing list\nHolt resigned on Monday, see http://x.example/vote"),
            &format!(
                "{RULE}Unsubscribe rules changed, says ministry\nhttp://x.example/1\nThe bridge is open again\nhttp://x.example/2"
            ),
            "-- \nUnsubscribe rules changed, says ministry\nhttp://x.example/news/1",
            "---\nUnsubscribe rules changed, says ministry\nhttp://x.example/news/1",
            "##########\nTo unsubscribe from the NEWS list is hard, said Ann Holt of x@x.example",
            "---\nTo unsubscribe: https://x.example/u\n---\n“It is over,” said Ann Holt.",
            "_____\nThe harbour has a mailing list",
            "-- \nTo unsubscribe from the plan, Holt said, would cost 3 million: see http://x.example/plan",
        ] {
            let text = format!("P1 is closed.\n\n{text}");
            assert_eq!(without(&text, false), text);
        }
        for text in ["“It is over,” said Ann.", "It is over."] {
            let text = format!("{RULE}{text}\n");
            assert_eq!(without(&text, true), text);
        }
    }
}
