"""Read customers with what they owe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from chalicelib.domain.account import Account, new_account
from chalicelib.domain.credit import Exposure, exposure_of
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.errors import NotFound
from chalicelib.domain.message import Suppression
from chalicelib.domain.search_text import normal
from chalicelib.usecases.listings import customers, customers_by_word, invoices, payments
from chalicelib.usecases.ports import Ports, Ref, Rows
from chalicelib.usecases.references import account_ref, customer_ref, suppression_ref

MOST_PENDING: Final = 1_000  # invoices of one customer that wait for approval; beyond is absurd
MOST_HITS: Final = 1_000  # names that share a word; one Query of some 100 KB


@dataclass(frozen=True)
class CustomerFile:
    """A customer with its accounts, and why its address must not be written to."""

    customer: Customer
    accounts: tuple[Account, ...]
    suppression: Suppression | None = None


def read_customer(ports: Ports, customer_id: str) -> CustomerFile:
    """Return a customer with its balances. NotFound."""
    customer = ports.store.get(customer_ref(customer_id))
    if customer is None:
        raise NotFound("customer", customer_id)
    refs: list[Ref[Any]] = [account_ref(customer.id, one) for one in customer.currencies]
    if customer.email:
        refs.append(suppression_ref(customer.email))
    found = ports.store.get_many(refs).values()
    return CustomerFile(
        customer=customer,
        accounts=_sorted(one for one in found if isinstance(one, Account)),
        suppression=next((one for one in found if isinstance(one, Suppression)), None),
    )


def _sorted(accounts: Iterable[Account]) -> tuple[Account, ...]:
    return tuple(sorted(accounts, key=lambda one: one.currency))


@dataclass(frozen=True)
class Credit:
    """How much a customer may owe and does, in its own currency.

    ``pending_minor`` are the invoices that wait for approval: not owed yet, and no part of the
    exposure.
    """

    exposure: Exposure
    pending_minor: int


def read_credit(ports: Ports, file: CustomerFile) -> Credit:
    """Return a customer's credit: one query for what waits for approval."""
    customer = file.customer
    own = (one for one in file.accounts if one.currency == customer.currency)
    account = next(own, None) or new_account(customer, customer.currency)
    pending = invoices(
        list_name="pending_approval",
        customer_id=customer.id,
        due_after=None,
        due_before=None,
        where=(("currency", customer.currency),),
    )
    rows = ports.store.rows(pending, limit=MOST_PENDING).items
    return Credit(exposure_of(customer, account), sum(row["total_minor"] for row in rows))


def list_customers(
    ports: Ports, *, search: str | None, limit: int, cursor: str | None
) -> tuple[Rows[Customer], dict[str, tuple[Account, ...]]]:
    """Return a page of customers by name, or those found by words of it, with their accounts."""
    if search and normal(search):
        page = _found(ports, normal(search).split(), limit=limit, cursor=cursor)
    else:
        page = ports.store.rows(customers(), limit=limit, cursor=cursor)
    rows = tuple(row for row in page.items if row["id"] != UNIDENTIFIED)
    return Rows(items=rows, cursor=page.cursor), _accounts(ports, rows)


def _accounts(ports: Ports, rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Account, ...]]:
    refs = [account_ref(row["id"], one) for row in rows for one in row["currencies"]]
    accounts: dict[str, list[Account]] = {}
    for record in ports.store.get_many(refs).values():
        if isinstance(record, Account):
            accounts.setdefault(record.customer_id, []).append(record)
    return {customer_id: _sorted(some) for customer_id, some in accounts.items()}


def _found(ports: Ports, words: list[str], *, limit: int, cursor: str | None) -> Rows[Customer]:
    # The longest word narrows most; the others are compared with the whole name. So more of its
    # hits are read than are shown: all customers called "Bodega", to find one of them.
    longest = max(words, key=len)
    read = limit if len(words) == 1 else MOST_HITS
    hits = search_names(ports, longest, limit=read, cursor=cursor)
    wanted = [
        hit["customer_id"]
        for hit in hits.items
        if all(_begins(word, hit["name"]) for word in words)
    ]
    shown = list(dict.fromkeys(wanted))[:limit]
    found = ports.store.get_many([customer_ref(one) for one in shown])
    rows = [cast("Customer", record).model_dump(mode="json") for record in found.values()]
    return Rows(items=tuple(sorted(rows, key=lambda row: normal(row["name"]))), cursor=hits.cursor)


def search_names(ports: Ports, word: str, *, limit: int, cursor: str | None = None) -> Rows[Any]:
    """Return name words that begin so, with the customers they belong to."""
    return ports.store.rows(customers_by_word(word), limit=limit, cursor=cursor)


def _begins(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in normal(name).split())


@dataclass(frozen=True)
class AccountFile:
    """An account with the payments that still hold unapplied money, as rows."""

    account: Account
    unapplied: tuple[Mapping[str, Any], ...]


def read_account(ports: Ports, customer_id: str, currency: str) -> AccountFile:
    """Return one account. NotFound for an unknown customer; an account without facts is empty."""
    found = ports.store.get_many([customer_ref(customer_id), account_ref(customer_id, currency)])
    customer = found.get(customer_ref(customer_id))
    if not isinstance(customer, Customer):
        raise NotFound("customer", customer_id)
    account = found.get(account_ref(customer_id, currency))
    if not isinstance(account, Account):
        return AccountFile(new_account(customer, currency), ())
    return AccountFile(account, _unapplied(ports, account))


def _unapplied(ports: Ports, account: Account) -> tuple[Mapping[str, Any], ...]:
    if account.unapplied_minor == 0:
        return ()
    where = (("unapplied_minor >", 0), ("currency", account.currency))
    listing = payments(customer_id=account.customer_id, where=where)
    return ports.store.rows(listing, limit=100).items
