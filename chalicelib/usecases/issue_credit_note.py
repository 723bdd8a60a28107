"""Issue a credit note: numbered in its own series, it lowers the invoice; the rest is a credit.

All in one transaction. Beyond what is open on the invoice the customer has a credit, which settles
other invoices or is given back like unapplied money.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.credit_note import (
    Credited,
    CreditNote,
    added,
    credit_amount,
    credit_lines,
    credit_note_id,
    require_creditable,
)
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict, known
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.journal import Leg
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.numbering import (
    RegisterEntry,
    Series,
    format_number,
    link,
    parse_series,
    require_kind,
    require_order,
)
from chalicelib.domain.payment import Payment
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.imported_numbers import beginning
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.posting import Fact, post, with_account
from chalicelib.usecases.references import invoice_ref, series_ref
from chalicelib.usecases.settle import Settling, allocated, settling, settling_one

_FURTHEST_AHEAD = timedelta(days=3660)  # as for invoices: a date beyond is a typing error
NO_FACTS: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class NewCreditNote:
    """What to take back: ``lines``, or ``amount_minor`` with tax; neither: all that is left."""

    invoice_id: str
    reason: str
    amount_minor: int | None = None
    lines: Sequence[LineInput] | None = None
    issue_date: date | None = None
    series: str | None = None


@dataclass(frozen=True)
class Drafted:
    """A credit note as it would be issued now, with everything that was read for it."""

    invoice: Invoice
    desk: Desk
    series: Series
    note: CreditNote


def issue_credit_note(ports: Ports, context: Context, new: NewCreditNote) -> CreditNote:
    """Issue a credit note and return it.

    InvalidField for more than is left of the invoice, by tax rate; StateConflict for an invoice
    that is not issued, void or written off, and for a date that the series has passed.
    """

    def attempt() -> CreditNote:
        drafted = draft_credit_note(ports, context, new)
        writes = issuing(ports, context, drafted)
        commit(ports, context, writes, resource=f"/v1/credit-notes/{drafted.note.id}")
        return drafted.note

    return until_committed(ports, attempt)


def draft_credit_note(
    ports: Ports, context: Context, new: NewCreditNote, *, without_rest: str | None = None
) -> Drafted:
    """Return what a credit note would be; nothing is stored. Errors as when it is issued.

    ``without_rest`` is the dispute that the credit note resolves: nothing of it rests any more.
    """
    invoice, own_series = _creditable(ports, new.invoice_id)
    code = new.series or own_series
    desk = open_desk(ports, invoice.customer_id, invoice.currency, [series_ref(parse_series(code))])
    if without_rest is not None:
        rests = tuple(rest for rest in desk.account.rests if rest.id != without_rest)
        desk = with_account(desk, desk.account.but(rests=rests))
    series = desk.found(series_ref(code)) or Series(version=0, code=code, holds="credit_notes")
    require_kind(series, "credit_notes")
    return Drafted(invoice, desk, series, _note(ports, context, new, invoice, desk, series))


def _creditable(ports: Ports, invoice_id: str) -> tuple[Invoice, str]:
    found = ports.store.get_many([invoice_ref(invoice_id), COMPANY])
    invoice, company = found.get(invoice_ref(invoice_id)), found.get(COMPANY)
    if not isinstance(invoice, Invoice):
        raise NotFound("invoice", invoice_id)
    require_creditable(invoice)
    if invoice.state == "written_off":
        raise StateConflict(
            f"Invoice {invoice.number} is written off; reinstate it before crediting it.",
            code="reinstate_first",
        )
    stored = company if isinstance(company, Company) else unnamed_company()
    return invoice, stored.credit_note_series


def _note(
    ports: Ports,
    context: Context,
    new: NewCreditNote,
    invoice: Invoice,
    desk: Desk,
    series: Series,
) -> CreditNote:
    issue_date = _issue_date(context, new, invoice, desk)
    require_order(series, issue_date)
    credited = _credited(new, invoice)
    note = CreditNote(
        id=credit_note_id(invoice.id, ports.ids.new("crn", context.at)),
        number=format_number(series.code, series.next_number),
        series=series.code,
        sequence=series.next_number,
        invoice_id=invoice.id,
        invoice_number=known(invoice.number),
        customer_id=invoice.customer_id,
        customer=desk.customer.on_document(),
        seller=desk.company.on_document(),
        language=desk.customer.language,
        currency=invoice.currency,
        **{name: getattr(credited, name) for name in Credited.model_fields},
        applied_minor=min(credited.total_minor, invoice.open_minor),
        payment_id=ports.ids.new("pay", context.at),
        reason=new.reason,
        issue_date=issue_date,
        created_at=context.at,
        created_by=context.actor.id,
        previous_hash=series.last_hash,
        hash="",
    )
    return note.but(hash=link(note, series.last_hash))


def _issue_date(context: Context, new: NewCreditNote, invoice: Invoice, desk: Desk) -> date:
    today = local_date(context.at, desk.company.time_zone)
    issued_on = known(invoice.issue_date)
    issue_date = new.issue_date or max(today, issued_on)
    if not issued_on <= issue_date <= max(today + _FURTHEST_AHEAD, issued_on):
        raise InvalidField(
            "/issue_date",
            f"A credit note is dated on or after its invoice, {issued_on}.",
            field_code="date_out_of_range",
        )
    return issue_date


def _credited(new: NewCreditNote, invoice: Invoice) -> Credited:
    if new.lines is not None and new.amount_minor is not None:
        raise InvalidField(
            "/lines", "Give an amount or lines, not both.", field_code="amount_or_lines"
        )
    if new.lines is not None:
        return credit_lines(invoice, new.lines)
    taken = sum(one.base_minor + one.tax_minor for one in invoice.credited)
    whole = invoice.total_minor - taken
    return credit_amount(invoice, whole if new.amount_minor is None else new.amount_minor)


def issuing(
    ports: Ports, context: Context, drafted: Drafted, facts: Mapping[str, Any] = NO_FACTS
) -> list[Write]:
    """Return all writes of a credit note; ``facts`` stand in its audit entry as well."""
    note, desk = drafted.note, drafted.desk
    credit, invoice = _credit(context, note, desk), drafted.invoice
    lowered = invoice.but(credited=added(invoice.credited, note.taxes))
    chosen = settling_one(desk, credit, invoice, context.at)
    settled = settling(ports, desk.account, credit, chosen, {invoice.id: lowered})
    others = [] if chosen else [Replace(lowered.next())]
    return [
        *beginning(ports, drafted.series),
        Insert(note),
        Insert(allocated(credit, chosen)),
        Replace(
            drafted.series.next(
                next_number=note.sequence + 1,
                last_hash=note.hash,
                last_date=note.issue_date,
                holds="credit_notes",
            )
        ),
        Insert(_registered(note)),
        *settled.writes,
        *others,
        *post(ports, context, desk, _fact(note, settled)),
        _entry(ports, context, note, facts),
    ]


def _credit(context: Context, note: CreditNote, desk: Desk) -> Payment:
    return Payment(
        id=note.payment_id,
        customer_id=note.customer_id,
        customer_name=desk.customer.name,
        amount_minor=note.total_minor,
        unapplied_minor=note.total_minor,
        currency=note.currency,
        received_on=note.issue_date,
        method="credit_note",
        reference=note.number,
        origin="credit_note",
        credit_note_id=note.id,
        credited_invoice_id=note.invoice_id,
        created_at=context.at,
        created_by=context.actor.id,
    )


def _fact(note: CreditNote, settled: Settling) -> Fact:
    given = EntryLine(effective_on=note.issue_date, unapplied_delta_minor=note.total_minor)
    taxes = [
        Leg(account="tax", amount_minor=one.tax_minor, rate=one.rate)
        for one in note.taxes
        if one.tax_minor
    ]
    return Fact(
        what="credit_note_issued",
        booked_on=note.issue_date,
        lines=[given, *settled.lines],
        against=[Leg(account="sales_returns", amount_minor=note.net_minor), *taxes],
        billed_minor=-note.total_minor,
        payment_id=note.payment_id,
        reference=note.number,
        offers=settled.offers,
    )


def _registered(note: CreditNote) -> RegisterEntry:
    return RegisterEntry(
        series=note.series,
        sequence=note.sequence,
        number=note.number,
        invoice_id=note.invoice_id,
        credit_note_id=note.id,
        customer_id=note.customer_id,
        customer_name=note.customer.name,
        total_minor=note.total_minor,
        currency=note.currency,
        issue_date=note.issue_date,
        previous_hash=note.previous_hash,
        hash=note.hash,
    )


def _entry(ports: Ports, context: Context, note: CreditNote, facts: Mapping[str, Any]) -> Write:
    return audit(
        ports,
        context,
        "credit_note_issued",
        subject=("invoice", note.invoice_id),
        customer_id=note.customer_id,
        credit_note_id=note.id,
        number=note.number,
        amount_minor=note.total_minor,
        applied_minor=note.applied_minor,
        currency=note.currency,
        reason=note.reason,
        **facts,
    )
