"""Payments, credits and accounts as the API shows them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chalicelib.api.schemas import payments as bodies
from chalicelib.domain.account import Account
from chalicelib.domain.payment import Allocation, Payment
from chalicelib.domain.rest import Rest, agreed, resting_by_invoice
from chalicelib.usecases.read_customers import AccountFile


def payment_body(payment: Payment) -> bodies.Payment:
    """Return a payment with its allocations."""
    made = {"allocations", "postings", "returns", "returned_minor", "refunded_minor"}
    names = (name for name in bodies.Payment.model_fields if name not in made)
    return bodies.Payment(
        **{name: getattr(payment, name) for name in names},
        returned_minor=payment.returned_minor(),
        refunded_minor=payment.returned_minor("refunded"),
        allocations=[_allocation(one) for one in payment.standing()],
        postings=[_allocation(one) for one in payment.allocations],
        returns=[bodies.ReturnedMoney(**one.model_dump()) for one in payment.returns],
    )


def _allocation(one: Allocation) -> bodies.Allocation:
    return bodies.Allocation(**one.model_dump(exclude={"valued_on"}))


def payment_preview(payment: Payment, account: Account) -> bodies.PaymentPreview:
    """Return what a payment would do to the open items of an account."""
    open_minor = {item.invoice_id: item.open_minor for item in account.open_items}
    return bodies.PaymentPreview(
        amount_minor=payment.amount_minor,
        unapplied_minor=payment.unapplied_minor,
        currency=payment.currency,
        allocations=[
            bodies.PreviewedAllocation(
                **one.model_dump(exclude={"effective_on", "posted_at", "valued_on"}),
                open_after_minor=open_minor[one.invoice_id] - one.settled_minor,
            )
            for one in payment.allocations
        ],
    )


def payment_row(row: Mapping[str, Any]) -> bodies.PaymentRow:
    """Return a payment in a list."""
    known = {"origin": "money", "credit_note_id": None}  # what rows of earlier versions lack
    names = bodies.PaymentRow.model_fields
    return bodies.PaymentRow(**{name: (known | dict(row))[name] for name in names})


def account_body(file: AccountFile, at: datetime, today: date) -> bodies.Account:
    """Return an account with its open items and what rests of them."""
    account = file.account
    asked = {item.invoice_id: item.open_minor for item in account.asked_for(today, at)}
    free = _free(account, at, today)
    items = [
        bodies.OpenItem(
            **item.model_dump(),
            pending_minor=account.pending_on(item.invoice_id, at),
            asked_minor=asked.get(item.invoice_id, 0),
            free_minor=free[item.invoice_id],
        )
        for item in account.open_items
    ]
    return bodies.Account(
        customer_id=account.customer_id,
        customer_name=account.customer_name,
        currency=account.currency,
        open_minor=account.open_minor,
        unapplied_minor=account.unapplied_minor,
        resting_minor=account.resting_minor(today),
        rests=[
            bodies.Rest(
                **rest.model_dump(),
                amount_minor=None if rest.is_whole else rest.amount_minor,
                resting_minor=rest.resting_minor(today, _there(account, rest)),
            )
            for rest in account.rests
        ],
        open_items=items,
        next_action_at=account.next_action_at,
        unapplied_payments=[payment_row(row) for row in file.unapplied],
    )


def _free(account: Account, at: datetime, today: date) -> dict[str, int]:
    # Who is paused, or whose case is with lawyers, may still promise and contest.
    left = {
        item.invoice_id: max(item.open_minor - account.pending_on(item.invoice_id, at), 0)
        for item in account.open_items
    }
    resting = resting_by_invoice(agreed(account.rests), left, today)
    return {name: amount - resting[name] for name, amount in left.items()}


def _there(account: Account, rest: Rest) -> int:
    return sum(item.open_minor for item in account.open_items if rest.covers(item.invoice_id))
