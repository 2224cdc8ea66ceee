//! Files of settings as users write them.

use std::fs;

use tempfile::TempDir;

use super::*;

struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder(TempDir::new().expect("a temporary folder"));
        for (name, text) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn layers(&self, document: &str) -> Result<Layers, ConfigError> {
        let nothing = Layer {
            origin: "command line".to_owned(),
            settings: Settings::default(),
        };
        Configs::beside(nothing).of(&self.path(document))
    }

    fn settings(&self, document: &str) -> Settings {
        self.layers(document)
            .expect("the settings are right")
            .settings()
    }

    /// What is wrong, without the folder's name.
    fn error(&self) -> String {
        let error = self.layers("a.txt").expect_err("the settings are wrong");
        let folder = format!("{}/", self.0.path().display());
        error.to_string().replace(&folder, "")
    }
}

#[test]
fn the_closest_file_counts() {
    let folder = Folder::with(&[
        ("zhengben.toml", "script = 'none'\nunsafe = true"),
        ("tw/zhengben.toml", "script = 'tw2s'"),
        ("py/pyproject.toml", "[tool.zhengben]\nscript = 'hk2s'"),
        ("other/pyproject.toml", "[tool.other]\nscript = 'x'"),
        (
            "rs/Cargo.toml",
            "[package.metadata.zhengben]\nscript = 'tw2sp'",
        ),
    ]);
    let script = |document| folder.settings(document).script;
    assert_eq!(script("a.txt"), Some(Script::None));
    assert_eq!(script("deep/er/a.txt"), Some(Script::None));
    assert_eq!(script("tw/a.txt"), Some(Script::Tw2s));
    // Files do not add up by themselves.
    assert_eq!(folder.settings("tw/a.txt").r#unsafe, Some(false));
    assert_eq!(script("py/src/a.txt"), Some(Script::Hk2s));
    assert_eq!(script("other/a.txt"), Some(Script::None));
    assert_eq!(script("rs/a.txt"), Some(Script::Tw2sp));
}

#[test]
fn a_file_extends_another_and_overrides_itself() {
    let folder = Folder::with(&[
        (".git/HEAD", ""),
        (
            "base.toml",
            "unsafe = true\nscript = 'none'\nchoices = 'base.bin'\nkeep = ['臺灣']",
        ),
        (
            "a/zhengben.toml",
            "extend = '../base.toml'\nscript = 't2s'\nkeep = ['甚麼']\nexclude = ['old', '*.bak.txt']\n\
             [[overrides]]\nfiles = ['*.tw.txt', '/poems']\nscript = 'tw2s'",
        ),
    ]);
    let plain = folder.settings("a/b.txt");
    assert_eq!(
        (plain.r#unsafe, plain.script),
        (Some(true), Some(Script::T2s))
    );
    assert_eq!(plain.choices, Some(folder.path("a/../base.bin")));
    assert_eq!(plain.keep, Some(vec!["臺灣".into(), "甚麼".into()]));
    for taiwan in ["a/b.tw.txt", "a/deep/b.tw.txt", "a/poems/li/bai.txt"] {
        assert_eq!(
            folder.settings(taiwan).script,
            Some(Script::Tw2s),
            "{taiwan}"
        );
    }
    assert_eq!(
        folder.settings("a/deep/poems/b.txt").script,
        Some(Script::T2s)
    );
    let excluded = |document| folder.layers(document).expect("right").is_excluded;
    assert!(excluded("a/old/b.txt") && excluded("a/deep/old/b.txt") && excluded("a/b.bak.txt"));
    assert!(!excluded("a/b.txt") && !excluded("old/b.txt"));
}

#[test]
fn each_value_has_its_origin() {
    let folder = Folder::with(&[(
        "zhengben.toml",
        "[[overrides]]\nfiles = ['*.txt']\nscript = 'none'",
    )]);
    let layers = folder.layers("a.txt").expect("right");
    let explained = layers.explained();
    let of = |name: &str| {
        let found = explained.iter().find(|setting| setting.name == name);
        found.map(|setting| (setting.toml(), setting.origin))
    };
    let origin = format!("{}, *.txt", folder.path("zhengben.toml").display());
    assert_eq!(of("script"), Some(("\"none\"".to_owned(), origin.as_str())));
    assert_eq!(of("unsafe"), Some(("false".to_owned(), "default")));
    assert_eq!(of("encoding"), None);
}

#[test]
fn errors_say_where_and_what_to_do() {
    let cases = [
        (
            "scirpt = 'none'",
            "zhengben.toml:1: there is no setting scirpt; is script meant?",
        ),
        ("\n\nzzz = 1", "zhengben.toml:3: there is no setting zzz"),
        (
            "unsafe = 1",
            "zhengben.toml:1: unsafe: invalid type: integer `1`, expected a boolean",
        ),
        (
            "script = 'none'\nrules = ['glos']",
            "zhengben.toml:2: rules: there is no rule \"glos\"; `zhengben rules` lists them",
        ),
        (
            "[[overrides]]\nfiles = ['*']\nunsafe = true\nkepe = []",
            "zhengben.toml:4: there is no setting kepe; is keep meant?",
        ),
        (
            "[[overrides]]\nunsafe = true",
            "zhengben.toml:1: overrides: each needs files = [\"GLOB\"]",
        ),
        (
            "overrides = 1",
            "zhengben.toml:1: overrides: is to be an array of tables",
        ),
        (
            "exclude = ['a[']",
            "zhengben.toml:1: exclude: error parsing glob '**/a[': unclosed character class; missing ']'",
        ),
        (
            "extend = 'zhengben.toml'",
            "zhengben.toml: more than 16 files extend one another, or one extends itself",
        ),
        (
            "extend = 'pyproject.toml'",
            "pyproject.toml: has no table [tool.zhengben]",
        ),
        ("a = = 1", "zhengben.toml:1: "),
    ];
    for (text, expected) in cases {
        let folder = Folder::with(&[("zhengben.toml", text), ("pyproject.toml", "")]);
        let error = folder.error();
        match expected.ends_with(": ") {
            true => assert!(error.starts_with(expected), "{error}"),
            false => assert_eq!(error, expected),
        }
    }
}

#[test]
fn settings_that_were_found_name_nothing_outside_their_repository() {
    let outside = Folder::with(&[("secret.toml", "x = 'secret'"), ("words.tsv", "")]);
    let secret = outside.path("secret.toml").display().to_string();
    let words = outside.path("words.tsv").display().to_string();
    let cases = [
        (format!("extend = '{secret}'"), "extend", secret.as_str()),
        (
            "extend = '../base.toml'".to_owned(),
            "extend",
            "../base.toml",
        ),
        (
            format!("dictionaries = ['{words}']"),
            "dictionaries",
            &words,
        ),
        (format!("choices = '{words}'"), "choices", &words),
        (format!("baseline = '{words}'"), "baseline", &words),
        (
            "baseline = '../new.jsonl'".to_owned(),
            "baseline",
            "../new.jsonl",
        ),
        (
            format!("[[overrides]]\nfiles = ['a']\nchoices = '{words}'"),
            "choices",
            &words,
        ),
    ];
    for (settings, key, path) in cases {
        let folder = Folder::with(&[("base.toml", ""), ("a/zhengben.toml", &settings)]);
        let error = folder.layers("a/b.txt").expect_err(&settings).to_string();
        let said = format!("{key}: {path} is outside the repository");
        assert!(error.contains(&said), "{error}");
        // Who names the file trusts it.
        let named = Configs::of_file(
            &folder.path("a/zhengben.toml"),
            Layer {
                origin: String::new(),
                settings: Settings::default(),
            },
        );
        if let Err(error) = named {
            assert!(!error.to_string().contains("outside"), "{error}");
        }
    }
}

#[test]
fn a_folder_is_no_file_of_words() {
    let folder = Folder::with(&[
        ("zhengben.toml", "dictionaries = ['words']"),
        ("words/a", ""),
    ]);
    assert!(
        folder.error().ends_with("dictionaries: words is no file"),
        "{}",
        folder.error()
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_repository_is_not_followed() {
    let outside = Folder::with(&[("secret.toml", "password = 'x'")]);
    let folder = Folder::with(&[("zhengben.toml", "extend = 'base.toml'")]);
    std::os::unix::fs::symlink(outside.path("secret.toml"), folder.path("base.toml"))
        .expect("a link");
    assert!(folder.error().contains("is outside the repository"));
    fs::remove_file(folder.path("zhengben.toml")).expect("it is there");
    std::os::unix::fs::symlink(outside.path("secret.toml"), folder.path("zhengben.toml"))
        .expect("a link");
    let error = folder.error();
    assert!(
        error.contains("outside") && !error.contains("password"),
        "{error}"
    );
}

#[test]
fn a_long_file_of_settings_is_not_read() {
    let long = "# ".repeat(1 << 19) + "\n";
    let folder = Folder::with(&[("zhengben.toml", &long)]);
    assert!(
        folder.error().contains("cannot read it"),
        "{}",
        folder.error()
    );
}
