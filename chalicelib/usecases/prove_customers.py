"""Prove the accounts of some customers, each as of one version of it."""

from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.domain.account import Account, new_account
from chalicelib.domain.proof import Difference, finding
from chalicelib.domain.prove_account import AccountFile, has_gap, prove_account
from chalicelib.domain.prove_totals import ANY_CURRENCY, added, folded
from chalicelib.domain.shards import shard_of
from chalicelib.usecases.account_file import read_account_file
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.listings import accounts_of
from chalicelib.usecases.parking import keep_to_the_proof, note
from chalicelib.usecases.ports import Conflict, Ports
from chalicelib.usecases.proof_files import Part, counted
from chalicelib.usecases.proof_run import UNREADABLE, chunk_done, chunk_to_do, first_words
from chalicelib.usecases.references import account_ref, customer_ref

ATTEMPTS: Final = 3
"""How often an account is read anew that moves under our hands; then it waits for next time."""


def prove_customers(ports: Ports, context: Context, facts: Mapping[str, str]) -> None:
    """Prove one chunk: park what differs, un-park what no longer does. Repeated: as it is now."""
    run = chunk_to_do(ports, context, facts)
    if run is None:
        return
    names = facts["customers"].split(",")
    parts = [part for name in names for part in _prove_customer(ports, context, run.id, name)]
    whole = Part(
        counts=counted([{"customers": len(names)}, *(part.counts for part in parts)]),
        totals=tuple(added(totals for part in parts for totals in part.totals).values()),
        unproven=tuple(sorted({ledger for part in parts for ledger in part.unproven})),
    )
    chunk_done(ports, context, run, facts, whole)


def _prove_customer(ports: Ports, context: Context, run_id: str, customer_id: str) -> list[Part]:
    try:
        accounts = _accounts(ports, customer_id)
    except UNREADABLE as exc:
        found = Difference(what="unreadable", subject=customer_id, detail=first_words(exc))
        until_committed(ports, lambda: note(ports, [finding(run_id, found)]))
        return [Part(counts={}, unproven=((ANY_CURRENCY, shard_of(customer_id)),))]
    return [_prove(ports, context, run_id, account) for account in accounts]


def _accounts(ports: Ports, customer_id: str) -> list[Account]:
    # The customer knows its currencies: an account that is gone is missed.
    accounts = {one.currency: one for one in ports.store.records(accounts_of(customer_id))}
    customer = ports.store.get(customer_ref(customer_id))
    if customer is not None:
        for currency in set(customer.currencies) - set(accounts):
            accounts[currency] = new_account(customer, currency)
    return [accounts[currency] for currency in sorted(accounts)]


def _prove(ports: Ports, context: Context, run_id: str, first: Account) -> Part:
    ref = account_ref(first.customer_id, first.currency)
    absent = first.but(version=0, open_items=(), entries=0, unapplied_minor=0, rests=())
    for _ in range(ATTEMPTS):
        account = ports.store.get(ref) or absent
        file, differences = _compared(ports, account)
        now = ports.store.get(ref) or absent
        if now.version != account.version:
            continue
        try:
            keep_to_the_proof(ports, context, run_id, account, differences)
        except Conflict:
            continue
        return _part(file, differences)
    return _part(file, (), moved=1)


def _compared(ports: Ports, account: Account) -> tuple[AccountFile, tuple[Difference, ...]]:
    try:
        file = read_account_file(ports, account)
        return file, prove_account(file)
    except UNREADABLE as exc:
        found = Difference(
            what="unreadable",
            subject=account.customer_id,
            detail=first_words(exc),
            customer_id=account.customer_id,
            currency=account.currency,
        )
        return AccountFile(account, (), {}, {}, ()), (found,)


def _part(file: AccountFile, differences: Iterable[Difference], moved: int = 0) -> Part:
    account = file.account
    ledger = (account.currency, shard_of(account.customer_id))
    broken = {"entries", "unreadable"} & {one.what for one in differences}
    return Part(
        counts={
            "accounts": 1,
            "entries": len(file.entries),
            "invoices": len(file.invoices),
            "payments": len(file.payments),
            "moved": moved,
        },
        totals=tuple(folded(file.entries).values()),
        unproven=(ledger,) if broken or has_gap(file.entries) else (),
    )
