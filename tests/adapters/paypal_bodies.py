"""PayPal's webhooks as its documents show them, and a certificate to sign them with."""

import base64
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from threading import Thread
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID

from chalicelib.adapters.providers.port import Notification, Setup
from tests.adapters.provider_api import Api, a_setup_with
from tests.builders import NOON

WEBHOOK: Final = "1JE4291016473214C"
LIVE_NAME: Final = "messageverificationcerts.paypal.com"
TOKEN: Final = {"access_token": "A21AA", "expires_in": 32_400, "app_id": "APP-80W284485P519543T"}
_clients = count(1)


def a_paypal(
    answers: dict[str, Any] | None = None, url: str = "http://localhost:1", **keys: str
) -> tuple[Setup, Api]:
    """Return a setup with an API of these answers, and that API. No token of it is known yet."""
    api = Api("paypal", url, {"POST /v1/oauth2/token": TOKEN, **(answers or {})})
    known = {"client_id": f"client{next(_clients)}", "client_secret": "s", "webhook_id": WEBHOOK}
    return a_setup_with(api, **(known | keys)), api


def money(value: str, currency: str = "EUR") -> dict[str, str]:
    return {"currency_code": currency, "value": value}


def a_capture(**changes: Any) -> dict[str, Any]:
    """Return a completed capture over 1,000.00 euros."""
    capture = {
        "id": "2GG279541U471931P",
        "status": "COMPLETED",
        "amount": money("1000.00"),
        "final_capture": True,
        "custom_id": "chk_1",
        "invoice_id": "chk_1",
        "create_time": "2026-03-02T11:00:00Z",
        "update_time": "2026-03-02T11:00:00Z",
        "supplementary_data": {"related_ids": {"order_id": "5O190127TN364715T"}},
    }
    return capture | changes


def a_refund(value: str = "300.00", **changes: Any) -> dict[str, Any]:
    """Return a refund of the capture."""
    refund = {
        "id": "1Y107995YT783435V",
        "amount": money(value),
        "status": "COMPLETED",
        "custom_id": "chk_1",
        "create_time": "2026-03-03T11:00:00Z",
        "update_time": "2026-03-03T11:00:00Z",
        "links": [
            {"href": "https://api.paypal.com/v2/payments/refunds/1Y1", "rel": "self"},
            {"href": "https://api.paypal.com/v2/payments/captures/2GG279541U471931P", "rel": "up"},
        ],
    }
    return refund | changes


def a_dispute(**changes: Any) -> dict[str, Any]:
    """Return a dispute over the whole capture that has become a claim."""
    dispute = {
        "dispute_id": "PP-D-27803",
        "create_time": "2026-03-04T11:00:00.000Z",
        "update_time": "2026-03-04T11:00:00.000Z",
        "disputed_transactions": [
            {"seller_transaction_id": "2GG279541U471931P", "custom": "chk_1"},
        ],
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "status": "WAITING_FOR_SELLER_RESPONSE",
        "dispute_amount": money("1000.00"),
        "dispute_life_cycle_stage": "CHARGEBACK",
        "seller_response_due_date": "2026-03-14T11:00:00.000Z",
    }
    return dispute | changes


def resolved(outcome: str, **changes: Any) -> dict[str, Any]:
    """Return the dispute with its verdict."""
    fields = {
        "status": "RESOLVED",
        "dispute_outcome": {"outcome_code": outcome},
        "update_time": "2026-03-06T11:00:00.000Z",
    }
    return a_dispute(**(fields | changes))


def an_order(status: str = "APPROVED", *captures: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return an order of one checkout."""
    unit: dict[str, Any] = {
        "reference_id": "default",
        "amount": money("1000.00"),
        "custom_id": "chk_1",
        "invoice_id": "chk_1",
    }
    if captures:
        unit["payments"] = {"captures": list(captures)}
    order = {
        "id": "5O190127TN364715T",
        "intent": "CAPTURE",
        "status": status,
        "create_time": "2026-03-02T10:58:00Z",
        "purchase_units": [unit],
    }
    return order | changes


def an_event(kind: str, resource: dict[str, Any], name: str = "WH-1") -> dict[str, Any]:
    """Return the envelope."""
    return {
        "id": name,
        "event_version": "1.0",
        "create_time": "2026-03-02T11:00:05.000Z",
        "event_type": kind,
        "summary": "¡Pago recibido! – 株式会社",
        "resource": resource,
        "links": [],
    }


def raw_of(event: dict[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


@cache
def a_key(name: str = "paypal") -> RSAPrivateKey:
    """Return a private key, the same for the same name."""
    del name
    return generate_private_key(65_537, 2_048)


def a_certificate(
    subject: str = LIVE_NAME,
    key: RSAPrivateKey | None = None,
    issuer: tuple[str, RSAPrivateKey] | None = None,
    *,
    is_authority: bool = False,
    since: datetime = NOON - timedelta(days=30),
    until: datetime = NOON + timedelta(days=30),
) -> x509.Certificate:
    """Return a certificate, signed by its own key where no issuer is given."""
    key = key or a_key()
    issued_by, issuing_key = issuer or (subject, key)
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=is_authority, crl_sign=is_authority,
        content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    names = x509.SubjectAlternativeName([x509.DNSName(subject.replace(" ", "-"))])
    return (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named(issued_by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(names, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing_key.public_key()),
            critical=False,
        )
        .sign(issuing_key, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def pem(*chain: x509.Certificate) -> bytes:
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """Serve these files over HTTP, everything else is 404; give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def headers_for(
    raw: bytes,
    cert_url: str,
    *,
    webhook_id: str = WEBHOOK,
    at: datetime = NOON,
    key: RSAPrivateKey | None = None,
    **changes: str,
) -> dict[str, str]:
    """Return the headers that PayPal sends with these bytes."""
    sent = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    name = "69cd13f0-d67a-11e5-baa3-778b53f4ae55"
    text = f"{name}|{sent}|{webhook_id}|{zlib.crc32(raw)}".encode()
    signature = (key or a_key()).sign(text, padding.PKCS1v15(), hashes.SHA256())
    headers = {
        "paypal-transmission-id": name,
        "paypal-transmission-time": sent,
        "paypal-transmission-sig": base64.b64encode(signature).decode(),
        "paypal-cert-url": cert_url,
        "paypal-auth-algo": "SHA256withRSA",
    }
    return headers | {name.replace("_", "-"): value for name, value in changes.items()}


def told(raw: bytes, headers: dict[str, str]) -> Notification:
    return Notification(raw, headers, {})
