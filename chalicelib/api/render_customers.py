"""Customers and accounts as the API shows them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chalicelib.api.schemas import customers as bodies
from chalicelib.api.schemas.rates import CustomerDiscount
from chalicelib.domain.account import Account
from chalicelib.usecases.forecast import Forecast, following
from chalicelib.usecases.next_messages import NextMessage
from chalicelib.usecases.read_customers import Credit, CustomerFile


def customer_body(file: CustomerFile, credit: Credit, today: date) -> bodies.Customer:
    """Return a customer with its balances as of today."""
    one = file.customer
    return bodies.Customer(
        id=one.id,
        version=one.version,
        type=one.type,
        name=one.name,
        country=one.country,
        tax_id=one.tax_id,
        address=one.address,
        email=one.email,
        email_suppressed=file.suppression.reason if file.suppression else None,
        phone=one.phone,
        language=one.language,
        currency=one.currency,
        terms_days=one.terms_days,
        discount=CustomerDiscount(**one.discount.model_dump()) if one.discount else None,
        credit_limit_minor=one.credit_limit_minor,
        time_zone=one.time_zone,
        segment=one.segment,
        region=one.region,
        contacts=[
            bodies.Contact(**who.model_dump() | {"roles": list(who.roles)}) for who in one.contacts
        ],
        policy_id=one.policy_id,
        owner=one.owner,
        statements=one.statements,
        notes=one.notes,
        code=one.code,
        balances=balances(file.accounts, today),
        exposure=_exposure(credit),
        created_at=one.created_at,
    )


def _exposure(credit: Credit) -> bodies.Exposure:
    exposure = credit.exposure
    return bodies.Exposure(
        currency=exposure.currency,
        exposure_minor=exposure.exposure_minor,
        limit_minor=exposure.limit_minor,
        available_minor=exposure.available_minor,
        pending_approval_minor=credit.pending_minor,
    )


def balances(accounts: Iterable[Account], today: date) -> list[bodies.Balance]:
    """Return what is owed in each currency."""
    return [
        bodies.Balance(
            currency=one.currency,
            open_minor=one.open_minor,
            overdue_minor=one.overdue_minor(today),
            unapplied_minor=one.unapplied_minor,
            resting_minor=one.resting_minor(today),
            open_invoices=len(one.open_items),
            oldest_due_date=one.open_items[0].due_date.isoformat() if one.open_items else None,
            next_action_at=one.next_action_at,
        )
        for one in accounts
    ]


def customer_row(
    row: Mapping[str, Any], accounts: Iterable[Account], today: date
) -> bodies.CustomerRow:
    """Return a customer in a list."""
    names = (name for name in bodies.CustomerRow.model_fields if name != "balances")
    return bodies.CustomerRow(
        **{name: row[name] for name in names}, balances=balances(accounts, today)
    )


def next_message(one: NextMessage) -> bodies.NextMessage:
    """Return a forecast of the next message."""
    content, who, reminder = one.content, one.recipient, one.forecast.reminder
    account = one.forecast.desk.account
    return bodies.NextMessage(
        currency=account.currency,
        at=one.forecast.at,
        channel=reminder.step.channel if reminder else None,
        to=who.address if who else None,
        contact=who.name if who else None,
        cc=list(who.copies) if who else [],
        policy_id=reminder.policy_id if reminder else None,
        step=reminder.step.offset_days if reminder else None,
        step_id=reminder.step.id if reminder else None,
        template=reminder.step.template if reminder else None,
        amount_minor=one.forecast.amount_minor,
        subject=content.subject if content else None,
        text=content.text if content else None,
        html=content.html if content else None,
        send_now_at=account.send_now.at if account.send_now else None,
        reason_none=one.forecast.reason_none,
        held_at=one.forecast.held_at,
        held_by=one.forecast.held_by,
        following=_following(one.forecast),
    )


def _following(one: Forecast) -> bodies.FollowingStep | None:
    after = following(one)
    if after is None or after.at is None or after.step is None:
        return None
    step = after.step
    return bodies.FollowingStep(
        at=after.at,
        channel=step.channel,
        step=step.offset_days,
        step_id=step.id,
        template=step.template,
    )
