//! What is compared.

use super::Failure;

/// A tool, or a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tool {
    /// As `--peers` and the workers name it.
    pub(super) id: &'static str,
    /// In tables.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) does: &'static str,
    pub(super) home: Home,
    pub(super) takes: Takes,
}

/// Where it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In this process.
    Ours,
    /// In the process of the Rust crates, whether or not any of these could be built.
    Limit,
    /// In the process of the Rust crates, as a feature of the same name.
    Crate,
    /// In the process of the Python packages.
    Python,
}

/// What it makes sense for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Text in UTF-8.
    Text,
    /// Bytes in any encoding.
    Bytes,
    /// Both.
    Both,
}

impl Tool {
    /// Whether it can be run on a text, of which all is UTF-8 or not.
    pub(super) fn takes(&self, is_text: bool) -> bool {
        match self.takes {
            Takes::Text => is_text,
            Takes::Bytes => !is_text,
            Takes::Both => true,
        }
    }
}

/// What everything is compared with.
pub(super) const PIPELINE: &str = "zhengben";
pub(super) const OPENCC: &str = "opencc-rust";
pub(super) const STD: &str = "std";

const fn tool(
    id: &'static str,
    name: &'static str,
    does: &'static str,
    home: Home,
    takes: Takes,
) -> Tool {
    Tool {
        id,
        name,
        does,
        home,
        takes,
    }
}

/// All of them, in the order of the tables.
pub(super) const ALL: [Tool; 15] = [
    tool(
        PIPELINE,
        "**zhengben**",
        "all stages, edits with places and reasons",
        Home::Ours,
        Takes::Both,
    ),
    tool(
        "zhengben-script",
        "zhengben's `Converter`",
        "`t2s`, corrected",
        Home::Ours,
        Takes::Text,
    ),
    tool(
        "zhengben-exact",
        "zhengben's exact `Converter`",
        "`t2s`, OpenCC's bytes",
        Home::Ours,
        Takes::Text,
    ),
    tool(
        "zhengben-decode",
        "zhengben's `Source::decode`",
        "encoding and text",
        Home::Ours,
        Takes::Bytes,
    ),
    tool(
        OPENCC,
        "OpenCC 1.4.2 (opencc-rust 2.0.2)",
        "`t2s`",
        Home::Crate,
        Takes::Text,
    ),
    tool(
        "opencc-python",
        "OpenCC 1.4.2 (Python)",
        "`t2s`",
        Home::Python,
        Takes::Text,
    ),
    tool(
        "opencc-fmmseg",
        "opencc-fmmseg 0.13.0",
        "`t2s`",
        Home::Crate,
        Takes::Text,
    ),
    tool(
        "ferrous-opencc",
        "ferrous-opencc 0.4.0",
        "`t2s`",
        Home::Crate,
        Takes::Text,
    ),
    tool(
        "zhconv",
        "zhconv 0.4.2",
        "`zh-hans`",
        Home::Crate,
        Takes::Text,
    ),
    tool(
        "ftfy",
        "ftfy 6.3.1 (Python)",
        "`fix_text`",
        Home::Python,
        Takes::Text,
    ),
    tool(
        "autocorrect",
        "autocorrect 2.14.2",
        "`format`",
        Home::Crate,
        Takes::Text,
    ),
    tool(
        "chardetng",
        "chardetng 1.0.0, encoding_rs 0.8.44",
        "encoding and text",
        Home::Crate,
        Takes::Both,
    ),
    tool(
        STD,
        "`std::str::from_utf8`",
        "validation",
        Home::Limit,
        Takes::Text,
    ),
    tool(
        "simdutf8",
        "simdutf8 0.1.5",
        "validation",
        Home::Limit,
        Takes::Text,
    ),
    tool(
        "memcpy",
        "`memcpy` into new memory",
        "a copy",
        Home::Limit,
        Takes::Both,
    ),
];

/// The tools that are asked for: ours, the limits, and the peers of these names, or all.
///
/// # Errors
/// If there is no peer of a name.
pub(super) fn chosen(peers: &[String]) -> Result<Vec<Tool>, Failure> {
    let is_peer = |tool: &Tool| matches!(tool.home, Home::Crate | Home::Python);
    for name in peers {
        if !ALL.iter().any(|tool| is_peer(tool) && tool.id == name) {
            let all = ALL.iter().filter(|tool| is_peer(tool));
            let all: Vec<&str> = all.map(|tool| tool.id).collect();
            return Err(format!("there is no peer {name}, only {}", all.join(", ")).into());
        }
    }
    let is_chosen = |tool: &&Tool| {
        !is_peer(tool) || peers.is_empty() || peers.iter().any(|name| name == tool.id)
    };
    Ok(ALL.iter().filter(is_chosen).copied().collect())
}
