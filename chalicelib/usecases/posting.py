"""Posting: the writes that every fact about money makes, all in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from chalicelib.domain import account as accounts
from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.discount import DiscountOffer
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.journal import Leg, legs_of
from chalicelib.domain.ledger import Entry, EntryKind, EntryLine, Totals, add_totals, totals_of
from chalicelib.domain.message import MAX_LISTED, Message, on_invoices
from chalicelib.domain.next_action import plan
from chalicelib.domain.rest import after_posting
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, save_account
from chalicelib.usecases.follow_rests import follow_rests
from chalicelib.usecases.handed_over_money import told_of_money
from chalicelib.usecases.ports import Increase, Insert, Mirror, Ports, Replace, Write
from chalicelib.usecases.references import message_ref, work_item_ref
from chalicelib.usecases.stale_letters import stale_letters, to_be_written_anew
from chalicelib.usecases.work import finishing

MAX_TASKS: Final = 3
"""Work items that an account may have open about its reminders."""

CALL_OFF_ACTIONS: Final = MAX_LISTED + 1 + MAX_TASKS
"""What a transaction keeps free to call off one waiting reminder, its copies and its tasks."""


@dataclass(frozen=True)
class Fact:
    """What happened, before it is posted.

    ``against`` are the legs of the journal beside what is owed and what is unapplied; ``reference``
    is what the accountant looks it up by. ``new_items`` and ``offers`` as in ``account.post``.
    """

    what: EntryKind
    booked_on: date
    lines: Sequence[EntryLine]
    against: Sequence[Leg] = ()
    billed_minor: int = 0
    collected_minor: int = 0
    written_off_minor: int = 0
    payment_id: str | None = None
    reference: str | None = None
    new_items: Sequence[OpenItem] = ()
    offers: Mapping[str, DiscountOffer | None] = field(default_factory=dict)


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
    entry, account, others = posted(ports, context, desk, fact)
    return entry, [Insert(entry), *save_account(desk, account), *others]


def posted(
    ports: Ports, context: Context, desk: Desk, fact: Fact
) -> tuple[Entry, Account, list[Write]]:
    """Return the entry, the account after it, and the writes of what follows; none of either."""
    entry = _entry(context, desk, fact)
    account = accounts.post(desk.account, entry, fact.new_items, fact.offers)
    paid = _paid(fact.lines)
    after = after_posting(account.rests, account.open_items, paid)
    followed = follow_rests(ports, context, account.rests, after)
    followed += told_of_money(ports, context, desk.account, paid, fact.payment_id)
    account, called_off = replan(ports, context, desk, account.but(rests=after.rests))
    return entry, account, [*followed, *called_off]


def replan(
    ports: Ports, context: Context, desk: Desk, account: Account
) -> tuple[Account, list[Write]]:
    """Return the account with its next action set anew, and the end of what lost its reason.

    A letter that waits to be posted and says too much now is called off, and written anew over what
    is left when the account is looked at next.
    """
    today = local_date(context.at, desk.customer.time_zone)
    asked = sum(item.open_minor for item in account.asked_for(today, context.at))
    if asked > account.unapplied_minor:
        account, ended = _without_stale_letters(ports, context, desk, account)
        return plan(account, desk.rules, context.at), ended
    reason = "paid" if account.open_minor <= account.unapplied_minor else "covered"
    account = account.but(under_way=None, send_now=None)
    account, ended = call_off(ports, context, account, reason)
    return plan(account, desk.rules, context.at), ended


def _without_stale_letters(
    ports: Ports, context: Context, desk: Desk, account: Account
) -> tuple[Account, list[Write]]:
    owed_before = desk.account.open_minor - desk.account.unapplied_minor
    is_paid = account.open_minor - account.unapplied_minor < owed_before
    ended: list[Write] = []
    for letter in stale_letters(ports, context, desk, account):
        writes = _ended(context, letter, "paid" if is_paid else "covered")
        if len(ended) + len(writes) > CALL_OFF_ACTIONS:
            break  # one that long takes all the room there is; the other is seen to at its posting
        ended += writes
        anew = account.under_way or to_be_written_anew(context, desk, account, letter)
        planned = tuple(one for one in account.planned if one != letter.id)
        account = account.but(under_way=anew, planned=planned)
    return account, ended


def _paid(lines: Sequence[EntryLine]) -> dict[str, int]:
    # By invoice, what money or credit settled of it: not what was corrected or given up.
    paid: dict[str, int] = {}
    for line in lines:
        if line.invoice_id is not None and line.open_delta_minor < 0:
            paid[line.invoice_id] = paid.get(line.invoice_id, 0) - line.unapplied_delta_minor
    return paid


def _entry(context: Context, desk: Desk, fact: Fact) -> Entry:
    account = desk.account
    open_delta = sum(line.open_delta_minor for line in fact.lines)
    unapplied_delta = sum(line.unapplied_delta_minor for line in fact.lines)
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
        written_off_minor=fact.written_off_minor,
        reference=fact.reference,
        booked_on=fact.booked_on,
        posted_on=journal_day(context, desk.company),
        legs=legs_of(open_delta, unapplied_delta, fact.against),
        lines=tuple(fact.lines),
    )


def journal_day(context: Context, company: Company) -> date:
    """Return the day under which the journal has what is posted now.

    What was closed stays closed, even for work that is done as of an earlier instant.
    """
    today = local_date(context.at, company.time_zone)
    if company.books_closed_until is None:
        return today
    return max(today, company.books_closed_until + timedelta(days=1))


def call_off(
    ports: Ports, context: Context, account: Account, reason: str
) -> tuple[Account, list[Write]]:
    """Return the account without what waits for another attempt or for a person, and its end.

    Those that do not fit into CALL_OFF_ACTIONS keep waiting for the account's next change.
    """
    if not account.planned and not account.tasks:
        return account, []
    refs = [message_ref(account.customer_id, message_id) for message_id in account.planned]
    found = ports.store.get_many([*refs, *(work_item_ref(key) for key in account.tasks)])
    writes: list[Write] = []
    kept: list[str] = []
    for record in found.values():
        ended = _ended(context, record, reason)
        if len(writes) + len(ended) <= CALL_OFF_ACTIONS:
            writes += ended
        elif isinstance(record, Message):
            kept.append(record.id)
    return account.but(planned=tuple(kept), tasks=()), writes


def _ended(context: Context, record: Record, reason: str) -> list[Write]:
    if isinstance(record, WorkItem):
        return finishing(context, record, reason)
    if isinstance(record, Message) and record.state in ("planned", "to_post"):
        ended = record.next(state="suppressed", reason=reason, settled_at=context.at)
        return save_message(ended)
    return []


def save_message(message: Message) -> list[Write]:
    """Return the writes of a message and of its copies on the invoices it is about."""
    return [Replace(message), *(Mirror(copy) for copy in on_invoices(message))]


def invoice_legs(invoice: Invoice) -> tuple[Leg, ...]:
    """Return what issuing an invoice earns, against what is then owed.

    The books of wherever an imported one was issued have its sales and its tax.
    """
    if invoice.is_imported:
        return (Leg(account="transfer", amount_minor=-invoice.total_minor),)
    return (
        Leg(account="sales", amount_minor=-invoice.net_minor),
        *(
            Leg(account="tax", amount_minor=-tax.tax_minor, rate=tax.rate)
            for tax in invoice.taxes
            if tax.tax_minor
        ),
    )


def with_account(desk: Desk, account: Account) -> Desk:
    """Return the desk with another state of its account."""
    return replace(desk, account=account)
