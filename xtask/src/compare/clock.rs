//! The processor's time: others use the machine too.

use std::time::Duration;

/// The processor time of the process so far.
#[cfg(unix)]
pub(crate) fn processor_time() -> Duration {
    use nix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// The time since it was first asked for.
#[cfg(not(unix))]
pub(crate) fn processor_time() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// Keeps this process, and those that it starts, on one processor.
pub(super) fn keep_to_one_processor() -> bool {
    #[cfg(target_os = "linux")]
    {
        use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
        use nix::unistd::Pid;
        let own = Pid::from_raw(0);
        let pinned = sched_getaffinity(own).and_then(|allowed| {
            let all = 0..CpuSet::count();
            let last = all.rev().find(|&cpu| allowed.is_set(cpu) == Ok(true));
            let mut one = CpuSet::new();
            one.set(last.unwrap_or_default())?;
            sched_setaffinity(own, &one)
        });
        pinned.is_ok()
    }
    #[cfg(not(target_os = "linux"))]
    false
}
