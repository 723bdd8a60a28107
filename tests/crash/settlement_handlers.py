"""What is crashed of money given back or given up, and of what is contested or agreed on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.payment import Payment, ReturnKind, Wanted
from chalicelib.domain.promise import Instalment
from chalicelib.usecases.approve import approve
from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.disputes import (
    NewDispute,
    Resolution,
    change_dispute,
    open_dispute,
    resolve_dispute,
)
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.promises import (
    NewPlan,
    NewPromise,
    cancel_plan,
    cancel_promise,
    make_plan,
    make_promise,
)
from chalicelib.usecases.record_payment import Deduction, NewPayment, record_payment
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off
from tests.builders import NOON, Book, at, by_ana, by_bea, change_company

Act = Callable[[Ports], object]
KEY = RepeatKey("k", "h")
ANA, BEA = replace(by_ana(), repeat_key=KEY), replace(by_bea(), repeat_key=KEY)
FRIDAY = date(2026, 3, 6)
MANY = 80
"""More invoices than one transaction takes a payment off."""


def _paid_many(book: Book) -> Payment:
    for number in range(MANY):
        book.issued(10, series=f"S{number}", issue_date=f"2026-01-{1 + number // 3:02d}")
    return book.paid(10 * MANY)


def undo(book: Book) -> Act:
    """Take a payment off one of its two invoices."""
    book.issued(40_000)
    book.issued(60_000)
    payment = book.paid(100_000)
    return lambda ports: undo_allocations(ports, ANA, payment.id, None)


def undo_in_batches(book: Book) -> Act:
    """Take a payment off more invoices than one transaction holds."""
    payment = _paid_many(book)
    return lambda ports: undo_allocations(ports, ANA, payment.id, None)


def returned(kind: ReturnKind, amount_minor: int | None) -> Callable[[Book], Act]:
    """Give money of a payment back that settles an invoice and is unapplied in part."""

    def arrange(book: Book) -> Act:
        book.issued(80_000)
        payment = book.paid(100_000)
        giving = Giving(kind=kind, amount_minor=amount_minor)
        return lambda ports: return_payment(ports, ANA, payment.id, giving)

    return arrange


def reverse_in_batches(book: Book) -> Act:
    """A payment over many invoices never was."""
    payment = _paid_many(book)
    return lambda ports: return_payment(ports, ANA, payment.id, Giving(kind="reversed"))


def keep_back(book: Book) -> Act:
    """Record a payment of which something was kept back, on an account with other rests."""
    one, other = book.issued(), book.issued()
    open_dispute(book.ports, by_ana(), NewDispute(invoice_id=one.id, reason="x", amount_minor=500))
    deductions = [
        Deduction(invoice_id=name, amount_minor=9_000, reason="y") for name in (one.id, other.id)
    ]
    new = NewPayment(
        customer_id=book.customer.id, amount_minor=181_500, currency="EUR",
        received_on=NOON.date(), method="transfer", deductions=deductions,
        wanted=[
            Wanted(invoice_id=one.id, amount_minor=90_500),
            Wanted(invoice_id=other.id, amount_minor=91_000),
        ],
    )  # fmt: skip
    return lambda ports: record_payment(ports, ANA, new)


def give_up(book: Book) -> Act:
    """Write off a part."""
    giving_up = GivingUp(invoice_id=book.issued().id, amount_minor=70_000, reason="x")
    return lambda ports: write_off(ports, ANA, giving_up, expected_version=None)


def _wants_second_person(book: Book) -> GivingUp:
    asking = ApprovalRule(what="write_off", over_minor=1, currency="EUR")
    change_company(book.ports, approval_rules=(asking,))
    return GivingUp(invoice_id=book.issued().id, reason="x")


def ask_to_give_up(book: Book) -> Act:
    """Write off what needs a second person."""
    giving_up = _wants_second_person(book)
    return lambda ports: write_off(ports, ANA, giving_up, expected_version=None)


def approve_giving_up(book: Book) -> Act:
    """Say yes to a write-off."""
    giving_up = _wants_second_person(book)
    write_off(book.ports, by_ana(), giving_up, expected_version=None)
    name = giving_up.invoice_id
    return lambda ports: approve(ports, BEA, name, note="yes", expected_version=None)


def hope_again(book: Book) -> Act:
    """Take a write-off back."""
    giving_up = GivingUp(invoice_id=book.issued().id)
    write_off(book.ports, by_ana(), giving_up, expected_version=None)
    return lambda ports: reinstate(ports, ANA, giving_up, expected_version=None)


def _contested(book: Book) -> Dispute:
    new = NewDispute(invoice_id=book.issued().id, reason="x", amount_minor=30_000)
    return open_dispute(book.ports, by_ana(), new)


def contest(book: Book) -> Act:
    """Open a dispute."""
    new = NewDispute(invoice_id=book.issued().id, reason="x", amount_minor=30_000)
    return lambda ports: open_dispute(ports, ANA, new)


def change_case(book: Book) -> Act:
    """Give an overdue dispute another owner and more time."""
    name = _contested(book).id
    late = replace(ANA, at=at("2026-04-20"))
    end_rests(book.ports, system_context(late.at))
    return lambda ports: change_dispute(ports, late, name, owner="Bea", deadline=date(2026, 5, 1))


def decide_case(outcome: Any) -> Callable[[Book], Act]:
    """Resolve a dispute, with a credit note if it was right."""

    def arrange(book: Book) -> Act:
        name = _contested(book).id
        resolution = Resolution(outcome=outcome, note="y", credit=outcome == "credited")
        return lambda ports: resolve_dispute(ports, ANA, name, resolution)

    return arrange


def _promise(book: Book) -> NewPromise:
    return NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=60_000, promised_on=FRIDAY,
        invoice_ids=[book.issued().id],
    )  # fmt: skip


def promise(book: Book) -> Act:
    """Note a promise."""
    new = _promise(book)
    return lambda ports: make_promise(ports, ANA, new)


def forget_promise(book: Book) -> Act:
    """Take a promise back."""
    name = make_promise(book.ports, by_ana(), _promise(book)).id
    return lambda ports: cancel_promise(ports, ANA, name)


def _plan(book: Book) -> NewPlan:
    days = (FRIDAY, date(2026, 4, 6))
    instalments = [Instalment(due_on=day, amount_minor=20_000) for day in days]
    return NewPlan(invoice_ids=[book.issued().id], instalments=instalments)


def plan(book: Book) -> Act:
    """Agree on instalments."""
    new = _plan(book)
    return lambda ports: make_plan(ports, ANA, new)


def forget_plan(book: Book) -> Act:
    """Take a plan back."""
    name = make_plan(book.ports, by_ana(), _plan(book)).id
    return lambda ports: cancel_plan(ports, ANA, name)


def break_what_was_not_kept(book: Book) -> Act:
    """A promise and a plan are broken, and a dispute has waited too long."""
    make_promise(book.ports, by_ana(), _promise(book))
    make_plan(book.ports, by_ana(), _plan(book))
    _contested(book)
    return lambda ports: end_rests(ports, system_context(at("2026-04-20")))


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "undo": undo,
    "undo in batches": undo_in_batches,
    "refund what is unapplied": returned("refunded", None),
    "refund more": returned("refunded", 50_000),
    "reverse": returned("reversed", None),
    "reverse in batches": reverse_in_batches,
    "charge back by hand": returned("charged_back", 90_000),
    "record payment with deductions": keep_back,
    "write off": give_up,
    "ask to write off": ask_to_give_up,
    "approve a write-off": approve_giving_up,
    "reinstate": hope_again,
    "open dispute": contest,
    "change dispute": change_case,
    "reject dispute": decide_case("rejected"),
    "credit dispute": decide_case("credited"),
    "make promise": promise,
    "cancel promise": forget_promise,
    "make plan": plan,
    "cancel plan": forget_plan,
    "end rests": break_what_was_not_kept,
}
