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
pub struct Inbox(Sender<Message>);

impl Inbox {
    /// Puts a message in; gives false when nobody takes any more, so that a thread can end.
    pub fn put(&self, message: Message) -> bool {
        self.0.send(message).is_ok()
    }

    /// Reports an event; false as with [`Inbox::put`].
    pub fn report(&self, event: Event) -> bool {
        self.put(Message::Event(event))
    }
}

/// A new inbox, and the end at which messages are taken out.
pub fn inbox() -> (Inbox, Receiver<Message>) {
    let (sender, receiver) = unbounded();
    (Inbox(sender), receiver)
}
