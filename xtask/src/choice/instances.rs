//! Places of the text at which an author wrote a word that a spinner writes or
//! replaces.

use std::collections::BTreeMap;

use zhengben::workshop::{Feature, Window, features};

use super::corpus::Document;
use super::recipe::{PLACES, SEED};
use super::spinner::Spinner;
use crate::simulate::Random;

/// A place: the text before the word and behind it, as far as it may count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'t> {
    pub(super) left: &'t str,
    pub(super) right: &'t str,
    /// The place's number among all: what is drawn for it depends on that.
    number: usize,
}

/// The places of one word.
#[derive(Debug, Default)]
pub(super) struct Places<'t> {
    by_domain: BTreeMap<&'static str, Kept<'t>>,
}

/// Those of one domain: each seen one is as likely to be kept.
#[derive(Debug, Default)]
struct Kept<'t> {
    places: Vec<Place<'t>>,
    seen: usize,
    /// What all that were seen count.
    weight: u64,
}

/// The places of all words.
#[derive(Debug)]
pub(super) struct Samples<'t> {
    by_word: Vec<Places<'t>>,
}

/// Characters that may count on either side, before numbers and words in Latin
/// letters are drawn together.
const WIDEST: usize = 24;

/// How much of what stands around a place is spun.
const RATES: [f64; 4] = [0.0, 0.0, 0.5, 1.0];

/// Finds the places of all words.
pub(super) fn collect<'t>(documents: &'t [Document], spinner: &Spinner) -> Samples<'t> {
    let mut by_word: Vec<Places<'t>> = Vec::new();
    by_word.resize_with(spinner.words.len(), Places::default);
    let mut random = Random::of_document(SEED, 0);
    let mut number = 0;
    for document in documents {
        let text = document.text.as_str();
        for found in spinner.automaton.find_overlapping_iter(text) {
            number += 1;
            let kept = by_word[found.value() as usize]
                .by_domain
                .entry(document.domain)
                .or_default();
            kept.seen += 1;
            kept.weight += u64::from(document.weight);
            let slot = match kept.places.len() < PLACES {
                true => kept.places.len(),
                false => random.below(kept.seen as u64) as usize,
            };
            if slot >= PLACES {
                continue;
            }
            let place = Place::of(text, found.start(), found.end(), number);
            match kept.places.get_mut(slot) {
                Some(old) => *old = place,
                None => kept.places.push(place),
            }
        }
    }
    Samples { by_word }
}

impl<'t> Samples<'t> {
    /// The places of a word, by its number.
    pub(super) fn of(&self, word: usize) -> &Places<'t> {
        &self.by_word[word]
    }
}

impl<'t> Places<'t> {
    /// How many were seen.
    pub(super) fn seen(&self) -> usize {
        self.by_domain.values().map(|kept| kept.seen).sum()
    }

    /// What all that were seen count.
    pub(super) fn weight(&self) -> f64 {
        self.by_domain.values().map(|kept| kept.weight as f64).sum()
    }

    /// Those that were kept, and what each stands for.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Place<'t>, f64)> {
        self.by_domain.values().flat_map(|kept| {
            let each = kept.weight as f64 / kept.places.len() as f64;
            kept.places.iter().map(move |&place| (place, each))
        })
    }
}

impl<'t> Place<'t> {
    pub(super) fn of(text: &'t str, start: usize, end: usize, number: usize) -> Place<'t> {
        let (left, right) = (&text[..start], &text[end..]);
        let before = left.char_indices().rev().nth(WIDEST - 1);
        let behind = right.char_indices().nth(WIDEST);
        Place {
            left: &left[before.map_or(0, |(at, _)| at)..],
            right: &right[..behind.map_or(right.len(), |(at, _)| at)],
            number,
        }
    }

    /// Its features, as on a page that may be spun: by what family and how much
    /// is drawn for the place.
    pub(super) fn features(&self, spinner: &Spinner) -> Vec<Feature> {
        let mut random = Random::of_document(SEED, self.number);
        let rate = RATES[random.below(RATES.len() as u64) as usize];
        let family = random.below(spinner.families.len() as u64) as usize;
        let family = &spinner.families[family];
        let mut found = Vec::with_capacity(32);
        let mut collect = |window: &Window| features(window, |feature| found.push(feature));
        if rate == 0.0 {
            collect(&Window::new(self.left, self.right));
        } else {
            let (left, _) = family.spin(self.left, rate, &mut random);
            let (right, _) = family.spin(self.right, rate, &mut random);
            collect(&Window::new(&left, &right));
        }
        found
    }
}
