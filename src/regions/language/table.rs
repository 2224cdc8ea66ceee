//! The languages: their signs of comments and strings, and what else is to be known of them.

use super::Quirk::*;
use super::{Lexis, Quotes};

const fn quotes(open: &'static str, close: &'static str, escapes: bool, lines: bool) -> Quotes {
    Quotes {
        open,
        close,
        escapes,
        lines,
        code: None,
    }
}

/// With code in it.
const fn template(sign: &'static str, lines: bool, code: (&'static str, char, char)) -> Quotes {
    Quotes {
        open: sign,
        close: sign,
        escapes: true,
        lines,
        code: Some(code),
    }
}

const DOUBLE: Quotes = quotes("\"", "\"", true, false);
const SINGLE: Quotes = quotes("'", "'", true, false);
const DOUBLE_LINES: Quotes = quotes("\"", "\"", true, true);
const SINGLE_LINES: Quotes = quotes("'", "'", true, true);
const DOUBLE_RAW: Quotes = quotes("\"", "\"", false, true);
const SINGLE_RAW: Quotes = quotes("'", "'", false, true);
const TRIPLE_DOUBLE: Quotes = quotes("\"\"\"", "\"\"\"", true, true);
const TRIPLE_SINGLE: Quotes = quotes("'''", "'''", true, true);
const BACKTICK_RAW: Quotes = quotes("`", "`", false, true);
const CDATA: Quotes = quotes("<![CDATA[", "]]>", false, true);
const BRACES: (&str, char, char) = ("${", '{', '}');

const C_BLOCK: &[(&str, &str)] = &[("/*", "*/")];
const XML_BLOCK: &[(&str, &str)] = &[("<!--", "-->")];

/// Most languages: what each has differs from this.
const C: Lexis = Lexis {
    name: "c",
    extensions: &["c", "h"],
    interpreters: &[],
    line: &["//"],
    block: C_BLOCK,
    nested: false,
    strings: &[DOUBLE],
    quirks: &[Characters],
};

/// Most scripting languages likewise.
pub(super) const SCRIPT: Lexis = Lexis {
    name: "shell",
    extensions: &["sh", "bash", "zsh", "ksh", "bats"],
    interpreters: &["sh", "bash", "zsh", "dash", "ksh", "ash"],
    line: &["#"],
    block: &[],
    nested: false,
    strings: &[template("\"", true, ("$(", '(', ')')), SINGLE_RAW],
    quirks: &[Backslash, SpacedComments, SpacedHereDocuments],
};

