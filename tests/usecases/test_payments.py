"""Money received by hand: what it settles, what stays unapplied, and when it counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.assign_payment import assign_payment
from tests.builders import (
    Book,
    a_customer,
    a_fact,
    a_payment,
    aging_as_of,
    an_issued_invoice,
    at,
    by_ana,
    provider_says,
)


def test_a_payment_in_full_settles_the_invoice(book: Book) -> None:
    invoice = book.issued(121_000)

    payment = book.paid(121_000)

    after = book.invoice(invoice)
    assert (after.state, after.open_minor) == ("paid", 0)
    assert (payment.unapplied_minor, payment.allocated_minor) == (0, 121_000)
    assert [one.payment_id for one in after.settlements] == [payment.id]
    assert book.account().open_items == ()


def test_a_part_payment_leaves_the_rest_open(book: Book) -> None:
    invoice = book.issued(121_000)

    book.paid(21_000)

    after = book.invoice(invoice)
    assert (after.state, after.open_minor) == ("partially_paid", 100_000)
    assert book.account().open_minor == 100_000


def test_more_than_is_owed_stays_unapplied(book: Book) -> None:
    book.issued(100_000)

    payment = book.paid(130_000)

    assert payment.unapplied_minor == 30_000
    assert book.account().unapplied_minor == 30_000


def test_without_a_wish_the_oldest_due_date_is_settled_first(book: Book) -> None:
    later = book.issued(1_000, due_date="2026-05-01")
    first = book.issued(1_000, due_date="2026-04-01")
    between = book.issued(1_000, due_date="2026-04-15")

    payment = book.paid(2_500)

    assert [one.invoice_id for one in payment.allocations] == [first.id, between.id, later.id]
    assert [book.invoice(each).open_minor for each in (first, between, later)] == [0, 0, 500]


def test_an_explicit_wish_is_followed_and_the_rest_stays_unapplied(book: Book) -> None:
    old, young = book.issued(1_000), book.issued(1_000)

    payment = book.paid(1_500, wanted=[(young.id, 600)])

    assert (book.invoice(old).open_minor, book.invoice(young).open_minor) == (1_000, 400)
    assert payment.unapplied_minor == 900


def test_no_wish_at_all_leaves_everything_unapplied(book: Book) -> None:
    book.issued(1_000)

    payment = book.paid(1_000, wanted=[])

    assert (payment.unapplied_minor, payment.allocations) == (1_000, ())
    assert book.account().open_minor == 1_000


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ([("own", 1_001)], StateConflict),
        ([("own", 600), ("own", 400)], InvalidField),
        ([("own", 0)], InvalidField),
        ([("own", -1)], InvalidField),
        ([("foreign", 10)], StateConflict),
        ([("dollars", 10)], StateConflict),
        ([("inv_none", 10)], StateConflict),
        ([("own", 1_000), ("second", 600)], InvalidField),
    ],
)
def test_a_wish_that_does_not_fit_posts_nothing(
    book: Book, wanted: list[tuple[str, int]], error: type[Exception]
) -> None:
    stranger = a_customer(book.ports, name="Otra, S.L.")
    ids = {
        "own": book.issued(1_000).id,
        "second": book.issued(1_000).id,
        "foreign": an_issued_invoice(book.ports, stranger.id, 1_000).id,
        "dollars": book.issued(1_000, currency="USD").id,
    }
    before = book.snapshot()

    with pytest.raises(error):
        book.paid(1_500, wanted=[(ids.get(name, name), amount) for name, amount in wanted])

    assert book.snapshot() == before


def test_money_of_nobody_we_know_or_of_the_far_future_is_refused(book: Book) -> None:
    before = book.snapshot()

    with pytest.raises(NotFound):
        a_payment(book.ports, "cus_none", 100)
    with pytest.raises(InvalidField, match="/received_on"):
        book.paid(100, received_on=date(2062, 3, 4))

    assert book.snapshot() == before


def test_the_value_date_decides_when_a_payment_counts(book: Book) -> None:
    book.issued(1_000, issue_date="2026-01-10", due_date="2026-02-01")

    book.paid(400, received_on=date(2026, 2, 15))

    assert [row.total_minor for row in aging_as_of(book.ports, date(2026, 2, 14))] == [1_000]
    assert [row.total_minor for row in aging_as_of(book.ports, date(2026, 2, 15))] == [600]
    assert [row.total_minor for row in aging_as_of(book.ports, date(2029, 2, 15))] == [600]


def test_money_received_before_the_invoice_counts_as_unapplied_until_then(book: Book) -> None:
    book.issued(1_000, issue_date="2026-02-20")

    book.paid(1_000, received_on=date(2026, 2, 10))

    shown = [
        [
            (row.total_minor, row.unapplied_minor)
            for row in aging_as_of(book.ports, date(2026, 2, day))
        ]
        for day in (9, 10, 19, 20)
    ]
    assert shown == [[], [(0, 1_000)], [(0, 1_000)], [(0, 0)]]


def test_a_payment_of_120_invoices_is_settled_in_atomic_batches(book: Book) -> None:
    invoices = [
        book.issued(100 + n, issue_date=f"2026-01-{1 + n // 5:02d}", series=f"S{n}")
        for n in range(120)
    ]
    total = sum(invoice.total_minor for invoice in invoices)
    commits = len(book.fakes.table.log)

    payment = book.paid(total + 7)

    assert payment.unapplied_minor == 7
    assert len(payment.allocations) == 120
    assert {book.invoice(invoice).state for invoice in invoices} == {"paid"}
    assert max(len(actions) for actions in book.fakes.table.log[commits:]) <= 100
    assert 2 <= len(book.fakes.table.log) - commits <= 6


def test_many_explicit_allocations_are_batched_too(book: Book) -> None:
    invoices = [book.issued(100) for _ in range(90)]

    payment = book.paid(10_000, wanted=[(invoice.id, 60) for invoice in invoices])

    assert (payment.unapplied_minor, len(payment.allocations)) == (10_000 - 5_400, 90)
    assert {book.invoice(invoice).open_minor for invoice in invoices} == {40}


def test_unapplied_money_is_allocated_later(book: Book) -> None:
    payment = book.paid(1_000)
    first, second = book.issued(700), book.issued(700)

    after = allocate_payment(book.ports, by_ana(), payment.id, None)

    assert (after.unapplied_minor, after.allocated_minor) == (0, 1_000)
    assert [book.invoice(each).open_minor for each in (first, second)] == [0, 400]


def test_unapplied_money_is_allocated_as_wished(book: Book) -> None:
    payment = book.paid(1_000)
    first, second = book.issued(700), book.issued(700)
    wish = [Wanted(invoice_id=second.id, amount_minor=300)]

    after = allocate_payment(book.ports, by_ana(), payment.id, wish)

    assert after.unapplied_minor == 700
    assert [book.invoice(each).open_minor for each in (first, second)] == [700, 400]


def test_an_allocation_without_money_or_without_debt_is_refused(book: Book) -> None:
    nothing_open = book.paid(1_000)
    book.issued(400)
    allocate_payment(book.ports, by_ana(), nothing_open.id, None)
    spent = a_payment(book.ports, a_customer(book.ports, name="Otra").id, 10)
    before = book.snapshot()

    for payment_id, wish in [
        (nothing_open.id, None),
        (spent.id, None),
        (spent.id, [Wanted(invoice_id="inv_none", amount_minor=5)]),
    ]:
        with pytest.raises(StateConflict):
            allocate_payment(book.ports, by_ana(), payment_id, wish)
    with pytest.raises(NotFound):
        allocate_payment(book.ports, by_ana(), "pay_none", None)

    assert book.snapshot() == before


def test_parallel_payments_never_settle_more_than_is_owed(book: Book) -> None:
    invoice = book.issued(1_000)

    with ThreadPoolExecutor(10) as pool:
        payments = list(pool.map(lambda _: book.paid(300), range(10)))

    assert book.invoice(invoice).open_minor == 0
    assert sum(book.payment(one).unapplied_minor for one in payments) == 2_000
    assert book.account().unapplied_minor == 2_000


def test_money_of_nobody_is_assigned_once_to_its_customer(book: Book) -> None:
    book.issued(100_000)
    provider_says(book.ports, a_fact(amount_minor=100_000))
    (payment,) = [one for one in book.all(Payment) if one.customer_id == UNIDENTIFIED]

    after = assign_payment(book.ports, by_ana(), payment.id, book.customer.id)

    assert (after.customer_id, after.unapplied_minor) == (book.customer.id, 100_000)
    assert book.account(UNIDENTIFIED).unapplied_minor == 0
    assert [item.outcome for item in book.work("done")] == ["assigned"]
    before = book.snapshot()
    with pytest.raises(StateConflict):
        assign_payment(book.ports, by_ana(), payment.id, book.customer.id)
    with pytest.raises(NotFound):
        assign_payment(book.ports, by_ana(), "pay_none", book.customer.id)
    assert book.snapshot() == before


def test_money_of_nobody_cannot_stay_with_nobody(book: Book) -> None:
    provider_says(book.ports, a_fact())
    (item,) = book.work()
    before = book.snapshot()

    with pytest.raises(InvalidField):
        assign_payment(book.ports, by_ana(), item.payment_id or "", UNIDENTIFIED)
    with pytest.raises(NotFound):
        assign_payment(book.ports, by_ana(), item.payment_id or "", "cus_none")

    assert book.snapshot() == before


def test_the_customer_keeps_the_date_of_money_that_was_assigned_late(book: Book) -> None:
    provider_says(book.ports, a_fact(occurred_at=at("2026-02-10")))
    (item,) = book.work()

    assign_payment(book.ports, by_ana(at("2026-03-20")), item.payment_id or "", book.customer.id)

    assert [row.unapplied_minor for row in aging_as_of(book.ports, date(2026, 2, 9))] == []
    assert [row.unapplied_minor for row in aging_as_of(book.ports, date(2026, 2, 10))] == [100_000]
    assert [row.unapplied_minor for row in aging_as_of(book.ports, date(2026, 3, 31))] == [100_000]
