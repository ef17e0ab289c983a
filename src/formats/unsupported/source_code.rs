//! Source code and scripts: told from articles by lines as no prose has them.

/// How many lines are looked at.
const MOST: usize = 200;

/// One line of code in so many lines is enough: texts are in code, too.
const SHARE: usize = 3;

/// What operators look like; prose has none of them.
const OPERATORS: [&str; 14] =
    [" = ", " == ", " += ", " -= ", ":=", "=>", "->", "::", "!=", "&&", "||", " <- ", " .= ", " =~ "];

/// Words that are a statement.
const ALONE: [&str; 20] = [
    "break",
    "continue",
    "pass",
    "return",
    "fi",
    "done",
    "end",
    "esac",
    "then",
    "do",
    "else",
    "begin",
    "endif",
    "else:",
    "try:",
    "finally:",
    "default:",
    "public:",
    "private:",
    "protected:",
];

/// Words that are one with a name or value behind them.
const WITH_NAME: [&str; 25] = [
    "import", "package", "use", "using", "require", "include", "from", "return", "class", "def", "sub", "module",
    "struct", "enum", "trait", "mod", "goto", "echo", "print", "raise", "throw", "yield", "del", "SELECT", "FROM",
];

/// Types with which declarations of C and its like begin.
const TYPES: [&str; 14] = [
    "int", "char", "void", "unsigned", "struct", "static", "long", "double", "float", "bool", "const", "extern",
    "typedef", "public",
];

/// Whether a text in a file that has the name of source code is that: those names are ends of addresses, too, as
/// `coast.rs` and `wire.pl`, from which articles are saved.
pub fn is_source_code(start: &str) -> bool {
    let lines: Vec<_> = start.lines().map(str::trim).filter(|line| !is_beside(line)).take(MOST).collect();
    let has_blocks = lines.iter().any(|line| line.ends_with(['{', '[', '(']));
    let code = lines.iter().filter(|line| is_code(line) || has_blocks && is_member(line)).count();
    code > 0 && code * SHARE >= lines.len()
}

/// Whether a text begins with `#!` and the path of what runs it, and does not go on as prose.
pub fn is_script(start: &str) -> bool {
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    let Some(command) = first.strip_prefix("#!") else { return false };
    let mut words = command.split_whitespace();
    let Some(path) = words.next().filter(|path| path.starts_with('/')) else { return false };
    let mut words = words.peekable();
    let is_command = if path.ends_with("/env") {
        let takes_many = words.peek().is_some_and(|word| word.starts_with("-S"));
        takes_many || words.filter(|word| !word.starts_with('-') && !word.contains('=')).count() == 1
    } else {
        words.all(|word| word.starts_with('-'))
    };
    is_command && !is_prose(rest)
}

/// Whether a text begins with `<?php`, and statements or other markup follow.
pub fn is_php(start: &str) -> bool {
    const MARK: &str = "<?php";
    if !start.get(..MARK.len()).is_some_and(|head| head.eq_ignore_ascii_case(MARK)) {
        return false;
    }
    let rest = &start[MARK.len()..];
    let (inside, after) = rest.split_once("?>").map_or((rest, None), |(inside, after)| (inside, Some(after)));
    // Words without markup are no page that a script makes.
    if after.is_some_and(|after| !["</", "<?"].iter().any(|mark| after.contains(mark)) && is_prose(after)) {
        return false;
    }
    let first = inside.lines().next().unwrap_or_default().trim();
    if first.is_empty() || is_beside(first) {
        return after.is_some() && !is_prose(inside) || inside.lines().skip(1).all(is_beside) || is_source_code(rest);
    }
    is_code(first)
}

/// Whether at least half of the lines are words and nothing else.
fn is_prose(text: &str) -> bool {
    let is_word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).chars().all(char::is_alphanumeric);
    let is_of_words = |line: &&str| {
        let (words, all) =
            line.split_whitespace().fold((0, 0), |(words, all), w| (words + usize::from(is_word(w)), all + 1));
        all >= 4 && words * 8 >= all * 7 && !is_code(line)
    };
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !is_beside(line)).take(MOST).collect();
    let of_words = lines.iter().filter(|line| is_of_words(line)).count();
    of_words > 0 && of_words * 2 >= lines.len()
}

