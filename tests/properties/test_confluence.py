"""Whatever the order and number of deliveries, a history of events ends in the same books."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.account import Account
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import ProviderFact
from tests.builders import NOON, Book, a_fact, provider_says
from tests.invariants import aging_by_hand, aging_by_totals, assert_books_hold

# Two invoices, three payments: one tried again after a failure, one whose first event names no
# invoice, one of a stranger; more money than is owed; all on one day.
_INVOICES = (60_000, 100_000)


def history(invoices: list[str]) -> list[ProviderFact]:
    """Everything the provider ever says, in the order in which it happened."""
    told: list[tuple[Any, str, int | None, int, int]] = [
        ("processing", "pi_a", 0, 60_000, 0),
        ("failed", "pi_a", 0, 60_000, 0),
        ("processing", "pi_a", 0, 60_000, 7),
        ("paid", "pi_a", 0, 60_000, 9),
        ("paid", "pi_b", None, 130_000, 10),
        ("paid", "pi_b", 1, 130_000, 11),
        ("paid", "pi_c", None, 500, 12),
        ("failed", "pi_d", 1, 100, 13),
    ]
    return [
        a_fact(
            what,
            event_id=f"evt_{number}",
            payment_key=key,
            invoice_id=None if index is None else invoices[index],
            amount_minor=amount,
            occurred_at=NOON + timedelta(minutes=minute),
        )
        for number, (what, key, index, amount, minute) in enumerate(told)
    ]


def told(order: list[int]) -> Book:
    """A book that has heard the history in this order."""
    book = Book()
    invoices = [book.issued(total).id for total in _INVOICES]
    events = history(invoices)
    for number in order:
        provider_says(book.ports, events[number])
    assert_books_hold(book.fakes.table)
    return book


def essence(book: Book) -> dict[str, object]:
    """The books without the marks of when and in which order things were written."""
    day = date(2026, 4, 20)
    books = book.all(Entry)
    return {
        "invoices": sorted((one.number, one.state, one.open_minor) for one in book.all(Invoice)),
        "payments": sorted(
            (
                one.provider_payment_id,
                one.customer_name,
                one.unapplied_minor,
                tuple((part.number, part.amount_minor) for part in one.allocations),
            )
            for one in book.all(Payment)
        ),
        "accounts": sorted(
            (
                one.customer_name,
                one.unapplied_minor,
                one.open_minor,
                tuple(sorted((each.key, each.amount_minor) for each in one.pending)),
            )
            for one in book.all(Account)
            if one.entries
        ),
        "work": sorted((item.what, item.amount_minor) for item in book.work()),
        "aging": aging_by_hand(books, day),
    }


EXPECTED = essence(told(list(range(8))))


@given(st.permutations(range(8)), st.lists(st.integers(0, 7), max_size=6))
@settings(max_examples=80)
def test_any_order_with_any_repetition_ends_in_the_same_books(
    order: list[int], repeated: list[int]
) -> None:
    assert essence(told([*order, *repeated])) == EXPECTED


def test_the_end_is_the_one_that_a_clerk_would_expect() -> None:
    assert EXPECTED["invoices"] == [("A-000001", "paid", 0), ("A-000002", "paid", 0)]
    assert EXPECTED["work"] == [
        ("payment_excess", 30_000),
        ("payment_failed", 100),
        ("payment_unmatched", 500),
    ]


FACTS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "pay", "spread"]),
        st.integers(1, 10**6),
        st.integers(0, 75),
        st.integers(0, 45),
    ),
    min_size=1,
    max_size=12,
)


@given(FACTS)
@settings(max_examples=40)
def test_aging_as_of_any_day_is_the_fold_of_the_ledger_up_to_it(
    facts: list[tuple[str, int, int, int]],
) -> None:
    book = Book()
    for number, (what, amount, ago, terms) in enumerate(facts):
        day = NOON.date() - timedelta(days=ago)
        if what == "issue":
            due = (day + timedelta(days=terms)).isoformat()
            book.issued(amount, issue_date=day.isoformat(), due_date=due, series=f"S{number}")
        else:
            book.paid(amount, received_on=day, wanted=[] if what == "pay" else None)

    books = book.books()

    for back in range(-50, 80, 3):
        day = NOON.date() - timedelta(days=back)
        assert _shown(aging_by_totals(books, day)) == _shown(aging_by_hand(books.all(Entry), day))


def _shown(rows: tuple[Any, ...]) -> list[Any]:
    return [row for row in rows if row.total_minor or row.unapplied_minor]
