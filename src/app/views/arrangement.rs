//! How list and article share the screen: the key that leads from one way to the next.

use super::{Pane, list};
use crate::app::display::TOO_NARROW;
use crate::app::screen;
use crate::app::{App, Arrangement};

/// `z`: the list alone, list and article side by side, the article alone. Where there is no room for both, the list or
/// the article.
pub(super) fn next(app: &mut App) {
    let is_reading = matches!(app.views.pane(), Pane::Article(_) | Pane::Speakers(_));
    // From there the way back leads to a timeline, which has the screen alone.
    if is_reading && app.is_over_timeline() {
        if !screen::fits_both(app.size) {
            return app.refuse(TOO_NARROW);
        }
        let other = if app.is_split() { Arrangement::Single } else { Arrangement::Split };
        return app.arrange(other);
    }
    match (screen::fits_both(app.size), app.is_split(), is_reading) {
        (false, _, false) => list::open_selected(app),
        (true, true, _) => {
            app.arrange(Arrangement::Single);
            if !is_reading {
                list::open_selected(app);
            }
        }
        (false, _, true) | (true, false, true) => app.close_panes_over_list(),
        (true, false, false) => app.arrange(Arrangement::Split),
    }
}
