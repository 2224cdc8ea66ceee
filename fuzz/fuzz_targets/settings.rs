//! Files of settings.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use zhengben::config::{Configs, Layer, Settings, with_kept};

fuzz_target!(|text: &str| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zhengben.toml");
    fs::write(&path, text).expect("a file");
    let highest = Layer {
        origin: "the fuzzer".to_owned(),
        settings: Settings::default(),
    };
    let layers = Configs::of_file(&path, highest)
        .and_then(|mut configs| configs.of(&folder.path().join("a.txt")));
    if let Ok(layers) = layers {
        let _ = layers.settings().scope();
    }
    let _ = with_kept(&path, text, "词");
});
