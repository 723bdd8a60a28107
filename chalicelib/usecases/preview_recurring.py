"""Which invoices a recurring invoice will make. Nothing is stored."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from chalicelib.domain.invoice import due_date_for, price
from chalicelib.domain.occurrences import working_date
from chalicelib.domain.recurring import RecurringInvoice
from chalicelib.usecases.context import Context
from chalicelib.usecases.draft_invoice import billed_customer
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports


@dataclass(frozen=True)
class Upcoming:
    """One invoice to come. ``on`` is its day; a day that has passed is made up at the next hour."""

    on: date
    due_date: date
    has_passed: bool
    total_minor: int


def preview(
    ports: Ports, context: Context, recurring: RecurringInvoice, count: int
) -> tuple[Upcoming, ...]:
    """Return the next invoices at the present lines, terms and day; if paused, as resumed now."""
    today = working_date(context.at, company_of(ports).time_zone)
    customer = billed_customer(ports, recurring.customer_id)
    terms = customer.terms_days if recurring.terms_days is None else recurring.terms_days
    return tuple(
        Upcoming(
            on=day,
            due_date=due_date_for(max(day, today), terms),
            has_passed=day < today,
            total_minor=price(recurring.lines, customer.discount).total_minor,
        )
        for day in islice(recurring.rhythm.days(_first(recurring, today)), count)
    )


def _first(recurring: RecurringInvoice, today: date) -> date | None:
    if recurring.state == "paused":
        return recurring.but(resumed_on=today).planned()
    return recurring.next_on
