//! The worker that fetches pictures, decodes them within limits, and prepares them for drawing.

use std::io::{self, Cursor};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use image::{DynamicImage, ImageError, ImageReader};
use ratatui::layout::Size;

use super::context::Context;
use super::picture_cache::PictureCache;
use super::pictures::Pictures;
use super::worker::{self, Cancel, Policy, Worker};
use crate::app::{Event, PictureJob};
use crate::article::ArticleId;
use crate::fetch::{HttpClient, Limits};
use crate::ingest::{Priority, caught, fetch_linked};
use crate::text::clean_line;

/// The longest file, in bytes.
const LONGEST: u64 = 12 << 20;

/// The largest picture, in pixels in one direction and in all, and how much memory may be taken to decode one, in bytes.
const LONGEST_SIDE: u32 = 16_384;
const MOST_PIXELS: u64 = 64 << 20;
const MOST_MEMORY: u64 = 384 << 20;

/// The way to the worker, and what it has prepared.
#[derive(Debug)]
pub(super) struct PictureWorker {
    worker: Worker<PictureJob>,
    drawn: Pictures,
    /// The article that was asked about last: pictures of others are not fetched any more.
    latest: Arc<Mutex<Option<ArticleId>>>,
}

impl PictureWorker {
    pub fn start(context: &Context) -> io::Result<Self> {
        let (drawn, latest) = (Pictures::new(), Arc::<Mutex<Option<ArticleId>>>::default());
        let (context, sender) = (context.clone(), context.sender.clone());
        let (prepared, wanted, cache) = (drawn.clone(), Arc::clone(&latest), PictureCache::of_user());
        let work = move |job: PictureJob, cancel: &Cancel| {
            if *wanted.lock().unwrap_or_else(PoisonError::into_inner) == Some(job.article) {
                // A file that a decoder panics at is a picture that cannot be drawn.
                let drawn = caught(|| draw(&context, &cache, &prepared, &job, cancel));
                let drawn = drawn.unwrap_or_else(|| Err("cannot be decoded".to_owned()));
                context.sender.emit(Event::Picture { job, drawn });
            }
        };
        let worker = worker::spawn("drawing a picture", Priority::Low, Policy::Queue, &sender, work)?;
        Ok(Self { worker, drawn, latest })
    }

    /// Asks for a picture.
    pub fn ask(&self, job: PictureJob) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(job.article);
        self.worker.send(job);
    }

    pub fn drawn(&self) -> &Pictures {
        &self.drawn
    }
}

/// Prepares a picture; returns how many rows it has, or why it cannot be drawn.
fn draw(
    context: &Context,
    cache: &PictureCache,
    pictures: &Pictures,
    job: &PictureJob,
    cancel: &Cancel,
) -> Result<u16, String> {
    let kept = cache.get(&job.url);
    let is_kept = kept.is_some();
    let bytes = match kept {
        Some(bytes) => bytes,
        None => fetched(context, job, cancel)?,
    };
    let image = decoded(&bytes)?;
    if !is_kept {
        cache.put(&job.url, &bytes);
    }
    let most = Size::new(job.columns, job.rows);
    let (width, height) = pictures.graphics().pixels(most);
    // No more of it is held than is drawn.
    let image = if image.width() > width || image.height() > height { image.thumbnail(width, height) } else { image };
    pictures.add(job.article, job.number, image, most).map_err(|error| clean_line(&error.to_string()))
}

fn fetched(context: &Context, job: &PictureJob, cancel: &Cancel) -> Result<Vec<u8>, String> {
    let brief = Duration::from_secs(20);
    let limits = Limits { bytes: LONGEST, body: brief, total: brief, ..Limits::default() };
    let client = HttpClient::new(limits).with_logins(&context.logins);
    let cancelled = client.clone();
    cancel.on_cancel(move || cancelled.cancel());
    let page = fetch_linked(&context.library, job.article, &job.url, &client);
    page.map(|page| page.bytes).map_err(|why| clean_line(&why.to_string()))
}

/// Decodes a picture within the limits; of one that moves the first.
fn decoded(bytes: &[u8]) -> Result<DynamicImage, String> {
    let reader = || {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(LONGEST_SIDE);
        limits.max_image_height = Some(LONGEST_SIDE);
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        Ok::<_, ImageError>(reader)
    };
    let (width, height) = reader().and_then(ImageReader::into_dimensions).map_err(|error| in_words(&error))?;
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!("too large: {width} × {height} pixels"));
    }
    if width.min(height) < 2 {
        return Err("shows nothing".to_owned());
    }
    reader().and_then(ImageReader::decode).map_err(|error| in_words(&error))
}

fn in_words(error: &ImageError) -> String {
    match error {
        ImageError::Unsupported(_) => "of a kind that cannot be drawn".to_owned(),
        ImageError::Limits(_) => "too large".to_owned(),
        _ => "damaged".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_cannot_be_drawn_says_why_and_takes_no_room() {
        assert_eq!(decoded(&png(20, 10)).unwrap().width(), 20);
        assert_eq!(decoded(&png(1, 900)).unwrap_err(), "shows nothing");
        assert_eq!(
            decoded(b"<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap_err(),
            "of a kind that cannot be drawn"
        );
        assert_eq!(decoded(b"").unwrap_err(), "of a kind that cannot be drawn");
        let whole = png(300, 200);
        assert_eq!(decoded(&whole[..whole.len() / 2]).unwrap_err(), "damaged");
        // A header that promises a picture of sixteen gigapixels, in a file of a hundred bytes.
        let mut bomb = png(8, 8);
        bomb[16..20].copy_from_slice(&16_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&16_000_u32.to_be_bytes());
        let why = decoded(&bomb).unwrap_err();
        assert!(why.starts_with("too large") || why == "damaged", "{why}");
        bomb[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(decoded(&bomb).is_err());
        // Any byte may be any other.
        for at in 0..whole.len().min(400) {
            let mut torn = whole.clone();
            torn[at] = torn[at].wrapping_add((at % 255) as u8 + 1);
            let _ = caught(|| decoded(&torn).map(|image| image.width()));
        }
    }
}
