"""The functions that need no speed of their own."""

import io
from collections.abc import Iterable, Iterator

from zhengben._errors import PlanError
from zhengben._types import Edit, Explained
from zhengben._zhengben import Cleaner

__all__ = ["apply_plan", "fix_and_explain", "fix_file"]


def fix_and_explain(text: str, *, cleaner: Cleaner | None = None) -> Explained:
    """The restored text, and the edits that lead to it.

    >>> from zhengben import fix_and_explain
    >>> text, explanation = fix_and_explain("新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚")
    >>> text
    '新能源电池产业链企业快速集聚'
    >>> edit = explanation[0]
    >>> edit.start, edit.end, edit.original, edit.replacement
    (0, 9, '新動(dòng)力', '新能源')
    >>> edit.rules
    ('gloss', 'script-character', 'wording-context')
    """
    cleaned = (cleaner or Cleaner()).clean(text)
    return Explained(cleaned.text, cleaned.edits)


def apply_plan(text: str, plan: Iterable[Edit]) -> str:
    """The text with these edits made, such as those of `fix_and_explain`.

    Raises `PlanError` if they were made for another text, or overlap.

    >>> from zhengben import apply_plan, fix_and_explain
    >>> text = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚"
    >>> fixed, plan = fix_and_explain(text)
    >>> apply_plan(text, plan) == fixed
    True
    """
    text = _readable(text)
    done = 0
    parts: list[str] = []
    for edit in sorted(plan, key=lambda edit: edit.start):
        if edit.start < done or text[edit.start : edit.end] != edit.original:
            raise PlanError(
                f"{edit.original!r} is not at {edit.start}:{edit.end}: "
                "the edits are those of another text, or overlap"
            )
        parts += text[done : edit.start], edit.replacement
        done = edit.end
    return "".join([*parts, text[done:]])


def fix_file(
    file: Iterable[str] | Iterable[bytes], *, cleaner: Cleaner | None = None
) -> Iterator[str]:
    r"""The restored lines of a file, opened as text or as bytes, with their ends.

    All of the file is read first, because what is wrong with it shows in all of it.

    >>> import io
    >>> from zhengben import fix_file
    >>> page = io.BytesIO("程式設計\r\n資料結構\r\n".encode("big5"))
    >>> list(fix_file(page))
    ['程式设计\r\n', '资料结构\r\n']
    """
    lines: list[str | bytes] = list(file)
    as_bytes = [line for line in lines if isinstance(line, bytes)]
    as_text = [line for line in lines if isinstance(line, str)]
    document = b"".join(as_bytes) if as_bytes else "".join(as_text)
    cleaned = (cleaner or Cleaner()).clean(document)
    # Not splitlines(), for which lines have other ends too.
    yield from io.StringIO(cleaned.text, newline="\n")


def _readable(text: str) -> str:
    """The text in which edits have their places: without bytes in disguise."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return Cleaner().clean(text).source
    return text
