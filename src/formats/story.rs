//! Stories of the collection CNN/Daily Mail: a text, and below it what an editor put in few words, each under `@highlight`.

/// The mark above each of the editor's sentences.
const MARK: &str = "@highlight";

/// The text of a story; nothing where there is no highlight below it.
pub fn text_of(text: &str) -> Option<&str> {
    let mut start = 0;
    let at = text.split_inclusive('\n').find_map(|line| {
        let here = start;
        start += line.len();
        (line.trim() == MARK).then_some(here)
    });
    at.map(|at| text[..at].trim_end()).filter(|text| !text.is_empty())
}
