"""JSON over HTTPS with limits."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chalicelib.adapters.https_json import MOST_BYTES, Unreachable, fetch_json

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/object": (200, {}, b'{"a": 1}'),
    "/list": (200, {}, b"[1]"),
    "/text": (200, {}, b"hello"),
    "/deep": (200, {}, b"[" * 60_000),
    "/huge": (200, {}, b'{"a": "' + b"x" * MOST_BYTES + b'"}'),
    "/moved": (302, {"Location": "/object"}, b""),
    "/refused": (400, {}, b'{"error": "invalid_grant"}'),
    "/broken": (500, {}, b"{}"),
    "/cut": (200, {"Content-Length": "100"}, b'{"a": 1'),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = b'{"said": "%s", "as": "%s"}' % (body, self.headers["X-As"].encode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_object_is_returned(place: str) -> None:
    assert fetch_json(f"{place}/object") == {"a": 1}


def test_a_body_is_posted_with_its_headers(place: str) -> None:
    answer = fetch_json(f"{place}/any", body=b"x=1", headers={"X-As": "form"})

    assert answer == {"said": "x=1", "as": "form"}


@pytest.mark.parametrize("path", sorted(ANSWERS.keys() - {"/object"}))
def test_anything_else_is_unreachable(place: str, path: str) -> None:
    with pytest.raises(Unreachable):
        fetch_json(f"{place}{path}")


def test_nobody_listening_is_unreachable() -> None:
    with pytest.raises(Unreachable, match="did not answer"):
        fetch_json("http://127.0.0.1:1/object")


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example/jwks.json",
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "file:///etc/passwd",
        "ftp://localhost/",
        "",
    ],
)
def test_only_https_leaves_the_machine(url: str) -> None:
    with pytest.raises(Unreachable, match="not https"):
        fetch_json(url)
