//! The date of publication among the dates that stand on a page.
//!
//! A page shows many: of other articles, of comments, of the last change, of today. Each is kept with where it stands; when
//! the whole page is known, the one counts that says that it is that of the publication, else the nearest to the headline.

use std::ops::Range;

use chrono::{TimeDelta, Timelike};

use super::microdata::Scope;
use super::naming::{Naming, words_of};
use super::tokens::Attributes;
use crate::article::Published;
use crate::formats::date::labels::{self, is_other};
use crate::formats::date::lenient::{self, Order};
use crate::formats::date::line::{self, Beside};
use crate::formats::date::names::is_weekday;
use crate::formats::date::search::dates_in;

/// How long a line with a date is that says when something was published, in bytes, the date left out.
const LONGEST_LINE: usize = 70;

/// How much of a longer line is looked at: an article may begin with "Press release of 3 May 2026".
const LOOKED_AT: usize = 3 * LONGEST_LINE;

/// How many bytes before a date may say what it is the date of.
const LABEL: usize = 30;

/// How many bytes of text may stand between a headline and such a line, and one whose element is named after a date.
const NEAR: usize = 300;
const NEAR_NAMED: usize = 1500;

/// Whether a word in the names of an element says that it holds a date.
fn is_name(word: &str) -> bool {
    matches!(
        word,
        "date"
            | "datum"
            | "fecha"
            | "publishing"
            | "posted"
            | "timestamp"
            | "time"
            | "created"
            | "datetime"
            | "dateline"
            | "released"
            | "erstellt"
            | "veroeffentlicht"
            | "uploaded"
            | "calendar"
    )
}

/// That it holds the date of publication.
fn is_stated(word: &str) -> bool {
    matches!(word, "datepublished" | "pubdate" | "published" | "publish" | "publication")
}

/// That of a change.
fn is_change(word: &str) -> bool {
    matches!(word, "updated" | "modified" | "edited" | "changed" | "lastmod")
}

/// Another one.
fn is_other_name(word: &str) -> bool {
    matches!(
        word,
        "update"
            | "modify"
            | "expires"
            | "event"
            | "birth"
            | "today"
            | "current"
            | "now"
            | "clock"
            | "comment"
            | "copyright"
            | "countdown"
            | "runtime"
    )
}

/// How a date says that it is that of the publication, from the surest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSign {
    /// Its element does (`itemprop="datePublished"`).
    Stated,
    /// The words before it do.
    Label,
    /// Its element is named after a date.
    Name,
    /// It stands in `<time>`.
    Time,
    /// It stands in a line that is nothing else.
    Line,
    /// It stands in a line that says something else too: it is no date of publication, but shows what time it is there.
    Clock,
}

/// A date that stands on a page.
#[derive(Debug)]
pub struct FoundDate {
    /// Where it, or its element, stands in the text of the page, in bytes.
    place: Range<usize>,
    sign: DateSign,
    /// Whether nothing else stands in its line, or a bar parts it from that.
    is_alone: bool,
    /// Whether its label says no more than "date".
    says_date: bool,
    published: Published,
    scope: Scope,
}

impl FoundDate {
    /// How many bytes of the page's text stand before it.
    pub const fn at(&self) -> usize {
        self.place.start
    }

    /// Whether something says that it is that of a publication, if only its line.
    pub fn is_of_publication(&self) -> bool {
        self.sign < DateSign::Clock
    }

    /// Whether it is so even in what tells of an event: words say so, or its time is that of a clock.
    pub fn is_sure(&self) -> bool {
        self.sign <= DateSign::Label && !self.says_date || self.is_of_publication() && is_of_clock(self.published)
    }

    /// The same date, in microdata of this.
    pub fn at_scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// In microdata of what it stands.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether nothing does but its line.
    pub fn is_line(&self) -> bool {
        self.sign >= DateSign::Line
    }
}

