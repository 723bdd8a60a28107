"""Invoices: lines, totals, lifecycle. An issued invoice never changes what it says."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Language, Party
from chalicelib.domain.discount import DiscountOffer, DiscountTerms, offer
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.money import MAX_MINOR, round_half_up

State = Literal[
    "draft", "pending_approval", "issued", "partially_paid", "paid", "void", "written_off"
]
OPEN_STATES: Final[frozenset[State]] = frozenset({"issued", "partially_paid"})
MAX_LINES: Final = 500  # keeps the item far under DynamoDB's 400 KB


class LineInput(Value):
    """A line as its author writes it. Rates are fractions: 0.21 is 21 %."""

    description: str
    quantity: Decimal
    unit_price_minor: int
    tax_rate: Decimal
    discount_rate: Decimal = Decimal(0)


class Line(LineInput):
    """A line with its net amount: quantity × unit price × (1 − discount), halves up."""

    net_minor: int


class TaxTotal(Value):
    """The tax of one rate over the sum of the nets of its lines."""

    rate: Decimal
    base_minor: int
    tax_minor: int


SettlementKind = Literal[
    "payment", "credit", "credit_note", "discount", "small_difference", "write_off"
]
"""``credit_note`` is a correction of this very invoice; ``credit`` what another one left over."""


class Settlement(Value):
    """One posting that changed what is open; a negative amount undoes an earlier one.

    ``payment_id`` is the payment or credit whose allocation it is, or which earned the discount or
    left the small difference. ``received_on`` is the value date.
    """

    kind: SettlementKind = "payment"
    payment_id: str | None = None
    amount_minor: int
    received_on: date
    method: str
    posted_at: datetime


class Invoice(Record):
    """An invoice from draft to its end.

    ``number`` is given at issue, with ``sequence`` its place in the series and ``hash`` the link
    of the chain over issued documents (see numbering). ``open_minor`` is what is still owed:
    total − settlements; on a draft it is zero. ``credited`` is what credit notes have taken back,
    by tax rate; ``chased_to`` the dunning step that was reached when it was last settled;
    ``policy_id`` a ladder of its own, if it has one: how it is chased is no part of the document.

    ``terms_days`` stands in place of the customer's when there is no ``due_date``. ``run_id`` names
    the run (see recurring) that issues it: on the day ``scheduled_on``, or for ``recurring_id``.
    ``approval_id`` names the approval that waits for a second person, if one does.

    One with ``origin`` imported was issued elsewhere: it keeps its number and has no series, no
    hash and no document of ours.
    """

    kind: ClassVar[str] = "invoice"

    id: str
    state: State
    series: str
    number: str | None = None
    sequence: int | None = None
    customer_id: str
    customer: Party
    language: Language
    currency: str
    lines: tuple[Line, ...]
    taxes: tuple[TaxTotal, ...]
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int = 0
    issue_date: date | None = None
    due_date: date | None = None
    purchase_order: str | None = None
    notes: str | None = None
    settlements: tuple[Settlement, ...] = ()
    created_at: datetime
    issued_at: datetime | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    hash: str | None = None
    previous_hash: str | None = None
    mail_state: str | None = None
    seller: Party | None = None
    discount: DiscountTerms | None = None
    credited: tuple[TaxTotal, ...] = ()
    chased_to: int | None = None
    policy_id: str | None = None
    terms_days: int | None = None
    recurring_id: str | None = None
    run_id: str | None = None
    scheduled_on: date | None = None
    scheduled_send: bool = False
    approval_id: str | None = None
    origin: Literal["issued", "imported"] = "issued"

    @property
    def is_imported(self) -> bool:
        """It was issued elsewhere: its document is not ours to show or to send."""
        return self.origin == "imported"

    @property
    def is_draft(self) -> bool:
        """Nothing has been promised to anybody yet: everything may change."""
        return self.state == "draft"

    @property
    def is_open(self) -> bool:
        """Money is still expected for it."""
        return self.state in OPEN_STATES

    def settled_minor(self, *kinds: SettlementKind) -> int:
        """Return how much of it these kinds of settlement have settled."""
        return sum(one.amount_minor for one in self.settlements if one.kind in kinds)

    @property
    def offer(self) -> DiscountOffer | None:
        """The early-payment discount that is still to be had."""
        if self.discount is None or self.issue_date is None:
            return None
        credited_net = sum(one.base_minor for one in self.credited)
        credited = credited_net + sum(one.tax_minor for one in self.credited)
        return offer(
            self.discount,
            self.issue_date,
            total_minor=self.total_minor - credited,
            net_minor=self.net_minor - credited_net,
            settled=[(one.kind, one.amount_minor, one.received_on) for one in self.settlements],
        )

    def is_overdue(self, today: date) -> bool:
        """Open, and its due date has passed."""
        return self.is_open and self.due_date is not None and self.due_date < today


class Priced(Value):
    """The arithmetic of a document: lines with nets, tax by rate, and the sums."""

    lines: tuple[Line, ...]
    taxes: tuple[TaxTotal, ...]
    net_minor: int
    tax_minor: int
    total_minor: int


def price(lines: Iterable[LineInput], discount: DiscountTerms | None = None) -> Priced:
    """Compute a document's totals. A discount with ``mixed`` tax lowers the tax from the start.

    The rule (EN 16931, BR-CO-10 to BR-CO-17): each line's net is rounded half up to the minor
    unit; lines of one rate are added; the tax of a rate is its base × rate, rounded half up once.
    InvalidField for a document with no line, too many lines or an amount beyond MAX_MINOR.
    """
    priced = tuple(_price_line(line) for line in lines)
    if not 0 < len(priced) <= MAX_LINES:
        raise InvalidField(
            "/lines", f"A document has 1 to {MAX_LINES} lines.", field_code="line_count"
        )
    bases: dict[Decimal, int] = {}
    for line in priced:
        bases[line.tax_rate] = bases.get(line.tax_rate, 0) + line.net_minor
    taxed = 1 - discount.rate if discount is not None and discount.tax == "mixed" else Decimal(1)
    taxes = tuple(
        TaxTotal(rate=rate, base_minor=base, tax_minor=round_half_up(base * taxed * rate))
        for rate, base in sorted(bases.items(), reverse=True)
    )
    net_minor = sum(line.net_minor for line in priced)
    tax_minor = sum(tax.tax_minor for tax in taxes)
    if not 0 <= net_minor + tax_minor <= MAX_MINOR:
        raise InvalidField(
            "/lines",
            "The total must lie between zero and 10^15 minor units.",
            field_code="total_out_of_range",
        )
    return Priced(
        lines=priced,
        taxes=taxes,
        net_minor=net_minor,
        tax_minor=tax_minor,
        total_minor=net_minor + tax_minor,
    )


def _price_line(line: LineInput) -> Line:
    exact = line.quantity * line.unit_price_minor * (1 - line.discount_rate)
    fields = {name: getattr(line, name) for name in LineInput.model_fields}
    return Line(**fields, net_minor=round_half_up(exact))


def due_date_for(issue_date: date, terms_days: int) -> date:
    """Return the day until which payment is in time."""
    return issue_date + timedelta(days=terms_days)


def require_draft(invoice: Invoice) -> None:
    """StateConflict unless the invoice may still be edited."""
    if invoice.state == "pending_approval":
        require_no_approval(invoice)
    if not invoice.is_draft:
        raise StateConflict(
            f"Invoice {invoice.number or invoice.id} is {invoice.state}; "
            "an issued invoice is corrected by credit note or void, never edited.",
            code="not_a_draft",
        )


def require_no_approval(invoice: Invoice) -> None:
    """StateConflict while a second person is asked about the invoice."""
    if invoice.approval_id is not None:
        raise StateConflict(
            f"Invoice {invoice.number or invoice.id} waits for approval; "
            "it has to be approved, rejected or withdrawn first.",
            code="waiting_for_approval",
        )


def settle(invoice: Invoice, *settlements: Settlement) -> Invoice:
    """Return the invoice after this much of it was settled (negative: undone)."""
    amount = sum(settlement.amount_minor for settlement in settlements)
    open_minor = invoice.open_minor - amount
    if not 0 <= open_minor <= invoice.total_minor:
        raise StateConflict(
            f"Invoice {invoice.number} has {invoice.open_minor} open; {amount} cannot be settled.",
            code="more_than_open",
        )
    after = invoice.next(open_minor=open_minor, settlements=(*invoice.settlements, *settlements))
    return after.but(state=_state_of(after))


def _state_of(invoice: Invoice) -> State:
    # What a credit note or a write-off took off an invoice does not make it a partly paid one.
    if invoice.open_minor == 0:
        return "written_off" if invoice.settled_minor("write_off") else "paid"
    paid = invoice.settled_minor("payment", "credit", "discount", "small_difference")
    return "partially_paid" if paid else "issued"
