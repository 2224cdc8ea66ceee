//! `cargo xtask compare`: how fast what ships is, beside other tools and beside what no
//! tool can be faster than. Writes the tables of `docs/performance.md`.

mod build;
pub(crate) mod clock;
mod linear;
mod machine;
mod measure;
mod ours;
mod process;
mod render;
mod tools;
mod worker;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::texts::{Kind, Pages, Text, Traditional};
use crate::{Failure, release};

use measure::{Bench, Corpus, Effort, Way};
use ours::Ours;
use render::{Results, Stages};
use tools::{Home, Tool};

/// Where the tables go.
const PAGE: &str = "docs/performance.md";

/// What the command of OpenCC is called, where `ci/opencc.sh` has built it.
const OPENCC_COMMAND: &str = "opencc/1.4.2/bin/opencc";

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the corpus files; without it, sentences of the repository are
    /// drawn over and over, which flatters caches.
    #[arg(long, value_name = "DIR")]
    corpora: Option<PathBuf>,
    /// The size of each text, in KB.
    #[arg(long, value_name = "KB", default_value_t = 24_000)]
    size: usize,
    /// How often each is measured; the median counts.
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    rounds: usize,
    /// Measure slow tools on what of a text they do in about so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    seconds: f64,
    /// Only these peers, such as `opencc-rust,ftfy`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    peers: Vec<String>,
    /// Measure this build and the command beside it, whatever they were compiled with: to see
    /// that it runs.
    #[arg(long)]
    as_built: bool,
    /// Another seed draws other pages and damage.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the page here instead of into the repository.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Builds the peers, measures everything and writes the page.
///
/// # Errors
/// If ours or a limit fails; a peer that does is told of in the page.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !arguments.as_built && release::again()? {
        return Ok(());
    }
    let root = release::repository();
    let target = release::target();
    let home = target.join("compare");
    let tools = tools::chosen(&arguments.peers)?;
    say("building what is compared");
    let zhengben = match arguments.as_built {
        true => std::env::current_exe()?.with_file_name("zhengben"),
        false => build_command(root, &target)?,
    };
    let peers = build::peers(root, &home, &tools)?;
    let opencc = Some(target.join(OPENCC_COMMAND));
    let opencc = opencc.filter(|command| command.exists());
    let by = opencc
        .clone()
        .map_or(Traditional::Characters, Traditional::OpenCc);

    // Before there is much in memory: what a process has when it is started counts as
    // its own at first.
    say("whole processes");
    let document = home.join("document.txt");
    fs::write(&document, short_document())?;
    let python = home.join("python/bin/python");
    let rounds = arguments.rounds.max(1);
    let processes = process::measure(&zhengben, opencc.as_deref(), &python, &document, rounds)?;

    say("making the texts");
    let size = 1000 * arguments.size;
    let pages = match &arguments.corpora {
        Some(corpora) => Pages::of_corpora(corpora, size, arguments.seed)?,
        None => Pages::of_repository(size, arguments.seed),
    };
    let corpora = corpora(&home.join("texts"), &pages, &by, size, arguments.seed)?;

    let mut facts = machine::facts();
    facts.push(("texts", told_of(&pages, &by, size, arguments)));
    let pinned = clock::keep_to_one_processor();
    let load = machine::load();
    let effort = Effort {
        rounds,
        seconds: arguments.seconds,
    };
    let mut bench = Bench {
        ours: Ours::new(),
        peers,
        effort,
    };
    let mut results = Results {
        tools: tools.clone(),
        kinds: Kind::ALL.to_vec(),
        processes,
        ..Results::default()
    };
    for corpus in &corpora {
        measure_all(&mut bench, corpus, &tools, &mut results);
    }
    say("texts made to take long");
    let plain = String::from_utf8_lossy(&corpora[0].text.bytes);
    results.growths = linear::measure(&bench.ours, &plain, 2 * size, effort);
    let pinned = if pinned {
        "on one processor"
    } else {
        "not kept to one processor"
    };
    facts.push(("rounds", format!("{rounds}, {pinned}")));
    facts.push((
        "load before and behind",
        format!("{load}, {}", machine::load()),
    ));
    results.facts = facts;
    results.missing = bench.peers.missing;
    write(&results, root, arguments.output.as_deref())?;
    let is_ours = |tool: &Tool| matches!(tool.home, Home::Ours | Home::Limit);
    match results.missing.iter().find(|(tool, _)| is_ours(tool)) {
        Some((tool, error)) => Err(format!("{}: {error}", tool.name).into()),
        None => Ok(()),
    }
}