/// The date in an element that its attributes or its words hold: the text from `start` to the end of `text`.
pub fn in_element(
    text: &str,
    start: usize,
    sign: DateSign,
    stated: Option<Published>,
    order: Order,
) -> Option<FoundDate> {
    let end = start + text[start..].trim_end().len();
    let words = text[start..end].trim_start();
    let is_of_publication = |(range, _): &(Range<usize>, Published)| {
        let is_said = sign == DateSign::Stated || !line::tells_event(&words[..range.start]);
        is_said && !is_other(&words[..range.start])
    };
    let first = || {
        let dates = if words.len() <= LOOKED_AT { dates_in(words, order) } else { Vec::new() };
        dates.into_iter().find(is_of_publication).map(|(_, published)| published)
    };
    let published = stated.or_else(first)?;
    let before = &text[text.floor_char_boundary(start.saturating_sub(LABEL))..start];
    // A label may stand in a line of its own.
    let (above, own) = before.rsplit_once('\n').unwrap_or(("", before));
    let own = if own.is_empty() && above.ends_with(':') { above } else { own };
    (!is_other(own)).then_some(FoundDate {
        place: start..end,
        sign,
        is_alone: false,
        says_date: false,
        published,
        scope: Scope::default(),
    })
}

/// The dates in the line that begins at `start` and ends with `text`, if it is one that says when something was published.
pub fn in_line(text: &str, start: usize, order: Order) -> Vec<FoundDate> {
    let line = text[start..].trim_end();
    let looked_at = &line[..line.floor_char_boundary(LOOKED_AT)];
    if !looked_at.contains(char::is_numeric) {
        return Vec::new();
    }
    let dates = dates_in(looked_at, order);
    let length: usize = dates.iter().map(|(range, _)| range.len()).sum();
    let is_bare = is_bare(line, &dates);
    let mut before = None;
    dates
        .into_iter()
        .filter_map(|(range, published)| {
            let at = start + range.start;
            // A label may stand in a line of its own, but none that has another date.
            let from = before.replace(start + range.end).unwrap_or_else(|| {
                let from = text.floor_char_boundary(start.saturating_sub(LABEL));
                text[from..start].rfind(|c: char| c.is_ascii_digit()).map_or(from, |digit| from + digit + 1)
            });
            let label = text[from..at].to_lowercase();
            let after = &line[range.end..];
            let is_labelled = labels::of_publication(&label).and_then(|(stands_at, rest, says_date)| {
                // What the line before says otherwise is nothing to this one.
                let leads = leads_to_date(rest);
                let is_own = (leads || !rest.contains('\n')).then_some(leads)?;
                let words = label[..stands_at].rsplit('\n').next().unwrap_or_default().chars().count();
                let line = text[from..at].rsplit('\n').next().unwrap_or_default();
                let before = &line[..line.char_indices().nth(words).map_or(0, |(at, _)| at)];
                let is_prose = says_date && line::after(after) == Beside::Prose
                    || line::has_words_of_prose(before, 1)
                    || line::tells_event(before);
                Some((is_own && !is_prose, says_date))
            });
            let says_date = is_labelled.is_some_and(|(_, says_date)| says_date);
            let is_short = line.len() - length <= LONGEST_LINE;
            let sign = match (is_labelled.map(|(is_labelled, _)| is_labelled), is_short) {
                (Some(true), true) => DateSign::Label,
                (Some(true), false) if range.start <= LONGEST_LINE => DateSign::Name,
                (None, true) if is_bare => DateSign::Line,
                (None, true) if published.time.is_some() => DateSign::Clock,
                _ => return None,
            };
            let is_alone = line.len() - length <= 2 || is_bare && line.contains(['|', '·', '•']);
            let place = at..start + range.end;
            (!is_other(&label)).then_some(FoundDate {
                place,
                sign,
                is_alone,
                says_date,
                published,
                scope: Scope::default(),
            })
        })
        .collect()
}

/// Whether what stands between a label and a date, in small letters, leads from the one to the other: "Published on", "Posted:
/// Sunday", and not "Published works".
fn leads_to_date(after: &str) -> bool {
    /// Words that lead there have no more letters than these ("on", "le", "den", "há"), these apart.
    const LONGEST: usize = 3;
    const LONGER: [&str; 5] = ["date", "datum", "dnia", "online", "time"];
    // The label may be the stem of a word.
    let after = after.trim_start_matches(char::is_alphabetic);
    let next = after.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', ':']);
    !after.starts_with(char::is_whitespace)
        || next.chars().filter(|c| c.is_alphabetic()).count() <= LONGEST
        || LONGER.contains(&next)
        || is_weekday(next)
}

