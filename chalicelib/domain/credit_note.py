"""Credit notes: documents of their own series that take back part or all of an issued invoice."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Language, Party
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.invoice import Invoice, Line, LineInput, TaxTotal, price
from chalicelib.domain.money import round_half_up, split
from chalicelib.domain.names import name_on_invoice


class CreditNote(Record):
    """An issued credit note. Amounts are positive: they are what is taken back.

    ``applied_minor`` lowered the invoice at issue; the remainder is the customer's credit, kept as
    the payment ``payment_id`` from which it settles other invoices or is given back.
    """

    kind: ClassVar[str] = "credit_note"

    id: str
    number: str
    series: str
    sequence: int
    invoice_id: str
    invoice_number: str
    customer_id: str
    customer: Party
    seller: Party | None = None
    language: Language
    currency: str
    lines: tuple[Line, ...] = ()
    taxes: tuple[TaxTotal, ...]
    net_minor: int
    tax_minor: int
    total_minor: int
    applied_minor: int
    payment_id: str
    reason: str
    issue_date: date
    created_at: datetime
    created_by: str
    hash: str
    previous_hash: str
    mail_state: str | None = None


Document = Invoice | CreditNote
"""What is issued under a number of a series, and goes to the customer as PDF."""


class Credited(Value):
    """The arithmetic of a credit note: by tax rate, and in all."""

    lines: tuple[Line, ...] = ()
    taxes: tuple[TaxTotal, ...]
    net_minor: int
    tax_minor: int
    total_minor: int


def creditable(invoice: Invoice) -> tuple[TaxTotal, ...]:
    """Return what credit notes have left of an invoice, by tax rate."""
    taken = {one.rate: one for one in invoice.credited}
    return tuple(
        one.but(
            base_minor=one.base_minor - (taken[one.rate].base_minor if one.rate in taken else 0),
            tax_minor=one.tax_minor - (taken[one.rate].tax_minor if one.rate in taken else 0),
        )
        for one in invoice.taxes
    )


def credit_amount(invoice: Invoice, amount_minor: int) -> Credited:
    """Return a credit of so much, tax included, over the rates in proportion to what is left.

    The tax of each rate is in proportion to its part, rounded half up; whoever credits all that is
    left gets exactly the base and tax that are left. InvalidField when it is more than that.
    """
    left = creditable(invoice)
    whole = sum(one.base_minor + one.tax_minor for one in left)
    if not 0 < amount_minor <= whole:
        raise InvalidField(
            "/amount_minor",
            f"Between 1 and {whole} of this invoice can be credited.",
            field_code="more_than_creditable",
        )
    if amount_minor == whole:
        return _credited(left)
    grosses = [one.base_minor + one.tax_minor for one in left]
    if any(gross < 0 for gross in grosses):
        raise InvalidField(
            "/amount_minor",
            "This invoice has a negative amount under one tax rate: credit all of it, or by line.",
            field_code="negative_rate",
        )
    return _credited(
        [
            _part(one, part, gross)
            for one, part, gross in zip(left, split(amount_minor, grosses), grosses, strict=True)
            if part
        ]
    )


def _part(left: TaxTotal, part_minor: int, gross_minor: int) -> TaxTotal:
    tax = round_half_up(Decimal(part_minor * left.tax_minor) / Decimal(gross_minor))
    return left.but(base_minor=part_minor - tax, tax_minor=tax)


def credit_lines(invoice: Invoice, lines: Iterable[LineInput]) -> Credited:
    """Return a credit over lines, priced as on an invoice.

    InvalidField when a tax rate is not on the invoice or less than that is left under it, or in
    all: a line alone may come to more than an invoice that has a negative one.
    """
    priced = price(lines, invoice.discount)
    left = {one.rate: one for one in creditable(invoice)}
    taxes = [_within(one, left.get(one.rate)) for one in priced.taxes]
    credited = _credited(taxes, priced.lines)
    whole = sum(one.base_minor + one.tax_minor for one in left.values())
    if credited.total_minor > whole:
        raise InvalidField(
            "/lines",
            f"Only {whole} of this invoice can be credited.",
            field_code="more_than_creditable",
        )
    return credited


def _within(wanted: TaxTotal, left: TaxTotal | None) -> TaxTotal:
    if left is None or not _is_part(wanted.base_minor, left.base_minor):
        raise InvalidField(
            "/lines",
            f"Under {wanted.rate} only {left.base_minor if left else 0} can be credited.",
            field_code="more_than_creditable",
        )
    # The last part takes the tax that earlier roundings have left.
    if wanted.base_minor == left.base_minor:
        return wanted.but(tax_minor=left.tax_minor)
    nearer_to_zero = min if left.tax_minor >= 0 else max
    return wanted.but(tax_minor=nearer_to_zero(wanted.tax_minor, left.tax_minor))


def _is_part(part: int, whole: int) -> bool:
    return 0 <= part <= whole or whole <= part <= 0


def _credited(taxes: Sequence[TaxTotal], lines: tuple[Line, ...] = ()) -> Credited:
    taxes = [one for one in taxes if one.base_minor or one.tax_minor]
    net, tax = sum(one.base_minor for one in taxes), sum(one.tax_minor for one in taxes)
    if net + tax <= 0:
        raise InvalidField(
            "/lines", "A credit note takes back more than nothing.", field_code="not_positive"
        )
    return Credited(
        lines=lines, taxes=tuple(taxes), net_minor=net, tax_minor=tax, total_minor=net + tax
    )


def added(credited: Sequence[TaxTotal], more: Sequence[TaxTotal]) -> tuple[TaxTotal, ...]:
    """Return what was credited before and now, by tax rate."""
    sums = {one.rate: one for one in credited}
    for one in more:
        before = sums.get(one.rate)
        sums[one.rate] = (
            one
            if before is None
            else before.but(
                base_minor=before.base_minor + one.base_minor,
                tax_minor=before.tax_minor + one.tax_minor,
            )
        )
    return tuple(sums.values())


def require_creditable(invoice: Invoice) -> None:
    """StateConflict for an invoice that is not issued or void: there is nothing to take back."""
    if invoice.number is None or invoice.state == "void":
        raise StateConflict(
            f"Invoice {invoice.number or invoice.id} is {invoice.state}; only an issued one can be "
            "credited.",
            code="not_creditable",
        )


def credit_note_id(invoice_id: str, fresh: str) -> str:
    """Return the id of a credit note: it names its invoice, in whose partition it lives."""
    return name_on_invoice("crn", invoice_id, fresh)
