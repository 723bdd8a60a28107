"""Invoices and messages as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from chalicelib.api.render_credit_notes import credit_note_row
from chalicelib.api.render_disputes import dispute_body
from chalicelib.api.render_timeline import timeline_entry
from chalicelib.api.schemas import invoices as bodies
from chalicelib.api.schemas import rates
from chalicelib.api.schemas.approvals import Approval
from chalicelib.api.schemas.rows import CreditNoteRow
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Party
from chalicelib.domain.invoice import OPEN_STATES, Invoice, Line, Priced, Settlement, TaxTotal
from chalicelib.domain.message import Message
from chalicelib.domain.rf_reference import rf_reference
from chalicelib.usecases.read_invoice import InvoiceFile

_SAME: Final = (
    "id",
    "version",
    "number",
    "series",
    "state",
    "customer_id",
    "language",
    "currency",
    "net_minor",
    "tax_minor",
    "total_minor",
    "open_minor",
    "issue_date",
    "due_date",
    "terms_days",
    "recurring_id",
    "policy_id",
    "origin",
    "purchase_order",
    "notes",
    "mail_state",
    "void_reason",
    "hash",
    "previous_hash",
    "created_at",
    "issued_at",
    "voided_at",
)


def invoice_body(file: InvoiceFile, today: date, warnings: Sequence[str] = ()) -> bodies.Invoice:
    """Return an invoice with its payments, messages, timeline and approvals."""
    one = file.invoice
    return bodies.Invoice(
        **{name: getattr(one, name) for name in _SAME},
        overdue=one.is_overdue(today),
        payment_reference=rf_reference(one.number) if one.number else None,
        scheduled_on=one.scheduled_on if one.is_draft else None,
        scheduled_send=one.scheduled_send and one.is_draft,
        customer_name=one.customer.name,
        customer=_party(one.customer),
        seller=_party(one.seller) if one.seller else None,
        lines=[_line(line) for line in one.lines],
        taxes=[_tax(tax) for tax in one.taxes],
        payments=[_payment(each) for each in one.settlements if each.kind in ("payment", "credit")],
        settlements=[bodies.Settled(**each.model_dump()) for each in one.settlements],
        credited_minor=sum(each.base_minor + each.tax_minor for each in one.credited),
        written_off_minor=one.settled_minor("write_off"),
        discount=_discount(one),
        messages=[message_body(message) for message in file.messages],
        timeline=[timeline_entry(entry) for entry in file.timeline],
        credit_notes=[_credit_note(note) for note in file.credit_notes],
        disputes=[dispute_body(one, today) for one in file.disputes],
        approvals=[approval_row(approval.model_dump()) for approval in file.approvals],
        warnings=list(warnings),
    )


def _credit_note(note: CreditNote) -> CreditNoteRow:
    return credit_note_row(note.model_dump() | {"customer_name": note.customer.name})


def issue_warnings(file: InvoiceFile) -> Sequence[str]:
    """Return what the issue of an invoice was warned of, as its audit entry says."""
    issues = (entry.facts for entry in file.timeline if entry.action == "invoice_issued")
    return next((facts.get("warnings", ()) for facts in issues), ())


def approval_row(row: Mapping[str, Any]) -> Approval:
    """Return an approval in a list."""
    return Approval(**{name: row[name] for name in Approval.model_fields})


def _party(party: Party) -> bodies.Party:
    return bodies.Party(**party.model_dump())


def _line(line: Line) -> bodies.Line:
    return bodies.Line(**line.model_dump())


def _tax(tax: TaxTotal) -> bodies.Tax:
    return bodies.Tax(**tax.model_dump())


def _payment(one: Settlement) -> bodies.InvoicePayment:
    return bodies.InvoicePayment(**one.model_dump(exclude={"kind"}))


def _discount(invoice: Invoice) -> rates.DiscountTerms | None:
    if invoice.discount is None:
        return None
    offer = invoice.offer
    return rates.DiscountTerms(
        **invoice.discount.model_dump(),
        until=offer.until if offer else None,
        left_minor=offer.left_minor if offer else None,
        needed_minor=offer.needed_minor if offer else None,
    )


def invoice_row(row: Mapping[str, Any], today: date) -> bodies.InvoiceRow:
    """Return an invoice in a list."""
    due = row.get("due_date")
    is_open = row["state"] in OPEN_STATES
    own = ("overdue", "scheduled_on", "origin")
    names = (name for name in bodies.InvoiceRow.model_fields if name not in own)
    return bodies.InvoiceRow(
        **{name: row[name] for name in names},
        scheduled_on=row.get("scheduled_on") if row["state"] == "draft" else None,
        overdue=bool(is_open and due and due < today.isoformat()),
        origin=row.get("origin") or "issued",
    )


def message_row(row: Mapping[str, Any]) -> bodies.MessageRow:
    """Return a message in a list, from its row there."""
    names = bodies.MessageRow.model_fields
    return bodies.MessageRow(**{name: row[name] for name in names if name in row})


def message_body(message: Message) -> bodies.MessageRow:
    """Return a message as lists show it."""
    return message_row(message.model_dump() | {"state_since": message.state_since})


def preview_body(priced: Priced, due_date: date | None) -> bodies.Preview:
    """Return the arithmetic of a draft."""
    return bodies.Preview(
        lines=[_line(line) for line in priced.lines],
        taxes=[_tax(tax) for tax in priced.taxes],
        net_minor=priced.net_minor,
        tax_minor=priced.tax_minor,
        total_minor=priced.total_minor,
        due_date=due_date,
    )
