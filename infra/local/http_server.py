"""One HTTP server for everything on one origin: a request in, a thread, an `Answer` out."""

import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from infra.local.gateway import LARGEST_BODY_BYTES, Answer, problem

Respond = Callable[[str, str, dict[str, str], bytes], Answer]

_IDLE_SECONDS: Final = 75  # an open connection without a request is closed after this

_WITHOUT_BODY: Final = (204, 304)


class PortTakenError(Exception):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is taken by another program. End that one, or choose another port:"
            f" PORT={port + 1} make run"
        )


class Server(ThreadingHTTPServer):
    """Serves on 127.0.0.1 only: the local cloud has no business with the network."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        """Takes the port at once; `respond` must be set before it serves."""
        _insist_on_free(port)
        self.respond: Respond = _not_yet
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise PortTakenError(port) from error

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no news."""


def _not_yet(*_: object) -> Answer:
    return problem(503, "Service Unavailable", "Saldo is starting.")


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, asks `respond`, writes the answer in one piece."""

    protocol_version = "HTTP/1.1"
    server_version = "Saldo"
    sys_version = ""
    timeout = _IDLE_SECONDS
    wbufsize = -1  # head and body in one packet; two would wait for each other's acknowledgement
    disable_nagle_algorithm = True
    server: Server

    def _answer(self) -> None:
        body = self._body()
        if body is None:
            self.close_connection = True
            self._write(problem(411, "Length Required", "Send the body with its length."))
            return
        headers = {name: ", ".join(self.headers.get_all(name, [])) for name in self.headers}
        self._write(self.server.respond(self.command, self.path, headers, body))

    do_GET = do_HEAD = do_OPTIONS = _answer  # noqa: N815 - the base class asks for these names
    do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

    def _body(self) -> bytes | None:
        """The body; None when its length is unknown, or so large that reading it makes no sense."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdigit():
            return None
        if int(length) > 2 * LARGEST_BODY_BYTES:
            return None
        return self.rfile.read(int(length))

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        if answer.status not in _WITHOUT_BODY:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the app logs what matters."""


def _insist_on_free(port: int) -> None:
    """Refuse a port on which somebody answers, even on another of this machine's addresses."""
    for host in ("127.0.0.1", "::1"):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            continue
        raise PortTakenError(port)
