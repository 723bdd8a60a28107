"""A row about an invoice that was issued elsewhere: what it claims, and what was paid of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.base import Value
from chalicelib.domain.import_identity import Found, Who, folded_code
from chalicelib.domain.import_row import Defaults, Row
from chalicelib.domain.invoice import TaxTotal, due_date_for
from chalicelib.domain.money import round_half_up

_FURTHEST: Final = timedelta(days=3660)  # a due date beyond ten years is a typing error
_USUAL_RATES: Final = tuple(
    Decimal(rate).scaleb(-3).normalize()
    for rate in (0, 210, 100, 40, 50, 70, 160, 190, 180, 120, 130, 150, 200, 220, 230, 250, 80, 55)
)


class ImportedInvoice(Value):
    """What a row says of an invoice. ``number`` stands as it was printed there.

    ``due_date`` None: by the terms of its customer. ``paid_minor`` came in on ``paid_on``.
    """

    number: str
    who: Who
    country: str
    issue_date: date
    due_date: date | None
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    description: str | None
    purchase_order: str | None
    paid_minor: int
    paid_on: date | None
    is_disputed: bool

    @property
    def key(self) -> str:
        """What makes it the same invoice in two files."""
        return folded_code(self.number)

    @property
    def gist(self) -> str:
        """What two rows with its number have to agree in to be about one invoice."""
        return f"{self.currency} {self.total_minor} {self.issue_date.isoformat()}"

    @property
    def open_minor(self) -> int:
        """What is still owed on it."""
        return self.total_minor - self.paid_minor

    @property
    def tax_total(self) -> TaxTotal:
        """Its tax as one rate: a usual one that gives exactly this tax, else what it comes to."""
        usual = next(
            (one for one in _USUAL_RATES if round_half_up(self.net_minor * one) == self.tax_minor),
            None,
        )
        rate = usual if usual is not None else self._rate()
        return TaxTotal(rate=rate, base_minor=self.net_minor, tax_minor=self.tax_minor)

    def _rate(self) -> Decimal:
        if not self.net_minor:
            return Decimal(0)
        ten_thousandths = (2 * 10_000 * self.tax_minor + self.net_minor) // (2 * self.net_minor)
        return Decimal(ten_thousandths).scaleb(-4).normalize()


def read_who(row: Row) -> Who:
    """Return how a row names the customer of an invoice."""
    return Who(
        code=row.line("customer_code"),
        tax_id=row.line("customer_tax_id"),
        email=row.email("customer_email"),
        name=row.line("customer_name"),
    )


def read_invoice_row(row: Row, defaults: Defaults) -> ImportedInvoice | None:
    """Return what a row says of an invoice, or None where the row has noted what is wrong."""
    number = row.needed("number")
    who = read_who(row)
    currency = row.currency(defaults.currency)
    issue_date = _issue_date(row, defaults.today)
    due_date = _due_date(row, issue_date)
    net, tax, total = _sums(row, currency)
    paid = _paid(row, currency, total)
    paid_on = _paid_on(row, defaults.today, paid, issue_date, due_date)
    is_disputed = row.is_yes("disputed")
    if is_disputed and paid == total:
        row.note("disputed_but_paid", "disputed", is_error=False)
    country = row.country("customer_country", defaults.country)
    description, order = row.text("description"), row.line("purchase_order")
    if row.is_wrong or issue_date is None:
        return None
    return ImportedInvoice(
        number=number,
        who=who,
        country=country,
        issue_date=issue_date,
        due_date=due_date,
        currency=currency,
        net_minor=net,
        tax_minor=tax,
        total_minor=total,
        description=description,
        purchase_order=order,
        paid_minor=paid,
        paid_on=paid_on,
        is_disputed=is_disputed and paid < total,
    )


def _issue_date(row: Row, today: date) -> date | None:
    day = row.day("issue_date")
    if day is None:
        if not any(one.field == "issue_date" for one in row.issues):
            row.note("missing", "issue_date")
    elif day > today:
        row.note("in_future", "issue_date", expected=f"≤ {today.isoformat()}")
    return day


def _due_date(row: Row, issue_date: date | None) -> date | None:
    due, terms = row.day("due_date"), row.terms_days()
    if issue_date is None:
        return due
    if due is None:
        return None if terms is None else due_date_for(issue_date, terms)
    if due < issue_date:
        row.note("due_before_issue", "due_date", expected=f"≥ {issue_date.isoformat()}")
    if due > issue_date + _FURTHEST:
        row.note("too_far_ahead", "due_date", expected=f"≤ {(issue_date + _FURTHEST).isoformat()}")
    return due


def _sums(row: Row, currency: str) -> tuple[int, int, int]:
    # Any two of the three, or the total alone: then nothing is known of its tax.
    net, tax, total = (row.amount(name, currency) for name in ("net", "tax", "total"))
    if any(one.field in ("net", "tax", "total") for one in row.issues):
        return 0, 0, 0
    if total is None and net is not None and tax is not None:
        total = net + tax
    if total is None:
        row.note("missing", "total")
        return 0, 0, 0
    net = total - (tax or 0) if net is None else net
    tax = total - net if tax is None else tax
    _check_sums(row, currency, net=net, tax=tax, total=total)
    return net, tax, total


def _check_sums(row: Row, currency: str, *, net: int, tax: int, total: int) -> None:
    if total <= 0:
        row.note("not_positive", "total", expected="> 0")
    elif net + tax != total:
        row.note("sums_differ", "total", expected=row.written("total", net + tax, currency))
    elif net < 0 or tax < 0:
        row.note("negative_part", "net")


def _paid(row: Row, currency: str, total: int) -> int:
    paid, left = row.amount("paid_amount", currency), row.amount("open_amount", currency)
    if paid is not None and left is not None and paid + left != total:
        row.note(
            "paid_and_open_differ",
            "open_amount",
            expected=row.written("open_amount", total - paid, currency),
        )
        return 0
    if left is not None:
        paid = total - left
    if paid is None:
        # A date of payment and no amount: all of it.
        return total if row.day("paid_on") is not None else 0
    if not 0 <= paid <= total:
        row.note("paid_out_of_range", "paid_amount" if left is None else "open_amount")
    return paid


def _paid_on(
    row: Row, today: date, paid: int, issued_on: date | None, due: date | None
) -> date | None:
    if not paid or issued_on is None:
        return None
    day = row.day("paid_on")
    if day is None:
        day = max(issued_on, min(due or today, today))
        row.note("paid_on_assumed", "paid_on", expected=day.isoformat(), is_error=False)
    if day > today:
        row.note("in_future", "paid_on", expected=f"≤ {today.isoformat()}")
    return day


def require_due_date(invoice: ImportedInvoice, found: Found, defaults: Defaults) -> date:
    """Return when it falls due: as it says, else by its customer's terms or those of the import."""
    if invoice.due_date is not None:
        return invoice.due_date
    terms = defaults.terms_days if found.terms_days is None else found.terms_days
    return due_date_for(invoice.issue_date, terms or 0)


def first_of_each(numbers: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Return, for each row whose number stood in an earlier row, that row."""
    seen: dict[str, int] = {}
    again: dict[int, int] = {}
    for place, key in numbers:
        if key in seen:
            again[place] = seen[key]
        elif key:
            seen[key] = place
    return again
