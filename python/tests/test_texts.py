"""Strings, bytes, and strings that carry bytes."""

import io
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
import zhengben
from conftest import GARBLED, RESTORED
from zhengben import (
    Cleaner,
    DecodeError,
    Edit,
    EncodeError,
    PlanError,
    ZhengbenError,
    apply_plan,
    fix_and_explain,
    fix_encoding,
    fix_file,
    fix_text,
    guess_bytes,
)

NOTICE = "𠮷😀本網(wǎng)站轉(zhuǎn)載的文章,咱們會(huì)盡或許注明來(lái)歷"


def test_text_without_changes_is_the_same_object() -> None:
    for text in ["", "plain", "没有问题", "café", "😀没有问题"]:
        assert fix_text(text) is text
        assert fix_encoding(text) is text
        assert Cleaner(script="tw2s").fix_text(text) is text
        assert Cleaner().clean(text).source is text or text == ""


def test_places_are_those_of_the_string() -> None:
    """Also behind characters that UTF-16 and UTF-8 count otherwise."""
    text, plan = fix_and_explain(NOTICE)
    assert text == "𠮷😀本网站转载的文章,我们会尽可能注明来源"
    for edit in plan:
        assert NOTICE[edit.start : edit.end] == edit.original
    assert [edit.start for edit in plan] == sorted(edit.start for edit in plan)
    assert apply_plan(NOTICE, plan) == text
    assert apply_plan(NOTICE, reversed(plan)) == text
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_plan_of_another_text() -> None:
    _, plan = fix_and_explain(NOTICE)
    for text, edits in [
        (GARBLED, plan),
        ("", plan),
        (NOTICE, [plan[0], plan[0]]),
        ("漢語", [Edit(-2, -1, "漢", "汉", ("script",), "safe", "")]),
    ]:
        with pytest.raises(PlanError):
            apply_plan(text, edits)


def test_rules_and_reasons() -> None:
    edit = fix_and_explain(GARBLED).explanation[0]
    assert edit.rules == ("gloss", "script-character", "wording-context")
    assert edit.safety == "safe"
    assert "document spun by family A" in edit.reason
    (chinese,) = Cleaner(lang="zh").clean("漢字。<br />\n没有").edits[1:]
    assert chinese.reason == "纯文本行末残留的换行标签"


def test_bytes() -> None:
    cleaner = Cleaner()
    gbk = GARBLED.encode("gbk")
    cleaned = cleaner.clean(gbk)
    assert (cleaned.text, cleaned.encoding) == (RESTORED, "GBK")
    assert cleaned.source == GARBLED
    assert apply_plan(cleaned.source, cleaned.edits) == cleaned.text
    assert cleaned.to_bytes() == RESTORED.encode("gbk")
    assert cleaned.to_bytes("utf-8") == RESTORED.encode()
    assert cleaner.clean(bytearray(gbk)).text == RESTORED
    # It lives on without what it was made from.
    del gbk
    assert cleaned.source == GARBLED
    assert cleaner.clean(GARBLED).encoding is None
    with pytest.raises(EncodeError):
        Cleaner(encoding="gb18030").clean("漢😀".encode("gb18030")).to_bytes("gbk")


def test_damaged_bytes_are_kept_on_request() -> None:
    page = b"\xbb\xfa\xc6\xf7\xff\xd1\xa7\xcf\xb0\xd3\xc3\xd3\xda\xb9\xa4\xb3\xcc"
    with pytest.raises(DecodeError, match="byte 4"):
        Cleaner(encoding="gbk").clean(page)
    cleaned = Cleaner(encoding="gbk", damaged=True).clean(page)
    assert cleaned.source == "机器\ufffd学习用于工程"
    assert cleaned.to_bytes() == page


def test_guess_bytes() -> None:
    for codec, name in [("utf-8", "UTF-8"), ("gbk", "GBK"), ("big5", "Big5")]:
        text = "程式的設計與資料的處理方法"
        assert guess_bytes(text.encode(codec)) == (text, name)
    with pytest.raises(DecodeError, match="windows-1251"):
        guess_bytes("Съешь же ещё этих мягких французских булок".encode("cp1251"))


def test_surrogates_that_carry_bytes() -> None:
    text = "程序设计的方法，數據的處理。"
    carrier = text.encode("gbk").decode(errors="surrogateescape")
    assert fix_text(carrier) == "程序设计的方法，数据的处理。"
    assert fix_encoding(carrier) == text
    fixed, plan = fix_and_explain(carrier)
    assert fixed == "程序设计的方法，数据的处理。"
    assert apply_plan(carrier, plan) == fixed
    cleaned = Cleaner().clean(carrier)
    assert (cleaned.source, cleaned.encoding) == (text, "GBK")


def test_other_lone_surrogates_are_an_error() -> None:
    for text in ["漢\ud83d語", "\udfff", "程\udc80\ud800"]:
        for function in (fix_text, fix_encoding, fix_and_explain, Cleaner().clean):
            with pytest.raises(DecodeError, match="carries no byte"):
                function(text)
        with pytest.raises(DecodeError):
            apply_plan(text, [])


def test_files() -> None:
    lines = ["第一行沒有問題\r\n", "\n", "第三行\x0b\u2028也是"]
    restored = ["第一行没有问题\r\n", "\n", "第三行\x0b\u2028也是"]
    assert list(fix_file(lines)) == restored
    assert list(fix_file(io.StringIO("".join(lines), newline=""))) == restored
    assert list(fix_file(io.BytesIO("".join(lines).encode("gb18030")))) == restored
    assert list(fix_file([])) == []
    assert list(fix_file([""])) == []


def test_a_file_is_judged_as_a_whole() -> None:
    """The last line alone does not show that a spinner was at work."""
    line = "咱们会尽或许注明来历\n"
    assert next(fix_file([line, "岗位的职责\n"])) == "我们会尽可能注明来源\n"


def test_wrong_types() -> None:
    for wrong in [None, 1, b"bytes", ["漢"]]:
        with pytest.raises(TypeError):
            fix_text(wrong)
    with pytest.raises(TypeError, match="str or bytes"):
        Cleaner().clean(1)
    with pytest.raises(TypeError):
        guess_bytes("text")


def test_exceptions_have_one_base() -> None:
    for error in [
        DecodeError,
        EncodeError,
        PlanError,
        zhengben.ConfigError,
        zhengben.ArrowError,
    ]:
        assert issubclass(error, ZhengbenError)
        assert issubclass(error, ValueError)


def test_threads_share_a_cleaner() -> None:
    cleaner = Cleaner()
    texts = [f"{number}：{GARBLED}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cleaner.fix_text, texts)) == [
            f"{number}：{RESTORED}" for number in range(200)
        ]


def test_other_threads_go_on_meanwhile() -> None:
    """A thread that cleans a long text does not hold the others up."""
    import sys
    import threading

    text = GARBLED * 20_000
    began, done = threading.Event(), threading.Event()

    def clean() -> None:
        began.set()
        fix_text(text)
        done.set()

    thread = threading.Thread(target=clean)
    interval = sys.getswitchinterval()
    thread.start()
    began.wait()
    ticks = 0
    while not done.wait(interval):
        ticks += 1
    thread.join()
    assert ticks > 3
