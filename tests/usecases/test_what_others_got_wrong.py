"""Money mistakes that other receivables systems are known for: none of them can happen here."""

from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.payment import Payment
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.draft_invoice import delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.late_charges import claim_late_charge
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.ports import MailRefused
from tests.builders import (
    Book,
    a_draft,
    a_fact,
    a_line,
    a_payment,
    an_issued_invoice,
    at,
    by_ana,
    change_company,
    provider_says,
)
from tests.faults import Crash, CrashPoint, crashing
from tests.invariants import assert_books_hold, assert_quiet
from tests.usecases.charging import FEE, climbs

TWO_PERCENT = DiscountTerms(rate=Decimal("0.02"), days=10)


@pytest.fixture
def book() -> Book:
    return Book()


def _money(book: Book) -> list[tuple[int, int]]:
    return [(one.amount_minor, one.unapplied_minor) for one in book.all(Payment)]


@pytest.mark.parametrize("first", ["evt_session", "evt_intent"])
def test_two_webhooks_about_one_payment_post_it_once_and_delete_nothing(
    book: Book, first: str
) -> None:
    invoice = book.issued()
    second = {"evt_session": "evt_intent", "evt_intent": "evt_session"}[first]

    for event in (first, second, first):
        provider_says(book.ports, a_fact(invoice_id=invoice.id, event_id=event))

    assert _money(book) == [(100_000, 0)]
    assert book.invoice(invoice).state == "paid"
    assert_quiet(book.fakes.table)


ORDERS = list(permutations(("processing", "failed", "paid", "failed again")))


@pytest.mark.parametrize("order", ORDERS)
def test_a_failure_or_cancellation_in_any_order_never_unsettles_what_was_paid(
    book: Book, order: tuple[str, ...]
) -> None:
    invoice = book.issued()

    for minute, name in enumerate(order):
        when = at(f"2026-03-02T12:{minute:02d}")
        what: Any = name.partition(" ")[0]
        fact = a_fact(what, event_id=f"evt_{name}", invoice_id=invoice.id, occurred_at=when)
        provider_says(book.ports, fact, when)

    assert (book.invoice(invoice).state, book.account().open_minor) == ("paid", 0)
    book.remind("2026-05-04")
    assert book.messages() == []
    assert_quiet(book.fakes.table)


def test_neither_a_crash_nor_a_repetition_nor_a_deleted_draft_burns_a_number(book: Book) -> None:
    thrown_away = a_draft(book.ports, book.customer.id)
    delete_draft(book.ports, by_ana(), thrown_away.id, expected_version=None)
    draft = a_draft(book.ports, book.customer.id)
    with pytest.raises(Crash):
        issue_invoice(
            crashing(book.ports, CrashPoint(3)), by_ana(), draft.id, expected_version=None
        )

    issue_invoice(book.ports, by_ana(), draft.id, expected_version=None)
    book.issued()

    numbers = [(one.sequence, one.number) for one in book.all(RegisterEntry)]
    assert numbers == [(1, "A-000001"), (2, "A-000002")]
    assert_books_hold(book.fakes.table)


