"""What a program does with Saldo by HTTP alone: invoices, signed webhooks, ticks, reports."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from datetime import time as clock_time
from itertools import count
from typing import Any

from tests.local.running import WEBHOOK_SECRET, Running

_numbers = count(1)
LATER = "2041-03-04T10:00:00Z"


class Clerk:
    """Calls the API and insists on the status that is expected."""

    def __init__(self, running: Running) -> None:
        self.running = running

    def call(
        self,
        status: int,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Return the answer's JSON."""
        got, answer = self.running.ask(method, path, body, dict(headers or {}))
        assert got == status, (got, answer)
        return answer

    def customer(self, **fields: Any) -> str:
        """Enter a customer and return its id."""
        number = next(_numbers)
        customer = {
            "name": f"Cliente {number}",
            "country": "ES",
            "email": f"cliente{number}@example.com",
            "language": "es",
            "currency": "EUR",
            "terms_days": 30,
        }
        return str(self.call(201, "POST", "/v1/customers", customer | fields)["id"])

    def draft(self, customer_id: str, total_minor: int, **fields: Any) -> str:
        """Write a draft of one untaxed line and return its id."""
        line = {
            "description": "Servicios",
            "quantity": "1",
            "unit_price_minor": total_minor,
            "tax_rate": "0",
        }
        draft = {"customer_id": customer_id, "currency": "EUR", "lines": [line]} | fields
        return str(self.call(201, "POST", "/v1/invoices", draft)["id"])

    def issued(self, customer_id: str, total_minor: int, **fields: Any) -> dict[str, Any]:
        """Write and issue an invoice and return it."""
        invoice_id = self.draft(customer_id, total_minor, **fields)
        return dict(self.call(200, "POST", f"/v1/invoices/{invoice_id}/issue"))

    def webhook(self, event: bytes, *, signed_at: int | None = None, secret: str = "") -> int:
        """Deliver an event with its signature and return the status."""
        at = signed_at if signed_at is not None else int(time.time())
        key = (secret or WEBHOOK_SECRET).encode()
        digest = hmac.new(key, f"{at}.".encode() + event, hashlib.sha256).hexdigest()
        headers = {"Stripe-Signature": f"t={at},v1={digest}", "Authorization": ""}
        return self.running.ask("POST", "/webhooks/stripe", event, headers)[0]

    def until_quiet(self) -> None:
        """Return when every queue is empty."""
        self.call(200, "POST", "/_local/schedules/sweep", {"time": LATER})

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """Return the mails sent to an address, oldest first."""
        mails = self.call(200, "GET", "/_local/mailbox")
        return [mail for mail in mails if mail["to"] == [address]]

    def work(self, **of_item: Any) -> list[dict[str, Any]]:
        """Return the open work items with these fields."""
        items = self.call(200, "GET", "/v1/work-items?limit=200")["items"]
        return [
            item for item in items if all(item[name] == value for name, value in of_item.items())
        ]


def paid_event(
    invoice_id: str | None, amount_minor: int, *, on: date | None = None, **fields: Any
) -> bytes:
    """Return Stripe's event of a payment intent that succeeded at noon of a day."""
    number = next(_numbers)
    noon = datetime.combine(on or datetime.now(UTC).date(), clock_time(12), UTC)
    intent = {
        "id": f"pi_{number}",
        "object": "payment_intent",
        "amount": amount_minor,
        "amount_received": amount_minor,
        "currency": "eur",
        "status": "succeeded",
        "metadata": {"invoice_id": invoice_id} if invoice_id else {},
    } | fields
    event = {
        "id": f"evt_{number}",
        "object": "event",
        "type": "payment_intent.succeeded",
        "created": int(noon.timestamp()),
        "data": {"object": intent},
    }
    return json.dumps(event).encode()
