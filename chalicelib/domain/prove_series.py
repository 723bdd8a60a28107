"""Prove a stretch of a series: numbers without gap, dates in order, the chain of hashes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from chalicelib.domain.credit_note import Document
from chalicelib.domain.numbering import GENESIS, RegisterEntry, Series, format_number, link
from chalicelib.domain.proof import told


def prove_stretch(
    numbers: range,
    before: RegisterEntry | None,
    register: Sequence[RegisterEntry],
    documents: Mapping[str, Document],
) -> tuple[tuple[str, str], ...]:
    """Return (number, how it differs) for the stretch of the register that has these numbers.

    ``before`` is the entry before it, None for the first of a series; ``documents`` are by number.
    Of a stretch with a gap only the first number that is missing is told.
    """
    found = {one.sequence: one for one in register}
    missing = next((number for number in numbers if number not in found), None)
    if missing is not None:
        return ((str(missing), "∅"),)
    chain = [before, *register]
    return tuple(
        (one.number, detail)
        for previous, one in pairwise(chain)
        if one is not None and (detail := _differs(previous, one, documents.get(one.number)))
    )


def _differs(previous: RegisterEntry | None, one: RegisterEntry, document: Document | None) -> str:
    if document is None:
        return "∅"
    last_hash = previous.hash if previous else GENESIS
    return told(
        [
            ("number", one.number, format_number(one.series, one.sequence)),
            ("previous_hash", one.previous_hash, last_hash),
            ("hash", one.hash, link(document, one.previous_hash)),
            ("document", document.hash, one.hash),
            ("in_order", previous is None or previous.issue_date <= one.issue_date, True),
        ]
    )


def series_differs(series: Series, last: RegisterEntry, after: RegisterEntry | None) -> str:
    """Return how a series differs from its last document; ``after`` is one beyond it."""
    return told(
        [
            ("next_number", series.next_number, (after or last).sequence + 1),
            ("last_hash", series.last_hash, last.hash),
            ("last_date", series.last_date, last.issue_date),
        ]
    )
