//! Keys that wait for more: the beginning of a sequence.

use super::App;

/// Keys that were pressed, and how they can go on; both as the screen names keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingKeys {
    /// What was pressed.
    pub typed: String,
    /// What can follow, each with the name of what it does.
    pub continuations: Vec<(String, String)>,
}

impl App {
    /// Shows which keys wait for more, or that none does any longer.
    pub fn wait_for_keys(&mut self, waiting: Option<WaitingKeys>) {
        if waiting.is_some() {
            self.foot.notice = None;
        }
        self.foot.waiting = waiting;
    }

    /// The keys that wait for more.
    pub fn waiting_keys(&self) -> Option<&WaitingKeys> {
        self.foot.waiting.as_ref()
    }
}
