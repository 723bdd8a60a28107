"""The end of a proof: compare the totals, look at closed periods, and say how it went."""

import hashlib
from collections.abc import Iterable, Mapping

from chalicelib.domain.proof import Difference, ProofFinding, ProofRun, ProofState, finding
from chalicelib.domain.prove_totals import Compared, added, compare, key_of
from chalicelib.usecases.book_listings import closed_periods, findings_of
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.listings import all_series
from chalicelib.usecases.parking import MAX_KEPT, detail_of, note
from chalicelib.usecases.ports import Ports, Replace
from chalicelib.usecases.proof_files import counted, parts_of, plan_of
from chalicelib.usecases.proof_plan import days_of, read_all_totals
from chalicelib.usecases.proof_run import find_run
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import closing, on_the_list, work_item

_FILES_CHECKED = 12
"""Closed months whose files are read again each night: the latest year."""

_OF_NO_ACCOUNT = ("totals", "period", "unreadable", "entries")
_NOTHING = dict.fromkeys(
    ("customers", "accounts", "entries", "invoices", "payments", "documents", "moved"), 0
)


def prove_totals(ports: Ports, context: Context, facts: Mapping[str, str]) -> None:
    """Compare the totals when every chunk is done, and end the run or begin its second round."""
    run = find_run(ports, facts["run_id"])
    if run.state == "waiting":
        queue_chore(ports, context, "proof", {"run_id": run.id})
    if not run.is_done or run.round != int(facts["round"]):
        return
    compared = _compare(ports, run)
    if compared.differences and run.round == 1:
        _once_more(ports, context, run, compared)
        return
    suspects = set(run.suspects)
    found = [one for one in compared.differences if one.subject in suspects]
    found = [*found[:MAX_KEPT], *_periods(ports)]
    until_committed(ports, lambda: note(ports, [finding(run.id, one) for one in found]))
    parts = (part.counts for part in parts_of(ports, run))
    counts = counted([_NOTHING, *parts, {"moved": compared.moved}])
    until_committed(ports, lambda: _end(ports, context, run, counts))


def _compare(ports: Ports, run: ProofRun) -> Compared:
    parts = list(parts_of(ports, run))
    proven = added(totals for part in parts for totals in part.totals)
    unproven = frozenset(ledger for part in parts for ledger in part.unproven)
    after = {key_of(one): one for one in read_all_totals(ports)}
    # A month that has lost its own counter still has those of its days.
    lost = {period[:7] for period, _, _ in proven} - {period for period, _, _ in after}
    after |= {key_of(one): one for one in days_of(ports, lost)}
    before = {key_of(one): one for one in plan_of(ports, run).before}
    return compare(before, after, proven, unproven)


def _once_more(ports: Ports, context: Context, run: ProofRun, compared: Compared) -> None:
    suspects = tuple(one.subject for one in compared.differences)
    again = run.next(
        state="waiting", round=run.round + 1, plan=None, chunks=0, done=(), suspects=suspects
    )

    def attempt() -> None:
        if find_run(ports, run.id).version == run.version:
            ports.store.commit([Replace(again)])

    until_committed(ports, attempt)
    queue_chore(ports, context, "proof", {"run_id": run.id})


def _periods(ports: Ports) -> list[Difference]:
    found = []
    for period in ports.store.records(closed_periods())[-_FILES_CHECKED:]:
        content = ports.files.get(period.file)
        stored = None if content is None else hashlib.sha256(content).hexdigest()
        if stored != period.sha256:
            detail = f"sha256 {stored or '∅'} ≠ {period.sha256}"
            found.append(Difference(what="period", subject=period.month, detail=detail))
    return found


def _end(ports: Ports, context: Context, run: ProofRun, counts: dict[str, int]) -> None:
    if find_run(ports, run.id).version != run.version:
        return
    found = ports.store.records(findings_of(run.id))
    _tell_staff(ports, context, [one for one in found if one.customer_id is None])
    state: ProofState = "different" if found else "clean"
    ports.store.commit([Replace(run.next(state=state, counts=counts, findings=len(found)))])


def _tell_staff(ports: Ports, context: Context, found: Iterable[ProofFinding]) -> None:
    # Those of accounts were told when the account was parked.
    by_key: dict[str, list[ProofFinding]] = {}
    for one in found:
        by_key.setdefault(_work_key(one), []).append(one)
    for key, some in by_key.items():
        item = work_item(context, key, "proof_difference", detail_of(some), priority=1)
        ports.store.commit([on_the_list(item, ports.store.get(work_item_ref(key)))])
    keys = {f"proof-{what}" for what in _OF_NO_ACCOUNT}
    keys |= {f"proof-series-{series.code}" for series in ports.store.records(all_series())}
    for key in sorted(keys - set(by_key)):
        writes = closing(ports, context, key, "proven")
        if writes:
            ports.store.commit(writes)


def _work_key(one: ProofFinding) -> str:
    if one.what == "series":
        return f"proof-series-{one.subject.rpartition('-')[0] or one.subject}"
    return f"proof-{one.what}"
