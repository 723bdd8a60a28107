"""Whatever a provider says of one payment going back, in whatever order: the books end the same."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.account import Account
from chalicelib.domain.ledger import Entry
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import ProviderFact
from tests.builders import Book, a_fact, at, provider_says
from tests.domain.test_money_back import FACTS
from tests.invariants import aging_by_hand, assert_books_hold

TOTALS = st.sampled_from([60_000, 100_000, 130_000])


def told(facts: list[ProviderFact], total_minor: int) -> Book:
    """A book with one invoice that has heard these facts; None of them knows its id yet."""
    book = Book()
    invoice = book.issued(total_minor)
    for fact in facts:
        named = invoice.id if fact.invoice_id else None
        provider_says(book.ports, fact.but(invoice_id=named), at("2026-03-09"))
    assert_books_hold(book.fakes.table)
    return book


def essence(book: Book) -> dict[str, object]:
    """The books without the marks of when and in which order things were written."""
    payment = next(iter(book.all(Payment)), None)
    return {
        "payment": payment
        and (
            payment.customer_name,
            payment.unapplied_minor,
            payment.returned_minor("refunded"),
            payment.returned_minor("charged_back"),
            tuple((one.number, one.amount_minor) for one in payment.standing()),
        ),
        "back": [(one.so_far, one.refunds, one.disputes) for one in book.all(MoneyBack)],
        "accounts": [
            (
                one.open_minor,
                one.unapplied_minor,
                tuple((rest.kind, rest.amount_minor) for rest in one.rests),
                one.next_action_at,
            )
            for one in book.all(Account)
            if one.open_minor or one.unapplied_minor
        ],
        "work": sorted((item.what, item.amount_minor or 0, item.detail) for item in book.work()),
        "aging": [
            row
            for row in aging_by_hand(book.all(Entry), date(2026, 5, 20))
            if row.total_minor or row.unapplied_minor
        ],
    }


@given(st.lists(FACTS, max_size=6), TOTALS, st.booleans(), st.booleans(), st.data())
@settings(max_examples=150)
def test_any_order_with_any_repetition_ends_in_the_same_books(
    facts: list[ProviderFact],
    total_minor: int,
    is_named_first: bool,
    is_ever_named: bool,
    data: st.DataObject,
) -> None:
    payments = [a_fact(invoice_id="named" if is_named_first else None)]
    payments += [a_fact(invoice_id="named")] if is_ever_named else []
    story = [fact.but(event_id=f"evt_{number}") for number, fact in enumerate([*payments, *facts])]
    order = data.draw(st.permutations(story))
    repeated = data.draw(st.lists(st.sampled_from(story), max_size=3))

    ends = [essence(told(one, total_minor)) for one in (story, [*order, *repeated])]

    assert ends[0] == ends[1]
