//! Entries of a feed that another version of the formats read: each is the article that it was before.
//!
//! An entry that has neither address nor guid is known by its words. Where a newer version of the formats reads other words
//! out of it, or finds the guid that an older one lost, it is another article to the library, and the same to the user.
//! Accepts what a document of a feed holds now; returns which of its articles replace which of those that came from the
//! feed before, and which of those are one of its entries once more. Within one version of the formats little is guessed: an entry
//! without any other key is one that was corrected where all but its headline or text is the same.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use rusqlite::Connection;

use super::articles::{ArticleRow, entry_in_row, row_of};
use super::{EntryRecord, Error, Library};
use crate::article::{Article, ArticleId, Published};
use crate::text::fold;
use crate::user::UserState;
use crate::user::reanchor::{ALIKE, counted, likeness, likeness_of_versions};

/// The most articles of a feed that are compared with a document of it: about a second's work.
const MOST_COMPARED: usize = 1_000;

/// Two entries with one headline seldom share as much.
const A_THIRD: f64 = 1.0 / 3.0;

/// What of an article tells whether another one is a version of it.
struct Version {
    id: ArticleId,
    headline: String,
    published: Option<Published>,
    words: HashMap<String, usize>,
    /// Of the text after the headline.
    text: ArticleId,
    is_telling: bool,
}

/// What became of the articles that came from a feed before and that it does not list.
#[derive(Debug, Default)]
pub struct FeedSuccession {
    /// The articles of the document that replace others, each with the one that it replaces.
    pub predecessors: HashMap<ArticleId, ArticleId>,
    /// Those that are an article of the document once more, each with the one that stays.
    pub doubles: Vec<(ArticleId, ArticleId)>,
}

impl Library {
    /// What became of the articles that came from the feed before (`known`), where it has this document now. Those that
    /// replace others have the same headline, or had before letters of it were lost, or are much alike; where several may be
    /// one, none is. An older version of the library kept an entry once more whenever its link changed: of such doubles
    /// the one that the document has stays, or the newest where it has that with a new link.
    pub fn feed_succession(&self, known: &HashSet<ArticleId>, document: &[Article]) -> Result<FeedSuccession, Error> {
        let present: HashSet<ArticleId> = document.iter().map(|article| article.id).collect();
        let come: HashSet<ArticleId> = present.difference(known).copied().collect();
        if known.is_subset(&present) {
            return Ok(FeedSuccession::default());
        }
        let gone = known.difference(&present).copied();
        let (mut gone, may_be_replaced) = self.read(|connection| replaceable(connection, gone, document))?;
        let now: Vec<_> = document.iter().map(Version::of).collect();
        let mut found = FeedSuccession::default();
        for (old, new) in doubles(&gone, &now) {
            let kept = if come.contains(&new) { *found.predecessors.entry(new).or_insert(old) } else { new };
            if kept != old {
                found.doubles.push((old, kept));
            }
        }
        let is_settled = |new: &ArticleId| found.predecessors.contains_key(new);
        let come = come.iter().copied().filter(|new| !is_settled(new)).collect();
        gone.retain(|old| {
            may_be_replaced.contains(&old.id)
                && !found.doubles.iter().any(|(double, _)| *double == old.id)
                && !found.predecessors.values().any(|predecessor| *predecessor == old.id)
        });
        found.predecessors.extend(pairs(&gone, &now, &come).into_iter().map(|(old, new)| (new, old)));
        Ok(found)
    }
}

impl Library {
    /// Which entries of the document are one that came from the feed before (`known`), with another headline or text: each with
    /// that. Asked of entries that have neither an identifier nor a link of their own, so that their words alone tell; the one
    /// before was at the same link, is listed no more, and is of the same second with the same headline or text, or has the
    /// same text under much the same headline where neither has a date. Where several may be one, none is.
    pub fn corrected_entries(
        &self,
        known: &HashMap<ArticleId, EntryRecord>,
        document: &[Article],
    ) -> Result<HashMap<ArticleId, ArticleId>, Error> {
        let is_come = |article: &&Article| {
            let keys = article.keys;
            article.url.is_some() && keys.address.is_none() && keys.guid.is_none() && !known.contains_key(&article.id)
        };
        let mut come = Vec::new();
        for article in document.iter().filter(is_come) {
            come.extend((!self.has(article.id)?).then_some(article));
        }
        if come.is_empty() {
            return Ok(HashMap::new());
        }
        let present: HashSet<ArticleId> = document.iter().map(|article| article.id).collect();
        let links: HashSet<_> = come.iter().map(|article| article.url.as_deref()).collect();
        let unlisted = known.values().filter(|entry| entry.guid.is_none() && !present.contains(&entry.article));
        let mut gone = Vec::new();
        for entry in unlisted.take(MOST_COMPARED) {
            let row = self.read(|connection| row_of(connection, entry.article))?;
            if row.is_some_and(|row| links.contains(&row.url.as_deref())) {
                gone.extend(self.held(entry.article)?);
            }
        }
        let (gone, now): (Vec<_>, Vec<_>) = (
            gone.iter().map(|old| (old.url.clone(), Version::of(old))).collect(),
            come.iter().map(|new| (new.url.clone(), Version::of(new))).collect(),
        );
        let mut found = Vec::new();
        for (link, old) in &gone {
            let same = now.iter().filter(|(at, new)| at == link && old.is_corrected_in(new));
            found.extend(same.map(|(_, new)| (new.id, old.id)));
        }
        let times = |id: ArticleId| found.iter().filter(|(new, old)| *new == id || *old == id).count();
        Ok(found.iter().copied().filter(|&(new, old)| times(new) == 1 && times(old) == 1).collect())
    }
}

