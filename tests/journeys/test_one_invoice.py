"""One invoice from its issue to its end: mailed once, reminded once, paid once, then silence."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.journeys.clerk import Clerk, paid_event

pytestmark = pytest.mark.cloud


def test_mailed_once_reminded_once_paid_once_and_never_mailed_again(clerk: Clerk) -> None:
    address = "una.vez@example.com"
    customer_id = clerk.customer(name="Una Vez, S.L.", email=address)
    invoice = clerk.issued(customer_id, 121_00, series="U", issue_date="2026-09-01")
    path = f"/v1/invoices/{invoice['id']}"

    clerk.call(200, "POST", f"{path}/send")
    clerk.call(200, "POST", f"{path}/send")
    clerk.until_quiet()
    (mail,) = clerk.mails_to(address)
    assert mail["attachments"][0]["filename"] == "U-000001.pdf"
    assert mail["attachments"][0]["content_type"] == "application/pdf"

    for minute in (0, 15, 30):  # due on 1 October: the steps of days 3, 7 and 15 were missed
        tick = {"time": f"2026-10-20T10:{minute:02d}:00Z"}
        clerk.call(200, "POST", "/_local/schedules/reminder_tick", tick)
    reminders = clerk.mails_to(address)[1:]
    assert len(reminders) == 1
    assert "U-000001" in reminders[0]["text"]

    event = paid_event(invoice["id"], 121_00)
    with ThreadPoolExecutor(9) as threads:
        statuses = list(threads.map(lambda _: clerk.webhook(event), range(9)))
    assert statuses == [200] * 9
    clerk.until_quiet()
    paid = clerk.call(200, "GET", path)
    assert (paid["state"], paid["open_minor"]) == ("paid", 0)
    assert [payment["amount_minor"] for payment in paid["payments"]] == [121_00]

    tick = {"time": "2026-12-30T10:00:00Z"}
    clerk.call(200, "POST", "/_local/schedules/reminder_tick", tick)
    assert len(clerk.mails_to(address)) == 2
    states = {message["purpose"]: message["state"] for message in paid["messages"]}
    assert states == {"invoice": "delivered", "reminder": "delivered"}


@pytest.mark.parametrize(
    ("seconds", "secret", "added"),
    [(-301, "", b""), (301, "", b""), (0, "another", b""), (0, "", b" ")],
    ids=["too old", "too far ahead", "wrong secret", "tampered"],
)
def test_a_webhook_that_is_not_provably_from_stripe_changes_nothing(
    clerk: Clerk, seconds: int, secret: str, added: bytes
) -> None:
    import hashlib
    import hmac
    import time

    from tests.local.running import WEBHOOK_SECRET

    invoice = clerk.issued(clerk.customer(), 5_000)
    event = paid_event(invoice["id"], 5_000)
    at = int(time.time()) + seconds
    key = (secret or WEBHOOK_SECRET).encode()
    digest = hmac.new(key, f"{at}.".encode() + event, hashlib.sha256).hexdigest()

    headers = {"Stripe-Signature": f"t={at},v1={digest}"}
    status, _ = clerk.running.ask("POST", "/webhooks/stripe", event + added, headers)

    assert status == 400
    clerk.until_quiet()
    assert clerk.call(200, "GET", f"/v1/invoices/{invoice['id']}")["open_minor"] == 5_000


def test_money_that_fits_nowhere_is_kept_and_shown(clerk: Clerk) -> None:
    customer_id = clerk.customer()
    invoice = clerk.issued(customer_id, 1_000)

    events = {
        "payment_unmatched": paid_event("inv_of_nobody", 11),
        "payment_other_currency": paid_event(invoice["id"], 12, currency="usd"),
        "payment_excess": paid_event(invoice["id"], 1_013),
    }
    for event in events.values():
        assert clerk.webhook(event) == 200
    clerk.until_quiet()

    for what, event in events.items():
        key = json.loads(event)["data"]["object"]["id"]
        payments = clerk.call(200, "GET", "/v1/payments?unapplied=true&limit=200")["items"]
        (payment,) = [one for one in payments if one["reference"] == key]
        (item,) = clerk.work(what=what, payment_id=payment["id"])
        assert item["amount_minor"] == payment["unapplied_minor"]
    assert clerk.call(200, "GET", f"/v1/invoices/{invoice['id']}")["state"] == "paid"


def test_an_unidentified_payment_is_given_to_its_customer_and_settles(clerk: Clerk) -> None:
    customer_id = clerk.customer()
    invoice = clerk.issued(customer_id, 2_000)
    event = paid_event(None, 2_000, on=date(2026, 11, 3))
    clerk.webhook(event)
    clerk.until_quiet()
    key = json.loads(event)["data"]["object"]["id"]
    payments = clerk.call(200, "GET", "/v1/payments?unapplied=true&limit=200")["items"]
    (payment,) = [one for one in payments if one["reference"] == key]
    assert payment["customer_id"] == "unidentified"

    path = f"/v1/payments/{payment['id']}"
    clerk.call(200, "POST", f"{path}/assign", {"customer_id": customer_id})
    allocated = clerk.call(200, "POST", f"{path}/allocations")

    assert (allocated["unapplied_minor"], allocated["customer_id"]) == (0, customer_id)
    assert clerk.call(200, "GET", f"/v1/invoices/{invoice['id']}")["state"] == "paid"
    assert clerk.work(payment_id=payment["id"]) == []


def test_the_same_idempotency_key_gives_the_first_answer_again(clerk: Clerk) -> None:
    customer_id = clerk.customer()
    payment = {
        "customer_id": customer_id,
        "amount_minor": 700,
        "currency": "EUR",
        "received_on": "2026-11-10",
        "method": "transfer",
    }
    key = {"Idempotency-Key": "a-key-of-this-test"}

    first = clerk.call(201, "POST", "/v1/payments", payment, key)
    again = clerk.call(201, "POST", "/v1/payments", payment, key)
    refused = clerk.call(422, "POST", "/v1/payments", payment | {"amount_minor": 701}, key)

    assert again == first
    assert refused["type"] == "urn:saldo:problem:idempotency_key_reused"
    (balance,) = clerk.call(200, "GET", f"/v1/customers/{customer_id}")["balances"]
    assert balance["unapplied_minor"] == 700


def test_an_older_version_is_not_overwritten(clerk: Clerk) -> None:
    draft = clerk.draft(clerk.customer(), 100)
    path = f"/v1/invoices/{draft}"
    changed = clerk.call(200, "PATCH", path, {"notes": "first"}, {"If-Match": '"1"'})

    clerk.call(412, "PATCH", path, {"notes": "second"}, {"If-Match": '"1"'})

    assert changed["version"] == 2
    assert clerk.call(200, "GET", path)["notes"] == "first"


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"{", 400, None),
        (b"[]", 400, None),
        ({"name": "x"}, 422, "/country"),
        ({"name": "x", "country": "ES", "surprise": 1}, 422, "/surprise"),
        ({"name": "a\r\nBcc: b@c.d", "country": "ES"}, 422, "/name"),
        ({"name": "x", "country": "ES", "currency": "XXX"}, 422, "/currency"),
        ({"name": "x", "country": "ES", "terms_days": "30"}, 422, "/terms_days"),
    ],
)
def test_bad_input_is_told_what_and_where(
    clerk: Clerk, body: object, status: int, pointer: str | None
) -> None:
    problem = clerk.call(status, "POST", "/v1/customers", body)

    assert problem["status"] == status
    assert [error["pointer"] for error in problem["errors"]] == ([pointer] if pointer else [])
