"""A book of several years goes in by HTTP alone; every past day comes out to the cent."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.journeys.clerk import Clerk, paid_event

pytestmark = pytest.mark.cloud
_BUCKETS = ((0, "current"), (30, "days_1_30"), (60, "days_31_60"), (90, "days_61_90"))


@dataclass
class Claim:
    """An invoice of the model: who owes what from when to when."""

    issued_on: date
    due_on: date
    paid_on: date
    amount_minor: int
    invoice_id: str = ""


def a_book(seed: int, size: int) -> list[Claim]:
    chance = random.Random(seed)
    first = date(2022, 1, 3)
    days = sorted(chance.randrange(900) for _ in range(size))
    return [
        Claim(
            issued_on=(issued_on := first + timedelta(days=day)),
            due_on=(due_on := issued_on + timedelta(days=chance.choice((15, 30, 60)))),
            paid_on=max(issued_on, due_on + timedelta(days=chance.randrange(-30, 130))),
            amount_minor=chance.randrange(1, 2_000_00),
        )
        for day in days
    ]


def aging_by_hand(book: list[Claim], as_of: date) -> dict[str, int]:
    sums = dict.fromkeys(["current", "days_1_30", "days_31_60", "days_61_90", "over_90"], 0)
    for claim in book:
        if claim.issued_on <= as_of < claim.paid_on:
            late = (as_of - claim.due_on).days
            bucket = next((name for last, name in _BUCKETS if late <= last), "over_90")
            sums[bucket] += claim.amount_minor
    return sums


def test_invoices_paid_by_webhook_give_the_aging_of_any_day_to_the_cent(clerk: Clerk) -> None:
    seed = 20260
    book = a_book(seed, size=150)
    customers = [clerk.customer(currency="GBP") for _ in range(12)]
    for index, claim in enumerate(book):
        invoice = clerk.issued(
            customers[index % 12],
            claim.amount_minor,
            currency="GBP",
            series="B",
            issue_date=claim.issued_on.isoformat(),
            due_date=claim.due_on.isoformat(),
        )
        claim.invoice_id = invoice["id"]

    for claim in sorted(book, key=lambda one: one.paid_on):
        event = paid_event(claim.invoice_id, claim.amount_minor, on=claim.paid_on, currency="gbp")
        assert clerk.webhook(event) == 200
    clerk.until_quiet()

    for day in range(-10, 1_150, 23):
        as_of = date(2022, 1, 3) + timedelta(days=day)
        rows = clerk.call(200, "GET", f"/v1/reports/aging?as_of={as_of}")["currencies"]
        row: dict[str, int] = next((one for one in rows if one["currency"] == "GBP"), {})
        expected = aging_by_hand(book, as_of)
        assert {name: row.get(f"{name}_minor", 0) for name in expected} == expected, (seed, as_of)
        assert row.get("unapplied_minor", 0) == 0
        assert row.get("total_minor", 0) == sum(expected.values())


def test_twenty_threads_issuing_get_correlative_numbers_without_gap(clerk: Clerk) -> None:
    customers = [clerk.customer() for _ in range(5)]
    drafts = [clerk.draft(customers[index % 5], 100 + index, series="P") for index in range(60)]

    with ThreadPoolExecutor(20) as threads:
        issued = list(
            threads.map(lambda one: clerk.call(200, "POST", f"/v1/invoices/{one}/issue"), drafts)
        )

    numbers = sorted(invoice["number"] for invoice in issued)
    assert numbers == [f"P-{number:06d}" for number in range(1, 61)]
    by_number = {invoice["number"]: invoice for invoice in issued}
    for number in range(2, 61):
        before = by_number[f"P-{number - 1:06d}"]
        assert by_number[f"P-{number:06d}"]["previous_hash"] == before["hash"]
