//! What cleaning made of a document, and every change with its reasons.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::compose::{Composition, Located, Span};
use crate::edit::{Cause, Proposal, Safety};
use crate::encoding::{EncodeError, Encoding};
use crate::evidence::Evidence;
use crate::rules::Rule;
use crate::source::Source;

/// A cleaned document: its text, and how it differs from the source.
#[derive(Clone, Debug)]
pub struct Cleaned<'t> {
    source: Source<'t>,
    /// None if nothing was changed.
    text: Option<String>,
    composition: Composition,
    findings: Vec<Finding>,
    evidence: Evidence,
}

/// A change of the document, made or only suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit<'a> {
    /// The bytes of the source's text that it replaces.
    pub range: Range<usize>,
    /// What stands there.
    pub original: &'a str,
    /// What stands there after cleaning, or would if the suggestion were
    /// followed.
    pub replacement: &'a str,
    /// Whether the change was made.
    pub applied: bool,
    /// Every rule that touched the place, in the order of the stages; the
    /// last one had the last word.
    pub causes: Vec<&'a Cause>,
}

impl Edit<'_> {
    /// How sure the least sure of its causes is, which decides on the edit.
    pub fn safety(&self) -> Safety {
        self.causes
            .iter()
            .map(|cause| cause.safety)
            .max()
            .unwrap_or(Safety::Safe)
    }
}

/// A change that was suggested and not made, in places of the source.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    range: Range<usize>,
    replacement: String,
    /// Whether the file can hold it.
    fits: bool,
    cause: Cause,
}

/// The sign for a character that cannot be known.
const UNKNOWN: char = '□';

/// Where in the source a proposal for a stage's text is, and what it would put there.
pub(crate) fn in_source(
    text: &str,
    composition: &Composition,
    proposal: &Proposal,
) -> (Range<usize>, String) {
    let range = &proposal.range;
    let Located { current, source } = composition.locate(range.clone());
    let head = &text[current.start..range.start];
    let tail = &text[range.end..current.end];
    (source, [head, &proposal.replacement, tail].concat())
}

impl Finding {
    /// Brings a proposal for a stage's text back to the source.
    pub(crate) fn new(
        text: &str,
        composition: &Composition,
        proposal: Proposal,
        fits: bool,
    ) -> Self {
        let (range, replacement) = in_source(text, composition, &proposal);
        Finding {
            range,
            replacement,
            fits,
            cause: proposal.cause,
        }
    }

    /// What it is about: two findings that agree in this say the same.
    pub(crate) fn subject(&self) -> (Range<usize>, Rule) {
        (self.range.clone(), self.cause.rule)
    }
}

/// How often a rule was met in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// Edits made for it, alone or among others.
    pub applied: usize,
    /// Edits suggested by it and not made.
    pub suggested: usize,
}

impl<'t> Cleaned<'t> {
    pub(crate) fn new(
        source: Source<'t>,
        text: Option<String>,
        composition: Composition,
        findings: Vec<Finding>,
        evidence: Evidence,
    ) -> Self {
        Cleaned {
            source,
            text,
            composition,
            findings,
            evidence,
        }
    }

