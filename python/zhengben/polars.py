"""Cleaning in Polars: expressions."""

from collections.abc import Sequence

try:
    import polars as pl
except ImportError as error:
    raise ImportError("Polars is not installed: pip install 'zhengben[polars]'") from error

from zhengben._outputs import Errors, Output
from zhengben._zhengben import Cleaner, fix_text_arrow

__all__ = ["clean", "fix_text"]


def fix_text(expression: str | pl.Expr, *, cleaner: Cleaner | None = None) -> pl.Expr:
    """The restored text of a column of strings, or of binary to decode."""
    cleaner = cleaner or Cleaner()

    def fix(texts: pl.Series) -> pl.Series:
        return pl.Series(texts.name, fix_text_arrow(texts, cleaner=cleaner))

    return _column(expression).map_batches(fix, return_dtype=pl.String, is_elementwise=True)


def clean(
    expression: str | pl.Expr,
    *,
    outputs: Sequence[Output] = ("text",),
    cleaner: Cleaner | None = None,
    errors: Errors = "raise",
) -> pl.Expr:
    """A struct of all `outputs` for each document, as `Cleaner.clean_arrow` has them;
    `.struct.unnest()` makes columns of them."""
    cleaner = cleaner or Cleaner()

    def rows(texts: pl.Series) -> pl.Series:
        cleaned = cleaner.clean_arrow(texts, outputs=outputs, errors=errors)
        return pl.Series(texts.name, cleaned)

    kind = rows(pl.Series("", [], pl.String)).dtype
    return _column(expression).map_batches(rows, return_dtype=kind, is_elementwise=True)


def _column(expression: str | pl.Expr) -> pl.Expr:
    return pl.col(expression) if isinstance(expression, str) else expression
