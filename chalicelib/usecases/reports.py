"""Reports: two queries over the totals, as of any day, whatever the size of the book."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.aging import Aging, age
from chalicelib.domain.kpis import KeyFigures, key_figures
from chalicelib.domain.ledger import Totals
from chalicelib.usecases.book_listings import totals_of_days, totals_of_months
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.staff_listings import approvals_in, open_work

WORK_SHOWN = 99  # the home screen says "99+" beyond this; so it does for approvals


def read_totals(ports: Ports, as_of: date) -> tuple[Totals, ...]:
    """Return all months before that of ``as_of``, then the days of its month up to it."""
    months = ports.store.records(totals_of_months(as_of))
    return (*months, *ports.store.records(totals_of_days(as_of)))


def read_aging(ports: Ports, as_of: date) -> tuple[Aging, ...]:
    """Return the aging by currency as the book stood at the end of a day."""
    return age(as_of, read_totals(ports, as_of))


def read_summary(ports: Ports, as_of: date) -> tuple[KeyFigures, ...]:
    """Return the key figures by currency as of a day."""
    return key_figures(as_of, read_totals(ports, as_of))


@dataclass(frozen=True)
class Home:
    """What the first screen shows."""

    aging: tuple[Aging, ...]
    summary: tuple[KeyFigures, ...]
    work_open: int
    work_more: bool
    approvals_waiting: int


def read_home(ports: Ports, as_of: date) -> Home:
    """Return the first screen with four queries: two of totals, work and approvals."""
    totals = read_totals(ports, as_of)
    work = ports.store.rows(open_work(), limit=WORK_SHOWN)
    approvals = ports.store.rows(approvals_in("waiting"), limit=WORK_SHOWN)
    return Home(
        aging=age(as_of, totals),
        summary=key_figures(as_of, totals),
        work_open=len(work.items),
        work_more=work.cursor is not None,
        approvals_waiting=len(approvals.items),
    )
