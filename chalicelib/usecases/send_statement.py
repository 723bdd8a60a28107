"""Queue statements of account: one mail for each contact that gets them, once under its key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from chalicelib.domain.account import Account
from chalicelib.domain.account_now import is_handed_over
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.message import Message, Suppression
from chalicelib.domain.recipients import Recipient, recipients
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.ports import Insert, Ports, Write
from chalicelib.usecases.references import message_ref, suppression_ref
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.statements import StatementFile, read_statement


@dataclass(frozen=True)
class StatementOrder:
    """A statement that a person wants to go out now; the month before by default."""

    customer_id: str
    currency: str
    first: date | None = None
    last: date | None = None


def send_statement(ports: Ports, context: Context, order: StatementOrder) -> tuple[Message, ...]:
    """Queue a statement for each contact that gets them, and return the mails.

    StateConflict where there is nothing to state, nobody to send it to, or where the account is
    handed over or parked.
    """
    order_id = ports.ids.new("stm", context.at)

    def attempt() -> tuple[Message, ...]:
        file = read_statement(
            ports, context, order.customer_id, order.currency, order.first, order.last
        )
        _require_sendable(file)
        reachable = require_reachable(ports, file.desk)
        wanted = tuple(
            new_statement(
                context,
                file.desk.customer,
                file.desk.account,
                one,
                key=f"{order_id}-{ordinal}",
                covers=(file.statement.first, file.statement.last),
            )
            for ordinal, one in enumerate(reachable, start=1)
        )
        where = f"/v1/statements/{order.customer_id}~{order_id}~{len(wanted)}"
        commit(ports, context, queued(ports, context, wanted), resource=where)
        return wanted

    messages = until_committed(ports, attempt)
    for message in messages:
        queue_message(ports, message)
    return messages


def find_sending(ports: Ports, name: str) -> tuple[Message, ...]:
    """Return the mails of an order, by the name under which it was committed. NotFound."""
    customer_id, _, rest = name.partition("~")
    order_id, _, count = rest.partition("~")
    refs = [
        message_ref(customer_id, f"{order_id}-{ordinal}") for ordinal in range(1, int(count) + 1)
    ]
    found = ports.store.get_many(refs)
    if len(found) != len(refs):
        raise NotFound("statement", name)
    return tuple(cast("Message", found[ref]) for ref in refs)


def _require_sendable(file: StatementFile) -> None:
    desk, statement = file.desk, file.statement
    if desk.customer.id == UNIDENTIFIED:
        raise NotFound("customer", desk.customer.id)
    if statement.is_empty:
        raise StateConflict("Nothing was owed and nothing moved.", code="nothing_to_state")
    if is_handed_over(desk.account):
        raise StateConflict(
            "The account is handed over; nothing is sent for it.", code="account_handed_over"
        )
    if desk.account.parked_since is not None:
        raise StateConflict(
            "The nightly proof found a difference in this account; no statement goes out until "
            "that is put right.",
            code="account_parked",
        )


def require_reachable(ports: Ports, desk: Desk) -> tuple[Recipient, ...]:
    """Return who gets a statement. StateConflict when there is no address, or none to be used."""
    wanted = recipients(desk.customer, "statements")
    if not wanted:
        raise StateConflict(f"{desk.customer.name} has no e-mail address.", code="no_address")
    reachable = unsuppressed(ports, wanted)
    if not reachable:
        named = ", ".join(one.address for one in wanted)
        raise StateConflict(
            f"{named} must not be written to; correct the address first.",
            code="address_suppressed",
        )
    return reachable


def unsuppressed(ports: Ports, wanted: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Return those who may be written to, with the copies that may. One request."""
    addresses = dict.fromkeys(address for one in wanted for address in (one.address, *one.copies))
    found = ports.store.get_many([suppression_ref(address) for address in addresses])
    closed = {one.address for one in found.values() if isinstance(one, Suppression)}
    return without(closed, wanted)


def without(closed: Collection[str], wanted: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Return those whose address is not closed, with the copies of which that is true."""
    return tuple(
        one.but(copies=tuple(copy for copy in one.copies if copy not in closed))
        for one in wanted
        if one.address not in closed
    )


def new_statement(
    context: Context,
    customer: Customer,
    account: Account,
    to: Recipient,
    *,
    key: str,
    covers: tuple[date, date],
) -> Message:
    """Return the queued mail that carries a statement to a contact. ``key`` is permanent."""
    return Message(
        id=key,
        purpose="statement",
        state="queued",
        customer_id=customer.id,
        customer_name=customer.name,
        currency=account.currency,
        to=to.address,
        contact_id=to.contact_id,
        cc=to.copies,
        subject="",
        language=to.language,
        template="statement",
        invoice_ids=(),
        amount_minor=max(account.open_minor - account.unapplied_minor, 0),
        created_at=context.at,
        created_by=context.actor.id,
        covers_from=covers[0],
        covers_to=covers[1],
    )


def queued(ports: Ports, context: Context, messages: Sequence[Message]) -> list[Write]:
    """Return the writes of queued statements of one account, with what the timeline says."""
    first = messages[0]
    entry = audit(
        ports,
        context,
        "statement_mail_queued",
        subject=("customer", first.customer_id),
        customer_id=first.customer_id,
        currency=first.currency,
        covers_from=first.covers_from.isoformat() if first.covers_from else None,
        covers_to=first.covers_to.isoformat() if first.covers_to else None,
        to=", ".join(one.to for one in messages),
    )
    return [*(Insert(message) for message in messages), entry]
