//! Streams of records: as many bytes come out as went in where nothing is changed, and a
//! broken record is passed through.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengben::Scope;
use zhengben::records::{RecordCleaner, warc};
use zhengben_fuzz::CLEANER;

fuzz_target!(|data: (bool, &[u8])| {
    let (is_warc, bytes) = data;
    let mut out = Vec::new();
    let totals = match is_warc {
        true => {
            let cleaner = warc::WarcCleaner::new(&CLEANER);
            warc::clean(&cleaner, bytes, &mut out, &mut |_| {})
        }
        false => {
            let cleaner = RecordCleaner::new(&CLEANER, Scope::new().field("a"));
            zhengben::records::clean(&cleaner, bytes, &mut out, &mut |_| {})
        }
    };
    let totals = totals.expect("memory can be read and written");
    if totals.changed == 0 {
        assert_eq!(out, bytes);
    }
});
