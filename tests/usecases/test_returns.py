"""Undoing, reversing and refunding payments: always by counter-entries, never by forgetting."""

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.ledger import Entry
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.usecases import settle
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from tests.builders import Book, a_line, aging_as_of, at, by_ana, change_company
from tests.invariants import assert_books_hold

LATER = at("2026-03-20")


@pytest.fixture
def book() -> Book:
    return Book()


def _give(book: Book, payment: Payment, kind: str = "refunded", **changes: object) -> Payment:
    giving = Giving(kind=kind, **changes)  # type: ignore[arg-type]
    return return_payment(book.ports, by_ana(LATER), payment.id, giving)


def test_an_undone_payment_is_unapplied_and_its_invoice_open_again(book: Book) -> None:
    invoice = book.issued(100_000)
    payment = book.paid(100_000)

    after = undo_allocations(book.ports, by_ana(LATER), payment.id, None)

    assert (after.unapplied_minor, after.standing()) == (100_000, ())
    assert (book.invoice(invoice).state, book.invoice(invoice).open_minor) == ("issued", 100_000)
    assert book.account().open_items[0].invoice_id == invoice.id
    assert_books_hold(book.fakes.table)


def test_one_invoice_of_several_is_undone_by_a_part(book: Book) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    payment = book.paid(100_000)
    wanted = [Wanted(invoice_id=second.id, amount_minor=10_000)]

    undo_allocations(book.ports, by_ana(LATER), payment.id, wanted)

    assert book.invoice(first).state == "paid"
    assert (book.invoice(second).state, book.invoice(second).open_minor) == (
        "partially_paid",
        10_000,
    )
    assert_books_hold(book.fakes.table)


@pytest.mark.parametrize("amount", [0, 40_001])
def test_no_more_is_undone_than_was_allocated(book: Book, amount: int) -> None:
    invoice = book.issued(40_000)
    payment = book.paid(40_000)
    before = book.snapshot()
    wanted = [Wanted(invoice_id=invoice.id, amount_minor=amount)]

    with pytest.raises(InvalidField) as refusal:
        undo_allocations(book.ports, by_ana(LATER), payment.id, wanted)

    assert refusal.value.field_code == "more_than_allocated"
    assert book.snapshot() == before


def test_a_payment_that_settles_nothing_cannot_be_undone(book: Book) -> None:
    payment = book.paid(100)

    with pytest.raises(StateConflict) as refusal:
        undo_allocations(book.ports, by_ana(LATER), payment.id, None)

    assert refusal.value.code == "nothing_to_undo"


def test_money_that_is_moved_to_another_invoice_counts_there_from_that_day(book: Book) -> None:
    wrong, right = book.issued(50_000), book.issued(50_000)
    payment = book.paid(50_000, wanted=[(wrong.id, 50_000)])
    undo_allocations(book.ports, by_ana(LATER), payment.id, None)
    allocate_payment(
        book.ports, by_ana(LATER), payment.id, [Wanted(invoice_id=right.id, amount_minor=50_000)]
    )

    for day, unapplied in ((date(2026, 3, 10), 0), (date(2026, 3, 20), 0)):
        (row,) = aging_as_of(book.ports, day)
        assert (row.total_minor, row.unapplied_minor) == (50_000, unapplied)
    assert book.invoice(right).state == "paid"
    assert_books_hold(book.fakes.table)


def test_what_went_over_hundreds_of_invoices_is_undone_in_batches(book: Book) -> None:
    for number in range(70):
        book.issued(100, series=f"S{number}", issue_date=f"2026-01-{1 + number // 3:02d}")
    payment = book.paid(7_000)
    assert payment.unapplied_minor == 0

    after = _give(book, payment, "reversed", reason="typed twice")

    assert (after.unapplied_minor, after.standing(), after.returned_minor()) == (0, (), 7_000)
    assert book.account().open_minor == 7_000
    assert_books_hold(book.fakes.table)


def test_a_reversed_payment_leaves_no_money(book: Book) -> None:
    invoice = book.issued(100_000)
    payment = book.paid(120_000)

    after = _give(book, payment, "reversed", reason="bounced cheque")

    assert (after.unapplied_minor, after.returned_minor("reversed")) == (0, 120_000)
    assert (book.invoice(invoice).open_minor, book.account().unapplied_minor) == (100_000, 0)
    with pytest.raises(StateConflict) as refusal:
        _give(book, payment, "reversed")
    assert refusal.value.code == "nothing_to_return"
    assert_books_hold(book.fakes.table)


def test_a_refund_takes_unapplied_money_first_and_the_latest_invoice_next(book: Book) -> None:
    first, second = book.issued(60_000), book.issued(40_000)
    payment = book.paid(120_000)

    _give(book, payment, amount_minor=15_000)
    after = _give(book, payment, amount_minor=10_000)

    assert after.returned_minor("refunded") == 25_000
    assert book.invoice(first).open_minor == 0
    assert book.invoice(second).open_minor == 5_000
    assert book.account().unapplied_minor == 0
    assert_books_hold(book.fakes.table)


def test_without_an_amount_what_is_unapplied_goes_back_or_else_everything(book: Book) -> None:
    book.issued(50_000)
    payment = book.paid(80_000)

    assert _give(book, payment).returned_minor() == 30_000
    assert _give(book, payment).returned_minor() == 80_000


