//! The help in Chinese, beside the ids of commands, arguments and values; the terms are
//! those of `messages.rs`.
//!
//! Lines that are too long for a terminal are broken here: clap breaks them at spaces,
//! which Chinese has not.

use crate::cli::args::{CHECK_EXAMPLES, CLEAN_EXAMPLES, EXIT_CODES, MORE_OPTIONS};

/// What a command does.
pub(super) fn about(path: &str) -> Option<&'static str> {
    found(&COMMANDS, path)
}

/// What stands below a command's help, by the English.
pub(super) fn after(english: &str) -> Option<&'static str> {
    found(&AFTER, english)
}

/// What an argument is for, and what there is to say more: that of the command, or else
/// that of every command that has it.
pub(super) fn argument(path: &str, id: &str) -> Option<(&'static str, &'static str)> {
    let row = |key: &str| {
        let row = ARGUMENTS.iter().find(|(known, ..)| *known == key);
        row.map(|&(_, help, more)| (help, more))
    };
    row(&format!("{path} {id}")).or_else(|| row(id))
}

/// What a value of an argument means.
pub(super) fn value(id: &str, name: &str) -> Option<&'static str> {
    found(&VALUES, &format!("{id} {name}"))
}

/// What stands for an argument's value.
pub(super) fn value_name(english: &str) -> Option<&'static str> {
    found(&NAMES, english)
}

/// The heading of a group of arguments.
pub(super) fn heading(english: &str) -> Option<&'static str> {
    found(&HEADINGS, english)
}

fn found(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    let row = table.iter().find(|(known, _)| *known == key);
    row.map(|(_, text)| *text)
}

pub(super) static COMMANDS: [(&str, &str); 10] = [
    ("", "还原网络转载中被弄乱的中文文本"),
    ("clean", "还原文本：输出、就地替换、生成补丁，或写入文件夹"),
    ("check", "报告可以还原之处：位置、规则和理由"),
    ("detect", "判断文件的编码、简繁，以及损坏的方式"),
    ("explain", "解释一条规则，或逐个阶段演示一段文字的处理过程"),
    ("rules", "列出全部规则"),
    ("config", "显示对某个文件生效的设置，以及各项设置的出处"),
    ("completions", "输出 shell 的补全脚本"),
    ("man", "输出手册页，可用 man -l - 阅读"),
    ("help", "显示本帮助，或某个命令的帮助"),
];

pub(super) static AFTER: [(&str, &str); 4] = [
    (
        EXIT_CODES,
        "退出码：0 没有问题，1 有问题（不论是否已改动），2 出错。",
    ),
    (
        MORE_OPTIONS,
        "--help 列出全部选项，并附示例。

退出码：0 没有问题，1 有问题（不论是否已改动），2 出错。",
    ),
    (
        CLEAN_EXAMPLES,
        "示例：
  zhengben clean reprint.html > restored.html
  zhengben clean --write articles/           就地替换有改动的文件
  zhengben clean --diff articles/ | git apply
  curl -s URL | zhengben clean --stdin-filename page.html

退出码：0 没有问题，1 有问题（不论是否已改动），2 出错。",
    ),
    (
        CHECK_EXAMPLES,
        "示例：
  zhengben check articles/                   报告哪些地方可以还原，以及理由
  zhengben check --format html articles/ > report.html
  git diff --name-only -z | zhengben check --files-from -

退出码：0 没有问题，1 有问题，2 出错。",
    ),
];

