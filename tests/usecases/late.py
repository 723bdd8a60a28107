"""Late invoices and what is done about them, as the tests of late charges need them."""

from datetime import date
from typing import Any

from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge, charged_invoice_id
from chalicelib.usecases.invoice_late_charge import invoice_late_charge
from chalicelib.usecases.late_charges import claim_late_charge, waive_late_charge
from chalicelib.usecases.ports import Ref
from tests.builders import Book, at, by_ana, found

AUGUST = at("2026-08-31")


def late_charge_ref(charge_id: str) -> Ref[LateCharge]:
    """Return the key of a late charge, whose id names its invoice."""
    return Ref(LateCharge, (charged_invoice_id(charge_id), charge_id))


def day(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)


def late_invoice(book: Book, total_minor: int = 121_000, **changes: Any) -> Invoice:
    """Issue 1,210.00 due on 31 May 2026."""
    dates = {"issue_date": "2026-05-01", "due_date": "2026-05-31"}
    return book.issued(total_minor, when=at("2026-05-01"), **(dates | changes))


def paid_late(book: Book, received_on: str = "2026-07-31", amount_minor: int = 121_000) -> Invoice:
    """Issue 1,210.00 due on 31 May 2026 and settle it two months late."""
    invoice = late_invoice(book)
    book.paid(amount_minor, when=at(received_on), received_on=day(received_on))
    return book.invoice(invoice)


def claimed(book: Book, invoice: Invoice, as_of: str | None = None) -> LateCharge:
    """Claim at the end of August, up to that day or an earlier one."""
    until = day(as_of) if as_of else None
    return claim_late_charge(book.ports, by_ana(AUGUST), invoice.id, until)


def waived(book: Book, charge: LateCharge, version: int | None = None) -> LateCharge:
    """Give a charge up."""
    return waive_late_charge(
        book.ports, by_ana(AUGUST), charge.id, reason="a good customer", expected_version=version
    )


def invoiced(book: Book, charge: LateCharge, version: int | None = None) -> LateCharge:
    """Make a draft of a charge."""
    return invoice_late_charge(book.ports, by_ana(AUGUST), charge.id, expected_version=version)


def stored(book: Book, charge: LateCharge) -> LateCharge:
    """The charge as it stands now."""
    return found(book.ports, late_charge_ref(charge.id))
