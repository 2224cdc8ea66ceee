//! The converter: a text in passages, each by the conversion's steps.

use std::borrow::Cow;

use super::Conversion;
use super::compose::compose;
use super::language::{self, DOCUMENT_SHARE, Kinds, LINE_SHARE};
use super::marks::Marks;
#[cfg(feature = "opencc")]
use super::opencc::{Library, OpenCcError};
use super::steps::Steps;
use crate::edit::{Proposal, apply};
use crate::evidence::Script;

/// Bytes after which a passage ends with the line. Few enough to stay in the
/// caches with its edits, enough to spread the look at its [`Marks`] thin;
/// between 2 and 64 KB the speed differed by less than the noise.
const PASSAGE: usize = 16 << 10;

/// Characters that no dictionary has in a key, so that what is between two of
/// them converts by itself.
pub(super) const BOUNDARIES: [char; 5] = ['，', '。', '、', ' ', '\n'];

/// How many bytes at a time are searched for a character to convert.
const SURVEY: usize = 1 << 10;

/// How often a passage is converted until it changes no more. Two is what
/// dictionary text needs; one that still changes is left alone.
const MAX_PASSES: usize = 4;

/// Converts Traditional Chinese to Simplified.
///
/// It is built once, in about a millisecond, and can be shared by threads.
///
/// ```
/// use zhengben::{Conversion, Converter};
/// let converter = Converter::new(Conversion::T2s);
/// assert_eq!(converter.convert("乾隆皇帝喝乾了茶"), "乾隆皇帝喝干了茶");
/// assert_eq!(converter.convert("鮮やかな東京の夜"), "鮮やかな東京の夜");
/// ```
#[derive(Debug)]
pub struct Converter {
    conversion: Conversion,
    exact: bool,
    steps: Steps,
    kinds: Kinds,
    /// Converts in place of `steps`.
    #[cfg(feature = "opencc")]
    library: Option<Library>,
}

impl Converter {
    /// A converter that goes by OpenCC's dictionaries with this project's
    /// corrections, leaves Japanese and Korean alone, doesn't write the
    /// Simplified characters that few fonts have, and changes nothing in
    /// its own output.
    pub fn new(conversion: Conversion) -> Self {
        Converter::with_steps(conversion, false, Steps::corrected(conversion))
    }

    /// A converter that gives the bytes that OpenCC 1.4.2 gives for the
    /// configuration of the same name. (OpenCC's command and bindings don't
    /// take U+0000; here it is a character like any other.)
    pub fn exact(conversion: Conversion) -> Self {
        Converter::with_steps(conversion, true, Steps::exact(conversion))
    }

    /// The same bytes, converted by the OpenCC library. Its edits are found
    /// by comparing, so their causes don't name a dictionary. Should the
    /// library fail on a text, which it has no reason to, the built-in engine
    /// converts it.
    ///
    /// # Errors
    /// If the library doesn't find its data, which are where it was installed
    /// or where the environment variable `OPENCC_DATA_DIR` says.
    #[cfg(feature = "opencc")]
    pub fn opencc(conversion: Conversion) -> Result<Self, OpenCcError> {
        let library = Some(Library::open(conversion)?);
        Ok(Converter {
            library,
            ..Converter::exact(conversion)
        })
    }

    fn with_steps(conversion: Conversion, exact: bool, steps: Steps) -> Self {
        Converter {
            conversion,
            exact,
            kinds: Kinds::new(|code| steps.changes(code)),
            steps,
            #[cfg(feature = "opencc")]
            library: None,
        }
    }

    /// Which conversion it is.
    pub fn conversion(&self) -> Conversion {
        self.conversion
    }

    /// Whether it gives OpenCC's bytes.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }

    /// Converts a text; borrows it if nothing changes.
    pub fn convert<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.exact && !self.wants_text(text) {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        let mut done = 0;
        let mut edits = Vec::new();
        self.passages(text, &mut edits, |edits| {
            // The edits may make the text longer, but hardly ever do.
            out.reserve(if done == 0 { text.len() } else { 0 });
            for edit in &*edits {
                if done < edit.range.start {
                    out.push_str(&text[done..edit.range.start]);
                }
                out.push_str(&edit.replacement);
                done = edit.range.end;
            }
            edits.clear();
        });
        match done {
            0 => Cow::Borrowed(text),
            _ => {
                out.push_str(&text[done..]);
                Cow::Owned(out)
            }
        }
    }

    /// Counts what the decision rests on whether to convert a text.
    pub(crate) fn survey(&self, text: &str) -> Script {
        language::survey(text, &self.kinds, |code| self.steps.changes(code))
    }

    /// Whether a document with these counts is to be converted: whether it is
    /// Traditional in any part, and not Japanese or Korean on the whole.
    pub(crate) fn wants(&self, script: &Script) -> bool {
        self.exact || script.convertible > 0 && !language::is_foreign(script, DOCUMENT_SHARE)
    }

    /// The same for a text of which nobody asks for the counts: most need not
    /// be counted to the end.
    fn wants_text(&self, text: &str) -> bool {
        let mut rest = text;
        while !rest.is_empty() {
            let end = (SURVEY..rest.len()).find(|&end| rest.is_char_boundary(end));
            let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
            if self.survey(piece).convertible > 0 {
                return self.wants(&self.survey(text));
            }
            rest = behind;
        }
        false
    }

    /// Pushes the edits of a text, sorted and disjoint.
    pub(crate) fn propose(&self, text: &str, out: &mut Vec<Proposal>) {
        self.passages(text, out, |_| {});
    }