/// By an argument's id, or by its command and its id: its help, and what `--help` says
/// more.
pub(super) static ARGUMENTS: [(&str, &str, &str); 52] = [
    ("lang", "界面语言；不指定则随系统区域设置", ""),
    ("help", "显示帮助（-h 只显示摘要，--help 显示全部）", ""),
    ("version", "显示版本", ""),
    // What is read.
    (
        "paths",
        "要读取的文件，或要查找的文件夹；- 表示标准输入，\n不写路径也是标准输入",
        "",
    ),
    (
        "files_from",
        "还读取这个清单里列出的文件：每行一个，或以 NUL 结尾；\n- 表示标准输入",
        "",
    ),
    (
        "stdin_filename",
        "标准输入的内容属于哪个文件：据此判断类型、设置和报告中的名称",
        "",
    ),
    (
        "glob",
        "在文件夹中读取匹配的文件，不论类型；以 ! 开头则排除\n（可重复）",
        "",
    ),
    ("types", "在文件夹中只读取这种类型的文件（可重复）", ""),
    (
        "no_ignore",
        "在文件夹中也读取 .gitignore 和 .ignore 所列的文件",
        "",
    ),
    ("hidden", "在文件夹中也读取名称以点开头的文件", ""),
    (
        "force_exclude",
        "设置中排除的文件，即使在命令行上指明也不处理",
        "",
    ),
    ("jobs", "同时处理这么多文件；不指定则用全部处理器核心", ""),
    ("syntax", "把文件当作这种类型，不自动判断", ""),
    (
        "field",
        "处理 JSON 的这个字段：写路径（article.body），\n或写任意层级的字段名（可重复）",
        "",
    ),
    (
        "column",
        "处理 CSV 和 TSV 的这一列：写列名，或从 1 数起的序号（可重复）",
        "",
    ),
    ("headless", "CSV 和 TSV 的第一行不是列名", ""),
    (
        "front_matter",
        "处理 Markdown 文首元数据（front matter）的值",
        "",
    ),
    ("comments", "处理源代码的注释", ""),
    (
        "responses",
        "处理 WARC 中服务器发来的内容：response 和 resource 记录里的\nHTML 和纯文本",
        "",
    ),
    ("encoding", "按这种编码读取文件，不自动判断", ""),
    (
        "damaged",
        "读取有少量字节损坏的文件：损坏之处只报告，保持原样",
        "",
    ),
    ("baseline", "不处理这个基线文件里已有的问题", ""),
    ("config", "只采用这个文件里的设置", ""),
    ("no_config", "不采用任何文件里的设置", ""),
    // How it is restored.
    ("script", "繁体转简体的方式；不指定则为 t2s", ""),
    ("exact", "转换结果与 OpenCC 完全一致，不作我们的修正", ""),
    ("rule", "只用这条规则，或这个阶段的全部规则（可重复）", ""),
    (
        "no_rule",
        "不用这条规则，或这个阶段的任何规则（可重复）",
        "",
    ),
    ("apply_unsafe", "不稳妥、但多半正确的改动也一并做出", ""),
    ("keep", "不改动涉及这个词的地方（可重复）", ""),
    (
        "dictionary",
        "还使用这个文件里的替换词（可重复）",
        "格式见 dictionaries/wording/README.md。同一词族中，同一个词如果有多行，\n以最后一部词典的为准。",
    ),
    (
        "no_builtin_dictionary",
        "只用 --dictionary 的替换词，不用内置词典",
        "",
    ),
    (
        "choices",
        "对选词表所收的词对，采用这个选词表",
        "可用 cargo xtask train choice 从文本生成。",
    ),
    // Of single commands.
    ("write", "按原编码替换文件；要么整个换好，要么保持原样", ""),
    ("diff", "输出补丁，不输出文本", ""),
    ("interactive", "凡是不自动改动之处，逐一询问改不改", ""),
    ("exit_zero", "有问题时退出码也为 0", ""),
    ("output", "把还原后的文件写到这个文件夹下", ""),
    (
        "resume",
        "JSON Lines、WARC 和 WET 从上次中断之处继续，\n已完成的文件跳过",
        "",
    ),
    (
        "to",
        "以这种编码写出；不指定时，输出用 UTF-8，写入文件用原编码",
        "",
    ),
    ("clean format", "输出什么", ""),
    (
        "add_ignore",
        "不报告，而是把问题加入基线，以后不再处理；\n设置中没有另行指定时，写入 zhengben-baseline.jsonl",
        "",
    ),
    ("check format", "报告的格式", ""),
    ("statistics", "只统计：按规则列表（human、json）", ""),
    ("detect format", "输出格式；json 为每个文档一个对象", ""),
    ("rules format", "输出格式", ""),
    ("config format", "输出格式；json 为每项设置一个对象", ""),
    ("rule_name", "规则名", ""),
    ("text", "要逐个阶段演示的文字", ""),
    (
        "config path",
        "文件，可以不存在；不指定则为当前文件夹中的任意文件",
        "",
    ),
    ("shell", "哪一种 shell", ""),
    ("command", "要哪个命令的手册页；不指定则为总页", ""),
];

pub(super) static VALUES: [(&str, &str); 13] = [
    ("lang en", "英文"),
    ("lang zh", "简体中文"),
    ("script t2s", "繁体转为大陆简体"),
    ("script tw2s", "台湾繁体转为简体"),
    ("script tw2sp", "同上，并把台湾用词换成大陆用词"),
    ("script hk2s", "香港繁体转为简体"),
    ("script none", "不转换"),
    ("format human", "供人阅读"),
    ("format json", "供程序读取：JSON 对象"),
    (
        "format jsonl",
        "供程序读取：每个文档一行，各为一个 JSON 对象",
    ),
    ("format sarif", "供代码扫描读取（SARIF 2.1.0）"),
    ("format github", "GitHub 工作流的标注"),
    ("format html", "左右对照新旧文本的网页"),
];

pub(super) static NAMES: [(&str, &str); 18] = [
    ("PATH", "路径"),
    ("FILE", "文件"),
    ("DIR", "文件夹"),
    ("LABEL", "编码"),
    ("GLOB", "模式"),
    ("KIND", "类型"),
    ("NUMBER", "数目"),
    ("FIELD", "字段"),
    ("COLUMN", "列"),
    ("NAME", "名称"),
    ("WORD", "词"),
    ("RULE", "规则"),
    ("TEXT", "文字"),
    ("COMMAND", "命令"),
    ("SHELL", "SHELL"),
    ("SCRIPT", "方式"),
    ("FORMAT", "格式"),
    ("LANG", "语言"),
];

pub(super) static HEADINGS: [(&str, &str); 2] = [("Files", "文件"), ("Cleaning", "还原")];

/// Words of clap's own in help, each of which it writes without a break.
pub(super) static FIXED: [(&str, &str); 8] = [
    ("Usage:", "用法："),
    ("用法： ", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("文件:", "文件："),
    ("还原:", "还原："),
    ("[OPTIONS]", "[选项]"),
];

/// Words of a manual page.
pub(super) static MANUAL: [(&str, &str); 9] = [
    (".SH NAME\n", ".SH 名称\n"),
    (".SH SYNOPSIS\n", ".SH 概要\n"),
    (".SH DESCRIPTION\n", ".SH 说明\n"),
    (".SH OPTIONS\n", ".SH 选项\n"),
    (".SH SUBCOMMANDS\n", ".SH 子命令\n"),
    (".SH EXTRA\n", ".SH 补充\n"),
    (".SH VERSION\n", ".SH 版本\n"),
    ("Possible values:", "可选值："),
    ("[default: ", "[默认值："),
];
