//! A logarithm that is the same everywhere: the system's may differ in the last
//! place from one platform to the next, and the model must rebuild bit for bit.

use std::f64::consts::{LN_2, SQRT_2};

const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;
const EXPONENT_BIAS: i64 = 1023;
/// Terms of the series: the next one is below half a unit in the last place.
const TERMS: u32 = 11;

/// The natural logarithm of a positive, normal number, by addition,
/// multiplication and division only; within 1e-15 of the true one, relatively.
pub(crate) fn ln(x: f64) -> f64 {
    debug_assert!(x >= f64::MIN_POSITIVE && x.is_finite());
    let bits = x.to_bits();
    let mut exponent = (bits >> MANTISSA_BITS) as i64 - EXPONENT_BIAS;
    let fraction = bits & ((1 << MANTISSA_BITS) - 1);
    let mut mantissa = f64::from_bits(fraction | (EXPONENT_BIAS as u64) << MANTISSA_BITS);
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln m = 2 artanh z = 2 (z + z³/3 + z⁵/5 + …)
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let mut sum = 0.0;
    for term in (0..TERMS).rev() {
        sum = sum * square + 1.0 / f64::from(2 * term + 1);
    }
    exponent as f64 * LN_2 + 2.0 * z * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_logarithm() {
        let mut x = 1e-12;
        while x < 1e12 {
            assert!(
                (ln(x) - x.ln()).abs() <= 1e-14 * x.ln().abs().max(0.1),
                "{x}"
            );
            x *= 1.0137;
        }
        assert_eq!(ln(1.0), 0.0);
    }
}
