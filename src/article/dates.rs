//! When an article was published, when it was first seen, and the day under which it stands.

use std::cmp::Reverse;

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use super::{ArticleId, DateKey, DateSource, Published};

/// What is known of when an article appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// When it was published, where it says so.
    pub published: Option<Published>,
    /// Where that comes from.
    pub source: DateSource,
    /// When it was first seen, where it is an entry of a feed.
    pub seen: Option<DateTime<Utc>>,
}

/// The day and time under which an article stands in lists, in the user's own time zone. Earlier ones come first; a day
/// alone comes before any time of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The day.
    pub day: NaiveDate,
    /// The time of that day.
    pub time: Option<NaiveTime>,
    /// Whether it is when the article was first seen, not when it was published.
    pub is_seen: bool,
}

impl Listed {
    /// What is said beside a day that is not that of publication.
    pub fn note(self) -> Option<&'static str> {
        self.is_seen.then_some("first seen")
    }
}

/// What the order of every list rests on: newest first, those without a date last, then by headline.
pub type ListKey<Text> = (Reverse<Option<Listed>>, Text, ArticleId);

/// That of the article with this headline.
pub fn list_key<Text>(listed: Option<Listed>, headline: Text, id: ArticleId) -> ListKey<Text> {
    (Reverse(listed), headline, id)
}

impl Dates {
    /// What only the date of publication is known of.
    pub fn published(published: Option<Published>, source: DateSource) -> Self {
        Self { published, source, seen: None }
    }

    /// What is known of an article that has come again with other dates: when it was first seen stays, and its date where it comes
    /// from elsewhere without one.
    #[must_use]
    pub fn known_besides(self, come: Self, is_same_place: bool) -> Self {
        let seen = self.seen.or(come.seen);
        if come.published.is_none() && !is_same_place { Self { seen, ..self } } else { Self { seen, ..come } }
    }

