"""Posting: the writes that every fact about money makes, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chalicelib.domain import account as accounts
from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.dunning import plan
from chalicelib.domain.ledger import Entry, EntryKind, EntryLine, Totals, add_totals, totals_of
from chalicelib.domain.message import MAX_LISTED, Message, on_invoices
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, save_account
from chalicelib.usecases.ports import Increase, Insert, Mirror, Ports, Replace, Write
from chalicelib.usecases.references import message_ref

CALL_OFF_ACTIONS: Final = MAX_LISTED + 1
"""What a transaction keeps free to call off one waiting reminder and its copies on invoices."""


@dataclass(frozen=True)
class Fact:
    """What happened, before it is posted."""

    what: EntryKind
    booked_on: date
    lines: Sequence[EntryLine]
    billed_minor: int = 0
    collected_minor: int = 0
    payment_id: str | None = None
    new_item: OpenItem | None = None


def post(ports: Ports, context: Context, desk: Desk, fact: Fact) -> list[Write]:
    """Return the entry, the account after it with its next action, and the totals."""
    entry, writes = post_to_account(ports, context, desk, fact)
    return [*writes, *increases([entry])]


def increases(entries: Sequence[Entry]) -> list[Write]:
    """Return what entries add to the totals: each counter once, as a transaction demands."""
    by_key: dict[tuple[str, str, int], list[Totals]] = {}
    for entry in entries:
        for totals in totals_of(entry):
            key = (totals.period, totals.currency, totals.shard)
            by_key.setdefault(key, []).append(totals)
    sums = [add_totals(parts) for parts in by_key.values()]
    return [Increase(totals) for totals in sums if totals.is_felt]


def post_to_account(
    ports: Ports, context: Context, desk: Desk, fact: Fact
) -> tuple[Entry, list[Write]]:
    """Return the entry, and the writes of it and of the account; the totals are still to come."""
    entry = _entry(context, desk.account, fact)
    account = accounts.post(desk.account, entry, fact.new_item)
    account = plan(account, desk.policy, desk.customer.time_zone, context.at)
    called_off: list[Write] = []
    if account.open_minor <= account.unapplied_minor:
        # A reminder that waits for another attempt has lost its reason.
        account, called_off = call_off(ports, context, account, "paid")
    return entry, [Insert(entry), *save_account(desk, account), *called_off]


def _entry(context: Context, account: Account, fact: Fact) -> Entry:
    return Entry(
        customer_id=account.customer_id,
        currency=account.currency,
        sequence=account.entries + 1,
        what=fact.what,
        posted_at=context.at,
        posted_by=context.actor.id,
        payment_id=fact.payment_id,
        billed_minor=fact.billed_minor,
        collected_minor=fact.collected_minor,
        booked_on=fact.booked_on,
        lines=tuple(fact.lines),
    )


def call_off(
    ports: Ports, context: Context, account: Account, reason: str
) -> tuple[Account, list[Write]]:
    """Return the account without the reminders that wait for another attempt, and their end.

    Those that do not fit into CALL_OFF_ACTIONS keep waiting for the account's next change.
    """
    if not account.planned:
        return account, []
    refs = [message_ref(account.customer_id, message_id) for message_id in account.planned]
    writes: list[Write] = []
    kept: list[str] = []
    for record in ports.store.get_many(refs).values():
        if not isinstance(record, Message) or record.state != "planned":
            continue
        ended = save_message(record.next(state="suppressed", reason=reason, settled_at=context.at))
        if len(writes) + len(ended) <= CALL_OFF_ACTIONS:
            writes += ended
        else:
            kept.append(record.id)
    return account.but(planned=tuple(kept)), writes


def save_message(message: Message) -> list[Write]:
    """Return the writes of a message and of its copies on the invoices it is about."""
    return [Replace(message), *(Mirror(copy) for copy in on_invoices(message))]


def with_account(desk: Desk, account: Account) -> Desk:
    """Return the desk with another state of its account."""
    return replace(desk, account=account)
