//! In which order the headlines of each collection are listed: what the user chose, and that the list follows it.

use std::collections::BTreeMap;

use super::effect::{Effect, RequestId, SortJob};
use super::{App, Collection};
use crate::catalog::{ListOrder, SortWork, Sorted};

/// The names of the settings that say so: this, then the collection.
const LIST_ORDER: &str = "list-order ";

/// The orders that the user chose.
#[derive(Debug, Default)]
pub(super) struct ListOrders {
    /// By the names of their settings.
    chosen: BTreeMap<String, ListOrder>,
    /// Whether an order that rests on marks is to be made anew.
    is_outdated: bool,
    /// The request for an order that is being made.
    in_flight: Option<RequestId>,
}

impl ListOrders {
    /// Takes over a setting that was kept. What it does not know stays as it is.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        match ListOrder::named(value) {
            _ if !name.starts_with(LIST_ORDER) => {}
            Some(order) => _ = self.chosen.insert(name.to_owned(), order),
            // An empty value is one that is forgotten.
            None if value.is_empty() => _ = self.chosen.remove(name),
            None => {}
        }
    }

    /// A collection was opened, or its order asked for again: what has been read since counts.
    pub(super) fn renew(&mut self) {
        self.is_outdated = true;
    }
}

/// The name of the setting that says in which order a collection is listed.
fn setting(collection: &Collection) -> String {
    let of = match collection {
        Collection::All => "all".to_owned(),
        Collection::Unread => "unread".to_owned(),
        Collection::Starred => "starred".to_owned(),
        Collection::Clippings => "clippings".to_owned(),
        Collection::Search(name) => format!("search {name}"),
        Collection::Tag(name) => format!("tag {name}"),
        Collection::Folder(path) => format!("folder {path}"),
        Collection::Feed { id, .. } => format!("feed {}", id.0),
        Collection::Source(name) => format!("publisher {name}"),
    };
    format!("{LIST_ORDER}{of}")
}

impl App {
    /// In which order the headlines of the open collection are listed, or will be once that is made. What a search finds
    /// among them has the same.
    pub fn list_order(&self) -> ListOrder {
        self.own_list_order().or_else(|| ListOrder::named(self.option("order"))).unwrap_or_default()
    }

    /// Lists the headlines of the open collection in this order, also in later runs.
    pub fn sort_list(&mut self, order: ListOrder) {
        if self.list.is_ranked() {
            return self.refuse("This search lists the best first, whatever the order");
        }
        self.display.list_orders.renew();
        self.list.stay();
        if order != self.list_order() {
            self.keep(&setting(self.collections.open()), order.name().to_owned());
        }
        self.follow_list_order();
        self.show_message(format!("Order: {}", order.words()));
    }

    /// The order that was chosen for the open collection, if one was.
    pub(super) fn own_list_order(&self) -> Option<ListOrder> {
        self.display.list_orders.chosen.get(&setting(self.collections.open())).copied()
    }

    /// Lists the headlines of the open collection in the order of all for which none was chosen.
    pub(super) fn forget_list_order(&mut self) {
        self.display.list_orders.renew();
        self.list.stay();
        self.keep(&setting(self.collections.open()), String::new());
        self.follow_list_order();
        self.show_message(format!("Order: {}, as configured", self.list_order().words()));
    }

    /// A collection took the place of another one: it has its order, unless one was chosen for it.
    pub(super) fn carry_list_order(&mut self, from: &Collection, to: &Collection) {
        let (from, to) = (setting(from), setting(to));
        let chosen = &self.display.list_orders.chosen;
        let Some(order) = chosen.get(&from).copied() else { return };
        if !chosen.contains_key(&to) {
            self.keep(&to, order.name().to_owned());
        }
        self.keep(&from, String::new());
    }

    /// Lists the headlines in the next order.
    pub(super) fn change_list_order(&mut self) {
        self.sort_list(self.list_order().next());
    }

    /// Brings the catalog into the order of the open collection, where it has another one.
    pub(super) fn follow_list_order(&mut self) {
        let wanted = self.list_order();
        let is_outdated = std::mem::take(&mut self.display.list_orders.is_outdated) && wanted.rests_on_marks();
        if self.catalog.wanted_order() != wanted || is_outdated {
            let work = self.catalog.sort(wanted, &self.user.state().read);
            self.request_sort(work);
        }
        self.list.follow_order(&self.catalog, self.list_area());
    }

    /// Puts headlines that have arrived into their places.
    pub(super) fn file_arrived(&mut self) {
        if let Some(work) = self.catalog.file_arrived() {
            self.request_sort(Some(work));
        }
    }

    /// An order was made.
    pub(super) fn sorted(&mut self, request: RequestId, sorted: Sorted) {
        if self.display.list_orders.in_flight.take_if(|in_flight| *in_flight == request).is_none() {
            return;
        }
        let waited = self.catalog.has_pending();
        self.catalog.sorted(sorted);
        self.file_arrived();
        if waited {
            self.list_filed();
        }
    }

    fn request_sort(&mut self, work: Option<SortWork>) {
        let before = self.display.list_orders.in_flight.take();
        match work {
            Some(work) => {
                let request = self.new_request();
                self.display.list_orders.in_flight = Some(request);
                self.ask(Effect::Sort(SortJob::Sort { request, work }));
            }
            None if before.is_some() => self.ask(Effect::Sort(SortJob::Cancel)),
            None => {}
        }
    }
}
