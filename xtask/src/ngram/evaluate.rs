//! How good models are: `cargo xtask evaluate ngram`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use zhengben::workshop::{Model, State};

use super::corpus::Corpus;
use super::counts::{keys, last, symbols};
use super::estimate::{Estimate, Settings, estimate};
use super::logarithm::ln;
use super::words::Words;
use super::{general, pack, rank, recipe};
use crate::Failure;
use crate::sources::{self, Source};

/// What to measure, and on what.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the corpus files.
    #[arg(long, value_name = "DIR")]
    corpora: PathBuf,
    /// The model of words that the variants learn from, in the ARPA format.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// How many characters are drawn from it.
    #[arg(long, default_value_t = recipe::CHARACTERS)]
    characters: usize,
    /// Another domain to measure on: a text file, one document a line,
    /// ␤ for line breaks.
    #[arg(long, value_name = "DOMAIN=FILE")]
    text: Vec<String>,
    /// Measure on the documents for tuning instead of those for testing.
    #[arg(long)]
    tune: bool,
    /// Also make a model with other settings, such as `order=4
    /// thresholds=20,20,20 discounts=0.8,1.1,1.4 leak=0.05 context-cost=2 floor=0.5
    /// statutes=2`: a domain or a file has its weight.
    #[arg(long, value_name = "SETTINGS")]
    variant: Vec<String>,
    /// A character that the training documents have fewer times has no symbol,
    /// in the variants.
    #[arg(long, default_value_t = recipe::LEAST)]
    least: u32,
    /// Let the variants learn from the share-alike files too, with this weight.
    #[arg(long, value_name = "WEIGHT")]
    share_alike: Option<u32>,
    /// Rank candidates at no more than so many places in each domain.
    #[arg(long, default_value_t = 100_000)]
    places: usize,
}

type Domains<'a> = BTreeMap<&'a str, Vec<String>>;

/// Prints what the shipped model, then what each variant costs on each domain.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut corpus = Corpus::read(&arguments.corpora, arguments.least, arguments.share_alike)?;
    let held_out = match arguments.tune {
        true => &mut corpus.tune,
        false => &mut corpus.test,
    };
    let mut domains: Domains<'_> = std::mem::take(held_out);
    for text in &arguments.text {
        let (domain, path) = text.split_once('=').ok_or("DOMAIN=FILE")?;
        let lines = fs::read_to_string(path)?;
        domains.insert(
            domain,
            lines.lines().map(sources::with_line_breaks).collect(),
        );
    }

    let words = arguments.words.as_deref().map(Words::read).transpose()?;
    let sampled = words.map(|words| {
        let symbol = |c| corpus.alphabet.symbol(c);
        general::sample(&words, symbol, arguments.characters)
    });

    println!("as shipped");
    report(Model::embedded(), &domains, arguments.places);
    for variant in &arguments.variant {
        println!("\n{variant}");
        let (settings, weights) = parse(variant)?;
        let weight = |source: &Source| {
            let weight = weights
                .get(source.name)
                .or_else(|| weights.get(source.domain));
            weight.copied().unwrap_or(source.weight)
        };
        let general = sampled.as_deref().map(|sampled| {
            let weight = weights.get("words").copied();
            (sampled, weight.unwrap_or(recipe::GENERAL))
        });
        let top = corpus.count(&settings, weight, general);
        let estimate = estimate(top, corpus.vocabulary.len(), &settings);
        for (level, order) in estimate.levels.iter().zip(2..) {
            let (grams, contexts) = (level.grams.len(), level.contexts.len());
            print!("{grams} of order {order} in {contexts} contexts; ");
        }
        println!();
        if settings.order == 3 {
            let bytes = pack::pack(&estimate, &corpus.vocabulary.characters)?;
            println!("{} bytes", bytes.len());
            report(&Model::open(&bytes)?, &domains, arguments.places);
        } else {
            for (domain, documents) in &domains {
                let nats = entropy(&corpus, &estimate, settings.order, documents);
                println!("{domain:24} {nats:16.3}");
            }
        }
    }
    Ok(())
}

/// Prints a line a domain.
#[expect(clippy::print_stdout, reason = "it is a report")]
fn report(model: &Model<'_>, domains: &Domains<'_>, places: usize) {
    println!(
        "{:24} {:>9} {:>6}  {}",
        "domain",
        "symbols",
        "nats",
        rank::header()
    );
    for (domain, documents) in domains {
        let (count, nats) = cost(model, documents);
        let ranks = rank::measure(model, documents, places);
        println!("{domain:24} {count:9} {:6.3}  {ranks}", nats / count as f64);
    }
}

/// How many symbols the documents have, and what they cost in all, in nats.
fn cost(model: &Model<'_>, documents: &[String]) -> (usize, f64) {
    let (mut count, mut nats) = (0, 0.0);
    for document in documents {
        let mut state = State::START;
        for character in document.chars().chain(['\n']) {
            let (log, next) = model.step(state, character);
            count += 1;
            nats -= f64::from(log);
            state = next;
        }
    }
    (count, nats)
}

/// What a symbol of the documents costs on average, in nats.
fn entropy(corpus: &Corpus, estimate: &Estimate, order: usize, documents: &[String]) -> f64 {
    let (mut count, mut nats) = (0, 0.0);
    for document in documents {
        let symbols = symbols(document, |c| corpus.alphabet.symbol(c));
        for key in keys(&symbols, order) {
            let share = corpus.alphabet.share(last(key));
            nats -= ln(estimate.of(key, order)) + f64::from(share);
            count += 1;
        }
    }
    nats / f64::from(count)
}

/// The settings, and the weights of domains and files.
fn parse(variant: &str) -> Result<(Settings, BTreeMap<&str, u32>), Failure> {
    let mut settings = recipe::SETTINGS;
    let mut weights = BTreeMap::new();
    for setting in variant.split_whitespace() {
        let (name, value) = setting.split_once('=').ok_or("name=value")?;
        match name {
            "order" => settings.order = value.parse()?,
            "thresholds" => fill(&mut settings.thresholds, value)?,
            "discounts" => fill(&mut settings.discounts, value)?,
            "context-cost" => settings.context_cost = value.parse()?,
            "leak" => settings.leak = value.parse()?,
            "floor" => settings.floor = value.parse()?,
            _ => {
                weights.insert(name, value.parse()?);
            }
        }
    }
    Ok((settings, weights))
}

fn fill(values: &mut [f64], text: &str) -> Result<(), Failure> {
    for (value, text) in values.iter_mut().zip(text.split(',')) {
        *value = text.parse()?;
    }
    Ok(())
}
