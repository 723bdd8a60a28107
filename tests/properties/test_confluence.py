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

# Six payments: one tried again after a failure, one whose first event names no invoice and of which
# more comes in than is owed, one of a stranger; and what goes back of them.
_INVOICES = (60_000, 100_000, 50_000, 70_000)


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
        ("paid", "pi_e", 2, 50_000, 14),
        ("paid", "pi_f", 3, 70_000, 15),
        ("refunded_so_far", "pi_b", None, 50_000, 20),
        ("refunded_so_far", "pi_c", None, 200, 20),
        ("refunded_so_far", "pi_e", None, 20_000, 20),
        ("refunded_so_far", "pi_e", None, 50_000, 22),
        ("refunded_so_far", "pi_never_told", None, 900, 22),
    ]
    facts = [
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
    return [*facts, *_refunds(), *_disputes()]


def _refunds() -> list[ProviderFact]:
    told: list[tuple[str, str, Any, int, int, int]] = [
        ("pi_b", "re_b", "pending", 50_000, 20, 20),
        ("pi_e", "re_e1", "succeeded", 20_000, 20, 20),
        ("pi_e", "re_e2", "succeeded", 30_000, 22, 22),
        ("pi_b", "re_b", "failed", 50_000, 20, 30),
        ("pi_e", "re_e2", "failed", 30_000, 22, 31),
    ]
    return [
        a_fact(
            "refund", event_id=f"evt_{name}_{status}", payment_key=key, object_id=name,
            refund_status=status, amount_minor=amount,
            began_at=NOON + timedelta(minutes=began), occurred_at=NOON + timedelta(minutes=minute),
        )
        for key, name, status, amount, began, minute in told
    ]  # fmt: skip


def _disputes() -> list[ProviderFact]:
    told: list[tuple[str, Any, Any, int, int]] = [
        ("pi_a", "contested", "out", 60_000, 40),
        ("pi_a", "contested", "out", 60_000, 40),
        ("pi_a", "won", "back", 60_000, 50),
        ("pi_a", "won", "back", 60_000, 51),
        ("pi_b", "inquiry", None, 130_000, 41),
        ("pi_b", "contested", "out", 130_000, 42),
        ("pi_b", "lost", "out", 130_000, 52),
        ("pi_f", "contested", "out", 30_000, 43),
        ("pi_f", "contested", None, 30_000, 44),
    ]
    return [
        a_fact(
            "dispute", event_id=f"evt_dispute_{number}", payment_key=key, object_id=f"du_{key}",
            dispute_status=status, money=money, amount_minor=amount, due_by=NOON,
            occurred_at=NOON + timedelta(minutes=minute),
        )
        for number, (key, status, money, amount, minute) in enumerate(told)
    ]  # fmt: skip


EVENTS = range(15 + 5 + 9)


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
                tuple((part.number, part.amount_minor) for part in one.standing()),
                one.returned_minor("refunded"),
                one.returned_minor("charged_back"),
            )
            for one in book.all(Payment)
        ),
        "accounts": sorted(
            (
                one.customer_name,
                one.unapplied_minor,
                one.open_minor,
                tuple(sorted((each.key, each.amount_minor) for each in one.pending)),
                tuple((rest.kind, rest.amount_minor) for rest in one.rests),
            )
            for one in book.all(Account)
            if one.entries
        ),
        "work": sorted((item.what, item.amount_minor) for item in book.work()),
        "aging": aging_by_hand(books, day),
    }


EXPECTED = essence(told(list(EVENTS)))


@given(st.permutations(EVENTS), st.lists(st.sampled_from(EVENTS), max_size=8))
@settings(max_examples=150)
def test_any_order_with_any_repetition_ends_in_the_same_books(
    order: list[int], repeated: list[int]
) -> None:
    assert essence(told([*order, *repeated])) == EXPECTED


def test_the_end_is_the_one_that_a_clerk_would_expect() -> None:
    assert EXPECTED["invoices"] == [
        ("A-000001", "paid", 0),
        ("A-000002", "issued", 100_000),
        ("A-000003", "partially_paid", 20_000),
        ("A-000004", "partially_paid", 30_000),
    ]
    assert EXPECTED["work"] == [
        ("chargeback", 30_000),
        ("chargeback_lost", 130_000),
        ("payment_failed", 100),
        ("payment_unmatched", 300),
        ("refund_unmatched", 900),
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
