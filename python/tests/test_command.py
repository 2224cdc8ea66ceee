"""The command line, from Python."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest
from conftest import GARBLED, RESTORED

SCRIPT = Path(sysconfig.get_path("scripts")) / "zhengben"
COMMANDS = [[sys.executable, "-m", "zhengben"], [str(SCRIPT)]]


def run(
    command: list[str], *arguments: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [*command, *arguments],
        input=stdin,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("command", COMMANDS, ids=["module", "script"])
def test_exit_codes_and_streams(command: list[str], folder: Path) -> None:
    done = run(command, "clean", stdin=GARBLED)
    assert (done.returncode, done.stdout) == (1, RESTORED)
    done = run(command, "clean", stdin="没有问题\n")
    assert (done.returncode, done.stdout) == (0, "没有问题\n")
    done = run(command, "clean", "nothing.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing.txt" in done.stderr
    done = run(command, "clean", "--nothing")
    assert done.returncode == 2
    assert "Usage: zhengben clean" in done.stderr
    assert run(command, "--version").stdout.startswith("zhengben ")


@pytest.mark.parametrize("command", COMMANDS, ids=["module", "script"])
def test_names_that_are_not_utf8(command: list[str], folder: Path) -> None:
    name = os.fsdecode("漢.txt".encode("gbk"))
    (folder / name).write_text(GARBLED, "utf-8")
    assert run(command, "clean", "--write", name).returncode == 1
    assert (folder / name).read_text("utf-8") == RESTORED


@pytest.mark.parametrize("command", COMMANDS, ids=["module", "script"])
def test_interruption_ends_it(command: list[str]) -> None:
    with subprocess.Popen([*command, "clean"], stdin=subprocess.PIPE) as process:
        # It waits for its input then.
        time.sleep(1)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130


def test_a_reader_that_has_seen_enough(folder: Path) -> None:
    line = "沒有問題\n"
    (folder / "long.txt").write_text(line * 100_000, "utf-8")
    head = f"'{sys.executable}' -m zhengben clean long.txt | head -n 1"
    done = subprocess.run(["sh", "-c", head], capture_output=True, encoding="utf-8")
    assert done.stdout == "没有问题\n"
    assert "Traceback" not in done.stderr
    assert "panicked" not in done.stderr
