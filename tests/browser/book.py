"""Writes into the book, over the API, what a test needs. Every customer's name occurs once."""

import hashlib
import hmac
import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser.saldo import WEBHOOK_SECRET, Saldo


def unique(words: str) -> str:
    """A name that no other test uses, still readable."""
    return f"{words} {uuid.uuid4().hex[:10]}"


def days_from_today(days: int) -> str:
    """An ISO date so many days from today."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def add_customer(saldo: Saldo, **fields: Any) -> dict[str, Any]:
    name = unique("Bodega Ñandú")
    usual = {"name": name, "country": "ES", "email": f"{name.split()[-1]}@cliente.example"}
    terms = {"language": "es", "currency": "EUR", "terms_days": 30}
    return dict(saldo.ask("POST", "/v1/customers", usual | terms | fields))


def add_draft(saldo: Saldo, customer: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A draft over 121.00 with tax."""
    line = {"description": "Libro", "quantity": "1", "unit_price_minor": 10_000, "tax_rate": "0.21"}
    usual = {"customer_id": customer["id"], "currency": "EUR", "lines": [line]}
    return dict(saldo.ask("POST", "/v1/invoices", usual | fields))


def add_invoice(saldo: Saldo, customer: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An issued invoice over 121.00 with tax."""
    draft = add_draft(saldo, customer, **fields)
    return dict(saldo.ask("POST", f"/v1/invoices/{draft['id']}/issue"))


def add_overdue_invoice(
    saldo: Saldo, customer: dict[str, Any], *, days_late: int
) -> dict[str, Any]:
    """An invoice that fell due so many days ago. Its series is its own: dates never go back."""
    due = {"issue_date": days_from_today(-days_late - 5), "due_date": days_from_today(-days_late)}
    return add_invoice(saldo, customer, series=f"S{uuid.uuid4().hex[:6].upper()}", **due)


def finish_all_work(saldo: Saldo) -> None:
    """Returns when every mail is sent and every event of a provider applied."""
    saldo.run_schedule("sweep", datetime.now(UTC).isoformat())


def pay_with_stripe(saldo: Saldo, invoice: dict[str, Any], amount_minor: int) -> None:
    """What Stripe sends when the invoice's customer has paid by card."""
    intent = {
        "id": f"pi_{uuid.uuid4().hex}",
        "object": "payment_intent",
        "status": "succeeded",
        "amount": amount_minor,
        "amount_received": amount_minor,
        "currency": "eur",
        "metadata": {"invoice_id": invoice["id"]},
    }
    event = {
        "id": f"evt_{uuid.uuid4().hex}",
        "object": "event",
        "type": "payment_intent.succeeded",
        "created": int(time.time()),
        "livemode": False,
        "data": {"object": intent},
    }
    raw = json.dumps(event).encode()
    saldo.ask("POST", "/webhooks/stripe", raw, {"Stripe-Signature": _signature(raw)})
    finish_all_work(saldo)


def _signature(raw: bytes) -> str:
    now = int(time.time())
    digest = hmac.new(WEBHOOK_SECRET.encode(), f"{now}.".encode() + raw, hashlib.sha256)
    return f"t={now},v1={digest.hexdigest()}"
