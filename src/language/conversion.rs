//! What the filter makes of Simplified characters before it breaks their bytes.

/// One character a line, sorted by code point; comments come first.
/// `dictionaries/filter/README.md` describes the columns, `cargo xtask verify
/// conversion` keeps the promise.
pub(crate) static TABLE: &str = include_str!("../../dictionaries/filter/conversion.txt");

/// The characters that the filter converts, sorted, each with what it makes of
/// it; all are in GBK.
///
/// The way back is not unique: 線 comes of 线 and of 缐.
pub(crate) fn pairs() -> impl Iterator<Item = (char, char)> {
    TABLE.lines().filter_map(parse)
}

/// `None` for a comment.
fn parse(line: &str) -> Option<(char, char)> {
    let (from, to) = line.split_once('\t')?;
    Some((from.chars().next()?, to.chars().next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;

    fn made(character: char) -> Option<char> {
        pairs()
            .find(|&(from, _)| from == character)
            .map(|(_, to)| to)
    }

    #[test]
    fn every_line_is_a_pair_of_gbk() {
        let lines = TABLE.lines().skip_while(|line| line.starts_with('#'));
        for line in lines.clone() {
            let (from, to) = parse(line).expect(line);
            assert_eq!(format!("{from}\t{to}"), line);
            assert_ne!(from, to);
            let (bytes, _, unmappable) = GBK.encode(line);
            assert!(!unmappable && bytes.len() == 5, "{line}");
        }
        assert_eq!(lines.count(), pairs().count());
        assert!(pairs().count() > 2500);
    }

    #[test]
    fn every_character_has_one_line_in_order() {
        assert!(pairs().is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn it_is_the_conversion_of_the_pages_seen() {
        for character in "后里云于面制并只范干征".chars() {
            assert_eq!(made(character), None, "{character}");
        }
        for (from, to) in "为墙钟万价适冲没".chars().zip("為墻鐘萬價適沖沒".chars())
        {
            assert_eq!(made(from), Some(to));
        }
    }
}
