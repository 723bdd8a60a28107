"""One POST to an address of somebody else's choice, with limits on where, how long and how much.

The name is resolved once, every address that it stands for must be public, and the connection goes
to one of these very addresses: an answer that changes in between changes nothing. The certificate
must be that of the name. Nothing is followed, unpacked or sent through a proxy.
"""

import io
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from typing import Any, Final

from chalicelib.adapters.egress_addresses import is_loopback, is_public
from chalicelib.adapters.system_clock import elapsed_seconds
from chalicelib.domain.webhook_url import Target, UrlRefused, target_of
from chalicelib.usecases.egress_ports import CallAnswer, OutgoingCall

TOTAL_SECONDS: Final = 15.0
CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0  # of silence
MOST_BYTES: Final = 65_536
MOST_ADDRESSES: Final = 3  # tried, of those that a name stands for


class _Refused(Exception):
    """There is no answer; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Deadline:
    """How long an operation may still take."""

    def __init__(self, seconds: float) -> None:
        self._end = elapsed_seconds() + seconds

    def left(self, at_most: float) -> float:
        """Return the seconds that are left, as many as wished at most. TimeoutError: none."""
        left = self._end - elapsed_seconds()
        if left <= 0:
            raise TimeoutError
        return min(left, at_most)


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True)
class Wire:
    """How names become addresses, addresses connections, and these are made safe."""

    resolve: Callable[[str, int], Sequence[str]] = _resolve
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


class HttpEgress:
    """The Egress port by a connection of its own for every call."""

    def __init__(
        self, *, allows_local: bool, wire: Wire | None = None, seconds: float = TOTAL_SECONDS
    ) -> None:
        self.allows_local = allows_local
        self._wire = wire or Wire()
        self._seconds = seconds

    def call(self, call: OutgoingCall) -> CallAnswer:
        """Return the answer, or why there is none."""
        begun = elapsed_seconds()
        said: dict[str, Any] = {}
        try:
            target = target_of(call.url, allows_local=self.allows_local)
            self._exchange(target, call, _Deadline(self._seconds), said)
        except UrlRefused as exc:
            said["error"] = exc.code
        except _Refused as exc:
            said["error"] = exc.code
        except TimeoutError:
            said["error"] = "timeout"
        except ssl.SSLError:
            said["error"] = "tls"
        except (HTTPException, ValueError):
            said["error"] = "bad_answer"
        except OSError:
            said["error"] = "connection"
        return CallAnswer(ms=round((elapsed_seconds() - begun) * 1000), **said)

    def _exchange(
        self, target: Target, call: OutgoingCall, deadline: _Deadline, said: dict[str, Any]
    ) -> None:
        connection = self._connected(target, self._addresses(target, deadline), deadline)
        try:
            _ask(_Timed(connection, deadline), target, call, said)
        finally:
            connection.close()

    def _addresses(self, target: Target, deadline: _Deadline) -> Sequence[str]:
        addresses = self._looked_up(target, deadline)
        if not addresses:
            raise _Refused("no_such_host")
        is_allowed = is_loopback if target.is_local else is_public
        if not all(is_allowed(address) for address in addresses):
            raise _Refused("address_refused")
        return addresses

    def _looked_up(self, target: Target, deadline: _Deadline) -> Sequence[str]:
        # The resolver of the system has no time limit of its own.
        found: list[str] = []
        asking = threading.Thread(
            target=lambda: found.extend(_quietly(self._wire.resolve, target)), daemon=True
        )
        asking.start()
        asking.join(deadline.left(CONNECT_SECONDS))
        if asking.is_alive():
            raise TimeoutError
        return found

    def _connected(
        self, target: Target, addresses: Sequence[str], deadline: _Deadline
    ) -> socket.socket:
        plain = self._reached(target, addresses, deadline)
        if target.is_local:
            return plain
        plain.settimeout(deadline.left(CONNECT_SECONDS))
        try:
            return self._wire.tls().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise

    def _reached(
        self, target: Target, addresses: Sequence[str], deadline: _Deadline
    ) -> socket.socket:
        failure: OSError = ConnectionError("no address")
        for address in addresses[:MOST_ADDRESSES]:
            try:
                return self._wire.connect((address, target.port), deadline.left(CONNECT_SECONDS))
            except OSError as exc:
                failure = exc
        raise failure


def _quietly(resolve: Callable[[str, int], Sequence[str]], target: Target) -> Sequence[str]:
    try:
        return resolve(target.host, target.port)
    except (OSError, UnicodeError):
        return []


def _ask(timed: "_Timed", target: Target, call: OutgoingCall, said: dict[str, Any]) -> None:
    http = HTTPConnection(target.host)
    http.sock = timed  # all that it uses of a socket
    host = f"{target.host}:{target.port}" if target.is_local else target.host
    own = {"Host": host, "Accept-Encoding": "identity", "Connection": "close"}
    http.request("POST", target.path, call.body.encode(), {**call.headers, **own})
    answer = http.getresponse()
    said["status"] = answer.status
    said["retry_after"] = (answer.getheader("Retry-After") or "")[:100] or None
    said["body"] = _beginning(answer).decode("utf-8", "replace")


def _beginning(answer: HTTPResponse) -> bytes:
    try:
        return answer.read(MOST_BYTES)
    except IncompleteRead as exc:  # it said how much it would say; a status is an answer
        return exc.partial


class _Timed:
    """A connection of which every single step knows how long the whole may still take."""

    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send all of it; the time limit is that of the whole."""
        self._connection.settimeout(self._deadline.left(READ_SECONDS))
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what the other side says."""
        return io.BufferedReader(_Reader(self._connection, self._deadline))

    def close(self) -> None:
        """Leave it open: whoever reads the answer still needs it."""


class _Reader(io.RawIOBase):
    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(self._deadline.left(READ_SECONDS))
        return self._connection.recv_into(buffer)
