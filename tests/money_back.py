"""What a provider says of a payment that went back, day by day, and what a book shows of it."""

from typing import Any

from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import ProviderFact
from tests.builders import Book, a_fact, at, provider_says

DAY = {name: f"2026-03-{number:02d}" for number, name in enumerate(
    ("paid", "refunded", "disputed", "answered", "closed", "reinstated"), start=2
)}  # fmt: skip


def paid(**changes: Any) -> ProviderFact:
    return told("paid", "paid", **changes)


def refunded(amount_minor: int, day: str = "refunded", **changes: Any) -> ProviderFact:
    return told("refunded_so_far", day, amount_minor=amount_minor, **changes)


def refund(status: str, amount_minor: int, day: str = "refunded", **changes: Any) -> ProviderFact:
    fields = {"object_id": "re_1", "began_at": at(DAY["refunded"])}
    return told(
        "refund", day, amount_minor=amount_minor, refund_status=status, **(fields | changes)
    )


def dispute(status: str, money: str | None, day: str = "disputed", **changes: Any) -> ProviderFact:
    fields = {"object_id": "du_1", "due_by": at("2026-03-20T23:59")}
    return told("dispute", day, dispute_status=status, money=money, **(fields | changes))


def told(what: Any, day: str, **changes: Any) -> ProviderFact:
    when = at(DAY.get(day, day))
    named = "_".join(
        str(part) for part in (
            what, day, changes.get("object_id", ""), changes.get("refund_status", ""),
            changes.get("dispute_status", ""), changes.get("amount_minor", ""),
        )
    )  # fmt: skip
    fields = {"event_id": f"evt_{named}", "occurred_at": when}
    return a_fact(what, **(fields | changes))


def hear(book: Book, *facts: ProviderFact) -> str:
    outcome = ""
    for fact in facts:
        outcome = provider_says(book.ports, fact, fact.occurred_at)
    return outcome


def the_payment(book: Book) -> Payment:
    (payment,) = [one for one in book.all(Payment) if one.provider]
    return payment


def known_back(book: Book) -> MoneyBack:
    (record,) = book.all(MoneyBack)
    return record


def tasks(book: Book) -> list[tuple[str, int | None]]:
    return sorted((item.what, item.amount_minor) for item in book.work())
