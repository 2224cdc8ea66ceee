//! Why a rule touches a piece of text, put into words when somebody asks.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Why a rule touches a piece of text, in words for the reader of a report.
///
/// It is a `str`. Where it takes time to put it into words, that is done when it
/// is first read.
#[derive(Clone)]
pub struct Reason(Kind);

#[derive(Clone)]
enum Kind {
    Said(Cow<'static, str>),
    Known(Arc<Known<dyn Explain>>),
}

/// What a reason is put into words from, and the words when they have been asked
/// for.
struct Known<E: ?Sized> {
    text: OnceLock<String>,
    source: E,
}

/// Something that can say why.
pub(crate) trait Explain: Send + Sync + 'static {
    /// Puts it into words.
    fn explain(&self) -> String;
}

impl Reason {
    /// A reason that is put into words when it is read.
    pub(crate) fn later(source: impl Explain) -> Self {
        let text = OnceLock::new();
        Reason(Kind::Known(Arc::new(Known { text, source })))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kind::Said(text) => text,
            Kind::Known(known) => known.text.get_or_init(|| known.source.explain()),
        }
    }
}

impl Deref for Reason {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Reason(Kind::Said(text.into()))
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Reason(Kind::Said(text.into()))
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
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    static ASKED: AtomicUsize = AtomicUsize::new(0);

    struct Counting;

    impl Explain for Counting {
        fn explain(&self) -> String {
            ASKED.fetch_add(1, Ordering::Relaxed);
            "why".to_owned()
        }
    }

    #[test]
    fn it_is_put_into_words_once_and_only_if_it_is_read() {
        let reason = Reason::later(Counting);
        let other = reason.clone();
        assert_eq!(ASKED.load(Ordering::Relaxed), 0);
        assert_eq!((&*reason, other.as_str()), ("why", "why"));
        assert_eq!(reason, Reason::from("why"));
        assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    }
}
