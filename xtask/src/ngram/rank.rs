//! A task like the damage solver's: of a character one byte is lost. Is the
//! true one the likeliest of those that the other byte leaves, going by the
//! characters around it?

use std::collections::BTreeMap;
use std::fmt;

use encoding_rs::{BIG5, GBK};
use zhengben::workshop::{Model, State, forms};

/// How much likelier the first must be than the second to be believed, in nats.
const MARGINS: [f32; 4] = [4.0, 6.0, 8.0, 10.0];

/// How often the true character came first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ranks {
    places: u32,
    first: u32,
    /// For each margin, how often one was believed, and how often it was not
    /// the true one.
    believed: [(u32, u32); MARGINS.len()],
}

/// Names the columns of [`Ranks`].
pub(crate) fn header() -> String {
    let margins = MARGINS.map(|margin| format!("margin {margin}: % believed, right"));
    format!("places  % first  {}", margins.join("  "))
}

impl fmt::Display for Ranks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
        let first = percent(self.first, self.places);
        write!(f, "{:6}  {first:7.2}", self.places)?;
        for (believed, wrong) in self.believed {
            let share = percent(believed, self.places);
            let right = percent(believed - wrong, believed);
            write!(f, "  {share:19.2} {right:7.3}")?;
        }
        Ok(())
    }
}

/// Takes away first one, then the other byte of Han characters, evenly spread
/// over the documents, that have two characters before and two after them.
pub(crate) fn measure(model: &Model<'_>, documents: &[String], places: usize) -> Ranks {
    let candidates = Candidates::new();
    let total: usize = documents.iter().map(|d| d.chars().count()).sum();
    let every = (2 * total / places.max(1)).max(1);
    let mut ranks = Ranks::default();
    let mut position = 0;
    for line in documents.iter().flat_map(|document| document.lines()) {
        let characters: Vec<char> = line.chars().collect();
        for around in characters.windows(5) {
            position += 1;
            if position % every != 0 {
                continue;
            }
            for others in candidates.of(around[2]) {
                ranks.add(model, around, others);
            }
        }
    }
    ranks
}

impl Ranks {
    /// Ranks the middle one of five characters.
    fn add(&mut self, model: &Model<'_>, around: &[char], others: &[char]) {
        let &[before, previous, truth, next, last] = around else {
            return;
        };
        let state = model.advance(State::START, before);
        let state = model.advance(state, previous);
        let score = |character| {
            let (nats, state) = model.step(state, character);
            let (next, state) = model.step(state, next);
            nats + next + model.log_prob(state, last)
        };
        let best = others
            .iter()
            .filter(|&&other| other != truth)
            .map(|&other| score(other))
            .fold(f32::NEG_INFINITY, f32::max);
        let margin = score(truth) - best;
        self.places += 1;
        self.first += u32::from(margin > 0.0);
        for ((believed, wrong), least) in self.believed.iter_mut().zip(MARGINS) {
            *believed += u32::from(margin.abs() >= least);
            *wrong += u32::from(margin <= -least);
        }
    }
}

/// The characters of GBK by their bytes. Damaged text is in Traditional script:
/// only its characters are candidates, each as its Simplified form.
#[derive(Debug, Default)]
struct Candidates {
    /// The bytes of the Traditional form.
    bytes: BTreeMap<char, [u8; 2]>,
    by_lead: BTreeMap<u8, Vec<char>>,
    by_trail: BTreeMap<u8, Vec<char>>,
}

impl Candidates {
    fn new() -> Candidates {
        let simplified: BTreeMap<char, char> = forms().collect();
        let converted: BTreeMap<char, char> = simplified
            .iter()
            .filter(|&(&from, &to)| big5(from) && !big5(to))
            .map(|(&from, &to)| (to, from))
            .collect();
        let mut candidates = Candidates::default();
        for lead in 0x81..=0xFE {
            for trail in (0x40..=0x7E).chain(0x80..=0xFE) {
                let pair = [lead, trail];
                let (text, _) = GBK.decode_without_bom_handling(&pair);
                let Some(character) = text.chars().next() else {
                    continue;
                };
                let private = ('\u{E000}'..='\u{F8FF}').contains(&character);
                if private || converted.contains_key(&character) {
                    continue;
                }
                let form = simplified.get(&character).copied().unwrap_or(character);
                let is_form = form != character;
                if !is_form || converted.get(&form) == Some(&character) {
                    candidates.bytes.insert(form, pair);
                }
                candidates.by_lead.entry(lead).or_default().push(form);
                candidates.by_trail.entry(trail).or_default().push(form);
            }
        }
        candidates
    }

    /// What a Han character could be if only its first, or only its second byte
    /// were known.
    fn of(&self, character: char) -> impl Iterator<Item = &[char]> {
        let han = ('\u{4E00}'..='\u{9FFF}').contains(&character);
        let bytes = self.bytes.get(&character).filter(|_| han);
        bytes.into_iter().flat_map(|[lead, trail]| {
            let same = [self.by_lead.get(lead), self.by_trail.get(trail)];
            same.into_iter().flatten().map(Vec::as_slice)
        })
    }
}

/// Whether Big5 has the character: then it is one of Traditional script, and a
/// filter that converts to it leaves it.
fn big5(character: char) -> bool {
    let (_, _, unmappable) = BIG5.encode(character.encode_utf8(&mut [0; 4]));
    !unmappable
}
