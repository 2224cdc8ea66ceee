use super::*;

/// The text with what no rule may touch in brackets.
fn marked_in(text: &str, syntax: Syntax, scope: &Scope) -> String {
    let mut out = text.to_owned();
    let structure = Regions::find(text, syntax, scope).structure;
    for range in structure.ranges().collect::<Vec<_>>().into_iter().rev() {
        out.insert(range.end, '⟧');
        out.insert(range.start, '⟦');
    }
    out
}

fn marked(text: &str, syntax: Syntax) -> String {
    marked_in(text, syntax, &Scope::new())
}

/// The parts that are open, one behind the other.
fn open(text: &str, syntax: Syntax, scope: &Scope) -> Vec<String> {
    let regions = Regions::find(text, syntax, scope);
    let parts = regions
        .open
        .iter()
        .map(|(range, _)| text[range.clone()].to_owned());
    parts.collect()
}

fn code(extension: &str) -> Syntax {
    Syntax::of_path(format!("a.{extension}").as_ref())
}

#[test]
fn urls_are_protected_in_plain_text() {
    let cases = [
        ("見https://a.b/臺灣，謝謝", "見⟦https://a.b/臺灣⟧，謝謝"),
        ("見http://a.b/c這是", "見⟦http://a.b/c⟧這是"),
        ("http://a.b?q=國&r=%E4 國", "⟦http://a.b?q=國&r=%E4⟧ 國"),
        ("<br />國://", "<br />國://"),
    ];
    for (text, expected) in cases {
        assert_eq!(marked(text, Syntax::Plain), expected);
    }
}

#[test]
fn only_the_text_of_markdown_is_open() {
    let cases = [
        ("# 題 `國`\n", "⟦# ⟧題 ⟦`國`\n⟧"),
        ("[連](http://x/國 \"題\")", "⟦[⟧連⟦](http://x/國 \"題\")⟧"),
        (
            "[連][國]\n\n[國]: /國 \"題\"",
            "⟦[⟧連⟦][國]\n\n[國]: /國 \"題\"⟧",
        ),
        (
            "[國] [國][] ![國]\n\n[國]: /國",
            "⟦[國]⟧ ⟦[國][]⟧ ⟦![國]\n\n[國]: /國⟧",
        ),
        ("[國] ![圖](國)", "[國] ⟦![⟧圖⟦](國)⟧"),
        ("---\ntitle: 國\n---\n文", "⟦---\ntitle: 國\n---\n⟧文"),
        ("文\n\n    國\n", "文⟦\n\n    國\n⟧"),
        ("```\n國\n```\n", "⟦```\n國\n```\n⟧"),
        ("```國\n國", "⟦```國\n國⟧"),
        ("<div title=國>\n文</div>", "⟦<div title=⟧國⟦>⟧\n文⟦</div>⟧"),
        (
            "文<img alt=\"圖\" src=\"國\">",
            "文⟦<img alt=\"⟧圖⟦\" src=\"國\">⟧",
        ),
        ("文 <http://c/國>", "文 ⟦<http://c/國>⟧"),
    ];
    for (text, expected) in cases {
        assert_eq!(marked(text, Syntax::Markdown), expected);
    }
}

#[test]
fn only_values_of_front_matter_are_opened() {
    let cases = [
        ("title: 國", "title: ⟧國⟦"),
        ("標題: 國 # 註", "標題: ⟧國⟦ # 註"),
        ("title: \"國\\n\\\"文\"", "title: \"⟧國⟦\\n\\\"⟧文⟦\""),
        ("title: '國''文' # 註", "title: '⟧國''文⟦' # 註"),
        ("title: \"國\n  文\"\nb: 國", "title: \"國\n  文\"\nb: ⟧國⟦"),
        ("tags:\n  - 國\n  - a: 文", "tags:\n  - ⟧國⟦\n  - a: ⟧文⟦"),
        ("tags: [國, 文]", "tags: [國, 文]"),
        ("a: &國 文\nb: *國", "a: &國 文\nb: *國"),
        (
            "a: |\n  國\n\n  文\nb: 文",
            "a: |\n  ⟧國⟦\n\n  ⟧文⟦\nb: ⟧文⟦",
        ),
        ("\"國\": 文", "\"國\": 文"),
        ("# 註", "# 註"),
        (
            "slug: 國\nurl:\n- 國\n  文\nb: 文",
            "slug: 國\nurl:\n- 國\n  文\nb: ⟧文⟦",
        ),
        ("a:\n- id: 國\n- b: 文", "a:\n- id: 國\n- b: ⟧文⟦"),
    ];
    let scope = Scope::new().front_matter(true);
    for (yaml, expected) in cases {
        let text = format!("---\n{yaml}\n---\n");
        let expected = format!("⟦---\n{expected}\n---\n⟧");
        assert_eq!(marked_in(&text, Syntax::Markdown, &scope), expected);
    }
    let toml = "+++\ntitle = \"國\"\nb = '文' # 註\nc = 3\nd = [\"國\"]\n+++\n";
    let expected = "⟦+++\ntitle = \"⟧國⟦\"\nb = '⟧文⟦' # 註\nc = 3\nd = [\"國\"]\n+++\n⟧";
    assert_eq!(marked_in(toml, Syntax::Markdown, &scope), expected);
}

