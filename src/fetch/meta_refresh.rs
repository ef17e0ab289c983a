//! Pages that only send one on: `<meta http-equiv="refresh" content="0; url=…">`.

use url::Url;

use super::FetchedPage;
use crate::formats::{self, HtmlToken, Tokens};

/// The longest delay, in seconds, with which a page sends one on rather than reloads what people read.
const LONGEST_DELAY: u64 = 10;

/// How much text such a page may have ("You are being redirected …"), in bytes.
const MOST_TEXT: usize = 400;

/// The longest page that is looked at, in bytes.
const LONGEST: usize = 64 << 10;

/// Elements that show nothing.
const UNSEEN: [&str; 9] = ["html", "head", "title", "meta", "link", "base", "style", "script", "body"];

/// Where a page leads that is nothing but a sign to another place. The header `Refresh`, whose value is `header`, says
/// what `<meta>` says. One in `<noscript>` counts only where there is nothing else: with scripts, which most readers
/// have, the page is one to read.
pub(super) fn target(page: &FetchedPage, header: Option<&str>) -> Option<Url> {
    if page.bytes.len() > LONGEST {
        return None;
    }
    let html = formats::decoded(&page.bytes, page.content_type.as_deref());
    let mut base = Url::parse(&page.address).ok()?;
    let mut found = header.and_then(place).map(str::to_owned);
    let (mut without_scripts, mut is_bare) = (None, true);
    let (mut has_base, mut text, mut templates, mut in_noscript) = (false, 0, 0_usize, false);
    for token in Tokens::of(&html) {
        match token {
            HtmlToken::Start { name, .. } if name == "template" => templates += 1,
            HtmlToken::End(name) if name == "template" => templates = templates.saturating_sub(1),
            // What stands in a template is not there until a script puts it somewhere.
            _ if templates > 0 => {}
            HtmlToken::Start { name, .. } if name == "noscript" => in_noscript = true,
            HtmlToken::End(name) if name == "noscript" => in_noscript = false,
            HtmlToken::Text(words) => {
                text += words.trim().len();
                is_bare &= in_noscript || words.trim().is_empty();
            }
            HtmlToken::Start { name, attributes, .. } if name == "base" && !has_base => {
                let href = attributes.get("href").and_then(|href| base.join(href.trim()).ok());
                has_base |= href.is_some();
                base = href.unwrap_or(base);
            }
            HtmlToken::Start { name, attributes, .. } if name == "meta" => {
                let is_refresh = attributes.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
                let content = attributes.get("content").filter(|_| is_refresh);
                let place = || content.and_then(|content| place(&content).map(str::to_owned));
                let known = if in_noscript { &mut without_scripts } else { &mut found };
                *known = known.take().or_else(place);
            }
            HtmlToken::Start { name, .. } => is_bare &= in_noscript || UNSEEN.contains(&&*name),
            _ => {}
        }
        if text > MOST_TEXT {
            return None;
        }
    }
    base.join(&found.or(without_scripts.filter(|_| is_bare))?).ok()
}

/// The address in the value of `content`, where the delay is short: the steps of the HTML standard for a "shared
/// declarative refresh".
fn place(content: &str) -> Option<&str> {
    let content = content.trim_start();
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let delay = if digits == 0 { content.starts_with('.').then_some(0)? } else { content[..digits].parse().ok()? };
    let rest = content.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let address = rest.trim_start();
    let address = address.strip_prefix([';', ',']).or((address.len() < rest.len()).then_some(address))?.trim_start();
    let named = address.get(..3).filter(|name| name.eq_ignore_ascii_case("url"));
    let named = named.and_then(|_| address[3..].trim_start().strip_prefix('=')).map(str::trim_start);
    let address = named.unwrap_or(address);
    let address = match address.chars().next() {
        Some(mark @ ('"' | '\'')) => address[1..].split(mark).next()?,
        _ => address,
    };
    (delay <= LONGEST_DELAY && !address.trim().is_empty()).then(|| address.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(html: &str) -> Option<String> {
        let page = FetchedPage {
            address: "https://coast.example/old/page".to_owned(),
            content_type: Some("text/html".to_owned()),
            bytes: html.as_bytes().to_vec(),
            ..FetchedPage::default()
        };
        target(&page, None).map(String::from)
    }

    #[test]
    fn refresh_is_read_as_the_standard_says() {
        for (content, expected) in [
            ("0; url=/new", Some("/new")),
            ("0;URL='/new'", Some("/new")),
            ("0, url = \"/new\" rest", Some("/new")),
            (" 5 url=/new", Some("/new")),
            ("0.5;/new", Some("/new")),
            (".5; url=/new", Some("/new")),
            ("0; /new", Some("/new")),
            ("0; url", Some("url")),
            ("0; url=", None),
            ("300; url=/new", None),
            ("0", None),
            ("0;", None),
            ("url=/new", None),
            ("99999999999999999999999; url=/new", None),
            ("", None),
            ("é; url=/new", None),
            ("0; é", Some("é")),
        ] {
            assert_eq!(place(content), expected, "{content}");
        }
    }

    #[test]
    fn page_that_is_only_a_sign_leads_on() {
        let refresh = "<meta http-equiv='Refresh' content='0; url=../new?a=1&amp;b=2'>";
        let new = Some("https://coast.example/new?a=1&b=2".to_owned());
        for page in [
            format!("<html><head><title>Moved</title>{refresh}</head><body></body></html>"),
            format!("{refresh}<p>You are being sent on. <a href='/new'>Click here</a> if not."),
            format!("<noscript>{refresh}</noscript><script>location = '/js'</script>"),
            format!("<meta charset=utf-8>{refresh}<meta http-equiv=refresh content='0; url=/second'>"),
            format!("<noscript><meta http-equiv=refresh content='0; url=/js'></noscript>{refresh}"),
            format!("<noscript>{refresh}<p>Scripts are off.</p></noscript>"),
        ] {
            assert_eq!(led(&page), new, "{page}");
        }
        let based = format!("<base href='https://base.example/x/y/'><base href='https://no.example/'>{refresh}");
        assert_eq!(led(&based).as_deref(), Some("https://base.example/x/new?a=1&b=2"));
        for page in [
            format!("{refresh}<p>{}", "The harbour committee met on Monday. ".repeat(20)),
            format!("<!-- {refresh} -->"),
            format!("<script>'{refresh}'</script>"),
            format!("<template>{refresh}</template>"),
            format!("<template><template></template>{refresh}</template>"),
            format!("<noscript>{refresh}</noscript><p>Tide tables."),
            format!("<noscript>{refresh}</noscript><div id=app></div><script src=/app.js></script>"),
            refresh.replace("'0;", "'600;"),
            "<meta name=refresh content='0; url=/x'>".to_owned(),
            format!("{refresh}{}", " ".repeat(LONGEST)),
        ] {
            assert_eq!(led(&page), None, "{page}");
        }
    }
}