/// Whether a line tells nothing: it is blank or a comment.
fn is_beside(line: &str) -> bool {
    let line = line.trim();
    let is_directive = ["#include", "#define", "#if", "#end", "#pragma"].iter().any(|start| line.starts_with(start));
    line.is_empty() || !is_directive && ["//", "/*", "*", "#", "--"].iter().any(|start| line.starts_with(start))
}

/// Whether a line is code whatever stands around it.
fn is_code(line: &str) -> bool {
    let statement = line.trim_end_matches(';');
    let is_ended = statement.len() < line.len();
    let statement = ["pub ", "export "].iter().find_map(|word| statement.strip_prefix(word)).unwrap_or(statement);
    let words: Vec<_> = statement.split_whitespace().take(6).collect();
    let [first, ..] = words[..] else { return is_ended };
    let is_short = match words[..] {
        [_] => ALONE.contains(&first) || first.len() > 1 && first.starts_with('@') && !is_ended,
        [_, name] => WITH_NAME.contains(&first) && !name.ends_with(['.', ',']),
        [_, _, word] | [_, _, word, _] => {
            matches!((first, word), ("from", "import") | ("import", "as")) || is_ended && TYPES.contains(&first)
        }
        [_, _, word, ..] => first == "from" && word == "import",
        _ => false,
    };
    statement.trim_end_matches(',').ends_with(['{', '}', '(', '['])
        || line.starts_with('#')
        || line.chars().all(|c| c.is_ascii_punctuation()) && line.contains([')', ']', '}'])
        || is_short
        || is_call(statement)
        || is_block(line)
        || !is_sentence(line) && has_operator(line)
}

/// `if x == 1:`, as Python opens a block.
fn is_block(line: &str) -> bool {
    let Some(head) = line.strip_suffix(':') else { return false };
    let first = head.split_whitespace().next().unwrap_or_default();
    let is_attached = |pair: &[u8]| pair[0].is_ascii_alphanumeric() && matches!(pair[1], b'.' | b'[' | b'(' | b'_');
    ["if", "elif", "while", "for", "with", "except", "class", "def", "case"].contains(&first)
        && head.as_bytes().windows(2).any(is_attached)
}

/// `name(…)`
fn is_call(line: &str) -> bool {
    let name = line.strip_suffix(')').and_then(|line| line.split_once('(')).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// Whether a line has an operator, a variable, a name of several words or a call in it.
fn has_operator(line: &str) -> bool {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let is_sign = |at: usize, pair: &[u8]| match pair {
        [b'$', next] => {
            (next.is_ascii_lowercase() || matches!(next, b'_' | b'{')) && (at == 0 || !is_name(line.as_bytes()[at - 1]))
        }
        [name, b'('] if is_name(*name) => !is_ending(&line[at + 2..]),
        [a, b'_'] => a.is_ascii_alphanumeric() && line.as_bytes().get(at + 2).is_some_and(u8::is_ascii_alphanumeric),
        _ => false,
    };
    OPERATORS.iter().any(|operator| line.contains(operator))
        || line.as_bytes().windows(2).enumerate().any(|(at, pair)| is_sign(at, pair))
}

/// `s)`, as in "the bridge(s)".
fn is_ending(rest: &str) -> bool {
    rest.split_once(')').is_some_and(|(ending, _)| ending.len() <= 3 && ending.chars().all(char::is_lowercase))
}

/// Whether a line is a member of a block in braces: `color: red;`, `"name",`, `<b/>`.
fn is_member(line: &str) -> bool {
    let is_named = || {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'' | '?'))
        })
    };
    line.ends_with([';', ',']) && (is_named() || line.starts_with(['"', '\'']))
        || line.starts_with('<') && line.ends_with('>')
}

