"""A server of the pages on this machine:

python server.py 8000     # says its address, and serves until its input ends
"""

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pages import PAGES

__all__ = ["serve"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].strip("/")
        name, _, packing = path.partition(".")
        page = PAGES.get(name)
        if page is None:
            self.send_error(404)
            return
        body = gzip.compress(page.body) if packing == "gz" else page.body
        self.send_response(200)
        if page.content_type is not None:
            self.send_header("Content-Type", page.content_type)
        if packing == "gz":
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serve(port: int = 0) -> Iterator[str]:
    """The address of a server that serves as long as the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", port), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


if __name__ == "__main__":
    with serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as address:
        print(address, flush=True)
        sys.stdin.read()
