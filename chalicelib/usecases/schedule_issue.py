"""Schedule a draft to be issued on a day to come, and take that back."""

from datetime import date, timedelta
from typing import Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import Run, scheduled_run_id
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.draft_invoice import editable
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.recurring_references import run_ref
from chalicelib.usecases.run_of_draft import run_called_off
from chalicelib.usecases.work import closing

_FURTHEST: Final = timedelta(days=3660)  # a date beyond ten years is a typing error


def schedule_issue(
    ports: Ports,
    context: Context,
    invoice_id: str,
    issue_on: date,
    *,
    send: bool,
    expected_version: int | None,
) -> Invoice:
    """Have a draft issued on a day, and sent if asked; a second call moves the day.

    It gets the date of that day. InvalidField for a day that has passed or is ten years away;
    StateConflict when it is no draft or belongs to a recurring invoice.
    """

    def attempt() -> Invoice:
        draft = editable(ports, invoice_id, expected_version)
        if draft.recurring_id is not None:
            raise StateConflict("A recurring invoice made this draft.", code="has_its_own_run")
        _require_day(ports, context, draft, issue_on)
        after = draft.next(
            issue_date=None,
            scheduled_on=issue_on,
            scheduled_send=send,
            run_id=scheduled_run_id(invoice_id),
        )
        entry = audit(
            ports,
            context,
            "invoice_scheduled",
            subject=("invoice", invoice_id),
            customer_id=draft.customer_id,
            issue_on=issue_on.isoformat(),
            send=send,
        )
        writes = [Replace(after), *_run_of(ports, context, after, issue_on), entry]
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return after

    return until_committed(ports, attempt)


def _require_day(ports: Ports, context: Context, draft: Invoice, issue_on: date) -> None:
    today = local_date(context.at, company_of(ports).time_zone)
    if issue_on < today:
        raise InvalidField("/issue_on", "This day has passed.", field_code="day_has_passed")
    if issue_on > today + _FURTHEST:
        raise InvalidField(
            "/issue_on", "The date lies more than ten years ahead.", field_code="too_far_ahead"
        )
    if draft.due_date is not None and draft.due_date < issue_on:
        raise InvalidField(
            "/issue_on",
            "The due date cannot lie before the issue date.",
            field_code="due_before_issue",
        )


def _run_of(ports: Ports, context: Context, draft: Invoice, issue_on: date) -> list[Write]:
    run = Run(
        id=scheduled_run_id(draft.id),
        state="waiting",
        due_on=issue_on,
        sends=draft.scheduled_send,
        customer_id=draft.customer_id,
        customer_name=draft.customer.name,
        currency=draft.currency,
        total_minor=draft.total_minor,
        invoice_id=draft.id,
        created_at=context.at,
        at=context.at,
    )
    known = ports.store.get(run_ref(run.id))
    if known is None:
        return [Insert(run)]
    again = run.but(version=known.version + 1, created_at=known.created_at)
    return [Replace(again), *closing(ports, context, run.work_key, "rescheduled")]


def unschedule_issue(
    ports: Ports, context: Context, invoice_id: str, *, expected_version: int | None
) -> Invoice:
    """Make a scheduled draft a plain one again. StateConflict when it is not scheduled."""

    def attempt() -> Invoice:
        draft = editable(ports, invoice_id, expected_version)
        if draft.scheduled_on is None:
            raise StateConflict("This draft is not scheduled.", code="not_scheduled")
        after = draft.next(scheduled_on=None, scheduled_send=False, run_id=None)
        entry = audit(
            ports,
            context,
            "invoice_unscheduled",
            subject=("invoice", invoice_id),
            customer_id=draft.customer_id,
        )
        writes = [Replace(after), *run_called_off(ports, context, draft, after), entry]
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return after

    return until_committed(ports, attempt)
