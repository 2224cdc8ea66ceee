//! The tables of `docs/performance.md`.

use std::fmt::Write;
use std::time::Duration;

use super::linear::Growth;
use super::measure::{Figure, Way};
use super::process::Process;
use super::tools::{OPENCC, PIPELINE, STD, Tool};
use crate::generated;
use crate::texts::Kind;

/// The tables stand between these lines; around them is prose.
const BEGIN: &str = "<!-- begin: cargo xtask compare -->";
const END: &str = "<!-- end: cargo xtask compare -->";

/// Everything that was measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Results {
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) tools: Vec<Tool>,
    pub(super) kinds: Vec<Kind>,
    pub(super) figures: Vec<Figure>,
    pub(super) stages: Vec<Stages>,
    pub(super) growths: Vec<Growth>,
    pub(super) processes: Vec<Process>,
    pub(super) missing: Vec<(Tool, String)>,
}

/// How long each stage took for a text.
#[derive(Clone, Debug)]
pub(super) struct Stages {
    pub(super) kind: Kind,
    /// The size of the text.
    pub(super) bytes: usize,
    pub(super) times: Vec<(&'static str, Duration)>,
}

impl Results {
    /// Puts the tables into a page.
    ///
    /// # Errors
    /// If it has no place for them.
    pub(super) fn put_into(&self, page: &str) -> Result<String, super::Failure> {
        generated::put_into(page, [BEGIN, END], &self.tables())
    }

    /// All tables.
    pub(super) fn tables(&self) -> String {
        let mut out = String::from("|  |  |\n|---|---|\n");
        for (name, value) in &self.facts {
            let _ = writeln!(out, "| {name} | {value} |");
        }
        out.push_str("\n## Documents of about 1 KB\n\nMillions of bytes a second.\n\n");
        out.push_str(&self.speeds(Way::Documents));
        out.push_str("\n## One document\n\nMillions of bytes a second.\n\n");
        out.push_str(&self.speeds(Way::Whole));
        out.push_str("\n## Ratios\n\n");
        out.push_str("How many times as fast as OpenCC and as the validation of UTF-8.\n\n");
        out.push_str(&self.ratios());
        out.push_str("\n## The stages\n\n");
        out.push_str("Nanoseconds for a byte, in documents of about 1 KB.\n\n");
        out.push_str(&self.by_stage());
        out.push_str("\n## Texts made to take long\n\n");
        out.push_str(&self.adversaries());
        out.push_str("\n## Whole processes\n\nFor a file of about 1 KB.\n\n");
        out.push_str(&self.starts());
        if !self.missing.is_empty() {
            out.push_str("\n## Not measured\n\n");
            for (tool, reason) in &self.missing {
                let _ = writeln!(out, "- {}: {}", tool.name, reason.replace('\n', " "));
            }
        }
        out
    }

    fn speeds(&self, way: Way) -> String {
        let mut out = self.head("| tool | what it does ", 2);
        for tool in &self.tools {
            let _ = write!(out, "| {} | {} ", tool.name, tool.does);
            for &kind in &self.kinds {
                let speed = self
                    .speed(kind, way, tool.id)
                    .map_or_else(|| "–".to_owned(), figure);
                let _ = write!(out, "| {speed} ");
            }
            out.push_str("|\n");
        }
        out
    }

    fn ratios(&self) -> String {
        let mut out = self.head("| ", 1);
        let tools = self
            .tools
            .iter()
            .filter(|tool| tool.home == super::tools::Home::Ours);
        for tool in tools {
            for (way, pieces) in [(Way::Documents, "1 KB"), (Way::Whole, "one document")] {
                for (other, name) in [(OPENCC, "OpenCC"), (STD, "validation")] {
                    let ratio = |&kind: &Kind| {
                        let ours = self.speed(kind, way, tool.id)?;
                        Some(ours / self.speed(kind, way, other)?)
                    };
                    let ratios: Vec<Option<f64>> = self.kinds.iter().map(ratio).collect();
                    // Only the pipeline is told of even where there is nothing to tell.
                    if tool.id != PIPELINE && ratios.iter().all(Option::is_none) {
                        continue;
                    }
                    let _ = write!(out, "| {} by {name}, {pieces} ", tool.name);
                    for ratio in ratios {
                        let ratio = ratio.map_or_else(|| "–".to_owned(), figure);
                        let _ = write!(out, "| {ratio} ");
                    }
                    out.push_str("|\n");
                }
            }
        }
        out
    }

