"""What a provider's list has and we lack is posted; what differs is for a person."""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.domain.comparison import Comparison
from chalicelib.domain.errors import ProviderUnavailable, StateConflict
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import InboxEvent, ProviderFact
from chalicelib.usecases.compare_provider import (
    ask_for_comparison,
    compare_provider,
    due_comparisons,
)
from chalicelib.usecases.context import system_context
from chalicelib.usecases.nightly import queue_nightly_chores
from chalicelib.usecases.provider_ports import Listed
from chalicelib.usecases.provider_settings import ProviderChange, change_provider
from tests.builders import NOON, Book, a_fact, by_ana, provider_says
from tests.fakes import CountingTable
from tests.invariants import assert_quiet
from tests.worker import drain, settle

NIGHT = NOON + timedelta(hours=14)


@pytest.fixture
def book() -> Book:
    return Book()


def listed(*facts: ProviderFact) -> Listed:
    """Return a payment of the provider's list that says these facts."""
    raw = json.dumps([fact.model_dump(mode="json") for fact in facts])
    return Listed(payment_key=facts[0].payment_key, raw=raw)


def put_on_list(book: Book, *entries: Listed) -> None:
    book.fakes.gateway.lists["stripe"] = list(entries)


def compare(book: Book) -> Comparison:
    run = compare_provider(book.ports, system_context(NIGHT), "stripe")
    drain(book.fakes, NIGHT)
    return run


def counts(run: Comparison) -> tuple[int, int, int]:
    return run.seen, run.missed, run.differing


def test_a_payment_that_was_never_told_of_is_posted_by_the_same_handler(book: Book) -> None:
    invoice = book.issued()
    put_on_list(book, listed(a_fact(invoice_id=invoice.id, event_id="list")))

    run = compare(book)

    assert (counts(run), run.state, run.keys) == ((1, 1, 0), "done", ("pi_1",))
    assert book.invoice(invoice).state == "paid"
    (event,) = book.all(InboxEvent)
    assert (event.event_type, event.state) == ("saldo.compared", "processed")
    assert_quiet(book.fakes.table)


def test_a_second_look_and_a_late_webhook_change_nothing(book: Book) -> None:
    invoice = book.issued()
    fact = a_fact(invoice_id=invoice.id)
    put_on_list(book, listed(fact))
    compare(book)

    run = compare_provider(book.ports, system_context(NIGHT + timedelta(days=1)), "stripe")
    provider_says(book.ports, fact)

    assert counts(run) == (1, 0, 0)
    assert len(book.all(Payment)) == 1
    assert len(book.all(InboxEvent)) == 2


def test_a_refund_that_was_missed_opens_the_invoice_again(book: Book) -> None:
    invoice = book.issued()
    paid = a_fact(invoice_id=invoice.id)
    provider_says(book.ports, paid)
    put_on_list(book, listed(paid, a_fact("refunded_so_far", amount_minor=40_000)))

    run = compare(book)

    assert counts(run) == (1, 1, 0)
    assert book.invoice(invoice).open_minor == 40_000
    assert counts(compare(book)) == (1, 0, 0)


def test_money_given_back_by_hand_is_not_taken_for_a_missed_refund(book: Book) -> None:
    invoice = book.issued()
    paid = a_fact(invoice_id=invoice.id)
    provider_says(book.ports, paid)
    refunded = a_fact("refunded_so_far", amount_minor=40_000)
    provider_says(book.ports, refunded)
    put_on_list(book, listed(paid, refunded))

    assert counts(compare(book)) == (1, 0, 0)


def test_another_amount_is_a_task_and_no_posting(book: Book) -> None:
    invoice = book.issued()
    provider_says(book.ports, a_fact(invoice_id=invoice.id))
    put_on_list(book, listed(a_fact(amount_minor=90_000)))

    run = compare(book)
    compare(book)

    assert counts(run) == (1, 0, 1)
    (task,) = book.work()
    assert (task.what, task.detail) == (
        "provider_difference", "stripe pi_1: 900.00 EUR ≠ 1000.00 EUR",
    )  # fmt: skip
    assert book.invoice(invoice).state == "paid"


def test_what_only_we_have_is_a_task(book: Book) -> None:
    provider_says(book.ports, a_fact(invoice_id=book.issued().id))

    run = compare(book)

    assert counts(run) == (0, 0, 1)
    assert [(task.what, task.detail) for task in book.work()] == [
        ("provider_missing", "stripe pi_1")
    ]


def test_what_the_provider_lists_under_an_older_day_is_no_task(book: Book) -> None:
    fact = a_fact(invoice_id=book.issued().id)
    provider_says(book.ports, fact)
    book.fakes.gateway.elsewhere["stripe"] = [listed(fact)]

    assert counts(compare(book)) == (0, 0, 0)
    assert book.work() == []


