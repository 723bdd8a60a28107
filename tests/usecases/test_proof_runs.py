"""A proof in chunks: repeated, late, raced, moved under its hands; parking and what it stops."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.usecases import proof_plan
from chalicelib.usecases.context import system_context
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.proof_run import ask_for_proof, start_proof
from chalicelib.usecases.work import finish_work_item
from tests.builders import Book, a_customer, a_payment, an_issued_invoice, at, by_ana
from tests.fakes import CountingTable
from tests.proofs import (
    NIGHT,
    body,
    busy,
    first,
    found_by,
    item_of_account,
    latest,
    nights,
    prove,
    row,
    spoilt,
)
from tests.worker import drain, handle


@pytest.fixture
def busy_book(book: Book) -> Book:
    """One account in which a little of everything has happened."""
    busy(book)
    book.fakes.queues.take()
    return book


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
    (message,) = next_messages(busy_book.ports, by_ana(at("2026-04-06")), busy_book.customer.id)
    a_payment(busy_book.ports, busy_book.customer.id, 100, at("2026-04-06"))

    assert busy_book.messages() == []
    assert message.forecast.reason_none == "parked"
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


def test_a_second_proof_in_the_same_second_is_one_of_its_own(busy_book: Book) -> None:
    first_run = ask_for_proof(busy_book.ports, by_ana(NIGHT))
    drain(busy_book.fakes, NIGHT)

    second = ask_for_proof(busy_book.ports, by_ana(NIGHT))

    assert second.id != first_run.id
    drain(busy_book.fakes, NIGHT)
    assert [run.state for run in busy_book.all(ProofRun)] == ["clean", "clean"]


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

    # The run twice, the account twice, its customer; the accounts, the ledger and eight lists; then
    # invoices, payments, credit notes and what rests, by the hundred.
    assert dict(counting.requests) == {"get": 5, "query": 10, "batch_get": 4, "put": 1}
    for message in rest:
        handle(busy_book.ports, *message, NIGHT)
    drain(busy_book.fakes, NIGHT)
