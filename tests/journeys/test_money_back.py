"""Refunds and disputes by Stripe's own signed events, seen by HTTP alone."""

import json
from typing import Any

from tests.adapters.stripe_bodies import CREATED, a_charge, a_dispute, a_refund, an_event
from tests.journeys.clerk import Clerk, paid_event


def tell(clerk: Clerk, kind: str, thing: dict[str, Any], minutes: int) -> None:
    """Deliver an event twice, the second time after the first was worked on."""
    name = f"evt_{thing['id']}_{thing['payment_intent']}_{minutes}"
    event = an_event(kind, thing, id=name, created=CREATED + 60 * minutes)
    for _ in range(2):
        assert clerk.webhook(json.dumps(event).encode()) == 200
        clerk.until_quiet()


def paid_invoice(clerk: Clerk, total_minor: int) -> tuple[str, str, bytes]:
    """Return an invoice's path, its payment at Stripe and the event that says so."""
    invoice = clerk.issued(
        clerk.customer(), total_minor, issue_date="2025-11-01", due_date="2025-11-15", series="B"
    )
    event = paid_event(invoice["id"], total_minor)
    return f"/v1/invoices/{invoice['id']}", json.loads(event)["data"]["object"]["id"], event


def test_a_disputed_payment_is_owed_again_once_it_is_lost(clerk: Clerk) -> None:
    path, key, event = paid_invoice(clerk, 121_000)
    assert clerk.webhook(event) == 200
    named = {"payment_intent": key, "id": f"du_{key}"}

    tell(clerk, "charge.dispute.created", a_dispute(**named), 1)

    invoice = clerk.call(200, "GET", path)
    assert (invoice["state"], invoice["open_minor"]) == ("issued", 121_000)
    (item,) = clerk.work(what="chargeback", invoice_id=invoice["id"])
    assert (item["priority"], item["detail"].split(" · ")[0]) == (1, named["id"])
    customer = f"/v1/customers/{invoice['customer_id']}"
    (forecast,) = clerk.call(200, "GET", f"{customer}/next-messages")["items"]
    assert (forecast["at"], forecast["subject"]) == (None, None)

    tell(clerk, "charge.dispute.closed", a_dispute(**named, status="lost"), 2)

    assert clerk.call(200, "GET", path)["open_minor"] == 121_000
    assert clerk.work(what="chargeback", invoice_id=invoice["id"]) == []
    assert len(clerk.work(what="chargeback_lost", invoice_id=invoice["id"])) == 1
    (forecast,) = clerk.call(200, "GET", f"{customer}/next-messages")["items"]
    assert forecast["subject"]


def test_a_refund_told_before_its_payment_is_posted_with_it(clerk: Clerk) -> None:
    path, key, event = paid_invoice(clerk, 121_000)
    charge = a_charge(payment_intent=key, id=f"ch_{key}")

    tell(clerk, "charge.refunded", charge, 1)
    assert len(clerk.work(what="refund_unmatched", detail=key)) == 1
    assert clerk.webhook(event) == 200
    clerk.until_quiet()

    assert clerk.work(what="refund_unmatched", detail=key) == []
    assert clerk.call(200, "GET", path)["open_minor"] == 21_000

    failed = a_refund(payment_intent=key, id=f"re_{key}", status="failed", created=CREATED)
    tell(clerk, "refund.failed", failed, 9)
    assert clerk.call(200, "GET", path)["state"] == "paid"
