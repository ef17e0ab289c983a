//! Files of subtitles and lyrics: lines of times, each with words beside or below it.

/// What a text is, in words, that begins so.
pub fn recognize(start: &str) -> Option<&'static str> {
    Some(match start.as_bytes().first()? {
        b'W' if is_web_vtt(start) => "a file of subtitles (WebVTT)",
        b'0'..=b'9' if is_sub_rip(start) => "a file of subtitles (SRT)",
        b'0'..=b'9' if is_sbv(start) => "a file of subtitles (SBV)",
        b'0'..=b'9' if are_lines(start, has_clock, has_clock) => "a file of subtitles (TMPlayer)",
        b'S' if is_scenarist(start) => "a file of subtitles (SCC)",
        b'[' if is_script(start) => "a file of subtitles (ASS)",
        b'[' if is_sub_viewer(start) => "a file of subtitles (SubViewer)",
        b'[' if are_lines(start, is_lyric, has_time) => "lyrics with their times (LRC)",
        b'[' if are_lines(start, |line| are_numbers(line, '[', ']'), |_| true) => "a file of subtitles (MPL2)",
        b'{' if are_lines(start, |line| are_numbers(line, '{', '}'), |_| true) => "a file of subtitles (MicroDVD)",
        _ => return None,
    })
}

fn lines(start: &str) -> impl Iterator<Item = &str> {
    start.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The lines between blank lines.
fn blocks(start: &str) -> Vec<Vec<&str>> {
    let lines: Vec<_> = start.lines().map(str::trim).collect();
    lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()).map(<[_]>::to_vec).collect()
}

/// Whether the first lines all are `of_kind`, and two or more of them are also `telling`.
fn are_lines(start: &str, of_kind: impl Fn(&str) -> bool, telling: impl Fn(&str) -> bool) -> bool {
    /// How many are looked at.
    const MOST: usize = 20;
    let mut told = 0;
    for line in lines(start).take(MOST) {
        if !of_kind(line) {
            return false;
        }
        told += usize::from(telling(line));
    }
    told > 1
}

/// A header and, after a blank line, cues with words below them, most of all blocks that are no comment or style
/// (`WebVTT` §4). The header may be of any words, as prose is; without any, the blank line may be left out.
fn is_web_vtt(start: &str) -> bool {
    if !start.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) {
        return false;
    }
    let is_cue_block =
        |block: &[&str]| block.iter().position(|line| is_cue(line)).is_some_and(|at| at < 2 && at + 1 < block.len());
    let is_aside = |block: &[&str]| ["NOTE", "STYLE", "REGION"].iter().any(|name| block[0].starts_with(name));
    let blocks = blocks(start);
    let (header, rest) = (&blocks[0], &blocks[1..]);
    let rest: Vec<_> = rest.iter().filter(|block| !is_aside(block)).collect();
    let cues = rest.iter().filter(|block| is_cue_block(block)).count();
    cues * 2 > rest.len() || header[0] == "WEBVTT" && is_cue_block(&header[1..])
}

/// Cues from the first line on, or from the second after a number.
fn is_sub_rip(start: &str) -> bool {
    let first: Vec<_> = lines(start).take(2).collect();
    let is_first = match first[..] {
        [first, ..] if is_cue(first) => true,
        [first, second] => first.bytes().all(|b| b.is_ascii_digit()) && is_cue(second),
        _ => false,
    };
    // One is enough where nothing else is there: a number, the times and the words.
    let is_all = || first.len() == 2 && !is_cue(first[0]) && blocks(start).len() == 1 && lines(start).nth(2).is_some();
    is_first && (lines(start).filter(|line| is_cue(line)).nth(1).is_some() || is_all())
}

/// Blocks of a line of times and words below it, two of them, of all blocks most.
fn is_sbv(start: &str) -> bool {
    if !start.lines().next().is_some_and(|line| is_sbv_time(line.trim())) {
        return false;
    }
    let blocks = blocks(start);
    let cues = blocks.iter().filter(|block| block.len() > 1 && is_sbv_time(block[0])).count();
    cues > 1 && cues * 2 > blocks.len()
}

/// `[Script Info]`, and fields, comments or another section.
fn is_script(start: &str) -> bool {
    const FIELDS: [&str; 6] = ["Title:", "ScriptType:", "PlayRes", "Original ", "Collisions:", "WrapStyle:"];
    let is_part = |line: &str| line.starts_with([';', '!', '[']) || FIELDS.iter().any(|field| line.starts_with(field));
    start.lines().next().is_some_and(|line| line.trim() == "[Script Info]") && lines(start).nth(1).is_some_and(is_part)
}

fn is_clock(time: &str, colons: usize, points: &[char]) -> bool {
    time.matches(':').count() == colons
        && time.matches(points).count() == 1
        && time.starts_with(|c: char| c.is_ascii_digit())
        && time.ends_with(|c: char| c.is_ascii_digit())
        && time.chars().all(|c| c.is_ascii_digit() || c == ':' || points.contains(&c))
}

/// `00:00:01,000 --> 00:00:04,000`, with milliseconds, and settings perhaps: `align:left`.
fn is_cue(line: &str) -> bool {
    let is_time = |time: &str| [1, 2].iter().any(|colons| is_clock(time, *colons, &[',', '.']));
    line.split_once("-->").is_some_and(|(from, to)| {
        let mut to = to.split_whitespace();
        is_time(from.trim()) && to.next().is_some_and(is_time) && to.all(|setting| setting.contains(':'))
    })
}

