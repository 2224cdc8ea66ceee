//! A logarithm and an exponential that are the same everywhere: the system's may differ in the last
//! place from one platform to the next, and the model must rebuild bit for bit.

use std::f64::consts::{LN_2, LN_10, SQRT_2};

const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;
const EXPONENT_BIAS: i64 = 1023;
/// Terms of the series: the next one is below half a unit in the last place.
const TERMS: u32 = 11;
/// Likewise, of the exponential's series.
const EXP_TERMS: u32 = 14;

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

/// Ten to the power, within 1e-13 of the true one, relatively; at least the least
/// normal number.
pub(crate) fn exp10(power: f64) -> f64 {
    exp_of(power * (LN_10 / LN_2), power * LN_10)
}

/// *e* to the power, likewise.
pub(crate) fn exp(power: f64) -> f64 {
    exp_of(power / LN_2, power)
}

/// The exponential of a number that is given in units of ln 2, too.
fn exp_of(in_twos: f64, power: f64) -> f64 {
    let twos = in_twos.round();
    if twos <= 1.0 - EXPONENT_BIAS as f64 {
        return f64::MIN_POSITIVE;
    }
    let rest = power - twos * LN_2;
    let mut sum = 1.0;
    for term in (1..=EXP_TERMS).rev() {
        sum = 1.0 + sum * rest / f64::from(term);
    }
    sum * f64::from_bits(((twos as i64 + EXPONENT_BIAS) as u64) << MANTISSA_BITS)
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

    #[test]
    fn is_the_exponential() {
        let mut power = -12.0;
        while power < 3.0 {
            let error = exp10(power) / 10_f64.powf(power) - 1.0;
            assert!(error.abs() < 1e-13, "{power} {error}");
            assert!((exp(power) / power.exp() - 1.0).abs() < 1e-13, "{power}");
            power += 0.013;
        }
        assert_eq!(exp10(0.0), 1.0);
        assert_eq!(exp10(-1000.0), f64::MIN_POSITIVE);
    }
}