    fn by_stage(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.stages.iter().flat_map(|stages| &stages.times) {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let mut out = String::from("| text ");
        names
            .iter()
            .for_each(|name| out.push_str(&format!("| {name} ")));
        let _ = writeln!(out, "|\n|---{}|", "|---".repeat(names.len()));
        for Stages { kind, bytes, times } in &self.stages {
            let _ = write!(out, "| {} ", kind.name());
            for name in &names {
                let time = times.iter().find(|(stage, _)| stage == name);
                let time = time.map(|(_, time)| 1e9 * time.as_secs_f64() / *bytes as f64);
                let _ = write!(out, "| {} ", time.map_or_else(|| "–".to_owned(), figure));
            }
            out.push_str("|\n");
        }
        out
    }

    fn adversaries(&self) -> String {
        let mut out = String::from(
            "| text | MB | MB a second | twice the text takes | time by that of plain text |\n\
             |---|---|---|---|---|\n",
        );
        for growth in &self.growths {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {:.2} times as long | {} times |",
                growth.name,
                figure(growth.bytes as f64 / 1e6),
                figure(growth.speed),
                growth.growth,
                figure(growth.to_plain),
            );
        }
        out
    }

    fn starts(&self) -> String {
        let mut out = String::from(
            "| command | ms | ms of the processor | MB of memory at most |\n|---|---|---|---|\n",
        );
        for process in &self.processes {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                process.name,
                figure(process.elapsed),
                figure(process.processor),
                figure(process.memory),
            );
        }
        out
    }

    /// The head of a table with a column for each text.
    fn head(&self, first: &str, columns: usize) -> String {
        let mut out = first.to_owned();
        self.kinds
            .iter()
            .for_each(|kind| out.push_str(&format!("| {} ", kind.name())));
        let _ = writeln!(out, "|\n{}|", "|---".repeat(columns + self.kinds.len()));
        out
    }

    fn speed(&self, kind: Kind, way: Way, tool: &str) -> Option<f64> {
        let mut figures = self.figures.iter();
        let found = figures.find(|f| f.kind == kind && f.way == way && f.tool == tool);
        found.map(|figure| figure.speed.median)
    }
}

