"""The command line: `python -m zhengben`."""

import sys

from zhengben._zhengben import run


def main() -> int:
    """Runs the command with the arguments of this process; its exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
