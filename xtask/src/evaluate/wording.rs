//! The wording stage on text that a spinner of the dictionary's has rewritten,
//! and on text that nobody has.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use zhengben::{Cleaner, Safety};

use crate::choice::{Corpus, Replaced, Spinner};
use crate::simulate::Random;
use crate::sources::with_line_breaks;
use crate::{Failure, parallel};

/// What to spin, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the corpus files.
    #[arg(long, value_name = "DIR")]
    corpora: PathBuf,
    /// More text: one document a line, ␤ for line breaks.
    #[arg(long, value_name = "DOMAIN=FILE")]
    text: Vec<String>,
    /// Documents for tuning instead of those for testing.
    #[arg(long)]
    tune: bool,
    /// This domain only.
    #[arg(long)]
    domain: Option<String>,
    /// So many documents of each domain.
    #[arg(long, default_value_t = 500)]
    limit: usize,
    /// Documents of at least so many characters.
    #[arg(long, default_value_t = 300)]
    least: usize,
    /// Another gives other spinners and other words.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print this many wrong edits of each domain.
    #[arg(long, default_value_t = 0)]
    show: usize,
}

/// How a document is spun.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// Not at all.
    Clean,
    /// Every word that the spinner has.
    Whole,
    /// Each word with a probability of one half.
    Half,
    /// Half of the words, and these wherever they stand.
    HalfOfWords,
}

const MODES: [(Mode, &str); 4] = [
    (Mode::Whole, "all"),
    (Mode::Half, "half"),
    (Mode::HalfOfWords, "half of the words"),
    (Mode::Clean, "not spun"),
];

/// What came of the edits of one kind of safety.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    wrong: usize,
}

#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    characters: usize,
    replaced: usize,
    /// Documents that cleaning changes again.
    unstable: usize,
    by_safety: BTreeMap<Safety, Count>,
    /// Of each spun word: right, wrong, missed.
    by_word: BTreeMap<String, [usize; 3]>,
    examples: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.documents += other.documents;
        self.characters += other.characters;
        self.replaced += other.replaced;
        self.unstable += other.unstable;
        for (safety, count) in other.by_safety {
            let sum = self.by_safety.entry(safety).or_default();
            sum.right += count.right;
            sum.wrong += count.wrong;
        }
        for (word, counts) in other.by_word {
            let sums = self.by_word.entry(word).or_default();
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        self.examples.extend(other.examples);
    }

    fn of(&self, safety: Safety) -> Count {
        self.by_safety.get(&safety).copied().unwrap_or_default()
    }
}

/// Prints the figures.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let spinner = Spinner::of_dictionary();
    let cleaner = Cleaner::builder().script(None).build();
    let corpus = Corpus::read(&arguments.corpora, None)?;
    let part = if arguments.tune {
        corpus.tune
    } else {
        corpus.test
    };
    let mut domains: Vec<(String, Vec<String>)> = part
        .into_iter()
        .map(|(domain, documents)| (domain.to_owned(), documents))
        .collect();
    for text in &arguments.text {
        let (domain, file) = text.split_once('=').ok_or("--text wants DOMAIN=FILE")?;
        let text = fs::read_to_string(file)?;
        domains.push((
            domain.to_owned(),
            text.lines().map(with_line_breaks).collect(),
        ));
    }
    for (domain, mut documents) in domains {
        if arguments
            .domain
            .as_ref()
            .is_some_and(|wanted| *wanted != domain)
        {
            continue;
        }
        documents.retain(|text| text.chars().count() >= arguments.least);
        documents.truncate(arguments.limit);
        if documents.is_empty() {
            continue;
        }
        for (mode, name) in MODES {
            let mut total = Tally::default();
            for tally in parallel::map(&documents, |number, text| {
                one(text, mode, number, arguments.seed, &spinner, &cleaner)
            }) {
                total.add(tally);
            }
            println!("{}", line(&domain, name, &total));
            if arguments.show > 0 {
                let mut worst: Vec<_> = total.by_word.iter().filter(|(_, c)| c[1] > 0).collect();
                worst.sort_by_key(|(_, counts)| std::cmp::Reverse(counts[1]));
                for (word, [right, wrong, missed]) in worst.iter().take(arguments.show) {
                    println!("    {word}: {right} right, {wrong} wrong, {missed} missed");
                }
                let mut missed: Vec<_> = total.by_word.iter().collect();
                missed.sort_by_key(|(_, counts)| std::cmp::Reverse(counts[2]));
                let missed = missed.iter().take(2 * arguments.show);
                let missed: Vec<String> = missed
                    .map(|(word, counts)| format!("{word} {}", counts[2]))
                    .collect();
                println!("    missed: {}", missed.join(", "));
                for example in total.examples.iter().take(arguments.show) {
                    println!("    {example}");
                }
            }
        }
    }
    Ok(())
}

