//! `cargo xtask evaluate bytes`: broken GBK pages must come back to the last
//! character, unbroken ones must not be touched.

use std::path::PathBuf;

use encoding_rs::GBK;
use zhengben::{Cleaner, Encoding, Rule, RuleSet, Source};

use crate::simulate::{self, Choices, Garbled, Random};
use crate::{Failure, measure};

/// The text to break, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Simplified text, or .xz of it: one document a line, ␤ for line breaks.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Another seed gives other damage.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Take this many documents of each file.
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Print this many pages that are not restored.
    #[arg(long, default_value_t = 5)]
    show: usize,
    #[command(flatten)]
    choices: Choices,
}

/// Prints the figures.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let cleaner = Cleaner::builder()
        .rules([Rule::GlossBytes].into_iter().collect())
        .build();
    let refusing = Cleaner::builder().rules(RuleSet::none()).build();
    let mut broken = Broken::default();
    let mut whole = Whole::default();
    let mut number = 0;
    for path in &arguments.files {
        let text = measure::read(path)?;
        for line in text.lines().take(arguments.limit.unwrap_or(usize::MAX)) {
            let garbled = simulate::garble(line, arguments.seed, number, &arguments.choices);
            let outcome = broken.take(&cleaner, &refusing, &garbled);
            if let Err(what) = outcome {
                broken.failed += 1;
                if broken.failed <= arguments.show {
                    println!("{}, line {}: {what}", path.display(), number + 1);
                }
            }
            let mut random = Random::of_document(!arguments.seed, number);
            for page in [&garbled.simplified, &garbled.traditional] {
                if let Err(what) = whole.take(&cleaner, page, &mut random) {
                    whole.failed += 1;
                    if whole.failed <= arguments.show {
                        println!("{}, line {}: {what}", path.display(), number + 1);
                    }
                }
            }
            number += 1;
        }
    }
    broken.print();
    whole.print();
    Ok(())
}

/// Figures of pages that a filter has gone through.
#[derive(Default)]
struct Broken {
    /// Pages with no gloss where two characters meet: they can be decoded, and
    /// must be left to the stages.
    decodable: usize,
    /// All others.
    pages: usize,
    bytes: usize,
    characters: usize,
    glosses: usize,
    splits: usize,
    /// Pages that came back exactly, and their characters.
    exact: usize,
    restored: usize,
    /// Pages that could still not be decoded.
    refused: usize,
    failed: usize,
}

impl Broken {
    fn take(
        &mut self,
        cleaner: &Cleaner,
        refusing: &Cleaner,
        garbled: &Garbled,
    ) -> Result<(), String> {
        let original: String = garbled.traditional.iter().collect();
        if garbled.splits == 0 {
            self.decodable += 1;
            let source = Source::decode_as(&garbled.bytes, Encoding::Gbk)
                .map_err(|error| format!("was decodable: {error}"))?;
            let cleaned = cleaner.clean(source);
            let untouched = cleaned.evidence().inserted.glosses == 0 && cleaned.is_clean();
            return untouched
                .then_some(())
                .ok_or_else(|| "mended without need".to_owned());
        }
        self.pages += 1;
        self.bytes += garbled.bytes.len();
        self.characters += garbled.traditional.len();
        self.glosses += garbled.glosses;
        self.splits += garbled.splits;
        let source = Source::decode(&garbled.bytes).map_err(|error| {
            self.refused += 1;
            let (glosses, splits) = (garbled.glosses, garbled.splits);
            format!(
                "{error}; {glosses} glosses, {splits} where two characters meet: {}",
                garbled.text
            )
        })?;
        let cleaned = cleaner.clean(source.clone());
        if let Some(place) = difference(cleaned.text(), &original) {
            return Err(format!("not exact: {place}"));
        }
        let bytes = cleaned.to_bytes().map_err(|error| error.to_string())?;
        if *bytes != *GBK.encode(&original).0 {
            return Err("other bytes than the original's".to_owned());
        }
        let again = Source::decode(&bytes).map_err(|error| error.to_string())?;
        if !cleaner.clean(again).is_clean() {
            return Err("not idempotent".to_owned());
        }
        let kept = refusing.clean(source);
        if kept.to_bytes().map_err(|error| error.to_string())?[..] != garbled.bytes {
            return Err("other bytes although every rule is off".to_owned());
        }
        self.exact += 1;
        self.restored += garbled.traditional.len();
        Ok(())
    }

