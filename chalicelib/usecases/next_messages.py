"""What goes out next to a customer, when and with which words; or why nothing will."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.account import Account
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dunning import decide
from chalicelib.domain.message import Suppression
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import MailContent, Ports
from chalicelib.usecases.read_customers import read_customer
from chalicelib.usecases.references import suppression_ref
from chalicelib.usecases.send_reminder import letter_for


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The next message of one account. ``reason_none`` is set when there is none."""

    currency: str
    at: datetime | None = None
    to: str | None = None
    step: int | None = None
    template: str | None = None
    content: MailContent | None = None
    reason_none: str | None = None


def next_messages(ports: Ports, context: Context, customer_id: str) -> tuple[Forecast, ...]:
    """Return the forecast of each account, by the same decision that will be taken then."""
    file = read_customer(ports, customer_id)
    return tuple(_forecast(ports, context, account) for account in file.accounts)


def _forecast(ports: Ports, context: Context, account: Account) -> Forecast:
    desk = open_desk(ports, account.customer_id, account.currency)
    reason = _obstacle(ports, desk)
    at = desk.account.next_action_at
    if reason is not None or at is None:
        reason = reason or _why_nothing_is_due(context, desk)
        return Forecast(currency=account.currency, reason_none=reason)
    at = max(at, context.at)
    reminder = decide(desk.account, desk.policy, desk.customer.time_zone, at)
    if reminder is None:
        return Forecast(currency=account.currency, at=at, reason_none="covered")
    letter = letter_for(replace(context, at=at), desk, reminder)
    return Forecast(
        currency=account.currency,
        at=at,
        to=desk.customer.email,
        step=reminder.step.offset_days,
        template=reminder.step.template,
        content=ports.writer.reminder_mail(letter, desk.company),
    )


def _why_nothing_is_due(context: Context, desk: Desk) -> str:
    # What is disputed, promised or in a plan, before "no step lies ahead".
    today = local_date(context.at, desk.customer.time_zone)
    is_asked = desk.account.asked_for(today, context.at)
    return "nothing_due" if is_asked else "resting"


def _obstacle(ports: Ports, desk: Desk) -> str | None:
    if desk.company.sending_frozen:
        return "sending_frozen"
    if desk.account.open_minor == 0:
        return "nothing_open"
    if desk.account.parked_since is not None:
        return "parked"
    if desk.customer.email is None:
        return "no_address"
    suppression = ports.store.get(suppression_ref(desk.customer.email))
    return f"address_{suppression.reason}" if isinstance(suppression, Suppression) else None
