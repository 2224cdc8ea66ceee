//! Work on many documents at once, whose results come in the documents' order.

mod stream;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

pub(super) use stream::in_order_of;

/// So many bytes of documents may be begun and not yet handed on, which bounds the
/// memory however slow the first of them is; a larger one has its turn alone.
const BUDGET: u64 = 16 << 20;

/// How many documents may be begun and not yet handed on for each thread.
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
    mut done: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let threads = threads.min(items.len());
    if threads <= 1 {
        return items.iter().try_for_each(|item| done(work(item)));
    }
    let queue = Queue::new(items, threads * AHEAD);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, queue, work) = (sender.clone(), &queue, &work);
            scope.spawn(move || {
                // Whoever waits for the result of a thread that panics would wait
                // for ever.
                let _stop = StopOnPanic(queue);
                while let Some(number) = queue.begin() {
                    if sender.send((number, work(&items[number]))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (number, result) in receiver {
            early.insert(number, result);
            while let Some(result) = early.remove(&next) {
                if let Err(error) = done(result) {
                    queue.stop();
                    return Err(error);
                }
                queue.end(next);
                next += 1;
            }
        }
        Ok(())
    })
}

/// The items that are still to be begun.
struct Queue<'i, J> {
    items: &'i [J],
    ahead: usize,
    state: Mutex<State>,
    room: Condvar,
}

#[derive(Default)]
struct State {
    next: usize,
    /// Items and bytes that are begun and not yet handed on.
    begun: usize,
    bytes: u64,
    stopped: bool,
}

impl<'i, J: Job> Queue<'i, J> {
    fn new(items: &'i [J], ahead: usize) -> Self {
        Queue {
            items,
            ahead,
            state: Mutex::default(),
            room: Condvar::new(),
        }
    }

    /// The number of the next item, once there is room for it; `None` if there is
    /// no other. They are begun in their order, so that the one that is to be
    /// handed on next is always begun.
    fn begin(&self) -> Option<usize> {
        let mut state = self.state();
        loop {
            if state.stopped {
                return None;
            }
            let weight = self.items.get(state.next)?.weight();
            let is_room = state.begun < self.ahead && state.bytes + weight <= BUDGET;
            if is_room || state.begun == 0 {
                state.next += 1;
                state.begun += 1;
                state.bytes += weight;
                return Some(state.next - 1);
            }
            state = self
                .room
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end(&self, number: usize) {
        let mut state = self.state();
        state.begun -= 1;
        state.bytes -= self.items[number].weight();
        self.room.notify_all();
    }
}

impl<J> Queue<'_, J> {
    fn stop(&self) {
        self.state().stopped = true;
        self.room.notify_all();
    }

    /// Nothing that can panic is done while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct StopOnPanic<'q, 'i, J>(&'q Queue<'i, J>);

impl<J> Drop for StopOnPanic<'_, '_, J> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
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
        in_order(&items, 8, work, |item| {
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
