//! What holds for every text.

#[path = "common/documents.rs"]
mod documents;
#[path = "common/pieces.rs"]
mod pieces;

use std::borrow::Cow;

use documents::documents;
use proptest::prelude::*;
use zhengben::{Cleaner, Decisions, Encoding, RuleSet, Scope, Source, Syntax};

fn syntaxes() -> impl Strategy<Value = Syntax> {
    prop::sample::select(Syntax::all().collect::<Vec<_>>())
}

/// All of a file that can be open.
fn scope() -> Scope {
    let scope = Scope::new().field("a").column("a").column("2");
    scope.front_matter(true).comments(true)
}

fn source(text: &str, syntax: Syntax) -> Source<'_> {
    Source::from(text).with_syntax(syntax).with_scope(scope())
}

/// A file of that kind with the text in a field that is open and in one that is not.
fn inside(syntax: Syntax, text: &str) -> String {
    let escaped = || serde_json::to_string(text).expect("it is a string");
    match syntax {
        Syntax::Json => format!("[{{\"a\":{},\"b\":{}}}]", escaped(), escaped()),
        Syntax::JsonLines => format!("{{\"b\":{},\"a\":[{},1]}}\n", escaped(), escaped()),
        Syntax::Csv => {
            let quoted = text.replace('"', "\"\"");
            format!("a,b,c\n\"{quoted}\",{},\"{quoted}\"\n", text.len())
        }
        _ => text.to_owned(),
    }
}

/// What programs read in the file, without what is open in it.
fn skeleton(syntax: Syntax, text: &str) -> Vec<String> {
    match syntax {
        Syntax::Json | Syntax::JsonLines => {
            let mut value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
            let object = if syntax == Syntax::Json {
                &mut value[0]
            } else {
                &mut value
            };
            let named = match &mut object["a"] {
                serde_json::Value::Array(items) => items[0].take(),
                string => string.take(),
            };
            assert!(named.is_string());
            vec![value.to_string()]
        }
        _ => csv_rows(text),
    }
}

/// The shape of rows whose fields are quoted, and the third of each row.
fn csv_rows(text: &str) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut quoted = false;
    let mut column = 0;
    for character in text.chars() {
        quoted ^= character == '"';
        let row = rows.last_mut().expect("a row");
        match character {
            '\n' if !quoted => {
                rows.push(String::new());
                column = 0;
            }
            ',' if !quoted => {
                row.push(',');
                column += 1;
            }
            _ if column == 2 => row.push(character),
            _ => {}
        }
    }
    rows
}

/// Kinds of files whose structure a parser of others can read.
fn structured() -> impl Strategy<Value = Syntax> {
    prop::sample::select(vec![Syntax::Json, Syntax::JsonLines, Syntax::Csv])
}

