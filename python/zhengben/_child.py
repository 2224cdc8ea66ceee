"""A process beside this one that may die without harm to it.

The pools of the standard library fail, or wait forever, when one of their processes dies;
and they run the program's file again, which has to be written for that."""

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
from typing import IO, Any

__all__ = ["Child", "Died"]

_LENGTH = struct.Struct("<Q")


class Died(Exception):
    """The child has ended before it answered; the message says how."""


class Child:
    """A process in which methods of an object are called."""

    def __init__(self, target: object) -> None:
        # The package, and the object's module, may be where only this process looks.
        program = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            "from zhengben import _child; _child._serve()"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._first = [pickle.dumps(target)]

    def call(self, method: str, *args: Any, **keywords: Any) -> Any:
        """What the method returns or raises; raises `Died` if there is no answer."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        try:
            for data in self._first:
                _write(requests, data)
            self._first = []
            _write(requests, pickle.dumps((method, args, keywords), protocol=5))
            answer = _read(answers)
        except (EOFError, OSError, ValueError):
            raise Died(self.end()) from None
        answer = pickle.loads(answer)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def end(self) -> str:
        """Ends it, if it has not; how it ended."""
        process = self._process
        # One that waits for something to do ends by that; one that has died is given the
        # time to be known as dead.
        with contextlib.suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        process.stdout.close()  # type: ignore[union-attr]
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _serve() -> None:
    """What the child does, until its parent is done or gone."""
    # It is the parent that is interrupted, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints is not an answer.
    os.dup2(2, 1)
    try:
        target = pickle.loads(_read(requests))
        while True:
            method, args, keywords = pickle.loads(_read(requests))
            try:
                answer = getattr(target, method)(*args, **keywords)
            except Exception as error:
                answer = error
            _write(answers, _pickled(answer))
    except (EOFError, BrokenPipeError):
        return


def _pickled(answer: Any) -> bytes:
    """The answer; of an error of some library that does not travel, what it says."""
    if isinstance(answer, Exception):
        try:
            pickle.loads(pickle.dumps(answer))
        except Exception:
            answer = RuntimeError(f"{type(answer).__name__}: {answer}")
    return pickle.dumps(answer, protocol=5)


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    """What `_write` wrote; `EOFError` if it was cut short."""
    (length,) = _LENGTH.unpack(_whole(stream, _LENGTH.size))
    return _whole(stream, length)


def _whole(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
