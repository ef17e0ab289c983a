//! Narrowing a timeline as one types, the sentences around fragments, and its years.

use chrono::NaiveDate;
use pullquote::app::{Effect, Exported, PeopleJob, SaidBlock, TimelineAreas};
use pullquote::article::{Article, Published};
use pullquote::quotes::{Findings, QuotationKind, SpeakerCorrection};
use pullquote::user::UserAction;

use crate::sitting::{Sitting, article};

/// Four articles of three years in which Ed Roe speaks: whole sentences, a fragment, and once without much confidence.
pub fn years() -> Vec<(Article, Findings)> {
    let mut all = vec![
        article(14, "Harbour Bridge to Close", &["{Ed Roe: “The bridge is tired of us all,”} said Ed Roe."]),
        article(
            13,
            "Ferry Line Opens",
            &[
                "Nobody asked him twice. Mr. Roe called the plan for the new ferry line {Ed Roe: “optimistic”} at best, and \
               left before the music began.",
            ],
        ),
        article(12, "Trams at Night", &["{Ed Roe: “They will run until two in the morning,”} he said."]),
        article(11, "A Street of Lindens", &["{Ed Roe: “I planted the first of them myself,”} he said."]),
    ];
    for (at, year) in [(0, 2026), (1, 2026), (2, 2024), (3, 2019)] {
        all[at].0.dates.published = NaiveDate::from_ymd_opt(year, 3, 14 - at as u32).map(Published::on);
    }
    all[2].0.publisher = Some("Evening Post".to_owned());
    all[1].1.quotations[0].kind = QuotationKind::Fragment;
    all[2].1.quotations[0].confidence = 0.53;
    all
}

fn opened(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::new(width, height, years());
    sitting.press("\"<enter>");
    sitting
}

/// The first word of each headline that is listed.
fn listed(sitting: &Sitting) -> String {
    let timeline = sitting.app.views().timeline().unwrap();
    let said = (0..timeline.len()).filter_map(|at| timeline.at(at));
    let words = said.filter_map(|said| said.within.headline.split_whitespace().next());
    words.collect::<Vec<_>>().join(" ")
}

fn selected(sitting: &Sitting) -> &str {
    let said = sitting.app.views().timeline().unwrap().selected();
    said.map_or("nothing", |said| said.within.headline.split_whitespace().next().unwrap())
}

#[test]
fn timeline_is_narrowed_as_one_types() {
    for (typed, wanted) in [
        ("", "Harbour Ferry Trams A"),
        ("optim", "Ferry"),
        ("music", "Ferry"),
        ("said:music", ""),
        ("said:until", "Trams"),
        ("linden", "A"),
        ("-he", "Harbour Ferry"),
        ("\"until two\" OR tired", "Harbour Trams"),
        ("kind:fragment", "Ferry"),
        ("kind:speech", "Harbour Trams A"),
        ("kind:speech -is:doubtful", "Harbour A"),
        ("is:doubtful", "Trams"),
        ("is:corrected", ""),
        ("confidence:<0.8", "Trams"),
        ("conf:<80%", "Trams"),
        ("confidence:>=90", "Harbour Ferry A"),
        ("source:post", "Trams"),
        ("title:bridge", "Harbour"),
        ("after:2024", "Harbour Ferry Trams"),
        ("before:2024", "A"),
        ("on:2024", "Trams"),
        ("on:2026-03", "Harbour Ferry"),
        ("on:2026-03-13", "Ferry"),
        ("-on:2026", "Trams A"),
        ("on:yesterday", "Harbour"),
        ("after:2w", "Harbour Ferry"),
        ("/tired|left/", "Harbour Ferry"),
        ("(ferry OR trams) -on:2024", "Ferry"),
    ] {
        let mut sitting = opened(120, 36);
        sitting.press("/").press(&typed.replace('<', "<lt>"));
        assert_eq!(listed(&sitting), wanted, "{typed}");
    }
}

