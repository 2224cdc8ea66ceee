//! The HTTP message in a `response` record.

use std::ops::Range;

use super::head::{self, Head};

/// A response of which the body is as it was meant to be shown.
#[derive(Debug)]
pub(super) struct Response<'r> {
    pub(super) head: Head<'r>,
    pub(super) body: &'r [u8],
    /// Where in the head the body's length stands.
    length: Option<Range<usize>>,
}

/// Fields with which the bytes of the body are others than those of the page, or only
/// some of them, or bound by a digest that would have to be made anew.
static BINDING: [&str; 6] = [
    "Content-Range",
    "Content-MD5",
    "Digest",
    "Content-Digest",
    "Repr-Digest",
    "Signature",
];

impl<'r> Response<'r> {
    /// Reads a message; `None` if its body is not there as it is. Of one that is not
    /// `whole` the end is missing.
    pub(super) fn read(block: &'r [u8], whole: bool) -> Option<Self> {
        let end = head::end(block)?;
        let head = Head::read(&block[..end])?;
        let body = &block[end..];
        let is_plain = |name| {
            let coded = |(value, _): (&[u8], _)| !value.eq_ignore_ascii_case(b"identity");
            !head.all(name).any(coded)
        };
        let is_whole = is_plain("Content-Encoding")
            && is_plain("Transfer-Encoding")
            && !BINDING.iter().any(|name| head.has(name));
        if !head.first_line().starts_with(b"HTTP/") || !is_whole {
            return None;
        }
        let length = match head.has("Content-Length") {
            false => None,
            true => {
                let said = head.length("Content-Length")?;
                if whole && said != body.len() as u64 {
                    return None;
                }
                head.all("Content-Length").next().map(|(_, place)| place)
            }
        };
        Some(Response { head, body, length })
    }

    /// Writes the head for a body of that length.
    pub(super) fn write_head(&self, length: usize, out: &mut Vec<u8>) {
        let value = |place: &Range<usize>| (place.clone(), length.to_string());
        let mut values: Vec<_> = self.length.iter().map(value).collect();
        self.head.write(&mut values, out);
    }
}

/// What a `Content-Type` says: the type without its parameters, and the charset.
pub(super) fn content_type(value: &str) -> (&str, Option<&str>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or_default().trim();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']))
    });
    (kind, charset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_coded_or_not_whole_is_none() {
        let good = [
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
            "HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\n\r\nbody",
            "HTTP/1.0 404 Not Found\nX-Crawl-Content-Encoding: gzip\n\nbody",
        ];
        for block in good {
            let response = Response::read(block.as_bytes(), true).expect(block);
            assert_eq!(response.body, b"body");
            let mut head = Vec::new();
            response.write_head(123, &mut head);
            let expected = block
                .replace("Length: 4", "Length: 123")
                .replace("body", "");
            assert_eq!(String::from_utf8(head).as_deref(), Ok(&*expected));
        }
        let fields = [
            "Content-Encoding: gzip",
            "Transfer-Encoding: chunked",
            "Content-Length: 5",
            "Content-Length: 4\r\nContent-Length: 4",
            "Content-Range: bytes 0-3/10",
            "content-md5: hQ==",
        ];
        for field in fields {
            let block = format!("HTTP/1.1 200 OK\r\n{field}\r\n\r\nbody");
            assert!(Response::read(block.as_bytes(), true).is_none(), "{field}");
        }
        let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody";
        assert!(Response::read(cut, false).is_some());
        assert!(Response::read(b"220 ftp\r\n\r\nbody", true).is_none());
        assert!(Response::read(b"HTTP/1.1 200 OK\r\n", true).is_none());
    }

    #[test]
    fn a_type_and_its_charset() {
        let cases = [
            ("text/html; charset=\"GB2312\"", "text/html", Some("GB2312")),
            (
                "text/plain ;q=1; Charset = utf-8",
                "text/plain",
                Some("utf-8"),
            ),
            (
                "application/http; msgtype=response",
                "application/http",
                None,
            ),
            ("", "", None),
        ];
        for (value, kind, charset) in cases {
            assert_eq!(content_type(value), (kind, charset));
        }
    }
}
