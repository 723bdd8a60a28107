"""What issuing comes to: the document with its number, its place in the register, what is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import local_date
from chalicelib.domain.credit import Exposure, exposure_of
from chalicelib.domain.dunning import first_step_done
from chalicelib.domain.errors import InvalidField, known
from chalicelib.domain.invoice import Invoice, due_date_for
from chalicelib.domain.ledger import EntryLine
from chalicelib.domain.numbering import (
    RegisterEntry,
    Series,
    format_number,
    link,
    require_kind,
    require_order,
)
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.imported_numbers import beginning
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.posting import Fact, invoice_legs, post
from chalicelib.usecases.references import series_ref

_FURTHEST_AHEAD = timedelta(days=3660)  # a date beyond ten years is a typing error


@dataclass(frozen=True)
class Issue:
    """A draft with its desk, the document that it becomes, and the exposure after it.

    ``guards`` hold for the first document of a series.
    """

    draft: Invoice
    desk: Desk
    series: Series
    document: Invoice
    exposure: Exposure
    guards: Sequence[Write] = ()

    @property
    def is_over_limit(self) -> bool:
        """It takes its customer over the credit limit; a document over nothing never does."""
        return self.draft.total_minor > 0 and self.exposure.is_exceeded


def prepare_issue(ports: Ports, context: Context, draft: Invoice) -> Issue:
    """Read what issuing needs, in one batch, and make the document.

    InvalidField or StateConflict when its dates are impossible or not in the order of the series,
    when that numbers credit notes, or when numbers of a new series were imported.
    """
    desk = open_desk(ports, draft.customer_id, draft.currency, [series_ref(draft.series)])
    series = desk.found(series_ref(draft.series)) or Series(version=0, code=draft.series)
    require_kind(series, "invoices")
    return Issue(
        draft=draft,
        desk=desk,
        series=series,
        document=_issued(draft, desk, series, context),
        exposure=exposure_of(desk.customer, desk.account, added_minor=draft.total_minor),
        guards=beginning(ports, series),
    )


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
    if due_date > max(issue_date, today) + _FURTHEST_AHEAD:
        # Steps of a ladder and aging are days counted from it; the calendar ends in 9999.
        raise InvalidField(
            "/due_date", "The date lies more than ten years ahead.", field_code="too_far_ahead"
        )


def issue_writes(
    ports: Ports, context: Context, issue: Issue, document: Invoice, facts: Mapping[str, Any]
) -> list[Write]:
    """Return everything that issuing a document writes; ``facts`` go into the audit entry."""
    entry = audit(
        ports,
        context,
        "invoice_issued",
        subject=("invoice", document.id),
        customer_id=document.customer_id,
        number=document.number,
        total_minor=document.total_minor,
        currency=document.currency,
        **facts,
    )
    return [
        *issue.guards,
        Replace(_advanced(issue.series, document)),
        Insert(_registered(document)),
        Replace(document),
        *post(ports, context, issue.desk, _fact(issue.desk, document)),
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
    bare = OpenItem(
        invoice_id=invoice.id,
        number=known(invoice.number),
        issue_date=issue_date,
        due_date=due_date,
        total_minor=invoice.total_minor,
        open_minor=invoice.total_minor,
        policy_id=invoice.policy_id,
        discount=invoice.offer,
    )
    passed = first_step_done(due_date, issue_date, desk.rules.ladder_of(bare))
    item = bare.but(step_done=passed.offset_days, step_id=passed.id) if passed else bare
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