/// Kinds of files of which nothing is prose unless that is said.
fn scoped() -> impl Strategy<Value = Syntax> {
    let is_scoped = |syntax: &Syntax| {
        use Syntax::{Csv, Json, JsonLines, Tsv};
        matches!(syntax, Json | JsonLines | Csv | Tsv | Syntax::Code(_))
    };
    prop::sample::select(Syntax::all().filter(is_scoped).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_replay_to_the_output(text in documents(), syntax in syntaxes()) {
        let cleaned = CLEANER.with(|c| c.clean(source(&text, syntax)));
        prop_assert_eq!(pieces::replayed(&cleaned), cleaned.text());
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(text in documents(), syntax in syntaxes()) {
        CLEANER.with(|cleaner| {
            let once = cleaner.clean(source(&text, syntax));
            let twice = cleaner.clean(source(once.text(), syntax));
            prop_assert_eq!(twice.text(), once.text());
            Ok(())
        })?;
    }

    #[test]
    fn a_file_has_the_structure_that_it_had(text in documents(), syntax in structured()) {
        let file = inside(syntax, &text);
        CLEANER.with(|cleaner| {
            let cleaned = cleaner.clean(source(&file, syntax));
            prop_assert_eq!(skeleton(syntax, cleaned.text()), skeleton(syntax, &file));
            Ok(())
        })?;
    }

    #[test]
    fn what_no_scope_opens_stays(text in documents(), syntax in scoped()) {
        let closed = Source::from(text.as_str()).with_syntax(syntax);
        CLEANER.with(|cleaner| {
            let cleaned = cleaner.clean(closed);
            prop_assert_eq!(cleaned.text(), text.as_str());
            Ok(())
        })?;
    }

    #[test]
    fn what_is_kept_stays(text in documents(), syntax in syntaxes()) {
        let words = ["動", "工業", "著作", "國"];
        KEEPING.with(|cleaner| {
            let cleaned = cleaner.clean(source(&text, syntax));
            for word in words {
                let count = |text: &str| text.matches(word).count();
                prop_assert!(count(cleaned.text()) >= count(&text), "{} {}", word, cleaned.text());
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_comment_at_the_top_switches_everything_off(text in documents()) {
        let text = format!("# zhengben: off-file\n{text}");
        // Another comment can name rules that do not exist.
        CLEANER.with(|cleaner| {
            let cleaned = cleaner.clean(text.as_str());
            prop_assert_eq!(cleaned.text(), text.as_str());
            Ok(())
        })?;
    }

    #[test]
    fn any_text_can_be_of_any_kind(bytes in prop::collection::vec(any::<u8>(), 0..200), syntax in syntaxes()) {
        let text = String::from_utf8_lossy(&bytes);
        Syntax::of_text(&text);
        CLEANER.with(|cleaner| {
            let cleaned = cleaner.clean(source(&text, syntax));
            prop_assert_eq!(pieces::replayed(&cleaned), cleaned.text());
            Ok(())
        })?;
    }

    #[test]
    fn signs_can_be_in_any_order(text in "([\"'`/*#<>!\\-\\\\{}\\[\\]():,=\n |$rR國開]|//|<!--|-->|\"\"\"|<<A|-->){0,60}", syntax in syntaxes()) {
        CLEANER.with(|cleaner| {
            let once = cleaner.clean(source(&text, syntax));
            prop_assert_eq!(pieces::replayed(&once), once.text());
            let twice = cleaner.clean(source(once.text(), syntax));
            prop_assert_eq!(twice.text(), once.text());
            Ok(())
        })?;
    }

    #[test]
    fn what_a_reader_accepts_is_replayed_and_done(
        text in documents(),
        syntax in syntaxes(),
        chosen in prop::collection::vec(any::<bool>(), 16),
    ) {
        CLEANER.with(|cleaner| {
            let source = || Source::from(text.as_str()).with_syntax(syntax);
            let cleaned = cleaner.clean(source());
            let mut decisions = Decisions::new();
            let suggested = cleaned.edits().filter(|edit| !edit.applied);
            let mut places = Vec::new();
            for (edit, _) in suggested.zip(chosen.iter().cycle()).filter(|(_, chosen)| **chosen) {
                if decisions.accept(&cleaned, &edit) {
                    places.push(edit.range);
                }
            }
            let decided = cleaner.clean_with(source(), &decisions);
            let unmet = decisions.unmet(&decided);
            for place in places {
                let is_changed = decided.edits().any(|edit| {
                    edit.applied && edit.range.start <= place.start && place.end <= edit.range.end
                });
                prop_assert_ne!(is_changed, unmet.iter().any(|(range, _)| *range == place));
            }
            prop_assert_eq!(pieces::replayed(&decided), decided.text());
            let again = cleaner.clean(Source::from(decided.text()).with_syntax(syntax));
            prop_assert_eq!(again.text(), decided.text());
            if decisions.is_empty() {
                prop_assert_eq!(decided.text(), cleaned.text());
            }
            Ok(())
        })?;
    }

    #[test]
    fn files_in_other_encodings_are_cleaned_the_same(text in documents()) {
        CLEANER.with(|cleaner| {
            let expected = cleaner.clean(text.as_str());
            let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
            let source = Source::decode_as(&bytes, Encoding::Utf16Le).expect("encoded just now");
            let cleaned = cleaner.clean(source);
            prop_assert_eq!(cleaned.text(), expected.text());
            let written = cleaned.to_bytes().expect("UTF-16 holds all of Unicode").into_owned();
            let read = Source::decode_as(&written, Encoding::Utf16Le).expect("it is text");
            prop_assert_eq!(read.text(), expected.text());
            Ok(())
        })?;
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in files()) {
        if let Ok(source) = Source::decode(&bytes) {
            CLEANER.with(|cleaner| {
                let cleaned = cleaner.clean(source);
                prop_assert_eq!(pieces::replayed(&cleaned), cleaned.text());
                Ok(())
            })?;
        }
    }

    #[test]
    fn nothing_of_a_damaged_file_is_lost(bytes in files()) {
        if let Ok(source) = Source::decode_damaged(&bytes, None) {
            let kept = IDLE.with(|idle| idle.clean(source).to_bytes().map(Cow::into_owned));
            prop_assert_eq!(kept, Ok(bytes));
        }
    }
}

/// Any bytes, and text in any encoding with a few bytes lost or wrong.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let encoding = prop::sample::select(Encoding::ALL.to_vec());
    let damage = prop::collection::vec((any::<prop::sample::Index>(), any::<Option<u8>>()), 0..4);
    let damaged = (documents(), encoding, damage).prop_map(|(text, encoding, damage)| {
        let bytes = IDLE.with(|idle| {
            let cleaned = idle.clean(Source::from(text.as_str()));
            cleaned.to_bytes_in(encoding).map(Cow::into_owned)
        });
        let mut bytes = bytes.unwrap_or_else(|_| text.into_bytes());
        for (place, byte) in damage {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match byte {
                Some(byte) => bytes[place] = byte,
                None => drop(bytes.remove(place)),
            }
        }
        bytes
    });
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..64),
        3 => damaged,
    ]
}

thread_local! {
    static CLEANER: Cleaner = Cleaner::new();
    static KEEPING: Cleaner = Cleaner::builder().keep(["動", "工業", "著作", "國"]).build();
    /// Changes nothing.
    static IDLE: Cleaner = Cleaner::builder().script(None).rules(RuleSet::none()).build();
}
