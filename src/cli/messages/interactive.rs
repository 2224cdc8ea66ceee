//! What is said while a reader decides.

use crate::lang::messages;

messages! {
    no_terminal() {
        en: "--interactive asks at a terminal, and stdin and stderr are not both one",
        zh: "--interactive 要在终端上提问，而标准输入和标准错误并不都是终端",
    }
    answers_from_stdin() {
        en: "--interactive reads the answers from stdin; name the files to clean",
        zh: "--interactive 从标准输入读取回答；请在命令行上写明要还原的文件",
    }
    keys() {
        en: "\
y  accept: change this place
n  refuse: leave it as it is
a  accept this and whatever else comes of its rule, also in the files behind
d  refuse this and whatever else comes of its rule
k  never change these words: `keep` of the settings has them from now on
q  quit: this file is written with what is decided; those behind it stay as they are
?  this help",
        zh: "\
y  接受：改动这一处
n  拒绝：保持原样
a  接受这一处，以及同一规则的其余各处，后面的文件也在内
d  拒绝这一处，以及同一规则的其余各处
k  永远不改这几个字：从此记在设置的 keep 里
q  退出：这个文件按已作的决定写入，后面的文件保持原样
?  显示这份说明",
    }
    cannot_be_accepted() { en: " (cannot be accepted)", zh: "（无法接受）" }
    probably_right() { en: " (probably right)", zh: "（多半正确）" }
    change_it() { en: "Change it?", zh: "改吗？" }
    go_on() { en: "Go on?", zh: "继续吗？" }
    question(number, of, what, keys) {
        en: "({number} of {of}) {what} [{keys}]",
        zh: "（第 {number} 处，共 {of} 处）{what}[{keys}]",
    }
    kept_from_now_on(file) { en: "kept from now on: {file}", zh: "从此不改，记在 {file}" }
    unmet(place, old, new) {
        en: "{place}: {old} → {new} was accepted, but what else was leaves no ground for it: it is as it was",
        zh: "{place}: {old} → {new} 虽已接受，但其他决定使它不再成立，因此保持原样",
    }
    files_not_looked_at(count) {
        one: "{count} file is as it was: not looked at",
        en: "{count} files are as they were: not looked at",
        zh: "{count} 个文件没有看到，保持原样",
    }
    keep_needs_settings() {
        en: "with --no-config there are no settings to keep it in",
        zh: "用了 --no-config，就没有设置文件可以记下它",
    }
}
