"""What staff of a simulated company do after an issue: give back, credit, give up, agree, approve.

Most of it is refused at any given moment, which must change nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.base import Record
from chalicelib.domain.dispute import Dispute, Outcome
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.payment import Payment, ReturnKind
from chalicelib.domain.promise import Instalment, Plan, Promise
from chalicelib.usecases.approve import approve
from chalicelib.usecases.disputes import (
    NewDispute,
    Resolution,
    change_dispute,
    open_dispute,
    resolve_dispute,
)
from chalicelib.usecases.invoice_late_charge import invoice_late_charge
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.promises import (
    NewPlan,
    NewPromise,
    cancel_plan,
    cancel_promise,
    make_plan,
    make_promise,
)
from chalicelib.usecases.record_payment import Deduction, NewPayment, record_payment
from chalicelib.usecases.reject_approval import reject_approval
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from chalicelib.usecases.send_credit_note import issue_and_send_credit_note
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off
from tests.builders import BEA, change_company

if TYPE_CHECKING:
    from tests.simulation.world import World

RULES: Final = (
    ApprovalRule(what="issue", over_minor=75_000, currency="EUR"),
    ApprovalRule(what="write_off", over_minor=20_000, currency="EUR"),
)


def found_company(world: "World") -> None:
    """Small differences are forgiven, large steps need a second person."""
    change_company(world.fakes.ports(), tolerances={"EUR": 30}, approval_rules=RULES)


def _one(world: "World", record: type[Any], is_meant: Callable[[Any], object]) -> Any:
    fitting: list[Record] = [one for one in world.books().all(record) if is_meant(one)]
    return world.random.choice(fitting) if fitting else None


def _is_open(invoice: Invoice) -> bool:
    return invoice.open_minor > 0


def _undo(world: "World") -> None:
    payment = _one(world, Payment, lambda one: one.standing())
    if payment:
        world.request(lambda ports, context: undo_allocations(ports, context, payment.id, None))


def _give_back(world: "World") -> None:
    payment = _one(world, Payment, lambda one: one.provider is None)
    if payment:
        amount = world.random.choice((None, 1, payment.amount_minor // 2 or 1))
        kinds: tuple[ReturnKind, ...] = ("refunded", "reversed", "charged_back")
        kind = world.random.choice(kinds)
        giving = Giving(kind=kind, amount_minor=amount)
        world.request(lambda ports, context: return_payment(ports, context, payment.id, giving))


def _credit(world: "World") -> None:
    invoice = _one(world, Invoice, lambda one: one.number)
    if invoice:
        amount = world.random.choice((None, 1, invoice.total_minor // 3 or 1))
        new = NewCreditNote(invoice_id=invoice.id, reason="x", amount_minor=amount)
        act = world.random.choice((issue_credit_note, issue_and_send_credit_note))
        world.request(lambda ports, context: act(ports, context, new))


def _give_up(world: "World") -> None:
    invoice = _one(world, Invoice, _is_open)
    if invoice:
        amount = world.random.choice((None, invoice.open_minor // 2 or 1))
        giving_up = GivingUp(invoice_id=invoice.id, amount_minor=amount, reason="x")
        world.request(
            lambda ports, context: write_off(ports, context, giving_up, expected_version=None)
        )


def _hope_again(world: "World") -> None:
    invoice = _one(world, Invoice, lambda one: one.settled_minor("write_off"))
    if invoice:
        giving_up = GivingUp(invoice_id=invoice.id)
        world.request(
            lambda ports, context: reinstate(ports, context, giving_up, expected_version=None)
        )


def _answer(world: "World") -> None:
    """Somebody else answers; now and then the one who asked tries to."""
    invoice = _one(world, Invoice, lambda one: one.approval_id)
    if not invoice:
        return
    is_other, is_yes = world.random.random() < 0.9, world.random.random() < 0.7

    def answer(ports: Any, context: Any) -> object:
        context = replace(context, actor=BEA) if is_other else context
        if is_yes:
            return approve(ports, context, invoice.id, note=None, expected_version=None)
        return reject_approval(ports, context, invoice.id, reason="x", expected_version=None)

    world.request(answer)


def _contest(world: "World") -> None:
    invoice = _one(world, Invoice, _is_open)
    if invoice:
        amount = world.random.choice((None, invoice.open_minor // 2 or 1))
        new = NewDispute(invoice_id=invoice.id, reason="x", amount_minor=amount)
        world.request(lambda ports, context: open_dispute(ports, context, new))


def _decide_case(world: "World") -> None:
    case = _one(world, Dispute, lambda one: one.state == "open")
    if not case:
        return
    if world.random.random() < 0.2:
        deadline = world.now.date() + timedelta(days=world.random.randint(1, 20))
        world.request(
            lambda ports, context: change_dispute(
                ports, context, case.id, owner="Bea", deadline=deadline
            )
        )
        return
    outcomes: tuple[Outcome, ...] = ("rejected", "credited", "paid")
    outcome = world.random.choice(outcomes)
    resolution = Resolution(outcome=outcome, credit=outcome == "credited")
    world.request(lambda ports, context: resolve_dispute(ports, context, case.id, resolution))


def _pay_short(world: "World") -> None:
    """Some of an invoice is kept back for a reason."""
    invoice = _one(world, Invoice, lambda one: one.open_minor > 100)
    if invoice:
        kept_back = invoice.open_minor // 4
        cut = [Deduction(invoice_id=invoice.id, amount_minor=kept_back, reason="x")]
        new = NewPayment(
            customer_id=invoice.customer_id, amount_minor=invoice.open_minor - kept_back,
            currency=invoice.currency, received_on=world.now.date(), method="transfer",
            deductions=cut,
        )  # fmt: skip
        world.request(lambda ports, context: record_payment(ports, context, new))


def _promise(world: "World") -> None:
    invoice = _one(world, Invoice, _is_open)
    if invoice:
        day = world.now.date() + timedelta(days=world.random.randint(0, 8))
        new = NewPromise(
            customer_id=invoice.customer_id, currency=invoice.currency, promised_on=day,
            amount_minor=invoice.open_minor,
            invoice_ids=world.random.choice(((), (invoice.id,))),
        )  # fmt: skip
        world.request(lambda ports, context: make_promise(ports, context, new))


def _agree(world: "World") -> None:
    invoice = _one(world, Invoice, lambda one: one.open_minor > 1)
    if invoice:
        first = world.now.date() + timedelta(days=world.random.randint(0, 5))
        half = invoice.open_minor // 2
        instalments = [
            Instalment(due_on=first + timedelta(days=days), amount_minor=half) for days in (0, 7)
        ]
        new = NewPlan(invoice_ids=[invoice.id], instalments=instalments)
        world.request(lambda ports, context: make_plan(ports, context, new))


def _forget(world: "World") -> None:
    promise = _one(world, Promise, lambda one: one.state == "open")
    plan = _one(world, Plan, lambda one: one.state == "open")
    if promise:
        world.request(lambda ports, context: cancel_promise(ports, context, promise.id))
    if plan:
        world.request(lambda ports, context: cancel_plan(ports, context, plan.id))


def _charge(world: "World") -> None:
    """Claim what a late invoice costs; then waive it or make a draft of it."""
    today = world.now.date()
    late = _one(world, Invoice, lambda one: one.is_overdue(today))
    if late:
        world.request(lambda ports, context: claim_late_charge(ports, context, late.id, None))
    charge = _one(world, LateCharge, lambda one: one.state == "claimed")
    if charge and world.random.random() < 0.5:
        world.request(
            lambda ports, context: invoice_late_charge(
                ports, context, charge.id, expected_version=None
            )
        )
    elif charge:
        world.request(
            lambda ports, context: waive_late_charge(
                ports, context, charge.id, reason="x", expected_version=None
            )
        )


ACTIONS: Final[tuple[tuple[str, Callable[["World"], None]], ...]] = (
    ("undo", _undo),
    ("give back", _give_back),
    *(("credit", _credit),) * 2,
    ("give up", _give_up),
    ("hope again", _hope_again),
    *(("answer", _answer),) * 3,
    ("contest", _contest),
    ("decide case", _decide_case),
    ("pay short", _pay_short),
    ("promise", _promise),
    ("agree", _agree),
    ("forget", _forget),
    ("charge", _charge),
)
