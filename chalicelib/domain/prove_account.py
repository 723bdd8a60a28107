"""Prove one account against its ledger and its documents: every difference, one a record.

A record that does not agree with itself is reported once and left out of what builds on it, so
that one cause is one finding.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from chalicelib.domain.account import Account
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.payment import Payment
from chalicelib.domain.proof import Difference, Proven, told
from chalicelib.domain.prove_documents import (
    Settled,
    allocated_by,
    credited_by,
    invoice_differs,
    item_differs,
    payment_differs,
    settled_on,
)
from chalicelib.domain.prove_rests import Agreement, rest_differences


@dataclass(frozen=True)
class AccountFile:
    """An account with everything that it should agree with, as of one version of it.

    ``invoices`` and ``payments`` are those that the ledger names or that belong to the account; one
    that is named and does not exist is None.
    """

    account: Account
    entries: Sequence[Entry]
    invoices: Mapping[str, Invoice | None]
    payments: Mapping[str, Payment | None]
    agreements: Sequence[Agreement]
    notes: Sequence[CreditNote] = ()


def has_gap(entries: Sequence[Entry]) -> bool:
    """Tell whether the ledger is not 1, 2, 3 …: then nothing that is folded from it is proven."""
    return [entry.sequence for entry in entries] != list(range(1, len(entries) + 1))


def prove_account(file: AccountFile) -> tuple[Difference, ...]:
    """Return every difference; of a ledger with a gap only that."""
    account, entries = file.account, file.entries
    if has_gap(entries) or account.entries != len(entries):
        last = entries[-1].sequence if entries else 0
        detail = f"entries {account.entries} ≠ {len(entries)}; last {last}"
        return (_difference(account, "entries", account.customer_id, detail),)
    folded = Counter[str]()
    for line in chain.from_iterable(entry.lines for entry in entries):
        folded[line.invoice_id or ""] += line.open_delta_minor
    unapplied = sum(entry.unapplied_delta_minor for entry in entries)
    found = [
        *_journal(entries),
        *_open_items(file, folded),
        ("unapplied", account.customer_id, _unapplied(account, unapplied)),
        *_documents(file, folded, unapplied),
        *rest_differences(account, file.agreements),
    ]
    return tuple(
        _difference(account, what, subject, detail) for what, subject, detail in found if detail
    )


def _difference(account: Account, what: Proven, subject: str, detail: str) -> Difference:
    return Difference(
        what=what,
        subject=subject,
        detail=detail,
        customer_id=account.customer_id,
        currency=account.currency,
    )


Found = tuple[Proven, str, str]


def _journal(entries: Iterable[Entry]) -> Iterable[Found]:
    for entry in entries:
        if not entry.legs:
            continue  # from before the journal: the export balances it against the transfer account
        sums = Counter[str]()
        for leg in entry.legs:
            sums[leg.account] += leg.amount_minor
        detail = told(
            [
                ("balance", sums.total(), 0),
                ("receivable", sums["receivable"], entry.open_delta_minor),
                ("customer_credit", sums["customer_credit"], -entry.unapplied_delta_minor),
            ]
        )
        yield "journal", f"{entry.customer_id}#{entry.currency}#{entry.sequence}", detail


def _open_items(file: AccountFile, folded: Mapping[str, int]) -> Iterable[Found]:
    items = {item.invoice_id: item for item in file.account.open_items}
    for invoice_id in {*items, *(name for name, amount in folded.items() if amount)}:
        item, invoice = items.get(invoice_id), file.invoices.get(invoice_id)
        stored = item.open_minor if item else 0
        detail = told([("open_minor", stored, folded.get(invoice_id, 0))])
        if not detail and item is not None and invoice is not None:
            detail = item_differs(item, invoice)
        yield "open_item", invoice_id, detail


def _unapplied(account: Account, folded: int) -> str:
    return told([("unapplied_minor", account.unapplied_minor, folded)])


def _documents(file: AccountFile, folded: Mapping[str, int], unapplied: int) -> Iterable[Found]:
    credited = credited_by(file.notes)
    wrong_invoices = {
        name: detail
        for name, one in file.invoices.items()
        if (detail := invoice_differs(one, folded.get(name, 0), credited.get(name, {})))
    }
    given = {note.payment_id: note for note in file.notes}
    wrong_payments = {
        name: detail
        for name, one in file.payments.items()
        if (detail := payment_differs(one, given.get(name)))
    }
    yield from (("invoice", name, detail) for name, detail in wrong_invoices.items())
    yield from (("payment", name, detail) for name, detail in wrong_payments.items())
    if not wrong_payments:
        owned = sum(one.unapplied_minor for one in file.payments.values() if one)
        yield "payment", file.account.customer_id, told([("unapplied_minor", owned, unapplied)])
    yield from _settlements(file, {*wrong_invoices, *wrong_payments})


def _settlements(file: AccountFile, wrong: set[str]) -> Iterable[Found]:
    stored, proven = Settled(), Settled()
    for invoice in file.invoices.values():
        stored.update(settled_on(invoice) if invoice else {})
    for payment in file.payments.values():
        proven.update(allocated_by(payment) if payment else {})
    details: dict[str, list[str]] = {}
    for key in sorted({*stored, *proven}):
        invoice_id, payment_id, kind = key
        if stored[key] != proven[key] and not wrong & {invoice_id, payment_id}:
            pair = told([(f"{payment_id} {kind}", stored[key], proven[key])])
            details.setdefault(invoice_id, []).append(pair)
    yield from (("settlement", name, "; ".join(pairs)) for name, pairs in details.items())
