use super::*;

fn told(text: &str) -> Vec<String> {
    parse(text).problems.iter().map(Problem::to_string).collect()
}

#[test]
fn colours_are_read_in_every_way_of_writing_them() {
    let written = parse(
        "base = \"dark\"\nground = \"#101014\"\ntext = \"default\"\ndim = 240\naccent = \"bright-red\"\nrule = \"bright_black\"\n\
         found-here = { fg = \"black\", bg = \"#FFcc00\", bold = true, underline = false }\nspeakers = [\"#ff0000\", 33, \"blue\"]\n\
         [headline]\nitalic = true\n",
    );
    assert_eq!(written.problems, []);
    assert_eq!(written.base, Some(("dark".to_owned(), (1, 8))));
    let said = |role| written.roles[&role];
    assert_eq!(said(Role::Ground), RoleStyle { bg: Some(ThemeColor::Rgb(0x10_10_14)), ..RoleStyle::default() });
    assert_eq!(said(Role::Text).fg, Some(ThemeColor::Default));
    assert_eq!(said(Role::Dim).fg, Some(ThemeColor::Indexed(240)));
    assert_eq!(said(Role::Accent).fg, Some(ThemeColor::Own(9)));
    assert_eq!(said(Role::Rule).fg, Some(ThemeColor::Own(8)));
    let found = RoleStyle {
        fg: Some(ThemeColor::Own(0)),
        bg: Some(ThemeColor::Rgb(0xff_cc_00)),
        bold: Some(true),
        underline: Some(false),
        ..RoleStyle::default()
    };
    assert_eq!(said(Role::FoundHere), found);
    assert_eq!(said(Role::Headline), RoleStyle { italic: Some(true), ..RoleStyle::default() });
    let speakers = [ThemeColor::Rgb(0xff_00_00), ThemeColor::Indexed(33), ThemeColor::Own(4)];
    assert_eq!(written.speakers.as_deref(), Some(&speakers[..]));
    assert_eq!(written.places["found_here"], (7, 1));
    assert_eq!(parse("speakers = []").speakers, Some(Vec::new()), "no colours");
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_rest_holds() {
    let colors = "no colour: say \"#rrggbb\", \"bright-red\", 16 to 255, \"default\"";
    let digits = "no colour · one is written \"#rrggbb\"";
    for (line, wanted) in [
        ("acent = \"red\"", "1:1: unknown role “acent” · did you mean accent?".to_owned()),
        ("speaker = []", "1:1: unknown role “speaker” · did you mean speakers?".to_owned()),
        ("accent = \"redd\"", "1:10: \"redd\" is no colour · did you mean red?".to_owned()),
        ("accent = \"#12345\"", format!("1:10: \"#12345\" is {digits}")),
        ("accent = \"#12é45\"", format!("1:10: \"#12é45\" is {digits}")),
        ("accent = \"#+12345\"", format!("1:10: \"#+12345\" is {digits}")),
        ("accent = \"rebeccapurple\"", format!("1:10: \"rebeccapurple\" is {colors}")),
        ("accent = 15", format!("1:10: 15 is {colors}")),
        ("accent = 256", format!("1:10: 256 is {colors}")),
        ("accent = -20", format!("1:10: -20 is {colors}")),
        (
            "accent = true",
            "1:10: accent is a colour or a table such as { fg = \"red\", bold = true }, not true".to_owned(),
        ),
        ("accent = { fgg = \"red\" }", "1:12: unknown part of a role “fgg” · did you mean fg?".to_owned()),
        ("accent = { bold = 1 }", "1:19: bold is true or false, not 1".to_owned()),
        ("accent = { dim = true }", "1:12: only dim, rule and link can be dim: elsewhere that means doubt".to_owned()),
        (
            "quotation = { reverse = true }",
            "1:15: text, quotation and code cannot be reversed: that means where one is".to_owned(),
        ),
        ("ground = { bold = true }", "1:12: the ground has colours only".to_owned()),
        ("base = 3", "1:8: base is the name of a theme, not 3".to_owned()),
        ("speakers = \"red\"", "1:12: speakers is a list of colours, not \"red\"".to_owned()),
        ("speakers = [\"red\", \"blu\"]", "1:20: \"blu\" is no colour · did you mean blue?".to_owned()),
    ] {
        let text = format!("{line}\nwarning = \"red\"\n");
        assert_eq!(told(&text), [wanted], "{line}");
        assert_eq!(parse(&text).roles[&Role::Warning].fg, Some(ThemeColor::Own(1)), "{line}: the rest");
    }
    let half = parse("speakers = [\"red\", \"blu\"]\naccent = { fg = \"blu\", bold = true }\n");
    assert_eq!(half.speakers.as_deref(), Some(&[ThemeColor::Own(1)][..]));
    assert_eq!(half.roles[&Role::Accent], RoleStyle { bold: Some(true), ..RoleStyle::default() });
    assert_eq!(parse("speakers = [\"blu\"]").speakers, None, "none that is right is not the wish for none");
}

#[test]
fn hostile_text_is_no_harm() {
    let deep = format!("accent = {}", "{fg=".repeat(50_000));
    let many = format!("speakers = [{}]", "\"#ffffff\",".repeat(100_000));
    let names: Vec<_> = (0..5_000).map(|number| format!("role{number} = \"red\"")).collect();
    let names = names.join("\n");
    for text in [deep.as_str(), &many, &names, "accent = ", "= 3", "\u{1}", "[accent", "\"\\u0007\" = \"red\""] {
        let written = parse(text);
        assert!(!written.problems.is_empty() && written.problems.len() <= 101, "{}", written.problems.len());
        assert!(written.problems.iter().all(|problem| !problem.message.chars().any(char::is_control)));
        assert!(written.speakers.is_none_or(|speakers| speakers.len() <= 64));
    }
}
