from collections.abc import Sequence
from os import PathLike
from typing import Any, Final, Literal, Protocol, TypeAlias, final

from zhengben._types import Edit, Evidence, Guess, Lang, Script

__all__ = [
    "ArrowColumn",
    "Cleaned",
    "Cleaner",
    "__version__",
    "data_versions",
    "fix_encoding",
    "fix_text",
    "fix_text_arrow",
    "guess_bytes",
    "run",
]

__version__: Final[str]

class _ArrowArrayExportable(Protocol):
    def __arrow_c_array__(
        self, requested_schema: object = None
    ) -> tuple[object, object]: ...

class _ArrowStreamExportable(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

_ArrowExportable: TypeAlias = _ArrowArrayExportable | _ArrowStreamExportable
_Path: TypeAlias = str | PathLike[str]
_Output: TypeAlias = Literal[
    "text", "changed", "edits", "suggestions", "encoding", "evidence", "error"
]

@final
class Cleaner:
    """What cleans documents; made once, used for any number of them, on any threads.

    Its keywords are the settings of `zhengben.toml`; what is None is as by default. Of
    those that are not: `syntax` is `plain`, and with `"auto"` found out for each document;
    `lang` is the language of reasons. Raises `ConfigError` if a setting cannot be used.
    """

    def __new__(
        cls,
        *,
        script: Script | None = None,
        exact_script: bool | None = None,
        rules: Sequence[str] | None = None,
        no_rules: Sequence[str] | None = None,
        unsafe: bool | None = None,
        keep: Sequence[str] | None = None,
        dictionaries: Sequence[_Path] | None = None,
        builtin_dictionary: bool | None = None,
        choices: _Path | None = None,
        encoding: str | None = None,
        damaged: bool | None = None,
        syntax: str | None = None,
        fields: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        headless: bool | None = None,
        front_matter: bool | None = None,
        comments: bool | None = None,
        lang: Lang = "en",
    ) -> Cleaner: ...
    @staticmethod
    def from_config(
        path: _Path | None = None, *, document: _Path | None = None, lang: Lang = "en"
    ) -> Cleaner:
        """The cleaner of a file of settings: of that one, or the one that is closest to
        `document`, else to the folder that we are in, as the command finds it."""

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that differ from the default, as keywords."""

    def fix_text(self, text: str) -> str:
        """The restored text; the very same object if nothing is changed."""

    def clean(self, document: str | bytes | bytearray) -> Cleaned:
        """Cleans a document; bytes are decoded first."""

    def clean_arrow(
        self,
        data: _ArrowExportable,
        *,
        outputs: Sequence[_Output] | None = None,
        errors: Literal["raise", "null"] = "raise",
    ) -> ArrowColumn:
        """Cleans a column of strings or bytes: a table with a column for each of
        `outputs`, in their order."""

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Cleaned:
    """A cleaned document: its text, and how it differs from what was given."""

    @property
    def text(self) -> str:
        """The restored text."""

    @property
    def source(self) -> str:
        """The text before cleaning, in which edits have their places: the string that
        was given, or what its bytes decode to."""

    @property
    def changed(self) -> bool:
        """Whether anything was changed."""

    @property
    def edits(self) -> list[Edit]:
        """The changes made: disjoint, sorted by place."""

    @property
    def suggestions(self) -> list[Edit]:
        """Changes that were not made, because they are not safe enough."""

    @property
    def encoding(self) -> str | None:
        """The encoding of the bytes that were given; None for a string."""

    @property
    def evidence(self) -> Evidence:
        """What the document showed of itself."""

    def to_bytes(self, encoding: str | None = None) -> bytes:
        """The restored document in the encoding that it was in, or another one; bytes
        outside edits are as they were."""

@final
class ArrowColumn:
    """A column of Arrow data, or a table, in one or more chunks, for anything that
    knows the Arrow PyCapsule interface."""

    def __len__(self) -> int: ...
    @property
    def num_chunks(self) -> int:
        """In how many pieces it is; as many as what it was made from."""

    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(
        self, requested_schema: object = None
    ) -> tuple[object, object]: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

def fix_text(text: str, *, cleaner: Cleaner | None = None) -> str:
    """The restored text; the very same object if nothing is changed."""

def fix_encoding(text: str) -> str:
    """The text with wrong decoding undone, and nothing else."""

def guess_bytes(data: bytes) -> Guess:
    """The text that bytes are, and the encoding that they are in."""

def data_versions() -> dict[str, str]:
    """The versions of the data that are built in, by name: each a checksum and, of what is
    not the project's own, the source with its version."""

def fix_text_arrow(
    data: _ArrowExportable,
    *,
    fields: Sequence[str] | None = None,
    cleaner: Cleaner | None = None,
) -> ArrowColumn:
    """A column of strings, or of bytes to decode, restored; nulls stay. Of a table,
    such as a record batch, a reader or a relation, `fields` names what to clean."""

def run(arguments: Sequence[str]) -> int:
    """Runs the command with these arguments, without its name; its exit code."""