/// Those of the articles `gone` that the document may have under another identity or once more, the newest first: those that
/// are known by their words, and those of the same second as an article of the document, which it may have replaced; and
/// those with a headline of it. Returns with them which may be replaced.
fn replaceable(
    connection: &Connection,
    gone: impl Iterator<Item = ArticleId>,
    document: &[Article],
) -> Result<(Vec<Version>, HashSet<ArticleId>), Error> {
    let seconds: HashSet<_> = document.iter().filter_map(|article| second_of(article.dates.published)).collect();
    let headlines: HashSet<_> = document.iter().map(Article::headline).collect();
    let mut rows = Vec::new();
    for id in gone {
        let Some(row) = row_of(connection, id)? else { continue };
        let is_of_a_second = second_of(row.dates.published).is_some_and(|second| seconds.contains(&second));
        if is_of_a_second || row.url.is_none() || headlines.contains(&*row.title) {
            rows.push((row, id, is_of_a_second));
        }
    }
    rows.sort_by_key(|(row, ..)| std::cmp::Reverse(row.id));
    let (mut all, mut may_be_replaced) = (Vec::new(), HashSet::new());
    for (ArticleRow { id: row, .. }, id, is_of_a_second) in rows.into_iter().take(MOST_COMPARED) {
        let Some(entry) = entry_in_row(connection, row, &UserState::default())? else { continue };
        if is_of_a_second || id == ArticleId::of_content(entry.article.body.text()) {
            may_be_replaced.insert(id);
        }
        all.push(Version::of(&entry.article));
    }
    Ok((all, may_be_replaced))
}

/// The articles `gone` that are one of those of the document `now` once more, and of one only.
fn doubles(gone: &[Version], now: &[Version]) -> Vec<(ArticleId, ArticleId)> {
    let mut found = Vec::new();
    for old in gone {
        let mut same = now.iter().filter(|new| old.is_double_of(new));
        if let (Some(new), None) = (same.next(), same.next()) {
            found.push((old.id, new.id));
        }
    }
    found
}

fn second_of(published: Option<Published>) -> Option<NaiveDateTime> {
    published.filter(|published| published.time.is_some()).map(Published::moment)
}

/// How the headlines of two versions of an article may differ, and how alike their words are then at the least.
type Criterion = (fn(&str, &str) -> bool, f64);

/// The surest first.
const CRITERIA: [Criterion; 3] =
    [(|old, new| old == new, A_THIRD), (is_but_for_lost_letters, A_THIRD), (|_, _| true, ALIKE)];

/// The articles `gone` with those of the document `now` that are new (`come`) and replace them. By each criterion, the surest
/// first: an article with another that alone meets it, and does so with no other.
fn pairs(gone: &[Version], now: &[Version], come: &HashSet<ArticleId>) -> Vec<(ArticleId, ArticleId)> {
    let mut found: Vec<(ArticleId, ArticleId)> = Vec::new();
    for (is_headline_of, least) in CRITERIA {
        let (old, new): (HashSet<_>, HashSet<_>) = found.iter().copied().unzip();
        let mut met: Vec<(ArticleId, ArticleId)> = Vec::new();
        for one in gone.iter().filter(|one| !old.contains(&one.id)) {
            let others = now.iter().filter(|other| !new.contains(&other.id));
            let meets = |other: &&Version| {
                is_headline_of(&one.headline, &other.headline)
                    && one.may_be_of_the_day(other)
                    && likeness_of_versions(&one.words, &other.words) >= least
            };
            met.extend(others.filter(meets).map(|other| (one.id, other.id)));
        }
        let mut times: HashMap<ArticleId, usize> = HashMap::new();
        met.iter().flat_map(|&(old, new)| [old, new]).for_each(|id| *times.entry(id).or_default() += 1);
        found.extend(met.iter().filter(|(old, new)| times[old] == 1 && times[new] == 1 && come.contains(new)));
    }
    found
}

impl Version {
    fn of(article: &Article) -> Self {
        Self {
            id: article.id,
            headline: article.headline().to_owned(),
            published: article.dates.published,
            words: counted(&fold(article.told())),
            text: ArticleId::of_content(article.body.after_headline()),
            is_telling: article.is_telling(),
        }
    }

