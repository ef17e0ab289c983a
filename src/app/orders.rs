//! The orders of what is listed: which there are in the view at hand, and listing in one that is named.

use super::candidate::Word;
use super::command_arguments::word_meant;
use super::display::people_order_named;
use super::{App, Command, Notice, Pane};
use crate::catalog::ListOrder;

/// Orders, by name, with what comes first.
type Orders = &'static [(&'static str, &'static str)];

const BY_TIME: Orders = &[("newest", "the newest article first"), ("oldest", "the oldest article first")];
const KEPT: Orders = &[("newest", "what was kept last first"), ("oldest", "what was kept first first")];
const PEOPLE: Orders = &[
    ("quotations", "who says most first"),
    ("name", "from A to Z"),
    ("first", "who spoke first, first"),
    ("last", "who spoke last, first"),
];

/// The name that takes back the order that was chosen for a collection.
const AS_CONFIGURED: &str = "default";

impl App {
    /// The orders in which the view at hand can be listed.
    pub(super) fn orders_here(&self) -> Vec<Word> {
        let orders = match self.views.pane() {
            Pane::People(_) => PEOPLE,
            Pane::Timeline(_) => BY_TIME,
            Pane::Clippings(_) => KEPT,
            Pane::List | Pane::Results(_) => {
                let own = ListOrder::ALL.map(|order| Word::new(order.name(), order.words()));
                return own.into_iter().chain([Word::new(AS_CONFIGURED, "as the option order says")]).collect();
            }
            _ => &[],
        };
        orders.iter().map(|&(name, does)| Word::new(name, does)).collect()
    }

    /// Lists the view at hand in the order of this name; returns what is wrong with it.
    pub(super) fn sort_line(&mut self, order: &str) -> Result<(), Notice> {
        let order = word_meant("order", &self.orders_here(), order)?.to_owned();
        let is_oldest_first = match self.views.pane() {
            Pane::People(_) => {
                if let Some(order) = people_order_named(&order) {
                    self.list_people_by(order);
                }
                return Ok(());
            }
            Pane::List | Pane::Results(_) => {
                match ListOrder::named(&order) {
                    Some(order) => self.sort_list(order),
                    None => self.forget_list_order(),
                }
                return Ok(());
            }
            Pane::Timeline(timeline) => timeline.is_oldest_first(),
            Pane::Clippings(clippings) => clippings.is_oldest_first(),
            _ => return Ok(()),
        };
        if is_oldest_first == (order == "oldest") {
            self.refuse(format!("Sorted so already: {order} first"));
        } else {
            self.dispatch(Command::ReverseOrder, None);
        }
        Ok(())
    }
}
