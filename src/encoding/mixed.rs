//! Files in UTF-8 with lines in GBK, such as logs and pages that were put together
//! from pieces.

use std::ops::Range;

use super::decode::Decoded;
use super::detect::is_likely_gbk;
use super::places::Irregular;
use super::{Encoding, read};

/// Decodes such a file; `None` if it is none: each line must be valid UTF-8, or be
/// valid and likely as GB 18030, and at least one must clearly be of each kind.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'static>> {
    if !lines(bytes).any(is_long_utf8) {
        return None;
    }
    let mut text = String::new();
    let mut legacy: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in lines(bytes) {
        let range = start..start + line.len();
        start = range.end;
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
            continue;
        }
        let line = read::strict(line, Encoding::Gb18030)
            .ok()
            .filter(|_| is_likely_gbk(line))?;
        text.push_str(&line);
        match legacy.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => legacy.push(range),
        }
    }
    (!legacy.is_empty()).then(|| Decoded {
        irregular: Irregular {
            legacy,
            ..Irregular::default()
        },
        ..Decoded::whole(text.into(), Encoding::Utf8)
    })
}

/// Whether a line is UTF-8 with several characters of three bytes: those of two are
/// frequent pairs of GBK.
fn is_long_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|text| {
        let long = text.chars().filter(|&character| character > '\u{7FF}');
        long.take(4).count() == 4
    })
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn lines_are_read_each_in_its_encoding() {
        let lines = ["这一行是用编码写的\n", "今天的天气很好，我们去公园\n"];
        let bytes = [lines[0].as_bytes(), &gbk(lines[1]), &gbk(lines[1]), b"end"].concat();
        let decoded = decode(&bytes).expect("it is mixed");
        assert_eq!(decoded.text, [lines[0], lines[1], lines[1], "end"].concat());
        let second = lines[0].len();
        let length = gbk(lines[1]).len();
        let legacy = decoded.irregular.legacy.first().cloned();
        assert_eq!(legacy, Some(second..second + 2 * length));
        assert_eq!(decoded.irregular.legacy.len(), 1, "lines that meet are one");
    }

    #[test]
    fn a_file_of_one_kind_is_not_mixed() {
        assert!(decode("这一行是用编码写的\n".as_bytes()).is_none());
        assert!(decode(&gbk("今天的天气很好\n我们去公园")).is_none());
        let latin = [("这一行是用编码写的\n").as_bytes(), b"caf\xE9\n"].concat();
        assert!(decode(&latin).is_none(), "the line is not Chinese");
        let thanks = gbk("谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢\n多谢各位来宾\n");
        assert!(
            decode(&thanks).is_none(),
            "its first line is UTF-8 by chance"
        );
    }
}
