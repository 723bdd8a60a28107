"""The account: customer × currency, the unit of consistency.

Every posting rewrites the account under its version, and so does every claim of a message that
asks for money. That is how a payment and a reminder can never overlook each other.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Customer
from chalicelib.domain.discount import DiscountOffer
from chalicelib.domain.errors import InvariantBroken, StateConflict
from chalicelib.domain.ledger import Entry, EntryLine
from chalicelib.domain.rest import Rest, resting_by_invoice
from chalicelib.domain.step import Step

MAX_OPEN_ITEMS: Final = 2_000
"""About 300 KB of the 400 KB that one DynamoDB item may have."""

PENDING_DAYS: Final = 14
"""How long a payment in progress rests the chase: a SEPA debit settles or fails in that time."""


class OpenItem(Value):
    """An invoice on which money is still expected.

    ``step_id`` is the last dunning step taken, ``step_done`` the days after the due date that it
    had then. ``policy_id`` is the invoice's own ladder, where it has one.
    """

    invoice_id: str
    number: str
    issue_date: date
    due_date: date
    total_minor: int
    open_minor: int
    step_done: int | None = None
    step_id: str | None = None
    policy_id: str | None = None
    discount: DiscountOffer | None = None


class PendingPart(Value):
    """How much of a payment on its way is meant for an invoice."""

    invoice_id: str
    amount_minor: int


class PendingPayment(Value):
    """Money that the provider said at ``since`` is on its way. It is not cash, and it expires.

    ``parts`` where it is meant for several invoices, or for less than it brings. A failed payment
    stays on record with no amount, so that an older "on its way" which arrives late does not rest
    the chase.
    """

    key: str
    invoice_id: str | None
    amount_minor: int
    parts: tuple[PendingPart, ...] = ()
    since: datetime
    expires_at: datetime

    def on(self, invoice_id: str) -> int:
        """Return how much of it is meant for an invoice."""
        if self.parts:
            return sum(one.amount_minor for one in self.parts if one.invoice_id == invoice_id)
        return self.amount_minor if self.invoice_id == invoice_id else 0


class UnderWay(Value):
    """A reminder that these contacts still lack: its step is taken, it is gone on with."""

    policy_id: str
    step: Step
    anchor_id: str
    contacts: tuple[str, ...]


class SendNow(Value):
    """A person wants the next step to go out at this instant. Until then it can be undone."""

    at: datetime
    by: str


class Account(Record):
    """What one customer owes in one currency, and when to act on it next.

    ``planned`` are messages that wait for another attempt or for a person, ``tasks`` the work items
    that lose their reason with them. ``held`` is the step that was last noted as not sent,
    ``approved`` the reminder that a person has let go. ``parked_since`` is set while the nightly
    proof finds a difference: nothing is asked for.
    """

    kind: ClassVar[str] = "account"

    customer_id: str
    customer_name: str
    currency: str
    open_items: tuple[OpenItem, ...] = ()
    unapplied_minor: int = 0
    entries: int = 0
    pending: tuple[PendingPayment, ...] = ()
    rests: tuple[Rest, ...] = ()
    planned: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    under_way: UnderWay | None = None
    send_now: SendNow | None = None
    held: str | None = None
    approved: str | None = None
    next_action_at: datetime | None = None
    reminded_on: date | None = None
    parked_since: datetime | None = None

    @property
    def open_minor(self) -> int:
        """The sum of what is still owed."""
        return sum(item.open_minor for item in self.open_items)

    def overdue_minor(self, today: date) -> int:
        """The part of it whose due date has passed."""
        return sum(item.open_minor for item in self.open_items if item.due_date < today)

    def item(self, invoice_id: str) -> OpenItem | None:
        """Return the open item of an invoice, if anything is open on it."""
        return next((item for item in self.open_items if item.invoice_id == invoice_id), None)

    def pending_on(self, invoice_id: str, at: datetime) -> int:
        """Return how much is on its way for an invoice at this instant."""
        return sum(one.on(invoice_id) for one in self.pending if one.expires_at > at)

    def asked_for(self, today: date, at: datetime) -> tuple[OpenItem, ...]:
        """Return the open items with what may be asked for of each now: not what rests.

        The one function by which reminders, statements and screens know what to demand.
        """
        left = {
            item.invoice_id: max(item.open_minor - self.pending_on(item.invoice_id, at), 0)
            for item in self.open_items
        }
        resting = resting_by_invoice(self.rests, left, today)
        return tuple(
            item.but(open_minor=left[item.invoice_id] - resting[item.invoice_id])
            for item in self.open_items
            if left[item.invoice_id] > resting[item.invoice_id]
        )

    def resting_minor(self, today: date) -> int:
        """Return how much of what is open is disputed, promised or in a plan today."""
        amounts = {item.invoice_id: item.open_minor for item in self.open_items}
        return sum(resting_by_invoice(self.rests, amounts, today).values())


def new_account(customer: Customer, currency: str) -> Account:
    """Return the account of a customer in a currency before its first fact (version 0)."""
    return Account(
        version=0, customer_id=customer.id, customer_name=customer.name, currency=currency
    )


def oldest_first(items: Iterable[OpenItem]) -> tuple[OpenItem, ...]:
    """Return open items in the order in which money settles them."""
    return tuple(sorted(items, key=lambda item: (item.due_date, item.number)))


def post(
    account: Account,
    entry: Entry,
    new_items: Iterable[OpenItem] = (),
    offers: Mapping[str, DiscountOffer | None] | None = None,
) -> Account:
    """Return the account after a posting.

    ``new_items`` are those that an issue adds or an undoing opens again; every other line must fit
    an item that is open. ``offers`` are the discounts that are still to be had afterwards.
    InvariantBroken when the ledger would leave 0 ≤ open ≤ total or a negative unapplied sum.
    """
    if entry.sequence != account.entries + 1:
        raise InvariantBroken(f"Entry {entry.sequence} cannot follow {account.entries}.")
    items = {item.invoice_id: item for item in account.open_items}
    for item in new_items:
        items.setdefault(item.invoice_id, item.but(open_minor=0))
    for line in entry.lines:
        if line.open_delta_minor:
            items[line.invoice_id or ""] = _moved(items.get(line.invoice_id or ""), line)
    unapplied = account.unapplied_minor + entry.unapplied_delta_minor
    if unapplied < 0:
        raise InvariantBroken(f"Unapplied money of {account.customer_id} would be {unapplied}.")
    for invoice_id, offer in (offers or {}).items():
        items[invoice_id] = items[invoice_id].but(discount=offer)
    still_open = oldest_first(item for item in items.values() if item.open_minor)
    if len(still_open) > MAX_OPEN_ITEMS and entry.what == "invoice_issued":
        raise StateConflict(
            f"{account.customer_name} already has {MAX_OPEN_ITEMS} open invoices in "
            f"{account.currency}; settle or void some first.",
            code="too_many_open_items",
        )
    return account.but(open_items=still_open, unapplied_minor=unapplied, entries=entry.sequence)


def _moved(item: OpenItem | None, line: EntryLine) -> OpenItem:
    delta = line.open_delta_minor
    if item is None or not 0 <= item.open_minor + delta <= item.total_minor:
        raise InvariantBroken(f"A posting of {delta} does not fit the open item {item}.")
    return item.but(open_minor=item.open_minor + delta)


def with_pending(account: Account, pending: PendingPayment) -> Account:
    """Return the account with the provider's latest word about a payment that is not settled."""
    said = [one for one in account.pending if one.key == pending.key]
    if any(_outranks(one, pending) for one in said):
        return account
    others = tuple(one for one in account.pending if one.key != pending.key)
    return account.but(pending=(*others, pending))


def _outranks(said: PendingPayment, other: PendingPayment) -> bool:
    # Providers date events to the second: of two in one second the failure came last.
    return (said.since, -said.amount_minor) > (other.since, -other.amount_minor)


def without_pending(account: Account, key: str, at: datetime) -> Account:
    """Return the account with this payment settled or failed, and expired ones forgotten."""
    kept = tuple(one for one in account.pending if one.key != key and one.expires_at > at)
    return account.but(pending=kept)


def pending_until(at: datetime) -> datetime:
    """Return until when a payment that is in progress now rests the chase."""
    return at + timedelta(days=PENDING_DAYS)
