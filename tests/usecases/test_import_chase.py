"""How debt that is imported is chased: not at all by surprise."""

from datetime import date
from typing import Any

import pytest

from chalicelib.domain.customer import Customer
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.hold import Hold
from chalicelib.usecases.context import system_context
from chalicelib.usecases.holds import lift_hold
from chalicelib.usecases.send_reminder import send_reminder
from tests.builders import Book, at, by_ana
from tests.imports import an_import, imported
from tests.imports import an_invoice_file as a_csv
from tests.imports import an_invoice_row as row
from tests.invariants import assert_books_hold, assert_quiet
from tests.proofs import prove


@pytest.fixture
def book() -> Book:
    return Book()


def tomorrow_sends(book: Book) -> int:
    """Let every account be looked at the day after; return how many mails go out."""
    for customer in book.all(Customer):
        for currency in customer.currencies:
            send_reminder(book.ports, system_context(at("2026-03-03")), customer.id, currency)
    return len(book.fakes.mailer.accepted)


@pytest.mark.parametrize(
    ("options", "said", "sent"),
    [
        ({"passed_steps": "done"}, 0, 0),
        ({"passed_steps": "due"}, 1, 1),
        ({"passed_steps": "due", "rest_until": date(2026, 3, 31)}, 0, 0),
    ],
)
def test_old_debt_is_chased_as_was_said_and_as_many_mails_go_out_as_was_shown(
    book: Book, options: dict[str, Any], said: int, sent: int
) -> None:
    one = an_import(book, a_csv(row(), row("F-2", Vencimiento="20/02/2026")))
    one.choose(**options)
    shown = one.check().counts.get("mailed", 0)
    one.run()

    assert shown == said
    assert tomorrow_sends(book) == sent
    assert_books_hold(book.fakes.table)


def test_what_comes_in_rests_until_its_day_or_until_somebody_lifts_it(book: Book) -> None:
    rows = [row(), row("F-2"), row("F-3", **{"Fecha cobro": "15/02/2026"})]
    imported(book, a_csv(*rows), passed_steps="due", rest_until=date(2026, 3, 31))

    (hold,) = book.all(Hold)
    customer = next(one for one in book.all(Customer) if one.code == "C-1")
    account = book.account(customer.id)
    assert (len(hold.invoice_ids), hold.until) == (2, date(2026, 3, 31))
    assert account.resting_minor(date(2026, 3, 31)) == account.open_minor == 24_200
    assert account.resting_minor(date(2026, 4, 1)) == 0
    assert prove(book, at("2026-03-03T02:00")).state == "clean"

    lift_hold(book.ports, by_ana(), hold.id)
    send_reminder(book.ports, system_context(at("2026-03-03T09:00")), customer.id, "EUR")
    assert len(book.fakes.mailer.accepted) == 1


def test_an_invoice_in_dispute_comes_in_with_its_case(book: Book) -> None:
    done = imported(book, a_csv(row(Disputada="sí", Pagado="21,00"), row("F-2", Disputada="no")))

    (dispute,) = book.all(Dispute)
    assert (dispute.amount_minor, dispute.invoice_number) == (10_000, "F-1")
    assert done.counts["disputed"] == 1
    assert_quiet(book.fakes.table)
