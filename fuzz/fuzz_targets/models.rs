//! Tables and models whose bytes are not what their headers say, with checksums that
//! are right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengben::workshop::{CHOICE_MAGIC, MAGIC, Model, checksum};
use zhengben::{ChoiceTable, Cleaner};
use zhengben_fuzz::hold;

fuzz_target!(|data: (bool, &[u8])| {
    let (is_model, body) = data;
    let magic = if is_model { MAGIC } else { CHOICE_MAGIC };
    let mut bytes = magic.to_vec();
    bytes.extend(checksum(body).to_le_bytes());
    bytes.extend(body);
    if is_model {
        if let Ok(model) = Model::open(&bytes) {
            assert!(!model.log_prob_of("新能源汽车，A1").is_nan());
        }
    } else if let Ok(table) = ChoiceTable::from_bytes(bytes) {
        let cleaner = Cleaner::builder().choices(table).build();
        hold(&cleaner.clean("咱们会尽或许注明来历，但不扫除差错，本站不承担任何职责。"));
    }
});
