"""What holds of recurring invoices, runs and scheduled drafts after every commit."""

from collections import Counter
from typing import TYPE_CHECKING

from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import (
    UNFINISHED,
    RecurringInvoice,
    Run,
    occurrence_run_id,
    scheduled_run_id,
)
from chalicelib.domain.work import WorkItem

if TYPE_CHECKING:
    from tests.invariants import Books


def assert_runs_hold(books: "Books") -> None:
    """Check that an occurrence has one run and one invoice, and that what failed is seen."""
    invoices = {one.id: one for one in books.all(Invoice)}
    runs = {one.id: one for one in books.all(Run)}
    made = Counter(one.recurring_id for one in runs.values() if one.recurring_id)
    for recurring in books.all(RecurringInvoice):
        assert made.pop(recurring.id, 0) == recurring.runs
        if recurring.state != "ended":
            assert recurring.next_on == recurring.planned() is not None
    assert not made
    work = {one.key for one in books.all(WorkItem)}
    for run in runs.values():
        _run_holds(run, invoices)
        assert run.state != "failed" or run.work_key in work
    _invoices_name_their_runs(invoices, runs)


def _run_holds(run: Run, invoices: dict[str, Invoice]) -> None:
    invoice = invoices.get(run.invoice_id or "")
    if run.recurring_id is None:
        assert run.invoice_id in (None, run.id.removeprefix(scheduled_run_id("")))
    else:
        assert run.id == occurrence_run_id(run.recurring_id, run.due_on)
    if run.state in UNFINISHED:
        assert invoice is not None
    if run.state == "done":
        assert invoice is not None
        assert invoice.number == run.number is not None
    assert (run.state == "failed") == (run.code is not None) == (run.reason is not None)


def _invoices_name_their_runs(invoices: dict[str, Invoice], runs: dict[str, Run]) -> None:
    of_recurring = Counter(run.invoice_id for run in runs.values() if run.recurring_id)
    for invoice in invoices.values():
        assert of_recurring[invoice.id] == (invoice.recurring_id is not None)
        if invoice.is_draft and invoice.run_id is not None:
            run = runs[invoice.run_id]
            assert run.invoice_id == invoice.id
            assert run.state not in ("done", "cancelled")
        if invoice.is_draft and invoice.scheduled_on is not None:
            run = runs[scheduled_run_id(invoice.id)]
            assert (run.due_on, run.sends) == (invoice.scheduled_on, invoice.scheduled_send)
