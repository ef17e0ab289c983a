//! The list of speakers: which rows they take.

use super::screen::Area;
use crate::quotes::Speaker;

/// Rows above the first speaker: a blank, and the heading.
const HEADING: usize = 2;

/// A speaker in the list, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedSpeaker {
    /// Which of the article's speakers.
    pub index: usize,
    /// The first row, counted from the top of the list.
    pub row: u16,
    /// How many rows: the name, and the role where there is one.
    pub height: u16,
}

/// How many rows a speaker takes.
fn height(speaker: &Speaker) -> usize {
    1 + usize::from(speaker.role.is_some())
}

/// How many rows the list would like to have; none where nobody speaks.
pub(super) fn wanted_height(speakers: &[Speaker]) -> u16 {
    let rows: usize = speakers.iter().take(100).map(height).sum();
    if rows == 0 { 0 } else { (rows + HEADING) as u16 }
}

/// Where each speaker stands in a list of this area: from the first on, or so that `wanted` is the last.
pub fn layout(speakers: &[Speaker], area: Area, wanted: usize) -> Vec<PlacedSpeaker> {
    let room = usize::from(area.height).saturating_sub(HEADING);
    let wanted = wanted.min(speakers.len().saturating_sub(1));
    let mut first = wanted;
    let mut taken = speakers.get(wanted).map_or(0, height);
    while first > 0 && taken + height(&speakers[first - 1]) <= room {
        first -= 1;
        taken += height(&speakers[first]);
    }
    let mut row = HEADING;
    let mut placed = Vec::new();
    for (index, speaker) in speakers.iter().enumerate().skip(first) {
        if row >= usize::from(area.height) {
            break;
        }
        placed.push(PlacedSpeaker { index, row: row as u16, height: height(speaker) as u16 });
        row += height(speaker);
    }
    placed
}
