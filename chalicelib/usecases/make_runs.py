"""Make the runs of a recurring invoice: each occurrence that is due gets its run and its draft.

Run, draft and the next date are one transaction, under the permanent id of the occurrence: however
often and late this is called, an occurrence has one invoice.
"""

from datetime import date
from typing import Final, cast

from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.errors import Busy, DomainError, NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.occurrences import working_date
from chalicelib.domain.recurring import RecurringInvoice, Run, occurrence_run_id
from chalicelib.usecases.carry_out_run import as_failed, carry_out_run, put_on_the_list
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.draft_invoice import NewInvoice, billed_customer, draft_for, save_draft
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.recurring_references import recurring_ref, run_ref

MAX_RUNS: Final = 50  # a chore has five minutes; what is left is due at the next hour as well


def make_runs(ports: Ports, context: Context, recurring_id: str) -> list[str]:
    """Make and carry out, in order, the runs of all occurrences that are due; return their ids."""
    carried_out: list[str] = []
    for _ in range(MAX_RUNS):
        run_id = until_committed(ports, lambda: _next_run(ports, context, recurring_id))
        if run_id is None or run_id in carried_out:
            break  # nothing is due, or the last one has to wait
        carry_out_run(ports, context, run_id)
        carried_out.append(run_id)
    return carried_out


def _next_run(ports: Ports, context: Context, recurring_id: str) -> str | None:
    recurring, company = _read(ports, recurring_id)
    last = _last_run(ports, recurring)
    if last is not None and last.state == "drafted":
        return last.id  # its maker may have died; numbers are in the order of the days
    day = recurring.next_on
    is_active = recurring.state == "active"
    if day is None or not is_active or day > working_date(context.at, company.time_zone):
        return None
    run = _run(context, recurring, day)
    ports.store.commit(_first_writes(ports, context, recurring, company, run))
    return run.id


def _read(ports: Ports, recurring_id: str) -> tuple[RecurringInvoice, Company]:
    found = ports.store.get_many([recurring_ref(recurring_id), COMPANY])
    recurring = cast("RecurringInvoice | None", found.get(recurring_ref(recurring_id)))
    if recurring is None:
        raise NotFound("recurring invoice", recurring_id)
    return recurring, cast("Company | None", found.get(COMPANY)) or unnamed_company()


def _last_run(ports: Ports, recurring: RecurringInvoice) -> Run | None:
    if recurring.last_on is None:
        return None
    return ports.store.get(run_ref(occurrence_run_id(recurring.id, recurring.last_on)))


def _first_writes(
    ports: Ports, context: Context, recurring: RecurringInvoice, company: Company, run: Run
) -> list[Write]:
    try:
        draft = draft_of(ports, context, recurring, company, run.id)
    except Busy:
        raise
    except DomainError as refusal:
        failed = as_failed(run.next(), context, refusal)
        item = put_on_the_list(ports, context, failed)
        return [Insert(failed), item, Replace(recurring.after_run())]
    return [
        Insert(run.reached("drafted", context.at, draft)),
        *save_draft(ports, context, draft),
        Replace(recurring.after_run().but(customer_name=draft.customer.name)),
    ]


def _run(context: Context, recurring: RecurringInvoice, day: date) -> Run:
    return Run(
        version=0,
        id=occurrence_run_id(recurring.id, day),
        state="drafted",
        recurring_id=recurring.id,
        due_on=day,
        sends=recurring.auto_send,
        customer_id=recurring.customer_id,
        customer_name=recurring.customer_name,
        currency=recurring.currency,
        total_minor=recurring.total_minor,
        invoice_id=None,
        created_at=context.at,
        at=context.at,
    )


def draft_of(
    ports: Ports, context: Context, recurring: RecurringInvoice, company: Company, run_id: str
) -> Invoice:
    """Return the draft of a run, not stored yet. InvalidField when it cannot be written."""
    customer = billed_customer(ports, recurring.customer_id)
    new = NewInvoice(
        customer_id=recurring.customer_id,
        currency=recurring.currency,
        lines=recurring.lines,
        purchase_order=recurring.purchase_order,
        notes=recurring.notes,
    )
    series = recurring.series or company.default_series
    draft = draft_for(ports, context, customer, new, series=series)
    return draft.but(recurring_id=recurring.id, run_id=run_id, terms_days=recurring.terms_days)
