//! What stands beside a headline, and how days and times are written, as the user wishes.

use chrono::{NaiveDate, NaiveTime};
use pullquote::article::Published;
use pullquote::ui::Theme;

use crate::screens::{SIZES, check_sitting, drawn, shown};
use crate::sitting::{Sitting, article, three};

/// Three articles, one of them with tags, and one of another year.
fn tagged(width: u16, height: u16) -> Sitting {
    let mut articles = three();
    let (mut old, findings) = article(1, "Old Bridge, Old Quarrel", &["{Ines Okafor: “It was never safe,”} she said."]);
    old.dates.published = NaiveDate::from_ymd_opt(2019, 9, 28).map(Published::on);
    articles.push((old, findings));
    let mut sitting = Sitting::new(width, height, articles);
    sitting.press(":tag budget<enter>:tag harbour<enter>js<esc>");
    sitting
}

fn screen(sitting: &Sitting) -> String {
    shown(&drawn(sitting, &Theme::terminal()))
}

#[test]
fn rows_show_what_one_wishes() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let mut sitting = tagged(width, height);
        sitting.press(":set row=quotations,publisher<enter><esc>");
        check_sitting(&format!("row-chosen-{width}x{height}"), &sitting);
        sitting.press(":set row=none<enter><esc>");
        check_sitting(&format!("row-none-{width}x{height}"), &sitting);
        let plain = screen(&sitting);
        assert!(plain.contains('●') && plain.contains('★'), "what is unread and starred shows");
        assert!(!plain.contains("#budget") && (width >= 110 || !plain.contains(" Mar")), "{plain}");
    }
}

#[test]
fn usual_rows_are_the_default() {
    for (width, height) in SIZES {
        let mut sitting = tagged(width, height);
        let before = screen(&sitting);
        sitting.press(":set row=day,tags,publisher,speakers,quotations<enter>:set date-format=auto<enter><esc>");
        sitting.press("k");
        let mut other = tagged(width, height);
        assert_eq!(screen(&sitting), screen(other.press("k")));
        assert!(before.contains("#budget"));
    }
}

#[test]
fn every_order_of_parts_fits() {
    let parts = ["day", "tags", "publisher", "speakers", "quotations"];
    for (width, height) in [(30, 8), (60, 20), (80, 24), (120, 36)] {
        for first in parts {
            for second in parts.iter().filter(|second| **second != first) {
                let mut sitting = tagged(width, height);
                sitting.press(&format!(":set row={first},{second}<enter><esc>"));
                let screen = screen(&sitting);
                assert!(width < 56 || screen.contains("Harbour Bridge to"), "{first} {second}\n{screen}");
            }
        }
    }
}

#[test]
fn days_are_written_in_the_form_that_one_wishes() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let mut sitting = tagged(width, height);
        sitting.press(":set date-format=%d.%m.%Y<enter><esc>");
        check_sitting(&format!("date-list-{width}x{height}"), &sitting);
        sitting.press("g<enter>n");
        let read = screen(&sitting);
        assert!(read.contains("14.03.2026 · Coast Wire"), "{read}");
        sitting.press("T");
        check_sitting(&format!("date-timeline-{width}x{height}"), &sitting);
    }
}

#[test]
fn every_screen_has_the_form() {
    let mut sitting = tagged(120, 36);
    sitting.press(":set date_format=%Y/%m/%d<enter><esc>");
    for (keys, day) in [
        ("", "2026/03/14"),
        ("g<enter>nw", "2026/03/14"),
        (":clippings<enter>", "2026/03/14"),
        ("<esc><esc>\"<esc>OO", "2019/09/28"),
        ("<enter>", "2019/09/28 – 2026/03/14"),
    ] {
        let screen = screen(sitting.press(keys));
        assert!(screen.contains(day), "{keys}: {day}\n{screen}");
        for usual in ["14 Mar", "Saturday", "2026-03", "28 Sep"] {
            assert!(!screen.contains(usual), "{keys}: {usual}\n{screen}");
        }
    }
    // What is copied is written as ever.
    sitting.press("<esc><esc><esc>g<enter>nY");
    assert!(sitting.copied.last().unwrap().contains("14 March 2026"), "{:?}", sitting.copied);
}

/// What writes a day by itself would not follow the user's form.
#[test]
fn screens_write_days_in_one_way() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    let files = folder.read_dir().unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
    for path in files {
        let source = std::fs::read_to_string(&path).unwrap();
        assert!(!source.contains(".format("), "{} writes days or times by itself", path.display());
    }
}

#[test]
fn wide_days_leave_room_for_headlines() {
    for (width, height) in [(30, 8), (60, 20), (80, 24), (120, 36), (200, 50)] {
        let mut sitting = tagged(width, height);
        sitting.press(":set date-format=%A, %-d %B %Y<enter><esc>");
        let list = screen(&sitting);
        assert!(list.contains("Harbour"), "{list}");
        // Written in the usual form rather than cut.
        assert!(width != 60 || list.contains(" 14 Mar ●"), "{list}");
        assert!(screen(sitting.press("g<enter>nT")).contains("Ines Okafor"));
    }
}

#[test]
fn time_stands_in_the_head_of_an_article_where_it_is_known() {
    let mut articles = three();
    let day = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
    let time = NaiveTime::from_hms_opt(9, 5, 0).unwrap();
    articles[0].0.dates.published = Some(Published::at(day.and_time(time), None));
    let mut sitting = Sitting::new(80, 24, articles);
    sitting.press("<enter>");
    assert!(screen(&sitting).contains("Saturday 14 March 2026 · Coast Wire"));
    sitting.press(":set time-format=%H:%M<enter>");
    assert!(screen(&sitting).contains("Saturday 14 March 2026 09:05 · Coast Wire"), "{}", screen(&sitting));
    sitting.press("<esc>j<enter>");
    assert!(screen(&sitting).contains("Friday 13 March 2026 · Coast Wire"));
}

#[test]
fn wrong_values_are_told_and_change_nothing() {
    let mut sitting = tagged(120, 36);
    let before = screen(&sitting);
    for (line, why) in [
        ("date-format=%Q %d", "date-format: “%Q” is no part of a day, as %-d, %b, %m, %Y are"),
        ("time-format=%d", "time-format: “%d” is no part of a time, as %H, %M, %-I, %p are"),
        ("row=publishr", "“publishr” is no part of row · did you mean publisher?"),
        ("row=day,day", "row has day twice"),
        ("signs=asci", "“asci” is no value of signs · did you mean ascii?"),
        ("start=last", "start is read at the start: set it in the configuration"),
        ("folders=/srv", "folders is read at the start: set it in the configuration"),
    ] {
        sitting.press(&format!(":set {line}<enter>"));
        let told = screen(&sitting);
        assert!(told.contains(why), "{line}\n{told}");
        sitting.press("<esc>");
    }
    assert_eq!(screen(sitting.press("<esc>")), before);
}

#[test]
fn mouse_is_given_and_taken_at_once() {
    let mut sitting = Sitting::new(80, 24, three());
    sitting.press(":set mouse=false<enter>:set mouse=false<enter>:set mouse&<enter>");
    let asked: Vec<_> = sitting.asked.iter().map(|effect| format!("{effect:?}")).collect();
    assert_eq!(asked, ["Screen(Mouse { is_on: false })", "Screen(Mouse { is_on: true })"]);
}
