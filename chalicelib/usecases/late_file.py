"""What is known about an invoice's lateness: its charges, and what may be claimed by now."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from chalicelib.domain.base import Record
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvariantBroken, NotFound
from chalicelib.domain.interest_rates import InterestRates, shipped_rates
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import (
    Claim,
    LateCharge,
    as_known_today,
    charged_invoice_id,
    claim_on,
)
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.references import COMPANY, INTEREST_RATES, customer_ref, invoice_ref


@dataclass(frozen=True)
class LateFile:
    """An invoice with its customer, its late charges in order, and the table of rates."""

    invoice: Invoice
    customer: Customer
    company: Company
    table: InterestRates
    charges: tuple[LateCharge, ...]

    def claim(self, until: date) -> Claim:
        """Return what may be claimed up to and including a day."""
        return claim_on(self.invoice, self.customer, self.charges, until=until, table=self.table)

    def charge(self, charge_id: str) -> LateCharge:
        """Return one of the charges. NotFound."""
        for charge in self.charges:
            if charge.id == charge_id:
                return charge
        raise NotFound("late charge", charge_id)

    def known_today(self, charge: LateCharge) -> LateCharge | None:
        """Return a charge, lowered to what today's book supports; None when that is nothing."""
        return as_known_today(charge, self.invoice, self.table)


def open_late_file(ports: Ports, invoice_id: str) -> LateFile:
    """Read an invoice's lateness: one Query and one batch. NotFound."""
    records = ports.store.partition(invoice_ref(invoice_id))
    invoice = next((one for one in records if isinstance(one, Invoice)), None)
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    charges = [one for one in records if isinstance(one, LateCharge)]
    drafts = [invoice_ref(one.charge_invoice_id) for one in charges if one.charge_invoice_id]
    who = customer_ref(invoice.customer_id)
    found = ports.store.get_many([who, COMPANY, INTEREST_RATES, *drafts])
    customer = found.get(who)
    if not isinstance(customer, Customer):
        raise InvariantBroken(f"The customer of invoice {invoice_id} is not in the book.")
    standing = (_standing(charge, found) for charge in charges)
    return LateFile(
        invoice=invoice,
        customer=customer,
        company=cast("Company | None", found.get(COMPANY)) or unnamed_company(),
        table=cast("InterestRates | None", found.get(INTEREST_RATES)) or shipped_rates(),
        charges=tuple(sorted(standing, key=lambda charge: charge.from_day)),
    )


def open_late_file_of(ports: Ports, charge_id: str) -> LateFile:
    """Read the lateness of the invoice that a charge is about. NotFound."""
    try:
        return open_late_file(ports, charged_invoice_id(charge_id))
    except NotFound as exc:
        raise NotFound("late charge", charge_id) from exc


def _standing(charge: LateCharge, found: dict[Ref[Any], Record]) -> LateCharge:
    # The draft was thrown away: the charge waits to be invoiced again.
    draft_id = charge.charge_invoice_id
    if draft_id is None or invoice_ref(draft_id) in found:
        return charge
    return charge.but(state="claimed", charge_invoice_id=None, decided_at=None, decided_by=None)
