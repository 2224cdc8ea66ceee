//! What `detect`, `explain` and `config` say of files and texts.

use crate::lang::messages;

// Of files.
messages! {
    encoding_of(encoding, confidence) {
        en: "{encoding} ({confidence})",
        zh: "{encoding}（{confidence}）",
    }
    binary_file() { en: "binary", zh: "二进制文件" }
    unknown_encoding() { en: "unknown", zh: "编码不明" }
    certain() { en: "certain", zh: "确定" }
    high_confidence() { en: "high confidence", zh: "把握大" }
    medium_confidence() { en: "medium confidence", zh: "把握中等" }
    low_confidence() { en: "low confidence", zh: "把握小" }
    no_chinese() { en: "not Chinese", zh: "不是中文" }
    declared_as(encoding) { en: "declared as {encoding}", zh: "声明为 {encoding}" }
    runner_up(encoding, behind) {
        en: "else {encoding}, {behind} nats behind",
        zh: "其次是 {encoding}，相差 {behind} 奈特",
    }
    damaged_place(count) {
        one: "{count} damaged place",
        en: "{count} damaged places",
        zh: "{count} 处损坏",
    }
    mixed_lines() { en: "some lines in GBK", zh: "有些行是 GBK" }
    inserted_pinyin() { en: "pinyin inserted into bytes", zh: "字节中间插入了拼音" }
    broken_characters() { en: "broken characters", zh: "有拆坏的字" }
    pinyin_glosses() { en: "pinyin glosses of a filter", zh: "有过滤器加的拼音注音" }
    spun_by(family) { en: "spun by family {family}", zh: "伪原创（词族 {family}）" }
}

// Of scripts.
messages! {
    simplified() { en: "Simplified", zh: "简体" }
    traditional() { en: "Traditional", zh: "繁体" }
    mixed_script() { en: "Simplified and Traditional", zh: "简繁混用" }
    script_unknown() { en: "script unknown", zh: "简繁不明" }
    of_region(script, region) { en: "{script}, {region}", zh: "{script}（{region}）" }
    taiwan() { en: "Taiwan", zh: "台湾" }
    hong_kong() { en: "Hong Kong", zh: "香港" }
}

// The walk through the stages: what stands before a line is eight columns wide.
messages! {
    input() { en: "input   ", zh: "输入    " }
    output() { en: "output  ", zh: "输出    " }
    no_edit() { en: "no edit", zh: "无改动" }
    with_evidence(edits, evidence) { en: "{edits}; {evidence}", zh: "{edits}；{evidence}" }
    becomes(original, replacement, safety, reason) {
        en: "{original} → {replacement} ({safety}): {reason}",
        zh: "{original} → {replacement}（{safety}）：{reason}",
    }
    stays(original, reason) { en: "{original} stays: {reason}", zh: "{original} 不改：{reason}" }
    gloss(count) { one: "{count} gloss", en: "{count} glosses", zh: "注音 {count} 处" }
    character(count) { one: "{count} character", en: "{count} characters", zh: "{count} 个字" }
    glossing(glosses, characters, verdict) {
        en: "{glosses} on {characters}: {verdict}",
        zh: "{glosses}，注在 {characters}上：{verdict}",
    }
    of_a_filter() { en: "a filter's", zh: "是过滤器所加" }
    of_no_filter() { en: "not a filter's", zh: "不是过滤器所加" }
    convertible(convertible, han) {
        en: "{convertible} of {han} Han characters convertible",
        zh: "{han} 个汉字中 {convertible} 个可转换",
    }
    word(count) { one: "{count} word", en: "{count} words", zh: "{count} 个" }
    spinning(words, family, odds, verdict) {
        en: "{words} of family {family}, log-odds {odds}: {verdict}",
        zh: "词族 {family} 的词 {words}，对数几率 {odds}：{verdict}",
    }
    is_spun() { en: "spun", zh: "是伪原创" }
    not_enough() { en: "not enough", zh: "证据不足" }
    safe() { en: "safe", zh: "稳妥" }
    not_safe() { en: "unsafe", zh: "不稳妥" }
    undecided() { en: "display", zh: "存疑" }
}

// Versions.
messages! {
    data_built_in() { en: "built-in data:", zh: "内置数据：" }
}

// Rules and settings.
messages! {
    rule(id, summary) { en: "{id}: {summary}", zh: "{id}：{summary}" }
    example(before, after) {
        en: "before: {before}\nafter:  {after}",
        zh: "还原前：{before}\n还原后：{after}",
    }
    is_excluded() { en: "# excluded, unless it is named", zh: "# 已排除，除非直接指定" }
    command_line() { en: "command line", zh: "命令行" }
    default_setting() { en: "default", zh: "默认" }
}
