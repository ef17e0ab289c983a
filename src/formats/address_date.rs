//! What the address of an article says of its date: many publishers file articles by day.

use chrono::{Datelike, NaiveDate};
use url::Url;

use super::date::strict::{YEARS, day_at};

/// The months in addresses (`/2026/mar/14/`), in order.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day in the path of an address: `/2026/03/14/`, `/2026/3/4/`, `/2026/mar/14/` or `2026-03-14` at the start or the
/// end of a step. Eight digits in a row are as often the number of an article as a day, and count for nothing.
pub fn day(address: &str) -> Option<NaiveDate> {
    let url = Url::parse(address).ok()?;
    let steps: Vec<_> = url.path_segments()?.collect();
    let in_steps = steps.windows(3).find_map(|steps| date(steps[0], steps[1], steps[2]));
    in_steps.or_else(|| steps.iter().find_map(|step| written_out(step)))
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number =
        |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten();
    let year = number(year).filter(|_| year.len() == 4)? as i32;
    let named = || MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name)).map(|at| at as u32 + 1);
    let month = number(month).filter(|_| month.len() <= 2).or_else(named)?;
    let day = number(day).filter(|_| day.len() <= 2)?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year))
}

/// `2026-03-14` or `2026_03_14` with which a step of the path begins or ends, or that is all of it.
fn written_out(step: &str) -> Option<NaiveDate> {
    /// `2026-03-14`.
    const LENGTH: usize = 10;
    let step = step.split_once('.').map_or(step, |(name, _)| name);
    let is_marked = |text: &str| text.as_bytes().get(4).is_some_and(|mark| matches!(mark, b'-' | b'_'));
    let parse = |text: &str| Some(day_at(text).filter(|(_, length)| is_marked(text) && *length == LENGTH)?.0);
    let ends = || {
        let start = step.len().checked_sub(LENGTH)?;
        let is_apart = start == 0 || !step.as_bytes()[start - 1].is_ascii_digit();
        parse(step.get(start..).filter(|_| is_apart)?)
    };
    parse(step).or_else(ends).filter(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        let day = |path: &str| day(&format!("https://coast.example{path}")).map(|day| day.to_string());
        for (path, expected) in [
            ("/2026/03/14/bridge.html", Some("2026-03-14")),
            ("/news/2026/3/4/bridge", Some("2026-03-04")),
            ("/world/2026/Mar/14/bridge", Some("2026-03-14")),
            ("/news/2026-03-14-bridge", Some("2026-03-14")),
            ("/news/bridge-2026-03-14.html", Some("2026-03-14")),
            ("/news/2026_03_14", Some("2026-03-14")),
            ("/2026/03/bridge", None),
            ("/2026/13/14/bridge", None),
            ("/2026/02/30/bridge", None),
            ("/1234/03/14/bridge", None),
            ("/news/20260314", None),
            ("/a-12026-03-14", None),
            ("/?d=2026-03-14", None),
            ("/news/2026-03-145", None),
            ("/", None),
        ] {
            assert_eq!(day(path).as_deref(), expected, "{path}");
        }
        assert_eq!(super::day("mailto:2026/03/14"), None);
    }
}
