//! Work on a stream of pieces at once, whose results come in the pieces' order.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{AHEAD, BUDGET, EACH};

/// A piece on its way: where its result will come from, and what it weighs.
type Begun<R> = (Receiver<R>, u64);

/// Reads pieces and hands results on in this thread, and works on the pieces in several
/// others. What is begun and not yet handed on is bounded in number and weight; a piece
/// that weighs more than all that is allowed has its turn alone.
///
/// # Errors
/// The first one of `next`, when all pieces before it are handed on, and the first one
/// of `done`.
pub(in crate::cli) fn in_order_of<T: Send, R: Send, E>(
    threads: usize,
    mut next: impl FnMut() -> Result<Option<T>, E>,
    weight: impl Fn(&T) -> u64,
    work: impl Fn(T) -> R + Sync,
    mut done: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if threads <= 1 {
        while let Some(piece) = next()? {
            done(work(piece))?;
        }
        return Ok(());
    }
    let ahead = threads * AHEAD;
    let budget = BUDGET.max(threads as u64 * EACH);
    let (sender, receiver) = mpsc::sync_channel::<(T, SyncSender<R>)>(ahead);
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        // Dropped when this closure ends, however it does, which ends the threads.
        let sender = sender;
        for _ in 0..threads {
            let (receiver, work) = (&receiver, &work);
            scope.spawn(move || {
                let take = || {
                    let queue = receiver.lock().unwrap_or_else(PoisonError::into_inner);
                    queue.recv()
                };
                while let Ok((piece, reply)) = take() {
                    // Nobody waits for it any more if something has failed.
                    let _ = reply.send(work(piece));
                }
            });
        }
        let mut begun: VecDeque<Begun<R>> = VecDeque::new();
        let mut bytes = 0;
        // A piece that was read and found no room yet.
        let mut held = None;
        let mut end = None;
        loop {
            while end.is_none() && begun.len() < ahead && (bytes < budget || begun.is_empty()) {
                let (piece, weight) =
                    match held.take().map_or_else(&mut next, |piece| Ok(Some(piece))) {
                        Ok(Some(piece)) => {
                            let weight = weight(&piece);
                            (piece, weight)
                        }
                        Ok(None) => {
                            end = Some(Ok(()));
                            break;
                        }
                        Err(error) => {
                            end = Some(Err(error));
                            break;
                        }
                    };
                if bytes + weight > budget && !begun.is_empty() {
                    held = Some(piece);
                    break;
                }
                let (reply, result) = mpsc::sync_channel(1);
                if sender.send((piece, reply)).is_err() {
                    break;
                }
                bytes += weight;
                begun.push_back((result, weight));
            }
            let Some((result, weight)) = begun.pop_front() else {
                return end.unwrap_or(Ok(()));
            };
            // A thread that panics gives no result; its panic goes on at the end of the
            // scope.
            let Ok(result) = result.recv() else {
                return end.unwrap_or(Ok(()));
            };
            bytes -= weight;
            done(result)?;
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use super::*;

    fn run(
        threads: usize,
        weight: u64,
        read_error: Option<u64>,
        write_error: Option<u64>,
    ) -> (Result<(), &'static str>, Vec<u64>, u64) {
        let (open, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let mut all = Vec::new();
        let mut pieces = 0..300_u64;
        let next = || match pieces.next() {
            piece if piece.is_some() && piece == read_error => Err("read"),
            piece => {
                let now = open.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                Ok(piece)
            }
        };
        let work = |piece: u64| {
            thread::sleep(Duration::from_micros(piece % 7 * 50));
            piece
        };
        let done = |piece| {
            if Some(piece) == write_error {
                return Err("write");
            }
            open.fetch_sub(1, Ordering::SeqCst);
            all.push(piece);
            Ok(())
        };
        let ended = in_order_of(threads, next, |_| weight, work, done);
        (ended, all, most.into_inner())
    }

    #[test]
    fn results_come_in_order_and_no_more_is_begun_than_allowed() {
        for threads in [1, 2, 8] {
            let (ended, all, most) = run(threads, 1, None, None);
            assert_eq!((ended, all), (Ok(()), (0..300).collect()), "{threads}");
            assert!(most <= (threads * AHEAD) as u64 + 1, "{most}");
        }
        let (_, all, most) = run(4, BUDGET / 2, None, None);
        assert_eq!(all.len(), 300);
        // Two, and the one that waits for room.
        assert!(most <= 3, "{most}");
        let (_, all, most) = run(4, BUDGET * 2, None, None);
        assert_eq!(all.len(), 300);
        assert!(most <= 2, "{most}");
    }

    #[test]
    fn what_is_before_an_error_is_handed_on() {
        for threads in [1, 4] {
            let (ended, all, _) = run(threads, 1, Some(100), None);
            assert_eq!((ended, all), (Err("read"), (0..100).collect()));
            let (ended, all, _) = run(threads, 1, None, Some(100));
            assert_eq!((ended, all), (Err("write"), (0..100).collect()));
        }
    }
}
