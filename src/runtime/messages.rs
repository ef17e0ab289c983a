//! The one channel into which everything comes.

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::config_worker::Reloaded;
use super::decoder::GraphicsAnswer;
use crate::app::{Command, Event};
use crate::keymap::Key;
use crate::library;

/// Something that has come in.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// The user wants something, by mouse or by signal.
    Command(Command),
    /// Text was pasted.
    Paste(String),
    /// Workers report something.
    Event(Event),
    /// The terminal told what it can draw.
    Graphics(GraphicsAnswer),
    /// The configuration was read again.
    Reloaded(Box<Reloaded>),
}

/// The end at which messages are put in.
#[derive(Debug, Clone)]
pub struct MessageSender(Sender<Message>);

impl MessageSender {
    /// Sends a message; returns false when the receiver is gone, so that a thread can end.
    pub fn send(&self, message: Message) -> bool {
        self.0.send(message).is_ok()
    }

    /// Whether more waits than anyone types: of a file that is piped into the terminal, say. What is typed then is lost
    /// rather than kept for minutes.
    pub(super) fn is_flooded(&self) -> bool {
        const MOST: usize = 1 << 16;
        self.0.len() > MOST
    }

    /// Sends an event; false as with [`MessageSender::send`].
    pub fn emit(&self, event: Event) -> bool {
        self.send(Message::Event(event))
    }

    /// Sends what went wrong with the library, and what to do, in a line.
    pub(super) fn fail(&self, error: &library::Error) {
        self.emit(Event::Failed(failure(error)));
    }
}

/// What went wrong with the library, and what to do, in a line.
pub(super) fn failure(error: &library::Error) -> String {
    crate::text::clean_line(&format!("{error} · {}", error.hint()))
}

/// A new channel: the end at which messages are put in, and the end at which they are taken out.
pub fn message_channel() -> (MessageSender, Receiver<Message>) {
    let (sender, receiver) = unbounded();
    (MessageSender(sender), receiver)
}
