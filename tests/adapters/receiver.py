"""A receiver of webhooks on this machine, and a net in which a public name leads to it."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.adapters.egress_http import Wire

HOST, PUBLIC = "hooks.example.com", "93.184.216.34"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Respond = Callable[[ssl.SSLSocket | socket.socket], None]


class Receiver:
    """A server on this machine that answers each connection as a test says, and remembers."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self.respond: Respond = lambda there: there.sendall(ANSWER)
        self.asked: list[bytes] = []
        self.servers_named: list[str] = []
        self._tls = tls
        if tls is not None:
            tls.sni_callback = self._named
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._ends = False
        threading.Thread(target=self._serve, daemon=True).start()

    def _named(self, _there: Any, name: str | None, _context: ssl.SSLContext) -> None:
        self.servers_named.append(name or "")

    def _serve(self) -> None:
        while not self._ends:
            try:
                there, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(there,), daemon=True).start()

    def _one(self, there: socket.socket) -> None:
        try:
            if self._tls is not None:
                there = self._tls.wrap_socket(there, server_side=True)
            self.asked.append(_request(there))
            self.respond(there)
        except OSError:
            pass  # the other side has had enough
        finally:
            there.close()

    def end(self) -> None:
        """Take no more connections."""
        self._ends = True
        self._listening.close()


def _request(there: socket.socket) -> bytes:
    said = b""
    while b"\r\n\r\n" not in said:
        said += there.recv(65_536)
    head, _, body = said.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += there.recv(65_536)
    return head + b"\r\n\r\n" + body


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our host, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path_factory.mktemp("tls") / "host.pem"
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def receiver(certificate: Path) -> Iterator[Receiver]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = Receiver(context)
    yield server
    server.end()


class Net:
    """What names mean, and a wire to the receiver that notes to which address it leads."""

    def __init__(self, receiver: Receiver, certificate: Path, *addresses: Sequence[str]) -> None:
        self.answers = list(addresses) or [[PUBLIC]]
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self._receiver = receiver
        self._certificate = certificate

    def wire(self) -> Wire:
        return Wire(resolve=self._resolve, connect=self._connect, tls=self._trusting)

    def _resolve(self, host: str, _port: int) -> Sequence[str]:
        self.resolved.append(host)
        return self.answers[min(len(self.resolved), len(self.answers)) - 1]

    def _connect(self, place: tuple[str, int], seconds: float) -> socket.socket:
        self.connected.append(place)
        return socket.create_connection(("127.0.0.1", self._receiver.port), seconds)

    def _trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self._certificate))
