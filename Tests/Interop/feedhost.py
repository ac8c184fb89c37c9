"""A calendar address on loopback whose bytes change between two requests, as a subscriber meets it."""

from __future__ import annotations

import hashlib
import http.server
import threading
from types import TracebackType


class FeedHost:
    def __init__(self) -> None:
        self.body = b""
        host = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self, with_body: bool) -> None:
                body = host.body
                tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
                fresh = self.headers.get("If-None-Match") == tag
                self.send_response(304 if fresh else 200)
                self.send_header("ETag", tag)
                if not fresh:
                    self.send_header("Content-Type", "text/calendar; charset=utf-8")
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if with_body and not fresh:
                    self.wfile.write(body)

            def do_GET(self) -> None:
                self.answer(True)

            def do_HEAD(self) -> None:
                self.answer(False)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed.ics"

    def __enter__(self) -> FeedHost:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