/// A number with two digits that say something, or all before the point.
fn figure(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return "–".to_owned();
    }
    let magnitude = number.abs().log10().floor();
    let digits = (1.0 - magnitude).clamp(0.0, 9.0) as usize;
    format!("{number:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::super::measure::Spread;
    use super::super::tools;
    use super::*;

    fn made_up() -> Results {
        let tools: Vec<Tool> = tools::ALL.to_vec();
        let mut figures = Vec::new();
        for (number, tool) in tools.iter().enumerate() {
            for kind in Kind::ALL {
                for way in [Way::Documents, Way::Whole] {
                    if tool.takes(kind.is_text()) {
                        let speed = Spread {
                            median: 100.0 * (number + 1) as f64,
                            ..Spread::default()
                        };
                        figures.push(Figure {
                            kind,
                            way,
                            tool: tool.id,
                            speed,
                            bytes: 1000,
                        });
                    }
                }
            }
        }
        let growth = Growth {
            name: "only `(`",
            bytes: 2_000_000,
            speed: 55.5,
            growth: 2.04,
            to_plain: 0.5,
        };
        let process = Process {
            name: "`zhengben clean`",
            elapsed: 4.56,
            processor: 3.21,
            memory: 12.0,
        };
        Results {
            facts: vec![("processor", "made up".to_owned())],
            kinds: Kind::ALL.to_vec(),
            missing: vec![(tools[5], "no\nreason".to_owned())],
            figures,
            stages: vec![Stages {
                kind: Kind::Spun,
                bytes: 1000,
                times: vec![("wording", Duration::from_micros(3))],
            }],
            growths: vec![growth],
            processes: vec![process],
            tools,
        }
    }

    /// The cells of the row that begins so, in the table of that heading.
    fn row(page: &str, heading: &str, first: &str) -> Vec<String> {
        let (_, section) = page
            .split_once(&format!("## {heading}\n"))
            .expect("the heading");
        let section = section.split("\n## ").next().unwrap_or_default();
        let row = section
            .lines()
            .find(|line| line.starts_with(&format!("| {first} |")));
        let row = row.unwrap_or_else(|| panic!("no row {first} in {section}"));
        row.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    }

    #[test]
    fn every_tool_and_every_text_is_named() {
        let results = made_up();
        let page = results.tables();
        for heading in ["Documents of about 1 KB", "One document"] {
            let head = row(&page, heading, "tool");
            for (kind, cell) in Kind::ALL.iter().zip(&head[2..]) {
                assert_eq!(kind.name(), cell);
            }
            for (number, tool) in tools::ALL.iter().enumerate() {
                let cells = row(&page, heading, tool.name);
                assert_eq!(cells.len(), 2 + Kind::ALL.len());
                for (kind, cell) in Kind::ALL.iter().zip(&cells[2..]) {
                    let expected = match tool.takes(kind.is_text()) {
                        true => (100 * (number + 1)).to_string(),
                        false => "–".to_owned(),
                    };
                    assert_eq!(*cell, expected, "{} {kind:?}", tool.name);
                }
            }
        }
    }

    #[test]
    fn ratios_are_of_the_medians() {
        let page = made_up().tables();
        let cells = row(&page, "Ratios", "**zhengben** by OpenCC, 1 KB");
        // 100 by 500, and OpenCC reads no mixed encodings.
        assert_eq!(cells[1], "0.20");
        assert_eq!(cells.last().map(String::as_str), Some("–"));
    }

    #[test]
    fn the_other_tables_have_their_figures() {
        let page = made_up().tables();
        assert_eq!(row(&page, "The stages", "spun"), ["spun", "3.0"]);
        let cells = row(&page, "Texts made to take long", "only `(`");
        assert_eq!(
            cells[1..],
            ["2.0", "56", "2.04 times as long", "0.50 times"]
        );
        let cells = row(&page, "Whole processes", "`zhengben clean`");
        assert_eq!(cells[1..], ["4.6", "3.2", "12"]);
        assert!(page.contains("- OpenCC 1.4.2 (Python): no reason\n"));
    }

    #[test]
    fn figures_have_two_digits() {
        let figures = [0.001_234, 0.98, 1.25, 9.96, 12.3, 12_345.6, 0.0];
        let told = figures.map(figure);
        assert_eq!(told, ["0.0012", "0.98", "1.2", "10.0", "12", "12346", "–"]);
    }

    #[test]
    fn the_prose_around_the_tables_stays() {
        let results = made_up();
        let page = format!("# Title\n{BEGIN}\nold\n{END}\nprose\n");
        let new = results.put_into(&page).expect("it has a place");
        assert!(new.starts_with("# Title\n") && new.ends_with("\nprose\n"));
        assert!(!new.contains("old"));
        assert_eq!(results.put_into(&new).expect("it has a place"), new);
        assert!(results.put_into("# Title\n").is_err());
    }

    #[test]
    fn the_page_in_the_repository_has_a_place_for_them() {
        let page = include_str!("../../../docs/performance.md");
        assert!(made_up().put_into(page).is_ok());
    }
}