#[test]
fn selected_quotation_stays_selected_else_the_next_is() {
    let mut sitting = opened(80, 24);
    sitting.press("jj/he");
    assert_eq!(selected(&sitting), "Trams");
    sitting.press("<c-u>bridge");
    assert_eq!(selected(&sitting), "Harbour", "none comes after it");
    sitting.press("<esc>");
    assert_eq!(listed(&sitting), "Harbour", "it stays narrowed");
    sitting.press("<esc>");
    assert_eq!((listed(&sitting).as_str(), selected(&sitting)), ("Harbour Ferry Trams A", "Harbour"));
    sitting.press("/is:doubtful<enter>/");
    assert_eq!(sitting.app.prompt().unwrap().typed(), "is:doubtful", "it is edited");
}

#[test]
fn what_is_wrong_is_said_with_the_nearest_right_word() {
    for (typed, wanted) in [
        ("kind:fragmnt ", "unknown value kind:fragmnt · did you mean kind:fragment?"),
        ("is:doubtfull ", "unknown value is:doubtfull · did you mean is:doubtful?"),
        (
            "speaker:roe ",
            "unknown field speaker: · kind: is: confidence: said: reported: title: source: after: before: on:",
        ),
        ("sorce:wire ", "unknown field sorce: · did you mean source:?"),
        ("confidence:0.8 ", "unknown value confidence:0.8 · confidence: needs a limit, e.g. confidence:<0.8"),
        ("confidence:<", "confidence: needs a limit, e.g. confidence:<0.8"),
        ("on:soon ", "on:soon is not a date · on: needs a day, e.g. 2026-03, 7d, 2w, yesterday"),
    ] {
        let mut sitting = opened(120, 36);
        sitting.press("/").press(&typed.replace('<', "<lt>"));
        let hints = sitting.app.prompt().unwrap().hints(&sitting.app);
        assert_eq!(hints[0].text, wanted, "{typed}");
        let is_whole = typed.ends_with(' ');
        assert_eq!(listed(&sitting).is_empty(), is_whole, "while it may become right, it asks for nothing: {typed}");
    }
}

#[test]
fn gestures_are_about_what_is_listed() {
    let mut sitting = opened(120, 36);
    sitting.press("/is:doubtful<enter>+");
    assert_eq!((listed(&sitting).as_str(), selected(&sitting)), ("", "nothing"), "there is no doubt any more");
    let trams = sitting.written().into_iter().find_map(|action| match action {
        UserAction::Corrected { article, after: Some(SpeakerCorrection::Speaker(name)), .. } => Some((article, name)),
        _ => None,
    });
    assert_eq!(trams.map(|(_, name)| name).as_deref(), Some("Ed Roe"));
    sitting.press("i");
    assert!(sitting.app.views().card().is_none(), "there is nothing to explain");
    sitting.press("U");
    assert_eq!(listed(&sitting), "Trams");
    sitting.press("w");
    assert_eq!(
        sitting.app.user().state().clippings.values().map(|kept| &*kept.headline).collect::<Vec<_>>(),
        ["Trams at Night"]
    );
    sitting.press("<c-u><esc>/lindens<enter>W");
    sitting.press("by hand<enter>");
    assert_eq!(sitting.app.user().state().clippings.len(), 2);
    sitting.press("<enter>");
    assert_eq!(sitting.app.reader().unwrap().article.headline(), "A Street of Lindens");
    sitting.press("q");
    assert_eq!(listed(&sitting), "A");
    sitting.press("O");
    assert_eq!(listed(&sitting), "A", "in the other order, too");
}

#[test]
fn only_what_is_listed_is_exported() {
    let mut sitting = opened(120, 36);
    sitting.press("/kind:speech on:2026<enter>E");
    sitting.asked.clear();
    let accept = pullquote::app::Command::Accept;
    let effects = sitting.app.command(accept);
    let narrowed = effects.iter().find_map(|effect| match effect {
        Effect::People(PeopleJob::Export { what: Exported::Said { narrowed, .. }, .. }) => Some(narrowed),
        _ => None,
    });
    let timeline = sitting.app.views().timeline().unwrap();
    let fits = |said: &&pullquote::catalog::Said| said.fits(&said.folded(), narrowed.unwrap());
    let exported: Vec<_> = timeline.said().iter().filter(fits).map(|said| &*said.within.headline).collect();
    assert_eq!(exported, ["Harbour Bridge to Close"]);
    let mut sitting = opened(120, 36);
    assert_eq!(sitting.refused("/zeppelin<enter>E").as_deref(), Some("No quotations to export"));
}