#[test]
fn only_the_text_of_html_is_open() {
    let cases = [
        ("<p class=國>文</p>", "⟦<p class=國>⟧文⟦</p>⟧"),
        ("<p title=國 id=\"國\">", "⟦<p title=⟧國⟦ id=\"國\">⟧"),
        (
            "<IMG\n ALT = '國>' src=國/>",
            "⟦<IMG\n ALT = '⟧國>⟦' src=國/>⟧",
        ),
        (
            "<meta name=Description content=\"國\">",
            "⟦<meta name=Description content=\"⟧國⟦\">⟧",
        ),
        (
            "<meta content='國' property='og:title'>",
            "⟦<meta content='⟧國⟦' property='og:title'>⟧",
        ),
        (
            "<meta name=robots content=國>",
            "⟦<meta name=robots content=國>⟧",
        ),
        ("<title>國</title>", "⟦<title>⟧國⟦</title>⟧"),
        ("<script>'國<p>'</script>文", "⟦<script>'國<p>'</script>⟧文"),
        (
            "<code title=國>國<b>國</b></code>文",
            "⟦<code title=⟧國⟦>國<b>國</b></code>⟧文",
        ),
        (
            "<pre><i title=國>國</i></pre>",
            "⟦<pre><i title=國>國</i></pre>⟧",
        ),
        (
            "<!-- 國 -->文<style>國</style>",
            "⟦<!-- 國 -->⟧文⟦<style>國</style>⟧",
        ),
        ("文 < 國 <p class='國", "文 < 國 ⟦<p class='國⟧"),
        ("<p title='國", "⟦<p title='國⟧"),
        ("<p title==國 title=文>", "⟦<p title=⟧=國⟦ title=⟧文⟦>⟧"),
        ("<p\u{3000}title=國>", "⟦<p\u{3000}title=國>⟧"),
    ];
    for (text, expected) in cases {
        assert_eq!(marked(text, Syntax::Html), expected);
    }
}

#[test]
fn only_what_is_said_in_subtitles_is_open() {
    let srt = "1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n<i>國</i> {\\an8}文\r\n\r\n第二段\r\n2\r\n\r\n3\r\n00:00:03,000 --> 00:00:04,000\r\n2 < 3\r\n";
    assert_eq!(
        marked(srt, Syntax::SubRip),
        "⟦1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n<i>⟧國⟦</i>⟧ ⟦{\\an8}⟧文⟦\r\n\r\n⟧第二段⟦\r\n⟧2⟦\r\n\r\n3\r\n00:00:03,000 --> 00:00:04,000\r\n⟧2 < 3⟦\r\n⟧"
    );
    let vtt = "WEBVTT 國\n\nSTYLE\n::cue{國}\n\nNOTE 國\n國\n\n國\n00:01.000 --> 00:02.000 line:0\n<v 國>文</v>&lt;\n文\n\n國\n";
    assert_eq!(
        marked(vtt, Syntax::WebVtt),
        "⟦WEBVTT 國\n\nSTYLE\n::cue{國}\n\nNOTE 國\n國\n\n國\n00:01.000 --> 00:02.000 line:0\n<v 國>⟧文⟦</v>&lt;\n⟧文⟦\n\n國\n⟧"
    );
    let ass = "[Script Info]\nTitle: 國\n[Events]\nFormat: Layer, Start, End, Text\nDialogue: 0,0:00:01.00,0:00:02.00,{\\pos(1,2)}國,\\N文{\\p1}m 0 國{\\p0}文\nComment: 0,0:00:01.00,0:00:02.00,國\n";
    assert_eq!(open(ass, Syntax::Ass, &Scope::new()), ["國,", "文", "文"]);
}

