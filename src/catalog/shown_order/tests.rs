use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::*;

use super::super::{Catalog, Headline, ListOrder, SortWork, Sorted, SpeakerSummary};
use crate::article::{ArticleId, Listed};

const PUBLISHERS: [Option<&str>; 5] =
    [Some("Coast Wire"), Some("coast wire"), Some("Ébène Post"), None, Some("Zenith")];

fn headline(id: u64, title: &str, day: Option<u32>, publisher: Option<&str>, quotations: u32) -> Headline {
    let date = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    Headline {
        id: ArticleId(id),
        title: title.into(),
        listed: day.map(|day| Listed { day: date(day), time: None, is_seen: false }),
        seen: id.is_multiple_of(3).then(|| date(1 + id as u32 % 9).and_time(NaiveTime::MIN) + TimeDelta::hours(1)),
        publisher: publisher.map(Into::into),
        quotations,
        speakers: SpeakerSummary::default(),
        is_gone: false,
    }
}

fn titles(catalog: &Catalog) -> Vec<&str> {
    (0..catalog.listed_len()).map(|at| &*catalog.at(at).unwrap().title).collect()
}

/// Sorts what is to be sorted, as a worker does.
fn work_off(catalog: &mut Catalog, work: Option<SortWork>) {
    let mut work = work;
    while let Some(next) = work {
        catalog.sorted(next.sort(&|| true).unwrap());
        work = catalog.file_arrived();
    }
}

fn sort(catalog: &mut Catalog, order: ListOrder, read: &[u64]) {
    let work = catalog.sort(order, &read.iter().map(|&id| ArticleId(id)).collect());
    work_off(catalog, work);
}

fn six() -> Catalog {
    let mut catalog = Catalog::default();
    catalog.add(vec![
        headline(1, "Émile waits", Some(4), Some("Zenith"), 2),
        headline(2, "“Bridge” closed", Some(4), None, 0),
        headline(4, "coast road", Some(2), Some("coast wire"), 7),
        headline(5, "Ahead", None, Some("Coast Wire"), 2),
        headline(6, "Dawn", Some(1), Some("Coast Wire"), 9),
        headline(7, "Eel", Some(3), Some("Ébène Post"), 2),
    ]);
    catalog
}

#[test]
fn each_order_is_by_its_own_key_and_equal_ones_come_newest_first() {
    let mut catalog = six();
    for (order, expected) in [
        (ListOrder::Oldest, ["Dawn", "coast road", "Eel", "“Bridge” closed", "Émile waits", "Ahead"]),
        (ListOrder::Publisher, ["coast road", "Dawn", "Ahead", "Eel", "Émile waits", "“Bridge” closed"]),
        (ListOrder::Headline, ["Ahead", "“Bridge” closed", "coast road", "Dawn", "Eel", "Émile waits"]),
        (ListOrder::MostQuoted, ["Dawn", "coast road", "Émile waits", "Eel", "Ahead", "“Bridge” closed"]),
        (ListOrder::UnreadFirst, ["Eel", "Dawn", "Ahead", "Émile waits", "“Bridge” closed", "coast road"]),
        (ListOrder::FirstSeen, ["Dawn", "Émile waits", "“Bridge” closed", "Eel", "coast road", "Ahead"]),
        (ListOrder::Newest, ["Émile waits", "“Bridge” closed", "Eel", "coast road", "Dawn", "Ahead"]),
    ] {
        sort(&mut catalog, order, &[1, 2, 4]);
        let sorted = titles(&catalog);
        // Of one day the headline decides, as it always did.
        let both = |titles: &[&str]| {
            titles.iter().map(|title| title.replace("“Bridge” closed", "Émile waits")).collect::<Vec<_>>()
        };
        assert_eq!(both(&sorted), both(&expected), "{order:?}");
        assert_eq!(sorted.iter().collect::<HashSet<_>>().len(), 6);
    }
}

