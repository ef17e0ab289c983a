//! Words in braces that stand for something: `{url}`.

/// A part of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'w> {
    Text(&'w str),
    Placeholder(&'w str),
}

/// The parts of an argument: `{word}` is a placeholder, `{{word}}` the text `{word}`; other braces are text.
fn parts(word: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut rest, mut text) = (word, 0);
    while let Some(open) = rest[text..].find('{').map(|at| text + at) {
        let is_text = rest[open + 1..].starts_with('{');
        let name = &rest[open + 1 + usize::from(is_text)..];
        let end = name.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let close = if is_text { "}}" } else { "}" };
        if name.is_empty() || !after.starts_with(close) {
            text = open + 1;
            continue;
        }
        parts.push(Part::Text(&rest[..open]));
        let braced = &rest[open + usize::from(is_text)..];
        parts.push(if is_text { Part::Text(&braced[..end + 2]) } else { Part::Placeholder(name) });
        (rest, text) = (&after[close.len()..], 0);
    }
    parts.push(Part::Text(rest));
    parts
}

/// The placeholders in an argument, in order.
pub fn placeholders(word: &str) -> impl Iterator<Item = &str> {
    parts(word).into_iter().filter_map(|part| if let Part::Placeholder(name) = part { Some(name) } else { None })
}

/// An argument with what its placeholders stand for. No value makes an option of one that is none: a hyphen that comes to stand at its
/// start is written as another (U+2010).
pub fn filled(word: &str, values: &[(&'static str, String)]) -> String {
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    let filled: String = parts(word)
        .into_iter()
        .map(|part| match part {
            Part::Text(text) => text,
            Part::Placeholder(name) => value(name),
        })
        .collect();
    match filled.strip_prefix('-') {
        Some(rest) if !word.starts_with('-') => format!("\u{2010}{rest}"),
        _ => filled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_stand_in_braces() {
        for (word, named) in [
            ("{url}", &["url"][..]),
            ("--title={headline} ({date})", &["headline", "date"]),
            ("{{url}}{nosuch}", &["nosuch"]),
            ("{\"a\": {}} {1} {Url} { url } {ü} {", &[]),
            ("{{url}", &["url"]),
        ] {
            assert_eq!(placeholders(word).collect::<Vec<_>>(), named, "{word}");
        }
    }

    #[test]
    fn values_are_put_in_once() {
        let values = [("url", "https://a.example/{headline}".to_owned()), ("headline", "--rf {url}".to_owned())];
        for (word, wanted) in [
            ("{url}", "https://a.example/{headline}"),
            ("<{url}> {date}.", "<https://a.example/{headline}> ."),
            ("{{url}} {x", "{url} {x"),
            ("{{url}", "{https://a.example/{headline}"),
            ("{headline}", "\u{2010}-rf {url}"),
            ("-t{headline}", "-t--rf {url}"),
            ("-x", "-x"),
            ("ü{url}ü", "ühttps://a.example/{headline}ü"),
        ] {
            assert_eq!(filled(word, &values), wanted, "{word}");
        }
    }
}