    /// The moment, in milliseconds, at which an entry is first seen that came in an answer of this time at this place: the
    /// first is the last to be seen, as feeds have the newest on top.
    pub fn seen_in_answer(at: DateTime<Utc>, place: usize) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(at.timestamp_millis() - place as i64)
    }

    /// Under which day and time it stands: its date, or when it was first seen, where it has none or one that is more
    /// than a day later than that.
    pub fn listed(&self) -> Option<Listed> {
        self.listed_in(&Local)
    }

    /// The same in a zone.
    fn listed_in(&self, zone: &impl TimeZone) -> Option<Listed> {
        if let Some(published) = self.believed() {
            let (day, time) = published.in_zone(zone);
            return Some(Listed { day, time, is_seen: false });
        }
        let seen = self.seen?.with_timezone(zone).naive_local();
        Some(Listed { day: seen.date(), time: Some(seen.time()), is_seen: true })
    }

    /// When it was first seen, in the user's own time zone.
    pub fn first_seen(&self) -> Option<NaiveDateTime> {
        Some(self.seen?.with_timezone(&Local).naive_local())
    }

    /// The moment by which it stands among others, in UTC: that of [`Dates::listed`].
    pub fn moment(&self) -> Option<NaiveDateTime> {
        self.believed().map(Published::moment).or_else(|| Some(self.seen?.naive_utc()))
    }

    /// The day and minute of [`Dates::listed`] as one number.
    pub fn key(&self) -> Option<DateKey> {
        self.believed().map(Published::key).or_else(|| Some(DateKey::of_moment(self.seen?.naive_utc())))
    }

    /// The day of publication that a person reads, in the user's own time zone; `None` also where the date cannot be.
    pub fn day(&self) -> Option<NaiveDate> {
        Some(self.believed()?.in_zone(&Local).0)
    }

    /// The date of publication, unless that cannot be: it is more than a day later than when the article was seen.
    fn believed(&self) -> Option<Published> {
        let latest = self.seen.map(|seen| seen.naive_utc() + TimeDelta::days(1));
        self.published.filter(|published| latest.is_none_or(|latest| published.moment() <= latest))
    }

    /// The name of where the date comes from, for data: "none" where there is no date.
    pub fn source_name(&self) -> &'static str {
        if self.published.is_some() { self.source.name() } else { "none" }
    }

    /// The day under which it stands, for a person: "14 March 2026", "14 March 2026 (from the file name)", "14 March 2026
    /// (first seen)", "no date". The day is written in `form` (see [`chrono::format::strftime`]).
    pub fn in_words(&self, form: &str) -> String {
        self.in_forms(form, "%-d %B %Y")
    }

    /// The same; a day of publication beside the one under which it stands is written in `form_beside`.
    pub fn in_forms(&self, form: &str, form_beside: &str) -> String {
        let Some(listed) = self.listed() else { return "no date".to_owned() };
        let dated = self.published.map(|published| published.in_zone(&Local).0);
        let note = match (listed.note(), dated) {
            (Some(seen), Some(day)) => Some(format!("{seen}; dated {}", day.format(form_beside))),
            (seen, _) => seen.or(self.source.note()).map(str::to_owned),
        };
        format!("{}{}", listed.day.format(form), note.map_or_else(String::new, |note| format!(" ({note})")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    fn dates(published: &str, seen: &str) -> Dates {
        let moment = || DateTime::parse_from_rfc3339(published).ok().map(Published::from);
        let local = || Some(Published::at(published.parse().ok()?, None));
        let day = || published.parse().ok().map(Published::on);
        Dates { published: moment().or_else(local).or_else(day), source: DateSource::Article, seen: seen.parse().ok() }
    }

    /// Under which day and time it stands, so many hours ahead of UTC.
    fn listed(published: &str, seen: &str, hours: i32) -> String {
        let zone = FixedOffset::east_opt(hours * 3600).unwrap();
        let listed = dates(published, seen).listed_in(&zone);
        listed.map_or_else(String::new, |listed| {
            let time = listed.time.map_or_else(String::new, |time| time.format(" %H:%M").to_string());
            format!("{}{time}{}", listed.day, if listed.is_seen { " seen" } else { "" })
        })
    }

    #[test]
    fn moment_stands_under_the_day_of_who_reads() {
        assert_eq!(listed("2024-03-05T23:30:00-05:00", "", -5), "2024-03-05 23:30");
        assert_eq!(listed("2024-03-05T23:30:00-05:00", "", -10), "2024-03-05 18:30");
        assert_eq!(listed("2024-03-05T23:30:00-05:00", "", 9), "2024-03-06 13:30");
    }

    #[test]
    fn day_alone_and_midnight_stand_under_the_day_that_is_written() {
        for hours in [-10, -5, 0, 1, 9, 13] {
            assert_eq!(listed("2024-03-05", "", hours), "2024-03-05");
            assert_eq!(listed("2022-11-07T00:00:00+01:00", "", hours), "2022-11-07 00:00");
            assert_eq!(listed("2022-11-07T00:00:00Z", "", hours), "2022-11-07 00:00");
            assert_eq!(listed("2022-11-07T23:30:00", "", hours), "2022-11-07 23:30");
        }
    }

    #[test]
    fn entry_without_a_date_stands_where_it_was_first_seen() {
        assert_eq!(listed("", "2026-11-26T22:30:00Z", 0), "2026-11-26 22:30 seen");
        assert_eq!(listed("", "2026-11-26T22:30:00Z", 9), "2026-11-27 07:30 seen");
        assert_eq!(listed("", "", 0), "");
    }

    #[test]
    fn date_to_come_is_not_believed() {
        assert_eq!(listed("2064-02-06T07:28:16+01:00", "2026-11-26T22:30:00Z", 0), "2026-11-26 22:30 seen");
        assert_eq!(listed("2026-11-27T22:00:00Z", "2026-11-26T22:30:00Z", 0), "2026-11-27 22:00");
        // Without a time at which it was seen there is nothing to hold it against.
        assert_eq!(listed("2064-02-06", "", 0), "2064-02-06");
    }

    #[test]
    fn dates_in_words() {
        let said = |published, seen| dates(published, seen).in_words("%-d %B %Y");
        assert_eq!(said("2026-03-14", ""), "14 March 2026");
        assert_eq!(said("", "2026-11-26T12:00:00Z"), "26 November 2026 (first seen)");
        assert_eq!(said("2064-02-06", "2026-11-26T12:00:00Z"), "26 November 2026 (first seen; dated 6 February 2064)");
        let named = Dates { source: DateSource::Name, ..dates("2026-03-14", "") };
        assert_eq!(named.in_words("%-d %B"), "14 March (from the file name)");
        assert_eq!(said("", ""), "no date");
    }
}
