"""What can be asked for of each document, for type checkers."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

__all__ = ["Errors", "Output", "Outputs"]

Output: TypeAlias = Literal[
    "text", "changed", "edits", "suggestions", "encoding", "evidence", "error"
]
"""A column of `Cleaner.clean_arrow`."""

Outputs: TypeAlias = Sequence[Output] | Mapping[Output, str]
"""The columns that are asked for, with the names that they are to have in the table, if
these are others."""

Errors: TypeAlias = Literal["raise", "null"]
"""Whether bytes that cannot be read end the work, or leave nulls."""
