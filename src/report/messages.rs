//! What reports for readers say, in both languages side by side; the terms are those of
//! `cli/messages.rs`.

use crate::lang::messages;

// Of a finding, behind it.
messages! {
    not_decided() { en: " (not decided)", zh: "（存疑）" }
    needs_unsafe() { en: " (needs --unsafe)", zh: "（加 --unsafe 才改）" }
}

// Of a document.
messages! {
    edit(count) { one: "{count} edit", en: "{count} edits", zh: "改动 {count} 处" }
    undecided(count) { en: "{count} undecided", zh: "存疑 {count} 处" }
    refused(count) { en: "{count} unsafe", zh: "不稳妥、未改 {count} 处" }
}

// Of all documents, in a table.
messages! {
    column_rule() { en: "rule", zh: "规则" }
    column_safe() { en: "safe", zh: "稳妥" }
    column_unsafe() { en: "unsafe", zh: "不稳妥" }
    column_undecided() { en: "undecided", zh: "存疑" }
    column_all() { en: "all", zh: "合计" }
    row_edits() { en: "edits", zh: "改动" }
    documents(read, found, skipped, failed) {
        en: "documents: {read}, {found} with findings; left alone: {skipped}; failed: {failed}",
        zh: "文档 {read} 个，其中有问题的 {found} 个；未处理 {skipped} 个；失败 {failed} 个",
    }
}