    /// The cleaned text, without a byte order mark.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or(self.source.text())
    }

    /// The cleaned text, without a byte order mark; borrowed if nothing was changed and
    /// it was not decoded.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use zhengben::Cleaner;
    /// assert!(matches!(Cleaner::new().clean("没有问题").into_text(), Cow::Borrowed(_)));
    /// ```
    pub fn into_text(self) -> Cow<'t, str> {
        match self.text {
            Some(text) => Cow::Owned(text),
            None => self.source.into_text(),
        }
    }

    /// The document as it was given.
    pub fn source(&self) -> &Source<'t> {
        &self.source
    }

    /// The encoding that the document was in.
    pub fn encoding(&self) -> Encoding {
        self.source.encoding()
    }

    /// What the document showed of itself.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Whether nothing was changed and nothing suggested.
    pub fn is_clean(&self) -> bool {
        self.edits().next().is_none()
    }

    /// The changes made and suggested, in the order of their places; those
    /// made are disjoint, and applying them to the source's text gives
    /// [`Cleaned::text`].
    pub fn edits(&self) -> impl Iterator<Item = Edit<'_>> {
        let mut applied = self.applied().peekable();
        let mut suggested = self.findings_in_order().into_iter().peekable();
        std::iter::from_fn(move || match (applied.peek(), suggested.peek()) {
            (Some(made), Some(finding)) if finding.range.start < made.range.start => {
                suggested.next().map(|finding| self.suggestion(finding))
            }
            (Some(_), _) => applied.next(),
            (None, _) => suggested.next().map(|finding| self.suggestion(finding)),
        })
    }

    /// Whether a reader can accept the suggestion through
    /// [`Decisions`](crate::Decisions): it says what stood there, and the file can
    /// hold it.
    pub fn can_accept(&self, suggestion: &Edit<'_>) -> bool {
        let unknown = |text: &str| text.matches(UNKNOWN).count();
        let is_it = |finding: &Finding| {
            finding.range == suggestion.range
                && finding.replacement == suggestion.replacement
                && suggestion.causes.contains(&&finding.cause)
        };
        !suggestion.applied
            && suggestion.original != suggestion.replacement
            && unknown(suggestion.replacement) <= unknown(suggestion.original)
            && self
                .findings
                .iter()
                .any(|finding| finding.fits && is_it(finding))
    }

    /// How often each rule was met.
    pub fn counts(&self) -> BTreeMap<Rule, Count> {
        let mut counts: BTreeMap<Rule, Count> = BTreeMap::new();
        for edit in self.edits() {
            for cause in &edit.causes {
                let count = counts.entry(cause.rule).or_default();
                if edit.applied {
                    count.applied += 1;
                } else {
                    count.suggested += 1;
                }
            }
        }
        counts
    }

    /// The cleaned document in the encoding of the source, with its byte
    /// order mark; bytes outside edits are copied as they are.
    ///
    /// # Errors
    /// [`EncodeError`] if the encoding cannot hold a replacement.
    pub fn to_bytes(&self) -> Result<Cow<'t, [u8]>, EncodeError> {
        let edits = self.applied().map(|edit| (edit.range, edit.replacement));
        self.source.patched(self.text(), edits)
    }

    /// The cleaned document in an encoding of choice; in that of the source it is
    /// [`Cleaned::to_bytes`]. It has a byte order mark if the source has one, and
    /// always in UTF-16.
    ///
    /// ```
    /// use zhengben::{Cleaner, Encoding, Source};
    /// let source = Source::decode(b"\xB3\xCC\xD0\xF2\xC9\xE8\xBC\xC6")?;
    /// let cleaned = Cleaner::new().clean(source);
    /// assert_eq!(&*cleaned.to_bytes_in(Encoding::Utf8)?, "程序设计".as_bytes());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`EncodeError`] if the encoding cannot hold the text, or the source has
    /// damaged bytes.
    pub fn to_bytes_in(&self, encoding: Encoding) -> Result<Cow<'t, [u8]>, EncodeError> {
        if encoding == self.encoding() && !self.source.is_mixed() {
            return self.to_bytes();
        }
        self.source.converted(self.text(), encoding).map(Cow::Owned)
    }

    fn applied(&self) -> impl Iterator<Item = Edit<'_>> {
        self.composition
            .spans()
            .iter()
            .filter_map(|span| self.change(span))
    }

    /// The span as an edit, unless later stages restored the original.
    fn change(&self, span: &Span) -> Option<Edit<'_>> {
        let original = &self.source.text()[span.source.clone()];
        let replacement = &self.text()[span.current.clone()];
        if original == replacement {
            return None;
        }
        let causes = self.composition.causes(span).collect();
        Some(Edit {
            range: span.source.clone(),
            original,
            replacement,
            applied: true,
            causes,
        })
    }

    fn findings_in_order(&self) -> Vec<&Finding> {
        let mut findings: Vec<_> = self.findings.iter().collect();
        findings.sort_by_key(|finding| finding.range.start);
        findings
    }

    fn suggestion<'a>(&'a self, finding: &'a Finding) -> Edit<'a> {
        Edit {
            range: finding.range.clone(),
            original: &self.source.text()[finding.range.clone()],
            replacement: &finding.replacement,
            applied: false,
            causes: vec![&finding.cause],
        }
    }
}