#[test]
fn names_lead_back_and_orders_lead_to_each_other() {
    let mut order = ListOrder::Newest;
    for expected in ListOrder::ALL {
        assert_eq!((order, ListOrder::named(order.name())), (expected, Some(expected)));
        order = order.next();
    }
    assert_eq!((order, ListOrder::named("sideways")), (ListOrder::Newest, None));
}

#[test]
fn read_marks_are_those_of_the_moment_at_which_it_was_sorted() {
    let mut catalog = six();
    sort(&mut catalog, ListOrder::UnreadFirst, &[6]);
    assert_eq!(titles(&catalog).last(), Some(&"Dawn"));
    catalog.add_marked(vec![headline(8, "Late", Some(9), None, 0), headline(9, "Known", Some(9), None, 0)], &|id| {
        id.0 == 9
    });
    assert!(catalog.file_arrived().is_none());
    assert_eq!((titles(&catalog)[0], &titles(&catalog)[6..]), ("Late", &["Known", "Dawn"][..]));
    catalog.replace(headline(6, "Dawn", Some(10), None, 0));
    assert_eq!(titles(&catalog)[6..], ["Dawn", "Known"]);
    sort(&mut catalog, ListOrder::UnreadFirst, &[8]);
    assert_eq!((titles(&catalog)[0], titles(&catalog)[7]), ("Dawn", "Late"));
}

#[test]
fn order_that_is_not_wanted_any_more_is_not_made() {
    let mut catalog = six();
    catalog.add((10..30).map(|id| headline(id, "same", Some(1), None, 0)).collect());
    let work = catalog.sort(ListOrder::Headline, &HashSet::new()).unwrap();
    assert!(catalog.is_sorting() && catalog.order() == ListOrder::Newest);
    assert_eq!(catalog.wanted_order(), ListOrder::Headline);
    assert!(work.clone().sort(&|| false).is_none());
    assert!(catalog.sort(ListOrder::Newest, &HashSet::new()).is_none());
    let late: Sorted = work.sort(&|| true).unwrap();
    catalog.sorted(late);
    assert_eq!((catalog.order(), catalog.is_sorting()), (ListOrder::Newest, false));
}

#[test]
fn many_that_arrive_wait_while_the_others_stay_listed() {
    let mut catalog = six();
    sort(&mut catalog, ListOrder::Headline, &[]);
    catalog.add((10..30).map(|id| headline(id, &format!("Number {id}"), Some(1), None, 0)).collect());
    let work = catalog.file_arrived();
    assert_eq!((catalog.listed_len(), catalog.len(), catalog.has_pending()), (6, 26, true));
    assert!(work.is_some() && catalog.is_sorting());
    catalog.add(vec![headline(40, "Zebra", Some(1), None, 0)]);
    catalog.remove(ArticleId(6));
    catalog.remove(ArticleId(12));
    work_off(&mut catalog, work);
    assert_eq!((catalog.listed_len(), catalog.len(), catalog.has_pending()), (25, 25, false));
    assert_eq!(titles(&catalog).last(), Some(&"Zebra"));
}

/// What happens to a catalog.
#[derive(Debug, Clone)]
enum Step {
    Arrive(Vec<(u64, u32)>),
    Remove(u64),
    Replace(u64, u32),
    Read(u64),
    Sort(usize),
    /// The worker answers.
    Answer,
}

fn step() -> impl Strategy<Value = Step> {
    let id = 0..40_u64;
    prop_oneof![
        3 => prop::collection::vec((id.clone(), any::<u32>()), 1..9).prop_map(Step::Arrive),
        2 => id.clone().prop_map(Step::Remove),
        3 => (id.clone(), any::<u32>()).prop_map(|(id, seed)| Step::Replace(id, seed)),
        2 => id.prop_map(Step::Read),
        2 => (0..ListOrder::ALL.len()).prop_map(Step::Sort),
        2 => Just(Step::Answer),
    ]
}

