//! What there is to say of each rule.

use super::{Rule, RuleInfo};

/// In the order of the enum, which is the order of the stages.
pub(super) static TABLE: [RuleInfo; 28] = [
    RuleInfo {
        rule: Rule::EncodingDamaged,
        id: "encoding-damaged",
        stage: "encoding",
        summary: "report bytes that are no character in the file's encoding",
        why: "A file of which a few bytes are damaged is read only if that is asked for. Each such \
              place is U+FFFD in its text and is reported with its bytes; when the file is written \
              back they are as they were. Bytes that do not decode are shown as <FF>.",
        before: "数据<FF>库的设计与应用",
        after: "数据\u{FFFD}库的设计与应用",
    },
    RuleInfo {
        rule: Rule::GlossBytes,
        id: "gloss-bytes",
        stage: "gloss",
        summary: "take out the pinyin that a filter inserted into the bytes of a GBK file",
        why: "Some sites' filters put the reading of a character in brackets behind its two bytes, \
              wherever these stand together, also where they are the end of one character and the \
              beginning of the next. No decoder can read that. As long as the file's bytes are at \
              hand nothing is lost: the glosses go, exactly, if one of them stands where two \
              characters meet, at least three are listed readings of at least two characters, and \
              the file can be decoded without them to the last byte. Bytes that are not GBK are \
              shown as <84>.",
        before: "重要<84>(jiǎng)<D3>力源、產(chǎn)業(yè)。",
        after: "重要动力源、产业。",
    },
    RuleInfo {
        rule: Rule::IgnoreUnknown,
        id: "ignore-unknown",
        stage: "ignore",
        summary: "report a comment that is to switch rules off and names none",
        why: "A comment such as `zhengben: off gloss` switches rules off. If it names a rule that \
              does not exist, it switches nothing off, and whoever wrote it should know. Nothing is \
              changed; the name that may have been meant is shown.",
        before: "# zhengben: off glos\n正文",
        after: "# zhengben: off glos\n正文",
    },
    RuleInfo {
        rule: Rule::MojibakeUtf8,
        id: "mojibake-utf8",
        stage: "mojibake",
        summary: "restore text in UTF-8 that was read as another encoding",
        why: "The bytes of UTF-8 were taken for GBK, windows-1252 or the like, and what came of it \
              was saved. The characters give the bytes back. A byte that the decoder could not read \
              is gone: the language model chooses the character if one is far likelier than all \
              others, else the place is only reported. Nothing is changed unless what comes out \
              is Chinese and far likelier than what stands there.",
        before: "浣犲ソ锛屼笘鐣?",
        after: "你好，世界",
    },
    RuleInfo {
        rule: Rule::MojibakeGbk,
        id: "mojibake-gbk",
        stage: "mojibake",
        summary: "restore text in GBK that was read as another encoding",
        why: "The bytes of GBK were taken for Latin-1, for code page 437 (names in zip files), or for \
              an encoding of Taiwan, Korea or Japan. Where every pair of bytes is a character in \
              both, only the sense of what comes out tells, so that more of it is asked for.",
        before: "¹¤×÷×Ü½á",
        after: "工作总结",
    },
    RuleInfo {
        rule: Rule::MojibakeBig5,
        id: "mojibake-big5",
        stage: "mojibake",
        summary: "restore text in Big5 that was read as another encoding",
        why: "The bytes of Big5 were taken for Latin-1 or for GBK. In GBK half of them are private-use \
              characters: as long as nobody has dropped these, nothing is lost.",
        before: "§ø¸Ìªº¦Ñ¤H»¡¡A³o®y¾ô¬O¥L\u{AD}Ì¤@°_\u{AD}×ªº¡C",
        after: "村里的老人说，这座桥是他们一起修的。",
    },
    RuleInfo {
        rule: Rule::MojibakeDouble,
        id: "mojibake-double",
        stage: "mojibake",
        summary: "restore text that was read as another encoding twice",
        why: "What came of a wrong reading was saved in UTF-8, and that was read wrongly again. Both \
              steps are undone at once, since what stands between them is no Chinese.",
        before: "脌脧脠脣脣碌脟脜脢脟脪禄脝冒脨脼碌脛",
        after: "老人说桥是一起修的",
    },
    RuleInfo {
        rule: Rule::MojibakeShift,
        id: "mojibake-shift",
        stage: "mojibake",
        summary: "restore what follows a lost byte in GBK",
        why: "Half a character was lost, and a decoder read on with the wrong halves up to the next \
              ASCII character. What follows is read anew from the right half. The character itself \
              is only suggested, beside the mark that stands for it. Pages with the marks of a \
              filter are left to the damage stage.",
        before: "如果第二?龆丝诤糯笥诘谝桓觯",
        after: "如果第二?端口号大于第一个",
    },
    RuleInfo {
        rule: Rule::MojibakeLost,
        id: "mojibake-lost",
        stage: "mojibake",
        summary: "report what a wrong reading has destroyed",
        why: "锟斤拷 is what is left where a decoder wrote U+FFFD and that was read wrongly again; \
              烫烫烫 and 屯屯屯 never were text; question marks and U+FFFD stand for characters that \
              an encoding lacks. Nothing can give back what stood there. A single mention is \
              someone speaking about it.",
        before: "锟斤拷锟斤拷锟斤拷",
        after: "锟斤拷锟斤拷锟斤拷",
    },
    RuleInfo {
        rule: Rule::CharRadical,
        id: "char-radical",
        stage: "char",
        summary: "write ideographs for the radicals that look like them",
        why: "Extractors of PDF files write ⻓ (U+2ED3), which is a sign of dictionaries, for 长: \
              nobody sees the difference, and no search finds the word. Kangxi radicals go by \
              Unicode's compatibility decompositions, those of the supplement by its table of \
              equivalent ideographs. A text that lists radicals or speaks of them is left alone; \
              one radical without a Han character beside it, and parts of characters such as ⺡, \
              are only suggested.",
        before: "他在⻓沙上⼩学，⾮常⾼兴。",
        after: "他在长沙上小学，非常高兴。",
    },
    RuleInfo {
        rule: Rule::CharCompatibility,
        id: "char-compatibility",
        stage: "char",
        summary: "write compatibility ideographs as the characters that they are",
        why: "1,002 ideographs have a second code point, for the sake of older standards. Unicode's \
              normalisation (NFC) folds them; here nothing else is normalised. The 12 characters \
              of the same blocks that have no other code point stay, and so do lines of Japanese \
              and Korean and texts that list code points.",
        before: "\u{F9B4}导看望\u{F934}人",
        after: "领导看望老人",
    },
    RuleInfo {
        rule: Rule::CharInvisible,
        id: "char-invisible",
        stage: "char",
        summary: "take out characters between Han characters that nobody sees",
        why: "Zero-width spaces, word joiners, byte order marks, joiners, soft hyphens, marks of \
              direction and variation selectors are left by editors and converters, or mark a \
              text as somebody's own. Between Han characters they do nothing but keep words \
              from being found. They stay in emoji, in the scripts that need them, in Japanese \
              and Korean, beside Markdown's signs and where they are shown in brackets. \
              Marks of direction stay in a text that has anything written from the right.",
        before: "你\u{200B}好\u{2060}世\u{FEFF}界，葛\u{E0100}先生",
        after: "你好世界，葛先生",
    },
    RuleInfo {
        rule: Rule::CharBom,
        id: "char-bom",
        stage: "char",
        summary: "take out a byte order mark that was read as text",
        why: "The three bytes that some programs put before UTF-8 were read as an encoding that has \
              no such mark, where the text behind was read rightly or is ASCII. As GBK they are 锘 \
              and half a character, which has swallowed the next letter: that comes back. At the \
              beginning of a line only, and not in a text about encodings; between Chinese, \
              where somebody may be showing it, it is a suggestion.",
        before: "ï»¿本报讯",
        after: "本报讯",
    },
    RuleInfo {
        rule: Rule::CharEscape,
        id: "char-escape",
        stage: "char",
        summary: "write the characters that escapes in prose stand for",
        why: "\\u4e2d, %u4E2D, %E4%B8%AD, \\xe4\\xb8\\xad, \\344\\270\\255, =E4=B8=AD, \
              =?utf-8?B?5Lit?= and &#20013 without a semicolon are how 中 is written for a program, \
              and here no program has read it. In code and in URLs escapes are right, and some \
              texts speak of them: one of them in what looks like code, or a word such as 编码, \
              and the text is left alone. What comes out must be Chinese; escapes of markup and \
              of control characters stay. Where most of the text is written plainly, and beside \
              Latin words, Han characters are only suggested.",
        before: "\\u4eca\\u5929\\u653e\\u5047\\u3002",
        after: "今天放假。",
    },
    RuleInfo {
        rule: Rule::DamageGloss,
        id: "damage-gloss",
        stage: "damage",
        summary: "restore characters between whose bytes a filter put a gloss",
        why: "A filter that looks for the bytes of 獎 (AA84) also finds them where 要 (D2AA) ends and \
              動 (84D3) begins, and puts the gloss between. A decoder then reads 動力源。< as \
              恿υ础?, shifted by a byte, up to the next half character, letter or bracket. \
              Shifting back gives the text; a byte that was lost on the way is chosen by a \
              language model, and where that prefers nothing by far the place is only reported.",
        before: "重要?jiǎng)恿υ础?br />",
        after: "重要动力源。",
    },
    RuleInfo {
        rule: Rule::DamageCut,
        id: "damage-cut",
        stage: "damage",
        summary: "restore characters that were cut in two at what looked like punctuation",
        why: "A page was cut at the bytes of ，！？ or ； wherever they stand together, also where one \
              character ends and the next begins: 。現 is A1A3 ACF6, in which A3AC is ，. The \
              pieces were decoded alone, so that half a character became a question mark. The \
              half that is left and the language model give the character.",
        before: "507.4%?,F(xiàn)有的產(chǎn)業(yè)在這里發(fā)展",
        after: "507.4%。现有的产业在这里发展",
    },
    RuleInfo {
        rule: Rule::DamageHidden,
        id: "damage-hidden",
        stage: "damage",
        summary: "restore characters of which shifted bytes made private-use characters",
        why: "Where a text is shifted by a byte, some of the pairs are private-use characters, and \
              text extractors drop these. What is left before and behind gives one byte of each of \
              the two characters, the language model the other one.",
        before: "展?jié)摿3]",
        after: "展潜力[3]",
    },
    RuleInfo {
        rule: Rule::DamageDropped,
        id: "damage-dropped",
        stage: "damage",
        summary: "restore characters of which a decoder dropped a half without a trace",
        why: "Some decoders write nothing for half a character. Where a page has glosses behind \
              characters that are not read so, what follows is taken to be shifted by a byte.",
        before: "規(guī)劃》!兑(guī)劃》明確",
        after: "规(guī)划》。《规划》明确",
    },
    RuleInfo {
        rule: Rule::DamageLost,
        id: "damage-lost",
        stage: "damage",
        summary: "report a broken place of which a part cannot be known",
        why: "A question mark of a lossy decoder can stand for a byte of a character and the digit \
              or sign behind it. The character can be found, the digit cannot: it is shown as □ \
              and nothing is changed.",
        before: "紐卡斯?fàn)柡蛡惗亟邮芰?0天",
        after: "纽卡斯?fàn)柡蛡惗亟邮芰?0天",
    },
    RuleInfo {
        rule: Rule::Gloss,
        id: "gloss",
        stage: "gloss",
        summary: "take out the pinyin that a filter inserted behind Traditional characters",
        why: "Some sites' filters put the reading of a converted character in brackets behind it. \
              The gloss goes when the page shows that filter's pattern (several glosses, nearly all \
              on characters that conversion changed, most of their occurrences glossed, text going \
              on behind them) and the syllable is a listed Mandarin reading of the character. \
              Glosses on rare characters, on characters of GB 2312 and in teaching text stay.",
        before: "長(zhǎng)江經(jīng)濟(jì)帶的綠色發(fā)展",
        after: "长江经济带的绿色发展",
    },
    RuleInfo {
        rule: Rule::MarkupBreak,
        id: "markup-break",
        stage: "markup",
        summary: "take out HTML line breaks left in plain text",
        why: "A copier took the text out of a page and left its line breaks as tags. At the end of \
              a line the tag goes; inside one it becomes a line break. Only in plain text.",
        before: "第一段。<br />\n第二段。",
        after: "第一段。\n第二段。",
    },
    RuleInfo {
        rule: Rule::MarkupEntity,
        id: "markup-entity",
        stage: "markup",
        summary: "turn HTML character references left in plain text into their characters",
        why: "A copier took the text out of a page and left its character references undecoded. \
              Only in plain text, and only references that are complete.",
        before: "研究&amp;ldquo;发展&amp;rdquo;规律",
        after: "研究“发展”规律",
    },
    RuleInfo {
        rule: Rule::ScriptPhrase,
        id: "script-phrase",
        stage: "script",
        summary: "convert a Traditional phrase whose characters alone would convert otherwise",
        why: "OpenCC's phrase tables list the words in which a character does not take its usual \
              Simplified form, such as 藉 in 憑藉.",
        before: "憑藉經驗",
        after: "凭借经验",
    },
    RuleInfo {
        rule: Rule::ScriptCharacter,
        id: "script-character",
        stage: "script",
        summary: "convert a Traditional character to its Simplified form",
        why: "OpenCC's character tables give the Simplified form. Lines of Japanese and Korean \
              stay as they are.",
        before: "漢語辭典",
        after: "汉语辞典",
    },
    RuleInfo {
        rule: Rule::WordingContext,
        id: "wording-context",
        stage: "wording",
        summary: "give back the author's word where the context shows a substitution",
        why: "Article spinners swap words for near-synonyms so that search engines see a new text. \
              A curated dictionary lists the substitutions with the contexts that show them and the \
              contexts in which the word is native. Nothing is changed unless the whole document \
              shows spinning.",
        before: "咱们会尽或许注明来历，本站不承担任何职责。",
        after: "我们会尽可能注明来源，本站不承担任何责任。",
    },
    RuleInfo {
        rule: Rule::WordingPlace,
        id: "wording-place",
        stage: "wording",
        summary: "give back the name of a place that a spinner has made a name of nowhere",
        why: "Spinners replace words inside names too. If no division of China has a name, but one \
              has it with the spun word undone, and the text names the prefecture or province that \
              this one is in, it is meant; if two come into question, nothing is done. Townships \
              and former names are not listed, so the document must show spinning elsewhere too.",
        before: "年夜连市在辽宁。咱们会尽或许注明来历，本站不承担任何职责。",
        after: "大连市在辽宁。我们会尽可能注明来源，本站不承担任何责任。",
    },
    RuleInfo {
        rule: Rule::WordingModel,
        id: "wording-model",
        stage: "wording",
        summary: "give back the author's word where the words around it make it far likelier",
        why: "Where the dictionary lists a substitution but none of its contexts decides, a model of \
              the words around it says how likely authors write either word there. Together with \
              the document's other words, which show whether it is spun, by whom and how much, and \
              how the document uses the word elsewhere, that gives a probability.",
        before: "新动力汽车工业链日趋完好,出产总值超越一千亿元,其间也有来历不明的数字。",
        after: "新能源汽车产业链日趋完善,生产总值超过一千亿元,其中也有来历不明的数字。",
    },
    RuleInfo {
        rule: Rule::WordingUndecided,
        id: "wording-undecided",
        stage: "wording",
        summary: "report a word that a spinner may have written but nothing decides",
        why: "The document is spun and the word is one that its spinner writes for another, but it \
              is also a common word of its own, and neither a context nor the words around it are \
              sure. It is reported and left alone.",
        before: "本文来历：某某网。咱们会尽或许拓使用、扩规划。",
        after: "本文来源：某某网。我们会尽可能拓使用、扩规划。",
    },
];