def test_an_entry_that_cannot_be_understood_is_failed_work_and_holds_up_no_other(
    book: Book,
) -> None:
    invoices = [book.issued() for _ in range(3)]
    put_on_list(
        book,
        *(
            listed(a_fact(payment_key=f"pi_{number}", invoice_id=invoice.id))
            for number, invoice in enumerate(invoices)
        ),
    )
    for _ in range(2):
        book.fakes.gateway.faults = [None, EventMalformed("stripe", "new is no status")]

        run = compare_provider(book.ports, system_context(NIGHT), "stripe")

        assert (counts(run), run.state) == ((3, 2, 1), "done")
        assert run.keys == ("pi_0", "pi_1", "pi_2")
        # The worker of events is given it once: who cannot read it either says so in the open.
        assert len(book.all(InboxEvent)) == 3


def test_what_was_never_paid_is_not_missed(book: Book) -> None:
    put_on_list(book, listed(a_fact("failed")), listed(a_fact("processing", payment_key="pi_2")))

    assert counts(compare(book)) == (2, 0, 0)
    assert book.all(Payment) == []


def test_a_third_of_the_events_lost_leaves_the_same_books(book: Book) -> None:
    random, entries = Random(5), []
    for number in range(40):
        invoice = book.issued(1_000 + number)
        facts = _life_of(number, invoice.id, random)
        entries.append(listed(*facts))
        for fact in facts:
            if random.random() > 0.3:
                provider_says(book.ports, fact)
    put_on_list(book, *entries)

    compare(book)
    settle(book.fakes, NIGHT)

    refunds = sum(number for number in range(40) if number % 4 == 0)
    assert book.account().open_minor == refunds
    assert len(book.all(Payment)) == 40
    assert counts(compare(book)) == (40, 0, 0)
    assert_quiet(book.fakes.table)


def _life_of(number: int, invoice_id: str, random: Random) -> Sequence[ProviderFact]:
    key = f"pi_{number}"
    paid = a_fact(
        payment_key=key, event_id=f"paid_{number}", invoice_id=invoice_id,
        amount_minor=1_000 + number,
    )  # fmt: skip
    if number % 4:
        return [paid]
    back = a_fact(
        "refunded_so_far", payment_key=key, event_id=f"back_{number}", amount_minor=number,
        occurred_at=NOON + timedelta(minutes=random.randrange(1, 60)),
    )  # fmt: skip
    return [paid, back]


def test_a_provider_that_cannot_be_reached_is_on_record_and_asked_again(book: Book) -> None:
    book.fakes.gateway.faults = [ProviderUnavailable("stripe", "no answer")]

    with pytest.raises(ProviderUnavailable):
        compare(book)

    (run,) = book.all(Comparison)
    assert (run.state, run.error) == ("failed", "no answer")
    assert compare(book).state == "done"
    assert len(book.all(Comparison)) == 1


def test_the_next_night_covers_those_that_failed(book: Book) -> None:
    first = compare_provider(book.ports, system_context(NIGHT), "stripe")
    late = NIGHT + timedelta(days=9)

    run = compare_provider(book.ports, system_context(late), "stripe")

    assert run.since == first.until - timedelta(days=3)
    assert run.until == late


def test_a_provider_without_a_list_cannot_be_compared(book: Book) -> None:
    before = book.snapshot()

    with pytest.raises(StateConflict) as refused:
        ask_for_comparison(book.ports, by_ana(), "redsys")

    assert refused.value.code == "no_list"
    assert book.snapshot() == before


def test_each_night_asks_those_that_are_set_up(book: Book) -> None:
    assert list(due_comparisons(book.ports, system_context(NIGHT))) == []
    for name in ("stripe", "redsys"):
        change = ProviderChange(keys={"account": "acct_1"})
        change_provider(book.ports, by_ana(), name, change, expected_version=None)

    queue_nightly_chores(book.ports, system_context(NIGHT))

    chores = [
        one for one in book.fakes.queues.bodies("chores") if one["chore"] == "compare_provider"
    ]
    assert [one["provider"] for one in chores] == ["stripe"]


def test_a_night_without_news_costs_three_reads_for_fifty_payments() -> None:
    book = Book()
    entries = []
    for number in range(100):
        fact = a_fact(
            payment_key=f"pi_{number}", event_id=f"evt_{number}", invoice_id=book.issued().id
        )
        provider_says(book.ports, fact)
        entries.append(listed(fact))
    put_on_list(book, *entries)
    table = CountingTable(book.fakes.table)

    run = compare_provider(book.fakes.ports(table), system_context(NIGHT), "stripe")

    assert counts(run) == (100, 0, 0)
    assert table.requests == {"get": 2, "batch_get": 4, "query": 2, "put": 1, "transact_write": 1}
