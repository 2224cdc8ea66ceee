//! Which encoding bytes say that they are in.

use crate::encoding::Encoding;

/// How far into a file a declaration is looked for: what the HTML standard
/// asks of browsers.
const DECLARATION_BYTES: usize = 1024;

/// The encoding that a byte order mark names, and the mark's length.
pub(in crate::encoding) fn byte_order_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    let (found, length) = encoding_rs::Encoding::for_bom(bytes)?;
    let encoding = Encoding::ALL
        .into_iter()
        .find(|encoding| encoding.whatwg() == Some(found))?;
    Some((encoding, length))
}

/// The encoding that the head of an HTML or XML file declares
/// (`<meta charset=…>`, `<?xml … encoding=…?>`), if it is one of ours.
pub(in crate::encoding) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'<', &head[from..]) {
        let tag = &head[from + open..];
        let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
        let key: &[u8] = if starts_with(tag, b"<meta") {
            b"charset"
        } else if starts_with(tag, b"<?xml") {
            b"encoding"
        } else {
            b""
        };
        if let Some(label) = value_of(tag, key) {
            return Encoding::for_label(label);
        }
        from += open + 1;
    }
    None
}

fn starts_with(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes
        .get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// The value behind `key=` in a tag, with or without quotes.
fn value_of<'b>(tag: &'b [u8], key: &[u8]) -> Option<&'b str> {
    if key.is_empty() {
        return None;
    }
    let at = tag
        .windows(key.len())
        .position(|window| window.eq_ignore_ascii_case(key))?;
    let value = tag[at + key.len()..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or(value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = value
        .iter()
        .position(|&byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte)))
        .unwrap_or(value.len());
    std::str::from_utf8(&value[..end]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let cases: [(&[u8], _); 6] = [
            (b"<html><meta charset=gb2312>", Some(Encoding::Gbk)),
            (
                b"<META http-equiv=x content=\"text/html; charset=Big5\">",
                Some(Encoding::Big5),
            ),
            (
                b"<?xml version='1.0' encoding='GB18030'?>",
                Some(Encoding::Gb18030),
            ),
            (b"<p charset=gbk>", None),
            (b"<meta charset=windows-1251>", None),
            (b"charset=gbk", None),
        ];
        for (head, expected) in cases {
            assert_eq!(
                declared(head),
                expected,
                "{}",
                String::from_utf8_lossy(head)
            );
        }
    }
}
