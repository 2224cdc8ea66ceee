//! Work on many documents at once, whose results come in the documents' order.

mod stream;

use std::io;

pub(super) use stream::in_order_of;

/// So many bytes of documents may be begun and not yet handed on, which bounds the
/// memory however slow the first of them is; a larger one has its turn alone.
const BUDGET: u64 = 16 << 20;

/// More than that for so many threads that it would leave some without work.
const EACH: u64 = 4 << 20;

/// How many documents may be begun and not yet handed on for each thread: with so many
/// short ones the others find work while the first takes long.
const AHEAD: usize = 32;

/// Something to work on.
pub(super) trait Job: Sync {
    /// About how much memory it takes, in bytes.
    fn weight(&self) -> u64;
}

/// Works on each item in one of several threads and hands the results on in the
/// order of the items.
///
/// # Errors
/// The first one of `done`, behind which no item is begun.
pub(super) fn in_order<J: Job, R: Send>(
    items: &[J],
    threads: usize,
    work: impl Fn(&J) -> R + Sync,
    done: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let mut rest = items.iter();
    in_order_of(
        threads.min(items.len()),
        || Ok(rest.next()),
        |item| item.weight(),
        work,
        done,
    )
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    impl Job for u64 {
        fn weight(&self) -> u64 {
            *self
        }
    }

    fn collected(items: &[u64], threads: usize) -> Vec<u64> {
        let mut all = Vec::new();
        let work = |&item: &u64| {
            thread::sleep(Duration::from_micros(item % 7 * 50));
            item
        };
        in_order(items, threads, work, |item| {
            all.push(item);
            Ok(())
        })
        .expect("nothing fails");
        all
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..500).map(|n| n * 31 % 97).collect();
        for threads in [0, 1, 2, 8] {
            assert_eq!(collected(&items, threads), items, "{threads} threads");
        }
        assert!(collected(&[], 4).is_empty());
    }

    #[test]
    fn no_more_bytes_than_allowed_are_begun() {
        let items = vec![BUDGET / 3; 24];
        let (open, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let work = |&item: &u64| {
            let now = open.fetch_add(item, Ordering::SeqCst) + item;
            most.fetch_max(now, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(1));
            item
        };
        in_order(&items, 4, work, |item| {
            open.fetch_sub(item, Ordering::SeqCst);
            Ok(())
        })
        .expect("nothing fails");
        assert!(most.into_inner() <= BUDGET);
        // One that is larger than all that is allowed is done all the same.
        assert_eq!(collected(&[1, BUDGET * 2, 3], 3), [1, BUDGET * 2, 3]);
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<u64> = (0..10_000).collect();
        let begun = AtomicU64::new(0);
        let work = |&item: &u64| {
            begun.fetch_add(1, Ordering::SeqCst);
            item
        };
        let failed = in_order(&items, 4, work, |item| match item {
            10 => Err(io::ErrorKind::BrokenPipe.into()),
            _ => Ok(()),
        });
        assert!(failed.is_err());
        assert!(begun.into_inner() < 1_000);
    }
}
