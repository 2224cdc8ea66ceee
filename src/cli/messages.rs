//! What the commands say, in both languages side by side.
//!
//! The terms, in Chinese everywhere the same: restore 还原, edit 改动, finding 问题,
//! undecided 存疑, safe 稳妥, unsafe 不稳妥, rule 规则, stage 阶段, baseline 基线,
//! mojibake 乱码, pinyin gloss 拼音注音, script 字体 (简体, 繁体), reprint 转载,
//! spun text 伪原创, filter (of a site) 过滤器, substitution 替换词, encoding 编码,
//! settings 设置, folder 文件夹, stdin 标准输入, declared 声明, damaged 损坏.
//!
//! A list goes by 、 where its members are words, and by ， where they are clauses.

mod about;
mod errors;
mod interactive;

pub(super) use about::*;
pub(super) use errors::*;
pub(super) use interactive::*;

// What reports say too.
pub(super) use crate::report::messages::{edit, not_decided};

use crate::lang::messages;

// Summaries, of `check` and `clean`.
messages! {
    file(count) { one: "{count} file", en: "{count} files", zh: "{count} 个文件" }
    nothing_found() { en: "nothing found", zh: "没有发现问题" }
    with_findings(count) { en: "{count} with findings", zh: "{count} 个有问题" }
    failed(count) { en: "{count} failed", zh: "{count} 个失败" }
    time(counts, seconds) { en: "{counts}; {seconds} s", zh: "{counts}；用时 {seconds} 秒" }
    speed(speed) { en: ", {speed} MB/s", zh: "，{speed} MB/s" }
    unsafe_edit(count) {
        one: "{count} unsafe edit",
        en: "{count} unsafe edits",
        zh: "不稳妥、未改 {count} 处",
    }
    undecided_place(count) {
        one: "{count} undecided place",
        en: "{count} undecided places",
        zh: "存疑 {count} 处",
    }
    edits_by_rules(edits, rules) { en: "{edits}: {rules}", zh: "{edits}。规则：{rules}" }
    left_out(counts) { en: "left out: {counts}", zh: "跳过：{counts}" }
    binary(count) { one: "{count} binary", en: "{count} binary", zh: "二进制文件 {count} 个" }
    not_chinese(count) { one: "{count} not Chinese", en: "{count} not Chinese", zh: "非中文文件 {count} 个" }
    of_no_known_kind(count) { one: "{count} of no known kind", en: "{count} of no known kind", zh: "类型不明的文件 {count} 个" }
    excluded(count) { one: "{count} excluded", en: "{count} excluded", zh: "设置中排除的文件 {count} 个" }
    closed_files(count, why) { en: "{count} ({why})", zh: "{why}的文件 {count} 个" }
    records_with_edits(changed, all) {
        en: "in {changed} of {all} records",
        zh: "涉及 {all} 条记录中的 {changed} 条",
    }
    progress() {
        en: "{{bar:30}} {{pos}}/{{len}} files, {{elapsed}}, {{eta}} to go",
        zh: "{{bar:30}} {{pos}}/{{len}} 个文件，已用 {{elapsed}}，还需 {{eta}}",
    }
    known_finding(count) {
        one: "{count} known finding",
        en: "{count} known findings",
        zh: "已知问题 {count} 个",
    }
}

// Remarks on single documents.
messages! {
    left_alone(why) { en: "left alone: {why}", zh: "未处理：{why}" }
    foreign(encoding) {
        en: "not Chinese but likely {encoding}; left alone",
        zh: "不是中文，编码可能是 {encoding}；未处理",
    }
    closed_records(count) {
        one: "{count} record of what a server sent (--responses)",
        en: "{count} records of what servers sent (--responses)",
        zh: "服务器发来的内容 {count} 条记录（可用 --responses）",
    }
    coded_records(count) {
        one: "{count} response whose body is compressed, chunked or not whole",
        en: "{count} responses whose bodies are compressed, chunked or not whole",
        zh: "正文经过压缩、分块或不完整的响应 {count} 条",
    }
    foreign_records(count) {
        one: "{count} record that is not Chinese",
        en: "{count} records that are not Chinese",
        zh: "非中文记录 {count} 条",
    }
    goes_on(record) {
        en: "goes on at record {record}; what was found before is not told again",
        zh: "从第 {record} 条记录继续；此前发现的问题不再重复报告",
    }
    goes_on_at_byte(offset) {
        en: "goes on at byte {offset}; what was found before is not told again",
        zh: "从第 {offset} 字节继续；此前发现的问题不再重复报告",
    }
    done_already(path) {
        en: "done already: {path} is newer",
        zh: "已经完成：{path} 比它新",
    }
    hard_links() {
        en: "its other names (hard links) keep the old text",
        zh: "指向原文件的其他硬链接仍是旧内容",
    }
}

// Why nothing of a document is cleaned.
messages! {
    no_fields() { en: "no fields named", zh: "未指定字段" }
    fields_not_found() { en: "it has none of the named fields", zh: "没有指定的字段" }
    no_columns() { en: "no columns named", zh: "未指定列" }
    columns_not_found() { en: "it has none of the named columns", zh: "没有指定的列" }
    comments_off() { en: "comments are off", zh: "未启用注释处理" }
    no_prose() { en: "it has no prose", zh: "没有正文" }
    switched_off() { en: "switched off by a comment in it", zh: "已由文中注释关闭" }
    field_remedy(why) { en: "{why} (--field NAME)", zh: "{why}（可用 --field 字段）" }
    column_remedy(why) { en: "{why} (--column NAME)", zh: "{why}（可用 --column 列）" }
    comments_remedy(why) { en: "{why} (--comments)", zh: "{why}（可用 --comments）" }
}
