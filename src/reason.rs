//! Why a rule touches a piece of text, put into words when somebody asks, in the
//! language that he asks in.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::lang::Lang;

/// Why a rule touches a piece of text, in words for the reader of a report.
///
/// It is a `str`, which is in English; [`Reason::in_language`] has the words in other
/// languages. Where it takes time to put it into words, that is done when it is first
/// read.
///
/// ```
/// use zhengben::Cleaner;
/// use zhengben::lang::Lang;
///
/// let cleaned = Cleaner::new().clean("源。<br />\n现在");
/// let reason = &cleaned.edits().next().expect("an edit").causes[0].reason;
/// assert_eq!(&**reason, "a line-break tag at the end of a line of plain text");
/// assert_eq!(reason.in_language(Lang::Zh), "纯文本行末残留的换行标签");
/// ```
#[derive(Clone)]
pub struct Reason(Kind);

#[derive(Clone)]
enum Kind {
    Fixed(&'static Both),
    Known(Arc<Known<dyn Explain>>),
}

/// What is always said in the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Both {
    /// The words in English.
    pub(crate) en: &'static str,
    /// The words in Chinese.
    pub(crate) zh: &'static str,
}

/// What a reason is put into words from, and the words when they have been asked
/// for.
struct Known<E: ?Sized> {
    en: OnceLock<String>,
    zh: OnceLock<String>,
    explain: E,
}

/// Puts a reason into words.
trait Explain: Fn(Lang) -> String + Send + Sync {}

impl<F: Fn(Lang) -> String + Send + Sync> Explain for F {}

impl Both {
    /// The words in a language.
    pub(crate) fn in_language(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

impl Reason {
    /// A reason that is put into words when it is read.
    pub(crate) fn later(explain: impl Fn(Lang) -> String + Send + Sync + 'static) -> Self {
        Reason(Kind::Known(Arc::new(Known {
            en: OnceLock::new(),
            zh: OnceLock::new(),
            explain,
        })))
    }

    /// None, where a test needs an edit and does not ask why.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Reason(Kind::Fixed(&Both { en: "", zh: "" }))
    }

    /// The words in English.
    pub fn as_str(&self) -> &str {
        self.in_language(Lang::En)
    }

    /// The words in a language.
    pub fn in_language(&self, lang: Lang) -> &str {
        match &self.0 {
            Kind::Fixed(words) => words.in_language(lang),
            Kind::Known(known) => {
                let words = match lang {
                    Lang::En => &known.en,
                    Lang::Zh => &known.zh,
                };
                words.get_or_init(|| (known.explain)(lang))
            }
        }
    }
}

impl Deref for Reason {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&'static Both> for Reason {
    fn from(words: &'static Both) -> Self {
        Reason(Kind::Fixed(words))
    }
}

impl PartialEq for Reason {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Reason {}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
pub(crate) mod tests;
