//! Clauses while a query is read: all must hold, and of each one of its terms. Whatever stands in brackets is brought into
//! this form.

use super::{Term, TermKind};

/// All must hold, and of each one of its terms.
pub(super) type Clauses = Vec<Vec<Term>>;

/// The most terms that brackets may come to.
const MOST: usize = 512;

/// The clauses of one term.
pub(super) fn one(kind: TermKind, negated: bool) -> Clauses {
    vec![vec![Term { negated, alternative: false, kind }]]
}

/// What holds where one or the other does: `(a b) OR c` is `(a OR c) (b OR c)`. None where that is too much.
pub(super) fn either(one: &Clauses, other: &Clauses) -> Option<Clauses> {
    let terms = |clauses: &Clauses| clauses.iter().map(Vec::len).sum::<usize>();
    let size = terms(one) * other.len() + terms(other) * one.len();
    let both = |clause: &Vec<Term>| other.iter().map(|more| [clause.as_slice(), more].concat()).collect::<Vec<_>>();
    (size <= MOST).then(|| one.iter().flat_map(both).collect())
}

/// What holds where these do not: `-(a OR b)` is `-a -b`. None where that is too much.
pub(super) fn none_of(clauses: Clauses) -> Option<Clauses> {
    let mut negated = clauses.into_iter().map(|clause| -> Clauses {
        clause.into_iter().map(|term| vec![Term { negated: !term.negated, ..term }]).collect()
    });
    let first = negated.next()?;
    negated.try_fold(first, |done, next| either(&done, &next))
}

/// The terms one after the other, with what tells where a clause begins.
pub(super) fn in_row(clauses: Clauses) -> Vec<Term> {
    let clause = |clause: Vec<Term>| clause.into_iter().enumerate();
    clauses.into_iter().flat_map(clause).map(|(at, term)| Term { alternative: at > 0, ..term }).collect()
}