@pytest.mark.parametrize("net", [1, 33, 101, 1_999, 77_777])
def test_credit_notes_by_thirds_leave_no_cent_open_and_never_exceed_the_invoice(
    book: Book, net: int
) -> None:
    lines = [a_line(net, tax_rate="0.21"), a_line(net, tax_rate="0.10"), a_line(net)]
    invoice = an_issued_invoice(book.ports, book.customer.id, lines=lines)

    for part in (invoice.total_minor // 3, invoice.total_minor // 3, None):
        if part != 0:
            book.credited(invoice, part)

    after = book.invoice(invoice)
    assert (after.open_minor, after.state, book.account().unapplied_minor) == (0, "paid", 0)
    assert sorted(after.credited, key=lambda one: one.rate) == sorted(
        after.taxes, key=lambda one: one.rate
    )


def test_a_cent_that_is_missing_is_forgiven_by_rule_and_seen_and_never_chased(book: Book) -> None:
    change_company(book.ports, tolerances={"EUR": 5})
    invoice = book.issued()

    book.paid(99_999, wanted=[(invoice.id, 99_999)])

    after = book.invoice(invoice)
    assert (after.state, after.open_minor) == ("paid", 0)
    assert after.settled_minor("small_difference") == 1
    book.remind("2026-05-04")
    assert book.messages() == []


def test_paying_the_last_invoice_ends_the_chase_of_that_one_alone(book: Book) -> None:
    first, last = book.issued(60_000), book.issued(40_000)
    book.paid(40_000, wanted=[(last.id, 40_000)])

    book.remind("2026-04-06")

    (message,) = book.messages()
    assert (message.invoice_ids, message.amount_minor) == ((first.id,), 60_000)


def test_every_row_of_a_reminder_shows_its_own_rest_with_credit_notes_taken_off(
    book: Book,
) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    book.credited(first, 10_000)
    book.paid(15_000, wanted=[(second.id, 15_000)])

    book.remind("2026-04-06")

    (mail,) = book.fakes.mailer.accepted
    assert mail.content.text == (
        f"{first.number}=50000 {second.number}=25000 open=75000 unapplied=0"
    )


def test_paying_the_principal_alone_loses_neither_interest_nor_compensation(book: Book) -> None:
    july = at("2026-07-31")
    invoice = an_issued_invoice(
        book.ports, book.customer.id, 121_000, at("2026-05-01"), due_date="2026-05-31"
    )
    claim_late_charge(book.ports, by_ana(july), invoice.id, None)

    a_payment(book.ports, book.customer.id, 121_000, july)

    (charge,) = book.all(LateCharge)
    assert (charge.state, charge.interest_minor, charge.compensation_minor) == (
        "claimed",
        2_078,
        4_000,
    )
    assert (book.invoice(invoice).state, book.account().unapplied_minor) == ("paid", 0)


def test_a_late_fee_is_not_added_again_each_time_the_planner_runs(book: Book) -> None:
    climbs(book, FEE)
    book.issued(due_date="2026-04-01", issue_date="2026-03-02")

    for minute in range(1_000):
        book.remind(at("2026-04-13T07:00") + timedelta(minutes=minute))

    assert [one.fee_minor for one in book.all(LateCharge)] == [1_500]
    assert len(book.fakes.mailer.accepted) == 1
    assert_books_hold(book.fakes.table)


def test_a_fee_that_was_booked_before_a_mail_that_never_left_is_given_up(book: Book) -> None:
    climbs(book, FEE)
    invoice = book.issued(due_date="2026-04-01", issue_date="2026-03-02")
    book.fakes.mailer.faults = [MailRefused("rate exceeded", is_temporary=True)]
    book.remind("2026-04-13")

    book.paid(100_000, when=at("2026-04-13T11:05"))

    (charge,) = open_late_file(book.ports, invoice.id).charges
    assert (charge.state, charge.reason) == ("waived", "never_sent")
    assert book.fakes.mailer.accepted == []


def test_each_currency_is_asked_for_in_its_own_letter_and_unapplied_money_is_named(
    book: Book,
) -> None:
    euro = book.issued(100_000)
    book.issued(50_000, currency="USD")
    book.paid(20_000, wanted=[])

    book.remind("2026-04-06")

    (message,) = book.messages()
    (mail,) = book.fakes.mailer.accepted
    assert (message.currency, message.invoice_ids) == ("EUR", (euro.id,))
    assert mail.content.text == f"{euro.number}=100000 open=100000 unapplied=20000"


@pytest.mark.parametrize("settled_by", ["credit note", "unapplied money"])
def test_nobody_is_asked_for_nothing(book: Book, settled_by: str) -> None:
    invoice = book.issued()
    if settled_by == "credit note":
        book.credited(invoice)
    else:
        book.paid(100_000, wanted=[])

    book.remind("2026-04-06")

    assert book.messages() == []


def test_a_part_payment_neither_ends_the_chase_nor_starts_it_again(book: Book) -> None:
    invoice = book.issued()
    book.remind("2026-04-06")
    done = book.account().open_items[0].step_done
    book.paid(30_000, wanted=[(invoice.id, 30_000)], when=at("2026-04-07"))

    book.remind("2026-04-20")

    assert book.account().open_items[0].step_done > done  # type: ignore[operator]
    by_time = sorted(book.messages(), key=lambda one: one.created_at)
    assert [one.amount_minor for one in by_time] == [100_000, 70_000]


def test_a_new_invoice_does_not_take_the_customer_back_to_the_first_step(book: Book) -> None:
    old = book.issued()
    book.remind("2026-04-06")
    new = book.issued(when=at("2026-04-10"), issue_date="2026-04-10", due_date="2026-04-12")

    book.remind("2026-05-04")

    items = {item.invoice_id: item.step_done for item in book.account().open_items}
    assert items[old.id] > items[new.id]  # type: ignore[operator]
    assert [set(one.invoice_ids) for one in book.messages()] == [{old.id}, {old.id, new.id}]


def _discounted(book: Book, terms: DiscountTerms = TWO_PERCENT) -> Invoice:
    return book.issued(100_000, discount=terms)


def test_after_a_part_payment_the_discount_needs_only_the_rest_of_what_was_needed(
    book: Book,
) -> None:
    invoice = _discounted(book)
    book.paid(50_000, wanted=[(invoice.id, 50_000)])

    book.paid(48_000, when=at("2026-03-10"), wanted=[(invoice.id, 48_000)])

    after = book.invoice(invoice)
    assert (after.state, after.settled_minor("discount")) == ("paid", 2_000)


def test_a_proportional_part_payment_clears_more_than_it_is(book: Book) -> None:
    invoice = _discounted(book, TWO_PERCENT.but(part_payment="proportional"))

    book.paid(50_000, wanted=[(invoice.id, 50_000)])

    assert book.invoice(invoice).open_minor == 100_000 - 51_020


def test_money_that_came_in_time_keeps_the_discount_however_late_it_is_reconciled(
    book: Book,
) -> None:
    invoice = _discounted(book)
    payment = book.paid(98_000, when=at("2026-03-11"), wanted=[])

    allocate_payment(book.ports, by_ana(at("2026-05-20")), payment.id, None)

    after = book.invoice(invoice)
    assert (after.state, after.settled_minor("discount")) == ("paid", 2_000)


def test_a_payment_that_is_short_by_the_discount_and_late_is_a_short_payment(book: Book) -> None:
    change_company(book.ports, tolerances={"EUR": 100})
    invoice = _discounted(book)

    book.paid(98_000, when=at("2026-03-13"), wanted=[(invoice.id, 98_000)])

    after = book.invoice(invoice)
    assert (after.state, after.open_minor) == ("partially_paid", 2_000)
    assert after.settled_minor("discount", "small_difference") == 0
