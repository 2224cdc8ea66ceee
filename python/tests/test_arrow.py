"""Arrow columns and tables, of whoever has them."""

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import zhengben
from conftest import GARBLED, RESTORED
from zhengben import ArrowError, Cleaner, DecodeError, fix_text_arrow

ROWS = [
    "没有问题",
    None,
    GARBLED,
    "漢語",
    "",
    "abc",
    "短",
    None,
    "這是一個比十二字節更長的句子",
]
FIXED = [
    "没有问题",
    None,
    RESTORED,
    "汉语",
    "",
    "abc",
    "短",
    None,
    "这是一个比十二字节更长的句子",
]
TEXT = [pa.string(), pa.large_string(), pa.string_view()]
BYTES = [pa.binary(), pa.large_binary(), pa.binary_view()]


def back(column: zhengben.ArrowColumn) -> pa.Array:
    array = pa.array(column)
    array.validate(full=True)
    return array


@pytest.mark.parametrize("kind", TEXT, ids=str)
def test_strings_stay_of_their_type(kind: pa.DataType) -> None:
    rows = pa.array(ROWS, kind)
    for begin in range(len(ROWS) + 1):
        for end in range(begin, len(ROWS) + 1):
            fixed = back(fix_text_arrow(rows[begin:end]))
            assert fixed.type == kind
            assert fixed.to_pylist() == FIXED[begin:end]


@pytest.mark.parametrize(("kind", "text"), list(zip(BYTES, TEXT, strict=True)), ids=str)
def test_bytes_are_decoded(kind: pa.DataType, text: pa.DataType) -> None:
    pages = [None, *(page.encode("gbk") for page in (GARBLED, "没有问题，程序设计")), b""]
    fixed = back(fix_text_arrow(pa.array(pages, kind)))
    assert fixed.type == text
    assert fixed.to_pylist() == [None, RESTORED, "没有问题，程序设计", ""]
    assert back(fix_text_arrow(pa.array([None, None], kind))).to_pylist() == [None, None]
    with pytest.raises(DecodeError, match=r"^row 3: "):
        fix_text_arrow(pa.chunked_array([pages[:3], [b"\xff\x00\xff"]], kind))


@pytest.mark.parametrize("kind", TEXT, ids=str)
def test_what_is_not_changed_is_not_copied(kind: pa.DataType) -> None:
    rows = pa.array(["没有问题", None, "这也没有问题，一个字也不改"] * 100, kind)
    assert addresses(back(fix_text_arrow(rows))) == addresses(rows)
    # Of a part the offsets or views begin with it.
    part = rows[10:200]
    assert addresses(back(fix_text_arrow(part)))[1:] == addresses(part)[1:]


def addresses(array: pa.Array) -> list[int]:
    """Of all but the bits that say what is null, which may be moved to their beginning."""
    return [buffer.address for buffer in array.buffers()[1:]]


def test_views_share_what_is_not_changed() -> None:
    rows = pa.array(
        ["这也没有问题，一个字也不改", "這是一個比十二字節更長的句子"], pa.string_view()
    )
    fixed = back(fix_text_arrow(rows))
    assert fixed.to_pylist() == [
        "这也没有问题，一个字也不改",
        "这是一个比十二字节更长的句子",
    ]
    assert addresses(fixed)[1] == addresses(rows)[1]


@pytest.mark.parametrize("kind", TEXT[:2], ids=str)
def test_dictionaries_stay_dictionaries(kind: pa.DataType) -> None:
    rows = pa.array(ROWS, kind).dictionary_encode()
    fixed = back(fix_text_arrow(rows))
    assert fixed.type == rows.type
    assert fixed.to_pylist() == FIXED


def test_chunks_and_nulls() -> None:
    rows = pa.chunked_array([ROWS, [], ROWS[:2]])
    fixed = fix_text_arrow(rows)
    assert (len(fixed), fixed.num_chunks) == (11, 3)
    assert pa.chunked_array(fixed).to_pylist() == FIXED + FIXED[:2]
    assert back(fixed).to_pylist() == FIXED + FIXED[:2]
    empty = fix_text_arrow(pa.chunked_array([], pa.large_string()))
    assert back(empty) == pa.array([], pa.large_string())
    assert back(fix_text_arrow(pa.nulls(3))).to_pylist() == [None] * 3


def test_polars() -> None:
    series = pl.Series("rows", ROWS)
    assert pl.Series(fix_text_arrow(series)).to_list() == FIXED
    assert pl.Series(fix_text_arrow(pl.concat([series, series], rechunk=False))).len() == 18
    frame = pl.DataFrame({"id": range(len(ROWS)), "text": ROWS})
    fixed = pl.DataFrame(fix_text_arrow(frame, fields=["text"]))
    assert fixed.equals(frame.with_columns(text=pl.Series(FIXED)))
    categories = pl.Series(["漢語", "没有", "漢語"], dtype=pl.Categorical)
    assert pl.Series(fix_text_arrow(categories)).to_list() == ["汉语", "没有", "汉语"]


def test_duckdb() -> None:
    relation = duckdb.sql("select range as id, '漢語' || range as text from range(5000)")
    fixed = pa.table(fix_text_arrow(relation, fields=["text"]))
    assert fixed.column("text").to_pylist()[4999] == "汉语4999"
    again = fix_text_arrow(relation, fields=["text"])
    assert len(again) == 5000
    found = duckdb.sql("select count(*) from again where text like '汉语%'").fetchall()
    assert found == [(5000,)]


