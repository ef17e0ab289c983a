//! What is known of an input besides its bytes.

use std::borrow::Cow;

use super::encoding;
use crate::article::{FieldMap, InputRules, SiteRule};

/// What is known of some bytes beside the bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// The name of the file, without its folders.
    pub name: Option<&'a str>,
    /// The content type with its parameters, as a server sends it: "text/html; charset=utf-8".
    pub content_type: Option<&'a str>,
    /// The address that relative addresses count from, and at which a single page stands.
    pub base_url: Option<&'a str>,
    /// Which field of a record is which part of an article, where the user says so.
    pub fields: Option<&'a FieldMap>,
    /// The rules of the user for pages of sites; the first that is for a page counts.
    pub sites: &'a [SiteRule],
    /// The further pages of HTML over which the article of a page goes on, in order.
    pub further: &'a [Cow<'a, str>],
}

impl<'a> Hint<'a> {
    /// With what the user says.
    pub fn by(rules: &'a InputRules) -> Self {
        Self { fields: Some(&rules.fields), sites: &rules.sites, ..Self::default() }
    }

    pub(super) fn charset(&self) -> Option<&str> {
        self.content_type.and_then(encoding::of_content_type)
    }
}
