//! What of each format is cleaned, and what switches it off: the cases of
//! `tests/cases/formats.tsv` and the examples of `docs/formats.md`.

use zhengben::{Cleaner, Rule, Safety, Scope, Source, Syntax};

/// The kind of file and its scope, as in `json field=title`.
fn file(cell: &str) -> (Syntax, Scope) {
    let mut words = cell.split(' ');
    let name = words.next().unwrap_or_default();
    let syntax = name.parse().expect(name);
    let scope = words.fold(Scope::new(), |scope, word| match word.split_once('=') {
        Some(("field", path)) => scope.field(path),
        Some(("column", name)) => scope.column(name),
        _ => match word {
            "headless" => scope.headless(true),
            "front-matter" => scope.front_matter(true),
            "comments" => scope.comments(true),
            _ => panic!("no such option: {word}"),
        },
    });
    (syntax, scope)
}

/// `\n`, `\r`, `\t` and `\\` are what they are elsewhere.
fn unescaped(cell: &str) -> String {
    let mut out = String::new();
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('\\') => '\\',
                other => panic!("\\{other:?}"),
            },
            other => other,
        });
    }
    out
}

#[test]
fn formats() {
    let cleaner = Cleaner::new();
    let mut failures = Vec::new();
    for line in include_str!("cases/formats.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, input, expected, note] = cells[..] else {
            panic!("four columns: {line}")
        };
        let (syntax, scope) = file(kind);
        let (input, expected) = (unescaped(input), unescaped(expected));
        let source = Source::from(input.as_str())
            .with_syntax(syntax)
            .with_scope(scope.clone());
        let cleaned = cleaner.clean(source);
        if cleaned.text() != expected {
            failures.push(format!(
                "{kind}: {note}\n  {input}\n  {expected}\n→ {}",
                cleaned.text()
            ));
            continue;
        }
        assert!(
            cleaned
                .counts()
                .keys()
                .all(|&rule| rule != Rule::IgnoreUnknown),
            "{input}"
        );
        let again = Source::from(expected.as_str())
            .with_syntax(syntax)
            .with_scope(scope);
        assert_eq!(cleaner.clean(again).text(), expected, "{note}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What the examples in the documentation show: of each, the kind of file, the text
/// before and the text after.
fn examples(page: &str) -> Vec<(&str, String, String)> {
    let mut examples = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            if let Some(kind) = kind.strip_prefix("diff ") {
                examples.push((kind, String::new(), String::new()));
            }
            inside = !inside;
        } else if let (true, Some((_, before, after))) = (inside, examples.last_mut()) {
            let (sign, text) = line.split_at(line.len().min(1));
            for (side, other) in [(before, "+"), (after, "-")] {
                if sign != other {
                    *side += &format!("{text}\n");
                }
            }
        }
    }
    examples
}

#[test]
fn the_documentation_shows_what_happens() {
    let cleaner = Cleaner::new();
    let examples = examples(include_str!("../docs/formats.md"));
    assert!(examples.len() >= 10);
    for (kind, before, after) in examples {
        let (syntax, scope) = file(kind);
        let source = Source::from(before.as_str()).with_syntax(syntax);
        let cleaned = cleaner.clean(source.with_scope(scope));
        assert_eq!(cleaned.text(), after, "{kind}");
        assert_ne!(before, after, "{kind}");
    }
}

#[test]
fn what_a_comment_says_and_nobody_knows_is_reported() {
    let cases = [
        ("plain", "# zhengben: off glos\n", vec![("glos", "gloss")]),
        ("plain", "# zhengben: of gloss\n", vec![("of", "off")]),
        (
            "plain",
            "# zhengben: off-line 注音, gloss\n",
            vec![("注音", "")],
        ),
        (
            "markdown",
            "<!-- zhengben: off script-char -->\n",
            vec![("script-char", "script-character")],
        ),
        (
            "html",
            "<!-- zhengben: disable\nzhengben: off words -->",
            vec![("disable", ""), ("words", "wording")],
        ),
        ("c", "/* zhengben: off */ // zhengben: off-file", vec![]),
        ("json", "{\"# zhengben: off glos\": 1}", vec![]),
        ("plain", "他寫 zhengben: off glos", vec![]),
    ];
    let cleaner = Cleaner::new();
    for (kind, text, expected) in cases {
        let (syntax, scope) = file(kind);
        let cleaned = cleaner.clean(Source::from(text).with_syntax(syntax).with_scope(scope));
        let edits: Vec<_> = cleaned.edits().collect();
        let is_it = |edit: &zhengben::Edit<'_>| edit.causes[0].rule == Rule::IgnoreUnknown;
        let found = edits.iter().filter(|edit| is_it(edit));
        let found: Vec<_> = found
            .map(|edit| (edit.original, edit.replacement))
            .collect();
        assert_eq!(found, expected, "{text}");
        assert!(
            edits
                .iter()
                .all(|edit| !is_it(edit) || edit.safety() == Safety::Display)
        );
    }
}

