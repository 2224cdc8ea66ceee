//! Whether a document is in another language and has a little Chinese only because it
//! speaks of it: `車 means car`. What little there is then is as its author wants it.

use std::iter;
use std::ops::Range;

use super::View;
use super::script::language::is_foreign_text;
use crate::language::is_han;
use crate::language::japanese::is_japanese;

/// So many Han characters may be quoted, at most.
pub(super) const MOST: usize = 8;

/// For each of them other letters stand there, at least so many: of alphabets about
/// forty words. A text in two languages has fewer, also one of which little is translated.
const OTHERS: usize = 200;

/// Whether the document quotes its Chinese, with so many Han characters more in it than it
/// has now. What is not prose counts for nothing.
pub(super) fn is_quotation(view: View<'_>, more: usize) -> bool {
    if more > MOST {
        return false;
    }
    let (mut han, mut others) = (0, 0);
    for prose in prose(view) {
        for character in view.text[prose].chars().filter(|c| c.is_alphabetic()) {
            match is_han(character) && !is_japanese(character) {
                true => han += 1,
                false => others += 1,
            }
        }
    }
    if han > 0 && is_foreign_text(view.text) {
        (han, others) = (0, others + han);
    }
    han += more;
    han <= MOST && others >= han * OTHERS
}

fn prose(view: View<'_>) -> impl Iterator<Item = Range<usize>> {
    let length = view.text.len();
    let parts = view.structure.ranges().chain(iter::once(length..length));
    parts.scan(0, |done, part| {
        let prose = *done..part.start.max(*done);
        *done = part.end.max(*done);
        Some(prose)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_quoted(text: &str, more: usize) -> bool {
        is_quotation(View::plain(text), more)
    }

    #[test]
    fn a_document_quotes_what_is_little_beside_another_language() {
        let english = "The word means a vehicle, as every reader of this page knows. ".repeat(10);
        let russian = "Это слово значит автомобиль, как знает каждый читатель. ".repeat(10);
        let japanese = "この文書は日本語で書かれています。".repeat(30);
        for text in [english, russian] {
            assert!(is_quoted(&format!("{text}車"), 0));
            assert!(!is_quoted(&format!("{text}電動車的產業"), 0));
            assert!(!is_quoted(&text, 3));
        }
        assert!(is_quoted(&japanese, 1));
        assert!(!is_quoted("車", 0));
        assert!(!is_quoted(&"word ".repeat(OTHERS * MOST), MOST + 1));
    }

    #[test]
    fn what_is_not_prose_is_no_language() {
        let text = format!("<p class=\"{}\">車</p>", "a ".repeat(OTHERS));
        let markup = text.find('車').expect("it is there");
        let structure = crate::regions::Protected::of(iter::once(0..markup).collect());
        let view = View {
            structure: &structure,
            ..View::plain(&text)
        };
        assert!(is_quoted(&text, 0) && !is_quotation(view, 0));
    }
}