#[test]
fn only_named_fields_of_json_are_open() {
    let cases: [(&str, &[&str], &[&str]); 14] = [
        (r#"{"a":"國","b":"文"}"#, &["b"], &["文"]),
        (r#"{"a":{"b":"國"},"b":"文"}"#, &["b"], &["國", "文"]),
        (r#"{"a":{"b":"國"},"b":"文"}"#, &["a.b"], &["國"]),
        (
            r#"{"a":[{"b":"國"},[{"b":"文"}]]}"#,
            &["a.b"],
            &["國", "文"],
        ),
        (r#"{"a":{"x":{"b":"國"},"b":"文"}}"#, &["a.*.b"], &["國"]),
        (r#"{"b":["國",{"c":"文"},3,null]}"#, &["b"], &["國"]),
        (r#"{"b":"國\n文\u4e2d\"文\\"}"#, &["b"], &["國", "文", "文"]),
        (r#"{"\u6587":"國","文":"文"}"#, &["文"], &["國", "文"]),
        (r#"{"a.b":"國"}"#, &[r"a\.b"], &["國"]),
        ("{\"b\":\"國\"}\n{\"b\":\"文\"}", &["b"], &["國", "文"]),
        (r#"{"b":"國","b":"文""#, &["b"], &["國", "文"]),
        (r#"{"b":"國",b:"文"}"#, &["b"], &["國"]),
        (r#"{"b":"國","c":"\x","b":"文"}"#, &["b"], &["國"]),
        (r#"{"b":"國","b":"文"#, &["b"], &["國"]),
    ];
    for (text, fields, expected) in cases {
        let scope = fields
            .iter()
            .fold(Scope::new(), |scope, field| scope.field(field));
        assert_eq!(open(text, Syntax::Json, &scope), expected, "{text}");
    }
    let scope = Scope::new().field("b");
    let urls = r#"{"b":"見https:\/\/a.b\/國\/c?d=國，國"}"#;
    let expected = r#"⟦{"b":"⟧見⟦https:\/\/a.b\/國\/c?d=國⟧，國⟦"}⟧"#;
    assert_eq!(marked_in(urls, Syntax::Json, &scope), expected);
    let lines = "{\"b\":\"國\"]\n{\"b\":\"文\"}\n國\n{\"b\":\"文\n{\"b\":\"國\"}";
    assert_eq!(open(lines, Syntax::JsonLines, &scope), ["國", "文", "國"]);
}

#[test]
fn only_named_columns_of_csv_are_open() {
    let cases: [(&str, &[&str], &[&str]); 12] = [
        ("題,文\n國,文\n國,字\n", &["文"], &["文", "字"]),
        ("題,文\r\n國,文\r\n\r\n國,字", &["2"], &["文", "字"]),
        ("題;文\n國;a,b\n", &["文"], &["a,b"]),
        ("題,2\n國,文\n", &["2"], &["文"]),
        (
            "\"題\",\" 文\"\n\"國\",\"a \"\"b\"\",\nc\"\n",
            &["文"],
            &["a ", "b", ",\nc"],
        ),
        ("題,文\n國\n國,文,字\n", &["文"], &["文"]),
        ("題\n\"國\"x\n\"國\n", &["題"], &[]),
        ("題\n國 \"x\"\n", &["題"], &["國 \"x\""]),
        ("題\n國\n", &["題", "題", "9", "0"], &["國"]),
        ("題\n國\n", &["99999999999999999999", "-1"], &[]),
        ("\n\n題,文\n\n國,文\n", &["題"], &["國"]),
        ("", &["題"], &[]),
    ];
    let scope = |columns: &[&str]| {
        columns
            .iter()
            .fold(Scope::new(), |scope, &c| scope.column(c))
    };
    for (text, columns, expected) in cases {
        assert_eq!(open(text, Syntax::Csv, &scope(columns)), expected, "{text}");
    }
    let tsv = "題\t文\n\"國\t文\n";
    assert_eq!(open(tsv, Syntax::Tsv, &scope(&["題"])), ["\"國"]);
    let headless = scope(&["1"]).headless(true);
    assert_eq!(open("國,文\n字,文\n", Syntax::Csv, &headless), ["國", "字"]);
}

#[test]
fn only_comments_of_code_are_open() {
    let cases: [(&str, &str, &[&str]); 39] = [
        ("rs", "let a = \"// 國\"; // 文", &[" 文"]),
        (
            "rs",
            "r#\"\" // 國\"#; 'a'; '\"'; &'a /* 文 /* 字 */ 文 */ \"國\"",
            &[" 文 /* 字 */ 文 "],
        ),
        ("rs", "#![allow(x)] // 文", &[" 文"]),
        ("rs", "for r in b\"//國\" {}", &[]),
        ("rs", "\"國\n// 國\"", &[]),
        (
            "c",
            "char c = '\"'; // 文\nchar *s = \"\\\"// 國\"; /* 文 */",
            &[" 文", " 文 "],
        ),
        ("c", "/* 國", &[]),
        ("cpp", "R\"x()\" // 國)x\" // 文", &[" 文"]),
        ("cpp", "int n = 1'000'000; // 文", &[" 文"]),
        ("java", "\"\"\"\n// 國 \"\n\"\"\"; // 文", &[" 文"]),
        (
            "js",
            "`// 國 ${a ? `// 國` : {b: '}'} /* 文 */} // 國` // 文",
            &[" 文 ", " 文"],
        ),
        (
            "js",
            "a = /[\"/]\\/\\/ 國/; b = a / c; // 文\n'https://國'",
            &[" 文"],
        ),
        ("js", "#!/usr/bin/node // 國\n// 文", &[" 文"]),
        ("go", "s := `\n// 國`; // 文", &[" 文"]),
        ("cs", "@\"\\\" + \"// 國\"; // 文", &[" 文"]),
        ("kt", "\"${ \"// 國\" } // 國\" // 文", &[" 文"]),
        ("swift", "\"\\(f(\"// 國\")) // 國\" // 文", &[" 文"]),
        (
            "php",
            "don't // 國 <?php $a = '// 國'; # 文 ?> 國 # 國 <?= 1 // 文",
            &[" 文 ", " 文"],
        ),
        ("php", "<?php #[國]\n// 文", &[" 文"]),
        ("css", "a { b: url(http://國) /* 文 */ }", &[" 文 "]),
        ("sql", "SELECT '-- 國''', $x$ -- 國 $x$ -- 文", &[" 文"]),
        (
            "lua",
            "s = [=[ -- 國 ]] ]=] --[[ 文 ]] -- 文",
            &[" 文 ", " 文"],
        ),
        (
            "hs",
            "a --> b '\"' foldl' {- 文 {- 字 -} -} -- 文",
            &[" 文 {- 字 -} ", " 文"],
        ),
        (
            "py",
            "a = '''# 國\n# 國''' # 文\nb = \"#國\"\n\"\"\"國\"\"\"",
            &[" 文"],
        ),
        ("py", "a = 'it\n# 文", &[" 文"]),
        (
            "rb",
            "a = \"#{b \"# 國\"} # 國\" # 文\n=begin\n文\n=end\n",
            &[" 文", "\n文\n"],
        ),
        ("rb", "a = <<~EOS\n # 國\n EOS\n# 文", &[" 文"]),
        (
            "pl",
            "$#a; $x =~ /'# 國/; # 文\n=pod\n\n文\n\n=cut\n",
            &[" 文", "\n\n文\n\n"],
        ),
        (
            "sh",
            "echo ${#a} a#國 \"$(b \"# 國\") # 國\" # 文",
            &[" 文"],
        ),
        (
            "sh",
            "cat << EOF\n# 國\nEOF\n# 文\necho \\' # 文",
            &[" 文", " 文"],
        ),
        ("sh", "awk '\n# 國\n'; # 文", &[" 文"]),
        (
            "yaml",
            "a: it's # 文\nb: '# 國'\nc: |\n  # 國\n\n   # 國\nd: a#國 # 文",
            &[" 文", " 文"],
        ),
        ("yaml", "- >-  # 國\n  # 國\n# 文", &[" 文"]),
        ("toml", "a = \"# 國\" # 文\nb = '''\n# 國'''", &[" 文"]),
        ("ini", "a = it's ; 文\n; 文", &[" 文", " 文"]),
        ("lisp", "#\\\" ; 文\n\"; 國\" #| 文 |#", &[" 文", " 文 "]),
        ("clj", "\\\" ; 文", &[" 文"]),
        (
            "xml",
            "<a b=\"國\">it's<![CDATA[<!-- 國 -->]]><!-- 文 --></a>",
            &[" 文 "],
        ),
        ("ps1", "<# 文 #> \"`# 國\" # 文", &[" 文 ", " 文"]),
    ];
    let scope = Scope::new().comments(true);
    for (extension, text, expected) in cases {
        assert_eq!(open(text, code(extension), &scope), expected, "{text}");
    }
}

#[test]
fn what_is_closed_says_why() {
    let field = Scope::new().field("b");
    let column = Scope::new().column("b");
    let comments = Scope::new().comments(true);
    let cases = [
        ("國", Syntax::Plain, Scope::new(), None),
        (
            "# zhengben: off-file",
            Syntax::Plain,
            Scope::new(),
            Some(Closed::SwitchedOff),
        ),
        (
            "# zhengben: off-file gloss",
            Syntax::Plain,
            Scope::new(),
            None,
        ),
        ("", Syntax::Json, Scope::new(), None),
        ("{}", Syntax::Json, Scope::new(), Some(Closed::NoFields)),
        (
            "{}",
            Syntax::JsonLines,
            field.clone(),
            Some(Closed::FieldsNotFound),
        ),
        ("{\"b\":\"國\"}", Syntax::Json, field, None),
        ("a,b", Syntax::Csv, Scope::new(), Some(Closed::NoColumns)),
        (
            "a,c\n1,2",
            Syntax::Csv,
            column,
            Some(Closed::ColumnsNotFound),
        ),
        ("// 國", code("rs"), Scope::new(), Some(Closed::CommentsOff)),
        ("// 國", code("rs"), comments.clone(), None),
        ("a()", code("rs"), comments, Some(Closed::NoProse)),
        ("`a`", Syntax::Markdown, Scope::new(), Some(Closed::NoProse)),
    ];
    for (text, syntax, scope, expected) in cases {
        assert_eq!(
            Regions::find(text, syntax, &scope).reason(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn the_stages_see_structure_as_line_breaks() {
    let masked = |text: &str, syntax, scope: &Scope| {
        let regions = Regions::find(text, syntax, scope);
        let masked = regions.masked(text, syntax).expect("it is data");
        assert_eq!(masked.len(), text.len());
        masked
            .split('\n')
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let scope = Scope::new().field("a").column("a").comments(true);
    let json = r#"{"a":"國\"文\u56fd\t\\字","b":"國","a":"國\n文\r\n\"字"}"#;
    assert_eq!(
        masked(json, Syntax::Json, &scope),
        [r#"國\"文\u56fd\t\\字"#, "國", "文", "字"]
    );
    let csv = "a,b\n\"國\"\"文\",國\n文,";
    assert_eq!(masked(csv, Syntax::Csv, &scope), ["國\"\"文", "文"]);
    let srt = "1\n0:0 --> 0:1\n國<i>文\n文";
    assert_eq!(masked(srt, Syntax::SubRip, &scope), ["國<i>文", "文"]);
    let ass = "[Events]\nDialogue: 0,0,0,0,0,0,0,0,0,國{\\b1}文\\N字";
    assert_eq!(masked(ass, Syntax::Ass, &scope), ["國{\\b1}文", "字"]);
    assert_eq!(
        masked("int a; // 國\n// 文", code("c"), &scope),
        [" 國", " 文"]
    );
    let html = "<p>國<b>文</b><!-- 國 --></p><a title=國 href=國>文<br>字</a>文<IMG alt=文>字";
    let lines = ["國<b>文", "國", "文", "字</a>文", "文", "字"];
    assert_eq!(masked(html, Syntax::Html, &scope), lines);
    let markdown = Regions::find("# 國", Syntax::Markdown, &scope);
    assert_eq!(markdown.masked("# 國", Syntax::Markdown), None);
}