    /// Pushes the edits of each passage, and calls `done` after each that has
    /// some; it may take them.
    fn passages(
        &self,
        text: &str,
        out: &mut Vec<Proposal>,
        mut done: impl FnMut(&mut Vec<Proposal>),
    ) {
        #[cfg(feature = "opencc")]
        if let Some(library) = &self.library
            && library.propose(text, out).is_some()
        {
            if !out.is_empty() {
                done(out);
            }
            return;
        }
        let mut settling = Settling::default();
        let mut at = 0;
        while at < text.len() {
            let mut passage = first_passage(&text[at..]);
            let mut marks = Marks::of(passage);
            if self.exact {
                if marks.description {
                    // The sequences may go on over line ends.
                    passage = &text[at..];
                    marks = Marks::of(passage);
                }
                self.steps.run(passage, marks, at, out);
            } else if marks.phonetic || marks.description {
                self.lines(passage, at, &mut settling, out);
            } else if self.steps.is_single() && marks == Marks::default() {
                self.watch(passage, at, &mut settling, out);
            } else {
                self.settle(passage, marks, at, &mut settling, out);
            }
            at += passage.len();
            if !out.is_empty() {
                done(out);
            }
        }
    }

    /// Converts each Chinese line by itself.
    fn lines(&self, text: &str, base: usize, settling: &mut Settling, out: &mut Vec<Proposal>) {
        let mut at = base;
        for line in text.split_inclusive('\n') {
            let marks = Marks::of(line);
            let foreign = marks.phonetic && language::is_foreign(&self.survey(line), LINE_SHARE);
            if !foreign {
                self.settle(line, marks, at, settling, out);
            }
            at += line.len();
        }
    }

    /// Converts a passage until converting it again changes nothing, which is
    /// nearly always so after once.
    fn settle(
        &self,
        text: &str,
        marks: Marks,
        base: usize,
        settling: &mut Settling,
        out: &mut Vec<Proposal>,
    ) {
        let from = out.len();
        self.steps.run(text, marks, base, out);
        if out.len() == from {
            return;
        }
        if self.is_settled(text, marks, base, &out[from..], settling) {
            return;
        }
        out.truncate(from);
        match self.fixpoint(text, marks) {
            Some(edits) => out.extend(edits.into_iter().map(|edit| edit.moved(base))),
            None if marks.description => {}
            None => {
                let mut at = base;
                for clause in text.split_inclusive(BOUNDARIES) {
                    let settled = self.fixpoint(clause, marks).unwrap_or_default();
                    out.extend(settled.into_iter().map(|edit| edit.moved(at)));
                    at += clause.len();
                }
            }
        }
    }

    /// The same for a conversion of one step and a passage without marks,
    /// where the scan tells which clauses need a second look.
    fn watch(&self, text: &str, base: usize, settling: &mut Settling, out: &mut Vec<Proposal>) {
        let from = out.len();
        settling.uneasy.clear();
        self.steps.watch(text, base, out, &mut settling.uneasy);
        // Backwards, so that changing a clause's edits leaves the places of
        // those before as they are.
        let mut checked = text.len();
        while let Some(place) = settling.uneasy.pop() {
            if place >= checked {
                continue;
            }
            let start = text[..place].rfind(BOUNDARIES).unwrap_or(0);
            let end = text[place..checked]
                .find(BOUNDARIES)
                .map_or(checked, |end| place + end);
            checked = start;
            let index =
                |at: usize| from + out[from..].partition_point(|edit| edit.range.start < base + at);
            let edits = index(start)..index(end);
            let (clause, at, marks) = (&text[start..end], base + start, Marks::default());
            if edits.is_empty() || self.is_settled(clause, marks, at, &out[edits.clone()], settling)
            {
                continue;
            }
            let settled = self.fixpoint(clause, marks).unwrap_or_default();
            out.splice(edits, settled.into_iter().map(|edit| edit.moved(at)));
        }
    }

    /// Whether converting a passage again after the edits changes nothing.
    fn is_settled(
        &self,
        text: &str,
        marks: Marks,
        base: usize,
        edits: &[Proposal],
        settling: &mut Settling,
    ) -> bool {
        let Settling { after, again, .. } = settling;
        after.clear();
        let mut done = 0;
        for edit in edits {
            after.push_str(&text[done..edit.range.start - base]);
            after.push_str(&edit.replacement);
            done = edit.range.end - base;
        }
        after.push_str(&text[done..]);
        again.clear();
        self.steps.run(after, marks, 0, again);
        again.is_empty()
    }

    /// The edits after which converting changes nothing more, or `None` if
    /// [`MAX_PASSES`] don't get there.
    fn fixpoint(&self, text: &str, marks: Marks) -> Option<Vec<Proposal>> {
        let mut edits = Vec::new();
        self.steps.run(text, marks, 0, &mut edits);
        for _ in 1..MAX_PASSES {
            let after = apply(text, &edits);
            let mut more = Vec::new();
            self.steps.run(&after, marks, 0, &mut more);
            if more.is_empty() {
                return Some(edits);
            }
            let mut both = Vec::with_capacity(edits.len());
            compose(text, &edits, &after, &more, |edit| both.push(edit));
            edits = both;
        }
        None
    }
}

/// Buffers that are used again for each passage.
#[derive(Debug, Default)]
struct Settling {
    after: String,
    again: Vec<Proposal>,
    /// Places where converting again may change more.
    uneasy: Vec<usize>,
}

/// The first passage of a text: at least [`PASSAGE`] bytes if it has them, to
/// the end of a line. No dictionary has a key with a line end in it.
fn first_passage(text: &str) -> &str {
    let rest = text.as_bytes().get(PASSAGE..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest).map_or(text.len(), |end| PASSAGE + end + 1);
    &text[..end]
}
