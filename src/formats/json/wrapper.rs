//! An object that wraps a list of records, `{"articles": [{…}, {…}]}`: where in its beginning the list begins.

/// A list of records inside an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrappedList {
    /// The byte after its bracket.
    pub start: usize,
    /// How many objects are open around it.
    pub objects: usize,
}

/// The list in the object that begins with `head`: the first of objects that is a member called one of `names`, or
/// such a member of a member so called, and so on for as many as `deepest` objects.
///
/// Nothing where there is none in `head`, which may break off anywhere.
pub fn list_in(head: &[u8], names: &[&str], deepest: usize) -> Option<WrappedList> {
    // The objects that lie on the way to a list are the outermost; `depth` counts what is open besides.
    let (mut way, mut depth) = (0, 0);
    let mut key: Option<&[u8]> = None;
    let mut at = 0;
    while let Some(&byte) = head.get(at) {
        let is_named = key.is_some_and(|key| names.iter().any(|name| name.as_bytes() == key));
        match byte {
            b'"' => {
                let text = text(head.get(at + 1..)?)?;
                at += text.len() + 1;
                key = Some(text).filter(|_| depth == way);
            }
            b',' if depth == way => key = None,
            b'{' | b'[' => {
                let on_the_way = depth == way && (way == 0 || is_named);
                if byte == b'[' && on_the_way && way > 0 && begins_with_an_object(&head[at + 1..]) {
                    return Some(WrappedList { start: at + 1, objects: way });
                }
                depth += 1;
                way += usize::from(byte == b'{' && on_the_way && way < deepest);
                key = None;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1).filter(|depth| *depth > 0)?;
                way = way.min(depth);
                key = None;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// What stands before the mark that ends a text, in the bytes after the mark that begins it.
fn text(bytes: &[u8]) -> Option<&[u8]> {
    let mut is_escaped = false;
    let end = bytes.iter().position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    })?;
    Some(&bytes[..end])
}

fn begins_with_an_object(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_list_of_records_is_found() {
        for (head, before) in [
            (r#"{"articles": [ {"a": 1}, "#, r#"{"articles": ["#),
            (
                r#"{"status": "articles", "n": [{"a": 1}], "items":[{"#,
                r#"{"status": "articles", "n": [{"a": 1}], "items":["#,
            ),
            (
                r#"{"x": {"items": [{}]}, "response": {"y": "}\"]", "docs": [{"#,
                r#"{"x": {"items": [{}]}, "response": {"y": "}\"]", "docs": ["#,
            ),
            (r#"{"items": [1, 2], "articles": [{"#, r#"{"items": [1, 2], "articles": ["#),
            (r#"{"data": {"a": 1}, "items": [{"#, r#"{"data": {"a": 1}, "items": ["#),
        ] {
            let list = list_in(head.as_bytes(), &["articles", "items", "response", "docs", "data"], 3);
            assert_eq!(list.map(|list| &head[..list.start]), Some(before), "{head}");
        }
        let deep = list_in(br#"{"data": {"response": {"docs": [{"#, &["response", "docs", "data"], 3);
        assert_eq!(deep.map(|list| list.objects), Some(3));
    }

    #[test]
    fn no_list_of_records() {
        for head in [
            r#"{"text": "[{", "b": [{"articles": [{"#,
            r#"{"articles": ["#,
            r#"{"articles": ["a", "b"], "#,
            r#"{"a": {"articles": [{"#,
            r#"{"data": {"data": {"data": {"data": [{"#,
            r#"{} {"articles": [{"#,
            r#"[{"articles": [{"#,
            r#""articles": [{"#,
            r#"{"articles"#,
            "}",
            "",
        ] {
            assert_eq!(list_in(head.as_bytes(), &["articles", "data"], 3), None, "{head}");
        }
    }
}