#[test]
fn words_that_are_kept_are_not_touched() {
    let cleaner = Cleaner::builder().keep(["臺積電", "咱们", ""]).build();
    let cases = [
        ("臺積電在臺灣", "臺積電在台湾"),
        // In the other script, it is kept from what comes behind the conversion.
        (
            "咱們會盡或許註明來歷，本站不承擔任何職責。",
            "咱们会尽可能注明来源，本站不承担任何责任。",
        ),
        (
            "臺(tái)積電的新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚",
            "臺積電的新能源电池产业链企业快速集聚",
        ),
    ];
    for (text, expected) in cases {
        let cleaned = cleaner.clean(text);
        assert_eq!(cleaned.text(), expected);
        assert!(
            cleaned
                .edits()
                .all(|edit| !edit.original.contains("臺積電"))
        );
    }
    assert_eq!(Cleaner::new().clean("臺積電").text(), "台积电");
}

/// Files that are deep or long where nobody would make them so: nothing takes the
/// stack, or more than one pass.
#[test]
fn files_can_be_deep_and_long() {
    for (at, piece) in LONG.iter().enumerate() {
        let text = piece.repeat((1 << 18) / piece.len());
        Syntax::of_text(&text);
        for syntax in Syntax::all() {
            // Most languages differ only in their signs.
            if !syntax.is_code() || ALL_QUIRKS.contains(&syntax.name()) {
                source(&text, syntax).closed();
            }
        }
        // All of the pipeline, for one kind each and less of it, as it takes longer.
        let kinds: Vec<Syntax> = Syntax::all().collect();
        let cleaner = Cleaner::builder().keep(["國", "國國"]).build();
        let text = piece.repeat((1 << 16) / piece.len());
        cleaner.clean(source(&text, kinds[at % kinds.len()]));
    }
}

fn source(text: &str, syntax: Syntax) -> Source<'_> {
    let scope = Scope::new()
        .field("a")
        .field("a.a")
        .column("1")
        .headless(true);
    let scope = scope.front_matter(true).comments(true);
    Source::from(text).with_syntax(syntax).with_scope(scope)
}

/// Languages that have every quirk between them.
const ALL_QUIRKS: [&str; 9] = [
    "c++",
    "haskell",
    "javascript",
    "lua",
    "php",
    "ruby",
    "rust",
    "shell",
    "yaml",
];

/// What files are made of, over and over.
#[rustfmt::skip]
const LONG: &[&str] = &[
    "[", "{\"a\":", "[[\"國\",", "\"", "\\\"", "<p title=國>", "<", "<i", "<!--", "<pre>",
    "{\\", "{", "&", "&a", "國\n", "> ", "- ", "`", "``` ", "*", "_國", "![", "](", "國,",
    "\"國\",", "\"\n", "/*", "/* */", "//", "'", "r#\"", "<<A ", "<<A\n", "/[", "(/[", ": |",
    ": > #", "${", "\"${", "`${", "\"$(", "$a", "$a$", "R\"(", "[=[", "--[[", "{-", "#|", "<?",
    "<??>", "=begin\n", "\n=begin", "-->", "0:0-->0:0\n國\n", "1\n", "NOTE\n",
    "[Events]\nDialogue: ", "Format:,\n", "\\N", "\n\n", "# zhengben: off\n",
    "# zhengben: off-next-line\n", "// zhengben: on\n\n", "<!--zhengben: off-line-->國\n",
    "zhengben:", "# zhengben:", "<!--zhengben: off-line-->", "<!-- zhengben: off-next-line --> ",
    "---\n", "a: \"\n", "a:\n- ", "\\u958b", "國\u{200B}", "https://",
];
