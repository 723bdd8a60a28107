"""Prove the totals by month and day: stored counters against the fold of all ledgers.

Entries are posted while the proof runs. Only counters that did not move between the two readings
are compared; the others are left for the next night.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.ledger import Entry, Totals, add_totals, totals_of
from chalicelib.domain.proof import Difference, told

Key = tuple[str, str, int]
Stored = Mapping[Key, Totals]
Ledgers = frozenset[tuple[str, int]]
"""Currency and shard of ledgers that have a gap: nothing can be said about their totals."""

ANY_CURRENCY = "*"
"""In place of the currency of ledgers that could not be read at all."""


@dataclass(frozen=True)
class Compared:
    """What differs, and how many counters moved while the proof ran."""

    differences: tuple[Difference, ...]
    moved: int


def key_of(totals: Totals) -> Key:
    """Return the period, currency and shard of a counter."""
    return totals.period, totals.currency, totals.shard


def folded(entries: Iterable[Entry]) -> dict[Key, Totals]:
    """Return what entries add up to, by counter."""
    return added(totals for entry in entries for totals in totals_of(entry))


def added(parts: Iterable[Totals]) -> dict[Key, Totals]:
    """Return the sums of parts by counter."""
    by_key: dict[Key, list[Totals]] = {}
    for part in parts:
        by_key.setdefault(key_of(part), []).append(part)
    return {key: add_totals(many) for key, many in by_key.items()}


def compare(before: Stored, after: Stored, proven: Stored, unproven: Ledgers) -> Compared:
    """Compare stored counters, read before and after, with the fold of what was read between."""
    differences: list[Difference] = []
    moved = 0
    for key in sorted({*before, *after, *proven}):
        if key[1:] in unproven or (ANY_CURRENCY, key[2]) in unproven:
            continue
        detail = _differs(after.get(key), proven.get(key))
        if detail and _differs(before.get(key), after.get(key)):
            moved += 1
        elif detail:
            subject = "#".join(map(str, key))
            one = Difference(what="totals", subject=subject, detail=detail, currency=key[1])
            differences.append(one)
    return Compared(tuple(differences), moved)


def _differs(stored: Totals | None, proven: Totals | None) -> str:
    return told((name, _shown(stored, name), _shown(proven, name)) for name in _COUNTERS)


_COUNTERS = (
    "open_by_due",
    "unapplied_minor",
    "billed_minor",
    "collected_minor",
    "written_off_minor",
)


def _shown(totals: Totals | None, name: str) -> object:
    if name == "open_by_due":
        return {} if totals is None else {due: n for due, n in totals.open_by_due.items() if n}
    return 0 if totals is None else getattr(totals, name)
