"""The nightly proof: one spoilt item of each kind is found, told, parked, and healed when right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry, Totals
from chalicelib.domain.numbering import RegisterEntry, Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.usecases import proof_plan
from chalicelib.usecases.context import system_context
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.proof_run import ask_for_proof, start_proof
from chalicelib.usecases.work import finish_work_item
from tests.builders import Book, a_customer, a_payment, an_issued_invoice, at, by_ana
from tests.fakes import CountingTable
from tests.proofs import NIGHT, busy, found_by, latest, nights, prove, spoilt
from tests.worker import drain, handle

Change = Callable[[Any], object]


def body(**changes: Any) -> Change:
    return lambda item: item["body"].update(changes)


def row(**changes: Any) -> Change:
    return lambda item: item["row"].update(changes)


def item_of_account(**changes: Any) -> Change:
    return lambda item: item["body"]["open_items"][0].update(changes)


def settlement(**changes: Any) -> Change:
    return lambda item: item["body"]["settlements"][0].update(changes)


def allocation(**changes: Any) -> Change:
    return lambda item: item["body"]["allocations"][0].update(changes)


def gone(item: Any) -> str:
    del item
    return "gone"


def leg(item: Any) -> None:
    item["row"]["legs"][0]["amount_minor"] += 1


def no_rests(item: Any) -> None:
    del item["body"]["rests"][0]


def first_rest(**changes: Any) -> Change:
    return lambda item: item["body"]["rests"][0]["parts"][0].update(changes)


SPOILT: dict[str, tuple[type[Record], Change, str, str]] = {
    "an account that has lost an entry": (Account, body(entries=2), "entries", "entries 2 ≠ 6"),
    "an entry that is gone": (Entry, gone, "entries", "entries 6 ≠ 5; last 6"),
    "what is open in the account": (
        Account, item_of_account(open_minor=1), "open_item", "open_minor 1 ≠ 69000",
    ),
    "the due date in the account": (
        Account, item_of_account(due_date="2026-04-02"), "open_item",
        "due_date 2026-04-02 ≠ 2026-04-01",
    ),
    "the discount in the account": (
        Account,
        item_of_account(discount={"until": "2026-04-02", "left_minor": 1, "needed_minor": 1,
                                  "part_payment": "strict"}),
        "open_item", "discount {",
    ),
    "what is unapplied in the account": (
        Account, row(unapplied_minor=1), "unapplied", "unapplied_minor 1 ≠ 5000",
    ),
    "a leg of the journal": (Entry, leg, "journal", "balance 1 ≠ 0; receivable 100001 ≠ 100000"),
    "what is open on an invoice": (
        Invoice, row(open_minor=1), "invoice", "settlements 69000 ≠ 1; open_minor 1 ≠ 69000",
    ),
    "the state of an invoice": (
        Invoice, row(state="issued"), "invoice", "state issued ≠ partially_paid",
    ),
    "a settlement of an invoice": (
        Invoice, settlement(amount_minor=1), "invoice", "settlements 98999 ≠ 69000",
    ),
    "whose settlement it is": (
        Invoice, settlement(payment_id="pay_other"), "settlement", "paid 0 ≠ 30000",
    ),
    "what is unapplied of a payment": (
        Payment, row(unapplied_minor=1), "payment", "unapplied_minor 1 ≠ 5000",
    ),
    "an allocation of a payment": (
        Payment, allocation(amount_minor=1), "payment", "unapplied_minor 5000 ≠ 34999",
    ),
    "a payment that is gone": (Payment, gone, "payment", "∅"),
    "a rest that is gone": (Account, no_rests, "rest", "rest False ≠ True"),
    "the amount of a rest": (
        Account, first_rest(amount_minor=1), "rest", "amount_minor 1 ≠ 500",
    ),
    "the state of a dispute": (Dispute, row(state="resolved"), "rest", "rest True ≠ False"),
    "the day of a promise": (
        Promise, row(promised_on="2026-04-21"), "rest",
        "until ['2026-04-20'] ≠ ['2026-04-21']",
    ),
    "a plan that is gone": (Plan, gone, "rest", "rest True ≠ False"),
}  # fmt: skip


@pytest.fixture
def busy_book(book: Book) -> Book:
    """One account in which a little of everything has happened."""
    busy(book)
    book.fakes.queues.take()
    return book


def first(book: Book, record: type[Any]) -> Any:
    return book.all(record)[0]


def test_a_book_that_is_right_is_proven_and_nothing_is_said(busy_book: Book) -> None:
    run = prove(busy_book)

    assert (run.state, run.findings, run.round) == ("clean", 0, 1)
    assert run.counts == {
        "customers": 1, "accounts": 1, "entries": 6, "invoices": 4, "payments": 2,
        "documents": 5, "moved": 0,
    }  # fmt: skip
    assert busy_book.work() == []
    assert busy_book.account().parked_since is None


def test_an_empty_company_is_proven_too() -> None:
    book = Book()

    assert prove(book).state == "clean"


@pytest.mark.parametrize("name", SPOILT)
def test_one_spoilt_item_is_one_finding_and_its_account_is_parked(
    busy_book: Book, name: str
) -> None:
    record, change, what, detail = SPOILT[name]
    assert prove(busy_book).state == "clean"

    with spoilt(busy_book, first(busy_book, record), change):
        run = prove(busy_book, nights(1))

        (found,) = found_by(busy_book, run)
        assert (run.state, run.findings) == ("different", 1)
        assert (found[0], detail in found[2]) == (what, True), found
        assert busy_book.account().parked_since == nights(1)
        (item,) = busy_book.work()
        assert (item.what, item.priority, item.customer_id) == (
            "proof_difference", 1, busy_book.customer.id,
        )  # fmt: skip
        assert detail in item.detail

    healed = prove(busy_book, nights(2))

    assert (healed.state, found_by(busy_book, healed)) == ("clean", [])
    assert busy_book.account().parked_since is None
    assert busy_book.work() == []
    (done,) = busy_book.work("done")
    assert (done.outcome, done.done_by) == ("proven", "Saldo")


def counter(name: str) -> Change:
    return lambda item: item.update({name: item.get(name, 0) + 1})


@pytest.mark.parametrize(
    "change",
    [counter("billed_minor"), counter("unapplied_minor"), counter("due:2026-04-01"),
     counter("written_off_minor"), counter("collected_minor"), gone],
)  # fmt: skip
@pytest.mark.parametrize("position", [0, -1])
def test_a_spoilt_counter_is_found_in_two_rounds_and_parks_nobody(
    busy_book: Book, change: Change, position: int
) -> None:
    totals = busy_book.all(Totals)[position]

    with spoilt(busy_book, totals, change):
        run = prove(busy_book)

        ((what, subject, _),) = found_by(busy_book, run)
        assert (what, subject) == ("totals", f"{totals.period}#EUR#{totals.shard}")
        assert (run.state, run.round) == ("different", 2)
        assert [item.key for item in busy_book.work()] == ["proof-totals"]
        assert busy_book.account().parked_since is None

    assert prove(busy_book, nights(1)).state == "clean"
    assert busy_book.work() == []


@pytest.mark.parametrize(
    ("record", "change", "detail"),
    [
        (Series, body(next_number=6), "∅"),
        (Series, body(next_number=4), "next_number 4 ≠ 5"),
        (Series, body(last_hash="0" * 64), "last_hash 0000"),
        (Series, body(last_date="2026-03-01"), "last_date 2026-03-01 ≠ 2026-03-02"),
        (RegisterEntry, gone, "∅"),
        (RegisterEntry, body(hash="0" * 64), "hash 0000"),
        (RegisterEntry, row(number="A-000009"), "number A-000009 ≠ A-000001"),
        (RegisterEntry, row(issue_date="2026-03-09"), "in_order False ≠ True"),
        (Invoice, body(issued_at="2026-03-02T11:00:00Z", purchase_order="x"), None),
        (Invoice, lambda item: item["body"]["lines"][0].update(description="y"), "hash "),
        (Invoice, lambda item: item["body"]["customer"].update(name="y"), "hash "),
    ],
)
def test_a_spoilt_series_is_found(
    busy_book: Book, record: type[Record], change: Change, detail: str | None
) -> None:
    with spoilt(busy_book, first(busy_book, record), change):
        run = prove(busy_book)

        found = found_by(busy_book, run)
        if detail is None:
            assert found == []  # not among what is printed and hashed
        else:
            assert {what for what, _, _ in found} == {"series"}
            assert detail in found[0][2]
            assert [item.key for item in busy_book.work()] == ["proof-series-A"]
            assert busy_book.account().parked_since is None

    assert prove(busy_book, nights(1)).state == "clean"
    assert busy_book.work() == []


def test_chunks_cover_all_customers_and_all_numbers(
    busy_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_plan, "CUSTOMERS_A_CHUNK", 2)
    monkeypatch.setattr(proof_plan, "NUMBERS_A_CHUNK", 3)
    for number in range(4):
        customer = a_customer(busy_book.ports, name=f"Cliente {number}")
        an_issued_invoice(busy_book.ports, customer.id)

    run = prove(busy_book)

    # Three of customers; numbers 1–3, 4–6, 7–8 of A, and the one of R.
    assert (run.state, run.chunks, run.done) == ("clean", 7, (0, 1, 2, 3, 4, 5, 6))
    assert (run.counts["customers"], run.counts["documents"]) == (5, 9)
    with spoilt(busy_book, busy_book.all(RegisterEntry)[3], body(previous_hash="1" * 64)):
        found = found_by(busy_book, prove(busy_book, nights(1)))
        assert [(what, subject) for what, subject, _ in found] == [("series", "A-000004")]
    prove(busy_book, nights(2))


def test_what_is_posted_while_the_proof_runs_is_no_difference(busy_book: Book) -> None:
    start_proof(busy_book.ports, system_context(NIGHT))
    before, *rest = busy_book.fakes.queues.take()
    handle(busy_book.ports, *before, NIGHT)
    busy_book.issued(5_000)
    busy_book.paid(1_000)
    for message in rest:
        handle(busy_book.ports, *message, NIGHT)
    drain(busy_book.fakes, NIGHT)

    run = latest(busy_book)
    assert (run.state, run.findings, run.round) == ("clean", 0, 1)
    assert run.counts["moved"] == 2  # the counters of the month and of the day


def test_an_account_that_moves_while_it_is_read_is_read_again(busy_book: Book) -> None:
    store = Moving(busy_book, times=2)

    run = prove_with(busy_book, store)

    assert (run.state, run.counts["moved"], run.counts["entries"]) == ("clean", 0, 8)
    assert store.moves == 2


def test_an_account_that_never_stands_still_waits_for_the_next_night(busy_book: Book) -> None:
    with spoilt(busy_book, busy_book.account(), item_of_account(number="A-9")):
        run = prove_with(busy_book, Moving(busy_book, times=3))

        assert (run.state, run.counts["moved"]) == ("clean", 3)
        assert busy_book.account().parked_since is None


class Moving:
    """Posts a payment whenever the ledger of an account has been read."""

    def __init__(self, book: Book, times: int) -> None:
        self.book, self.left, self.moves = book, times, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.book.ports.store, name)

    def records(self, listing: Any) -> Any:
        found = self.book.ports.store.records(listing)
        if listing.name == "entries" and self.left:
            self.left -= 1
            self.moves += 1
            self.book.paid(10, wanted=[])
        return found


def prove_with(book: Book, store: Any) -> ProofRun:
    ports: Ports = replace(book.ports, store=store)
    start_proof(book.ports, system_context(NIGHT))
    while waiting := book.fakes.queues.take():
        for message in waiting:
            handle(ports, *message, NIGHT)
    return latest(book)


def test_every_message_may_come_twice_late_and_in_any_order(busy_book: Book) -> None:
    with spoilt(busy_book, first(busy_book, Invoice), row(open_minor=1)):
        start_proof(busy_book.ports, system_context(NIGHT))
        start_proof(busy_book.ports, system_context(NIGHT))
        seen = []
        while waiting := busy_book.fakes.queues.take():
            for message in reversed(waiting):
                handle(busy_book.ports, *message, NIGHT)
                handle(busy_book.ports, *message, NIGHT)
            seen += waiting
        once = busy_book.snapshot()
        for message in seen:
            handle(busy_book.ports, *message, nights(1))
        drain(busy_book.fakes, nights(1))

        assert busy_book.snapshot() == once
        assert (latest(busy_book).state, len(busy_book.all(ProofFinding))) == ("different", 1)
        assert [item.what for item in busy_book.work()] == ["proof_difference"]
    prove(busy_book, nights(2))


def test_nothing_is_asked_of_a_parked_account_and_postings_go_on(busy_book: Book) -> None:
    with spoilt(busy_book, first(busy_book, Invoice), row(open_minor=1)):
        prove(busy_book)
    busy_book.remind("2026-04-06T10:00")
    (forecast,) = next_messages(busy_book.ports, by_ana(at("2026-04-06")), busy_book.customer.id)
    a_payment(busy_book.ports, busy_book.customer.id, 100, at("2026-04-06"))

    assert busy_book.messages() == []
    assert forecast.reason_none == "parked"
    assert busy_book.account().entries == 7

    prove(busy_book, at("2026-04-07T02:00"))
    busy_book.remind("2026-04-07T10:00")

    assert [one.state for one in busy_book.messages()] == ["sent"]


def test_an_item_that_was_ticked_off_too_early_is_on_the_list_again(busy_book: Book) -> None:
    with spoilt(busy_book, first(busy_book, Invoice), row(open_minor=1)):
        prove(busy_book)
        (item,) = busy_book.work()
        finish_work_item(busy_book.ports, by_ana(NIGHT), item.key, "looked")
        prove(busy_book, nights(1))

        assert [one.key for one in busy_book.work()] == [item.key]
        assert busy_book.account().parked_since == NIGHT
    prove(busy_book, nights(2))


def test_staff_may_ask_for_a_proof_and_not_for_two_at_once(busy_book: Book) -> None:
    run = ask_for_proof(busy_book.ports, by_ana(NIGHT))
    before = busy_book.snapshot()
    with pytest.raises(StateConflict) as refused:
        ask_for_proof(busy_book.ports, by_ana(at("2026-03-03T02:59")))

    assert (refused.value.code, busy_book.snapshot()) == ("proof_running", before)
    drain(busy_book.fakes, NIGHT)
    assert latest(busy_book).but(version=1) == run.but(
        state="clean", counts=latest(busy_book).counts, chunks=3, done=(0, 1, 2),
        plan=latest(busy_book).plan,
    )  # fmt: skip
    assert run.started_by == "Ana"
    assert ask_for_proof(busy_book.ports, by_ana(nights(1))).id != run.id


def test_a_run_whose_messages_were_lost_does_not_hold_up_the_next(busy_book: Book) -> None:
    ask_for_proof(busy_book.ports, by_ana(NIGHT))
    busy_book.fakes.queues.take()

    later = ask_for_proof(busy_book.ports, by_ana(at("2026-03-03T04:00")))

    drain(busy_book.fakes, NIGHT)
    assert latest(busy_book).id == later.id
    assert latest(busy_book).state == "clean"


def test_a_proof_costs_so_many_requests_an_account(busy_book: Book) -> None:
    counting = CountingTable(busy_book.fakes.table)
    start_proof(busy_book.ports, system_context(NIGHT))
    chunk, *rest = busy_book.fakes.queues.take()

    handle(busy_book.fakes.ports(counting), *chunk, NIGHT)

    # The run twice, the account twice; its customer's accounts, the ledger, five lists; documents.
    assert dict(counting.requests) == {"get": 4, "query": 7, "batch_get": 3, "put": 1}
    for message in rest:
        handle(busy_book.ports, *message, NIGHT)
    drain(busy_book.fakes, NIGHT)
