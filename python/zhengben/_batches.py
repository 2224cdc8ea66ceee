"""What every engine does to a batch of documents: a table comes in, and leaves with its
texts restored, the columns that were asked for, and the counts of what was done."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from zhengben._errors import ConfigError, DecodeError
from zhengben._outputs import Errors, Output, Outputs
from zhengben._zhengben import Cleaner

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise ImportError(
        "the engines hand documents over as Arrow data: pip install pyarrow"
    ) from error

__all__ = ["Cleaning", "Metrics"]


@dataclass
class Metrics:
    """What was done to documents, counted. Counts of several batches are added."""

    documents: int = 0
    """Documents that there were; nulls are none."""
    changed: int = 0
    """Documents of which the text was changed."""
    failed: int = 0
    """Documents whose bytes cannot be read."""
    skipped: int = 0
    """Documents that stay as they are because `skip` names them."""
    edits: int = 0
    """Edits made."""
    rules: dict[str, int] = field(default_factory=dict)
    """Edits by rule; one that several rules touched counts for each of them."""

    def __add__(self, other: "Metrics") -> "Metrics":
        rules = dict(self.rules)
        for rule, edits in other.rules.items():
            rules[rule] = rules.get(rule, 0) + edits
        return Metrics(
            self.documents + other.documents,
            self.changed + other.changed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.edits + other.edits,
            dict(sorted(rules.items())),
        )

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it; `Metrics(**metrics.to_dict())` gives it back."""
        return asdict(self)


@dataclass(frozen=True)
class Cleaning:
    """How the documents of tables are cleaned: settings only, so that it travels."""

    cleaner: Cleaner
    column: str
    outputs: tuple[tuple[Output, str], ...]
    """Each output with the name of its column."""
    errors: Errors
    id_column: str | None
    skip: frozenset[str]

    @classmethod
    def of(
        cls,
        *,
        column: str = "text",
        outputs: Outputs = ("text",),
        cleaner: Cleaner | None = None,
        errors: Errors = "raise",
        id_column: str | None = None,
        skip: Iterable[Any] = (),
    ) -> "Cleaning":
        """The cleaning that an engine's arguments ask for."""
        if isinstance(outputs, Mapping):
            names = tuple(outputs.items())
        else:
            names = tuple((name, column if name == "text" else name) for name in outputs)
        if len({name for _, name in names}) < len(names):
            raise ConfigError(f"two outputs have the same column: {names}")
        skip = frozenset(map(str, skip))
        if skip and id_column is None:
            raise ConfigError("documents to skip are known by their id: name its id_column")
        return cls(cleaner or Cleaner(), column, names, errors, id_column, skip)

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """The schema of the cleaned tables of tables of a schema; fails if they are not
        fit, before any work is done."""
        return self.clean(schema.empty_table())[0].schema

    def clean(self, table: pa.Table) -> tuple[pa.Table, Metrics]:
        """The cleaned table, and what was done to it."""
        self._check(table.schema)
        given = table.column(self.column)
        skipped = self._skipped(table)
        asked = [name for name, _ in self.outputs]
        counted: list[Output] = ["text", "changed", "edits", "error"]
        names = list(dict.fromkeys([*asked, *counted]))
        documents = given
        if skipped is not None:
            documents = pc.if_else(skipped, pa.scalar(None, given.type), given)
        try:
            rows = pa.chunked_array(
                self.cleaner.clean_arrow(documents, outputs=names, errors=self.errors)
            )
        except DecodeError as error:
            raise self._with_id(table, documents, error) from error
        columns = dict(zip(names, rows.flatten(), strict=True))
        metrics = _counted(given, columns, skipped)
        # Bytes cannot stay among texts.
        if skipped is not None and columns["text"].type == given.type:
            columns["text"] = pc.if_else(skipped, given, columns["text"])
        for output, name in self.outputs:
            if name in table.column_names:
                place = table.column_names.index(name)
                table = table.set_column(place, name, columns[output])
            else:
                table = table.append_column(name, columns[output])
        return table, metrics

    def skips(self, table: pa.Table) -> list[str]:
        """The ids of a table's documents that stay as they are."""
        skipped = self._skipped(table)
        if skipped is None:
            return []
        return [
            str(id_) for id_ in table.column(self.id_column).filter(skipped).to_pylist()
        ]

    def document(self, table: pa.Table, row: int) -> str:
        """How a document is called: by its id, or by its row."""
        if self.id_column is None:
            return f"in row {row} of a batch"
        return repr(table.column(self.id_column)[row].as_py())

    def _check(self, schema: pa.Schema) -> None:
        for name in filter(None, (self.column, self.id_column)):
            if name not in schema.names:
                raise ConfigError(f"there is no column {name!r}, only {schema.names}")
        for output, name in self.outputs:
            if name in schema.names and (output, name) != ("text", self.column):
                raise ConfigError(
                    f"there is a column {name!r} already: give the output another name, "
                    f"outputs={{{output!r}: …}}"
                )

    def _skipped(self, table: pa.Table) -> pa.ChunkedArray | None:
        """Which rows are left alone; None if all are cleaned, as nearly always."""
        if not self.skip:
            return None
        ids = pc.cast(table.column(self.id_column), pa.string())
        skipped = pc.is_in(ids, pa.array(sorted(self.skip), pa.string()))
        return skipped if pc.any(skipped).as_py() else None

    def _with_id(
        self, table: pa.Table, documents: pa.ChunkedArray, error: DecodeError
    ) -> DecodeError:
        """The error, which knows a row, with the document's id."""
        messages = self.cleaner.clean_arrow(documents, outputs=["error"], errors="null")
        wrong = pc.is_valid(pa.chunked_array(messages).flatten()[0])
        row = pc.index(wrong, True).as_py()
        return DecodeError(f"document {self.document(table, row)}: {error}")


def _counted(
    given: pa.ChunkedArray, columns: Mapping[str, Any], skipped: pa.ChunkedArray | None
) -> Metrics:
    edits = pc.list_flatten(columns["edits"])
    rules = pc.value_counts(pc.list_flatten(pc.struct_field(edits, "rules")))
    counts = {count["values"]: count["counts"] for count in rules.to_pylist()}
    return Metrics(
        documents=len(given) - given.null_count,
        changed=pc.sum(columns["changed"]).as_py() or 0,
        failed=len(given) - columns["error"].null_count,
        skipped=0 if skipped is None else pc.sum(skipped).as_py() or 0,
        edits=len(edits),
        rules=dict(sorted(counts.items())),
    )
