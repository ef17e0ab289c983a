//! What is to be checked is looked for once more: articles have changed, have come or have gone.

use std::collections::HashMap;

use super::listed;
use crate::app::App;
use crate::app::effect::{Effect, ReviewJob, ReviewOf};
use crate::article::ArticleId;

/// Looks once more for what is to be checked: articles were removed, or have come back.
pub(in crate::app) fn look_again(app: &mut App) {
    let request = app.new_request();
    let Some(review) = app.views.review_mut() else { return };
    (review.place, review.in_flight, review.opened) = (review.selected().copied(), Some(request), None);
    let of = review.of.clone();
    app.ask(Effect::Review(ReviewJob::List { request, of }));
}

/// All has been read: the list that is to be checked is whole.
pub(in crate::app) fn list_is_whole(app: &mut App) {
    let articles = listed(app);
    let Some(review) = app.views.review_mut().filter(|review| review.is_of_list) else { return };
    review.of = ReviewOf::Articles(articles);
    look_again(app);
}

/// Articles have other words now, or others took their places: each with its successor.
pub(in crate::app) fn articles_changed(app: &mut App, successors: &HashMap<ArticleId, ArticleId>) {
    let Some(review) = app.views.review_mut() else { return };
    let is_about = match &review.of {
        ReviewOf::Articles(articles) => articles.iter().any(|id| successors.contains_key(id)),
        ReviewOf::Speaker(_) => review.doubtful.iter().any(|one| successors.contains_key(&one.article)),
    };
    if is_about {
        if let ReviewOf::Articles(articles) = &review.of {
            review.of = ReviewOf::Articles(articles.iter().map(|id| *successors.get(id).unwrap_or(id)).collect());
        }
        look_again(app);
    }
}
