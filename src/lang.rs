//! The language that people are spoken to in, and the table of what is said.

#[cfg(feature = "cli")]
use std::ffi::OsStr;
use std::ffi::OsString;

/// The language of messages, help and pages. What programs read is never in it.
///
/// ```
/// use zhengben::lang::Lang;
/// assert_eq!(Lang::of_locale("zh_CN.UTF-8"), Lang::Zh);
/// assert_eq!(Lang::of_locale("C"), Lang::En);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Lang {
    /// English
    #[default]
    En,
    /// Chinese, in Simplified characters
    Zh,
}

/// What says which language is spoken, the first that is set: our own variable, then
/// those of POSIX in their order.
const VARIABLES: [&str; 4] = ["ZHENGBEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

impl Lang {
    /// The language of a locale, as `zh_TW.UTF-8` or `zh-Hans`: Chinese for all of
    /// China's, English for every other.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next();
        match language.is_some_and(|language| language.eq_ignore_ascii_case("zh")) {
            true => Lang::Zh,
            false => Lang::En,
        }
    }

    /// The language that variables of the environment ask for; one that is empty counts
    /// as if it were not set.
    pub fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let mut values = VARIABLES.iter().filter_map(|name| variable(name));
        let first = values.find(|value| !value.is_empty());
        first.map_or(Lang::En, |locale| {
            Lang::of_locale(&locale.to_string_lossy())
        })
    }

    /// What stands between the members of a list.
    pub(crate) fn list(self) -> &'static str {
        match self {
            Lang::En => ", ",
            Lang::Zh => "、",
        }
    }
}

/// What only the command asks for.
#[cfg(feature = "cli")]
impl Lang {
    /// The language that the arguments of a command ask for, before they are parsed:
    /// help and errors are in it too.
    pub(crate) fn of_arguments(arguments: &[OsString]) -> Option<Self> {
        let ours = arguments.iter().take_while(|argument| *argument != "--");
        let ours: Vec<&OsStr> = ours.map(OsString::as_os_str).collect();
        let joined = ours.iter().filter_map(|argument| {
            let argument = argument.to_str()?;
            argument.strip_prefix("--lang=")
        });
        let apart = ours.windows(2).filter(|pair| pair[0] == "--lang");
        let apart = apart.filter_map(|pair| pair[1].to_str());
        joined.chain(apart).find_map(|name| match name {
            "en" => Some(Lang::En),
            "zh" => Some(Lang::Zh),
            _ => None,
        })
    }

    /// What stands between clauses.
    pub(crate) fn semicolon(self) -> &'static str {
        match self {
            Lang::En => "; ",
            Lang::Zh => "；",
        }
    }

    /// What stands between clauses that belong together more closely.
    pub(crate) fn comma(self) -> &'static str {
        match self {
            Lang::En => ", ",
            Lang::Zh => "，",
        }
    }
}

/// Defines messages: functions of a [`Lang`] and of what stands in the text. Each stands
/// in both languages side by side, and each language must use every placeholder, and no
/// other. A message with `one` is about a number of things.
macro_rules! messages {
    ($($name:ident($($arguments:tt)*) { $($texts:tt)* })*) => {
        $($crate::lang::message!($name($($arguments)*) { $($texts)* });)*
    };
}

/// Defines one message.
macro_rules! message {
    ($name:ident($($argument:ident),*) { en: $en:literal, zh: $zh:literal $(,)? }) => {
        pub(crate) fn $name(
            lang: $crate::lang::Lang
            $(, $argument: impl std::fmt::Display)*
        ) -> String {
            // One function a language, so that a placeholder that it lacks is an unused
            // argument.
            #[deny(unused_variables)]
            fn en($($argument: &dyn std::fmt::Display),*) -> String {
                format!($en)
            }
            #[deny(unused_variables)]
            fn zh($($argument: &dyn std::fmt::Display),*) -> String {
                format!($zh)
            }
            match lang {
                $crate::lang::Lang::En => en($(&$argument),*),
                $crate::lang::Lang::Zh => zh($(&$argument),*),
            }
        }
    };
    ($name:ident($count:ident) { one: $one:literal, en: $en:literal, zh: $zh:literal $(,)? }) => {
        pub(crate) fn $name(lang: $crate::lang::Lang, $count: usize) -> String {
            match (lang, $count) {
                ($crate::lang::Lang::En, 1) => format!($one),
                ($crate::lang::Lang::En, _) => format!($en),
                ($crate::lang::Lang::Zh, _) => format!($zh),
            }
        }
    };
}

pub(crate) use {message, messages};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let cases: [(&[(&str, &str)], Lang); 16] = [
            (&[], Lang::En),
            (&[("LANG", "zh_CN.UTF-8")], Lang::Zh),
            (&[("LANG", "zh_TW.UTF-8")], Lang::Zh),
            (&[("LANG", "zh_HK.big5hkscs")], Lang::Zh),
            (&[("LANG", "zh_SG@pinyin")], Lang::Zh),
            (&[("LANG", "zh")], Lang::Zh),
            (&[("LANG", "zh-Hans")], Lang::Zh),
            (&[("LANG", "C")], Lang::En),
            (&[("LANG", "POSIX")], Lang::En),
            (&[("LANG", "en_US.UTF-8")], Lang::En),
            (&[("LANG", "zhx_CN")], Lang::En),
            (&[("LANG", "zh_CN"), ("LC_MESSAGES", "de_DE")], Lang::En),
            (&[("LANG", "de_DE"), ("LC_MESSAGES", "zh_CN")], Lang::Zh),
            (&[("LC_MESSAGES", "zh_CN"), ("LC_ALL", "C")], Lang::En),
            (&[("LANG", "zh_CN"), ("LC_ALL", "")], Lang::Zh),
            (&[("LC_ALL", "C.UTF-8"), ("ZHENGBEN_LANG", "zh")], Lang::Zh),
        ];
        for (set, expected) in cases {
            let variable = |name: &str| {
                let found = set.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| OsString::from(value))
            };
            assert_eq!(Lang::of_environment(variable), expected, "{set:?}");
        }
    }

    #[cfg(feature = "cli")]
    #[test]
    fn an_argument_asks_for_a_language() {
        let cases: [(&[&str], Option<Lang>); 7] = [
            (&["zhengben", "check", "--lang", "zh"], Some(Lang::Zh)),
            (&["zhengben", "--lang=zh", "--help"], Some(Lang::Zh)),
            (&["zhengben", "--lang=en", "rules"], Some(Lang::En)),
            (&["zhengben", "check", "--", "--lang=zh"], None),
            (&["zhengben", "check", "--lang"], None),
            (&["zhengben", "--lang", "fr"], None),
            (&["zhengben", "check", "a.txt"], None),
        ];
        for (arguments, expected) in cases {
            let words: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            assert_eq!(Lang::of_arguments(&words), expected, "{arguments:?}");
        }
    }

    mod said {
        messages! {
            lost(name, place) { en: "{name} at {place}", zh: "{place} 处的 {name}" }
            things(count) { one: "{count} thing", en: "{count} things", zh: "{count} 件东西" }
        }
    }

    #[test]
    fn a_message_is_in_the_language_and_counts_right() {
        assert_eq!(said::lost(Lang::En, "a", 3), "a at 3");
        assert_eq!(said::lost(Lang::Zh, "a", 3), "3 处的 a");
        let english: Vec<_> = (0..3).map(|count| said::things(Lang::En, count)).collect();
        assert_eq!(english, ["0 things", "1 thing", "2 things"]);
        assert_eq!(said::things(Lang::Zh, 1), "1 件东西");
    }
}
