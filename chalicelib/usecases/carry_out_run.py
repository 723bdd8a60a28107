"""Carry out a run: issue its draft, send it if asked, and say what stopped it.

It goes on from wherever the run and its invoice are, so a process may die anywhere and the next
hour takes the run up again.
"""

from chalicelib.domain.errors import Busy, DomainError, InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.occurrences import working_date
from chalicelib.domain.recurring import UNFINISHED, Run, RunState
from chalicelib.usecases.context import Context, until_committed, without_repeat_key
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Ref, Replace, Write
from chalicelib.usecases.recurring_references import run_ref
from chalicelib.usecases.references import invoice_ref, series_ref, work_item_ref
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.work import closing, on_the_list, work_item

_ATTEMPTS = 3  # a person may take the draft over meanwhile, and give it back
_MOVED_ON = frozenset({"not_a_draft", "waiting_for_approval", "run_changed"})


def carry_out_run(ports: Ports, context: Context, run_id: str) -> Run:
    """Bring a run as far as it goes now, and return it. Busy is not caught: ask again later.

    A refusal ends as ``failed`` with a work item; what is done, cancelled, failed or not yet due
    is left as it is.
    """
    context = without_repeat_key(context)
    for _ in range(_ATTEMPTS):
        run = _read(ports, run_id)
        if run.state not in UNFINISHED or not _is_due(ports, context, run):
            return run
        try:
            return _carried_out(ports, context, run)
        except Busy:
            raise
        except DomainError as refusal:
            if not _has_moved_on(refusal):
                return _stopped(ports, context, run, refusal)
    raise Busy(_ATTEMPTS)


def _read(ports: Ports, run_id: str) -> Run:
    run = ports.store.get(run_ref(run_id))
    if run is None:
        raise NotFound("run", run_id)
    return run


def _is_due(ports: Ports, context: Context, run: Run) -> bool:
    if run.state != "waiting":
        return True
    return run.due_on <= working_date(context.at, company_of(ports).time_zone)


def _carried_out(ports: Ports, context: Context, run: Run) -> Run:
    invoice = _invoice_of(ports, run)
    if invoice is None:
        return _reach(ports, context, run, "cancelled", None)
    if invoice.is_draft and run.state == "pending_approval":
        raise StateConflict("The approval was refused.", code="approval_refused")
    if invoice.is_draft:
        invoice = issue_invoice(ports, context, invoice.id, expected_version=None, by_run=run)
    if invoice.state == "pending_approval":
        return _reach(ports, context, run, "pending_approval", invoice)
    if run.sends and invoice.state != "void":
        send_invoice(ports, context, invoice.id, again=False)
    return _reach(ports, context, run, "done", invoice)


def _has_moved_on(refusal: DomainError) -> bool:
    # The draft or its run changed under our hands: look again before anything is called a failure.
    is_deleted = isinstance(refusal, NotFound) and refusal.what == "invoice"
    return is_deleted or refusal.code in _MOVED_ON


def _invoice_of(ports: Ports, run: Run) -> Invoice | None:
    return None if run.invoice_id is None else ports.store.get(invoice_ref(run.invoice_id))


def _reach(
    ports: Ports, context: Context, run: Run, state: RunState, invoice: Invoice | None
) -> Run:
    def attempt() -> Run:
        present = _read(ports, run.id)
        if present.state in ("done", "cancelled", state):
            return present
        after = present.reached(state, context.at, invoice)
        writes: list[Write] = [Replace(after)]
        if present.state == "failed":
            writes += closing(ports, context, run.work_key, state)
        ports.store.commit(writes)
        return after

    return until_committed(ports, attempt)


def _stopped(ports: Ports, context: Context, run: Run, refusal: DomainError) -> Run:
    if refusal.code == "series_order" and _clock_is_behind(ports, context, run):
        return run

    def attempt() -> Run:
        present = _read(ports, run.id)
        if present.state not in UNFINISHED:
            return present
        moved = present.reached("failed", context.at, _invoice_of(ports, present))
        after = as_failed(moved, context, refusal)
        ports.store.commit([Replace(after), put_on_the_list(ports, context, after)])
        return after

    return until_committed(ports, attempt)


def _clock_is_behind(ports: Ports, context: Context, run: Run) -> bool:
    """Tell whether the series went on since the instant at which this run was queued.

    Then the next hour, whose clock is later, issues it: nobody has to look at it.
    """
    invoice = _invoice_of(ports, run)
    series = None if invoice is None else ports.store.get(series_ref(invoice.series))
    if series is None:
        return False
    place = Ref(RegisterEntry, (series.code, str(series.next_number - 1)))
    entry = ports.store.get(place)
    latest = None if entry is None else ports.store.get(invoice_ref(entry.invoice_id))
    issued_at = None if latest is None else latest.issued_at
    return issued_at is not None and issued_at > context.at


def as_failed(run: Run, context: Context, refusal: DomainError) -> Run:
    """Return the run as stopped by a refusal."""
    code = refusal.field_code if isinstance(refusal, InvalidField) else refusal.code
    return run.but(state="failed", at=context.at, code=code, reason=str(refusal))


def put_on_the_list(ports: Ports, context: Context, run: Run) -> Write:
    """Return the write that shows a failed run to a person, again if it failed before."""
    item = work_item(
        context,
        run.work_key,
        "recurring_failed",
        f"{run.due_on.isoformat()} {run.code}",
        priority=2,
        customer_id=run.customer_id,
        customer_name=run.customer_name,
        invoice_id=run.invoice_id,
        amount_minor=run.total_minor,
        currency=run.currency,
    )
    return on_the_list(item, ports.store.get(work_item_ref(run.work_key)))
