"""A server of the local cloud for the time of a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from infra.local.cloud import free_port
from infra.local.http_server import Respond, Server


@contextmanager
def serving(respond: Respond) -> Iterator[str]:
    """Serve until the block ends; the address without a slash at its end."""
    port = free_port()
    server = Server(port)
    server.respond = respond
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