    #[expect(clippy::print_stdout, reason = "it is a report")]
    fn print(&self) {
        let Broken {
            decodable,
            pages,
            bytes,
            characters,
            glosses,
            splits,
            exact,
            restored,
            refused,
            failed,
        } = self;
        println!(
            "{pages} broken pages, {:.1} MB, {glosses} glosses, {splits} of them where two \
             characters meet; {decodable} pages without such glosses",
            *bytes as f64 / 1e6
        );
        println!(
            "exact: {exact} pages ({:.3} %), {restored} of {characters} characters ({:.4} %); \
             refused: {refused}; failed checks: {failed}",
            percent(*exact, *pages),
            percent(*restored, *characters)
        );
    }
}

/// How often an author glosses a character, and a lesson does.
const GLOSSED: [(f64, u32); 4] = [(0.0, 2), (0.003, 4), (0.03, 1), (0.9, 1)];

/// How often each of these pages is damaged anew.
const DAMAGED: usize = 5;

/// Figures of pages that no filter has gone through.
#[derive(Default)]
struct Whole {
    pages: usize,
    bytes: usize,
    glosses: usize,
    /// Pages with a byte lost or changed, and those that can be decoded still.
    damaged: usize,
    readable: usize,
    failed: usize,
}

impl Whole {
    fn take(
        &mut self,
        cleaner: &Cleaner,
        page: &[char],
        random: &mut Random,
    ) -> Result<(), String> {
        let (text, glosses) = with_legitimate_glosses(page, random);
        let (bytes, _, _) = GBK.encode(&text);
        self.pages += 1;
        self.bytes += bytes.len();
        self.glosses += glosses;
        let source = Source::decode(&bytes).map_err(|error| error.to_string())?;
        let cleaned = cleaner.clean(source);
        let written = cleaned.to_bytes().map_err(|error| error.to_string())?;
        if written != bytes || !cleaned.is_clean() {
            return Err("an unbroken page was changed".to_owned());
        }
        for _ in 0..if bytes.is_empty() { 0 } else { DAMAGED } {
            self.take_damaged(cleaner, bytes.to_vec(), random)?;
        }
        Ok(())
    }

    /// A page with one wrong byte is refused or read as it is.
    fn take_damaged(
        &mut self,
        cleaner: &Cleaner,
        mut bytes: Vec<u8>,
        random: &mut Random,
    ) -> Result<(), String> {
        self.damaged += 1;
        let at = random.below(bytes.len() as u64) as usize;
        if random.chance(0.5) {
            bytes.remove(at);
        } else {
            bytes[at] = random.below(256) as u8;
        }
        if let Ok(source) = Source::decode_as(&bytes, Encoding::Gbk) {
            self.readable += 1;
            if !cleaner.clean(source).is_clean() {
                return Err(format!(
                    "a page with a wrong byte at {at} was mended: {}",
                    GBK.decode(&bytes).0
                ));
            }
        }
        Ok(())
    }

    #[expect(clippy::print_stdout, reason = "it is a report")]
    fn print(&self) {
        println!(
            "{} unbroken pages in both scripts, {:.1} MB, {} authors' glosses; {} with a byte \
             lost or changed, {} of them decodable; changed: {}",
            self.pages,
            self.bytes as f64 / 1e6,
            self.glosses,
            self.damaged,
            self.readable,
            self.failed
        );
    }
}

/// The page as an author may have written it, with the number of glosses.
fn with_legitimate_glosses(page: &[char], random: &mut Random) -> (String, usize) {
    let share = random.weighted(&GLOSSED);
    let mut text = String::with_capacity(page.len() * 3);
    let mut glosses = 0;
    for &character in page {
        text.push(character);
        if random.chance(share)
            && let Some(reading) = simulate::customary_reading(character)
        {
            text.extend(["(", reading, ")"]);
            glosses += 1;
        }
    }
    (text, glosses)
}

/// What two texts are around the first place in which they differ.
fn difference(text: &str, expected: &str) -> Option<String> {
    let mut pairs = text.char_indices().zip(expected.chars());
    let at = match pairs.find(|&((_, a), b)| a != b) {
        Some(((at, _), _)) => at,
        None if text.len() == expected.len() => return None,
        None => text.len().min(expected.len()),
    };
    let around = |text: &str| -> String {
        let characters = text.char_indices().map(|(place, _)| place);
        let near = characters.filter(|place| (at.saturating_sub(30)..at + 40).contains(place));
        let mut near = near.peekable();
        let start = near.peek().copied().unwrap_or(text.len());
        let end = near.last().unwrap_or(text.len());
        text[start..end].to_owned()
    };
    Some(format!("{} instead of {}", around(text), around(expected)))
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}