def test_tables() -> None:
    table = pa.table({"id": [1, 2], "text": ["漢", None], "other": ["漢", "漢"]})
    fixed = pa.table(fix_text_arrow(table, fields=["text"]))
    assert fixed.to_pydict() == {"id": [1, 2], "text": ["汉", None], "other": ["漢", "漢"]}
    batch = pa.record_batch(fix_text_arrow(table.to_batches()[0], fields=["text", "other"]))
    assert batch.column("other").to_pylist() == ["汉", "汉"]
    reader = fix_text_arrow(table.to_reader(), fields=["text"])
    assert pa.table(reader).num_rows == 2
    marked = pa.field("text", pa.string(), nullable=False, metadata={"a": "b"})
    schema = pa.schema([marked], metadata={"c": "d"})
    fixed = pa.table(fix_text_arrow(pa.table([["漢"]], schema=schema), fields=["text"]))
    assert fixed.schema.equals(schema, check_metadata=True)


def test_what_cannot_be_cleaned() -> None:
    table = pa.table({"text": ["漢"]})
    for data, fields in [
        (pa.array([1]), None),
        (pa.array([["漢"]]), None),
        (table, None),
        (table, ["nothing"]),
        (pa.array(["漢"]), ["text"]),
        (pa.table({"id": [1]}), ["id"]),
    ]:
        with pytest.raises(ArrowError):
            fix_text_arrow(data, fields=fields)
    for data in (["漢"], None, "漢"):
        with pytest.raises(TypeError, match="__arrow_c_array__"):
            fix_text_arrow(data)


def test_broken_columns_are_errors() -> None:
    """Those of whoever made them without looking."""
    wrong = pa.Array.from_buffers(
        pa.string(), 1, [None, offsets(0, 2), pa.py_buffer(b"\xff\xff")]
    )
    behind = pa.Array.from_buffers(
        pa.string(), 2, [None, offsets(2, 0, 2), pa.py_buffer(b"ab")]
    )
    with pytest.raises(ArrowError, match="row 0 is a string and not UTF-8"):
        fix_text_arrow(wrong)
    with pytest.raises(ArrowError):
        fix_text_arrow(behind)


def offsets(*values: int) -> pa.Buffer:
    return pa.array(values, pa.int32()).buffers()[1]


def test_producers_that_fail() -> None:
    def batches():  # noqa: ANN202
        yield pa.record_batch({"text": ["漢"]})
        raise RuntimeError("the disk is gone")

    schema = pa.schema([("text", pa.string())])
    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(ArrowError, match="the disk is gone"):
        fix_text_arrow(reader, fields=["text"])


def test_outputs() -> None:
    pages = pa.array([GARBLED.encode("gbk"), None, b"\xff\x00\xff"])
    cleaner = Cleaner()
    outputs = ["text", "changed", "edits", "suggestions", "encoding", "evidence", "error"]
    with pytest.raises(DecodeError, match=r"^row 2: "):
        cleaner.clean_arrow(pages, outputs=outputs)
    cleaned = pa.record_batch(cleaner.clean_arrow(pages, outputs=outputs, errors="null"))
    cleaned.validate(full=True)
    assert cleaned.schema.names == outputs
    first, null, broken = cleaned.to_pylist()
    whole = cleaner.clean(pages[0].as_py())
    assert first["text"] == whole.text
    assert [
        zhengben.Edit(**{**edit, "rules": tuple(edit["rules"])}) for edit in first["edits"]
    ] == (whole.edits)
    assert first["suggestions"] == []
    assert (first["changed"], first["encoding"], first["error"]) == (True, "GBK", None)
    evidence = first["evidence"]
    assert evidence["script"] == whole.evidence.script._asdict()
    assert evidence["glossing"] == whole.evidence.glossing._asdict()
    assert evidence["spinning"] == [family._asdict() for family in whole.evidence.spinning]
    assert set(null.values()) == {None}
    assert broken.pop("error").startswith("the encoding is unknown")
    assert set(broken.values()) == {None}


def test_outputs_of_strings() -> None:
    rows = pa.array(ROWS, pa.string_view())
    cleaned = Cleaner().clean_arrow(rows, outputs=["edits", "text", "encoding"])
    table = pa.table(cleaned)
    assert table.schema.names == ["edits", "text", "encoding"]
    assert table["text"].to_pylist() == FIXED
    assert table["text"].type == pa.string_view()
    assert table["encoding"].null_count == len(ROWS)
    assert pc.list_value_length(table["edits"]).to_pylist()[:2] == [0, None]
    unchanged = pa.array(["没有问题"])
    same = pa.record_batch(Cleaner().clean_arrow(unchanged)).column("text")
    assert addresses(same) == addresses(unchanged)
    assert pa.table(Cleaner().clean_arrow(pa.array([], pa.string()))).num_rows == 0


def test_outputs_that_there_are_not() -> None:
    rows = pa.array(["漢"])
    with pytest.raises(zhengben.ConfigError, match="there is no output nothing"):
        Cleaner().clean_arrow(rows, outputs=["nothing"])
    with pytest.raises(zhengben.ConfigError):
        Cleaner().clean_arrow(rows, errors="ignore")
    with pytest.raises(ArrowError, match="dictionary"):
        Cleaner().clean_arrow(rows.dictionary_encode())