/// Whether a line is nothing but its date, with what belongs to one; or that, and then the date of a change.
fn is_bare(line: &str, dates: &[(Range<usize>, Published)]) -> bool {
    /// How many words of any kind may stand beside a time of day; they may be the name of an author.
    const MOST: usize = 2;
    let is_bare = |before, after| line::before(before) != Beside::Prose && line::after(after) != Beside::Prose;
    match dates {
        // "3 March 2026 – 5 May 2026" may be taken for one.
        [(range, _)] if line[range.clone()].contains(['–', '—']) || line[range.clone()].contains(" - ") => false,
        [(range, published)] => {
            let (before, after) = (&line[..range.start], &line[range.end..]);
            let words = before.split_whitespace().chain(after.split_whitespace()).count();
            is_bare(before, after) || is_of_clock(*published) && words <= MOST && !line::tells_event(before)
        }
        [(range, _), (next, _)] => is_other(&line[range.end..next.start]) && is_bare(&line[..range.start], ""),
        _ => false,
    }
}

/// Whether it has a time at which no event begins: a minute that is no fifth, or seconds.
fn is_of_clock(published: Published) -> bool {
    published.time.is_some_and(|time| !time.minute().is_multiple_of(5) || time.second() > 0)
}

/// Takes away the dates whose elements stand in a sentence, or in the notice of an event: in the line that begins at `start`
/// and ends with `text`.
pub fn drop_in_prose(found: &mut Vec<FoundDate>, text: &str, start: usize) {
    /// A sentence has more words than these beside a date.
    const FEWEST: usize = 10;
    let is_in = |date: &FoundDate| matches!(date.sign, DateSign::Time | DateSign::Name) && date.at() >= start;
    if !found.iter().any(is_in) {
        return;
    }
    let line = text[start..].trim_end();
    let is_sentence = line.ends_with(['.', '!', '?', '”', '"', '。']);
    let is_long = line.split_whitespace().nth(FEWEST).is_some();
    found.retain(|date| {
        if !is_in(date) {
            return true;
        }
        let (before, after) = (&text[start..date.at()], text[date.place.end..].trim_end());
        let own = before.rsplit(['|', '·', '•']).next().unwrap_or(before);
        let is_prose = is_sentence && (is_long && date.sign == DateSign::Time || line::has_words_of_prose(own, 1))
            || line::tells_event(own)
            || date.published.time.is_some() && line::names_place(after);
        !is_prose
    });
}

/// The date that an element says is that of the publication: the nearest to the headline, which stands at `headline`.
pub fn stated(found: &[FoundDate], headline: Option<&Range<usize>>) -> Option<Published> {
    let stated = found.iter().filter(|found| found.sign == DateSign::Stated);
    stated.min_by_key(|found| headline.map_or(0, |place| distance(place, found.at()))).map(|found| found.published)
}

/// The date right beside the headline whose label or element says that it is one.
pub fn beside(found: &[FoundDate], headline: &Range<usize>) -> Option<Published> {
    let beside = found.iter().filter(|found| found.sign < DateSign::Line && distance(headline, found.at()) <= NEAR);
    beside.min_by_key(|found| distance(headline, found.at())).map(|found| found.published)
}

/// The date that stands near the headline.
fn near(found: &[FoundDate], headline: &Range<usize>) -> Option<Published> {
    let near = found.iter().filter_map(|found| {
        let far = distance(headline, found.at());
        let (most, handicap) = match found.sign {
            DateSign::Stated | DateSign::Label => (NEAR_NAMED, 0),
            DateSign::Name | DateSign::Time => (NEAR_NAMED, NEAR / 3),
            DateSign::Line => (NEAR, NEAR),
            DateSign::Clock => return None,
        };
        (far <= most).then_some((far.saturating_add(handicap), found.published))
    });
    near.min_by_key(|(far, _)| *far).map(|(_, published)| published)
}

