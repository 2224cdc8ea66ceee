//! One more word to keep, written into a file of settings.

use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, RawString, TableLike, Value};

use super::error::{ConfigError, ValueFault};
use super::file::{missing, table_in};

/// The key of the words to keep.
const KEEP: &str = "keep";

/// The text of a file of settings with one more word to keep; comments and layout stay
/// as they are. Of a file that there is not yet, the text is empty.
///
/// ```
/// use zhengben::config::with_kept;
/// let text = "# ours\nkeep = ['臺灣'] # names\n";
/// let kept = with_kept("zhengben.toml".as_ref(), text, "甚麼")?;
/// assert_eq!(kept, "# ours\nkeep = ['臺灣', \"甚麼\"] # names\n");
/// # Ok::<(), zhengben::config::ConfigError>(())
/// ```
///
/// # Errors
/// [`ConfigError`] if the text is no TOML, or not what the file of that path has to be.
pub fn with_kept(path: &Path, text: &str, word: &str) -> Result<String, ConfigError> {
    let wrong = |line, message: String| ConfigError::Wrong {
        path: path.to_owned(),
        line,
        message,
    };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text[..start].matches('\n').count() + 1;
        wrong(line, error.message().to_owned())
    })?;
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for name in table_in(path) {
        let inner = table.get_mut(name).and_then(Item::as_table_like_mut);
        table = inner.ok_or_else(|| missing(path))?;
    }
    if table.get(KEEP).is_none() {
        table.insert(KEEP, Item::Value(Value::Array(Array::new())));
    }
    let array = table.get_mut(KEEP).and_then(Item::as_array_mut);
    let array = array.ok_or_else(|| ConfigError::Value {
        path: path.to_owned(),
        line: 1,
        key: KEEP.to_owned(),
        fault: ValueFault::NoArray,
    })?;
    if array.iter().any(|kept| kept.as_str() == Some(word)) {
        return Ok(text.to_owned());
    }
    push(array, word);
    Ok(with_line_ends_of(text, document.to_string()))
}

/// Adds a word to an array: in a line of its own if the others have theirs.
fn push(array: &mut Array, word: &str) {
    let Some(last) = array.iter().last() else {
        return array.push(word);
    };
    let Some((_, indent)) = raw(last.decor().prefix()).rsplit_once('\n') else {
        return array.push(word);
    };
    // A comment behind the last word stands before the comma or behind it.
    let has_comma = array.trailing_comma();
    let behind = match has_comma {
        true => raw(Some(array.trailing())),
        false => raw(last.decor().suffix()),
    };
    let end = behind.rsplit_once('\n').map_or("", |(_, end)| end);
    let end = format!("\n{end}");
    let new = Value::from(word).decorated(format!("{}\n{indent}", behind.trim_end()), "");
    if !has_comma && let Some(last) = array.iter_mut().last() {
        last.decor_mut().set_suffix("");
    }
    array.push_formatted(new);
    array.set_trailing(end);
}

fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

/// With CRLF where the file has it.
fn with_line_ends_of(old: &str, new: String) -> String {
    match old.contains("\r\n") {
        true => new.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_comments_stay() {
        let cases = [
            ("zhengben.toml", "", "keep = [\"规划\"]\n"),
            ("zhengben.toml", "keep = []", "keep = [\"规划\"]\n"),
            (
                "zhengben.toml",
                "# a\nscript = \"none\" # b\n\n[[overrides]]\nfiles = [\"x\"]\nkeep = [\"y\"]\n",
                "# a\nscript = \"none\" # b\nkeep = [\"规划\"]\n\n[[overrides]]\nfiles = [\"x\"]\nkeep = [\"y\"]\n",
            ),
            (
                "zhengben.toml",
                "keep = [\n    # names\n    '臺灣', # a\n    \"甚麼\", # b\n    # end\n]\n",
                "keep = [\n    # names\n    '臺灣', # a\n    \"甚麼\", # b\n    # end\n    \"规划\",\n]\n",
            ),
            (
                "zhengben.toml",
                "keep = [\n  '臺灣',\n  '甚麼' # b\n]\n",
                "keep = [\n  '臺灣',\n  '甚麼', # b\n  \"规划\"\n]\n",
            ),
            (
                "zhengben.toml",
                "keep = [\r\n  '臺灣',\r\n]\r\n",
                "keep = [\r\n  '臺灣',\r\n  \"规划\",\r\n]\r\n",
            ),
            ("zhengben.toml", "keep = ['规划']", "keep = ['规划']"),
            (
                "pyproject.toml",
                "[project]\nname = \"a\"\n[tool.zhengben]\n# b\n[tool.other]\n",
                "[project]\nname = \"a\"\n[tool.zhengben]\nkeep = [\"规划\"]\n# b\n[tool.other]\n",
            ),
            (
                "Cargo.toml",
                "[package.metadata]\nzhengben = { keep = ['a'] }\n",
                "[package.metadata]\nzhengben = { keep = ['a', \"规划\"] }\n",
            ),
        ];
        for (path, before, after) in cases {
            let kept = with_kept(path.as_ref(), before, "规划").expect(before);
            assert_eq!(kept, after);
            let again = with_kept(path.as_ref(), &kept, "规划").expect(after);
            assert_eq!(again, kept, "once is enough");
        }
    }

    #[test]
    fn what_cannot_be_written_is_an_error() {
        let cases = [
            ("zhengben.toml", "a = \n", "zhengben.toml:1: "),
            ("zhengben.toml", "keep = 1\n", "keep: is to be an array"),
            ("pyproject.toml", "a = 1\n", "has no table [tool.zhengben]"),
        ];
        for (path, text, said) in cases {
            let error = with_kept(path.as_ref(), text, "规划").expect_err(text);
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
