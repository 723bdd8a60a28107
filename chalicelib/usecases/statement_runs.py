"""The monthly statements: plan a month once, and find those whose hour has come.

Planning only lists accounts, in chunks; ``statement_chunks.py`` decides about each at its hour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.company import Company
from chalicelib.domain.period import parse_month
from chalicelib.domain.statement_run import (
    StatementChunk,
    StatementRun,
    due_month,
    may_want_one,
    next_day,
)
from chalicelib.usecases.chores import Facts, queue_chore
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.listings import customers
from chalicelib.usecases.mail_listings import statement_chunks_due, statement_runs
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref
from chalicelib.usecases.read_all import all_rows, in_batches

ACCOUNTS_A_CHUNK: Final = 100
"""Some seconds of a Lambda that has five minutes."""


def run_ref(month: str) -> Ref[StatementRun]:
    """Return the key of the statements of a month."""
    return Ref(StatementRun, (month,))


def due_statements(ports: Ports, context: Context) -> Iterable[Facts]:
    """Find what is due of the monthly statements: a month to plan, chunks to look at."""
    company = company_of(ports)
    if company.sending_frozen:
        return
    month = due_month(company, context.at)
    if ports.store.get(run_ref(month)) is None:
        yield {"month": month}
    for row in all_rows(ports, statement_chunks_due(context.at)):
        yield {"chunk": row["id"]}


def plan_statements(ports: Ports, context: Context, month: str) -> int:
    """List the accounts that may want a statement of a month; return how many.

    The chunks come before the run: a crash in between plans anew, and who is then looked at twice
    still gets one statement.
    """
    parse_month(month)
    if ports.store.get(run_ref(month)) is not None:
        return 0
    company = company_of(ports)
    names = sorted(_candidates(ports, company))
    chunks = [
        StatementChunk(
            id=f"{month}-{rfc3339(context.at).replace(':', '')}-{ordinal:05d}",
            month=month,
            accounts=tuple(some),
            next_at=context.at,
        )
        for ordinal, some in enumerate(in_batches(names, ACCOUNTS_A_CHUNK))
    ]
    for chunk in chunks:
        _insert(ports, chunk)
    run = StatementRun(month=month, planned_at=context.at, accounts=len(names), waiting=len(names))
    _insert(ports, run)
    for chunk in chunks:
        queue_chore(ports, context, "statements", {"chunk": chunk.id})
    return len(names)


def _candidates(ports: Ports, company: Company) -> Iterable[str]:
    for row in all_rows(ports, customers()):
        wish = row.get("statements")
        if row["currencies"] and may_want_one(company, row["id"], wish=wish):
            yield from (f"{row['id']}~{currency}" for currency in row["currencies"])


def _insert(ports: Ports, record: StatementChunk | StatementRun) -> None:
    def attempt() -> None:
        try:
            ports.store.commit([Insert(record)])
        except Conflict as conflict:
            if not conflict.failed:
                raise
            # Planned by a twin of this chore: that is as good.

    until_committed(ports, attempt)


@dataclass(frozen=True)
class StatementSettings:
    """What is set, when the next statements fall due, and how the latest month went."""

    company: Company
    next_on: date
    latest: StatementRun | None


def read_settings(ports: Ports, context: Context) -> StatementSettings:
    """Return what is known of the monthly statements."""
    company = company_of(ports)
    runs: tuple[Any, ...] = ports.store.records(statement_runs())
    latest = runs[-1] if runs else None
    return StatementSettings(company, next_day(company, context.at), latest)
