//! CSV: a line for each quotation.

use crate::article::Article;
use crate::cli::forms;
use crate::quotes::{Findings, Quotation};

/// The names of the columns.
pub const HEADER: &str = "speaker,role,quotation,kind,confidence,headline,date,source,path\n";

/// The rows of an article, a line end after each.
pub fn rows(article: &Article, findings: &Findings) -> String {
    forms::rows(findings.quotations.iter().map(|quotation| row(article, findings, quotation)))
}

fn row(article: &Article, findings: &Findings, quotation: &Quotation) -> [String; 9] {
    let speaker = findings.speaker_of(quotation);
    [
        speaker.map(|speaker| speaker.name.clone()).unwrap_or_default(),
        speaker.and_then(|speaker| speaker.role.clone()).unwrap_or_default(),
        article.body.words(quotation.span).to_owned(),
        quotation.kind.name().to_owned(),
        format!("{:.2}", quotation.confidence),
        article.headline().to_owned(),
        article.published.map(|published| published.to_string()).unwrap_or_default(),
        article.publisher.clone().unwrap_or_default(),
        article.origin.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::quotes::fixture;

    #[test]
    fn a_row_for_each_quotation() {
        let (article, findings) = fixture::article();
        assert_eq!(
            HEADER.to_owned() + &rows(&article, &findings),
            "speaker,role,quotation,kind,confidence,headline,date,source,path\n\
             Zoë Okafor,engineer,\"No, 𝒏𝒐𝒕 ever,\",speech,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt\n\
             Zoë Okafor,engineer,'=Never.,speech,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt\n\
             ,,quick🔧fix,term,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt\n\
             ,,We say so.,speech,0.90,Harbour 😀 *closed*,2026-03-14,Coast Wire,news/bridge.txt\n"
        );
    }
}
