use super::*;

const VALUES: Framing = Framing::Values { lists: &["articles", "response"], deepest: 3 };

fn all(text: &str, framing: Framing) -> Vec<String> {
    // A small buffer: records reach over its end.
    let mut records = Records::of(io::BufReader::with_capacity(7, text.as_bytes()), framing);
    let mut all = Vec::new();
    while let Some(Record { line, bytes, broken }) = records.next().unwrap() {
        let shown = broken.map_or_else(|| String::from_utf8(bytes).unwrap(), |why| why.to_string());
        all.push(if line > 0 { format!("{line} {shown}") } else { shown });
    }
    all
}

#[test]
fn objects_and_arrays() {
    assert_eq!(all(r#" {"a": {"b": "}\"{"}} "#, VALUES), [r#"{"a": {"b": "}\"{"}}"#]);
    assert_eq!(all("[\n{\"a\":1},\n{\"b\": [{}]} ]\n", VALUES), ["{\"a\":1}", "{\"b\": [{}]}"]);
    assert_eq!(all("{}{}\n{\"a\":", VALUES), ["{}", "{}", "is incomplete"]);
    assert_eq!(all("[1, \"{\", 2]", VALUES), [""; 0]);
    assert_eq!(all("", VALUES), [""; 0]);
}

#[test]
fn lines() {
    assert_eq!(
        all("{\"a\":1}\n\n {\"b\n{\"c\":2}\r\n", Framing::Lines),
        ["1 {\"a\":1}", "3 {\"b", "4 {\"c\":2}"].map(|s| s.replace("3 {", "3  {"))
    );
    assert_eq!(all("[\n{\"a\":1},\n{\"b\":2}\n]", Framing::Lines), ["2 {\"a\":1}", "3 {\"b\":2}"]);
}

#[test]
fn lines_are_distinguished_from_values() {
    assert!(is_by_lines(b"{\"a\": 1}\n{\"b\": 2}\n"));
    assert!(is_by_lines(b"\n{\"a\": {}}\n"));
    assert!(is_by_lines(b"{\"a\": 1\n{\"b\": 2}\n"));
    assert!(!is_by_lines(b"{\n\"a\": 1}\n"));
    assert!(!is_by_lines(b"[{\"a\": 1},\n{\"b\": 2}]"));
    assert!(!is_by_lines(b"{\"a\": 1}"));
    assert!(!is_by_lines(b"{\"articles\": [ \n{\"a\": 1},\n{\"b\": 2}]}"));
}

#[test]
fn oversized_record_is_skipped() {
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(LARGEST as usize));
    assert_eq!(all(&format!("{long}\n{{}}\n"), Framing::Lines), ["1 is larger than 16 MiB", "2 {}"]);
    assert_eq!(all(&format!("[{long},{{}}]"), VALUES), ["is larger than 16 MiB", "{}"]);
}
#[test]
fn list_in_an_object_too_long_for_one_record() {
    let long = "x".repeat(LARGEST as usize);
    let wrapped = |list: &str| {
        format!("[{{\"ok\": {{}}, \"response\": {{\"articles\": [{list}]}}, \"end\": {{}}}}, {{\"b\": 1}}]")
    };
    let huge = format!("{{\"a\": \"{long}\"}}");
    let all_of = |list: &str| all(&wrapped(list), VALUES);
    assert_eq!(
        all_of(&format!("{{\"c\": [{{}}]}}, [{{}}, 7], {huge}, \"]\", {{\"d\": 2}}")),
        ["{\"c\": [{}]}", "{}", "is larger than 16 MiB", "{\"d\": 2}", "{\"b\": 1}"]
    );
    // One that is short enough is one record.
    assert_eq!(all_of("{}").len(), 2);
    // One whose list is not among the first is too large, and so is one with no list.
    assert_eq!(all(&format!("{{\"a\": \"{long}\", \"articles\": [{{}}]}}"), VALUES), ["is larger than 16 MiB"]);
    for cut in [format!("{{\"articles\": [{{}}, {huge}"), format!("{{\"articles\": [{{}}, {huge}, ")] {
        let all = all(&cut, VALUES);
        assert_eq!((all[0].as_str(), all.last().unwrap().as_str()), ("{}", "is incomplete"));
    }
}