    /// Whether it is the same entry as another article of its feed: it has the same words and is of no other day; or it is of
    /// the same second with the same headline or text, and something of the other; or of the same day with the same headline,
    /// and much like it.
    fn is_double_of(&self, other: &Self) -> bool {
        let (is_headline, is_text) = (self.headline == other.headline, self.text == other.text);
        let likeness = likeness_of_versions(&self.words, &other.words);
        let second = second_of(self.published);
        let is_of_the_second = second.is_some() && second == second_of(other.published);
        let is_version = if is_of_the_second {
            (is_headline && likeness >= A_THIRD) || (is_text && likeness >= ALIKE)
        } else {
            let is_dated = self.published.is_some() && other.published.is_some();
            is_dated && is_headline && self.is_telling && other.is_telling && likeness >= ALIKE
        };
        self.may_be_of_the_day(other) && (is_version || (is_headline && is_text))
    }

    /// Whether another entry at its link, which came when this one went, is this one with another headline or text.
    fn is_corrected_in(&self, other: &Self) -> bool {
        const HALF: f64 = 0.5;
        if self.published.is_some() || other.published.is_some() {
            return second_of(self.published).is_some()
                && second_of(self.published) == second_of(other.published)
                && (self.text == other.text || self.is_double_of(other));
        }
        let words = |version: &Self| counted(&fold(&version.headline));
        self.text == other.text && likeness(&words(self), &words(other)) >= HALF
    }

    fn may_be_of_the_day(&self, other: &Self) -> bool {
        self.published.zip(other.published).is_none_or(|(was, is)| was.is_of_day_of(is))
    }
}

/// Whether one headline is the other without some letters. Those of ASCII count, which every version kept; all of them where
/// one headline has none.
fn is_but_for_lost_letters(one: &str, other: &str) -> bool {
    let ascii = |headline: &str| headline.chars().filter(char::is_ascii_alphanumeric).collect::<Vec<_>>();
    let all = |headline: &str| headline.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let (mut one_has, mut other_has) = (ascii(one), ascii(other));
    if one_has.is_empty() || other_has.is_empty() {
        (one_has, other_has) = (all(one), all(other));
    }
    let (fewer, more) = if one_has.len() < other_has.len() { (one_has, other_has) } else { (other_has, one_has) };
    let mut more = more.into_iter();
    !fewer.is_empty() && fewer.into_iter().all(|letter| more.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An article that is known by its number, which is new where that is above 100.
    fn version(number: u64, headline: &str, text: &str) -> Version {
        let words = counted(&fold(&format!("{headline}\n{text}")));
        let (text, is_telling) = (ArticleId::of_content(text), true);
        Version { id: ArticleId(number), headline: headline.to_owned(), published: None, words, text, is_telling }
    }

    fn paired(gone: &[Version], now: &[Version]) -> Vec<(u64, u64)> {
        let come = now.iter().map(|version| version.id).filter(|id| id.0 > 100).collect();
        let mut pairs: Vec<_> = pairs(gone, now, &come).into_iter().map(|(old, new)| (old.0, new.0)).collect();
        pairs.sort_unstable();
        pairs
    }

    const FERRY: &str = "The ferry is late again, and nobody in the harbour knows why, said Mara Deniz on the quay.";
    const BARN: &str = "A barn above the village was sold to a painter who had asked for it since spring.";

    #[test]
    fn entry_is_known_by_headline_letters_or_likeness() {
        let gone = [version(1, "Ferry", FERRY), version(2, "Use of  in maps", BARN), version(3, "It is", "No.")];
        let now = [
            version(101, "Ferry", &FERRY.replace("late", "“late”")),
            version(102, "Use of <a> in maps", BARN),
            version(103, "Altogether other", "A weir that has nothing to do with any of them."),
        ];
        assert_eq!(paired(&gone, &now), [(1, 101), (2, 102)]);
        let renamed = [version(104, "Painter buys", BARN), version(105, "Other", FERRY)];
        assert_eq!(paired(&gone[1..2], &renamed), [(2, 104)]);
    }

    #[test]
    fn entries_of_one_pattern_are_no_versions_of_each_other() {
        let quake = |number: u64, place: &str| {
            version(
                number,
                &format!("Quake near {place}"),
                &format!("A quake of magnitude 4 was felt near {place} at a depth of ten kilometres."),
            )
        };
        assert_eq!(paired(&[quake(1, "Arn"), quake(2, "Bol")], &[quake(101, "Cas"), quake(102, "Dun")]), []);
        assert_eq!(
            paired(&[quake(1, "Arn")], &[quake(50, "Bol"), quake(101, "Cas")]),
            [],
            "one that stayed is as alike"
        );
        let weather = |number: u64, text: &str| version(number, "Weather", text);
        assert_eq!(
            paired(
                &[weather(1, "Rain in the north."), weather(2, "Snow in the north.")],
                &[weather(101, "Sun in the north.")]
            ),
            []
        );
    }

    #[test]
    fn entry_of_another_day_is_another() {
        let of = |number: u64, day: u32| {
            let day = chrono::NaiveDate::from_ymd_opt(2024, 3, day).expect("it is a day");
            Version { published: Some(Published::on(day)), ..version(number, "Ferry", FERRY) }
        };
        assert_eq!(paired(&[of(1, 5)], &[of(101, 6)]), []);
        assert_eq!(paired(&[of(1, 5)], &[of(101, 5)]), [(1, 101)]);
    }
}
