//! The card that says all that is known of an article.

use pullquote::app::Event;
use pullquote::user::RuleResult;

use crate::screens::check_sitting;
use crate::sitting::{Sitting, three};
use crate::user_actions::tagged;

#[test]
fn card_says_where_an_article_comes_from_and_what_was_done_with_it() {
    let mut sitting = Sitting::empty(120, 36);
    let rule = RuleResult {
        when: "title:bridge".to_owned(),
        does: "star, tag:bridge".to_owned(),
        did: "tag:bridge".to_owned(),
        at: 1_773_500_000_000,
    };
    sitting.rules = vec![rule];
    sitting.arrive(three());
    sitting.event(Event::Finished);
    let id = sitting.app.list().selected().unwrap();
    sitting.library.note(&[tagged(id, "bridge", true)]).unwrap();
    sitting.event(Event::UserActions(vec![tagged(id, "bridge", true)]));
    sitting.press("<enter>nwqI");
    let rows = sitting.app.article_info();
    let said = |name: &str| rows.iter().find(|row| row.name == name).map_or("", |row| &row.value);
    assert_eq!(said("headline"), "Harbour Bridge to Close");
    assert_eq!(said("you"), "read, tagged bridge, 1 quotation kept");
    assert_eq!(said("rule"), "title:bridge → tag:bridge (14 March 2026)");
    assert_eq!(said("topics"), "", "nothing is said where nothing is known");
    check_sitting("article-info", &sitting);
    sitting.library.note(&[tagged(id, "bridge", false)]).unwrap();
    sitting.event(Event::UserActions(vec![tagged(id, "bridge", false)]));
    let rows = sitting.app.article_info();
    let rule = rows.iter().find(|row| row.name == "rule").unwrap();
    assert_eq!(rule.value, "title:bridge → tag:bridge (14 March 2026); undone since");
    sitting.press("<esc>");
    assert!(sitting.app.views().card().is_none());
}
