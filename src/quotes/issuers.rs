//! Issuers: whose words a paper holds: "Doe released a statement", "Doe's letter", "an email from the Doe campaign".

use crate::quotes::cues::Cues;
use crate::quotes::mentions::{Kind, Mention};
use crate::quotes::roles;
use crate::quotes::tokens::TokenizedText;

/// The mention of who issued the paper of a mention: its owner, else the subject of the verb whose object it is.
pub(crate) fn issuer(tokenized: &TokenizedText<'_>, mentions: &[Mention], cues: &Cues, index: usize) -> Option<usize> {
    let mention = &mentions[index];
    if !is_issued(tokenized, mention) {
        return None;
    }
    if mention.owner.is_some() {
        return mention.owner;
    }
    let at = cues.before(mention.first);
    let cue = cues.all[..at].iter().rev().take(3).find(|c| c.token + 3 > mention.first)?;
    (mentions[cue.subject].sentence == mention.sentence && cue.subject < index).then_some(cue.subject)
}

/// The mention of whom a paper comes from: "the Doe campaign" of "a statement from the Doe campaign".
pub(crate) fn sender(tokenized: &TokenizedText<'_>, mentions: &[Mention], index: usize) -> Option<usize> {
    const NEAR: usize = 3;
    let mention = &mentions[index];
    if !is_issued(tokenized, mention) || !matches!(tokenized.words(mention.last + 1), "from" | "by") {
        return None;
    }
    let near = index + 1..mentions.len().min(index + NEAR);
    let sender = near.into_iter().find(|&m| mentions[m].first == mention.last + 2)?;
    (!mentions[sender].possessive).then_some(sender)
}

fn is_issued(tokenized: &TokenizedText<'_>, mention: &Mention) -> bool {
    mention.kind == Kind::NounDocument && roles::is_issued(tokenized.words(mention.last))
}
