"""What most procedures need on the desk before they start: one batch of reads, with defaults."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from chalicelib.domain.account import Account, new_account
from chalicelib.domain.base import Record
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.customer import Customer
from chalicelib.domain.dunning import Policy, default_policy
from chalicelib.domain.errors import NotFound
from chalicelib.usecases.ports import Ports, Ref, Replace, Write
from chalicelib.usecases.references import COMPANY, account_ref, customer_ref, policy_ref

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Desk:
    """A customer's account with what is needed to decide about it, as read in one request."""

    customer: Customer
    account: Account
    company: Company
    policy: Policy
    also: dict[Ref[Any], Record]

    def found(self, ref: Ref[R]) -> R | None:
        """Return one of the other records that were asked for."""
        return cast("R | None", self.also.get(ref))


def open_desk(ports: Ports, customer_id: str, currency: str, also: Iterable[Ref[Any]] = ()) -> Desk:
    """Read the account, its customer, the company and the policy. NotFound without customer."""
    who, where, how = customer_ref(customer_id), account_ref(customer_id, currency), policy_ref()
    found = ports.store.get_many([who, where, COMPANY, how, *also])
    customer = cast("Customer | None", found.get(who))
    if customer is None:
        raise NotFound("customer", customer_id)
    account = cast("Account | None", found.get(where))
    return Desk(
        customer=customer,
        account=account or new_account(customer, currency),
        company=cast("Company | None", found.get(COMPANY)) or unnamed_company(),
        policy=cast("Policy | None", found.get(how)) or default_policy(),
        also=found,
    )


def company_of(ports: Ports) -> Company:
    """Return the company's settings, or those of a company that has entered none."""
    return ports.store.get(COMPANY) or unnamed_company()


def save_account(desk: Desk, account: Account) -> list[Write]:
    """Return the writes of an account; the first in a currency also notes it on the customer."""
    writes: list[Write] = [Replace(account.next())]
    if account.currency not in desk.customer.currencies:
        currencies = tuple(sorted({*desk.customer.currencies, account.currency}))
        writes.append(Replace(desk.customer.next(currencies=currencies)))
    return writes