/// `0:00:01.000,0:00:04.000`
fn is_sbv_time(line: &str) -> bool {
    line.split_once(',').is_some_and(|(from, to)| is_clock(from, 2, &['.']) && is_clock(to, 2, &['.']))
}

/// `[00:12.00]It is closed.`, or a tag of the whole: `[ar:Ann Holt]`.
fn is_lyric(line: &str) -> bool {
    const TAGS: [&str; 10] = ["ti:", "ar:", "al:", "au:", "by:", "re:", "ve:", "offset:", "length:", "la:"];
    has_time(line)
        || line.strip_prefix('[').is_some_and(|tag| tag.ends_with(']') && TAGS.iter().any(|name| tag.starts_with(name)))
}

/// Whether a line begins with `[00:12.00]`. Transcripts have whole seconds.
fn has_time(line: &str) -> bool {
    let time = line.strip_prefix('[').and_then(|rest| rest.split(']').next());
    time.is_some_and(|time| is_clock(time, 1, &['.']))
}

/// `00:00:01:It is closed.` Transcripts have a blank before the words.
fn has_clock(line: &str) -> bool {
    let is_sign = |(at, b): (usize, u8)| if matches!(at, 2 | 5) { b == b':' } else { b.is_ascii_digit() };
    line.len() > 9
        && line.bytes().take(8).enumerate().all(is_sign)
        && matches!(line.as_bytes()[8], b':' | b'=')
        && !line[9..].starts_with(char::is_whitespace)
}

/// `Scenarist_SCC V1.0`, and a time with hexadecimal words below it.
fn is_scenarist(start: &str) -> bool {
    let mut lines = lines(start);
    lines.next().is_some_and(|line| line.strip_prefix("Scenarist_SCC V").is_some_and(|version| !version.contains(' ')))
        && lines.next().is_none_or(|line| line.starts_with(|c: char| c.is_ascii_digit()))
}

/// `[INFORMATION]`, and another section or field in brackets.
fn is_sub_viewer(start: &str) -> bool {
    let mut lines = lines(start);
    lines.next() == Some("[INFORMATION]") && lines.next().is_some_and(|line| line.starts_with('['))
}

/// `{25}{50}It is closed.`: from which frame to which; in brackets from which tenth of a second.
fn are_numbers(line: &str, open: char, close: char) -> bool {
    let after = |text: &str| {
        let (number, rest) = text.strip_prefix(open)?.split_once(close)?;
        (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| rest.to_owned())
    };
    after(line).and_then(|rest| after(&rest)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtitles_are_told_from_articles() {
        for (text, name) in [
            ("WEBVTT\n\n00:01.000 --> 00:04.000\nIt is closed.", "WebVTT"),
            (
                "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:0\n\nNOTE by me\n\n1\n00:01.000 --> 00:04.000 align:left\nIt is.",
                "WebVTT",
            ),
            ("WEBVTT\n1\n00:00:01.000 --> 00:00:04.000\nIt is closed.", "WebVTT"),
            ("0:00:00.599,0:00:04.160\nIt is closed.\n\n0:00:04.160,0:00:06.770\nSo.\nYes.", "SBV"),
            ("[ti:Bridge]\n[00:12.00]It is closed\n\n[00:15.300][00:20.00] it is", "LRC"),
            ("{1}{72}It is closed.|So.\n{73}{100}Yes.", "MicroDVD"),
            ("[Script Info]\n; by me\nTitle: x", "ASS"),
            ("1\n00:00:01,000 --> 00:00:04,000\nIt is closed.\n", "SRT"),
            ("[INFORMATION]\n[TITLE]x\n[SUBTITLE]\n00:00:01.00,00:00:04.00\nIt is closed.", "SubViewer"),
            ("[10][40]It is closed.\n[50][70]So.", "MPL2"),
            ("00:00:01:It is closed.\n00:00:05:So.", "TMPlayer"),
            ("Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420", "SCC"),
        ] {
            assert!(recognize(text).is_some_and(|what| what.ends_with(&format!("({name})"))), "{text}");
        }
        for text in [
            "WEBVTT is a format, said Ann Holt.\n\n00:01.000 --> 00:04.000\nHello\n\nis how words of it stand there.",
            "WEBVTT is a format, said Ann Holt.\n00:01.000 --> 00:04.000\nis how a line of it looks.",
            "WEBVTT is a format, said Ann Holt.\n\n00:01.000 --> 00:04.000",
            "WEBVTT is a format, said Ann Holt.\n\n00:01.000 --> 00:04.000 is a line of it.\nSo.",
            "WEBVTT\n\nA format for words, said Ann Holt.",
            "00:00:01,000 --> 00:00:04,000 is a line of it.\nSo.\n00:00:01,000 --> 00:00:04,000",
            "0:00:00.599,0:00:04.160\nis how a line looks.",
            "[00:12] Ann Holt: It is closed.\n[00:15] Vera Holm: It is open.",
            "[00:12.00] is how a line looks.\nSo.",
            "{1}{72} is how a line looks.\nSo.",
            "1\n00:00:01,000 --> 00:00:04,000\nis how it is timed.\n\nIt is closed.",
            "[INFORMATION]\nIt is closed.",
            "[10][40] It is closed.\nSo.",
            "00:00:01: It is closed.\n00:00:05: So.",
            "00:00:01:It is closed.\nSo.",
            "Scenarist_SCC V1.0 is a format.\n1931 is a year.",
            "[Script Info]\nTitles of it are here.",
        ] {
            assert_eq!(recognize(text), None, "{text}");
        }
    }
}