/// The date that stands near the headline, or that alone stands on the page.
pub fn shown(found: &[FoundDate], headline: Option<&Range<usize>>) -> Option<Published> {
    headline
        .and_then(|place| near(found, place))
        .or_else(|| labelled(found, headline?))
        .or_else(|| only(found.iter().filter(|found| found.sign < DateSign::Line)))
        // Far from the headline, a day alone may be that of anything.
        .or_else(|| {
            only(found.iter().filter(|found| found.is_of_publication() && found.is_alone && headline.is_none()))
        })
}

/// The nearest date before which is said that it is that of the publication, however far.
fn labelled(found: &[FoundDate], headline: &Range<usize>) -> Option<Published> {
    let labelled = found.iter().filter(|found| found.sign == DateSign::Label);
    labelled.min_by_key(|found| distance(headline, found.at())).map(|found| found.published)
}

/// The day that all of these dates have.
fn only<'f>(mut found: impl Iterator<Item = &'f FoundDate>) -> Option<Published> {
    let first = found.next()?.published;
    found.all(|found| found.published.day == first.day).then_some(first)
}

/// How far it is from a heading to what stands at `at`; what stands before it counts as twice as far.
pub fn distance(heading: &Range<usize>, at: usize) -> usize {
    if at > heading.start { at.saturating_sub(heading.end) } else { (heading.start - at) * 2 + 1 }
}

/// The same moment as the clock of the page shows it, where it is given in UTC and one of the dates on the page is its time
/// of day elsewhere.
pub fn on_own_clock(found: &[FoundDate], moment: Published) -> Published {
    /// Clocks differ by half hours (Nepal and the Chatham Islands apart), by fourteen hours at most.
    const STEP: i64 = 30;
    const MOST: i64 = 14 * 60;
    let (Some(time), Some(0)) = (moment.time, moment.offset) else { return moment };
    let utc = moment.day.and_time(time);
    let ahead = |found: &FoundDate| {
        let shown = found.published.day.and_time(found.published.time.filter(|_| found.published.offset.is_none())?);
        // Clocks of pages show no seconds.
        let ahead = (shown.and_utc().timestamp().div_euclid(60)) - (utc.and_utc().timestamp().div_euclid(60));
        (ahead % STEP == 0 && ahead.abs() <= MOST).then_some(ahead)
    };
    let Some(ahead) = found.iter().find_map(ahead) else { return moment };
    Published::at(utc + TimeDelta::minutes(ahead), i16::try_from(ahead).ok())
}

/// The date in the attributes that hold one for machines.
pub fn for_machines(attributes: Attributes<'_>, order: Order) -> Option<Published> {
    ["datetime", "content", "title"].iter().find_map(|name| lenient::parse_in(&attributes.get(name)?, order))
}

/// What the names of an element say of the date in it: whether it is that of the publication, or that of a change.
pub fn sign_of(name: &str, naming: &Naming<'_>, attributes: Attributes<'_>) -> (Option<DateSign>, bool) {
    let is_time = name == "time";
    let mut sign = is_time.then_some(DateSign::Time);
    let (mut is_other, mut is_change) = (false, false);
    let kinds = [(&naming.itemprop, true), (&naming.property, false), (&naming.class, false), (&naming.id, false)];
    for (names, is_item) in kinds {
        for word in words_of(names) {
            is_change |= self::is_change(word) || word.ends_with("modified");
            is_other |= is_other_name(word) || word.ends_with("update");
            if is_stated(word) && (is_item || is_time) {
                sign = Some(DateSign::Stated);
            } else if is_stated(word) || is_name(word) || word.ends_with("date") {
                sign = Some(sign.map_or(DateSign::Name, |sign| sign.min(DateSign::Name)));
            }
        }
    }
    if is_time && attributes.has("pubdate") {
        sign = Some(DateSign::Stated);
    }
    // WordPress calls the date of what was never changed "published updated".
    let sign = sign.filter(|sign| !is_other && !is_change || *sign == DateSign::Stated);
    (sign, is_change && sign.is_none())
}
