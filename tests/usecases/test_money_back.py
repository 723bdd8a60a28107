"""Refunds at the provider: before, after and without the payment they belong to."""

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.payment import Payment
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.return_payment import Giving, return_payment
from tests.builders import (
    Book,
    a_customer,
    aging_as_of,
    at,
    by_ana,
    change_company,
)
from tests.money_back import (
    DAY,
    dispute,
    hear,
    known_back,
    paid,
    refund,
    refunded,
    tasks,
    the_payment,
)


def test_a_refund_opens_the_invoice_again_and_the_chase_resumes(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))
    assert book.account().next_action_at is None

    outcome = hear(book, refunded(30_000))

    payment = the_payment(book)
    assert outcome == f"refunded 30000 of {payment.id}"
    assert book.invoice(invoice).state == "partially_paid"
    assert book.invoice(invoice).open_minor == 30_000
    assert (payment.unapplied_minor, payment.returned_minor("refunded")) == (0, 30_000)
    assert book.account().next_action_at is not None
    assert book.work() == []


def test_a_refund_counts_from_the_day_of_its_event_at_the_companys_place(book: Book) -> None:
    change_company(book.ports, time_zone="America/Santiago")
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))

    hear(book, refunded(30_000, "2026-03-10T02:30"))

    assert [one.on for one in the_payment(book).returns] == [date(2026, 3, 9)]
    assert aging_as_of(book.ports, date(2026, 3, 8))[0].total_minor == 0
    assert aging_as_of(book.ports, date(2026, 3, 9))[0].total_minor == 30_000


def test_a_refund_never_counts_from_before_the_money_came(book: Book) -> None:
    invoice = book.issued(100_000, issue_date="2026-02-20")

    hear(book, refunded(30_000, "2026-03-01"), paid(invoice_id=invoice.id))

    assert [one.on for one in the_payment(book).returns] == [the_payment(book).received_on]


def test_the_sum_of_refunds_is_not_added_up(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))

    hear(
        book,
        refund("succeeded", 20_000),
        refunded(20_000),
        refunded(50_000, "disputed"),
        refund("succeeded", 30_000, "disputed", object_id="re_2"),
    )

    assert book.invoice(invoice).open_minor == 50_000
    assert [one.amount_minor for one in the_payment(book).returns] == [20_000, 30_000]


def test_what_settles_nothing_goes_first(book: Book) -> None:
    invoice = book.issued(60_000)
    hear(book, paid(invoice_id=invoice.id))
    assert tasks(book) == [("payment_excess", 40_000)]

    hear(book, refunded(30_000))
    assert (book.invoice(invoice).open_minor, tasks(book)) == (0, [("payment_excess", 10_000)])

    hear(book, refunded(50_000, "disputed"))
    assert (book.invoice(invoice).open_minor, tasks(book)) == (10_000, [])
    assert [item.outcome for item in book.work("done")] == ["returned"]


def test_a_failed_refund_settles_again_what_it_had_opened(book: Book) -> None:
    invoice = book.issued(60_000)
    hear(book, paid(invoice_id=invoice.id), refunded(70_000))
    assert book.invoice(invoice).open_minor == 30_000

    hear(book, refund("failed", 70_000, "closed"))

    payment = the_payment(book)
    assert book.invoice(invoice).state == "paid"
    assert (payment.unapplied_minor, payment.returned_minor()) == (40_000, 0)
    assert tasks(book) == [("payment_excess", 40_000)]
    assert known_back(book).taken == ()


def test_money_that_comes_back_stays_unapplied_where_others_have_paid_meanwhile(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id), refunded(100_000))
    book.paid(80_000, wanted=[(invoice.id, 80_000)])

    hear(book, refund("failed", 100_000, "closed"))

    assert book.invoice(invoice).state == "paid"
    assert the_payment(book).unapplied_minor == 80_000
    assert tasks(book) == [("payment_excess", 80_000)]


def test_before_its_payment_a_refund_is_only_remembered(book: Book) -> None:
    invoice = book.issued(100_000)

    assert hear(book, refunded(30_000)) == "waits for the payment"

    assert book.all(Payment) == []
    assert book.account().entries == 1
    (item,) = book.work()
    assert (item.what, item.detail, item.amount_minor, item.currency) == (
        "refund_unmatched", "pi_1", 30_000, "EUR",
    )  # fmt: skip

    outcome = hear(book, paid(invoice_id=invoice.id))

    payment = the_payment(book)
    assert outcome == f"posted {payment.id}; refunded 30000 of {payment.id}"
    assert book.invoice(invoice).open_minor == 30_000
    assert (book.work(), [item.outcome for item in book.work("done")]) == ([], ["matched"])


