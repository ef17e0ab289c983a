//! Hands messages to the state: keys as commands, and no key before the article that it is about is there.

use std::collections::VecDeque;
use std::sync::Arc;

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
    /// What waits for an article.
    ahead: VecDeque<Ahead>,
    /// What is wrong in a configuration that was read while the user types: they are told once they do not.
    untold: Option<String>,
}

/// What waits for an article.
#[derive(Debug)]
enum Ahead {
    /// Keys: what they mean shows when it is there.
    Keys(Vec<Key>),
    /// The rest of the commands of a key.
    Commands(Arc<[Command]>, usize),
}

impl KeyDispatch {
    pub(super) fn new(keymap: Keymap, themes: ThemeFiles) -> Self {
        Self { keymap, themes, begun: Vec::new(), ahead: VecDeque::new(), untold: None }
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
        let mut effects = self.hand_over(app, message);
        if app.prompt().is_none()
            && let Some(why) = self.untold.take()
        {
            effects.extend(app.event(Event::Failed(why)));
        }
        effects
    }

    fn hand_over(&mut self, app: &mut App, message: Message) -> Vec<Effect> {
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
                    && let Some(ahead) = self.ahead.pop_front()
                {
                    effects.extend(match ahead {
                        Ahead::Keys(keys) => self.press(app, keys),
                        // The first of them could do nothing when its article was there.
                        Ahead::Commands(..) if app.has_refused() => Vec::new(),
                        Ahead::Commands(commands, from) => self.carry_out(app, &commands, from),
                    });
                }
                effects
            }
            // It is about the screen, not the state.
            Message::Graphics(_) => Vec::new(),
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
        app.know_problems(match &read {
            Ok(file) => file.errors(),
            Err(why) => vec![("configuration:".to_owned(), why.clone())],
        });
        let read = read.and_then(|file| match file.summary() {
            Some(wrong) => Err(wrong),
            None => Ok(file),
        });
        match read {
            Ok(ConfigFile { config, path, themes }) => {
                let themes = themes.keeping(&self.themes, app.option_where("theme", &config.options));
                self.keymap = config.keymap;
                // A sequence goes on where there still is one that begins so.
                let goes_on = matches!(self.keymap.resolve(app.layer(), &self.begun), Meaning::Waits);
                if !self.begun.is_empty() && !goes_on {
                    self.begun.clear();
                    app.wait_for_keys(None);
                }
                self.untold = None;
                let wrong = themes.summary_after(&self.themes);
                self.themes = themes;
                app.know_themes(self.themes.known());
                app.know_commands(config.commands);
                let said = match (is_asked, path) {
                    _ if wrong.is_some() => wrong.as_deref(),
                    (true, None) => Some("There is no configuration: the defaults hold"),
                    _ => None,
                };
                app.configure(config.options, self.keymap.help(), said)
            }
            Err(why) => {
                self.untold = Some(format!("{why} · the former configuration holds"));
                Vec::new()
            }
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
            return self.carry_out(app, &commands, 0);
        }
        if commands.iter().any(|&command| app.defers(command)) {
            if self.ahead.len() < MOST {
                self.ahead.push_back(Ahead::Keys(keys));
            }
            return Vec::new();
        }
        self.ahead.clear();
        self.carry_out(app, &commands, 0)
    }

    /// Carries out the commands of a key, one after the other, up to one that does nothing or asks: what follows it is about
    /// what it would have done, and not about the answer. Those that are about an article that is being opened wait for it.
    fn carry_out(&mut self, app: &mut App, commands: &Arc<[Command]>, from: usize) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (at, &command) in commands.iter().enumerate().skip(from) {
            if at > 0 && app.defers(command) {
                self.ahead.push_front(Ahead::Commands(Arc::clone(commands), at));
                break;
            }
            let was_asking = app.prompt().is_some();
            effects.extend(app.command(command));
            if app.has_refused() || (app.prompt().is_some() && !was_asking) {
                break;
            }
        }
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screen::Size;
    use crate::config::Config;

    #[test]
    fn mistake_in_the_configuration_is_told_once_nobody_types() {
        let keymap = Keymap::default();
        let mut app = App::new("news", keymap.help(), Size { width: 80, height: 24 });
        let mut dispatch = KeyDispatch::new(keymap, ThemeFiles::default());
        let reloaded = || {
            let read = ConfigFile {
                config: Config::parse("colum = 80\n"),
                path: Some("config.toml".into()),
                themes: ThemeFiles::default(),
            };
            Message::Reloaded(Box::new(Reloaded { read: Ok(read), is_asked: false }))
        };
        let told = |app: &App| app.notice().is_some_and(|notice| notice.text.contains("unknown option “colum”"));
        dispatch.take(&mut app, reloaded());
        assert!(told(&app));
        dispatch.take(&mut app, Message::Key(Key::from(':')));
        assert!(app.prompt().is_some());
        dispatch.take(&mut app, reloaded());
        for key in ["s", "e", "t"] {
            dispatch.take(&mut app, Message::Key(Key::parse(key).unwrap()));
            assert!(!told(&app));
        }
        dispatch.take(&mut app, Message::Key(Key::parse("Esc").unwrap()));
        assert!(told(&app) && app.prompt().is_none());
        dispatch.take(&mut app, Message::Key(Key::from('j')));
        assert!(!told(&app), "once");
    }

    #[test]
    fn sequence_goes_on_over_a_reload_that_has_it_still() {
        let reloaded = |text: &str| {
            let config = Config::parse(text);
            let read = ConfigFile { config, path: Some("config.toml".into()), themes: ThemeFiles::default() };
            Message::Reloaded(Box::new(Reloaded { read: Ok(read), is_asked: false }))
        };
        let keymap = Keymap::default();
        let mut app = App::new("news", keymap.help(), Size { width: 80, height: 24 });
        let mut dispatch = KeyDispatch::new(keymap, ThemeFiles::default());
        dispatch.take(&mut app, reloaded("[keys.list]\ng = false\n\"g u\" = \"help\"\n"));
        dispatch.take(&mut app, Message::Key(Key::from('g')));
        dispatch.take(&mut app, reloaded("[keys.list]\ng = false\n\"g u\" = \"tasks\"\n\"g s\" = \"help\"\n"));
        assert!(app.waiting_keys().is_some());
        dispatch.take(&mut app, Message::Key(Key::from('s')));
        assert!(app.views().card().is_some() && app.waiting_keys().is_none());
        dispatch.take(&mut app, Message::Key(Key::parse("Esc").unwrap()));
        dispatch.take(&mut app, Message::Key(Key::from('g')));
        dispatch.take(&mut app, reloaded(""));
        assert!(app.waiting_keys().is_none());
    }
}
