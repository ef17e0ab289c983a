//! The headlines by slot, in chunks that a worker may look at while others change.

use std::ops::Index;
use std::sync::Arc;

use super::Headline;

/// How many headlines lie in a chunk: as many are copied where one changes that a worker looks at.
const CHUNK: usize = 1024;

/// Headlines by slot. A clone costs next to nothing, and sees nothing of what changes later.
#[derive(Debug, Clone, Default)]
pub(super) struct Headlines {
    chunks: Vec<Arc<Vec<Headline>>>,
}

impl Headlines {
    /// How many slots there are.
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }

    /// Puts a headline into the next slot.
    pub fn push(&mut self, headline: Headline) {
        if let Some(last) = self.chunks.last_mut().filter(|last| last.len() < CHUNK) {
            Arc::make_mut(last).push(headline);
        } else {
            let mut chunk = Vec::with_capacity(CHUNK);
            chunk.push(headline);
            self.chunks.push(Arc::new(chunk));
        }
    }

    /// The headline in a slot, to change it.
    pub fn get_mut(&mut self, slot: u32) -> &mut Headline {
        let slot = slot as usize;
        &mut Arc::make_mut(&mut self.chunks[slot / CHUNK])[slot % CHUNK]
    }
}

impl Index<u32> for Headlines {
    type Output = Headline;

    fn index(&self, slot: u32) -> &Headline {
        let slot = slot as usize;
        &self.chunks[slot / CHUNK][slot % CHUNK]
    }
}
