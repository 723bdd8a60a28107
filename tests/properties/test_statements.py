"""Whatever happened, and however late it was entered: statements agree with the aging report."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Payment
from chalicelib.usecases.book_listings import entries_of
from chalicelib.usecases.return_payment import Giving, return_payment
from chalicelib.usecases.statements import read_statement
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, write_off
from tests.builders import Book, aging_as_of, at, by_ana, change_company

START = date(2026, 1, 5)
NOW = at("2026-06-30")

acts = st.lists(
    st.tuples(
        st.sampled_from(["issue", "pay", "loose", "credit", "write off", "refund", "void"]),
        st.integers(0, 120),  # the day
        st.integers(1, 90_000),
        st.integers(0, 9),  # which one
    ),
    max_size=14,
)


def day_of(count: int) -> date:
    return START + timedelta(days=count)


def do(book: Book, what: str, day: date, amount: int, which: int) -> None:
    """Do one thing; what the rules refuse is not done."""
    invoices, payments = book.all(Invoice), book.all(Payment)
    when = by_ana(NOW)
    if what == "issue":
        fields: dict[str, Any] = {"issue_date": day, "series": f"S{len(invoices)}"}
        book.issued(amount, when=NOW, due_date=day + timedelta(days=which * 7), **fields)
    elif what in ("pay", "loose"):
        wanted: list[tuple[str, int]] | None = [] if what == "loose" else None
        book.paid(amount, when=NOW, received_on=day, wanted=wanted)
    elif what == "refund" and payments:
        giving = Giving(kind="refunded", amount_minor=min(amount, 500), on=day, reason="x")
        return_payment(book.ports, when, payments[which % len(payments)].id, giving)
    elif invoices:
        one = invoices[which % len(invoices)]
        if what == "credit":
            book.credited(one, min(amount, 700), when=NOW)
        elif what == "void":
            void_invoice(book.ports, when, one.id, reason=None, expected_version=None)
        elif what == "write off":
            giving_up = GivingUp(invoice_id=one.id, amount_minor=min(amount, 300), reason="x")
            write_off(book.ports, when, giving_up, expected_version=None)


@settings(max_examples=60, deadline=None)
@given(acts=acts, tolerance=st.sampled_from([0, 200]))
def test_a_statement_closes_as_the_ledger_and_the_aging_report_on_every_day(
    acts: list[tuple[str, int, int, int]], tolerance: int
) -> None:
    book = Book()
    change_company(book.ports, tolerances={"EUR": tolerance})
    for what, count, amount, which in acts:
        try:
            do(book, what, day_of(count), amount, which)
        except DomainError:
            continue

    entries = book.ports.store.records(entries_of(book.customer.id, "EUR"))
    previous = None
    for count in (0, 30, 60, 90, 120, 176):
        last = day_of(count)
        first = START if previous is None else previous.last + timedelta(days=1)
        file = read_statement(book.ports, by_ana(NOW), book.customer.id, "EUR", first, last)
        one = file.statement
        aging = next(iter(aging_as_of(book.ports, last)), None)
        in_ledger = sum(
            line.open_delta_minor - line.unapplied_delta_minor
            for entry in entries
            for line in entry.lines
            if line.effective_on <= last
        )
        assert one.closing_minor == in_ledger
        assert one.closing_minor == (aging.total_minor - aging.unapplied_minor if aging else 0)
        assert aging is None or one.aging == aging
        assert one.closing_minor == one.opening_minor + sum(m.amount_minor for m in one.movements)
        assert sum(item.open_minor for item in one.items) == one.aging.total_minor
        assert previous is None or one.opening_minor == previous.closing_minor
        previous = one

    account = file.desk.account
    asked = account.asked_for(file.statement.due.on, NOW)
    assert file.statement.due.asked_minor == sum(item.open_minor for item in asked)
    assert file.statement.closing_minor == account.open_minor - account.unapplied_minor
