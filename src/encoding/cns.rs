//! The characters of CNS 11643, the standard behind EUC-TW and half of
//! ISO-2022-CN.

use std::sync::LazyLock;

pub(crate) static TABLE: &str = include_str!("../../dictionaries/encodings/cns11643.txt");

/// Rows and columns are numbered from this byte on; a plane has 94 of each.
const FIRST: u8 = 0x21;
const SIDE: usize = 94;
/// One past the highest plane.
const PLANES: usize = 16;

/// Where a character stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    /// 1 to 15.
    pub(super) plane: u8,
    /// 0x21 to 0x7E.
    pub(super) row: u8,
    /// 0x21 to 0x7E.
    pub(super) column: u8,
}

impl Cell {
    fn index(self) -> Option<usize> {
        let row = usize::from(self.row.checked_sub(FIRST)?);
        let column = usize::from(self.column.checked_sub(FIRST)?);
        let is_cell = usize::from(self.plane) < PLANES && row < SIDE && column < SIDE;
        is_cell.then_some((usize::from(self.plane) * SIDE + row) * SIDE + column)
    }

    /// The character that stands there.
    pub(super) fn character(self) -> Option<char> {
        let character = CHARACTERS.get(self.index()?)?;
        (*character != char::REPLACEMENT_CHARACTER).then_some(*character)
    }

    /// Where a character stands; in the lowest plane, if in several.
    pub(super) fn of(character: char) -> Option<Cell> {
        let at = CELLS.partition_point(|&(other, _)| other < character);
        let (found, cell) = CELLS.get(at)?;
        (*found == character).then_some(*cell)
    }
}

/// What stands where; U+FFFD is nothing.
static CHARACTERS: LazyLock<Box<[char]>> = LazyLock::new(|| {
    let mut characters = vec![char::REPLACEMENT_CHARACTER; PLANES * SIDE * SIDE].into_boxed_slice();
    for (cell, character) in cells() {
        if let Some(place) = cell.index().and_then(|index| characters.get_mut(index)) {
            *place = character;
        }
    }
    characters
});

static CELLS: LazyLock<Vec<(char, Cell)>> = LazyLock::new(|| {
    let mut all: Vec<(char, Cell)> = cells().map(|(cell, character)| (character, cell)).collect();
    all.sort_unstable();
    all.dedup_by_key(|&mut (character, _)| character);
    all
});

/// The table's cells that have a character; a line that does not parse has none,
/// which a test would see.
fn cells() -> impl Iterator<Item = (Cell, char)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(row).flat_map(|(plane, row, characters)| {
        let columns = (FIRST..).zip(characters.chars());
        columns.filter_map(move |(column, character)| {
            let is_there = character != char::REPLACEMENT_CHARACTER;
            is_there.then_some((Cell { plane, row, column }, character))
        })
    })
}

/// A line of the table: plane, row, characters.
fn row(line: &str) -> Option<(u8, u8, &str)> {
    let (place, characters) = line.split_once('\t')?;
    let (plane, row) = place.split_once('-')?;
    let number = |digits| u8::from_str_radix(digits, 16).ok();
    Some((number(plane)?, number(row)?, characters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_parses_and_every_character_is_found() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert!(lines.clone().all(|line| row(line).is_some()));
        let mut found = 0;
        for (cell, character) in cells() {
            assert_eq!(cell.character(), Some(character));
            let back = Cell::of(character).expect("it has a cell");
            assert_eq!(back.character(), Some(character));
            found += 1;
        }
        assert!(found > 48_000, "{found}");
    }

    #[test]
    fn cells_of_the_standard() {
        let cell = |plane, row, column| Cell { plane, row, column };
        assert_eq!(cell(1, 0x44, 0x21).character(), Some('一'));
        assert_eq!(cell(2, 0x21, 0x21).character(), Some('乂'));
        assert_eq!(cell(1, 0x21, 0x23).character(), Some('、'));
        assert_eq!(Cell::of('中'), Some(cell(1, 0x44, 0x63)));
        assert_eq!(cell(1, 0x7F, 0x21).character(), None);
        assert_eq!(cell(16, 0x21, 0x21).character(), None);
        assert_eq!(Cell::of('们'), None);
    }
}
