"""Prove a stretch of a series against the documents it numbers."""

from collections.abc import Iterable, Mapping

from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.proof import Difference, ProofFinding, finding
from chalicelib.domain.prove_series import prove_stretch, series_differs
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.listings import register_between
from chalicelib.usecases.parking import MAX_KEPT, unknown
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.proof_files import Part
from chalicelib.usecases.proof_run import chunk_done, chunk_to_do
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import invoice_ref, series_ref


def prove_series(ports: Ports, context: Context, facts: Mapping[str, str]) -> None:
    """Prove one stretch; what differs is noted. Numbers given meanwhile wait for next time."""
    run = chunk_to_do(ports, context, facts)
    if run is None:
        return
    code = facts["series"]
    numbers = range(int(facts["first"]), int(facts["last"]) + 1)
    register = ports.store.records(register_between(code, numbers[0], numbers[-1]))
    before = ports.store.get(_place(code, numbers[0] - 1)) if numbers[0] > 1 else None
    found = [*prove_stretch(numbers, before, register, _documents(ports, register))]
    if facts["is_end"] and not found:
        found = [(code, detail) for detail in _end(ports, code, register[-1])]
    findings = [
        finding(run.id, Difference(what="series", subject=_named(code, number), detail=detail))
        for number, detail in found[:MAX_KEPT]
    ]
    until_committed(ports, lambda: _note(ports, findings))
    part = Part(counts={"documents": len(register)})
    chunk_done(ports, context, run, facts, part)


def _place(code: str, sequence: int) -> Ref[RegisterEntry]:
    return Ref(RegisterEntry, (code, str(sequence)))


def _documents(ports: Ports, register: Iterable[RegisterEntry]) -> dict[str, Invoice | CreditNote]:
    refs: dict[Ref[Invoice] | Ref[CreditNote], str] = {}
    for one in register:
        if one.credit_note_id is None:
            refs[invoice_ref(one.invoice_id)] = one.number
        else:
            refs[Ref(CreditNote, (one.invoice_id, one.credit_note_id))] = one.number
    found = find_all(ports, refs)
    return {
        refs[ref]: record
        for ref, record in found.items()
        if isinstance(record, Invoice | CreditNote)
    }


def _end(ports: Ports, code: str, last: RegisterEntry) -> list[str]:
    # A number may be given between the two readings: then the series is looked at next time.
    after = ports.store.get(_place(code, last.sequence + 1))
    series = ports.store.get(series_ref(code))
    if series is None:
        return ["∅"]
    if after is not None and series.next_number > after.sequence:
        return []
    detail = series_differs(series, last, after)
    return [detail] if detail else []


def _named(code: str, number: str) -> str:
    return number if number.startswith(code) else f"{code}-{number}"


def _note(ports: Ports, findings: Iterable[ProofFinding]) -> None:
    writes = unknown(ports, findings)
    if writes:
        ports.store.commit(writes)
