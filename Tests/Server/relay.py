"""A TCP relay on loopback, before a server: it writes down what passes, and may lose answers on their way back."""

from __future__ import annotations

import dataclasses
import re
import socket
import threading
from types import TracebackType

PIECE = 1 << 16


@dataclasses.dataclass(frozen=True)
class Exchange:
    """One request on a connection, as far as its first octets tell."""

    method: str
    path: str
    is_conditional: bool
    status: int
    was_lost: bool


class Relay:
    """`loses`: every so many answers to a POST are thrown away after the server has sent them whole, and the connection
    is cut; 0: none. A connection carries one request: the relay asks the server to close after each."""

    def __init__(self, port: int, loses: int = 0) -> None:
        self.target, self.loses = port, loses
        self.seen: list[Exchange] = []
        self.posts = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.listener.settimeout(0.2)
        self.is_open = True
        self.thread = threading.Thread(target=self.accept, daemon=True)

    @property
    def port(self) -> int:
        return self.listener.getsockname()[1]

    def __enter__(self) -> Relay:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_open = False
        self.thread.join(5)
        self.listener.close()

    def accept(self) -> None:
        while self.is_open:
            try:
                client, _ = self.listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client: socket.socket) -> None:
        with client:
            client.settimeout(30)
            try:
                request = whole_request(client)
                if request is None:
                    return
                head, body = request
                answer = self.ask(closing(head) + body)
                method, path = head.split(b" ", 2)[:2]
                lost = False
                with self.lock:
                    if method == b"POST":
                        self.posts += 1
                        lost = self.loses > 0 and self.posts % self.loses == 0
                    status = int(answer[9:12]) if answer[:5] == b"HTTP/" else 0
                    self.seen.append(
                        Exchange(method.decode(), path.decode(), b"\r\nif-none-match:" in head.lower(), status, lost)
                    )
                if not lost:
                    client.sendall(answer)
            except (OSError, ValueError):
                return

    def ask(self, request: bytes) -> bytes:
        """The server's whole answer: it closes the connection after it."""
        with socket.create_connection(("127.0.0.1", self.target), timeout=30) as server:
            server.sendall(request)
            answer = b""
            while piece := server.recv(PIECE):
                answer += piece
            return answer


def whole_request(client: socket.socket) -> tuple[bytes, bytes] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(PIECE)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
    while len(body) < (int(length[1]) if length else 0):
        piece = client.recv(PIECE)
        if not piece:
            return None
        body += piece
    return head + b"\r\n\r\n", body


def closing(head: bytes) -> bytes:
    lines = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n"