/// A headline whose parts come from a few, so that many are equal.
fn random(id: u64, seed: u32) -> Headline {
    let title =
        ["bridge", "Bridge", "“Bridge”", "Éel", "a bridge over a bay", "a bridge over a lake"][seed as usize % 6];
    let day = Some(1 + seed / 7 % 3).filter(|_| !(seed / 3).is_multiple_of(4));
    headline(id, title, day, PUBLISHERS[seed as usize / 11 % 5], seed / 13 % 3)
}

/// What a plain sort makes of the headlines.
fn plain(all: &HashMap<u64, Headline>, order: ListOrder, read: &HashSet<u64>) -> Vec<ArticleId> {
    let mut all: Vec<_> = all.values().collect();
    all.sort_by_key(|h| (Reverse(h.listed), h.title.clone(), h.id));
    let folded = |text: &str| crate::text::fold(text.trim_start_matches('“'));
    match order {
        ListOrder::Newest => {}
        ListOrder::Oldest => {
            all.reverse();
            all.sort_by_key(|h| h.listed.is_none());
        }
        ListOrder::Publisher => all.sort_by_key(|h| (h.publisher.is_none(), h.publisher.as_deref().map(folded))),
        ListOrder::Headline => all.sort_by_key(|h| folded(&h.title)),
        ListOrder::MostQuoted => all.sort_by_key(|h| Reverse(h.quotations)),
        ListOrder::UnreadFirst => all.sort_by_key(|h| read.contains(&h.id.0)),
        ListOrder::FirstSeen => {
            all.sort_by_key(|h| Reverse(h.seen.or(h.listed.map(|listed| listed.day.and_time(NaiveTime::MIN)))));
        }
    }
    all.into_iter().map(|h| h.id).collect()
}

proptest! {
    #[test]
    fn each_order_is_that_of_a_plain_sort(steps in prop::collection::vec(step(), 1..60), last in 0..ListOrder::ALL.len()) {
        let mut catalog = Catalog::default();
        let (mut all, mut read, mut at_sort) = (HashMap::new(), HashSet::new(), HashSet::new());
        let mut work: Option<SortWork> = None;
        for step in steps.into_iter().chain([Step::Answer, Step::Sort(last), Step::Answer]) {
            match step {
                Step::Arrive(come) => {
                    let come: Vec<_> = come.into_iter().map(|(id, seed)| random(id, seed)).collect();
                    for headline in &come {
                        let id = headline.id.0;
                        if all.contains_key(&id) {
                            continue;
                        }
                        all.insert(id, headline.clone());
                        at_sort.remove(&id);
                        at_sort.extend(read.get(&id));
                    }
                    catalog.add_marked(come, &|id| read.contains(&id.0));
                    work = catalog.file_arrived().or(work);
                }
                Step::Remove(id) => {
                    all.remove(&id);
                    catalog.remove(ArticleId(id));
                }
                Step::Replace(id, seed) => {
                    if let Some(before) = all.get_mut(&id) {
                        *before = random(id, seed);
                    }
                    catalog.replace(random(id, seed));
                }
                Step::Read(id) => _ = read.insert(id),
                Step::Sort(order) => {
                    at_sort = read.clone();
                    work = catalog.sort(ListOrder::ALL[order], &read.iter().map(|&id| ArticleId(id)).collect());
                }
                Step::Answer => work_off(&mut catalog, work.take()),
            }
            if work.is_none() && !catalog.has_pending() {
                let expected = plain(&all, catalog.order(), &at_sort);
                let listed: Vec<_> = (0..catalog.listed_len()).map(|at| catalog.at(at).unwrap().id).collect();
                prop_assert_eq!(&listed, &expected, "{:?}", catalog.order());
                for (at, &id) in listed.iter().enumerate() {
                    prop_assert_eq!(catalog.position(id), Some(at));
                }
            } else {
                // What is listed while an order is made is there, each once, where it is said to be.
                for at in 0..catalog.listed_len() {
                    let id = catalog.at(at).unwrap().id;
                    prop_assert!(all.contains_key(&id.0));
                    prop_assert_eq!(catalog.position(id), Some(at));
                }
            }
        }
        prop_assert_eq!(catalog.listed_len(), all.len());
    }
}
