"""Issue an invoice: give it its number, freeze it, post what is owed. All in one transaction."""

from datetime import date, timedelta

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.dunning import first_step_done
from chalicelib.domain.errors import InvalidField, known
from chalicelib.domain.invoice import Invoice, due_date_for
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.numbering import (
    RegisterEntry,
    Series,
    format_number,
    link,
    require_order,
)
from chalicelib.domain.recurring import Run
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.draft_invoice import editable
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.posting import Fact, invoice_legs, post
from chalicelib.usecases.references import series_ref
from chalicelib.usecases.run_of_draft import run_of_issued, without_run

_FURTHEST_AHEAD = timedelta(days=3660)  # a date beyond ten years is a typing error


def issue_invoice(
    ports: Ports,
    context: Context,
    invoice_id: str,
    *,
    expected_version: int | None,
    by_run: Run | None = None,
) -> Invoice:
    """Issue a draft, by hand or by its run, and return the invoice.

    StateConflict when it is not a draft or its date lies before the last of its series; Busy when
    the series stays contended. Issuing what is issued already is refused, never repeated.
    """

    def attempt() -> Invoice:
        stored = editable(ports, invoice_id, expected_version)
        draft = without_run(stored, by_run)
        desk = open_desk(ports, draft.customer_id, draft.currency, [series_ref(draft.series)])
        series = desk.found(series_ref(draft.series)) or Series(version=0, code=draft.series)
        invoice = _issued(draft, desk, series, context)
        writes = _writes(ports, context, desk, series, invoice)
        writes += run_of_issued(ports, context, stored, invoice, by_run=by_run)
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return invoice

    return until_committed(ports, attempt)


def _issued(draft: Invoice, desk: Desk, series: Series, context: Context) -> Invoice:
    issue_date = draft.issue_date or local_date(context.at, desk.company.time_zone)
    terms = desk.customer.terms_days if draft.terms_days is None else draft.terms_days
    due_date = draft.due_date or due_date_for(issue_date, terms)
    _require_dates(issue_date, due_date, local_date(context.at, desk.company.time_zone))
    require_order(series, issue_date)
    numbered = draft.next(
        state="issued" if draft.total_minor else "paid",
        number=format_number(series.code, series.next_number),
        sequence=series.next_number,
        customer=desk.customer.on_document(),
        seller=desk.company.on_document(),
        language=desk.customer.language,
        issue_date=issue_date,
        due_date=due_date,
        open_minor=draft.total_minor,
        issued_at=context.at,
        previous_hash=series.last_hash,
    )
    return numbered.but(hash=link(numbered, series.last_hash))


def _require_dates(issue_date: date, due_date: date, today: date) -> None:
    # Dates of a series never go back: a typing error of years would lock it for as long.
    if issue_date > today + _FURTHEST_AHEAD:
        raise InvalidField(
            "/issue_date", "The date lies more than ten years ahead.", field_code="too_far_ahead"
        )
    if due_date < issue_date:
        raise InvalidField(
            "/due_date",
            "The due date cannot lie before the issue date.",
            field_code="due_before_issue",
        )


def _writes(
    ports: Ports, context: Context, desk: Desk, series: Series, invoice: Invoice
) -> list[Write]:
    entry = audit(
        ports,
        context,
        "invoice_issued",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        number=invoice.number,
        total_minor=invoice.total_minor,
        currency=invoice.currency,
    )
    return [
        Replace(_advanced(series, invoice)),
        Insert(_registered(invoice)),
        Replace(invoice),
        *post(ports, context, desk, _fact(desk, invoice)),
        entry,
    ]


def _advanced(series: Series, invoice: Invoice) -> Series:
    return series.next(
        next_number=series.next_number + 1,
        last_hash=invoice.hash,
        last_date=invoice.issue_date,
    )


def _registered(invoice: Invoice) -> RegisterEntry:
    return RegisterEntry(
        series=invoice.series,
        sequence=known(invoice.sequence),
        number=known(invoice.number),
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        customer_name=invoice.customer.name,
        total_minor=invoice.total_minor,
        currency=invoice.currency,
        issue_date=known(invoice.issue_date),
        previous_hash=known(invoice.previous_hash),
        hash=known(invoice.hash),
    )


def _fact(desk: Desk, invoice: Invoice) -> Fact:
    issue_date, due_date = known(invoice.issue_date), known(invoice.due_date)
    item = OpenItem(
        invoice_id=invoice.id,
        number=known(invoice.number),
        issue_date=issue_date,
        due_date=due_date,
        total_minor=invoice.total_minor,
        open_minor=invoice.total_minor,
        step_done=first_step_done(due_date, issue_date, desk.policy),
        discount=invoice.offer,
    )
    line = EntryLine(
        effective_on=issue_date,
        invoice_id=invoice.id,
        due_on=due_date,
        open_delta_minor=invoice.total_minor,
    )
    return Fact(
        what="invoice_issued",
        booked_on=issue_date,
        lines=[line],
        billed_minor=invoice.total_minor,
        against=invoice_legs(invoice),
        reference=invoice.number,
        new_items=[item],
    )
