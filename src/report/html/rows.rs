//! Lines side by side.

use std::io::{self, Write};

use super::escape::Shown;
use super::header::grouped;
use super::marks::{Mark, Suggestion};
use super::words::{Words, words};
use crate::edit::Safety;
use crate::lang::Lang;
use crate::rules::Rule;

/// So many unchanged lines are shown before and behind a changed one.
const CONTEXT: usize = 2;
/// Fewer unchanged lines than that are not worth folding.
const FEWEST: usize = 3;
/// In a changed line, an unchanged piece of more characters than that is folded in
/// the middle; so many of it stay on each side.
const LONG: usize = 320;
const STAYS: usize = 60;

/// Lines of both texts that stand side by side: one, or several that an edit joins.
pub(super) struct Row<'a> {
    /// The number of the first line in the source.
    line: usize,
    pieces: Vec<Piece<'a>>,
}

enum Piece<'a> {
    Same(&'a str),
    /// The index of a mark.
    Mark(usize),
}

impl Row<'_> {
    fn is_changed(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Mark(_)))
    }
}

/// The rows of a source with marks.
pub(super) fn rows<'a>(source: &'a str, marks: &[Mark<'_>]) -> Vec<Row<'a>> {
    let mut rows = vec![Row::begin(1)];
    let mut line = 1;
    let mut done = 0;
    let same = |text: &'a str, line: &mut usize, rows: &mut Vec<Row<'a>>| {
        for piece in text.split_inclusive('\n') {
            last(rows).push(Piece::Same(piece));
            if piece.ends_with('\n') {
                *line += 1;
                rows.push(Row::begin(*line));
            }
        }
    };
    for (index, mark) in marks.iter().enumerate() {
        same(&source[done..mark.range.start], &mut line, &mut rows);
        last(&mut rows).push(Piece::Mark(index));
        line += mark.original.matches('\n').count();
        done = mark.range.end;
    }
    same(&source[done..], &mut line, &mut rows);
    rows.retain(|row| !row.pieces.is_empty());
    rows
}

fn last<'r, 'a>(rows: &'r mut [Row<'a>]) -> &'r mut Vec<Piece<'a>> {
    // There is always one.
    let end = rows.len() - 1;
    &mut rows[end].pieces
}

impl Row<'_> {
    fn begin(line: usize) -> Self {
        Row {
            line,
            pieces: Vec::new(),
        }
    }
}

