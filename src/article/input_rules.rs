//! What the user says of how inputs are read.

use std::sync::Arc;

use super::{FieldMap, SiteRule};

/// What the user says of how inputs are read; a clone is cheap.
#[derive(Debug, Clone, Default)]
pub struct InputRules {
    /// Which field of a record is which part of an article.
    pub fields: FieldMap,
    /// How pages of sites are read; the first rule that is for a page counts.
    pub sites: Arc<[SiteRule]>,
}
