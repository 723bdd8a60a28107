"""Prove the accounts of some customers, each as of one version of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry, shard_of
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.proof import Difference
from chalicelib.domain.prove_account import AccountFile, Agreement, has_gap, prove_account
from chalicelib.domain.prove_totals import added, folded
from chalicelib.usecases.context import Context
from chalicelib.usecases.follow_rests import dispute_ref, rest_ref
from chalicelib.usecases.listings import (
    accounts_of,
    disputes,
    entries_of,
    invoices,
    payments,
    plans,
    promises,
)
from chalicelib.usecases.parking import keep_to_the_proof
from chalicelib.usecases.ports import Conflict, Ports, Ref
from chalicelib.usecases.proof_files import Part, counted
from chalicelib.usecases.proof_run import chunk_done, chunk_to_do
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.references import account_ref, invoice_ref, payment_ref

ATTEMPTS: Final = 3
"""How often an account is read anew that moves under our hands; then it waits for next time."""


def prove_customers(ports: Ports, context: Context, facts: Mapping[str, str]) -> None:
    """Prove one chunk: park what differs, un-park what no longer does. Repeated: as it is now."""
    run = chunk_to_do(ports, context, facts)
    if run is None:
        return
    names = facts["customers"].split(",")
    parts = [
        _prove(ports, context, run.id, account)
        for customer_id in names
        for account in ports.store.records(accounts_of(customer_id))
    ]
    whole = Part(
        counts=counted([{"customers": len(names)}, *(part.counts for part in parts)]),
        totals=tuple(added(totals for part in parts for totals in part.totals).values()),
        unproven=tuple(sorted({ledger for part in parts for ledger in part.unproven})),
    )
    chunk_done(ports, context, run, facts, whole)


def _prove(ports: Ports, context: Context, run_id: str, account: Account) -> Part:
    ref = account_ref(account.customer_id, account.currency)
    for _ in range(ATTEMPTS):
        account = known(ports.store.get(ref))
        file = _read(ports, account)
        if known(ports.store.get(ref)).version != account.version:
            continue
        differences = prove_account(file)
        try:
            keep_to_the_proof(ports, context, run_id, account, differences)
        except Conflict:
            continue
        return _part(file, differences)
    return _part(file, (), moved=1)


def _part(file: AccountFile, differences: Iterable[Difference], moved: int = 0) -> Part:
    account = file.account
    ledger = (account.currency, shard_of(account.customer_id))
    is_broken = has_gap(file.entries) or any(one.what == "entries" for one in differences)
    return Part(
        counts={
            "accounts": 1,
            "entries": len(file.entries),
            "invoices": len(file.invoices),
            "payments": len(file.payments),
            "moved": moved,
        },
        totals=tuple(folded(file.entries).values()),
        unproven=(ledger,) if is_broken else (),
    )


def _read(ports: Ports, account: Account) -> AccountFile:
    entries = ports.store.records(entries_of(account.customer_id, account.currency))
    return AccountFile(
        account=account,
        entries=entries,
        invoices=_invoices(ports, account, entries),
        payments=_payments(ports, account, entries),
        agreements=_agreements(ports, account),
    )


def _invoices(
    ports: Ports, account: Account, entries: Iterable[Entry]
) -> dict[str, Invoice | None]:
    # The index may lag behind: whatever the ledger and the account name is looked at as well.
    listing = invoices(
        list_name=None, customer_id=account.customer_id, due_after=None, due_before=None
    )
    named = {line.invoice_id for entry in entries for line in entry.lines if line.invoice_id}
    named |= {item.invoice_id for item in account.open_items}
    listed = {row["id"] for row in all_rows(ports, listing)}
    found = find_all(ports, (invoice_ref(name) for name in sorted(named | listed)))
    own = {
        one.id: one
        for one in found.values()
        if isinstance(one, Invoice) and one.currency == account.currency
    }
    return dict.fromkeys(sorted(named)) | own


def _payments(
    ports: Ports, account: Account, entries: Iterable[Entry]
) -> dict[str, Payment | None]:
    # A payment that was assigned has left the account of the unidentified, and its entries stay.
    named = {entry.payment_id for entry in entries if entry.payment_id}
    listing = payments(customer_id=account.customer_id, where=())
    listed = {row["id"] for row in all_rows(ports, listing)}
    found = find_all(ports, (payment_ref(name) for name in sorted(named | listed)))
    read = {one.id: one for one in found.values() if isinstance(one, Payment)}
    own = {
        name: one
        for name, one in read.items()
        if (one.customer_id, one.currency) == (account.customer_id, account.currency)
    }
    return dict.fromkeys(sorted(named - set(read))) | own


def _agreements(ports: Ports, account: Account) -> tuple[Agreement, ...]:
    of = account.customer_id
    refs: set[Ref[Any]] = {ref for rest in account.rests if (ref := rest_ref(rest)) is not None}
    refs |= {dispute_ref(row["id"]) for row in all_rows(ports, disputes("open", of))}
    refs |= {Ref(Promise, (row["id"],)) for row in all_rows(ports, promises("open", of))}
    refs |= {Ref(Plan, (row["id"],)) for row in all_rows(ports, plans("open", of))}
    found = find_all(ports, refs).values()
    return tuple(
        one for one in found if isinstance(one, Agreement) and one.currency == account.currency
    )
