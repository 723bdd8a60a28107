"""What is known about an invoice's lateness: its charges, and what may be claimed by now."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
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
from chalicelib.domain.message import Message, MessageOnInvoice
from chalicelib.domain.step_charge import is_unsent, reminder_of, taken_back
from chalicelib.usecases.interest_rates import INTEREST_RATES
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.references import customer_ref, invoice_ref


@dataclass(frozen=True)
class LateFile:
    """An invoice with its customer, its late charges in order, and the table of rates.

    ``messages`` are all those that are about the invoice. ``unsent`` are those of the charges that
    are waived since their reminder never went out, while they are still stored as claimed.
    """

    invoice: Invoice
    customer: Customer
    company: Company
    table: InterestRates
    charges: tuple[LateCharge, ...]
    messages: tuple[Message, ...]
    unsent: tuple[LateCharge, ...]

    def claim(self, until: date) -> Claim:
        """Return what may be claimed up to and including a day."""
        return claim_on(self.invoice, self.customer, self.charges, until=until, table=self.table)

    def charge(self, charge_id: str) -> LateCharge:
        """Return one of the charges. NotFound."""
        for charge in self.charges:
            if charge.id == charge_id:
                return charge
        raise NotFound("late charge", charge_id)

    def calling_off(self, ending: Container[str], at: datetime) -> "LateFile":
        """Return the file after these messages, if they still wait, were called off."""
        ended = {
            charge.id: taken_back(charge, at)
            for charge in self.charges
            if is_unsent(charge, self.messages, ending)
        }
        charges = tuple(ended.get(charge.id, charge) for charge in self.charges)
        return replace(self, charges=charges, unsent=(*self.unsent, *ended.values()))

    def known_today(self, charge: LateCharge) -> LateCharge | None:
        """Return a charge, lowered to what today's book supports; None when that is nothing."""
        return as_known_today(charge, self.invoice, self.table)


def open_late_file(ports: Ports, invoice_id: str) -> LateFile:
    """Read an invoice's lateness: one Query and one batch. NotFound."""
    return open_late_files(ports, [invoice_id])[0]


def open_late_files(ports: Ports, invoice_ids: Sequence[str]) -> tuple[LateFile, ...]:
    """Read the lateness of several invoices: one Query each and one batch. NotFound."""
    papers = [_read(ports, invoice_id) for invoice_id in invoice_ids]
    refs = [ref for paper in papers for ref in paper.asks_for]
    found = ports.store.get_many(list(dict.fromkeys([COMPANY, INTEREST_RATES, *refs])))
    return tuple(_file(paper, found) for paper in papers)


@dataclass(frozen=True)
class _Papers:
    """What lies with an invoice."""

    invoice: Invoice
    charges: tuple[LateCharge, ...]
    messages: tuple[Message, ...]

    @property
    def asks_for(self) -> list[Ref[Any]]:
        """What else has to be read: the customer, and the drafts that charges became."""
        drafts = (one.charge_invoice_id for one in self.charges)
        return [
            customer_ref(self.invoice.customer_id),
            *(invoice_ref(draft_id) for draft_id in drafts if draft_id),
        ]


def _read(ports: Ports, invoice_id: str) -> _Papers:
    records = ports.store.partition(invoice_ref(invoice_id))
    invoice = next((one for one in records if isinstance(one, Invoice)), None)
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    return _Papers(
        invoice=invoice,
        charges=tuple(one for one in records if isinstance(one, LateCharge)),
        messages=tuple(one.message for one in records if isinstance(one, MessageOnInvoice)),
    )


def _file(papers: _Papers, found: Mapping[Ref[Any], Record]) -> LateFile:
    invoice = papers.invoice
    customer = found.get(customer_ref(invoice.customer_id))
    if not isinstance(customer, Customer):
        raise InvariantBroken(f"The customer of invoice {invoice.id} is not in the book.")
    standing = [_standing(charge, papers, found) for charge in papers.charges]
    stored = {charge.id for charge in papers.charges if charge.is_unsent}
    return LateFile(
        invoice=invoice,
        customer=customer,
        company=cast("Company | None", found.get(COMPANY)) or unnamed_company(),
        table=cast("InterestRates | None", found.get(INTEREST_RATES)) or shipped_rates(),
        charges=tuple(sorted(standing, key=lambda charge: (charge.from_day, charge.claimed_at))),
        messages=papers.messages,
        unsent=tuple(one for one in standing if one.is_unsent and one.id not in stored),
    )


def open_late_file_of(ports: Ports, charge_id: str) -> LateFile:
    """Read the lateness of the invoice that a charge is about. NotFound."""
    try:
        return open_late_file(ports, charged_invoice_id(charge_id))
    except NotFound as exc:
        raise NotFound("late charge", charge_id) from exc


def _standing(charge: LateCharge, papers: _Papers, found: Mapping[Ref[Any], Record]) -> LateCharge:
    if is_unsent(charge, papers.messages):
        # It is waived from the moment on at which that is known; the chore writes it down.
        ends = (one.state_since for one in papers.messages if reminder_of(one) == charge.reminder)
        return taken_back(charge, max(ends))
    # The draft was thrown away: the charge waits to be invoiced again.
    draft_id = charge.charge_invoice_id
    if draft_id is None or invoice_ref(draft_id) in found:
        return charge
    return charge.but(state="claimed", charge_invoice_id=None, decided_at=None, decided_by=None)
