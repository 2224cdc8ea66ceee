//! Probabilities as codes: each stands for those of one stretch of logarithms.

use super::logarithm::ln;

/// What the codes of one kind stand for.
#[derive(Clone, Debug)]
pub(crate) struct Codebook {
    /// The logarithm at which the first stretch begins.
    least: f64,
    /// How long a stretch is, in nats.
    step: f64,
    /// The mean of the values of each stretch, so that their sum is kept.
    means: Vec<f64>,
}

impl Codebook {
    /// The codebook of `1 << width` equal stretches between the logarithms of
    /// the least and of the greatest value.
    pub(crate) fn of(values: impl Iterator<Item = f64> + Clone, width: u8) -> Codebook {
        let codes = 1_usize << width;
        let logs = values.clone().map(ln);
        let least = logs.clone().fold(0.0, f64::min);
        let greatest = logs.fold(least, f64::max);
        let mut book = Codebook {
            least,
            step: (greatest - least) / codes as f64,
            // No code of a stretch without values is ever written.
            means: vec![1.0; codes],
        };
        let mut sums = vec![(0.0, 0_u32); codes];
        for value in values {
            let (sum, count) = &mut sums[book.code(value)];
            *sum += value;
            *count += 1;
        }
        for (mean, (sum, count)) in book.means.iter_mut().zip(sums) {
            if count > 0 {
                *mean = sum / f64::from(count);
            }
        }
        book
    }

    /// The code of a value.
    pub(crate) fn code(&self, value: f64) -> usize {
        let place = (ln(value) - self.least) / self.step;
        // A cast takes what is below the first stretch to it, and what is not a
        // number because all values are the same.
        (place as usize).min(self.means.len() - 1)
    }

    /// What the code stands for.
    pub(crate) fn value(&self, code: usize) -> f64 {
        self.means[code]
    }

    /// The natural logarithms of what the codes stand for.
    pub(crate) fn logs(&self) -> impl Iterator<Item = f32> {
        self.means.iter().map(|&value| ln(value) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_for_what_is_near() {
        let values = (1..1000).map(|n| 1.0 / f64::from(n));
        let book = Codebook::of(values.clone(), 6);
        for value in values {
            let error = ln(book.value(book.code(value))) - ln(value);
            assert!(error.abs() < ln(1000.0) / 64.0, "{value} {error}");
        }
    }

    #[test]
    fn values_that_are_the_same_are_kept() {
        let book = Codebook::of([0.25; 3].into_iter(), 4);
        assert_eq!(book.value(book.code(0.25)), 0.25);
    }
}
