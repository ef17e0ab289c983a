//! The pictures of the open article that are drawn.

use std::collections::BTreeMap;

use super::Reader;
use crate::app::picture_state::{PictureState, ShownPicture};

impl Reader {
    /// Gives the pictures that are drawn their rows.
    pub(in crate::app) fn make_room(&mut self) {
        let rows = |(number, shown): (&usize, &ShownPicture)| match shown.state {
            PictureState::Drawn { rows } => Some((*number, usize::from(rows))),
            PictureState::Awaited | PictureState::Failed(_) => None,
        };
        let rows: BTreeMap<_, _> = self.pictures.iter().filter_map(rows).collect();
        self.page.make_room(&self.article.body, rows);
    }

    /// What has become of a picture that was asked for.
    pub fn shown_picture(&self, number: usize) -> Option<&PictureState> {
        self.pictures.get(&number).map(|shown| &shown.state)
    }
}
