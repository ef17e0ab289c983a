//! The header `Link` (RFC 8288 §3): what a page is linked to, said beside it.

/// A link: its parameters, its target as `href`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeaderLink<'h>(Vec<(&'h str, String)>);

impl HeaderLink<'_> {
    /// The first value of a parameter, in whatever letters its name is written.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The links of one header that are those of the page itself; what is malformed ends them.
pub(super) fn links(header: &str) -> Vec<HeaderLink<'_>> {
    let mut links = Vec::new();
    let mut rest = header;
    while let Some((target, after)) =
        rest.trim_start_matches([',', ' ', '\t']).strip_prefix('<').and_then(|link| link.split_once('>'))
    {
        let mut parameters = vec![("href", target.trim().to_owned())];
        rest = after.trim_start();
        while let Some(after) = rest.strip_prefix(';') {
            let after = after.trim_start();
            let end = after.find(['=', ';', ',']).unwrap_or(after.len());
            let name = after[..end].trim_end();
            let (value, after) = match after[end..].strip_prefix('=') {
                Some(value) => parameter_value(value.trim_start()),
                None => (String::new(), &after[end..]),
            };
            parameters.push((name, value));
            rest = after.trim_start();
        }
        let link = HeaderLink(parameters);
        // Another anchor makes it a link of another page (§3.2).
        if link.get("anchor").is_none() {
            links.push(link);
        }
    }
    links
}

/// A token or a quoted string (RFC 9110 §5.6), and what stands after it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim_end().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, c)| c)),
            _ => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(header: &str) -> Vec<String> {
        let show =
            |link: HeaderLink<'_>| link.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        links(header).into_iter().map(|link| show(link).join(" ")).collect()
    }

    #[test]
    fn links_are_read() {
        for (header, expected) in [
            ("</a>; rel=\"alternate\"; type=text/xml", &["href=/a rel=alternate type=text/xml"][..]),
            (
                "</a,b;c>; rel=x , </d>;rel=\"y z\";title=\"a, \\\"b\\\"; c\"",
                &["href=/a,b;c rel=x", "href=/d rel=y z title=a, \"b\"; c"],
            ),
            (", ,</a>,, </b> ; crossorigin ; rel = x", &["href=/a", "href=/b crossorigin= rel=x"]),
            ("</a>; rel=x; anchor=\"#b\", </c>", &["href=/c"]),
            ("</a>; title=\"never ends", &["href=/a title=never ends"]),
            ("</a> nonsense, </b>", &["href=/a"]),
            ("no link", &[]),
            ("<", &[]),
            ("", &[]),
        ] {
            assert_eq!(shown(header), expected, "{header}");
        }
    }
}
