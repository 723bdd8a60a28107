"""Plan a proof: which customers and which numbers of which series each chunk looks at."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from chalicelib.domain.ledger import Totals
from chalicelib.domain.period import last_day, parse_month
from chalicelib.domain.proof import ProofRun
from chalicelib.usecases.book_listings import totals_of_days, totals_of_months
from chalicelib.usecases.listings import all_series, customers
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.proof_files import Plan
from chalicelib.usecases.read_all import all_rows, in_batches

CUSTOMERS_A_CHUNK: Final = 200
"""Some seconds of a Lambda that has five minutes, unless one of them has a very long ledger."""

NUMBERS_A_CHUNK: Final = 500


def make_plan(ports: Ports, run: ProofRun) -> Plan:
    """Return the plan of a round as of now.

    The totals are read first: whatever is posted from then on counts as moved and not as wrong. A
    customer whose name changes at this moment may be missed; so totals are believed to be wrong
    only when a second round, with a plan of its own, finds the same.
    """
    before = read_all_totals(ports)
    facts = [*_of_customers(ports), *_of_series(ports)]
    chores = tuple(
        {"run_id": run.id, "round": str(run.round), "chunk": str(chunk), **one}
        for chunk, one in enumerate(facts)
    )
    return Plan(chores=chores, before=before)


def _of_customers(ports: Ports) -> Iterator[dict[str, str]]:
    names = sorted({row["id"] for row in all_rows(ports, customers())})
    for some in in_batches(names, CUSTOMERS_A_CHUNK):
        yield {"chore": "proof_customers", "customers": ",".join(some)}


def _of_series(ports: Ports) -> Iterator[dict[str, str]]:
    for series in ports.store.records(all_series()):
        last = series.next_number - 1
        for first in range(1, last + 1, NUMBERS_A_CHUNK):
            until = min(first + NUMBERS_A_CHUNK - 1, last)
            yield {
                "chore": "proof_series",
                "series": series.code,
                "first": str(first),
                "last": str(until),
                "is_end": "yes" if until == last else "",
            }


def read_all_totals(ports: Ports) -> tuple[Totals, ...]:
    """Return every counter there is: one Query for the months, and one for the days of each."""
    months = ports.store.records(totals_of_months(date.max))
    return (*months, *days_of(ports, {one.period for one in months}))


def days_of(ports: Ports, months: Iterable[str]) -> Iterator[Totals]:
    """Return the counters of the days of months (``YYYY-MM``)."""
    for month in sorted(months):
        yield from ports.store.records(totals_of_days(last_day(parse_month(month))))
