//! Digests of a record's bytes, in the ways in which files have them.

use data_encoding::{BASE32, BASE32_NOPAD, HEXLOWER, HEXUPPER};
use sha1::{Digest, Sha1};
use sha2::Sha256;

/// A digest that cannot be brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is of a kind that is not known.
    Unknown,
    /// It is not that of the bytes.
    Wrong,
}

/// How the bytes of a digest are written.
static STYLES: [fn(&[u8]) -> String; 5] = [
    |digest| BASE32.encode(digest),
    |digest| BASE32_NOPAD.encode(digest),
    |digest| HEXLOWER.encode(digest),
    |digest| HEXUPPER.encode(digest),
    |digest| BASE32.encode(digest).to_ascii_lowercase(),
];

/// The digest of new bytes, by the algorithm and in the style of that of the old ones:
/// `sha1:` and Base32 in most files. The bytes are given in pieces.
pub(super) fn renewed(value: &[u8], old: &[&[u8]], new: &[&[u8]]) -> Result<String, Fault> {
    let value = std::str::from_utf8(value).map_err(|_| Fault::Unknown)?;
    let (label, digest) = value.split_once(':').ok_or(Fault::Unknown)?;
    let (old, new) = match label.to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => (digested::<Sha1>(old), digested::<Sha1>(new)),
        "sha256" | "sha-256" => (digested::<Sha256>(old), digested::<Sha256>(new)),
        _ => return Err(Fault::Unknown),
    };
    let style = STYLES.iter().find(|style| style(&old) == digest);
    let style = style.ok_or(Fault::Wrong)?;
    Ok(format!("{label}:{}", style(&new)))
}

fn digested<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    pieces.iter().for_each(|piece| digest.update(piece));
    digest.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_keeps_its_algorithm_and_style() {
        // Of `abc` and of nothing, from FIPS 180.
        let cases = [
            (
                "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
                "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            ),
            (
                "SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d",
                "SHA-1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            ),
            (
                "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
            ),
        ];
        for (old, new) in cases {
            let renewed = renewed(old.as_bytes(), &[b"a", b"bc"], &[b""]);
            assert_eq!(renewed.as_deref(), Ok(new));
        }
        let unknown = [
            &b"md5:900150983CD24FB0D6963F7D28E17F72"[..],
            b"no label",
            b"\xFF:",
        ];
        for value in unknown {
            assert_eq!(renewed(value, &[b"abc"], &[b""]), Err(Fault::Unknown));
        }
        let wrong = renewed(cases[0].0.as_bytes(), &[b"abcd"], &[b""]);
        assert_eq!(wrong, Err(Fault::Wrong));
    }
}
