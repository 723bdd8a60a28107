"""When a company may write to a customer."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from zlib import crc32

from chalicelib.domain.calendar import WorkCalendar
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer

_ANY_DAY: Final = date(2000, 1, 1)


def calendar_of(
    customer: Customer, company: Company, is_off: Callable[[date], bool]
) -> WorkCalendar:
    """Return the company's hours in the customer's zone.

    Where the company spreads its mail, each customer has an opening of its own, always the same.
    """
    return WorkCalendar(
        zone_name=customer.time_zone,
        opens=_later(company.opens, _share(customer, company.spread_minutes)),
        closes=company.closes,
        weekdays=company.working_days,
        is_off=is_off,
    )


def _share(customer: Customer, minutes: int) -> timedelta:
    return timedelta(minutes=crc32(customer.id.encode()) % (minutes + 1))


def _later(hour: time, by: timedelta) -> time:
    return (datetime.combine(_ANY_DAY, hour) + by).time()
