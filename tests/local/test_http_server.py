"""The HTTP server hands on what it gets, and says clearly when it cannot start."""

import http.client
import threading
from collections.abc import Iterator

import pytest

from infra.local.cloud import free_port
from infra.local.gateway import Answer
from infra.local.http_server import PortTakenError, Server


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(free_port())
    server.respond = lambda method, path, headers, body: Answer(
        200, (("X-Got", f"{method} {path} {headers.get('X-Sent')}"),), body
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def connection(server: Server) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    yield connection
    connection.close()


def test_a_request_is_handed_on_whole_and_the_connection_stays_open(
    connection: http.client.HTTPConnection,
) -> None:
    for body in (b"\x00\xff", b""):
        connection.request("PUT", "/a%20b?c=1", body, {"X-Sent": "hello"})
        response = connection.getresponse()
        assert response.headers["X-Got"] == "PUT /a%20b?c=1 hello"
        assert response.read() == body


def test_head_gets_the_headers_alone(connection: http.client.HTTPConnection) -> None:
    connection.request("HEAD", "/", b"1234")
    response = connection.getresponse()

    assert response.headers["Content-Length"] == "4"
    assert response.read() == b""


def test_a_body_of_unknown_length_is_refused(connection: http.client.HTTPConnection) -> None:
    # The head alone: the server answers at once, and a body might meet a closed connection.
    connection.putrequest("POST", "/")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    assert connection.getresponse().status == 411


def test_a_port_that_is_taken_is_named_with_a_way_out(server: Server) -> None:
    with pytest.raises(PortTakenError, match=rf"Port {server.server_port} is taken.*PORT=\d+ make"):
        Server(server.server_port)
