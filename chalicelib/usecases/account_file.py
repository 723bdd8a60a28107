"""Read one account with its whole ledger and every document that it should agree with."""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.domain.account import Account
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.prove_account import AccountFile
from chalicelib.domain.prove_rests import Agreement
from chalicelib.usecases.agreement_listings import disputes, handovers, holds, plans, promises
from chalicelib.usecases.book_listings import entries_of
from chalicelib.usecases.follow_rests import dispute_ref, rest_ref
from chalicelib.usecases.listings import credit_notes, invoices, payments
from chalicelib.usecases.ports import Ports, Ref
from chalicelib.usecases.read_all import all_rows, find_all
from chalicelib.usecases.references import invoice_ref, payment_ref


def read_account_file(ports: Ports, account: Account) -> AccountFile:
    """Return everything that an account should agree with, as it is now (strongly consistent).

    Indexes only help to find it: they may lag behind, so whatever the ledger and the account name
    is looked at as well.
    """
    entries = ports.store.records(entries_of(account.customer_id, account.currency))
    owned = _payments(ports, account, entries)
    return AccountFile(
        account=account,
        entries=entries,
        invoices=_invoices(ports, account, entries),
        payments=owned,
        agreements=_agreements(ports, account),
        notes=_notes(ports, account, owned),
    )


def _invoices(
    ports: Ports, account: Account, entries: Iterable[Entry]
) -> dict[str, Invoice | None]:
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
    refs |= {Ref(Hold, (row["id"],)) for row in all_rows(ports, holds("open", of))}
    refs |= {Ref(Handover, (row["id"],)) for row in all_rows(ports, handovers("open", of))}
    found = find_all(ports, refs).values()
    return tuple(
        one for one in found if isinstance(one, Agreement) and one.currency == account.currency
    )


def _notes(
    ports: Ports, account: Account, owned: Mapping[str, Payment | None]
) -> tuple[CreditNote, ...]:
    listing = credit_notes(account.customer_id)
    refs = {Ref(CreditNote, (row["invoice_id"], row["id"])) for row in all_rows(ports, listing)}
    refs |= {
        Ref(CreditNote, (one.credited_invoice_id, one.credit_note_id))
        for one in owned.values()
        if one and one.credited_invoice_id and one.credit_note_id
    }
    found = find_all(ports, refs).values()
    return tuple(
        one for one in found if isinstance(one, CreditNote) and one.currency == account.currency
    )
