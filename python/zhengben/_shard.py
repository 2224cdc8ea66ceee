"""A shard: a Parquet file, or row groups of one, that becomes a file; and how it is known
that it has."""

import hashlib
import json
import os
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zhengben._batches import Cleaning, Metrics
from zhengben._errors import ConfigError
from zhengben._guard import Guard
from zhengben._zhengben import __version__

__all__ = ["Shard", "Work", "plan"]

RECORDS = "_zhengben"
"""The folder of what was done; readers of data leave out what begins with `_`."""

ROW_GROUP_BYTES = 64 << 20
"""A row group of an output ends where its input's does, or behind so much; that bounds the
memory of a worker."""


@dataclass(frozen=True)
class Shard:
    """What is cleaned into a file."""

    source: Path
    output: Path
    """The folder of the outputs."""
    name: str
    """The output's path in it."""
    groups: tuple[int, int] | None
    """The first row group and the one behind the last; None for all of the file."""

    @property
    def target(self) -> Path:
        return self.output / self.name

    @property
    def record(self) -> Path:
        return self.output / RECORDS / f"{self.name}.json"


def plan(
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    output: str | PathLike[str],
    row_groups: int | None,
) -> list[Shard]:
    """The shards of files, or of a folder's, in order."""
    output = Path(output).absolute()
    sources = list(_sources(inputs, output))
    for name, count in Counter(name for _, name in sources).items():
        if count > 1:
            raise ConfigError(
                f"{count} files would become {name}: give the folder above them"
            )
    if not row_groups:
        return [Shard(source, output, name, None) for source, name in sources]
    shards = []
    for source, name in sources:
        stem = name.removesuffix(".parquet")
        # A file without rows may have no row group, and becomes one.
        groups = max(1, pq.read_metadata(source).num_row_groups)
        for first in range(0, groups, row_groups):
            behind = min(first + row_groups, groups)
            shards.append(
                Shard(source, output, f"{stem}-{first:05}.parquet", (first, behind))
            )
    return shards


def _sources(inputs: Any, output: Path) -> Iterator[tuple[Path, str]]:
    """The files, and what the outputs are called."""
    one = isinstance(inputs, str | PathLike)
    for path in [inputs] if one else inputs:
        path = Path(path).absolute()
        if not path.is_dir():
            if not path.exists():
                raise ConfigError(f"there is no {path}")
            if path.parent == output:
                raise ConfigError(f"{path} would become itself")
            yield path, path.name
            continue
        if output.is_relative_to(path):
            raise ConfigError(f"the output {output} is among the inputs, in {path}")
        for file in sorted(path.rglob("*.parquet")):
            name = file.relative_to(path)
            if not any(part.startswith(("_", ".")) for part in name.parts):
                yield file, name.as_posix()


@dataclass(frozen=True)
class Work:
    """What is done to each shard."""

    cleaning: Cleaning
    batch_rows: int
    compression: str

    def identity(self) -> dict[str, Any]:
        """What an output depends on besides its input."""
        cleaning = self.cleaning
        settings = cleaner_settings(cleaning.cleaner)
        return {
            "version": __version__,
            "settings": settings,
            "files": {path: _digest(path) for path in _files(settings)},
            "column": cleaning.column,
            "outputs": [list(output) for output in cleaning.outputs],
            "errors": cleaning.errors,
            "compression": self.compression,
        }

    def done(self, shard: Shard, identity: dict[str, Any]) -> Metrics | None:
        """What was done when the shard was finished; None if it is not, or otherwise."""
        try:
            record = json.loads(shard.record.read_text())
            same = (
                record["identity"] == identity
                and record["input"] == _state(shard)
                and record["output"] == shard.target.stat().st_size
                and self.cleaning.skip.issuperset(record["skipped"])
            )
            return Metrics(**record["metrics"]) if same else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def do(self, shard: Shard, identity: dict[str, Any], *, guarded: bool) -> Metrics:
        """Makes a shard's file, as a whole or not at all."""
        state = _state(shard)
        # Two that are at the same shard, one of them given up for dead, are not in each
        # other's way.
        unfinished = shard.target.with_name(f".{shard.target.name}.{uuid.uuid4().hex}.tmp")
        shard.target.parent.mkdir(parents=True, exist_ok=True)
        try:
            metrics, skipped = self._write(shard, unfinished, guarded)
            _sync(unfinished)
            size = unfinished.stat().st_size
            os.replace(unfinished, shard.target)
        finally:
            unfinished.unlink(missing_ok=True)
        record = {
            "identity": identity,
            "input": state,
            "output": size,
            "skipped": skipped,
            "metrics": metrics.to_dict(),
        }
        shard.record.parent.mkdir(parents=True, exist_ok=True)
        written = shard.record.with_name(f".{shard.record.name}.{uuid.uuid4().hex}.tmp")
        written.write_text(json.dumps(record, ensure_ascii=False, indent=1))
        os.replace(written, shard.record)
        # Those of workers that died.
        for stale in shard.target.parent.glob(f".{shard.target.name}.*.tmp"):
            stale.unlink(missing_ok=True)
        return metrics

    def _write(self, shard: Shard, path: Path, guarded: bool) -> tuple[Metrics, list[str]]:
        metrics, skipped = Metrics(), []
        guard = Guard(self.cleaning) if guarded else None
        clean = guard.clean if guard else self.cleaning.clean
        try:
            with pq.ParquetFile(shard.source) as file:
                schema = self.cleaning.schema(file.schema_arrow)
                with pq.ParquetWriter(path, schema, compression=self.compression) as writer:
                    for tables in _row_groups(file, shard.groups, self.batch_rows):
                        cleaned, size = [], 0
                        for table in tables:
                            skipped += self.cleaning.skips(table)
                            part, count = clean(table)
                            metrics += count
                            cleaned.append(part)
                            size += part.nbytes
                            if size >= ROW_GROUP_BYTES:
                                _flush(writer, cleaned)
                                size = 0
                        _flush(writer, cleaned)
        finally:
            if guard:
                guard.close()
        return metrics, skipped


def _row_groups(
    file: pq.ParquetFile, groups: tuple[int, int] | None, rows: int
) -> Iterator[Iterator[pa.Table]]:
    first, behind = groups or (0, file.num_row_groups)
    for group in range(first, min(behind, file.num_row_groups)):
        batches = file.iter_batches(rows, row_groups=[group])
        yield (pa.Table.from_batches([batch]) for batch in batches)


def _flush(writer: pq.ParquetWriter, tables: list[pa.Table]) -> None:
    if tables:
        table = pa.concat_tables(tables)
        writer.write_table(table, row_group_size=max(1, len(table)))
        tables.clear()


def cleaner_settings(cleaner: Any) -> dict[str, Any]:
    """A cleaner's settings as JSON gives them back."""
    settings: dict[str, Any] = json.loads(json.dumps(cleaner.settings))
    return settings


def _files(settings: dict[str, Any]) -> list[str]:
    """The files that settings name."""
    return [*settings.get("dictionaries", ()), *filter(None, [settings.get("choices")])]


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _state(shard: Shard) -> dict[str, Any]:
    """What tells a changed input."""
    state = shard.source.stat()
    return {
        "path": str(shard.source),
        "bytes": state.st_size,
        "modified": state.st_mtime_ns,
        "row_groups": list(shard.groups or []),
    }


def _sync(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
