"""How well mail arrives: figures of the last days, and a look every hour whether they are bad."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from chalicelib.domain.calendar import month_of
from chalicelib.domain.deliverability import ALARM_DAYS, MailCounts, MailFigures, figures, grouped
from chalicelib.usecases.context import Context
from chalicelib.usecases.mail_listings import latest_messages_in, mail_counts
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.work import ensure_work_item, work_item

MAX_DAYS: Final = 90
_LOOKED_AT: Final = 200  # bounced mails, the latest: enough to see who causes a rate
_WORST: Final = 10


@dataclass(frozen=True)
class BouncedAddress:
    """An address that bounced, how often, and whose it is."""

    address: str
    bounced: int
    customer_id: str
    customer_name: str


@dataclass(frozen=True)
class BouncedDomain:
    """A domain of addresses that bounced, and how often."""

    domain: str
    bounced: int


@dataclass(frozen=True)
class Deliverability:
    """Figures from ``first`` to ``last``, both included, in total, by day and by purpose.

    ``addresses`` and ``domains`` are the worst among the latest mails that bounced.
    """

    first: date
    last: date
    total: MailFigures
    by_day: dict[str, MailFigures]
    by_purpose: dict[str, MailFigures]
    addresses: tuple[BouncedAddress, ...]
    domains: tuple[BouncedDomain, ...]


def read_deliverability(ports: Ports, last: date, days: int) -> Deliverability:
    """Return the figures of so many days up to one: a Query a month, and one of bounced mails."""
    first = last - timedelta(days=days - 1)
    counts = _counts(ports, first, last)
    rows = tuple(_bounced(ports, first))
    addresses = Counter(row["to"] for row in rows)
    domains = Counter(row["to"].rpartition("@")[2] for row in rows)
    owners = {row["to"]: row for row in reversed(rows)}
    return Deliverability(
        first=first,
        last=last,
        total=figures(counts),
        by_day=grouped(counts, lambda one: one.day.isoformat()),
        by_purpose=grouped(counts, lambda one: one.purpose),
        addresses=tuple(
            BouncedAddress(
                address, bounced, owners[address]["customer_id"], owners[address]["customer_name"]
            )
            for address, bounced in addresses.most_common(_WORST)
        ),
        domains=tuple(BouncedDomain(*one) for one in domains.most_common(_WORST)),
    )


def watch_deliverability(ports: Ports, context: Context) -> None:
    """Put it on the work list, once a day, if too many mails bounce or are complained of."""
    last = context.at.date()
    total = figures(_counts(ports, last - timedelta(days=ALARM_DAYS - 1), last))
    if total.is_alarming:
        key = f"deliverability-{last}"
        item = work_item(context, key, "deliverability", _in_numbers(total), priority=1)
        ensure_work_item(ports, item)


def _in_numbers(total: MailFigures) -> str:
    shares = ((total.bounced, total.bounce_rate), (total.complained, total.complaint_rate))
    return "; ".join(f"{part}/{total.sent} = {(rate or 0) * 100:.2f} %" for part, rate in shares)


def _counts(ports: Ports, first: date, last: date) -> tuple[MailCounts, ...]:
    found: list[MailCounts] = []
    day = first
    while day <= last:
        month = month_of(day)
        found += ports.store.records(mail_counts(month, day - timedelta(days=1), last))
        day = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return tuple(found)


def _bounced(ports: Ports, first: date) -> Iterable[Any]:
    since = f"{first.isoformat()}T00:00:00Z"

    def rows() -> Iterator[Any]:
        for row in ports.store.rows(latest_messages_in("bounced"), limit=_LOOKED_AT).items:
            if row.get("state_since", "") >= since:
                yield row

    return rows()
