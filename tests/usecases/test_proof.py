"""The nightly proof: one spoilt item of each kind is found, told, parked, and healed when right."""

from typing import Any

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry, Totals
from chalicelib.domain.numbering import RegisterEntry, Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.usecases.book_listings import findings_of
from chalicelib.usecases.context import system_context
from chalicelib.usecases.proof_run import proof_ref, start_proof
from chalicelib.usecases.staff_listings import open_work
from tests.builders import Book
from tests.proofs import (
    NIGHT,
    Change,
    body,
    busy,
    first,
    found_by,
    item_of_account,
    nights,
    prove,
    row,
    spoilt,
)
from tests.worker import drain


def settlement(**changes: Any) -> Change:
    return lambda item: item["body"]["settlements"][0].update(changes)


def allocation(**changes: Any) -> Change:
    return lambda item: item["body"]["allocations"][0].update(changes)


def credited(**changes: Any) -> Change:
    return lambda item: item["body"]["credited"][0].update(changes)


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
    "what was credited of an invoice": (
        Invoice, credited(base_minor=7), "invoice", "credited ['0: 7+0'] ≠ ['0: 1000+0']",
    ),
}  # fmt: skip


@pytest.fixture
def busy_book(book: Book) -> Book:
    """One account in which a little of everything has happened."""
    busy(book)
    book.fakes.queues.take()
    return book


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


def test_a_credit_note_that_is_gone_is_missed_by_its_invoice_its_credit_and_its_series(
    busy_book: Book,
) -> None:
    with spoilt(busy_book, first(busy_book, CreditNote), gone):
        found = found_by(busy_book, prove(busy_book))

        assert [(what, detail) for what, _, detail in found] == [
            ("invoice", "credited ['0: 1000+0'] ≠ []"),
            ("payment", "credit_note False ≠ True"),
            ("series", "∅"),
        ]
    prove(busy_book, nights(1))


UNREADABLE: dict[str, tuple[type[Record], Change, list[tuple[str, str]]]] = {
    "an account": (Account, row(unapplied_minor="x"), [("unreadable", "1 validation error")]),
    "an account without a count": (Account, body(entries=None), [("unreadable", "Account")]),
    "an account that is gone": (Account, gone, [("entries", "entries 0 ≠ 6")]),
    "an invoice": (
        Invoice, row(total_minor="x"), [("series", "1 validation"), ("unreadable", "total_minor")],
    ),
    "an item of an unknown kind": (
        Invoice, lambda item: item.update(kind="bill"),
        [("series", "unknown kind 'bill'"), ("unreadable", "unknown kind 'bill'")],
    ),
    "an entry": (Entry, row(sequence="x"), [("unreadable", "sequence")]),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_gone_or_cannot_be_read_is_told_and_holds_up_nothing(
    busy_book: Book, name: str
) -> None:
    record, change, expected = UNREADABLE[name]
    store = busy_book.ports.store

    with spoilt(busy_book, first(busy_book, record), change):
        start_proof(busy_book.ports, system_context(NIGHT))
        drain(busy_book.fakes, NIGHT)
        run = known(store.get(proof_ref("prf_20260303020000")))
        found = store.records(findings_of(run.id))

        assert run.state == "different"
        assert [one.what for one in found] == [what for what, _ in expected]
        assert all(part in one.detail for one, (_, part) in zip(found, expected, strict=True))
        rows = store.rows(open_work(), limit=9).items
        assert {each["what"] for each in rows} == {"proof_difference"}

    healed = prove(busy_book, nights(1))
    assert (healed.state, busy_book.work(), busy_book.account().parked_since) == ("clean", [], None)


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
