//! The head of the page: totals, documents, filters; filling the template.

use std::io::{self, Write};

use super::escape::Escaped;
use super::words::{Words, words};
use super::{SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH, anchor};
use crate::lang::Lang;
use crate::report::{Index, Tally};
use crate::rules::{self, Rule};

/// Writes a piece of the template, with what its `{names}` stand for.
pub(super) fn fill(
    out: &mut dyn Write,
    template: &str,
    index: &Index,
    lang: Lang,
) -> io::Result<()> {
    let words = words(lang);
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.write_all(before.as_bytes())?;
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        match name {
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "style-hash" => out.write_all(STYLE_HASH.as_bytes())?,
            "script-hash" => out.write_all(SCRIPT_HASH.as_bytes())?,
            "language" => out.write_all(words.language.as_bytes())?,
            "title" => out.write_all(words.title.as_bytes())?,
            "skip" => out.write_all(words.skip.as_bytes())?,
            "top" => out.write_all(words.top.as_bytes())?,
            "version" => out.write_all(env!("CARGO_PKG_VERSION").as_bytes())?,
            "totals" => totals(out, index, words)?,
            "list" => list(out, index, words)?,
            "filters" => filters(out, index, lang)?,
            "failures" => failures(out, index, words)?,
            _ => {}
        }
        rest = behind;
    }
    out.write_all(rest.as_bytes())
}

/// Edits in words.
pub(super) fn counted(edits: &Tally, words: &Words) -> String {
    let parts = [
        (
            edits.applied(),
            match edits.applied() {
                1 => words.one_edit,
                _ => words.edits,
            },
        ),
        (edits.refused(), words.refused),
        (edits.undecided(), words.undecided),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(
        |(count, what)| match (grouped(*count), words.number_first) {
            (count, true) => format!("<b>{count}</b> {what}"),
            (count, false) => format!("{what} <b>{count}</b>"),
        },
    );
    parts.collect::<Vec<_>>().join(words.comma)
}

/// A number with its thousands set apart.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn totals(out: &mut dyn Write, index: &Index, words: &Words) -> io::Result<()> {
    let totals = &index.totals;
    let rows = [
        (totals.documents, words.read),
        (totals.found, words.found),
        (totals.edits.applied(), words.edits),
        (totals.edits.refused(), words.refused),
        (totals.edits.undecided(), words.undecided),
        (totals.skipped, words.skipped),
    ];
    for (number, what) in rows {
        let class = if number == 0 { " class=zero" } else { "" };
        writeln!(
            out,
            "<div{class}><dt>{what}</dt><dd>{}</dd></div>",
            grouped(number)
        )?;
    }
    Ok(())
}

fn list(out: &mut dyn Write, index: &Index, words: &Words) -> io::Result<()> {
    if index.documents.is_empty() {
        return writeln!(out, "<p class=clean>{}</p>", words.clean);
    }
    writeln!(
        out,
        "<nav aria-label=\"{0}\"><details open><summary>{0}</summary><ol>",
        words.documents
    )?;
    for document in &index.documents {
        writeln!(
            out,
            "<li><a href=\"#{}\"><span>{}</span> <b>{}</b></a>",
            anchor(&document.name),
            Escaped(&document.name),
            grouped(document.edits.total())
        )?;
    }
    writeln!(out, "</ol></details></nav>")
}

fn filters(out: &mut dyn Write, index: &Index, lang: Lang) -> io::Result<()> {
    let words = words(lang);
    let totals = &index.totals;
    if totals.rules.is_empty() {
        return Ok(());
    }
    // The script shows them: without it they would do nothing.
    writeln!(
        out,
        "<form id=filters hidden><details open><summary>{}</summary>\
         <fieldset><legend>{}</legend>",
        words.filters, words.by_rule
    )?;
    for (rule, tally) in totals.rules_by_frequency() {
        rule_filter(out, rule, tally, lang)?;
    }
    writeln!(
        out,
        "<p class=both><button type=button data-all>{}</button> \
         <button type=button data-none>{}</button></p></fieldset>\
         <fieldset><legend>{}</legend>",
        words.all, words.none, words.by_safety
    )?;
    let safeties = [
        ("safe", words.safe),
        ("unsafe", words.not_safe),
        ("display", words.unsure),
    ];
    for (safety, word) in safeties {
        writeln!(
            out,
            "<label><input type=checkbox name=s value={safety} checked> \
             <span class=\"key s-{safety}\">{word}</span></label>"
        )?;
    }
    writeln!(
        out,
        "</fieldset><output data-text=\"{}\"></output></details></form>",
        words.showing
    )
}

fn rule_filter(out: &mut dyn Write, rule: Rule, tally: Tally, lang: Lang) -> io::Result<()> {
    let info = rule.info();
    writeln!(
        out,
        "<label title=\"{}\"><input type=checkbox name=r value={id} checked> \
         <span class=\"key g-{}\">{id}</span> <b>{}</b></label>",
        Escaped(rules::words(rule, lang).summary),
        info.stage,
        grouped(tally.total()),
        id = info.id,
    )
}

fn failures(out: &mut dyn Write, index: &Index, words: &Words) -> io::Result<()> {
    if index.failures.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section class=failures aria-labelledby=failures><h2 id=failures>{}</h2><ul>",
        words.failures
    )?;
    for failure in &index.failures {
        writeln!(
            out,
            "<li><b>{}</b>: {}",
            Escaped(&failure.name),
            Escaped(&failure.message)
        )?;
    }
    writeln!(out, "</ul></section>")
}
