"""Runs Python packages on the corpora of `cargo xtask compare`, one request a line.

The requests and the answers are those of src/main.rs.
"""

import json
import sys
import time

# What is run at least as long, so that the clock's steps do not show.
LEAST = 0.005


def load(name):
    """A tool: what it makes of a text."""
    if name == "opencc-python":
        import opencc

        return opencc.OpenCC("t2s").convert
    if name == "ftfy":
        import ftfy

        return ftfy.fix_text
    raise ValueError(f"there is no {name}")


class Corpus:
    """The documents of a file, cut out once for each way and number."""

    def __init__(self, path):
        self.path = path
        self.cut = {}
        with open(path, "rb") as file:
            self.bytes = file.read()
        with open(f"{path}.ends", encoding="ascii") as file:
            self.ends = [int(line) for line in file]

    def documents(self, way, count):
        """So many documents as text, or all of them in one."""
        if (way, count) not in self.cut:
            ends = self.ends[:count]
            if way == "whole":
                ends = ends[-1:]
            starts = [0, *ends[:-1]]
            pieces = zip(starts, ends, strict=True)
            self.cut = {
                (way, count): [self.bytes[a:b].decode() for a, b in pieces]
            }
        return self.cut[way, count]


def main():
    tools = {}
    corpus = None
    for request in sys.stdin:
        try:
            name, path, way, count = request.rstrip("\n").split("\t")
            if corpus is None or corpus.path != path:
                corpus = Corpus(path)
            documents = corpus.documents(way, int(count))
            if name not in tools:
                tools[name] = load(name)
            run = tools[name]
            rounds = 0
            start = time.process_time()
            while True:
                for document in documents:
                    run(document)
                rounds += 1
                seconds = time.process_time() - start
                if seconds >= LEAST:
                    break
            answer = {"seconds": seconds / rounds}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
