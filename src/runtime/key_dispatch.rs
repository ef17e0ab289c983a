//! Hands messages to the state: keys as commands, and no key before the article that it is about is there.

use std::collections::VecDeque;

use super::Message;
use crate::app::{App, Command, Effect};
use crate::keymap::{Key, Keymap};
use crate::ui;

/// Keys and their commands.
#[derive(Debug)]
pub(super) struct KeyDispatch<'a> {
    keymap: &'a Keymap,
    /// Keys that wait for an article.
    ahead: VecDeque<Key>,
}

impl<'a> KeyDispatch<'a> {
    pub(super) fn new(keymap: &'a Keymap) -> Self {
        Self { keymap, ahead: VecDeque::new() }
    }

    /// Hands one message to the state.
    pub(super) fn take(&mut self, app: &mut App, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.press(app, key),
            Message::Command(command) => {
                self.ahead.clear();
                // A click on a key that the foot line names is that key.
                let named = match command {
                    Command::Click { column, row } => ui::command_at(app, self.keymap, column, row),
                    _ => None,
                };
                app.command(named.unwrap_or(command))
            }
            Message::Event(event) => {
                let mut effects = app.event(event);
                while !app.is_opening()
                    && let Some(key) = self.ahead.pop_front()
                {
                    effects.extend(self.press(app, key));
                }
                effects
            }
            Message::Paste(text) => app.paste(&text),
        }
    }

    /// A key that is about an article that is still being opened waits for it.
    fn press(&mut self, app: &mut App, key: Key) -> Vec<Effect> {
        /// More keys than anyone types ahead.
        const MOST: usize = 64;
        let Some(command) = self.keymap.resolve(app.layer(), key) else { return Vec::new() };
        if !app.is_opening() {
            return app.command(command);
        }
        if app.defers(command) {
            if self.ahead.len() < MOST {
                self.ahead.push_back(key);
            }
            return Vec::new();
        }
        self.ahead.clear();
        app.command(command)
    }
}
