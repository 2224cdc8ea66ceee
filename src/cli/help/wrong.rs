//! What is wrong with a call, in Chinese.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};

use anstyle::{AnsiColor, Style};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::chinese::FIXED;
use super::replaced;
use crate::cli::said::Say;
use crate::encoding::UnknownEncoding;
use crate::lang::Lang;
use crate::regions::UnknownSyntax;
use crate::rules::UnknownRule;

const WRONG: Style = AnsiColor::Red.on_default().bold();

/// All that is said of a wrong call.
pub(super) fn said(error: &Error, colour: bool) -> String {
    let style = if colour { WRONG } else { Style::new() };
    let mut out = format!("{style}错误：{style:#}{}\n", what(error));
    let suggested = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    for kind in suggested {
        let names = texts(error, kind);
        if !names.is_empty() {
            out += &format!("\n  提示：是否想写 {}？\n", names.join("、"));
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = match colour {
            true => usage.ansi().to_string(),
            false => usage.to_string(),
        };
        out += &format!("\n{}\n", replaced(usage, &FIXED));
    }
    out + "\n详见 --help。\n"
}

fn what(error: &Error) -> String {
    let argument = texts(error, ContextKind::InvalidArg).join("、");
    let value = texts(error, ContextKind::InvalidValue).join("、");
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => *number,
        _ => 0,
    };
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue => {
            let valid = texts(error, ContextKind::ValidValue).join("、");
            let valid = match valid.is_empty() {
                true => String::new(),
                false => format!("；可选值：{valid}"),
            };
            format!("{argument} 的值“{value}”无效{valid}")
        }
        ErrorKind::ValueValidation => {
            let why = why(error).map_or(String::new(), |why| format!("：{why}"));
            format!("{argument} 的值“{value}”无效{why}")
        }
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个参数"),
        ErrorKind::InvalidSubcommand => {
            let name = texts(error, ContextKind::InvalidSubcommand).join("、");
            format!("没有 {name} 这个命令")
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数 {argument}"),
        ErrorKind::ArgumentConflict => {
            let prior = texts(error, ContextKind::PriorArg).join("、");
            match prior.is_empty() || prior == argument {
                true => format!("{argument} 只能用一次"),
                false => format!("{argument} 不能与 {prior} 同用"),
            }
        }
        ErrorKind::TooManyValues => format!("{argument} 的值过多：“{value}”是多余的"),
        ErrorKind::TooFewValues => {
            format!(
                "{argument} 至少需要 {} 个值",
                number(ContextKind::MinValues)
            )
        }
        ErrorKind::WrongNumberOfValues => {
            let expected = number(ContextKind::ExpectedNumValues);
            format!("{argument} 需要 {expected} 个值")
        }
        ErrorKind::NoEquals => format!("{argument} 的值要用等号连接"),
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        kind => kind.to_string(),
    }
}

/// Why a value was refused.
fn why(error: &Error) -> Option<String> {
    let source = error.source()?;
    if let Some(unknown) = source.downcast_ref::<UnknownRule>() {
        return Some(unknown.say(Lang::Zh));
    }
    if let Some(unknown) = source.downcast_ref::<UnknownEncoding>() {
        return Some(unknown.say(Lang::Zh));
    }
    if let Some(unknown) = source.downcast_ref::<UnknownSyntax>() {
        return Some(unknown.say(Lang::Zh));
    }
    if let Some(number) = source.downcast_ref::<ParseIntError>() {
        return Some(match number.kind() {
            IntErrorKind::Zero => "不能是 0".to_owned(),
            IntErrorKind::PosOverflow => "数目过大".to_owned(),
            _ => "不是正整数".to_owned(),
        });
    }
    Some(source.to_string())
}

/// What clap knows of an error, in words.
fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
