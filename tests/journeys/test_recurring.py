"""Invoices that nobody issues by hand: recurring ones and scheduled drafts, by the hour alone."""

from typing import Any

import pytest

from tests.journeys.clerk import Clerk

pytestmark = pytest.mark.cloud


def hour(clerk: Clerk, *times: str) -> None:
    for time in times:
        clerk.call(200, "POST", "/_local/schedules/hourly", {"time": time})


def invoices_of(clerk: Clerk, customer_id: str) -> list[dict[str, Any]]:
    path = f"/v1/invoices?customer_id={customer_id}"
    found: list[dict[str, Any]] = clerk.call(200, "GET", path)["items"]
    return sorted(found, key=lambda row: str(row["issue_date"]))


def test_each_month_end_has_its_invoice_in_the_mail_and_an_outage_is_made_up(clerk: Clerk) -> None:
    address = "cada.mes@example.com"
    customer_id = clerk.customer(name="Cada Mes, S.L.", email=address, terms_days=15)
    line = {"description": "Cuota", "quantity": "1", "unit_price_minor": 100_00, "tax_rate": "0.21"}
    template = {"customer_id": customer_id, "currency": "EUR", "lines": [line], "series": "REC"}
    rhythm = {"every": "month", "on_day": 31, "start_on": "2035-12-31", "auto_send": True}

    made = clerk.call(201, "POST", "/v1/recurring-invoices", {"template": template} | rhythm)
    hour(clerk, "2035-12-31T04:59:00Z")
    assert invoices_of(clerk, customer_id) == []
    hour(clerk, *(f"2035-12-31T{hours:02d}:00:00Z" for hours in range(5, 24, 6)))
    hour(clerk, "2036-04-01T10:00:00Z", "2036-04-01T11:00:00Z")

    rows = invoices_of(clerk, customer_id)
    assert [(row["number"], row["issue_date"], row["due_date"]) for row in rows] == [
        ("REC-000001", "2035-12-31", "2036-01-15"),
        ("REC-000002", "2036-04-01", "2036-04-16"),
        ("REC-000003", "2036-04-01", "2036-04-16"),
        ("REC-000004", "2036-04-01", "2036-04-16"),
    ]
    assert len(clerk.mails_to(address)) == 4
    runs = clerk.call(200, "GET", f"/v1/recurring-runs?recurring_id={made['id']}")["items"]
    assert [(run["due_on"], run["state"]) for run in runs] == [
        ("2036-03-31", "done"), ("2036-02-29", "done"),
        ("2036-01-31", "done"), ("2035-12-31", "done"),
    ]  # fmt: skip
    clerk.call(200, "POST", f"/v1/recurring-invoices/{made['id']}/end")


def test_a_scheduled_draft_is_issued_on_its_day_and_mailed_once(clerk: Clerk) -> None:
    address = "otro.dia@example.com"
    customer_id = clerk.customer(name="Otro Día, S.L.", email=address)
    draft_id = clerk.draft(customer_id, 50_00, series="SCH")

    order = {"issue_on": "2034-05-02", "send": True}
    clerk.call(200, "POST", f"/v1/invoices/{draft_id}/schedule", order)
    hour(clerk, "2034-05-01T10:00:00Z")
    before = clerk.call(200, "GET", f"/v1/invoices/{draft_id}")
    hour(clerk, "2034-05-02T10:00:00Z", "2034-05-02T11:00:00Z")
    after = clerk.call(200, "GET", f"/v1/invoices/{draft_id}")

    assert (before["state"], before["scheduled_on"]) == ("draft", "2034-05-02")
    assert (after["state"], after["number"], after["issue_date"]) == (
        "issued", "SCH-000001", "2034-05-02",
    )  # fmt: skip
    assert len(clerk.mails_to(address)) == 1