/// Measures all tools on a text, and our stages.
fn measure_all(bench: &mut Bench, corpus: &Corpus, tools: &[Tool], results: &mut Results) {
    let kind = corpus.kind;
    let takes = |tool: &&Tool| tool.takes(kind.is_text());
    let tools: Vec<Tool> = tools.iter().filter(takes).copied().collect();
    let mut count = corpus.text.ends.len();
    for way in [Way::Documents, Way::Whole] {
        if way == Way::Whole && !kind.is_text() {
            continue;
        }
        say(&format!("{} text, {}", kind.name(), way.id()));
        let figures = bench.measure(corpus, way, &tools);
        for figure in &figures {
            say(&format!(
                "  {:16} {:10.2} MB/s ({:.2} to {:.2}; {:.1} MB)",
                figure.tool,
                figure.speed.median,
                figure.speed.least,
                figure.speed.most,
                figure.bytes as f64 / 1e6,
            ));
            if figure.tool == tools::PIPELINE {
                count = count.min(corpus.text.count_of(figure.bytes));
            }
        }
        results.figures.extend(figures);
    }
    if kind.is_text() {
        let times = bench.ours.stages(&corpus.text, kind.syntax(), count);
        results.stages.push(Stages {
            kind,
            bytes: corpus.text.size_of(count),
            times,
        });
    }
}

/// Makes all texts, and writes them for the workers.
fn corpora(
    folder: &Path,
    pages: &Pages,
    by: &Traditional,
    size: usize,
    seed: u64,
) -> Result<Vec<Corpus>, Failure> {
    fs::create_dir_all(folder)?;
    let mut corpora = Vec::new();
    for kind in Kind::ALL {
        let mut text = kind.make(pages, by, seed)?;
        let count = text.count_of(size);
        text.bytes.truncate(text.size_of(count));
        text.ends.truncate(count);
        let path = folder.join(kind.id());
        fs::write(&path, &text.bytes)?;
        fs::write(folder.join(format!("{}.ends", kind.id())), lines(&text))?;
        corpora.push(Corpus { kind, text, path });
    }
    Ok(corpora)
}

fn lines(text: &Text) -> String {
    text.ends.iter().map(|end| format!("{end}\n")).collect()
}

/// A file of about 1 KB as copiers leave them: with Traditional characters.
fn short_document() -> Vec<u8> {
    let pages = Pages::of_repository(2_000, 1);
    let text = Kind::Traditional.make(&pages, &Traditional::Characters, 1);
    let text = text.unwrap_or_default();
    text.documents(1).flatten().copied().collect()
}

/// What the texts are, for the page.
fn told_of(pages: &Pages, by: &Traditional, size: usize, arguments: &Arguments) -> String {
    let source = match pages.from_corpora {
        true => "pages of all corpora",
        false => "**sentences of the repository over and over, for want of the corpora**",
    };
    let traditional = match by {
        Traditional::OpenCc(_) => "OpenCC's `s2t`",
        Traditional::Characters => "OpenCC's characters, without phrases",
    };
    format!(
        "{source}, {:.1} MB each, seed {}; Traditional by {traditional}",
        size as f64 / 1e6,
        arguments.seed
    )
}

fn build_command(root: &Path, target: &Path) -> Result<PathBuf, Failure> {
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--bin", "zhengben"])
        .current_dir(root)
        .status()?;
    match status.success() {
        true => Ok(target.join("release/zhengben")),
        false => Err("zhengben cannot be built".into()),
    }
}

/// Writes the page; what was not measured is said as well.
fn write(results: &Results, root: &Path, output: Option<&Path>) -> Result<(), Failure> {
    let page = root.join(PAGE);
    let text = results.put_into(&fs::read_to_string(&page)?)?;
    let to = output.unwrap_or(&page);
    fs::write(to, text).map_err(|error| format!("{}: {error}", to.display()))?;
    for (tool, reason) in &results.missing {
        say(&format!("NOT MEASURED: {}: {reason}", tool.id));
    }
    say(&format!("written: {}", to.display()));
    Ok(())
}

#[expect(clippy::print_stderr, reason = "it is talk")]
fn say(text: &str) {
    eprintln!("{text}");
}
