"""Write a draft, change it, throw it away. A draft has no number and owes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import InvalidField, NotFound, Stale
from chalicelib.domain.invoice import Invoice, LineInput, Priced, price, require_draft
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Remove, Replace, Write
from chalicelib.usecases.references import customer_ref, invoice_ref
from chalicelib.usecases.run_of_draft import run_called_off


@dataclass(frozen=True, kw_only=True)
class NewInvoice:
    """A draft as its author writes it; None takes the customer's or the company's setting.

    ``without_discount`` offers none, not even the customer's.
    """

    customer_id: str
    currency: str | None
    lines: Sequence[LineInput]
    issue_date: date | None = None
    due_date: date | None = None
    series: str | None = None
    purchase_order: str | None = None
    notes: str | None = None
    discount: DiscountTerms | None = None
    without_discount: bool = False


def draft_invoice(ports: Ports, context: Context, new: NewInvoice) -> Invoice:
    """Store a draft. InvalidField for an unknown customer or impossible lines or dates."""
    customer = billed_customer(ports, new.customer_id)
    series = new.series or company_of(ports).default_series
    invoice = draft_for(ports, context, customer, new, series=series)
    writes, resource = save_draft(ports, context, invoice), f"/v1/invoices/{invoice.id}"
    until_committed(ports, lambda: commit(ports, context, writes, resource=resource))
    return invoice


def draft_for(
    ports: Ports, context: Context, customer: Customer, new: NewInvoice, *, series: str
) -> Invoice:
    """Return a draft that is not stored yet. InvalidField for impossible lines or dates."""
    _require_dates(new.issue_date, new.due_date)
    discount = None if new.without_discount else new.discount or customer.discount
    return Invoice(
        id=ports.ids.new("inv", context.at),
        state="draft",
        series=series,
        currency=new.currency or customer.currency,
        issue_date=new.issue_date,
        due_date=new.due_date,
        purchase_order=new.purchase_order,
        notes=new.notes,
        discount=discount,
        created_at=context.at,
        **_of_customer(customer),
        **_totals(price(new.lines, discount)),
    )


def save_draft(ports: Ports, context: Context, invoice: Invoice) -> list[Write]:
    """Return the writes of a new draft."""
    entry = audit(
        ports,
        context,
        "invoice_drafted",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        total_minor=invoice.total_minor,
        currency=invoice.currency,
    )
    return [Insert(invoice), entry]


def change_draft(
    ports: Ports,
    context: Context,
    invoice_id: str,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
) -> Invoice:
    """Change fields of a draft; lines come as a whole. Stale, StateConflict or InvalidField."""

    def attempt() -> Invoice:
        invoice = editable(ports, invoice_id, expected_version)
        after = invoice.next(**_changed(ports, invoice, changes))
        _require_dates(after.issue_date, after.due_date)
        entry = audit(
            ports,
            context,
            "invoice_changed",
            subject=("invoice", invoice_id),
            customer_id=after.customer_id,
            changed=sorted(changes),
        )
        commit(ports, context, [Replace(after), entry], resource=f"/v1/invoices/{invoice_id}")
        return after

    return until_committed(ports, attempt)


def delete_draft(
    ports: Ports, context: Context, invoice_id: str, *, expected_version: int | None
) -> None:
    """Throw a draft away; the audit log keeps that it was there."""

    def attempt() -> None:
        invoice = editable(ports, invoice_id, expected_version)
        entry = audit(
            ports,
            context,
            "invoice_deleted",
            subject=("deleted_invoice", invoice_id),
            customer_id=invoice.customer_id,
            total_minor=invoice.total_minor,
        )
        removal = Remove(invoice_ref(invoice_id), invoice.version)
        writes = [removal, entry, *run_called_off(ports, context, invoice, None)]
        commit(ports, context, writes, resource="/v1/invoices")

    until_committed(ports, attempt)


def editable(ports: Ports, invoice_id: str, expected_version: int | None) -> Invoice:
    """Return a draft for editing. NotFound, StateConflict when issued, Stale when changed."""
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    require_draft(invoice)
    if expected_version not in (None, invoice.version):
        raise Stale("invoice", expected=expected_version or 0, present=invoice.version)
    return invoice


def billed_customer(ports: Ports, customer_id: str) -> Customer:
    """Return the customer that an invoice names. InvalidField when there is none."""
    customer = ports.store.get(customer_ref(customer_id))
    if customer is None or customer_id == UNIDENTIFIED:
        raise InvalidField(
            "/customer_id", f"There is no customer {customer_id!r}.", field_code="unknown_customer"
        )
    return customer


def _of_customer(customer: Customer) -> dict[str, Any]:
    return {
        "customer_id": customer.id,
        "customer": customer.on_document(),
        "language": customer.language,
    }


def _totals(priced: Priced) -> dict[str, Any]:
    return {name: getattr(priced, name) for name in Priced.model_fields}


def _changed(ports: Ports, draft: Invoice, changes: Mapping[str, Any]) -> dict[str, Any]:
    fields = {
        name: value for name, value in changes.items() if name not in ("lines", "customer_id")
    }
    if "lines" in changes or "discount" in changes:
        inputs = [LineInput(**one.model_dump(exclude={"net_minor"})) for one in draft.lines]
        terms = changes.get("discount", draft.discount)
        fields |= _totals(price(changes.get("lines", inputs), terms))
    if "customer_id" in changes:
        fields |= _of_customer(billed_customer(ports, changes["customer_id"]))
    return fields


def _require_dates(issue_date: date | None, due_date: date | None) -> None:
    if issue_date is not None and due_date is not None and due_date < issue_date:
        raise InvalidField(
            "/due_date",
            "The due date cannot lie before the issue date.",
            field_code="due_before_issue",
        )
