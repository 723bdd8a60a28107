"""Money received, and which invoices it settles."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar, Final

from chalicelib.domain.account import Account, OpenItem, oldest_first
from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.ledger import EntryLine

MAX_ALLOCATIONS: Final = 40
"""How many invoices one transaction settles; two records each, of DynamoDB's 100 in all."""


class Wanted(Value):
    """A wish to settle this much of this invoice."""

    invoice_id: str
    amount_minor: int


class Allocation(Value):
    """So much of a payment settles this invoice, since the later of its date and the invoice's."""

    invoice_id: str
    number: str
    amount_minor: int
    effective_on: date
    posted_at: datetime


class Payment(Record):
    """Money received once. amount = allocated + unapplied.

    ``received_on`` is the value date. ``provider_payment_id`` is the provider's own, unique name
    of it; by hand there is none.
    """

    kind: ClassVar[str] = "payment"

    id: str
    customer_id: str
    customer_name: str
    amount_minor: int
    unapplied_minor: int
    currency: str
    received_on: date
    method: str
    reference: str | None = None
    provider: str | None = None
    provider_payment_id: str | None = None
    allocations: tuple[Allocation, ...] = ()
    note: str | None = None
    created_at: datetime
    created_by: str

    @property
    def allocated_minor(self) -> int:
        """How much of it settles invoices."""
        return sum(allocation.amount_minor for allocation in self.allocations)


def allocate_oldest_first(amount_minor: int, items: Iterable[OpenItem]) -> tuple[Wanted, ...]:
    """Spread money over open items, oldest due date first; what is left over stays unapplied."""
    wanted: list[Wanted] = []
    for item in oldest_first(items):
        part = min(amount_minor, item.open_minor)
        if part <= 0:
            break
        wanted.append(Wanted(invoice_id=item.invoice_id, amount_minor=part))
        amount_minor -= part
    return tuple(wanted)


def check_wanted(wanted: Sequence[Wanted], account: Account, available_minor: int) -> None:
    """Refuse allocations that name an invoice twice, exceed what is open, or exceed the money.

    InvalidField with a pointer into ``/allocations``, or StateConflict where only the present
    state is in the way.
    """
    seen: set[str] = set()
    for index, one in enumerate(wanted):
        pointer = f"/allocations/{index}"
        if one.invoice_id in seen:
            raise InvalidField(
                f"{pointer}/invoice_id", "This invoice is named twice.", field_code="named_twice"
            )
        seen.add(one.invoice_id)
        if one.amount_minor <= 0:
            raise InvalidField(
                f"{pointer}/amount_minor",
                "An allocation is more than zero.",
                field_code="not_positive",
            )
        item = account.item(one.invoice_id)
        if item is None or item.open_minor < one.amount_minor:
            raise StateConflict(
                f"Invoice {item.number if item else one.invoice_id} has "
                f"{item.open_minor if item else 0} {account.currency} (minor units) open in this "
                f"customer's account; {one.amount_minor} cannot be allocated to it.",
                code="more_than_open",
            )
    if sum(one.amount_minor for one in wanted) > available_minor:
        raise InvalidField(
            "/allocations",
            f"There are only {available_minor} to allocate.",
            field_code="more_than_available",
        )


def allocations_of(
    wanted: Iterable[Wanted], account: Account, received_on: date, at: datetime
) -> tuple[Allocation, ...]:
    """Return the allocations; each counts from when both the money and the invoice were there."""
    found = ((one, account.item(one.invoice_id)) for one in wanted)
    return tuple(
        Allocation(
            invoice_id=item.invoice_id,
            number=item.number,
            amount_minor=one.amount_minor,
            effective_on=max(received_on, item.issue_date),
            posted_at=at,
        )
        for one, item in found
        if item is not None
    )


def allocation_lines(allocations: Iterable[Allocation], account: Account) -> tuple[EntryLine, ...]:
    """Return the ledger lines of allocations: less open, less unapplied."""
    due = {item.invoice_id: item.due_date for item in account.open_items}
    return tuple(
        EntryLine(
            effective_on=one.effective_on,
            invoice_id=one.invoice_id,
            due_on=due[one.invoice_id],
            open_delta_minor=-one.amount_minor,
            unapplied_delta_minor=-one.amount_minor,
        )
        for one in allocations
    )
