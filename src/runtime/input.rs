//! Keys, the mouse and signals, as messages.

use std::io;
use std::thread;
use std::time::Duration;

use crossterm::event::{
    self, Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::{Message, MessageSender, worker};
use crate::app::{Command, Event};
use crate::ingest::Priority;
use crate::keymap::{Code, Key};

/// How long reading takes at most of what was typed just before a signal.
const TYPED_BEFORE: Duration = Duration::from_millis(30);

/// Starts listening to the terminal and to signals.
///
/// # Errors
///
/// When the system lets no signals be caught.
pub fn listen(sender: &MessageSender) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    let to = sender.clone();
    worker::start("waiting for signals", Priority::Normal, sender, move || {
        for signal in &mut signals {
            let command = match signal {
                SIGTSTP => Command::Suspend,
                SIGCONT => Command::Redraw,
                _ => {
                    // What was typed just before is read first.
                    thread::sleep(TYPED_BEFORE);
                    Command::Quit
                }
            };
            if !to.send(Message::Command(command)) {
                return;
            }
        }
    })?;
    let to = sender.clone();
    worker::start("waiting for keys", Priority::Normal, sender, move || {
        loop {
            // A terminal that is gone returns errors only: no user is left.
            let Ok(input) = event::read() else {
                to.send(Message::Command(Command::Quit));
                return;
            };
            if message(input).is_some_and(|message| !to.send(message)) {
                return;
            }
        }
    })?;
    Ok(())
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
        MouseEventKind::ScrollDown => Some(Command::Wheel { column, row, down: true }),
        MouseEventKind::ScrollUp => Some(Command::Wheel { column, row, down: false }),
        _ => None,
    }
}
