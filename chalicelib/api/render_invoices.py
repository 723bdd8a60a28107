"""Invoices, payments and messages as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.api.render_customers import timeline_entry
from chalicelib.api.schemas import invoices as bodies
from chalicelib.api.schemas import payments as payment_bodies
from chalicelib.api.schemas.approvals import Approval
from chalicelib.domain.customer import Party
from chalicelib.domain.invoice import OPEN_STATES, Invoice, Line, Priced, TaxTotal
from chalicelib.domain.payment import Payment
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
        customer_name=one.customer.name,
        customer=_party(one.customer),
        seller=_party(one.seller) if one.seller else None,
        lines=[_line(line) for line in one.lines],
        taxes=[_tax(tax) for tax in one.taxes],
        payments=[_payment(one, index) for index in range(len(one.settlements))],
        messages=[message_row(message.model_dump()) for message in file.messages],
        timeline=[timeline_entry(entry) for entry in file.timeline],
        approvals=[approval_row(approval.model_dump()) for approval in file.approvals],
        warnings=list(warnings),
    )


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


def _payment(invoice: Invoice, index: int) -> bodies.InvoicePayment:
    return bodies.InvoicePayment(**invoice.settlements[index].model_dump())


def invoice_row(row: Mapping[str, Any], today: date) -> bodies.InvoiceRow:
    """Return an invoice in a list."""
    due = row.get("due_date")
    is_open = row["state"] in OPEN_STATES
    names = (name for name in bodies.InvoiceRow.model_fields if name != "overdue")
    return bodies.InvoiceRow(
        **{name: row[name] for name in names},
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
    names = (name for name in payment_bodies.Payment.model_fields if name != "allocations")
    return payment_bodies.Payment(
        **{name: getattr(payment, name) for name in names},
        allocations=[payment_bodies.Allocation(**one.model_dump()) for one in payment.allocations],
    )


def payment_row(row: Mapping[str, Any]) -> payment_bodies.PaymentRow:
    """Return a payment in a list."""
    names = payment_bodies.PaymentRow.model_fields
    return payment_bodies.PaymentRow(**{name: row[name] for name in names})


def account_body(file: AccountFile, at: Any) -> payment_bodies.Account:
    """Return an account with its open items."""
    account = file.account
    items = [
        payment_bodies.OpenItem(
            **item.model_dump(exclude={"step_done"}),
            pending_minor=account.pending_on(item.invoice_id, at),
        )
        for item in account.open_items
    ]
    return payment_bodies.Account(
        customer_id=account.customer_id,
        customer_name=account.customer_name,
        currency=account.currency,
        open_minor=account.open_minor,
        unapplied_minor=account.unapplied_minor,
        open_items=items,
        next_action_at=account.next_action_at,
        unapplied_payments=[payment_row(row) for row in file.unapplied],
    )
