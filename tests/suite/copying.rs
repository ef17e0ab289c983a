//! `Y`: a quotation, whole, with its speaker and where it stands.

use pullquote::article::Article;
use pullquote::quotes::Findings;

use crate::sitting::{Sitting, article};

const SPLIT: &str = "{Mara Deniz: “She’d have wanted to know,”} the captain said, {+Mara Deniz: “what they were offering for the dog.”}";

fn ferry(paragraph: &str) -> (Article, Findings) {
    article(14, "A Ferry Line Nobody Wanted", &[paragraph])
}

/// What `Y` copies after these keys, where one article is open.
#[track_caller]
fn check(open: (Article, Findings), keys: &str, copied: &str) {
    let mut sitting = Sitting::new(80, 24, vec![open]);
    sitting.press("<enter>").press(keys).press("Y");
    assert_eq!(sitting.copied, [copied]);
    assert_eq!(sitting.notice().as_deref(), Some(format!("Copied: {copied}").as_str()));
}

const WHOLE: &str = "“She’d have wanted to know,” … “what they were offering for the dog.”";

#[test]
fn copy_takes_both_halves_of_a_split_quotation() {
    let copied = format!("{WHOLE} — Mara Deniz, A Ferry Line Nobody Wanted, Coast Wire, 14 March 2026");
    check(ferry(SPLIT), "n", &copied);
    check(ferry(SPLIT), "nn", &copied);
}

#[test]
fn copy_says_where_the_article_stands_as_far_as_is_known() {
    let mut open = ferry(SPLIT);
    open.0.url = Some("https://coast.example/ferry".to_owned());
    let end = "A Ferry Line Nobody Wanted, Coast Wire, 14 March 2026, https://coast.example/ferry";
    check(open, "n", &format!("{WHOLE} — Mara Deniz, {end}"));
    let mut open = ferry("{Mara Deniz: “It floats.”}");
    (open.0.dates.published, open.0.publisher) = (None, None);
    check(open, "n", "“It floats.” — Mara Deniz, A Ferry Line Nobody Wanted");
}

#[test]
fn copy_keeps_doubt_and_correction() {
    let mut open = ferry(SPLIT);
    open.1.quotations[1].confidence = 0.53;
    let end = "A Ferry Line Nobody Wanted, Coast Wire, 14 March 2026";
    check(open, "n", &format!("{WHOLE} — Mara Deniz?, {end}"));
    check(ferry("{Mara Deniz: “It floats.”}"), "nc<enter>", &format!("“It floats.” — Mara Deniz ✓, {end}"));
    check(ferry("{Mara Deniz: “It floats.”}"), "ncBo Carver<enter>", &format!("“It floats.” — Bo Carver ✓, {end}"));
    check(ferry("{?: “It floats.”}"), "n", &format!("“It floats.” — unattributed, {end}"));
    // Who corrects one half corrects the other.
    check(ferry(SPLIT), "ncBo Carver<enter>", &format!("{WHOLE} — Bo Carver ✓, {end}"));
}

#[test]
fn copy_takes_both_halves_in_the_timeline_too() {
    let mut open = ferry(SPLIT);
    open.1.quotations[0].confidence = 0.53;
    let mut sitting = Sitting::new(80, 24, vec![open]);
    let copied = format!("{WHOLE} — Mara Deniz?, A Ferry Line Nobody Wanted, Coast Wire, 14 March 2026");
    sitting.press("\"<down><enter>Y").press("jY");
    assert_eq!(sitting.copied, [copied.as_str(), &copied]);
}
