"""Money received, and which invoices it settles."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain import discount
from chalicelib.domain.account import Account, OpenItem, oldest_first
from chalicelib.domain.base import Record, Value
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.ledger import EntryLine

IMPORTED: Final = "import"
"""The method of money that was received and booked elsewhere, before its invoice was imported."""


class Wanted(Value):
    """A wish to settle this much of this invoice."""

    invoice_id: str
    amount_minor: int


class Allocation(Value):
    """So much of a payment settles this invoice, since the later of its date and the invoice's.

    ``discount_minor`` was earned by paying early, ``difference_minor`` was too little to ask for.
    A negative one undoes an earlier one. ``valued_on`` is the value date where it is not that of
    the payment: money that went back later did pay for the time in between.
    """

    invoice_id: str
    number: str
    amount_minor: int
    discount_minor: int = 0
    difference_minor: int = 0
    effective_on: date
    valued_on: date | None = None
    posted_at: datetime

    @property
    def settled_minor(self) -> int:
        """By how much it lowers what is open."""
        return self.amount_minor + self.discount_minor + self.difference_minor


ReturnKind = Literal["refunded", "charged_back", "reversed"]


class Return(Value):
    """Money of a payment that is no longer ours. A negative amount came back to us."""

    kind: ReturnKind
    amount_minor: int
    on: date
    reason: str | None = None
    posted_at: datetime
    posted_by: str


class Payment(Record):
    """Money received once, or a credit. amount = allocated + unapplied + returned.

    A credit (``origin`` credit_note) is what a credit note took off an invoice and, beyond what was
    open, left to the customer: it settles invoices and is given back like money, but never was any.

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
    origin: Literal["money", "credit_note"] = "money"
    credit_note_id: str | None = None
    credited_invoice_id: str | None = None
    allocations: tuple[Allocation, ...] = ()
    returns: tuple[Return, ...] = ()
    note: str | None = None
    created_at: datetime
    created_by: str

    def returned_minor(self, *kinds: ReturnKind) -> int:
        """Return how much of it went back in these ways; in all ways if none is named."""
        return sum(one.amount_minor for one in self.returns if not kinds or one.kind in kinds)

    @property
    def free_since(self) -> date:
        """From when its money can settle an invoice: not while it still settled another one."""
        undone = (one.effective_on for one in self.allocations if one.amount_minor < 0)
        return max(self.received_on, *undone, self.received_on)

    def standing(self) -> tuple[Allocation, ...]:
        """Return what it settles now, by invoice, in the order of the first allocations."""
        sums: dict[str, Allocation] = {}
        for one in self.allocations:
            before = sums.get(one.invoice_id)
            sums[one.invoice_id] = one if before is None else _together(before, one)
        return tuple(one for one in sums.values() if one.amount_minor)

    @property
    def allocated_minor(self) -> int:
        """How much of it settles invoices."""
        return sum(allocation.amount_minor for allocation in self.allocations)


def _together(before: Allocation, one: Allocation) -> Allocation:
    return before.but(
        amount_minor=before.amount_minor + one.amount_minor,
        discount_minor=before.discount_minor + one.discount_minor,
        difference_minor=before.difference_minor + one.difference_minor,
        effective_on=max(before.effective_on, one.effective_on),
        posted_at=one.posted_at,
    )


def allocate_oldest_first(
    amount_minor: int, items: Iterable[OpenItem], received_on: date = date.max
) -> tuple[Wanted, ...]:
    """Spend money over open items, oldest due date first; what is left over stays unapplied.

    An invoice whose early-payment discount the money is in time for takes only what it needs; money
    that would be left over then tops it up, since whoever pays in full has not taken the discount.
    """
    chosen: dict[str, int] = {}
    room: dict[str, int] = {}
    for item in oldest_first(items):
        part = min(amount_minor, discount.payable(item.discount, item.open_minor, received_on))
        if part <= 0 and amount_minor <= 0:
            break
        chosen[item.invoice_id] = part
        room[item.invoice_id] = item.open_minor - part
        amount_minor -= part
    for invoice_id, more in room.items():
        part = min(amount_minor, more)
        chosen[invoice_id] += part
        amount_minor -= part
    return tuple(
        Wanted(invoice_id=invoice_id, amount_minor=part)
        for invoice_id, part in chosen.items()
        if part > 0
    )


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
    wanted: Sequence[Wanted], account: Account, payment: "Payment", at: datetime, *, tolerance: int
) -> tuple[Allocation, ...]:
    """Return the allocations; each counts from when both the money and the invoice were there.

    With the discount that the money earns. What is left open when the money is spent and lies
    within the ``tolerance`` (minor units) is forgiven.
    """
    is_spent = sum(one.amount_minor for one in wanted) >= payment.unapplied_minor
    within = tolerance if is_spent and payment.origin == "money" else 0
    found = ((one, account.item(one.invoice_id)) for one in wanted)
    return tuple(
        _allocation(item, one.amount_minor, payment, at, within)
        for one, item in found
        if item is not None
    )


def _allocation(
    item: OpenItem, amount_minor: int, payment: "Payment", at: datetime, tolerance: int
) -> Allocation:
    earned = 0
    if payment.origin == "money":
        earned = discount.earned(item.discount, item.open_minor, amount_minor, payment.received_on)
    rest = item.open_minor - amount_minor - earned
    return Allocation(
        invoice_id=item.invoice_id,
        number=item.number,
        amount_minor=amount_minor,
        discount_minor=earned,
        difference_minor=rest if 0 < rest <= min(tolerance, amount_minor) else 0,
        effective_on=max(payment.free_since, item.issue_date),
        posted_at=at,
    )


def allocation_lines(
    allocations: Iterable[Allocation], due: Mapping[str, date]
) -> tuple[EntryLine, ...]:
    """Return the ledger lines of allocations: less open, less unapplied. ``due`` by invoice."""
    return tuple(
        EntryLine(
            effective_on=one.effective_on,
            invoice_id=one.invoice_id,
            due_on=due[one.invoice_id],
            open_delta_minor=-one.settled_minor,
            unapplied_delta_minor=-one.amount_minor,
        )
        for one in allocations
    )
