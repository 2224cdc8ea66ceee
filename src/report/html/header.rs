//! The head of the page: totals, documents, filters; filling the template.

use std::io::{self, Write};

use super::escape::Escaped;
use super::words::WORDS;
use super::{SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH, anchor};
use crate::report::{Index, Tally};
use crate::rules::Rule;

/// Writes a piece of the template, with what its `{names}` stand for.
pub(super) fn fill(out: &mut dyn Write, template: &str, index: &Index) -> io::Result<()> {
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.write_all(before.as_bytes())?;
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        match name {
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "style-hash" => out.write_all(STYLE_HASH.as_bytes())?,
            "script-hash" => out.write_all(SCRIPT_HASH.as_bytes())?,
            "language" => out.write_all(WORDS.language.as_bytes())?,
            "title" => out.write_all(WORDS.title.as_bytes())?,
            "skip" => out.write_all(WORDS.skip.as_bytes())?,
            "top" => out.write_all(WORDS.top.as_bytes())?,
            "version" => out.write_all(env!("CARGO_PKG_VERSION").as_bytes())?,
            "totals" => totals(out, index)?,
            "list" => list(out, index)?,
            "filters" => filters(out, index)?,
            "failures" => failures(out, index)?,
            _ => {}
        }
        rest = behind;
    }
    out.write_all(rest.as_bytes())
}

/// Edits in words.
pub(super) fn counted(edits: &Tally) -> String {
    let parts = [
        (edits.applied(), WORDS.edits),
        (edits.refused(), WORDS.refused),
        (edits.undecided(), WORDS.undecided),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, what)| format!("<b>{}</b> {what}", grouped(*count)));
    parts.collect::<Vec<_>>().join(", ")
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

fn totals(out: &mut dyn Write, index: &Index) -> io::Result<()> {
    let totals = &index.totals;
    let rows = [
        (totals.documents, WORDS.read),
        (totals.found, WORDS.found),
        (totals.edits.applied(), WORDS.edits),
        (totals.edits.refused(), WORDS.refused),
        (totals.edits.undecided(), WORDS.undecided),
        (totals.skipped, WORDS.skipped),
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

fn list(out: &mut dyn Write, index: &Index) -> io::Result<()> {
    if index.documents.is_empty() {
        return writeln!(out, "<p class=clean>{}</p>", WORDS.clean);
    }
    writeln!(
        out,
        "<nav aria-label=\"{0}\"><details open><summary>{0}</summary><ol>",
        WORDS.documents
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

fn filters(out: &mut dyn Write, index: &Index) -> io::Result<()> {
    let totals = &index.totals;
    if totals.rules.is_empty() {
        return Ok(());
    }
    // The script shows them: without it they would do nothing.
    writeln!(
        out,
        "<form id=filters hidden><details open><summary>{}</summary>\
         <fieldset><legend>{}</legend>",
        WORDS.filters, WORDS.by_rule
    )?;
    for (rule, tally) in totals.rules_by_frequency() {
        rule_filter(out, rule, tally)?;
    }
    writeln!(
        out,
        "<p class=both><button type=button data-all>{}</button> \
         <button type=button data-none>{}</button></p></fieldset>\
         <fieldset><legend>{}</legend>",
        WORDS.all, WORDS.none, WORDS.by_safety
    )?;
    let safeties = [
        ("safe", WORDS.safe),
        ("unsafe", WORDS.not_safe),
        ("display", WORDS.undecided),
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
        WORDS.showing
    )
}

fn rule_filter(out: &mut dyn Write, rule: Rule, tally: Tally) -> io::Result<()> {
    let info = rule.info();
    writeln!(
        out,
        "<label title=\"{}\"><input type=checkbox name=r value={id} checked> \
         <span class=\"key g-{}\">{id}</span> <b>{}</b></label>",
        Escaped(info.summary),
        info.stage,
        grouped(tally.total()),
        id = info.id,
    )
}

fn failures(out: &mut dyn Write, index: &Index) -> io::Result<()> {
    if index.failures.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section class=failures aria-labelledby=failures><h2 id=failures>{}</h2><ul>",
        WORDS.failures
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
