//! What went wrong, of the commands' own; the library's errors stand in `said/library.rs`.

use crate::lang::messages;

// Files that are read and written.
messages! {
    cannot_read(error) { en: "cannot read it: {error}", zh: "无法读取：{error}" }
    cannot_read_file(path, error) {
        en: "{path}: cannot read it: {error}",
        zh: "{path}: 无法读取：{error}",
    }
    cannot_read_stdin(error) { en: "cannot read stdin: {error}", zh: "无法读取标准输入：{error}" }
    cannot_read_list(path, error) {
        en: "cannot read the list of files {path}: {error}",
        zh: "无法读取文件清单 {path}: {error}",
    }
    cannot_read_baseline(path, error) {
        en: "cannot read the baseline {path}: {error} (`zhengben check --add-ignore` makes one)",
        zh: "无法读取基线文件 {path}: {error}（可用 zhengben check --add-ignore 生成）",
    }
    no_known_finding(path, line, error) {
        en: "{path}:{line}: is no known finding: {error}",
        zh: "{path}:{line}: 不是有效的基线记录：{error}",
    }
    baseline_not_written(error) {
        en: "the baseline is not written: {error}",
        zh: "基线未写入：{error}",
    }
    cannot_write(path, error) {
        en: "cannot write {path}: {error}; it is as it was",
        zh: "无法写入 {path}: {error}；原文件未变",
    }
    cannot_write_output(error) { en: "cannot write the output: {error}", zh: "无法输出：{error}" }
    not_written_back(error) {
        en: "cannot be written back: {error}; nothing was changed",
        zh: "无法写回：{error}；文件未改动",
    }
    decode_options(error) {
        en: "{error} (--encoding LABEL, --damaged)",
        zh: "{error}（可用 --encoding 编码 或 --damaged）",
    }
    compressed_whole() {
        en: "compressed: only JSON Lines in UTF-8 are read so, and not for what needs the whole file (--diff, --interactive, --format sarif, github or html, --to, --damaged, a baseline)",
        zh: "压缩文件只支持 UTF-8 的 JSON Lines，且不能用于需要整个文件的操作（--diff、--interactive、--format sarif、github 或 html、--to、--damaged、基线）",
    }
    archive_whole() {
        en: "WARC is only read record by record, and not for what needs the whole file (--diff, --interactive, --format sarif, github or html, --to, a baseline)",
        zh: "WARC 只能逐条记录读取，不能用于需要整个文件的操作（--diff、--interactive、--format sarif、github 或 html、--to、基线）",
    }
    not_warc() {
        en: "it does not begin with a record of WARC",
        zh: "文件不以 WARC 记录开头",
    }
    more_records_failed(count) {
        one: "{count} more record was left as it is",
        en: "{count} more records were left as they are",
        zh: "另有 {count} 条记录保持原样",
    }
    bad_glob(glob, error) { en: "--glob {glob}: {error}", zh: "--glob {glob}: {error}" }
}

// What cannot be asked for.
messages! {
    folder_to_stdout(path) {
        en: "{path} is a folder: say where its texts go (--write, --diff, --output DIR), or see with check what would change",
        zh: "{path} 是目录：请指明还原后的文本写到哪里（--write、--diff 或 --output 目录），或用 check 查看会改什么",
    }
    write_stdin() {
        en: "stdin has no file to replace; leave out --write",
        zh: "标准输入没有可替换的文件；请去掉 --write",
    }
    output_stdin() {
        en: "stdin has no name to write it under; leave out --output",
        zh: "标准输入没有可用的文件名；请去掉 --output",
    }
    would_replace_itself(path) {
        en: "{path} would replace the file itself; use --write for that",
        zh: "{path} 就是原文件；如要替换原文件，请用 --write",
    }
    written_already(path) {
        en: "{path} is written already, for another file of that name",
        zh: "{path} 已由另一个同名文件写入",
    }
    statistics_formats() {
        en: "--statistics goes with --format human and json",
        zh: "--statistics 只能与 --format human 或 json 同用",
    }
    no_command(name, all) {
        en: "there is no command {name}; there are {all}",
        zh: "没有命令 {name}；可用的有：{all}",
    }
}

// The user's dictionaries and tables.
messages! {
    dictionary_not_utf8(path, line) {
        en: "{path}:{line}: is not UTF-8; save the dictionary in UTF-8",
        zh: "{path}:{line}: 不是 UTF-8；请把词典另存为 UTF-8",
    }
    choices(path, error) {
        en: "{path}: {error}; `cargo xtask train choice` makes one",
        zh: "{path}: {error}；可用 cargo xtask train choice 生成",
    }
}
