//! The one inbox into which everything comes.

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::app::{Command, Event};
use crate::keymap::Key;

/// Something that has come in.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// The reader wants something, by mouse or by signal.
    Command(Command),
    /// Text was pasted.
    Paste(String),
    /// Workers report something.
    Event(Event),
}

/// The end at which messages are put in.
#[derive(Debug, Clone)]
pub struct MessageSender(Sender<Message>);

impl MessageSender {
    /// Puts a message in; gives false when nobody takes any more, so that a thread can end.
    pub fn send(&self, message: Message) -> bool {
        self.0.send(message).is_ok()
    }

    /// Reports an event; false as with [`MessageSender::send`].
    pub fn emit(&self, event: Event) -> bool {
        self.send(Message::Event(event))
    }
}

/// A new inbox, and the end at which messages are taken out.
pub fn message_channel() -> (MessageSender, Receiver<Message>) {
    let (sender, receiver) = unbounded();
    (MessageSender(sender), receiver)
}