def test_no_more_is_given_back_than_there_is(book: Book) -> None:
    payment = book.paid(1_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _give(book, payment, amount_minor=1_001)

    assert refusal.value.field_code == "more_than_left"
    assert book.snapshot() == before


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-21"])
def test_a_refund_is_dated_between_the_receipt_and_today(book: Book, day: str) -> None:
    payment = book.paid(1_000)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _give(book, payment, on=date.fromisoformat(day))

    assert refusal.value.field_code == "date_out_of_range"
    assert book.snapshot() == before


def test_aging_before_a_refund_stays_as_it_was(book: Book) -> None:
    book.issued(100_000)
    payment = book.paid(100_000)
    _give(book, payment, on=date(2026, 3, 15))

    before, after = (
        aging_as_of(book.ports, date(2026, 3, 14)),
        aging_as_of(book.ports, date(2026, 3, 15)),
    )
    assert [row.total_minor for row in before] == [0]
    assert [row.total_minor for row in after] == [100_000]
    assert (after[0].unapplied_minor, before[0].unapplied_minor) == (0, 0)


def test_the_discount_that_a_returned_payment_earned_is_owed_again(book: Book) -> None:
    change_company(book.ports, tolerances={"EUR": 50})
    invoice = book.issued(100_000, lines=[a_line(82_645, tax_rate="0.21")])
    payment = book.paid(99_970)
    assert book.invoice(invoice).state == "paid"
    assert book.invoice(invoice).settled_minor("small_difference") == 30

    _give(book, payment, "reversed")

    assert book.invoice(invoice).open_minor == 100_000
    assert book.invoice(invoice).settled_minor("small_difference") == 0
    assert_books_hold(book.fakes.table)


def test_a_credit_is_given_back_but_never_reversed(book: Book) -> None:
    invoice = book.issued(100_000)
    book.paid(100_000)
    note = issue_credit_note(
        book.ports, by_ana(LATER),
        NewCreditNote(invoice_id=invoice.id, reason="Rotura", amount_minor=30_000),
    )  # fmt: skip
    credit = book.payment(note.payment_id)
    assert credit.unapplied_minor == 30_000

    with pytest.raises(StateConflict) as refusal:
        _give(book, credit, "reversed")
    assert refusal.value.code == "credit_not_reversible"

    _give(book, credit)
    assert book.account().unapplied_minor == 0
    bank = [
        leg.amount_minor for entry in book.all(Entry) for leg in entry.legs if leg.account == "bank"
    ]
    assert bank == [100_000, -30_000]
    assert_books_hold(book.fakes.table)


def test_the_chase_resumes_where_it_was_when_a_payment_is_returned(book: Book) -> None:
    book.issued(100_000)
    book.remind("2026-04-06")  # five days late: the first reminder
    payment = book.paid(100_000, when=at("2026-04-07"))
    assert book.account().next_action_at is None

    giving = Giving(kind="charged_back")
    return_payment(book.ports, by_ana(at("2026-04-08")), payment.id, giving)

    (item,) = book.account().open_items
    assert item.step_done == 3
    book.remind("2026-04-09")
    assert [one.step for one in book.messages()] == [3, 7]
    assert_books_hold(book.fakes.table)


def test_a_payment_settles_no_more_invoices_than_its_record_can_hold(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "MAX_ALLOCATIONS", 3)
    for _ in range(5):
        book.issued(100)

    payment = book.paid(500)

    assert (len(payment.allocations), payment.unapplied_minor) == (3, 200)
    with pytest.raises(StateConflict) as refusal:
        allocate_payment(book.ports, by_ana(LATER), payment.id, None)
    assert refusal.value.code == "too_many_allocations"
    assert_books_hold(book.fakes.table)


def test_interest_is_not_owed_for_the_days_on_which_a_charged_back_payment_was_there(
    book: Book,
) -> None:
    invoice = book.issued(100_000)
    payment = book.paid(100_000)

    _give(book, payment, "charged_back", on=date(2026, 3, 15))

    days = [(one.amount_minor, one.received_on.day) for one in book.invoice(invoice).settlements]
    assert days == [(100_000, 2), (-100_000, 15)]


def test_a_reversed_payment_never_was(book: Book) -> None:
    invoice = book.issued(100_000)
    payment = book.paid(100_000)

    _give(book, payment, "reversed", on=date(2026, 3, 15))

    days = [(one.amount_minor, one.received_on.day) for one in book.invoice(invoice).settlements]
    assert days == [(100_000, 2), (-100_000, 2)]


def test_all_of_a_payment_over_more_invoices_than_a_transaction_holds_is_refunded(
    book: Book,
) -> None:
    for number in range(80):
        book.issued(10, series=f"S{number}")
    payment = book.paid(800)
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        _give(book, payment)
    assert refusal.value.field_code == "amount_needed"
    assert book.snapshot() == before

    # As a refund that died between its batches leaves it; then it is asked for again.
    first = [Wanted(invoice_id=one.invoice_id, amount_minor=10) for one in payment.allocations[:20]]
    undo_allocations(book.ports, by_ana(LATER), payment.id, first)
    after = _give(book, payment, amount_minor=800)

    assert (after.returned_minor(), after.unapplied_minor, after.standing()) == (800, 0, ())
    assert book.account().open_minor == 800
    assert_books_hold(book.fakes.table)


def test_a_credit_takes_no_early_payment_discount_and_settles_the_oldest_wholly(
    book: Book,
) -> None:
    credited = book.issued(100_000)
    book.paid(100_000)
    terms = DiscountTerms(rate=Decimal("0.02"), days=10)
    oldest = book.issued(60_000, discount=terms)
    other = book.issued(60_000, discount=terms)
    credit = book.credited(credited, 70_000).payment_id

    allocate_payment(book.ports, by_ana(), credit, None)

    assert book.invoice(oldest).open_minor == 0
    assert book.invoice(other).open_minor == 50_000
    assert_books_hold(book.fakes.table)
