"""The functions that need no speed of their own."""

from collections.abc import Iterable, Iterator

from zhengben._errors import PlanError
from zhengben._types import Edit, Explained
from zhengben._zhengben import Cleaner, guess_bytes

__all__ = ["apply_plan", "fix_and_explain", "fix_file"]


def fix_and_explain(text: str, *, cleaner: Cleaner | None = None) -> Explained:
    """The restored text, and the edits that lead to it.

    >>> from zhengben import fix_and_explain
    >>> text, explanation = fix_and_explain("本網(wǎng)站轉(zhuǎn)載的文章,咱們會(huì)盡或許注明來(lái)歷")
    >>> text
    '本网站转载的文章,我们会尽可能注明来源'
    >>> edit = explanation[-1]
    >>> edit.start, edit.end, edit.original, edit.replacement
    (35, 41, '來(lái)歷', '来源')
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
    done, parts = 0, []
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
    """The restored lines of a file, opened as text or as bytes, with their ends.

    All of the file is read first, because what is wrong with it shows in all of it.
    """
    lines = list(file)
    cleaner = cleaner or Cleaner()
    document: str | bytes
    if lines and isinstance(lines[0], bytes):
        document = b"".join(lines)  # type: ignore[arg-type]
    else:
        document = "".join(lines)  # type: ignore[arg-type]
    yield from cleaner.clean(document).text.splitlines(keepends=True)


def _readable(text: str) -> str:
    """The text in which edits have their places: without bytes in disguise."""
    if text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text):
        return text
    return guess_bytes(text.encode(errors="surrogateescape")).text
