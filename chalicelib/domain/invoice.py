"""Invoices: lines, totals, lifecycle. An issued invoice never changes what it says."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Language, Party
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


class Settlement(Value):
    """One posting that changed what is open: an allocation of a payment, or its undoing."""

    payment_id: str
    amount_minor: int
    received_on: date
    method: str
    posted_at: datetime


class Invoice(Record):
    """An invoice from draft to its end.

    ``number`` is given at issue, with ``sequence`` its place in the series and ``hash`` the link
    of the chain over issued documents (see numbering). ``open_minor`` is what is still owed:
    total − settlements; on a draft it is zero.
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

    @property
    def is_draft(self) -> bool:
        """Nothing has been promised to anybody yet: everything may change."""
        return self.state == "draft"

    @property
    def is_open(self) -> bool:
        """Money is still expected for it."""
        return self.state in OPEN_STATES

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


def price(lines: Iterable[LineInput]) -> Priced:
    """Compute a document's totals.

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
    taxes = tuple(
        TaxTotal(rate=rate, base_minor=base, tax_minor=round_half_up(base * rate))
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
    if not invoice.is_draft:
        raise StateConflict(
            f"Invoice {invoice.number or invoice.id} is {invoice.state}; "
            "an issued invoice is corrected by credit note or void, never edited.",
            code="not_a_draft",
        )


def settle(invoice: Invoice, settlement: Settlement) -> Invoice:
    """Return the invoice after this much of it was settled (negative: undone)."""
    open_minor = invoice.open_minor - settlement.amount_minor
    if not 0 <= open_minor <= invoice.total_minor:
        raise StateConflict(
            f"Invoice {invoice.number} has {invoice.open_minor} open; "
            f"{settlement.amount_minor} cannot be settled.",
            code="more_than_open",
        )
    return invoice.next(
        open_minor=open_minor,
        settlements=(*invoice.settlements, settlement),
        state=_state_for(open_minor, invoice.total_minor),
    )


def _state_for(open_minor: int, total_minor: int) -> State:
    if open_minor == 0:
        return "paid"
    return "issued" if open_minor == total_minor else "partially_paid"
