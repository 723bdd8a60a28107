"""Bodies of accounting periods and of the nightly proof."""

from typing import Literal

from chalicelib.api.schemas.base import Answer, Instant, Request


class CloseInput(Request):
    """Nothing more needs to be said."""


class Period(Answer):
    """A month of the books: over and closed, over and open, or running.

    Of a closed one ``entries`` and ``sha256`` tell what stands in its file.
    """

    month: str
    state: Literal["closed", "open", "running"]
    entries: int | None
    sha256: str | None
    closed_at: Instant | None
    closed_by: str | None


class Periods(Answer):
    """The months of the books, latest first; ``next_month`` is the one that can be closed now."""

    items: list[Period]
    next_month: str | None


class ProofInput(Request):
    """Nothing more needs to be said."""


class ProofRow(Answer):
    """One proof of the books. ``counts`` say what was proven; ``moved`` is left for next time."""

    id: str
    state: Literal["waiting", "running", "clean", "different"]
    started_at: Instant
    started_by: str
    chunks: int
    counts: dict[str, int]
    findings: int


class Finding(Answer):
    """What differs; ``detail`` lists ``field stored ≠ proven``."""

    what: str
    subject: str
    detail: str
    customer_id: str | None
    customer_name: str | None
    currency: str | None


class Proof(ProofRow):
    """One proof with its findings."""

    found: list[Finding]
