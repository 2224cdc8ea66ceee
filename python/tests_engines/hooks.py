"""Cleaners that make the process that they are in die: for tests only."""

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from zhengben import Cleaner


@dataclass(frozen=True)
class Watched:
    """The default cleaner, of which it is known in which processes it was at work."""

    folder: Path
    """Where each process leaves a file."""
    cleaner: Cleaner = field(default_factory=Cleaner, compare=False)

    @property
    def settings(self) -> dict[str, Any]:
        return self.cleaner.settings

    def clean_arrow(self, data: Any, **keywords: Any) -> Any:
        texts = data if isinstance(data, pa.Array | pa.ChunkedArray) else pa.array(data)
        (self.folder / str(os.getpid())).touch()
        self.before(texts)
        return self.cleaner.clean_arrow(data, **keywords)

    def before(self, texts: Any) -> None:
        """What is done before a batch is cleaned."""

    def processes(self) -> int:
        """How many processes have been at work."""
        return sum(path.name.isdigit() for path in self.folder.iterdir())


@dataclass(frozen=True)
class KilledOnce(Watched):
    """The process that first comes to a document is killed, as by the machine."""

    mark: str = ""

    def before(self, texts: Any) -> None:
        if _has(texts, self.mark):
            try:
                (self.folder / "killed").touch(exist_ok=False)
            except FileExistsError:
                return
            os.kill(os.getpid(), signal.SIGKILL)

    def killed(self) -> bool:
        """Whether one was."""
        return (self.folder / "killed").exists()


@dataclass(frozen=True)
class Poisoned(Watched):
    """A document kills each process that comes to it, as a fault in native code would."""

    mark: str = ""

    def before(self, texts: Any) -> None:
        if _has(texts, self.mark):
            os.kill(os.getpid(), signal.SIGSEGV)


def _has(texts: Any, mark: str) -> bool:
    return bool(pc.any(pc.match_substring(texts, mark)).as_py())
