//! Texts to measure speed on: real pages and what filters, spinners, decoders and
//! adversaries make of them. The same for the same seed, sources and size.

mod adversarial;
mod html;
mod kinds;
mod pages;

pub(crate) use adversarial::{Adversary, cut_to};
pub(crate) use kinds::Kind;
pub(crate) use pages::{Pages, Traditional};

/// The least size of a document, in bytes.
const DOCUMENT: usize = 1 << 10;
/// Where it ends at the latest.
const LONGEST: usize = 2 * DOCUMENT;

/// A text as one file, with the places where its documents end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) bytes: Vec<u8>,
    /// In bytes, ascending; the last is the text's end.
    pub(crate) ends: Vec<usize>,
}

impl Text {
    /// Adds a document.
    fn push(&mut self, document: &[u8]) {
        if !document.is_empty() {
            self.bytes.extend_from_slice(document);
            self.ends.push(self.bytes.len());
        }
    }

    /// Adds the documents that a page is cut into.
    fn push_page(&mut self, page: &str) {
        for document in cut(page) {
            self.push(document.as_bytes());
        }
    }

    /// The first so many documents.
    pub(crate) fn documents(&self, count: usize) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let places = starts.zip(self.ends.iter().copied());
        places
            .take(count)
            .map(|(start, end)| &self.bytes[start..end])
    }

    /// How many documents have about so many bytes in all, at least one.
    pub(crate) fn count_of(&self, bytes: usize) -> usize {
        let count = self.ends.partition_point(|&end| end <= bytes);
        count.clamp(1, self.ends.len())
    }

    /// The bytes of the first so many documents, of which there is at least one.
    pub(crate) fn size_of(&self, count: usize) -> usize {
        self.ends[count - 1]
    }
}

/// Cuts a page into documents of about 1 KB, behind the end of a sentence if there is
/// one where a document may end.
fn cut(page: &str) -> Vec<&str> {
    let mut documents = Vec::new();
    let mut rest = page;
    while rest.len() > LONGEST {
        let mut end = None;
        for (at, character) in rest.char_indices().skip_while(|&(at, _)| at < DOCUMENT) {
            let behind = at + character.len_utf8();
            if behind > LONGEST {
                break;
            }
            end = Some(behind);
            if matches!(character, '。' | '！' | '？' | '\n') {
                break;
            }
        }
        let (document, others) = rest.split_at(end.unwrap_or(rest.len()));
        documents.push(document);
        rest = others;
    }
    documents.push(rest);
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_ends_with_a_sentence() {
        let page = "一二三四五六七八九。".repeat(300);
        let documents = cut(&page);
        assert_eq!(documents.concat(), page);
        let (last, others) = documents.split_last().expect("one at least");
        assert!(last.len() <= LONGEST);
        for document in others {
            assert!(document.ends_with('。'));
            assert!((DOCUMENT..=DOCUMENT + 30).contains(&document.len()));
        }
        let unbroken = "一".repeat(2000);
        assert!(cut(&unbroken).iter().all(|d| d.len() <= LONGEST));
        assert_eq!(cut(&unbroken).concat(), unbroken);
    }

    #[test]
    fn documents_are_counted_by_their_ends() {
        let mut text = Text::default();
        for document in ["一二", "", "三", "四五六"] {
            text.push(document.as_bytes());
        }
        assert_eq!(text.ends, [6, 9, 18]);
        assert_eq!(text.count_of(9), 2);
        assert_eq!(text.count_of(0), 1);
        assert_eq!(text.count_of(99), 3);
        assert_eq!(text.size_of(2), 9);
        let documents: Vec<_> = text.documents(2).collect();
        assert_eq!(documents, ["一二".as_bytes(), "三".as_bytes()]);
    }
}
