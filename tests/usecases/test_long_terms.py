"""An invoice that falls due later than the law allows is issued with a warning."""

from typing import Any

import pytest

from chalicelib.domain.audit import AuditEntry
from tests.builders import Book, a_customer, an_issued_invoice, at, change_company


def warned(book: Book, due_date: str, **customer: Any) -> bool:
    """Issue an invoice of 2 March and tell whether its audit entry warns of the terms."""
    buyer = a_customer(book.ports, **customer)
    invoice = an_issued_invoice(
        book.ports, buyer.id, when=at("2026-03-02"), issue_date="2026-03-02", due_date=due_date
    )
    (facts,) = [one.facts for one in book.all(AuditEntry) if one.subject_id == invoice.id
                and one.action == "invoice_issued"]  # fmt: skip
    assert invoice.state == "issued"
    return "long_terms" in facts.get("warnings", [])


@pytest.mark.parametrize(
    ("due_date", "expected"), [("2026-05-01", False), ("2026-05-02", True), ("2027-03-02", True)]
)
def test_more_than_sixty_days_between_spanish_businesses_are_warned_of(
    book: Book, due_date: str, expected: bool
) -> None:
    assert warned(book, due_date) is expected


@pytest.mark.parametrize("kind", ["business", "public"])
def test_public_bodies_are_warned_of_as_well(book: Book, kind: str) -> None:
    assert warned(book, "2026-06-02", type=kind)


def test_consumers_and_other_countries_have_no_such_limit(book: Book) -> None:
    assert not warned(book, "2026-06-02", type="consumer")
    assert not warned(book, "2026-06-02", country="PE")
    change_company(book.ports, country="PE")
    assert not warned(book, "2026-06-02")
    assert not warned(book, "2026-06-02", country="PE")