/// A document's rows, the far unchanged ones folded.
pub(super) fn write(
    out: &mut dyn Write,
    id: &str,
    rows: &[Row<'_>],
    marks: &[Mark<'_>],
    languages: [&str; 2],
    lang: Lang,
) -> io::Result<()> {
    let page = Page {
        id,
        marks,
        languages,
        words: words(lang),
    };
    let mut from = 0;
    while from < rows.len() {
        let changed = rows[from..].iter().position(Row::is_changed);
        let next = changed.map_or(rows.len(), |place| from + place);
        // Nothing is changed before the first row and behind the last.
        let first = if from == 0 { 0 } else { from + CONTEXT };
        let end = if changed.is_none() {
            next
        } else {
            next.saturating_sub(CONTEXT)
        };
        if first + FEWEST <= end {
            page.same(out, &rows[from..first])?;
            page.folded(out, &rows[first..end])?;
            page.same(out, &rows[end..next])?;
        } else {
            page.same(out, &rows[from..next])?;
        }
        if let Some(row) = rows.get(next) {
            page.row(out, row)?;
        }
        from = next + 1;
    }
    Ok(())
}

struct Page<'p, 'a> {
    id: &'p str,
    marks: &'p [Mark<'a>],
    languages: [&'p str; 2],
    words: &'static Words,
}

/// The sides of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Original,
    Restored,
}

impl Page<'_, '_> {
    fn folded(&self, out: &mut dyn Write, rows: &[Row<'_>]) -> io::Result<()> {
        let (count, lines) = (grouped(rows.len()), self.words.unchanged_lines);
        writeln!(
            out,
            "<details class=fold><summary>{count} {lines}</summary>"
        )?;
        self.same(out, rows)?;
        writeln!(out, "</details>")
    }

    fn same(&self, out: &mut dyn Write, rows: &[Row<'_>]) -> io::Result<()> {
        rows.iter().try_for_each(|row| self.row(out, row))
    }

    fn row(&self, out: &mut dyn Write, row: &Row<'_>) -> io::Result<()> {
        let line = row.line;
        let (class, twin) = match row.is_changed() {
            true => ("row chg", ""),
            // On a screen the same line stands on both sides; read aloud, once.
            false => ("row same", " aria-hidden=true"),
        };
        let [original, restored] = self.languages;
        write!(
            out,
            "<div class=\"{class}\"><span class=n>{line}</span><div class=o lang={original}>"
        )?;
        self.cell(out, row, Side::Original)?;
        write!(out, "</div><div class=r lang={restored}{twin}>")?;
        self.cell(out, row, Side::Restored)?;
        writeln!(out, "</div></div>")
    }

    fn cell(&self, out: &mut dyn Write, row: &Row<'_>, side: Side) -> io::Result<()> {
        let mut ends = false;
        for piece in &row.pieces {
            match piece {
                Piece::Same(text) => {
                    ends = text.ends_with('\n');
                    same_text(out, text, row.is_changed(), self.words)?;
                }
                Piece::Mark(index) => {
                    let mark = &self.marks[*index];
                    let text = match side {
                        Side::Original => mark.original,
                        Side::Restored => mark.restored(),
                    };
                    ends = text.ends_with('\n') || (text.is_empty() && ends);
                    self.mark(out, *index, side)?;
                }
            }
        }
        if !ends {
            let end = self.words.no_line_end;
            write!(out, "<span class=\"ctl eof\">{end}</span>")?;
        }
        Ok(())
    }

    /// A marked place, with its link to the other side and what is to be said of it.
    fn mark(&self, out: &mut dyn Write, index: usize, side: Side) -> io::Result<()> {
        let (id, mark) = (self.id, &self.marks[index]);
        let (here, there, tag, text) = match side {
            Side::Original => ('o', 'r', "del", mark.original),
            Side::Restored => ('r', 'o', "ins", mark.restored()),
        };
        let tag = if mark.applied { tag } else { "span" };
        let safety = mark.safety.as_str();
        let names: Vec<&str> = mark.rules.iter().map(|rule| rule.id()).collect();
        let stage = mark.rules.last().map_or("", |rule| rule.info().stage);
        write!(
            out,
            "<span class=\"e g-{stage} s-{safety}\" data-r=\"{}\" data-s={safety}>\
             <a id={id}{here}{index} href=#{id}{there}{index} aria-describedby={id}{here}{index}t>\
             <{tag}>",
            names.join(" ")
        )?;
        match text {
            "" => write!(out, "<span class=gap>∅</span>")?,
            _ => write!(out, "{}", Shown(text))?,
        }
        write!(
            out,
            "</{tag}></a><span class=tip lang={} role=tooltip id={id}{here}{index}t>",
            self.words.language
        )?;
        tip(out, mark, self.words)?;
        write!(out, "</span></span>")
    }
}

/// What is said of a mark.
fn tip(out: &mut dyn Write, mark: &Mark<'_>, words: &Words) -> io::Result<()> {
    let sureness = match mark.safety {
        Safety::Safe => words.safe,
        Safety::Unsafe => words.not_safe,
        Safety::Display => words.unsure,
    };
    said(
        out,
        &mark.rules,
        sureness,
        mark.original,
        &mark.replacement,
        mark.reason,
    )?;
    let note = match (mark.applied, mark.safety) {
        (true, _) => "",
        (false, Safety::Display) => words.not_made,
        (false, _) => words.needs_unsafe,
    };
    if !note.is_empty() {
        write!(out, "<span class=note>{note}</span>")?;
    }
    for Suggestion {
        original,
        replacement,
        rules,
        reason,
    } in &mark.also
    {
        said(out, rules, words.also, original, replacement, reason)?;
    }
    Ok(())
}

fn said(
    out: &mut dyn Write,
    rules: &[Rule],
    remark: &str,
    original: &str,
    replacement: &str,
    reason: &str,
) -> io::Result<()> {
    let rules: Vec<&str> = rules.iter().map(|rule| rule.id()).collect();
    let rules = rules.join(", ");
    write!(out, "<span class=rule>{rules} <i>{remark}</i></span>")?;
    write!(
        out,
        "<span class=swap lang=zh>{} → {}</span><span class=why>{}</span>",
        Shown(&short(original)),
        Shown(&short(replacement)),
        Shown(reason)
    )
}

/// A text that fits into what is said of it.
fn short(text: &str) -> String {
    const FITS: usize = 40;
    match text.char_indices().nth(FITS) {
        _ if text.is_empty() => "∅".to_owned(),
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// Unchanged text; the middle of a long piece of a changed line is folded.
fn same_text(out: &mut dyn Write, text: &str, may_fold: bool, words: &Words) -> io::Result<()> {
    let count = match text.len() > LONG && may_fold {
        true => text.chars().count(),
        false => 0,
    };
    if count <= LONG {
        return write!(out, "{}", Shown(text));
    }
    let place = |number: usize| {
        text.char_indices()
            .nth(number)
            .map_or(text.len(), |(at, _)| at)
    };
    let (head, tail) = (place(STAYS), place(count - STAYS));
    write!(
        out,
        "{}<details class=mid><summary>{} {}</summary>{}</details>{}",
        Shown(&text[..head]),
        grouped(count - 2 * STAYS),
        words.unchanged_characters,
        Shown(&text[head..tail]),
        Shown(&text[tail..])
    )
}

/// The texts that rows show on either side.
#[cfg(test)]
pub(super) fn texts(rows: &[Row<'_>], marks: &[Mark<'_>]) -> (String, String) {
    let (mut original, mut restored) = (String::new(), String::new());
    for piece in rows.iter().flat_map(|row| &row.pieces) {
        let (left, right) = match piece {
            Piece::Same(text) => (*text, *text),
            Piece::Mark(index) => (marks[*index].original, marks[*index].restored()),
        };
        original.push_str(left);
        restored.push_str(right);
    }
    (original, restored)
}

#[cfg(test)]
mod tests {
    use super::super::marks::marks;
    use super::*;
    use crate::cleaner::Cleaner;

    fn lines(text: &str) -> Vec<(usize, bool)> {
        let cleaned = Cleaner::new().clean(text);
        let marks = marks(&cleaned, Lang::En);
        let rows = rows(text, &marks);
        rows.iter()
            .map(|row| (row.line, row.is_changed()))
            .collect()
    }

    #[test]
    fn a_row_is_a_line_unless_an_edit_joins_several() {
        assert_eq!(lines("一\n漢語\n二"), [(1, false), (2, true), (3, false)]);
        assert_eq!(lines("一\n漢語\n"), [(1, false), (2, true)]);
        assert_eq!(
            lines("第一段<br />\n\n第二段。\n"),
            [(1, true), (2, false), (3, false)]
        );
    }

    #[test]
    fn every_line_is_on_the_page_once_and_far_ones_are_folded() {
        let text = format!(
            "{}漢語\n{}",
            "前面的一行\n".repeat(9),
            "后面的一行\n".repeat(9)
        );
        let cleaned = Cleaner::new().clean(text.as_str());
        let marks = marks(&cleaned, Lang::En);
        let mut out = Vec::new();
        write(
            &mut out,
            "d",
            &rows(&text, &marks),
            &marks,
            ["zh", "zh"],
            Lang::En,
        )
        .unwrap();
        let page = String::from_utf8(out).unwrap();
        for line in 1..=19 {
            let number = format!("<span class=n>{line}</span>");
            assert_eq!(page.matches(&number).count(), 1, "{line}");
        }
        assert_eq!(
            page.matches("<summary>7 unchanged lines").count(),
            2,
            "{page}"
        );
    }
}
