//! Files of every kind that is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengben::{Scope, Source, Syntax};
use zhengben_fuzz::{CLEANER, LONGEST, clean, hold, text};

fuzz_target!(|data: (u8, bool, &[u8])| {
    let (kind, pieces, bytes) = data;
    let kinds: Vec<Syntax> = Syntax::all().collect();
    let syntax = kinds[usize::from(kind) % kinds.len()];
    let file = match pieces {
        true => text(bytes, &[]),
        false => String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned(),
    };
    Syntax::of_text(&file);
    let source = Source::from(file.as_str()).with_syntax(syntax);
    clean(&source);
    let scope = Scope::new().field("a").column("a").column("2");
    let open = source.with_scope(scope.front_matter(true).comments(true));
    hold(&CLEANER.clean(open));
});
