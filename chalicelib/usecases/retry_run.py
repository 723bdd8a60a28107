"""Try a failed run again, when a person has put right what stopped it."""

from chalicelib.domain.errors import NotFound, StateConflict, known
from chalicelib.domain.recurring import Run
from chalicelib.usecases.carry_out_run import carry_out_run
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.draft_invoice import save_draft
from chalicelib.usecases.make_runs import draft_of
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.recurring_references import recurring_ref, run_ref
from chalicelib.usecases.work import closing


def retry_run(ports: Ports, context: Context, run_id: str) -> Run:
    """Take a failed run up again and return it as far as it came, which may be failed anew.

    StateConflict unless it has failed; InvalidField when its draft still cannot be written.
    """
    until_committed(ports, lambda: _take_up(ports, context, run_id))
    return carry_out_run(ports, context, run_id)


def _take_up(ports: Ports, context: Context, run_id: str) -> None:
    run = ports.store.get(run_ref(run_id))
    if run is None:
        raise NotFound("run", run_id)
    if run.state != "failed":
        raise StateConflict(f"This run is {run.state}.", code="nothing_to_retry")
    entry = audit(
        ports,
        context,
        "run_retried",
        subject=("recurring_invoice", run.recurring_id) if run.recurring_id else ("run", run_id),
        customer_id=run.customer_id,
        due_on=run.due_on.isoformat(),
        code=run.code,
    )
    writes = [
        *_with_its_draft(ports, context, run),
        *closing(ports, context, run.work_key, "replayed"),
        entry,
    ]
    commit(ports, context, writes, resource=f"/v1/recurring-runs/{run_id}")


def _with_its_draft(ports: Ports, context: Context, run: Run) -> list[Write]:
    if run.invoice_id is not None:
        return [Replace(run.reached("drafted", context.at, None))]
    recurring = known(ports.store.get(recurring_ref(known(run.recurring_id))))
    draft = draft_of(ports, context, recurring, company_of(ports), run.id)
    return [
        Replace(run.reached("drafted", context.at, draft)),
        *save_draft(ports, context, draft),
    ]
