//! Keys, the mouse and signals, as messages.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::event::{
    self, Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM,
    SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::terminal::restore;
use super::{Message, MessageSender, worker};
use crate::app::{Command, Event};
use crate::ingest::Priority;
use crate::keymap::{Code, Key};

/// How long reading takes at most of what was typed just before a signal.
const TYPED_BEFORE: Duration = Duration::from_millis(30);

/// Signals that end the process where it stands, as nothing has to be put away for them but the terminal.
const FATAL: [i32; 9] = [SIGALRM, SIGPROF, SIGQUIT, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU];

/// The signal at which the user left, if that was one. All clones are one.
#[derive(Debug, Clone, Default)]
pub struct EndSignal(Arc<AtomicI32>);

impl EndSignal {
    /// Its number.
    pub fn get(&self) -> Option<i32> {
        Some(self.0.load(Ordering::Relaxed)).filter(|signal| *signal != 0)
    }

    /// Notes a signal; the first one counts.
    pub fn set(&self, signal: i32) {
        let _ = self.0.compare_exchange(0, signal, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// Starts listening to the terminal and to signals.
///
/// # Errors
///
/// When the system lets no signals be caught, or has no threads.
pub fn listen(sender: &MessageSender) -> io::Result<EndSignal> {
    let end = EndSignal::default();
    let asked = [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGXFSZ];
    let mut signals = Signals::new(asked.iter().chain(&FATAL))?;
    let (to, at_signal) = (sender.clone(), end.clone());
    worker::start("waiting for signals", Priority::Normal, sender, move || {
        for signal in &mut signals {
            let command = match signal {
                SIGTSTP => Command::Suspend,
                SIGCONT => Command::Redraw,
                // Whoever writes gets an error, as with a full disk.
                SIGXFSZ => continue,
                SIGTERM | SIGHUP | SIGINT => {
                    at_signal.set(signal);
                    // What was typed just before is read first.
                    thread::sleep(TYPED_BEFORE);
                    Command::Quit
                }
                _ => {
                    restore();
                    let _ = emulate_default_handler(signal);
                    return;
                }
            };
            if !to.send(Message::Command(command)) {
                return;
            }
        }
    })?;
    let (to, at_hangup) = (sender.clone(), end.clone());
    worker::start("waiting for keys", Priority::Normal, sender, move || {
        loop {
            // A terminal that is gone returns errors only: no user is left.
            let Ok(input) = event::read() else {
                at_hangup.set(SIGHUP);
                to.send(Message::Command(Command::Quit));
                return;
            };
            let message = message(input);
            let is_dropped = matches!(message, Some(Message::Key(_) | Message::Command(_))) && to.is_flooded();
            if !is_dropped && message.is_some_and(|message| !to.send(message)) {
                return;
            }
        }
    })?;
    Ok(end)
}

fn message(input: Input) -> Option<Message> {
    match input {
        Input::Key(pressed) => key(pressed).map(Message::Key),
        Input::Mouse(mouse) => pointed(mouse).map(Message::Command),
        Input::Resize(width, height) => Some(Message::Event(Event::Resized { width, height })),
        Input::Paste(text) => Some(Message::Paste(text)),
        Input::FocusGained | Input::FocusLost => None,
    }
}

fn key(pressed: KeyEvent) -> Option<Key> {
    let code = match pressed.code {
        KeyCode::Char(letter) => Code::Char(letter),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    let held = |modifier| pressed.modifiers.contains(modifier);
    let key = Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT) };
    (!pressed.is_release()).then_some(key)
}

fn pointed(mouse: MouseEvent) -> Option<Command> {
    let MouseEvent { column, row, .. } = mouse;
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Command::Click { column, row }),
        MouseEventKind::Drag(MouseButton::Left) => Some(Command::Drag { column, row }),
        MouseEventKind::ScrollDown => Some(Command::Wheel { column, row, down: true }),
        MouseEventKind::ScrollUp => Some(Command::Wheel { column, row, down: false }),
        _ => None,
    }
}
