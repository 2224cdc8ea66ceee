//! Asks for many symbols after one state: what follows the state is laid out by
//! symbol, which takes less time than to search for each of them.

use super::{Model, RankedTable, State, Symbol, UNKNOWN};

/// The memory that [`Model::log_probs`] works in, used again and again.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// By symbol: the last asking in which it was listed, and what it cost.
    listed: Vec<(u32, f32)>,
    asking: u32,
}

impl Row {
    /// Makes a row for so many symbols in which none is listed.
    fn clear(&mut self, symbols: usize) {
        if self.listed.len() != symbols || self.asking == u32::MAX {
            self.listed = vec![(0, 0.0); symbols];
            self.asking = 0;
        }
        self.asking += 1;
    }

    fn list(&mut self, symbol: u64, log: f32) {
        if let Some(place) = self.listed.get_mut(symbol as usize) {
            *place = (self.asking, log);
        }
    }

    fn get(&self, symbol: Symbol) -> Option<f32> {
        let &(asking, log) = self.listed.get(usize::from(symbol))?;
        (asking == self.asking).then_some(log)
    }
}

impl Model<'_> {
    /// As [`symbol_log_prob`](Self::symbol_log_prob) of each of the symbols.
    pub(crate) fn log_probs(
        &self,
        state: State,
        symbols: &[Symbol],
        row: &mut Row,
        nats: &mut Vec<f32>,
    ) {
        /// About how many entries are laid out in the time of one search.
        const SEARCH: usize = 24;
        let parts = &self.parts;
        let after = self.after(state);
        let entries = after
            .successors
            .map_or(0, |successors| successors.table.len());
        if entries > SEARCH * symbols.len() {
            nats.clear();
            nats.extend(symbols.iter().map(|&symbol| after.log_prob(symbol)));
            return;
        }
        row.clear(parts.unigrams.len());
        if let Some(RankedTable { table, .. }) = after.successors {
            for (symbol, code) in table.fields(parts.groups) {
                if let Some(log) = parts.bigram_codes.get(code as usize) {
                    row.list(symbol, after.backoff + log);
                }
            }
            let trigrams = after.trigrams.map(|trigrams| trigrams.fields(parts.groups));
            for (rank, code) in trigrams.into_iter().flatten() {
                if let Some(symbol) = table.key(parts.groups, rank as usize)
                    && let Some(&log) = parts.trigram_codes.get(code as usize)
                {
                    row.list(symbol, log);
                }
            }
        }
        nats.clear();
        nats.extend(symbols.iter().map(|&symbol| {
            let unigram = parts.unigrams.get(usize::from(symbol));
            let Some(unigram) = unigram else {
                return UNKNOWN;
            };
            let unlisted = after.to_unigram + unigram.log;
            row.get(symbol).unwrap_or(unlisted)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_symbols_have_what_each_one_has() {
        let model = Model::embedded();
        let all: Vec<Symbol> = (0..model.symbols() as Symbol + 2).collect();
        let mut row = Row::default();
        let mut nats = Vec::new();
        for context in ["", "的", "中国", "，在", "囧", "囧囧", "第1", "人民"] {
            let state = model.state_after(context);
            // Few symbols are searched for, many laid out.
            for symbols in [&all[..], &all[20..23], &[7, 7, 900, 30], &[]] {
                model.log_probs(state, symbols, &mut row, &mut nats);
                let each = symbols.iter();
                let each = each.map(|&symbol| model.symbol_log_prob(state, symbol));
                assert_eq!(nats, each.collect::<Vec<f32>>(), "{context:?}");
            }
        }
    }

    #[test]
    fn a_row_that_has_been_asked_too_often_begins_anew() {
        let mut row = Row::default();
        row.clear(3);
        row.list(1, -2.0);
        assert_eq!(
            (row.get(1), row.get(2), row.get(3)),
            (Some(-2.0), None, None)
        );
        row.asking = u32::MAX;
        row.clear(3);
        assert_eq!(row.get(1), None);
    }
}
