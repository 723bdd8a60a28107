"""Gather what proves a claim: everything that is stored about its invoices, as it is now."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Record
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Party
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import known
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_evidence import Agreement, Evidence, InvoiceEvidence, invoices_of
from chalicelib.domain.legal_file import ClaimRow, LegalClaim, LegalFile, claim_row
from chalicelib.domain.message import Message, MessageOnInvoice
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.usecases.agreement_listings import handovers, holds, plans, promises
from chalicelib.usecases.book_listings import entries_of
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.references import customer_ref, invoice_ref, payment_ref


def gather(ports: Ports, file: LegalFile, company: Company) -> Evidence:
    """Return everything about the claim of a file. The same book gives the same, in one order."""
    partitions = [ports.store.partition(invoice_ref(name)) for name in file.invoice_ids]
    invoices = [_with_invoice(records) for records in partitions]
    rows = [_row(ports, file, one.invoice) for one in invoices]
    return Evidence(
        claim=_claim(ports, file, company, rows),
        invoices=sorted(invoices, key=lambda one: (one.invoice.due_date, one.invoice.number)),
        messages=_messages(partitions),
        payments=_payments(ports, [one.invoice for one in invoices]),
        agreements=_agreements(ports, file, partitions),
        entries=ports.store.records(entries_of(file.customer_id, file.currency)),
    )


def _with_invoice(records: Sequence[Record]) -> InvoiceEvidence:
    invoice = known(next((one for one in records if isinstance(one, Invoice)), None))
    notes = [one for one in records if isinstance(one, CreditNote)]
    return InvoiceEvidence(
        invoice=invoice,
        notes=sorted(notes, key=lambda note: note.number),
        audit=sorted(
            (one for one in records if isinstance(one, AuditEntry)), key=lambda entry: entry.id
        ),
    )


def _row(ports: Ports, file: LegalFile, invoice: Invoice) -> ClaimRow:
    late = open_late_file(ports, invoice.id)
    return claim_row(late.invoice, late.charges, late.claim(file.as_of), file.as_of)


def _claim(ports: Ports, file: LegalFile, company: Company, rows: Iterable[ClaimRow]) -> LegalClaim:
    customer = known(ports.store.get(customer_ref(file.customer_id)))
    return LegalClaim(
        creditor=company.on_document(),
        iban=company.iban,
        debtor=Party(
            name=customer.name,
            tax_id=customer.tax_id,
            address=customer.address,
            country=customer.country,
            email=customer.email,
        ),
        language=company.language,
        currency=file.currency,
        as_of=file.as_of,
        rows=tuple(sorted(rows, key=lambda row: (row.due_date, row.number))),
    )


def _messages(partitions: Iterable[Sequence[Record]]) -> Sequence[Message]:
    found = {
        one.message.id: one.message
        for records in partitions
        for one in records
        if isinstance(one, MessageOnInvoice)
    }
    return sorted(found.values(), key=lambda message: (message.created_at, message.id))


def _payments(ports: Ports, invoices: Iterable[Invoice]) -> Sequence[Payment]:
    names = {one.payment_id for invoice in invoices for one in invoice.settlements}
    found = find_all(ports, [payment_ref(name) for name in sorted(filter(None, names))])
    payments = [one for one in found.values() if isinstance(one, Payment)]
    return sorted(payments, key=lambda payment: (payment.received_on, payment.id))


def _agreements(
    ports: Ports, file: LegalFile, partitions: Iterable[Sequence[Record]]
) -> Sequence[Agreement]:
    disputes = [one for records in partitions for one in records if isinstance(one, Dispute)]
    of = file.customer_id
    refs: list[Ref[Any]] = [
        *(Ref(Promise, (row["id"],)) for row in all_rows(ports, promises(None, of))),
        *(Ref(Plan, (row["id"],)) for row in all_rows(ports, plans(None, of))),
        *(Ref(Hold, (row["id"],)) for row in all_rows(ports, holds(None, of))),
        *(Ref(Handover, (row["id"],)) for row in all_rows(ports, handovers(None, of))),
    ]
    found = [one for one in find_all(ports, refs).values() if isinstance(one, Agreement)]
    about = [one for one in found if one.currency == file.currency and _is_about(one, file)]
    return sorted([*disputes, *about], key=lambda one: (one.created_at, one.id))


def _is_about(one: Agreement, file: LegalFile) -> bool:
    named = invoices_of(one)
    return not named or bool(set(named) & set(file.invoice_ids))
