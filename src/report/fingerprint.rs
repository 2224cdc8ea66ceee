//! Short names for things that stay the same from run to run.

/// The 64-bit FNV-1a hash of several texts: the standard library's hashes may change
/// with its version.
pub(super) fn fingerprint(texts: &[&str]) -> u64 {
    const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01B3;
    let mut hash = OFFSET;
    for text in texts {
        // A byte that is in no UTF-8 stands between two texts.
        for byte in text.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash
}
