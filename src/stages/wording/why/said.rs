//! What is said of a word and of its document, in both languages side by side.

use crate::lang::messages;

// Of the document.
messages! {
    spun(family, odds) {
        en: "document spun by family {family} (log-odds {odds})",
        zh: "全文有词族 {family} 的伪原创特征（对数几率 {odds}）",
    }
    too_little(family, odds) {
        en: "too little shows that the document is spun (family {family}, log-odds {odds})",
        zh: "不足以认定全文是伪原创（词族 {family}，对数几率 {odds}）",
    }
    unspun() {
        en: "nothing shows that the document is spun",
        zh: "看不出全文是伪原创",
    }
}

// Of what decides on the word.
messages! {
    context(context) { en: "context `{context}`", zh: "依据语境 `{context}`" }
    place(name, area) {
        en: "「{name}」 is in 「{area}」, which the text names",
        zh: "「{name}」属于文中提到的「{area}」",
    }
    frequency_unknown(original, spun) {
        en: "how often authors write 「{original}」 and 「{spun}」 is not known",
        zh: "作者使用「{original}」和「{spun}」的频率不详",
    }
    times(often, times, seldom) {
        en: "authors write 「{often}」 {times} times as often as 「{seldom}」",
        zh: "作者使用「{often}」的频率是「{seldom}」的 {times} 倍",
    }
    speaks_for(original, list) {
        en: "for 「{original}」: {list}",
        zh: "对「{original}」的支持：{list}",
    }
    speaks_against(original, list) {
        en: "against 「{original}」: {list}",
        zh: "不支持「{original}」：{list}",
    }
    nothing_for(original) {
        en: "nothing around it speaks for 「{original}」",
        zh: "上下文中没有什么支持「{original}」",
    }
    nothing_against(original) {
        en: "nothing around it speaks against 「{original}」",
        zh: "上下文中没有什么不支持「{original}」",
    }
}

// Of what stands around it: the word is behind this, or before it.
messages! {
    behind(near) { en: "behind 「{near}」", zh: "前面是「{near}」" }
    before(near) { en: "before 「{near}」", zh: "后面是「{near}」" }
    between(left, right) {
        en: "between 「{left}」 and 「{right}」",
        zh: "夹在「{left}」和「{right}」之间",
    }
    near(pair) { en: "near 「{pair}」", zh: "附近有「{pair}」" }
    characters() { en: "the characters next to it", zh: "与相邻各字的搭配" }
    frequency() { en: "how often authors write either", zh: "两词的使用频率" }
}

// Of what becomes of it.
messages! {
    shown(note, ground) { en: "{note}; {ground}", zh: "{note}；{ground}" }
    no_place(name, ground) {
        en: "no place is named 「{name}」; {ground}",
        zh: "没有地方叫「{name}」；{ground}",
    }
    may_stand(original, ground) {
        en: "may stand for 「{original}」; {ground}",
        zh: "可能替换了「{original}」；{ground}",
    }
    keeps(ground) { en: "{ground} keeps it", zh: "{ground}予以保留" }
    likelier(ground) {
        en: "what overlaps it is likelier; {ground}",
        zh: "与它重叠的词更可能是替换词；{ground}",
    }
    in_document(words, row, document) {
        en: "{words} ({row}); {document}",
        zh: "{words}（{row}）；{document}",
    }
    probability(words, percent) {
        en: "{words}: {percent} %",
        zh: "{words}，此处是替换词的概率为 {percent}%",
    }
}
