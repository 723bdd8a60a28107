"""Prove a stretch of a series: numbers without gap, dates in order, the chain of hashes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from chalicelib.domain.credit_note import Document
from chalicelib.domain.numbering import GENESIS, RegisterEntry, format_number, link
from chalicelib.domain.proof import told


def prove_stretch(
    first: int,
    before: RegisterEntry | None,
    register: Sequence[RegisterEntry],
    documents: Mapping[str, Document],
) -> tuple[tuple[str, str], ...]:
    """Return (number, how it differs) for a stretch of the register that begins with ``first``.

    ``before`` is the entry before it, None for the first of a series; ``documents`` are by number.
    Of a stretch with a gap only that is told.
    """
    sequences = [one.sequence for one in register]
    if sequences != list(range(first, first + len(register))):
        numbers = f"{sequences[0] if sequences else 0}–{sequences[-1] if sequences else 0}"
        return ((_name(register, first), f"numbers {len(register)} ≠ {numbers}"),)
    chain = [before, *register]
    return tuple(
        (one.number, detail)
        for previous, one in pairwise(chain)
        if one is not None and (detail := _differs(previous, one, documents.get(one.number)))
    )


def _name(register: Sequence[RegisterEntry], first: int) -> str:
    return format_number(register[0].series, first) if register else str(first)


def _differs(previous: RegisterEntry | None, one: RegisterEntry, document: Document | None) -> str:
    if document is None:
        return "∅"
    last_hash = previous.hash if previous else GENESIS
    last_date = previous.issue_date if previous else one.issue_date
    return told(
        [
            ("number", one.number, format_number(one.series, one.sequence)),
            ("previous_hash", one.previous_hash, last_hash),
            ("hash", one.hash, link(document, one.previous_hash)),
            ("document", document.hash, one.hash),
            ("issue_date", one.issue_date < last_date, False),
        ]
    )
