"""A credit note from its preview to the customer's mailbox, and its credit to the next invoice."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from tests.journeys.clerk import Clerk

pytestmark = pytest.mark.cloud


def part_paid(clerk: Clerk, customer_id: str) -> dict[str, Any]:
    """Issue an invoice of 1,338.45 under two rates on which 1,000.00 was paid."""
    lines = [
        {"description": text, "quantity": "1", "unit_price_minor": price, "tax_rate": rate}
        for text, price, rate in (("Montaje", 100_003, "0.21"), ("Libros", 12_347, "0.04"))
    ]
    invoice = clerk.issued(customer_id, 0, lines=lines)
    payment = {
        "customer_id": customer_id,
        "amount_minor": 100_000,
        "currency": "EUR",
        "received_on": invoice["issue_date"],
        "method": "transfer",
        "allocations": [{"invoice_id": invoice["id"], "amount_minor": 100_000}],
    }
    clerk.call(201, "POST", "/v1/payments", payment)
    return invoice


def test_a_credit_note_is_issued_as_previewed_and_mailed_once_with_its_pdf(clerk: Clerk) -> None:
    address = "rectificada@example.com"
    invoice = part_paid(clerk, clerk.customer(email=address))
    wanted = {"invoice_id": invoice["id"], "reason": "Entrega anulada"}

    preview = clerk.call(200, "POST", "/v1/credit-notes/preview", wanted)
    key = {"Idempotency-Key": "credit-note-of-this-journey"}
    note = clerk.call(201, "POST", "/v1/credit-notes", wanted | {"send": True}, key)
    assert clerk.call(201, "POST", "/v1/credit-notes", wanted | {"send": True}, key) == note

    amounts = {"total_minor": 133_845, "applied_minor": 33_845, "credit_minor": 100_000}
    assert {name: preview[name] for name in amounts} == amounts
    assert {name: note[name] for name in amounts} == amounts
    clerk.until_quiet()
    (mail,) = clerk.mails_to(address)
    assert note["number"] in mail["subject"]
    assert "los 1.000,00 € restantes quedan a su favor" in mail["text"]
    (file,) = mail["attachments"]
    assert (file["filename"], file["content_type"]) == (f"{note['number']}.pdf", "application/pdf")
    assert file["size"] > 5_000

    path = f"/v1/credit-notes/{note['id']}"
    assert clerk.call(200, "GET", path)["mail_state"] == "delivered"
    clerk.call(200, "POST", f"{path}/send")
    clerk.until_quiet()
    assert len(clerk.mails_to(address)) == 1


def test_what_is_credited_beyond_what_is_open_settles_the_next_invoice(clerk: Clerk) -> None:
    customer_id = clerk.customer()
    invoice, following = part_paid(clerk, customer_id), clerk.issued(customer_id, 50_000)
    wanted = {"invoice_id": invoice["id"], "reason": "Entrega anulada"}
    note = clerk.call(201, "POST", "/v1/credit-notes", wanted)

    credit = clerk.call(200, "POST", f"/v1/payments/{note['payment_id']}/allocations")

    assert credit["unapplied_minor"] == 50_000
    for one in (invoice, following):
        shown = clerk.call(200, "GET", f"/v1/invoices/{one['id']}")
        assert (shown["state"], shown["open_minor"]) == ("paid", 0)
    refused = clerk.call(422, "POST", "/v1/credit-notes", wanted)
    assert [error["code"] for error in refused["errors"]] == ["more_than_creditable"]


def test_credit_notes_issued_by_ten_threads_have_no_gap(clerk: Clerk) -> None:
    invoices = [clerk.issued(clerk.customer(), 1_000) for _ in range(4)]
    wanted = [
        {"invoice_id": invoice["id"], "reason": "x", "amount_minor": 100, "series": "T"}
        for invoice in invoices
        for _ in range(5)
    ]

    with ThreadPoolExecutor(10) as threads:
        made = list(
            threads.map(lambda one: clerk.call(201, "POST", "/v1/credit-notes", one), wanted)
        )

    by_number = {note["number"]: note for note in made}
    numbers = sorted(by_number)
    assert numbers == [f"T-{number:06d}" for number in range(1, 21)]
    for before, after in pairwise(numbers):
        assert by_number[after]["previous_hash"] == by_number[before]["hash"]
