"""Invoices, payments and messages as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.api.render_credit_notes import credit_note_row
from chalicelib.api.render_customers import timeline_entry
from chalicelib.api.schemas import invoices as bodies
from chalicelib.api.schemas import payments as payment_bodies
from chalicelib.api.schemas import rates
from chalicelib.api.schemas.approvals import Approval
from chalicelib.api.schemas.rows import CreditNoteRow
from chalicelib.domain.account import Account
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Party
from chalicelib.domain.invoice import OPEN_STATES, Invoice, Line, Priced, Settlement, TaxTotal
from chalicelib.domain.payment import Allocation, Payment
from chalicelib.usecases.read_customers import AccountFile
from chalicelib.usecases.read_invoice import InvoiceFile


def invoice_body(file: InvoiceFile, today: date, warnings: Sequence[str] = ()) -> bodies.Invoice:
    """Return an invoice with its payments, messages, timeline and approvals."""
    one = file.invoice
    same = [
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
        "purchase_order",
        "notes",
        "mail_state",
        "void_reason",
        "hash",
        "previous_hash",
        "created_at",
        "issued_at",
        "voided_at",
    ]
    return bodies.Invoice(
        **{name: getattr(one, name) for name in same},
        overdue=one.is_overdue(today),
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
        messages=[message_row(message.model_dump()) for message in file.messages],
        timeline=[timeline_entry(entry) for entry in file.timeline],
        credit_notes=[_credit_note(note) for note in file.credit_notes],
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
    own = ("overdue", "scheduled_on")
    names = (name for name in bodies.InvoiceRow.model_fields if name not in own)
    return bodies.InvoiceRow(
        **{name: row[name] for name in names},
        scheduled_on=row.get("scheduled_on") if row["state"] == "draft" else None,
        overdue=bool(is_open and due and due < today.isoformat()),
    )


def message_row(row: Mapping[str, Any]) -> bodies.MessageRow:
    """Return a message in a list."""
    return bodies.MessageRow(**{name: row[name] for name in bodies.MessageRow.model_fields})


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


def payment_body(payment: Payment) -> payment_bodies.Payment:
    """Return a payment with its allocations."""
    made = {"allocations", "postings", "returns", "returned_minor", "refunded_minor"}
    names = (name for name in payment_bodies.Payment.model_fields if name not in made)
    return payment_bodies.Payment(
        **{name: getattr(payment, name) for name in names},
        returned_minor=payment.returned_minor(),
        refunded_minor=payment.returned_minor("refunded"),
        allocations=[_allocation(one) for one in payment.standing()],
        postings=[_allocation(one) for one in payment.allocations],
        returns=[payment_bodies.ReturnedMoney(**one.model_dump()) for one in payment.returns],
    )


def _allocation(one: Allocation) -> payment_bodies.Allocation:
    return payment_bodies.Allocation(**one.model_dump(exclude={"valued_on"}))


def payment_preview(payment: Payment, account: Account) -> payment_bodies.PaymentPreview:
    """Return what a payment would do to the open items of an account."""
    open_minor = {item.invoice_id: item.open_minor for item in account.open_items}
    return payment_bodies.PaymentPreview(
        amount_minor=payment.amount_minor,
        unapplied_minor=payment.unapplied_minor,
        currency=payment.currency,
        allocations=[
            payment_bodies.PreviewedAllocation(
                **one.model_dump(exclude={"effective_on", "posted_at", "valued_on"}),
                open_after_minor=open_minor[one.invoice_id] - one.settled_minor,
            )
            for one in payment.allocations
        ],
    )


def payment_row(row: Mapping[str, Any]) -> payment_bodies.PaymentRow:
    """Return a payment in a list."""
    known = {"origin": "money", "credit_note_id": None}  # what rows of earlier versions lack
    names = payment_bodies.PaymentRow.model_fields
    return payment_bodies.PaymentRow(**{name: (known | dict(row))[name] for name in names})


def account_body(file: AccountFile, at: datetime, today: date) -> payment_bodies.Account:
    """Return an account with its open items and what rests of them."""
    account = file.account
    asked = {item.invoice_id: item.open_minor for item in account.asked_for(today, at)}
    items = [
        payment_bodies.OpenItem(
            **item.model_dump(exclude={"step_done"}),
            pending_minor=account.pending_on(item.invoice_id, at),
            asked_minor=asked.get(item.invoice_id, 0),
        )
        for item in account.open_items
    ]
    return payment_bodies.Account(
        customer_id=account.customer_id,
        customer_name=account.customer_name,
        currency=account.currency,
        open_minor=account.open_minor,
        unapplied_minor=account.unapplied_minor,
        resting_minor=account.resting_minor(today),
        rests=[
            payment_bodies.Rest(
                **rest.model_dump(),
                amount_minor=rest.amount_minor,
                resting_minor=rest.resting_minor(today),
            )
            for rest in account.rests
        ],
        open_items=items,
        next_action_at=account.next_action_at,
        unapplied_payments=[payment_row(row) for row in file.unapplied],
    )
