"""Stories of disputes, promises, plans and late charges, and how each must end."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import known
from chalicelib.domain.promise import Instalment, Plan, Promise
from chalicelib.usecases.disputes import NewDispute, Resolution, open_dispute, resolve_dispute
from chalicelib.usecases.invoice_late_charge import invoice_late_charge
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.promises import (
    NewPlan,
    NewPromise,
    cancel_plan,
    cancel_promise,
    make_plan,
    make_promise,
)
from chalicelib.usecases.references import account_ref, credit_note_ref
from tests.builders import found
from tests.season.business import Business, Lines

Story = Iterator[int]


def pays(b: Business, name: str, amount: int | None = None) -> None:
    """The customer transfers so much for an invoice; None: all."""
    amount = b.open(name) if amount is None else amount
    if amount:
        b.pay(b.model.bills[name].account, amount, {name: amount})


def case_of(b: Business, name: str) -> str:
    """The case that a short payment has opened on an invoice."""
    account = found(b.ports, account_ref(*b.model.bills[name].account))
    return [rest.id for rest in account.rests if rest.invoice_ids == (name,)][-1]


def decide(b: Business, case: str, name: str, outcome: Any) -> None:
    """Decide a case; credited, all that was contested is taken back."""
    resolution = Resolution(outcome=outcome, note="x", credit=outcome == "credited")
    after = resolve_dispute(b.ports, b.ana, case, resolution)
    if after.credit_note_id is not None:
        note = found(b.ports, credit_note_ref(after.credit_note_id))
        b.was_credited(note, name, after.amount_minor)
    b.expected[Dispute, case] = outcome


def disputes(b: Business, random: Random, name: str) -> Story:
    """A part or all is contested, and decided."""
    yield random.randint(5, 30)
    part = random.choice((None, -(-b.open(name) // 3)))
    new = NewDispute(invoice_id=name, amount_minor=part, reason="Not as ordered")
    case = open_dispute(b.ports, b.ana, new).id
    yield random.randint(5, 40)
    decide(b, case, name, random.choice(("rejected", "credited", "paid")))
    yield random.randint(1, 20)
    pays(b, name)


def promises(b: Business, random: Random, name: str) -> Story:
    """Kept, broken or taken back."""
    yield random.randint(28, 50)
    customer, currency = b.model.bills[name].account
    amount = b.open(name)
    new = NewPromise(
        customer_id=customer, currency=currency, amount_minor=amount, invoice_ids=[name],
        promised_on=b.day + timedelta(days=8),
    )  # fmt: skip
    promise = make_promise(b.ports, b.ana, new).id
    end = random.choice(("kept", "kept", "broken", "cancelled"))
    b.expected[Promise, promise] = end
    if end == "kept":
        for share in random.choice(((1,), (3, 1))):
            yield 3
            pays(b, name, -(-b.open(name) // share))
        return
    yield 4
    if end == "cancelled":
        cancel_promise(b.ports, b.ana, promise)
    yield random.randint(6, 30)
    pays(b, name)


def plans(b: Business, random: Random, name: str) -> Story:
    """Three instalments, all of them in time or not."""
    yield random.randint(25, 45)
    amount = b.open(name)
    if amount < 300:
        return
    parts = [amount // 3, amount // 3, amount - 2 * (amount // 3)]
    days = [b.day + timedelta(days=15 * number) for number in (1, 2, 3)]
    instalments = [
        Instalment(due_on=day, amount_minor=part) for day, part in zip(days, parts, strict=True)
    ]
    plan = make_plan(b.ports, b.ana, NewPlan(invoice_ids=[name], instalments=instalments)).id
    end = random.choice(("kept", "kept", "broken", "cancelled"))
    b.expected[Plan, plan] = end
    for part in parts if end == "kept" else parts[:1]:
        yield 14
        pays(b, name, part)
    if end == "cancelled":
        cancel_plan(b.ports, b.ana, plan)
    yield random.randint(20, 50)
    pays(b, name)


def charge(b: Business, name: str, *, waive: bool) -> tuple[str, Lines] | None:
    """Claim what a late invoice has cost; waive it, or return the draft it became."""
    claimed = claim_late_charge(b.ports, b.ana, name, None)
    if waive:
        waive_late_charge(b.ports, b.ana, claimed.id, reason="a friend", expected_version=None)
        return None
    draft = invoice_late_charge(b.ports, b.ana, claimed.id, expected_version=None).charge_invoice_id
    amounts = (claimed.interest_minor, claimed.compensation_minor)
    return known(draft), [("1", amount, "0", "0") for amount in amounts if amount]


def issue_charge(b: Business, of: str, draft: str, amounts: Lines) -> str:
    """Issue the invoice of a late charge: without a discount for whoever was late."""
    issue_invoice(b.ports, b.ana, draft, expected_version=None)
    b.was_issued(draft, b.model.bills[of].account, amounts, with_discount=False)
    return draft
