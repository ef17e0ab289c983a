//! Hands messages to the state: keys as commands, and no key before the article that it is about is there.

use std::collections::VecDeque;

use super::Message;
use super::config_worker::Reloaded;
use crate::app::{App, Command, Effect, Event};
use crate::config::{ConfigFile, ThemeFiles};
use crate::keymap::{Key, Keymap, Meaning};
use crate::ui;

/// Keys and their commands.
#[derive(Debug)]
pub(super) struct KeyDispatch {
    keymap: Keymap,
    themes: ThemeFiles,
    /// The beginning of a sequence.
    begun: Vec<Key>,
    /// Keys that wait for an article.
    ahead: VecDeque<Vec<Key>>,
}

impl KeyDispatch {
    pub(super) fn new(keymap: Keymap, themes: ThemeFiles) -> Self {
        Self { keymap, themes, begun: Vec::new(), ahead: VecDeque::new() }
    }

    /// The keys that hold.
    pub(super) fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The user's themes that hold.
    pub(super) fn themes(&self) -> &ThemeFiles {
        &self.themes
    }

    /// Hands one message to the state.
    pub(super) fn take(&mut self, app: &mut App, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => {
                self.begun.push(key);
                let keys = std::mem::take(&mut self.begun);
                self.press(app, keys)
            }
            Message::Command(command) => {
                self.ahead.clear();
                self.begun.clear();
                // A click on a key that the foot line names is that key.
                let named = match command {
                    Command::Click { column, row } => ui::command_at(app, &self.keymap, column, row),
                    _ => None,
                };
                app.wait_for_keys(None);
                app.command(named.unwrap_or(command))
            }
            Message::Event(event) => {
                let mut effects = app.event(event);
                while !app.is_opening()
                    && let Some(keys) = self.ahead.pop_front()
                {
                    effects.extend(self.press(app, keys));
                }
                effects
            }
            Message::Reloaded(reloaded) => self.reload(app, *reloaded),
            Message::Paste(text) => {
                self.begun.clear();
                app.wait_for_keys(None);
                app.paste(&text)
            }
        }
    }

    /// Takes over a configuration that was read again. Of one in which something is wrong nothing is: the former holds. So does
    /// what a theme was before something in its file went wrong.
    fn reload(&mut self, app: &mut App, Reloaded { read, is_asked }: Reloaded) -> Vec<Effect> {
        let read = read.and_then(|file| match file.summary() {
            Some(wrong) => Err(wrong),
            None => Ok(file),
        });
        match read {
            Ok(ConfigFile { config, path, themes }) => {
                self.begun.clear();
                app.wait_for_keys(None);
                self.keymap = config.keymap;
                let wrong = themes.summary_after(&self.themes);
                self.themes = themes.keeping(&self.themes);
                app.know_themes(self.themes.known());
                let said = match (is_asked, path) {
                    _ if wrong.is_some() => wrong.as_deref(),
                    (true, None) => Some("There is no configuration: the defaults hold"),
                    _ => None,
                };
                app.configure(config.options, self.keymap.help(), said)
            }
            Err(why) => app.event(Event::Failed(format!("{why} · the former configuration holds"))),
        }
    }

    /// Does what keys mean, one or a whole sequence. Those about an article that is still being opened wait for it; a
    /// beginning waits for the rest.
    fn press(&mut self, app: &mut App, keys: Vec<Key>) -> Vec<Effect> {
        /// More keys than anyone types ahead.
        const MOST: usize = 64;
        let was_waiting = app.waiting_keys().is_some();
        app.wait_for_keys(None);
        let commands = match self.keymap.resolve(app.layer(), &keys) {
            Meaning::Commands(commands) => commands,
            Meaning::Waits => {
                app.wait_for_keys(Some(self.keymap.waiting(app.layer(), &keys)));
                self.begun = keys;
                return Vec::new();
            }
            // Esc takes back what was begun, and no more.
            Meaning::Nothing if was_waiting && keys.last() != Key::parse("Esc").as_ref() => {
                return app.command(Command::Unbound);
            }
            Meaning::Nothing => return Vec::new(),
        };
        if !app.is_opening() {
            return carry_out(app, &commands);
        }
        if commands.iter().any(|&command| app.defers(command)) {
            if self.ahead.len() < MOST {
                self.ahead.push_back(keys);
            }
            return Vec::new();
        }
        self.ahead.clear();
        carry_out(app, &commands)
    }
}

/// Carries out commands, one after the other, up to one that asks: what would follow it is not about the answer.
fn carry_out(app: &mut App, commands: &[Command]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for &command in commands {
        let was_asking = app.prompt().is_some();
        effects.extend(app.command(command));
        if app.prompt().is_some() && !was_asking {
            break;
        }
    }
    effects
}
