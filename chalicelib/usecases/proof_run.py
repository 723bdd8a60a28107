"""The run of a proof, from its first message to its last. Any of them may come twice or late.

Chunks are proven in any order and in parallel; the record of the run knows which are done. Each
message does its work, notes it, and then queues what follows: repeated, it queues that again.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.errors import InvariantBroken, NotFound, StateConflict
from chalicelib.domain.proof import ProofRun
from chalicelib.usecases.book_listings import proofs
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Ports, Ref, Replace
from chalicelib.usecases.proof_files import Part, keep_part, keep_plan, plan_of
from chalicelib.usecases.proof_plan import make_plan

STALLED_AFTER: Final = timedelta(hours=2)
"""A run that is older and not over has failed: its messages are on the work list."""

UNREADABLE: Final = (ValueError, KeyError, InvariantBroken)
"""What reading an item raises that no program of ours has written (pydantic's is a ValueError)."""


def proof_ref(run_id: str) -> Ref[ProofRun]:
    """Return the key of a run of the nightly proof."""
    return Ref(ProofRun, (run_id,))


def run_id_of(context: Context) -> str:
    """Return the id of the run that begins at this instant: a repeated message begins no other."""
    digits = "".join(each for each in rfc3339(context.at) if each.isdigit())
    return f"prf_{digits}"


def new_run(context: Context, run_id: str) -> ProofRun:
    """Return a run of now, before it is stored (version 0)."""
    return ProofRun(version=0, id=run_id, started_at=context.at, started_by=context.actor.name)


def ask_for_proof(ports: Ports, context: Context) -> ProofRun:
    """Begin a proof now. StateConflict while another one runs."""

    def attempt() -> ProofRun:
        latest = next(iter(ports.store.rows(proofs(), limit=1).items), None)
        last = None if latest is None else ports.store.get(proof_ref(latest["id"]))
        if last is not None and not last.is_over and context.at < last.started_at + STALLED_AFTER:
            raise StateConflict(
                f"A proof runs since {rfc3339(last.started_at)}.", code="proof_running"
            )
        run = new_run(context, ports.ids.new("prf", context.at)).next()
        entry = audit(ports, context, "proof_asked_for", subject=("proof", run.id))
        commit(ports, context, [Replace(run), entry], resource=f"/v1/proofs/{run.id}")
        return run

    run = until_committed(ports, attempt)
    queue_chore(ports, context, "proof", {"run_id": run.id})
    return run


def start_proof(ports: Ports, context: Context, run_id: str | None = None) -> None:
    """Plan the round that a run is to begin, unless it has one, and queue what is not done of it.

    Without an id it is the run of the context's instant.
    """
    name = run_id or run_id_of(context)

    def attempt() -> ProofRun:
        run = ports.store.get(proof_ref(name)) or new_run(context, name)
        if run.state != "waiting":
            return run
        plan = make_plan(ports, run)
        key = keep_plan(ports, run, plan)
        planned = run.next(state="running", plan=key, chunks=len(plan.chores), done=())
        ports.store.commit([Replace(planned)])
        return planned

    run = until_committed(ports, attempt)
    if run.is_over:
        return
    for facts in plan_of(ports, run).chores:
        if int(facts["chunk"]) not in run.done:
            queue_chore(ports, context, facts["chore"], facts)
    _go_on(ports, context, run)


def _go_on(ports: Ports, context: Context, run: ProofRun) -> None:
    if run.is_done:
        facts = {"run_id": run.id, "round": str(run.round)}
        queue_chore(ports, context, "proof_totals", facts)


def chunk_to_do(ports: Ports, context: Context, facts: Mapping[str, str]) -> ProofRun | None:
    """Return the run whose chunk a message is about, or None if it has been proven already."""
    run = find_run(ports, facts["run_id"])
    if run.state != "running" or run.round != int(facts["round"]):
        return None
    if int(facts["chunk"]) in run.done:
        _go_on(ports, context, run)
        return None
    return run


def chunk_done(
    ports: Ports, context: Context, run: ProofRun, facts: Mapping[str, str], part: Part
) -> None:
    """Keep what a chunk has counted and note that it is done; after the last the totals follow."""
    chunk = int(facts["chunk"])
    keep_part(ports, run, chunk, part)

    def attempt() -> ProofRun:
        now = find_run(ports, run.id)
        if now.state != "running" or now.round != run.round or chunk in now.done:
            return now
        after = now.next(done=tuple(sorted({*now.done, chunk})))
        ports.store.commit([Replace(after)])
        return after

    _go_on(ports, context, until_committed(ports, attempt))


def find_run(ports: Ports, run_id: str) -> ProofRun:
    """Return a run. InvariantBroken: a message is about one that exists."""
    run = ports.store.get(proof_ref(run_id))
    if run is None:
        raise InvariantBroken(f"There is no proof {run_id!r}.")
    return run


def read_run(ports: Ports, run_id: str) -> ProofRun:
    """Return a run that a caller names. NotFound."""
    run = ports.store.get(proof_ref(run_id))
    if run is None:
        raise NotFound("proof", run_id)
    return run


def first_words(error: Exception) -> str:
    """Return what a finding says of an item that cannot be read: no values of it."""
    return " ".join(str(error).splitlines()[:2])[:200]