def test_a_refund_that_failed_before_its_payment_was_heard_of_leaves_nothing(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, refunded(30_000), refund("failed", 30_000, "closed"))
    assert book.work() == []

    hear(book, paid(invoice_id=invoice.id))

    assert book.invoice(invoice).state == "paid"
    assert the_payment(book).returns == ()


def test_money_of_an_unknown_payer_goes_back_from_where_it_is_kept(book: Book) -> None:
    hear(book, paid(), refunded(40_000))

    assert book.account(UNIDENTIFIED).unapplied_minor == 60_000
    assert tasks(book) == [("payment_unmatched", 60_000)]


def test_money_assigned_by_hand_goes_back_from_its_customer(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(), refunded(40_000))
    assign_payment(book.ports, by_ana(), the_payment(book).id, book.customer.id)
    assert book.account().unapplied_minor == 60_000

    hear(book, dispute("contested", "out"))

    assert book.account().unapplied_minor == 0
    assert book.invoice(invoice).state == "issued"
    assert book.account().rests == ()  # the money had settled nothing: the invoice is owed anyway


@pytest.mark.parametrize("unnamed_amount", [40_000, 100_000])
def test_an_invoice_named_after_the_refund_ends_as_if_named_before(
    book: Book, unnamed_amount: int
) -> None:
    invoice = book.issued(60_000)
    hear(book, paid(event_id="evt_unnamed"), refunded(unnamed_amount))
    hear(book, paid(invoice_id=invoice.id))
    left = 100_000 - unnamed_amount
    assert book.invoice(invoice).open_minor == 60_000 - min(60_000, left)

    hear(book, refund("failed", unnamed_amount, "closed"))

    assert book.invoice(invoice).state == "paid"
    assert tasks(book) == [("payment_excess", 40_000)]


def test_a_refund_entered_by_hand_is_not_posted_twice(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))
    giving = Giving(kind="refunded", amount_minor=30_000)
    return_payment(book.ports, by_ana(at(DAY["refunded"])), the_payment(book).id, giving)

    hear(book, refunded(30_000))
    assert the_payment(book).returned_minor() == 30_000

    hear(book, refunded(50_000, "disputed"))
    assert the_payment(book).returned_minor() == 50_000
    assert book.invoice(invoice).open_minor == 50_000


def test_what_was_reversed_by_hand_cannot_go_back_again_and_a_person_is_asked(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))
    return_payment(book.ports, by_ana(), the_payment(book).id, Giving(kind="reversed"))

    hear(book, refunded(30_000))

    assert the_payment(book).returned_minor() == 100_000
    assert tasks(book) == [("refund_unmatched", None)]


def test_a_refund_in_another_currency_is_left_to_a_person(book: Book) -> None:
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id))

    hear(book, refunded(30_000, currency="USD"))

    assert the_payment(book).returns == ()
    (item,) = book.work()
    assert (item.what, item.payment_id) == ("refund_unmatched", the_payment(book).id)


def test_a_refund_over_a_hundred_invoices_goes_in_steps_and_comes_back_so(book: Book) -> None:
    for number in range(100):
        day = f"2026-01-{1 + number // 4:02d}"
        book.issued(1_000, series=f"S{number}", issue_date=day)
    hear(book, paid())
    assign_payment(book.ports, by_ana(), the_payment(book).id, book.customer.id)
    from chalicelib.usecases.allocate_payment import allocate_payment

    allocate_payment(book.ports, by_ana(), the_payment(book).id, None)
    assert book.account().open_items == ()

    hear(book, refunded(100_000))
    assert book.account().open_minor == 100_000
    assert the_payment(book).standing() == ()

    hear(book, refund("failed", 100_000, "closed"))
    assert (book.account().open_items, book.account().unapplied_minor) == ((), 0)
    assert known_back(book).taken == ()


@pytest.mark.parametrize("gone", [20_000, 98_000])
@pytest.mark.parametrize(
    ("went", "came"),
    [("refunded", "disputed"), ("refunded", "2026-04-09"), ("2026-03-20", "2026-04-09")],
)
def test_a_discount_goes_with_the_money_that_earned_it_and_comes_back_with_it(
    book: Book, gone: int, went: str, came: str
) -> None:
    terms = DiscountTerms(rate=Decimal("0.02"), days=10)
    book.customer = a_customer(book.ports, discount=terms)
    invoice = book.issued(100_000)
    hear(book, paid(invoice_id=invoice.id, amount_minor=98_000))
    assert book.invoice(invoice).settled_minor("discount") == 2_000

    hear(book, refunded(gone, went))
    assert book.invoice(invoice).open_minor == gone + 2_000
    assert book.invoice(invoice).settled_minor("discount") == 0

    hear(book, refund("failed", gone, came))
    assert book.invoice(invoice).state == "paid"
    assert book.invoice(invoice).settled_minor("discount") == 2_000
