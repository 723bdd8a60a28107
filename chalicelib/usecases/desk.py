"""What most procedures need on the desk before they start: one batch of reads, with defaults."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from chalicelib.domain.account import Account, new_account
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import never_off
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.customer import Customer
from chalicelib.domain.dunning import Rules
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ladders import shipped_book
from chalicelib.domain.policy import DunningBook
from chalicelib.domain.working_hours import calendar_of
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.ports import Ports, Ref, Replace, Write
from chalicelib.usecases.references import account_ref, customer_ref

R = TypeVar("R", bound=Record)
DUNNING: Ref[DunningBook] = Ref(DunningBook, ())


@dataclass(frozen=True)
class Desk:
    """A customer's account with what is needed to decide about it, as read in one request.

    Until ``with_holidays`` the calendar knows weekdays only (see WorkCalendar).
    """

    customer: Customer
    account: Account
    company: Company
    book: DunningBook
    also: dict[Ref[Any], Record]
    is_off: Callable[[date], bool] = never_off

    @cached_property
    def rules(self) -> Rules:
        """By which rules the account is chased."""
        return Rules(
            ladder_of=lambda item: self.book.of_item(item, self.customer),
            calendar=calendar_of(self.customer, self.company, self.is_off),
        )

    def found(self, ref: Ref[R]) -> R | None:
        """Return one of the other records that were asked for."""
        return cast("R | None", self.also.get(ref))


def open_desk(ports: Ports, customer_id: str, currency: str, also: Iterable[Ref[Any]] = ()) -> Desk:
    """Read the account, its customer, the company and the policy. NotFound without customer."""
    who, where = customer_ref(customer_id), account_ref(customer_id, currency)
    found = ports.store.get_many([who, where, COMPANY, DUNNING, *also])
    customer = cast("Customer | None", found.get(who))
    if customer is None:
        raise NotFound("customer", customer_id)
    account = cast("Account | None", found.get(where))
    return Desk(
        customer=customer,
        account=account or new_account(customer, currency),
        company=cast("Company | None", found.get(COMPANY)) or unnamed_company(),
        book=cast("DunningBook | None", found.get(DUNNING)) or shipped_book(),
        also=found,
    )


def with_holidays(ports: Ports, desk: Desk) -> Desk:
    """Return the desk with a calendar that knows the holidays of the customer's region."""
    country, region = desk.customer.country, desk.customer.region
    closed = frozenset(desk.company.days_off)

    def is_off(day: date) -> bool:
        return day in closed or day in ports.holidays.days(country, region, day.year)

    return replace(desk, is_off=is_off)


def book_of(ports: Ports) -> DunningBook:
    """Return all ladders; those that ship for a company that has changed none."""
    return ports.store.get(DUNNING) or shipped_book()


def save_account(desk: Desk, account: Account) -> list[Write]:
    """Return the writes of an account; the first in a currency also notes it on the customer."""
    writes: list[Write] = [Replace(account.next())]
    if account.currency not in desk.customer.currencies:
        currencies = tuple(sorted({*desk.customer.currencies, account.currency}))
        writes.append(Replace(desk.customer.next(currencies=currencies)))
    return writes
