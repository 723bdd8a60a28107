"""What goes out next to a customer, when and with which words; or why nothing will."""

from dataclasses import dataclass, replace

from chalicelib.domain.recipients import Recipient
from chalicelib.usecases.contents import MailContent
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, open_desk, with_holidays
from chalicelib.usecases.forecast import Forecast, addresses_of, forecast
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_customers import read_customer
from chalicelib.usecases.reminder_letter import letter_for
from chalicelib.usecases.step_charges import preview_charges
from chalicelib.usecases.templates import own_text, template_refs


@dataclass(frozen=True, kw_only=True)
class NextMessage:
    """A message as it would go out, or a step that a person carries out, or the reason for none."""

    forecast: Forecast
    recipient: Recipient | None = None
    content: MailContent | None = None


def next_messages(ports: Ports, context: Context, customer_id: str) -> tuple[NextMessage, ...]:
    """Return what goes out next for each account, one message a contact."""
    file = read_customer(ports, customer_id)
    return tuple(
        message
        for account in file.accounts
        for message in messages_of_account(ports, context, customer_id, account.currency)
    )


def messages_of_account(
    ports: Ports, context: Context, customer_id: str, currency: str
) -> tuple[NextMessage, ...]:
    """Return what goes out next in one currency; always at least one entry."""
    desk = with_holidays(ports, open_desk(ports, customer_id, currency))
    one = forecast(context, desk, ports.store.get_many(addresses_of(desk)))
    if one.reminder is None or not one.recipients:
        return (NextMessage(forecast=one),)
    return tuple(_written(ports, context, desk, one, who) for who in one.recipients)


def _written(
    ports: Ports, context: Context, desk: Desk, one: Forecast, who: Recipient
) -> NextMessage:
    if one.reminder is None or one.at is None:
        return NextMessage(forecast=one, recipient=who)
    then = replace(context, at=one.at)
    charges = preview_charges(ports, then, desk, one.reminder)
    letter = letter_for(then, desk, one.reminder, who, charges)
    segment = desk.customer.segment
    found = ports.store.get_many(template_refs(letter.template, who.language, segment))
    text = own_text(found, letter.template, who.language, segment)
    content = ports.writer.reminder_mail(letter, desk.company, text)
    return NextMessage(forecast=one, recipient=who, content=content)