/// Whether a line ends as a sentence does.
fn is_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    end.ends_with(['.', '!', '?', '…']) && line.split_whitespace().nth(3).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_code_is_told_from_articles() {
        for code in [
            "print('x')",
            "import os\n\ndef a(b):\n    return b\n",
            "// A bridge\nfn main() {\n    close();\n}\n",
            "#include <a.h>\nint main(void)\n{\n    return 0;\n}",
            "SELECT a\nFROM b;",
            "a {\n  color: red;\n}",
            "#!/usr/bin/perl\nuse strict;\nmy $a = shift;\nprint $a;\n",
            "\"\"\"A bridge that is closed for a year.\n\nIt is old, said Ann Holt.\n\"\"\"\nimport os\nx = 1\nprint(x)",
            "export interface Bridge {\n  name: string;\n  isClosed?: boolean;\n}",
            "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() {\n\tfmt.Println(\"It is closed.\")\n}",
            "class Bridge\n  def close\n    @closed = true\n  end\nend",
        ] {
            assert!(is_source_code(code), "{code}");
        }
        for text in [
            "Bridge closed\n\nThe bridge will close for a year, “It is tired,” said Ann Holt.",
            "Ann Holt:\n“It is closed.”\nVera Holm:\n“It is open.”",
            "Bridge closed\nBy Ann Holt (Coast Wire)\n",
            "The council said three things:\n\nThe bridge is closed;\nthe ferry runs;\n“It is old,” said Ann Holt;\nand so on:\n",
            "fish;\nbread;\ntea;\nBring them along:\n",
            "The bridge is closed\nfrom Monday on, as the council\nlet it be known in a letter;\nuse of the ferry\nimport of fish;\nreturn to the old road:\nfor the record:\nwith one exception:\n",
            "use strict; is how it begins, said Ann Holt.\nThe function close() was called, she said.\n",
            "class dismissed, said Ann Holt;\n“Yes(s)”, she said;\nthe bridge(s) of the town;\n",
            "",
        ] {
            assert!(!is_source_code(text), "{text}");
        }
    }

    #[test]
    fn scripts_are_told_from_articles() {
        for script in [
            "#!/usr/bin/env python3\n",
            "#!/bin/sh -e\n# The bridge is closed for a year.\ncd /tmp\nmake all\n",
            "#! /usr/bin/env -S deno run --allow-net\nclose();",
            "#!/bin/bash",
        ] {
            assert!(is_script(script), "{script}");
        }
        for text in [
            "#!/bin/sh is how it begins, said Ann Holt.",
            "#!/usr/bin/env python3 is how it begins",
            "#!/bin/sh\n\nThat is how it begins, said Ann Holt. It is old.",
            "#!here",
        ] {
            assert!(!is_script(text), "{text}");
        }
    }

    #[test]
    fn php_is_told_from_articles() {
        for php in [
            "<?php echo 1;",
            "<?php\n// It is closed.\n$a = 1;\n",
            "<?PHP\n",
            "<?php get_header(); ?>\n<p>It is closed.</p>",
            "<?php if ($a): ?>\n<p>It is closed.",
            "<?php include 'a.php'; ?>\n<p>The bridge is closed for a year, said Ann Holt.</p>",
            "<?php $a = 1; ?> It is closed for a year.\n<?php echo $a;",
        ] {
            assert!(is_php(php), "{php}");
        }
        for text in [
            "<?php is how it begins; it is closed.",
            "<?php is the tag that begins it, and ?> ends it;\n$5 is the price;\n",
            "<?php\n\nThat is how it begins, said Ann Holt; it is old.",
            "<?php\n\nThat is how it begins, said Ann Holt.\n\nIt ends with ?>, a mark.",
            "<?php echo \"x\"; ?> is how a page begins.\n\n“It is old,” said Ann Holt.\n\nSo is the <p> of it.",
        ] {
            assert!(!is_php(text), "{text}");
        }
    }
}
