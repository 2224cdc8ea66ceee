//! What texts for every property are made of, and what holds for each of them. The
//! fuzz targets use it too.

use zhengben::Cleaned;

/// Pieces of garbled and clean text and of files' structure, so that stages meet each
/// other's output.
pub(crate) const PIECES: &[&str] = &[
    "動(dòng)力",
    "新動(dòng)力電池",
    "工業(yè)鏈",
    "開(kāi)展",
    "經(jīng)營(yíng)",
    "時(shí)刻",
    "国(guo)(guo)",
    "長（cháng）江",
    "亳(bó)州",
    "咱們會(huì)盡或許",
    "不掃除",
    "來歷：",
    "来历：",
    "尽或许",
    "新动力汽车",
    "出产总值",
    "免费声明：",
    "不承担任何职责",
    "工业园区",
    "动力源",
    "发展",
    "产业",
    "，",
    "。",
    "“",
    "”",
    "\n",
    "<br />",
    "&nbsp;",
    "&amp;ldquo;",
    "著作",
    "看著",
    "乾隆",
    "乾陞",
    "徵求",
    "?jiǎng)恿υ础?br />",
    "%?,F(xiàn)有",
    "https://a.b/國",
    "ひらがな",
    "東京の",
    "한국어",
    "葛\u{E0100}",
    "\u{200D}",
    "e\u{301}",
    "\r\n",
    "😀",
    "⿰亻國",
    "`國`",
    "<p title=國>",
    "⻓沙",
    "⼈",
    "⼀⼁",
    "\u{F9B4}",
    "\u{2F800}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{202A}",
    "\u{FE0F}",
    "ï»¿",
    "锘縃",
    "灞曟綔鍔",
    "鐨勮",
    "\u{FFFD}",
    "发展潜力[3]",
    "\\u4f60\\u597d",
    "\\ud83d\\ude00",
    "\\ud83d",
    "%E4%BD%A0",
    "%25E4%25BD%25A0",
    "%C4%E3%BA%C3",
    "%u4F60",
    "=E4=BD=A0",
    "=\n",
    "\\xe4\\xbd\\xa0",
    "\\344\\275\\240",
    "=?GB2312?B?xOO6ww==?=",
    "&#20013",
    "&amp;#20013;",
    "\"",
    "',",
    "\\n",
    "{\"a\":\"",
    "\"}\n",
    "a,b\n",
    "\n1\n00:00:01,000 --> 00:00:02,000\n",
    "Dialogue: 0,0,0,0,0,0,0,0,0,",
    "[Events]\n",
    "{\\pos(1,2)}",
    "\\N",
    "NOTE ",
    "---\ntitle: ",
    "\n---\n",
    "// ",
    "# ",
    "/* ",
    " */",
    "<!-- ",
    " -->",
    "zhengben: off gloss",
    "zhengben: on",
    "zhengben: off-next-line script wording",
    "<img alt=\"",
    "<meta name=description content='",
];

/// The text that comes out when the applied edits are replayed on the input.
///
/// # Panics
/// If the edits are not what they are said to be: sorted, disjoint, each with its
/// original and a cause.
pub(crate) fn replayed(cleaned: &Cleaned<'_>) -> String {
    let source = cleaned.source().text();
    let mut out = String::new();
    let mut done = 0;
    for edit in cleaned.edits().filter(|edit| edit.applied) {
        assert!(done <= edit.range.start, "sorted and disjoint");
        assert_eq!(&source[edit.range.clone()], edit.original);
        assert!(!edit.causes.is_empty());
        out.push_str(&source[done..edit.range.start]);
        out.push_str(edit.replacement);
        done = edit.range.end;
    }
    out.push_str(&source[done..]);
    out
}
