//! The configuration with every default, each a comment.

use std::fmt::Write;

use crate::app::{Layer, OPTIONS, OptionKind, OptionSpec};
use crate::keymap::BINDINGS;

/// What stands at the top.
const HEAD: &str = "\
# The configuration of pullquote, with every default as a comment: take the # before a line away, and change it.
# `pullquote config > ~/.config/pullquote/config.toml` writes it, `pullquote config --check` says what is wrong in it.
# While the reader runs, `:reload` reads it again.
";

/// What stands over the rules.
const RULES: &str = "
# Rules: what is done with an article when it arrives, in this order. when is a query as the reader searches; do is a list of
# read, star, tag:WORD, hide (is:hidden finds it again), clip (keeps the statements that said: or speaker: asks for), notify (tells of it
# after a refresh). `pullquote rules --test` says what they would do.
#[[rule]]
#when = 'source:wire title:sponsored'
#do = [\"read\", \"tag:ads\"]
";

/// What stands over the fields.
const FIELDS: &str = "
# fields: which fields of records in JSON or a table are which parts of an article, where their shape is not known: title, text, date,
# author, source, url, tags, summary, language. Points lead into objects. It is read at the start.
#fields = \"title=headline.main,text=body,date=pub_date\"
";

/// What stands over the command that notifies.
const NOTIFY: &str = "
# notify_command: run after a refresh that brought articles of which a rule notifies, once. {count}, {headlines}, one a line; of the
# first of them {headline}, {publisher}, {url}.
#notify_command = [\"notify-send\", \"{count} new\", \"{headlines}\"]
";

/// What stands over the logins.
const LOGINS: &str = "
# Logins: what lies at this origin under this path (whole segments of it) is asked for over https with this user, and the
# password that the command writes as its first line. That is a program with its arguments, no shell; it runs once, and
# again where a server refuses the password, which is kept in memory alone.
#[[login]]
#at = \"https://wire.example/feeds/\"
#user = \"anna\"
#password_command = [\"pass\", \"show\", \"wire\"]
";

/// What stands over the sites.
const SITES: &str = "
# Sites: where an article stands on the pages of a host and its subdomains, or under a path of it, by CSS selectors: article, the
# elements that hold it; remove, what is no part of it; title, its headline. Of several for a page the first holds.
# `pullquote page URL --explain` shows what they find.
#[[site]]
#match = \"news.example\"
#article = \"main .story\"
#remove = [\".promo\", \".newsletter\"]
#title = \"h1\"
";

/// What stands over the commands.
const COMMANDS: &str = "
# Commands of your own, by name: a program with its arguments, no shell. In them stand for what they say of the article at hand: {url},
# {headline}, {publisher}, {date}, {speaker}, {quotation}, {enclosure}, the address of the first file that comes with it, and {file}, a copy as Markdown. `:run send` runs one, and a key: \"x\" = \"run send\".
#[commands]
#send = [\"notify-send\", \"{headline}\", \"{url}\"]
";

/// What stands over the keys.
const KEYS: &str = "
# Keys, by view. A key has the name of a command (`:` lists them), several names, one after the other, or false, which
# unbinds it. A sequence is written with blanks: \"g u\" = \"toggle-read\". [keys.all] holds in every view but the prompt.
[keys]
# vim: the keys below. newsboat: those of newsboat, where the two differ.
#preset = \"vim\"

[keys.all]
";

/// The configuration with every default, each a comment.
pub fn printed() -> String {
    let mut out = HEAD.to_owned();
    for option in OPTIONS {
        let OptionSpec { name, about, default, .. } = option;
        let start = if option.is_for_start { " It is read at the start." } else { "" };
        // Text into memory: nothing in it can fail.
        let _ = writeln!(out, "\n# {}: {about}.{start}", name.replace('-', "_"));
        let _ = writeln!(out, "# Values: {}.", option.values());
        let _ = writeln!(out, "#{} = {}", name.replace('-', "_"), written(option.kind, default));
    }
    out += FIELDS;
    out += NOTIFY;
    out += RULES;
    out += SITES;
    out += LOGINS;
    out += COMMANDS;
    out += KEYS;
    for (name, layer) in Layer::NAMES {
        let _ = writeln!(out, "\n[keys.{name}]");
        for binding in BINDINGS.iter().filter(|binding| binding.layers.contains(layer)) {
            for key in binding.keys() {
                let key = toml_string(&key.written());
                let does = binding.does.replace('<', ":").replace('>', "");
                let comment = if does.is_empty() { String::new() } else { format!("  # {does}") };
                let _ = writeln!(out, "#{key} = {}{comment}", toml_string(binding.name));
            }
        }
    }
    out
}

fn written(kind: OptionKind, value: &str) -> String {
    match kind {
        OptionKind::Words(_) | OptionKind::Theme(_) | OptionKind::Text(..) | OptionKind::Retention => {
            toml_string(value)
        }
        OptionKind::List(_) => array(value.split(',')),
        OptionKind::Paths => array(value.lines()),
        OptionKind::NumberOr(word, ..) if value == word => toml_string(value),
        _ => value.to_owned(),
    }
}

fn array<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(toml_string).collect();
    format!("[{}]", words.join(", "))
}

/// A basic string of TOML; what is written so has no control characters.
fn toml_string(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
