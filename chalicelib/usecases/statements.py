"""Read the statement of account of a customer in one currency, for any period."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.customer import UNIDENTIFIED, Language
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.period import previous_month
from chalicelib.domain.statement import Statement, statement_of, unnamed
from chalicelib.usecases.book_listings import entries_of
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.statement_letter import StatementLetter

MAX_MOVEMENTS: Final = 10_000
"""Some seconds of drawing; who moves more than that a year asks for shorter periods."""
_EARLIEST: Final = date(1990, 1, 1)


@dataclass(frozen=True)
class StatementFile:
    """A statement with what was on the desk when it was made."""

    desk: Desk
    statement: Statement

    def letter(self, name: str | None = None, language: Language | None = None) -> StatementLetter:
        """Return it as it goes to a reader: to the customer itself by default."""
        customer = self.desk.customer
        return StatementLetter(
            statement=self.statement,
            customer=customer,
            name=name or customer.name,
            language=language or customer.language,
        )


def read_statement(
    ports: Ports,
    context: Context,
    customer_id: str,
    currency: str,
    first: date | None = None,
    last: date | None = None,
) -> StatementFile:
    """Return the statement of a period: by default the month before today at the customer's place.

    One end alone: from that day until today, or the month up to that day. InvalidField for a period
    that ends before it begins or after today, or with more than MAX_MOVEMENTS; NotFound.
    """
    if customer_id == UNIDENTIFIED:
        raise NotFound("customer", customer_id)
    desk = open_desk(ports, customer_id, currency)
    today = local_date(context.at, desk.customer.time_zone)
    period = _period(first, last, today)
    file = StatementFile(desk, made_of(ports, context, desk, *period))
    if len(file.statement.movements) > MAX_MOVEMENTS:
        raise InvalidField(
            "/from",
            f"More than {MAX_MOVEMENTS} movements; ask for a shorter period.",
            field_code="too_many_movements",
        )
    return file


def _period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    if first is None and last is None:
        begin = previous_month(today)
        return begin, today.replace(day=1) - timedelta(days=1)
    end = last or today
    begin = first or end.replace(day=1)
    if end > today:
        raise InvalidField("/to", f"The last day is {today}.", field_code="date_out_of_range")
    if begin < _EARLIEST:
        raise InvalidField("/from", f"The first is {_EARLIEST}.", field_code="date_out_of_range")
    if begin > end:
        raise InvalidField(
            "/to", "The period ends before it begins.", field_code="period_ends_before_it_begins"
        )
    return begin, end


def made_of(ports: Ports, context: Context, desk: Desk, first: date, last: date) -> Statement:
    """Return the statement of the account that is on the desk, exactly as it stands there."""
    account = desk.account
    found = ports.store.records(entries_of(account.customer_id, account.currency))
    # What was posted since the account was read is for the next statement.
    entries = [entry for entry in found if entry.sequence <= account.entries]
    return statement_of(
        account,
        entries,
        first=first,
        last=last,
        today=local_date(context.at, desk.customer.time_zone),
        at=context.at,
        numbers=_numbers(ports, entries),
    )


def _numbers(ports: Ports, entries: list[Entry]) -> dict[str, str]:
    names = sorted(unnamed(entries))
    found = find_all(ports, (invoice_ref(name) for name in names)).values()
    return {one.id: one.number for one in found if isinstance(one, Invoice) and one.number}
