"""Prove a stretch of a series against the documents it numbers."""

from collections.abc import Iterable, Mapping

from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.proof import Difference, finding
from chalicelib.domain.prove_series import prove_stretch, series_differs
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.listings import register_between
from chalicelib.usecases.parking import MAX_KEPT, note
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.proof_files import Part
from chalicelib.usecases.proof_run import UNREADABLE, chunk_done, chunk_to_do, first_words
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import invoice_ref, series_ref


def prove_series(ports: Ports, context: Context, facts: Mapping[str, str]) -> None:
    """Prove one stretch; what differs is noted. Numbers given meanwhile wait for next time."""
    run = chunk_to_do(ports, context, facts)
    if run is None:
        return
    code = facts["series"]
    numbers = range(int(facts["first"]), int(facts["last"]) + 1)
    try:
        found = _compared(ports, code, numbers, is_end=bool(facts["is_end"]))
    except UNREADABLE as exc:
        found = [(code, first_words(exc))]
    findings = [
        finding(run.id, Difference(what="series", subject=_named(code, number), detail=detail))
        for number, detail in found[:MAX_KEPT]
    ]
    until_committed(ports, lambda: note(ports, findings))
    part = Part(counts={"documents": len(numbers)})
    chunk_done(ports, context, run, facts, part)


def _compared(ports: Ports, code: str, numbers: range, *, is_end: bool) -> list[tuple[str, str]]:
    register = ports.store.records(register_between(code, numbers[0], numbers[-1]))
    before = ports.store.get(_place(code, numbers[0] - 1)) if numbers[0] > 1 else None
    found = [*prove_stretch(numbers, before, register, _documents(ports, register))]
    if is_end and not found:
        found = [(code, detail) for detail in _end(ports, code, register[-1])]
    return found


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