fn line(domain: &str, mode: &str, total: &Tally) -> String {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let (safe, more) = (total.of(Safety::Safe), total.of(Safety::Unsafe));
    let edits = safe.right + safe.wrong;
    format!(
        "{domain:24} {mode:18} {:4} documents {:8} characters; {:6} replaced; safe: {:6.2} % right of {edits}, recall {:5.1} %, wrong in 100,000 characters {:.2}; unsafe: {:5.1} % right of {}; recall of both {:5.1} %; changed when cleaned again: {}",
        total.documents,
        total.characters,
        total.replaced,
        percent(safe.right, edits),
        percent(safe.right, total.replaced),
        1e5 * safe.wrong as f64 / total.characters.max(1) as f64,
        percent(more.right, more.right + more.wrong),
        more.right + more.wrong,
        percent(safe.right + more.right, total.replaced),
        total.unstable,
    )
}

fn one(
    text: &str,
    mode: Mode,
    number: usize,
    seed: u64,
    spinner: &Spinner,
    cleaner: &Cleaner,
) -> Tally {
    let mut random = Random::of_document(seed, number);
    let family = &spinner.families[random.below(spinner.families.len() as u64) as usize];
    let (spun, replaced) = match mode {
        Mode::Clean => (text.to_owned(), Vec::new()),
        Mode::Whole => family.spin(text, 1.0, &mut random),
        Mode::Half => family.spin(text, 0.5, &mut random),
        Mode::HalfOfWords => family.spin_half(text, &mut random),
    };
    let mut tally = Tally {
        documents: 1,
        characters: text.chars().count(),
        replaced: replaced.len(),
        ..Tally::default()
    };
    let truth: BTreeMap<usize, &Replaced> = replaced
        .iter()
        .map(|replaced| (replaced.start, replaced))
        .collect();
    let mut missed = truth.clone();
    let cleaned = cleaner.clean(spun.as_str());
    let again = cleaner.clean(cleaned.text());
    tally.unstable = usize::from(again.text() != cleaned.text());
    for edit in cleaned.edits() {
        let Some(cause) = edit
            .causes
            .last()
            .filter(|c| c.rule.info().stage == "wording")
        else {
            continue;
        };
        let start = edit.range.start;
        // A spinner may have replaced a longer piece than the edit gives back.
        let around = truth.range(..=start).next_back();
        let is_right = around.is_some_and(|(&at, replaced)| {
            let (from, to) = (start - at, edit.range.end - at);
            replaced
                .spun
                .get(..from)
                .zip(replaced.spun.get(to..))
                .is_some_and(|(left, right)| {
                    format!("{left}{}{right}", edit.replacement) == replaced.original
                })
        });
        let count = tally.by_safety.entry(cause.safety).or_default();
        count.right += usize::from(is_right);
        count.wrong += usize::from(!is_right);
        if cause.safety == Safety::Safe {
            let word = tally.by_word.entry(edit.original.to_owned()).or_default();
            word[0] += usize::from(is_right);
            word[1] += usize::from(!is_right);
            if is_right {
                missed.retain(|&at, replaced| at > start || at + replaced.spun.len() <= start);
            } else {
                let before: String = spun[..start].chars().rev().take(10).collect();
                let before: String = before.chars().rev().collect();
                let behind: String = spun[edit.range.end..].chars().take(8).collect();
                let truth = truth
                    .get(&start)
                    .map_or("native", |replaced| replaced.original);
                let example = format!(
                    "{before}[{}→{}]{behind} | {truth} | {} | {}",
                    edit.original, edit.replacement, family.name, cause.reason
                );
                tally.examples.push(example.replace('\n', "⏎"));
            }
        }
    }
    for replaced in missed.values() {
        let word = format!("{}←{}", replaced.spun, replaced.original);
        tally.by_word.entry(word).or_default()[2] += 1;
    }
    tally
}
