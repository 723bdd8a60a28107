"""Provider events: repeated, reordered, wrong, strange. Money is posted once and never lost."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import InboxEvent, ProviderFact
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.context import system_context
from chalicelib.usecases.ports import Conflict
from tests.builders import (
    NOON,
    Book,
    a_draft,
    a_fact,
    at,
    by_ana,
    change_company,
    fact_of,
    provider_says,
    receive,
)


def apply(book: Book, fact: ProviderFact) -> str:
    event = find_event(book.ports, fact.provider, fact.event_id)
    return apply_provider_event(book.ports, system_context(NOON), event, fact_of(event))


def test_a_paid_event_settles_the_invoice_it_names(book: Book) -> None:
    invoice = book.issued(100_000)

    outcome = provider_says(book.ports, a_fact(invoice_id=invoice.id))

    (payment,) = book.all(Payment)
    assert outcome == f"posted {payment.id}"
    assert (payment.amount_minor, payment.unapplied_minor) == (100_000, 0)
    assert (payment.provider, payment.provider_payment_id) == ("stripe", "pi_1")
    assert book.invoice(invoice).state == "paid"
    assert book.work() == []


def test_an_event_is_stored_once_and_queued_once(book: Book) -> None:
    fact = a_fact()

    for _ in range(5):
        receive(book.ports, fact)

    assert len(book.all(InboxEvent)) == 1
    (body,) = book.fakes.queues.bodies("provider_events")
    assert (body["v"], body["provider"], body["event_id"]) == (1, "stripe", "evt_paid")
    assert InboxEvent.model_validate(body["event"], strict=False) == book.all(InboxEvent)[0]


def test_a_large_event_travels_by_reference(book: Book) -> None:
    receive(book.ports, a_fact(detail="x" * 70_000))

    (body,) = book.fakes.queues.bodies("provider_events")
    assert body == {"v": 1, "provider": "stripe", "event_id": "evt_paid"}


def test_a_late_duplicate_of_an_event_changes_nothing(book: Book) -> None:
    invoice = book.issued(100_000)
    fact = a_fact(invoice_id=invoice.id)
    first = InboxEvent(provider="stripe", event_id=fact.event_id, event_type="paid",
                       raw=fact.model_dump_json(), received_at=NOON)  # fmt: skip
    outcome = provider_says(book.ports, fact)
    before = book.snapshot()

    for event in (first, find_event(book.ports, "stripe", fact.event_id)):
        context = system_context(at("2026-04-01"))
        assert apply_provider_event(book.ports, context, event, fact) == outcome

    assert book.snapshot() == before


def test_twenty_workers_at_once_post_the_money_once(book: Book) -> None:
    invoice = book.issued(100_000)
    fact = a_fact(invoice_id=invoice.id)
    receive(book.ports, fact)
    event = find_event(book.ports, fact.provider, fact.event_id)

    with ThreadPoolExecutor(20) as pool:
        outcomes = set(
            pool.map(
                lambda _: apply_provider_event(book.ports, system_context(NOON), event, fact),
                range(20),
            )
        )

    (payment,) = book.all(Payment)
    assert outcomes == {f"posted {payment.id}"}
    assert book.invoice(invoice).open_minor == 0


def test_two_events_about_the_same_money_post_it_once(book: Book) -> None:
    invoice = book.issued(100_000)

    provider_says(book.ports, a_fact(event_id="evt_session", invoice_id=invoice.id))
    outcome = provider_says(book.ports, a_fact(event_id="evt_intent", invoice_id=invoice.id))

    assert outcome == "known already"
    assert len(book.all(Payment)) == 1
    assert book.account().unapplied_minor == 0


def test_a_later_event_that_names_the_invoice_finds_it_for_the_money(book: Book) -> None:
    invoice = book.issued(100_000)
    provider_says(book.ports, a_fact(event_id="evt_intent"))
    assert book.account(UNIDENTIFIED).unapplied_minor == 100_000

    outcome = provider_says(book.ports, a_fact(event_id="evt_session", invoice_id=invoice.id))

    (payment,) = book.all(Payment)
    assert outcome == f"assigned {payment.id}"
    assert (payment.customer_id, payment.unapplied_minor) == (book.customer.id, 0)
    assert book.invoice(invoice).state == "paid"
    assert book.account(UNIDENTIFIED).unapplied_minor == 0
    assert (book.work(), [item.outcome for item in book.work("done")]) == ([], ["assigned"])


def test_money_found_late_that_is_too_much_stays_on_the_work_list(book: Book) -> None:
    invoice = book.issued(30_000)
    provider_says(book.ports, a_fact(event_id="evt_intent"))

    provider_says(book.ports, a_fact(event_id="evt_session", invoice_id=invoice.id))

    (item,) = book.work()
    assert (item.what, item.amount_minor, item.customer_id) == (
        "payment_excess",
        70_000,
        book.customer.id,
    )
    assert book.invoice(invoice).state == "paid"
    assert book.account().unapplied_minor == 70_000


@pytest.mark.parametrize(
    ("changes", "what", "unapplied"),
    [
        ({"invoice_id": None}, "payment_unmatched", 100_000),
        ({"invoice_id": "inv_of_another_system"}, "payment_unmatched", 100_000),
        ({"currency": "USD"}, "payment_other_currency", 100_000),
        ({"amount_minor": 130_000}, "payment_excess", 30_000),
    ],
)
def test_money_that_does_not_fit_is_kept_and_a_person_is_asked(
    book: Book, changes: dict[str, Any], what: str, unapplied: int
) -> None:
    invoice = book.issued(100_000)

    provider_says(book.ports, a_fact(**({"invoice_id": invoice.id} | changes)))

    (item,) = book.work()
    (payment,) = book.all(Payment)
    assert (item.what, item.amount_minor, item.payment_id) == (what, unapplied, payment.id)
    assert payment.unapplied_minor == unapplied
    is_excess = what == "payment_excess"
    assert book.invoice(invoice).open_minor == (0 if is_excess else 100_000)


def test_money_for_a_void_or_paid_invoice_or_a_draft_is_kept(book: Book) -> None:
    from chalicelib.usecases.void_invoice import void_invoice

    void, paid, draft = book.issued(), book.issued(), a_draft(book.ports, book.customer.id)
    void_invoice(book.ports, by_ana(), void.id, reason=None, expected_version=None)
    book.paid(100_000, wanted=[(paid.id, 100_000)])

    for number, invoice in enumerate((void, paid, draft)):
        fact = a_fact(invoice_id=invoice.id, payment_key=f"pi_{number}", event_id=f"evt_{number}")
        provider_says(book.ports, fact)

    assert [item.what for item in book.work()] == ["payment_excess"] * 3
    assert book.account().unapplied_minor == 300_000


def test_less_than_is_owed_leaves_the_rest_open(book: Book) -> None:
    invoice = book.issued(100_000)

    provider_says(book.ports, a_fact(invoice_id=invoice.id, amount_minor=40_000))

    assert book.invoice(invoice).state == "partially_paid"
    assert book.work() == []


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Madrid", "2026-03-03"), ("America/Santiago", "2026-03-02"), ("UTC", "2026-03-02")],
)
def test_the_value_date_is_the_day_of_the_event_at_the_companys_place(
    book: Book, zone: str, day: str
) -> None:
    change_company(book.ports, time_zone=zone)

    provider_says(book.ports, a_fact(occurred_at=at("2026-03-02T23:30")))

    assert [payment.received_on.isoformat() for payment in book.all(Payment)] == [day]


HISTORY = ("processing", "failed", "paid")


@pytest.mark.parametrize("order", list(itertools.permutations(HISTORY)), ids="-".join)
def test_the_order_of_arrival_does_not_change_the_end(book: Book, order: tuple[str, ...]) -> None:
    invoice = book.issued(100_000)
    minutes = {"processing": 0, "failed": 5, "paid": 9}

    for what in (*order, *order):
        when = at(f"2026-03-02T10:{minutes[what]:02d}")
        provider_says(book.ports, a_fact(what, invoice_id=invoice.id, occurred_at=when))  # type: ignore[arg-type]

    assert book.invoice(invoice).state == "paid"
    assert book.account().pending == ()
    assert book.work() == []


def test_a_payment_in_progress_is_not_cash(book: Book) -> None:
    invoice = book.issued(100_000)

    provider_says(book.ports, a_fact("processing", invoice_id=invoice.id))

    assert book.invoice(invoice).open_minor == 100_000
    assert book.all(Payment) == []
    assert book.account().pending_on(invoice.id, at("2026-03-10")) == 100_000


def test_a_failed_payment_goes_to_a_person_once_and_never_undoes_a_settled_one(book: Book) -> None:
    invoice = book.issued(100_000)

    provider_says(book.ports, a_fact("failed", invoice_id=invoice.id, event_id="evt_1"))
    provider_says(book.ports, a_fact("failed", invoice_id=invoice.id, event_id="evt_2"))
    assert [item.what for item in book.work()] == ["payment_failed"]
    provider_says(book.ports, a_fact("paid", invoice_id=invoice.id))
    provider_says(book.ports, a_fact("failed", invoice_id=invoice.id, event_id="evt_3"))

    assert book.invoice(invoice).state == "paid"
    assert book.work() == []


def test_an_event_without_meaning_is_marked_and_changes_nothing_else(book: Book) -> None:
    receive(book.ports, a_fact())
    event = find_event(book.ports, "stripe", "evt_paid")

    outcome = apply_provider_event(book.ports, system_context(NOON), event)

    assert outcome == "ignored"
    assert find_event(book.ports, "stripe", "evt_paid").state == "ignored"
    assert book.all(Payment) == []


def test_an_event_that_never_arrived_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound):
        find_event(book.ports, "stripe", "evt_none")


def test_contention_while_storing_an_event_is_not_taken_for_a_duplicate(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = book.ports.store
    commit = store.commit
    conflicts = iter([Conflict([]), Conflict([])])

    def contended(writes: Any) -> None:
        conflict = next(conflicts, None)
        if conflict is not None:
            raise conflict
        commit(writes)

    monkeypatch.setattr(store, "commit", contended)

    receive(book.ports, a_fact())

    assert len(book.all(InboxEvent)) == 1
    assert len(book.fakes.queues.messages) == 1