#[test]
fn filter_holds_while_more_comes() {
    let mut sitting = Sitting::new(120, 36, years());
    sitting.press("\"<esc>");
    sitting.slow = true;
    sitting.press("<enter>/ferry OR lindens<enter>");
    assert_eq!(listed(&sitting), "");
    sitting.slow = false;
    for effect in std::mem::take(&mut sitting.waiting) {
        sitting.answer(effect);
    }
    assert_eq!(listed(&sitting), "Ferry A");
}

/// What is shown of the quotation at this place, that which was said in brackets.
fn shown(sitting: &Sitting, at: usize) -> String {
    let area = TimelineAreas::of(sitting.app.panes().people.unwrap(), None);
    let shown = sitting.app.views().timeline().unwrap().shown(at, area.words.width).unwrap();
    let mut text = shown.text.into_owned();
    for span in shown.quoted.iter().rev() {
        text.insert(span.end, ']');
        text.insert(span.start, '[');
    }
    text
}

#[test]
fn fragment_stands_in_its_sentence() {
    let mut sitting = opened(80, 24);
    let sentence =
        "Mr. Roe called the plan for the new ferry line [“optimistic”] at best, and left before the music began.";
    assert_eq!(shown(&sitting, 1), sentence);
    assert_eq!(shown(&sitting, 0), "[“The bridge is tired of us all,”]");
    sitting.press("v");
    assert_eq!(shown(&sitting, 0), "[“The bridge is tired of us all,”] said Ed Roe.");
    sitting.press("v");
    assert_eq!(shown(&sitting, 0), "[“The bridge is tired of us all,”]");
}

#[test]
fn nothing_of_a_sentence_is_cut_without_a_sign() {
    let before = "which was longer than anyone had thought it could be ".repeat(9);
    let after = " and which went on as if nobody would ever come to its end".repeat(9);
    let words = format!("He said the list, {before}was {{Ed Roe: “optimistic”}}{after}.");
    let mut one = article(14, "A List", &[&words]);
    one.1.quotations[0].kind = QuotationKind::Fragment;
    for (width, height) in [(120, 36), (60, 20), (30, 8)] {
        let mut sitting = Sitting::new(width, height, vec![one.clone()]);
        sitting.press("\"<enter>");
        let text = shown(&sitting, 0);
        assert!(text.starts_with('…') && text.contains(" was [“optimistic”] and ") && text.ends_with('…'), "{text}");
        let timeline = sitting.app.views().timeline().unwrap();
        let area = sitting.app.panes().people.unwrap();
        let rows = timeline.layout(area).into_iter().find_map(|placed| match placed.block {
            SaidBlock::Words(_, rows) => Some(rows),
            _ => None,
        });
        let shown = timeline.shown(0, TimelineAreas::of(area, None).words.width).unwrap();
        assert!(rows.unwrap().last().unwrap().end >= shown.quoted[0].end, "what was said is on the screen");
    }
}

#[test]
fn years_stand_where_they_change() {
    let years = |sitting: &Sitting| {
        let timeline = sitting.app.views().timeline().unwrap();
        let placed = timeline.layout(sitting.app.panes().people.unwrap());
        let year = |block: SaidBlock| if let SaidBlock::Year(at) = block { timeline.begun_year(at) } else { None };
        placed.into_iter().filter_map(|placed| year(placed.block)).collect::<Vec<_>>()
    };
    for (width, height) in [(120, 36), (60, 24)] {
        let mut sitting = opened(width, height);
        assert_eq!(years(&sitting), [2026, 2024, 2019]);
        sitting.press("O");
        assert_eq!(years(&sitting), [2019, 2024, 2026]);
        sitting.press("/bridge OR lindens<enter>");
        assert_eq!(years(&sitting), [2019, 2026]);
    }
    let mut sitting = Sitting::new(120, 36, crate::sitting::three());
    sitting.press("\"<enter>");
    assert!(years(&sitting).is_empty(), "in one year there is nothing to group");
}