/// Strings and quirks are tried in this order.
pub(super) static TABLE: &[Lexis] = &[
    C,
    Lexis {
        name: "c++",
        extensions: &["cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "ino", "cu"],
        quirks: &[Characters, CppStrings],
        ..C
    },
    Lexis {
        name: "rust",
        extensions: &["rs"],
        nested: true,
        strings: &[DOUBLE_LINES],
        quirks: &[Characters, RustStrings],
        ..C
    },
    Lexis {
        name: "java",
        extensions: &["java"],
        strings: &[TRIPLE_DOUBLE, DOUBLE],
        ..C
    },
    Lexis {
        name: "javascript",
        extensions: &["js", "mjs", "cjs", "jsx"],
        interpreters: &["node", "deno", "bun"],
        strings: &[template("`", true, BRACES), DOUBLE, SINGLE],
        quirks: &[Regexes],
        ..C
    },
    Lexis {
        name: "typescript",
        extensions: &["ts", "mts", "cts", "tsx"],
        interpreters: &["ts-node"],
        strings: &[template("`", true, BRACES), DOUBLE, SINGLE],
        quirks: &[Regexes],
        ..C
    },
    Lexis {
        name: "go",
        extensions: &["go"],
        strings: &[DOUBLE, BACKTICK_RAW],
        ..C
    },
    Lexis {
        name: "c#",
        extensions: &["cs"],
        strings: &[
            quotes("\"\"\"", "\"\"\"", false, true),
            quotes("@\"", "\"", false, true),
            quotes("$@\"", "\"", false, true),
            DOUBLE,
        ],
        ..C
    },
    Lexis {
        name: "kotlin",
        extensions: &["kt", "kts"],
        nested: true,
        strings: &[
            Quotes {
                escapes: false,
                ..template("\"\"\"", true, BRACES)
            },
            template("\"", false, BRACES),
        ],
        ..C
    },
    Lexis {
        name: "swift",
        extensions: &["swift"],
        nested: true,
        strings: &[
            quotes("#\"", "\"#", false, true),
            template("\"\"\"", true, ("\\(", '(', ')')),
            template("\"", false, ("\\(", '(', ')')),
        ],
        quirks: &[],
        ..C
    },
    Lexis {
        name: "scala",
        extensions: &["scala", "sc", "sbt"],
        nested: true,
        strings: &[
            quotes("\"\"\"", "\"\"\"", false, true),
            template("\"", false, BRACES),
        ],
        ..C
    },
    Lexis {
        name: "groovy",
        extensions: &["groovy", "gradle"],
        interpreters: &["groovy"],
        strings: &[
            TRIPLE_DOUBLE,
            TRIPLE_SINGLE,
            template("\"", false, BRACES),
            SINGLE,
        ],
        quirks: &[],
        ..C
    },
    Lexis {
        name: "dart",
        extensions: &["dart"],
        strings: &[
            TRIPLE_DOUBLE,
            TRIPLE_SINGLE,
            template("\"", false, BRACES),
            SINGLE,
        ],
        nested: true,
        quirks: &[],
        ..C
    },
    Lexis {
        name: "objective-c",
        extensions: &["m", "mm"],
        ..C
    },
    Lexis {
        name: "protobuf",
        extensions: &["proto"],
        strings: &[DOUBLE, SINGLE],
        quirks: &[],
        ..C
    },
    Lexis {
        name: "php",
        extensions: &["php", "phtml"],
        interpreters: &["php"],
        line: &["//", "#"],
        strings: &[DOUBLE_LINES, SINGLE_LINES],
        quirks: &[Within("<?", "?>"), HereDocuments, Attributes],
        ..C
    },
    Lexis {
        name: "css",
        extensions: &["css"],
        line: &[],
        strings: &[DOUBLE, SINGLE],
        quirks: &[],
        ..C
    },
    Lexis {
        name: "scss",
        extensions: &["scss", "less"],
        strings: &[DOUBLE, SINGLE],
        quirks: &[SpacedComments],
        ..C
    },
    Lexis {
        name: "sql",
        extensions: &["sql"],
        line: &["--"],
        strings: &[DOUBLE_RAW, SINGLE_RAW, BACKTICK_RAW],
        quirks: &[DollarQuotes],
        ..C
    },
    Lexis {
        name: "lua",
        extensions: &["lua"],
        interpreters: &["lua", "luajit"],
        line: &["--"],
        block: &[],
        strings: &[DOUBLE, SINGLE],
        quirks: &[LuaBrackets],
        ..C
    },
    Lexis {
        name: "haskell",
        extensions: &["hs"],
        interpreters: &["runhaskell", "runghc"],
        line: &["--"],
        block: &[("{-", "-}")],
        nested: true,
        quirks: &[Characters, Operators],
        ..C
    },
    Lexis {
        name: "elm",
        extensions: &["elm"],
        line: &["--"],
        block: &[("{-", "-}")],
        nested: true,
        strings: &[TRIPLE_DOUBLE, DOUBLE],
        ..C
    },
    Lexis {
        name: "ocaml",
        extensions: &["ml", "mli"],
        line: &[],
        block: &[("(*", "*)")],
        nested: true,
        strings: &[DOUBLE_LINES],
        ..C
    },
    Lexis {
        name: "f#",
        extensions: &["fs", "fsi", "fsx"],
        block: &[("(*", "*)")],
        nested: true,
        strings: &[
            TRIPLE_DOUBLE,
            quotes("@\"", "\"", false, true),
            DOUBLE_LINES,
        ],
        ..C
    },
    Lexis {
        name: "pascal",
        extensions: &["pas", "dpr"],
        block: &[("{", "}"), ("(*", "*)")],
        strings: &[quotes("'", "'", false, false)],
        quirks: &[],
        ..C
    },
    Lexis {
        name: "erlang",
        extensions: &["erl", "hrl"],
        interpreters: &["escript"],
        line: &["%"],
        block: &[],
        strings: &[DOUBLE_LINES, SINGLE],
        quirks: &[Backslash],
        ..C
    },
    SCRIPT,
    Lexis {
        name: "python",
        extensions: &["py", "pyi", "pyw"],
        interpreters: &["python", "python2", "python3", "pypy3"],
        strings: &[TRIPLE_DOUBLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
        quirks: &[],
        ..SCRIPT
    },
    Lexis {
        name: "ruby",
        extensions: &["rb", "rake", "gemspec"],
        interpreters: &["ruby"],
        strings: &[template("\"", false, ("#{", '{', '}')), SINGLE],
        quirks: &[
            SpacedComments,
            HereDocuments,
            Regexes,
            LineBlocks("=begin", "=end"),
        ],
        ..SCRIPT
    },
    Lexis {
        name: "perl",
        extensions: &["pl", "pm"],
        interpreters: &["perl"],
        // Quotes are also in regular expressions, which nothing but Perl can tell.
        strings: &[DOUBLE, SINGLE],
        quirks: &[
            Backslash,
            SpacedComments,
            HereDocuments,
            Regexes,
            LineBlocks("=", "=cut"),
        ],
        ..SCRIPT
    },
    Lexis {
        name: "r",
        extensions: &["r"],
        interpreters: &["Rscript"],
        strings: &[DOUBLE_LINES, SINGLE_LINES],
        quirks: &[],
        ..SCRIPT
    },
    Lexis {
        name: "julia",
        extensions: &["jl"],
        interpreters: &["julia"],
        block: &[("#=", "=#")],
        nested: true,
        strings: &[TRIPLE_DOUBLE, template("\"", true, ("$(", '(', ')'))],
        quirks: &[Characters],
        ..SCRIPT
    },
    Lexis {
        name: "elixir",
        extensions: &["ex", "exs"],
        interpreters: &["elixir"],
        strings: &[
            TRIPLE_DOUBLE,
            TRIPLE_SINGLE,
            template("\"", true, ("#{", '{', '}')),
            SINGLE,
        ],
        quirks: &[SpacedComments],
        ..SCRIPT
    },
    Lexis {
        name: "nim",
        extensions: &["nim"],
        block: &[("#[", "]#")],
        nested: true,
        strings: &[TRIPLE_DOUBLE, DOUBLE],
        quirks: &[Characters],
        ..SCRIPT
    },
    Lexis {
        name: "powershell",
        extensions: &["ps1", "psm1"],
        interpreters: &["pwsh"],
        block: &[("<#", "#>")],
        strings: &[
            quotes("@\"", "\n\"@", false, true),
            quotes("@'", "\n'@", false, true),
            quotes("\"", "\"", false, true),
            SINGLE_RAW,
        ],
        quirks: &[SpacedComments],
        ..SCRIPT
    },
    Lexis {
        name: "make",
        extensions: &["mk", "mak"],
        interpreters: &["make"],
        strings: &[],
        quirks: &[Backslash, SpacedComments],
        ..SCRIPT
    },
    Lexis {
        name: "yaml",
        extensions: &["yaml", "yml"],
        interpreters: &[],
        strings: &[DOUBLE_LINES, SINGLE_RAW],
        quirks: &[SpacedComments, SpacedQuotes, BlockScalars],
        ..SCRIPT
    },
    Lexis {
        name: "toml",
        extensions: &["toml"],
        interpreters: &[],
        strings: &[
            TRIPLE_DOUBLE,
            quotes("'''", "'''", false, true),
            DOUBLE,
            quotes("'", "'", false, false),
        ],
        quirks: &[],
        ..SCRIPT
    },
    Lexis {
        name: "ini",
        extensions: &["ini", "cfg", "conf", "properties"],
        interpreters: &[],
        line: &["#", ";"],
        strings: &[DOUBLE],
        quirks: &[SpacedComments, SpacedQuotes],
        ..SCRIPT
    },
    Lexis {
        name: "lisp",
        extensions: &[
            "lisp", "lsp", "cl", "el", "scm", "ss", "rkt", "clj", "cljs", "cljc", "edn",
        ],
        interpreters: &["sbcl", "guile", "racket"],
        line: &[";"],
        block: &[("#|", "|#")],
        nested: true,
        strings: &[DOUBLE_LINES],
        quirks: &[Backslash],
    },
    Lexis {
        name: "xml",
        extensions: &["xml", "svg", "xsd", "xsl", "xslt", "rss", "atom", "plist"],
        interpreters: &[],
        line: &[],
        block: XML_BLOCK,
        nested: false,
        strings: &[CDATA],
        quirks: &[],
    },
];
