"""The nightly proof: what is recomputed from the ledger, and how a difference is told.

Every stored fold (accounts, invoices, payments, totals, series) has one proof. A difference names
the record that disagrees with the ledger or with its documents; it never says which of them to
change.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value

Proven = Literal[
    "entries",
    "open_item",
    "unapplied",
    "journal",
    "invoice",
    "payment",
    "settlement",
    "rest",
    "series",
    "totals",
    "period",
    "unreadable",
]
"""What was found to differ: the ledger's own order, a fold of it, or a document."""

ProofState = Literal["waiting", "running", "clean", "different"]
OVER: Final[frozenset[ProofState]] = frozenset({"clean", "different"})


class Difference(Value):
    """A stored value that is not what it should be.

    ``subject`` is the id, number or period; ``detail`` lists ``field stored ≠ proven``, in no
    language.
    """

    what: Proven
    subject: str
    detail: str
    customer_id: str | None = None
    currency: str | None = None


class ProofRun(Record):
    """One proof of the whole book, in chunks. ``plan`` and ``before`` name files.

    ``round`` is 2 when totals differed in the first: only what differs in both is a finding.
    ``counts`` say how much was proven, and how much moved meanwhile and is left for next time.
    """

    kind: ClassVar[str] = "proof_run"

    id: str
    state: ProofState = "waiting"
    started_at: datetime
    started_by: str
    round: int = 1
    plan: str | None = None
    chunks: int = 0
    done: tuple[int, ...] = ()
    suspects: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    findings: int = 0

    @property
    def is_over(self) -> bool:
        """Nothing more will be proven in this run."""
        return self.state in OVER

    @property
    def is_done(self) -> bool:
        """Every chunk of this round has been proven."""
        return self.state == "running" and len(self.done) == self.chunks


class ProofFinding(Record):
    """One difference that a run has found."""

    kind: ClassVar[str] = "proof_finding"

    run_id: str
    key: str
    what: Proven
    subject: str
    detail: str
    customer_id: str | None = None
    customer_name: str | None = None
    currency: str | None = None


def finding(run_id: str, difference: Difference, customer_name: str | None = None) -> ProofFinding:
    """Return a difference as a finding of a run; one subject of one kind is one finding."""
    return ProofFinding(
        run_id=run_id,
        key=f"{difference.what}#{difference.subject}",
        customer_name=customer_name,
        **{name: getattr(difference, name) for name in Difference.model_fields},
    )


def told(pairs: Iterable[tuple[str, object, object]]) -> str:
    """Return which fields differ, as (field, stored, proven); empty when none does."""
    return "; ".join(
        f"{field} {_text(stored)} ≠ {_text(proven)}"
        for field, stored, proven in pairs
        if stored != proven
    )


def _text(value: object) -> str:
    if isinstance(value, Value):
        return value.model_dump_json()
    return "∅" if value is None else str(value)
