//! The documents that benchmarks look at.

#![allow(dead_code, reason = "each benchmark needs some of it")]

use std::fmt::Write;
use std::fs;

use divan::Bencher;
use divan::counter::BytesCount;

/// The least size of a document: that of a page of the web.
const SIZE: usize = 16 << 10;

/// How many documents a text makes.
const COUNT: usize = 32;

/// A text over and over, in documents of about 16 KB.
pub(crate) fn repeated(text: &str) -> Vec<String> {
    vec![text.repeat(SIZE.div_ceil(text.len())); COUNT]
}

/// The files of the folder that an environment variable names, a document each; if it
/// is not set, the text over and over.
pub(crate) fn of_folder(variable: &str, text: &str) -> Vec<String> {
    let Some(folder) = std::env::var_os(variable) else {
        return repeated(text);
    };
    let Ok(files) = fs::read_dir(folder) else {
        panic!("{variable} is no folder that can be read");
    };
    files
        .map(|file| fs::read_to_string(file.expect("readable").path()).expect("text"))
        .collect()
}

/// Measures work on each of the documents, in MB/s of input; it gives a number.
pub(crate) fn measure(
    bencher: Bencher<'_, '_>,
    documents: &[String],
    work: impl Fn(&str) -> usize + Sync,
) {
    let bytes: usize = documents.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let done = documents.iter().map(|text| work(text));
        done.sum::<usize>()
    });
}

/// In Traditional characters, one for one, by OpenCC's table.
pub(crate) fn traditional(text: &str) -> String {
    const TABLE: &str = include_str!("../../dictionaries/opencc/TSCharacters.txt");
    let rows = TABLE.lines().filter_map(|row| row.split_once('\t'));
    let mut to: std::collections::HashMap<char, char> = rows
        .filter_map(|(from, to)| Some((to.chars().next()?, from.chars().next()?)))
        .collect();
    to.retain(|from, to| from != to);
    text.chars()
        .map(|c| to.get(&c).copied().unwrap_or(c))
        .collect()
}

/// An HTML page with the lines of a text as its paragraphs: most of it is ASCII.
pub(crate) fn html(text: &str) -> String {
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<body>\n");
    for (number, line) in text.lines().enumerate() {
        let _ = writeln!(
            page,
            "<ul class=\"list list--links\"><li><a class=\"link\" \
             href=\"https://www.example.org/{number}.html\">print</a></li></ul>\n\
             <div class=\"row\" id=\"row-{number}\"><p class=\"text\">{line}</p></div>"
        );
    }
    page + "</body>\n</html>\n"
}
