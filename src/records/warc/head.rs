//! The head of a record, and that of an HTTP message in it: a first line, and named
//! fields up to an empty line.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

/// A head in which the places of all fields are known.
#[derive(Debug)]
pub(super) struct Head<'r> {
    bytes: &'r [u8],
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    name: Range<usize>,
    /// Without the white space around it.
    value: Range<usize>,
}

/// Where the head ends that the bytes begin with, if it does within them: behind its
/// empty line. Lines may end with LF alone.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    memchr_iter(b'\n', bytes).find_map(|place| match &bytes[place + 1..] {
        [b'\r', b'\n', ..] => Some(place + 3),
        [b'\n', ..] => Some(place + 2),
        _ => None,
    })
}

impl<'r> Head<'r> {
    /// Reads what ends with its empty line; `None` if a line is no field.
    pub(super) fn read(bytes: &'r [u8]) -> Option<Self> {
        let mut fields: Vec<Field> = Vec::with_capacity(16);
        let mut start = memchr::memchr(b'\n', bytes)? + 1;
        while let Some(length) = memchr::memchr(b'\n', &bytes[start..]) {
            let line = &bytes[start..start + length];
            if line.trim_ascii().is_empty() {
                break;
            }
            if line[0] == b' ' || line[0] == b'\t' {
                // It goes on with the value of the line before.
                fields.last_mut()?.value.end = start + line.trim_ascii_end().len();
            } else {
                let colon = memchr::memchr(b':', line).filter(|&colon| colon > 0)?;
                let value = &line[colon + 1..];
                let begin = start + line.len() - value.trim_ascii_start().len();
                fields.push(Field {
                    name: start..start + line[..colon].trim_ascii_end().len(),
                    value: begin..(start + line.trim_ascii_end().len()).max(begin),
                });
            }
            start += length + 1;
        }
        Some(Head { bytes, fields })
    }

    /// The first line, without its end.
    pub(super) fn first_line(&self) -> &'r [u8] {
        let end = memchr::memchr(b'\n', self.bytes).unwrap_or(self.bytes.len());
        self.bytes[..end].trim_ascii_end()
    }

    /// The values of the fields of that name, and their places.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = (&'r [u8], Range<usize>)> {
        let bytes = self.bytes;
        let named =
            move |field: &&Field| bytes[field.name.clone()].eq_ignore_ascii_case(name.as_bytes());
        let fields = self.fields.iter().filter(named);
        fields.map(move |field| (&bytes[field.value.clone()], field.value.clone()))
    }

    /// The value of the field of that name, if there is one and no other, and it is text.
    pub(super) fn only(&self, name: &str) -> Option<&'r str> {
        let mut all = self.all(name);
        match (all.next(), all.next()) {
            (Some((value, _)), None) => std::str::from_utf8(value).ok(),
            _ => None,
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// A length that a field says.
    pub(super) fn length(&self, name: &str) -> Option<u64> {
        let digits = self.only(name)?;
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse().ok())?
    }

    /// Writes the head with other values in some places, which are put in order.
    pub(super) fn write(&self, values: &mut [(Range<usize>, String)], out: &mut Vec<u8>) {
        values.sort_by_key(|(place, _)| place.start);
        let mut done = 0;
        for (place, value) in values {
            out.extend_from_slice(&self.bytes[done..place.start]);
            out.extend_from_slice(value.as_bytes());
            done = place.end;
        }
        out.extend_from_slice(&self.bytes[done..]);
    }
}

/// Where, from a place on, a line begins with `WARC/` behind an empty one.
pub(super) fn beginnings(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> {
    let found = memmem::find_iter(&bytes[from..], b"\nWARC/");
    let found = found.map(move |place| from + place + 1);
    found.filter(|&place| {
        let before = &bytes[..place];
        before.ends_with(b"\n\r\n") || before.ends_with(b"\n\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_however_they_are_written() {
        let bytes = b"WARC/1.1\r\nwarc-type:conversion\r\nA :  b \r\n  c\r\nE:\r\na: d\r\n\r\nrest";
        let length = end(bytes).expect("an end");
        assert_eq!(&bytes[length..], b"rest");
        let head = Head::read(&bytes[..length]).expect("a head");
        assert_eq!(head.first_line(), b"WARC/1.1");
        assert_eq!(head.only("WARC-Type"), Some("conversion"));
        let values: Vec<&[u8]> = head.all("a").map(|(value, _)| value).collect();
        assert_eq!(values, [&b"b \r\n  c"[..], b"d"]);
        assert_eq!((head.only("a"), head.only("e")), (None, Some("")));
        assert!(!head.has("f"));
        let mut out = Vec::new();
        let places: Vec<_> = head.all("a").map(|(_, place)| place).collect();
        let mut values: Vec<_> = places
            .into_iter()
            .map(|p| (p, "x".to_owned()))
            .rev()
            .collect();
        head.write(&mut values, &mut out);
        let expected = b"WARC/1.1\r\nwarc-type:conversion\r\nA :  x\r\nE:\r\na: x\r\n\r\n";
        assert_eq!(out, expected);
    }

    #[test]
    fn what_is_no_head_is_none() {
        for bytes in ["WARC/1.0", "WARC/1.0\n", "WARC/1.0\nA: b\n", ""] {
            assert_eq!(end(bytes.as_bytes()), None, "{bytes}");
        }
        for bytes in [
            "WARC/1.0\nno field\n\n",
            "WARC/1.0\n folded: a\n\n",
            "WARC/1.0\n: a\n\n",
        ] {
            assert!(Head::read(bytes.as_bytes()).is_none(), "{bytes}");
        }
        let lengths = ["12", "", "+1", "1 2", "99999999999999999999", "-1"];
        let lengths = lengths.map(|length| {
            let bytes = format!("WARC/1.0\nContent-Length: {length}\n\n");
            Head::read(bytes.as_bytes()).and_then(|head| head.length("content-length"))
        });
        assert_eq!(lengths, [Some(12), None, None, None, None, None]);
    }
}
