//! The script conversion, in MB/s of input: the built-in engine with and
//! without corrections and, with the feature `opencc`, the OpenCC library.
//!
//! The texts are what is in the folder `ZHENGBEN_CORPORA`, of which `s2t.txt`
//! is the Traditional one (`ci/opencc.sh cargo bench --features opencc --bench
//! script` sets it), or else made of the dictionaries' rows, where phrases are
//! far more frequent than in real text.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use zhengben::{Conversion, Converter};

/// How much text to convert.
const BYTES: usize = 4 << 20;

fn main() {
    divan::main();
}

/// What is converted.
#[derive(Clone, Copy, Debug)]
enum Text {
    Traditional,
    Simplified,
}

const TEXTS: [Text; 2] = [Text::Traditional, Text::Simplified];

impl Text {
    fn get(self) -> &'static str {
        static TRADITIONAL: LazyLock<String> = LazyLock::new(|| load(Text::Traditional));
        static SIMPLIFIED: LazyLock<String> = LazyLock::new(|| load(Text::Simplified));
        match self {
            Text::Traditional => &TRADITIONAL,
            Text::Simplified => &SIMPLIFIED,
        }
    }
}

fn load(text: Text) -> String {
    let mut all = match std::env::var_os("ZHENGBEN_CORPORA") {
        Some(folder) => real(text, Path::new(&folder)),
        None => generated(text),
    };
    let end = (0..=BYTES.min(all.len()))
        .rev()
        .find(|&end| all.is_char_boundary(end));
    all.truncate(end.unwrap_or(0));
    all
}

fn real(text: Text, folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("the folder of ZHENGBEN_CORPORA");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let is_wanted = |path: &&std::path::PathBuf| {
        let name = path.file_stem().unwrap_or_default();
        match text {
            Text::Traditional => name == "s2t",
            Text::Simplified => !["s2t", "s2twp", "s2hk"].iter().any(|made| name == *made),
        }
    };
    let read = |path| fs::read_to_string(path).expect("a text").replace('\0', "");
    paths.iter().filter(is_wanted).map(read).collect()
}

/// The keys or the values of OpenCC's rows, over and over.
fn generated(text: Text) -> String {
    let rows = [
        include_str!("../dictionaries/opencc/TSPhrases.txt"),
        include_str!("../dictionaries/opencc/TSCharacters.txt"),
    ];
    let mut line = String::new();
    for (key, values) in rows
        .iter()
        .flat_map(|rows| rows.lines())
        .filter_map(|row| row.split_once('\t'))
    {
        line.push_str(match text {
            Text::Traditional => key,
            Text::Simplified => values.split(' ').next().unwrap_or_default(),
        });
        line.push_str(if line.len().is_multiple_of(7) {
            "的一，\n"
        } else {
            "是了在"
        });
    }
    line.repeat(BYTES / line.len() + 1)
}

fn convert(bencher: Bencher<'_, '_>, converter: &Converter, text: Text) {
    let text = text.get();
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| converter.convert(text));
}

#[divan::bench(args = TEXTS)]
fn corrected_t2s(bencher: Bencher<'_, '_>, text: Text) {
    convert(bencher, &Converter::new(Conversion::T2s), text);
}

#[divan::bench(args = TEXTS)]
fn corrected_tw2s(bencher: Bencher<'_, '_>, text: Text) {
    convert(bencher, &Converter::new(Conversion::Tw2s), text);
}

#[divan::bench(args = TEXTS)]
fn exact_t2s(bencher: Bencher<'_, '_>, text: Text) {
    convert(bencher, &Converter::exact(Conversion::T2s), text);
}

#[divan::bench(args = TEXTS)]
fn exact_tw2s(bencher: Bencher<'_, '_>, text: Text) {
    convert(bencher, &Converter::exact(Conversion::Tw2s), text);
}

/// The library alone, without the comparison that makes edits of its text.
#[cfg(feature = "opencc")]
#[divan::bench(args = TEXTS, consts = [0, 1])]
fn library<const TAIWAN: usize>(bencher: Bencher<'_, '_>, text: Text) {
    let config = ["t2s.json", "tw2s.json"][TAIWAN];
    let opencc = opencc_rust::OpenCC::new(config).expect("OpenCC's data");
    let text = text.get();
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| opencc.convert(text));
}

#[divan::bench(args = Conversion::ALL)]
fn load_corrected(conversion: Conversion) -> Converter {
    Converter::new(conversion)
}

#[divan::bench(args = Conversion::ALL)]
fn load_exact(conversion: Conversion) -> Converter {
    Converter::exact(conversion)
}
