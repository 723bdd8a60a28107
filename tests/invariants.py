"""The invariants of the books, checked on everything that is stored (design: how it is tested).

``assert_books_hold`` holds after every commit; ``assert_quiet`` only when nothing is under way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from chalicelib.adapters.dynamodb.items import from_item
from chalicelib.domain.account import Account
from chalicelib.domain.aging import Aging, age, bucket_of
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Record
from chalicelib.domain.credit_note import CreditNote, Document
from chalicelib.domain.customer import UNIDENTIFIED, Customer
from chalicelib.domain.deliverability import MailCounts, counts_between, figures
from chalicelib.domain.import_identity import folded_code
from chalicelib.domain.import_run import ImportedNumber
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ladders import shipped_book
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.ledger import Entry, EntryLine, Totals, add_totals, totals_of
from chalicelib.domain.message import Message, MessageOnInvoice
from chalicelib.domain.numbering import GENESIS, RegisterEntry, Series, link
from chalicelib.domain.payment import IMPORTED, Payment
from chalicelib.domain.policy import DunningBook, passed_offset
from chalicelib.domain.provider import InboxEvent
from chalicelib.domain.recurring import Run
from chalicelib.domain.rest import resting_by_invoice
from chalicelib.domain.work import WorkItem
from tests.approval_invariants import assert_approvals_hold, audit_of_approvals
from tests.fakes import MemoryTable
from tests.history import assert_history_holds
from tests.late_invariants import assert_late_charges_hold
from tests.money_back_invariants import assert_all_went_back, assert_money_back_holds
from tests.money_invariants import assert_money_holds
from tests.run_invariants import assert_runs_hold

R = TypeVar("R", bound=Record)
AccountKey = tuple[str, str]


class Books:
    """Everything stored, by type."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_type: dict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            self._by_type[type(record)].append(record)

    def all(self, record: type[R]) -> list[R]:
        """All records of a type, in the order of their keys."""
        return [one for one in self._by_type[record] if isinstance(one, record)]

    def entries(self) -> dict[AccountKey, list[Entry]]:
        """The ledger of each account, in order."""
        ledgers: dict[AccountKey, list[Entry]] = defaultdict(list)
        for entry in self.all(Entry):
            ledgers[entry.customer_id, entry.currency].append(entry)
        return ledgers


def records_in(table: MemoryTable) -> list[Record]:
    """Everything in a table, as records."""
    return [from_item(item) for item in table.items()]


def assert_books_hold(table: MemoryTable) -> None:
    """Check every invariant that each single commit must keep."""
    books = Books(records_in(table))
    _accounts_are_folds_of_their_ledgers(books)
    _totals_are_folds_of_all_ledgers(books)
    assert_money_holds(books)
    _numbers_have_no_gap(books)
    _audit_is_complete(books)
    _copies_are_true(books)
    _odd_things_are_visible(books)
    _mails_are_counted_once(books)
    assert_late_charges_hold(books.all(LateCharge), books.all(AuditEntry))
    assert_approvals_hold(books)
    assert_runs_hold(books)
    assert_money_back_holds(books)
    assert_history_holds(table.log)


def assert_quiet(table: MemoryTable) -> None:
    """Check that nothing was left half done: to be called when all queues are empty and swept."""
    assert_books_hold(table)
    books = Books(records_in(table))
    waiting = {"queued", "claimed"}
    assert [one.id for one in books.all(Message) if one.state in waiting] == []
    assert [one.event_id for one in books.all(InboxEvent) if one.state == "received"] == []
    assert [one.id for one in books.all(Run) if one.state == "drafted"] == []
    planned = {name for account in books.all(Account) for name in account.planned}
    assert {one.id for one in books.all(Message) if one.state == "planned"} <= planned
    for account in books.all(Account):
        _is_looked_at_again(books, account)
    assert_all_went_back(books)


def _is_looked_at_again(books: Books, account: Account) -> None:
    # What rests waits for somebody to decide; of the other items unapplied money covers the oldest.
    # All the others are chased until their last step is done.
    book = next(iter(books.all(DunningBook)), shipped_book())
    customer = next(one for one in books.all(Customer) if one.id == account.customer_id)
    left = account.unapplied_minor
    amounts = {item.invoice_id: item.open_minor for item in account.open_items}
    endless = [rest for rest in account.rests if rest.ends_after() is None]
    rests = resting_by_invoice(endless, amounts, date.min)
    for item in account.open_items:
        asked = item.open_minor - rests[item.invoice_id]
        is_covered = asked <= left
        left = left - asked if is_covered else 0
        policy = book.of_item(item, customer)
        passed = passed_offset(item, policy)
        last = policy.steps[-1].offset_days
        if not is_covered and last >= 0 and (passed is None or passed < last):
            assert account.next_action_at is not None, account


def _accounts_are_folds_of_their_ledgers(books: Books) -> None:
    ledgers = books.entries()
    accounts = {(one.customer_id, one.currency): one for one in books.all(Account)}
    assert set(ledgers) <= set(accounts)
    for key, account in accounts.items():
        entries = ledgers.get(key, [])
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert account.entries == len(entries)
        open_by_invoice: Counter[str] = Counter()
        unapplied = 0
        for line in _lines(entries):
            open_by_invoice[line.invoice_id or ""] += line.open_delta_minor
            unapplied += line.unapplied_delta_minor
            assert open_by_invoice[line.invoice_id or ""] >= 0
        assert +open_by_invoice == Counter(
            {item.invoice_id: item.open_minor for item in account.open_items}
        )
        assert account.unapplied_minor == unapplied >= 0
        places = [(item.due_date, item.number) for item in account.open_items]
        assert places == sorted(places)
        assert all(0 < item.open_minor <= item.total_minor for item in account.open_items)


def _lines(entries: Iterable[Entry]) -> Iterable[EntryLine]:
    return (line for entry in entries for line in entry.lines)


def _totals_are_folds_of_all_ledgers(books: Books) -> None:
    parts: dict[tuple[str, str, int], list[Totals]] = defaultdict(list)
    for entry in books.all(Entry):
        for totals in totals_of(entry):
            parts[totals.period, totals.currency, totals.shard].append(totals)
    folded = {key: add_totals(totals) for key, totals in parts.items()}
    stored = {(one.period, one.currency, one.shard): one for one in books.all(Totals)}
    assert {key: one for key, one in folded.items() if one.is_felt} == {
        key: one for key, one in stored.items() if one.is_felt
    }


def aging_by_hand(entries: Iterable[Entry], day: date) -> tuple[Aging, ...]:
    """Fold the ledger's lines up to a day, without the totals: what the report must show."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for line in entry.lines:
            if line.effective_on > day:
                continue
            counts = sums[entry.currency]
            counts["unapplied"] += line.unapplied_delta_minor
            if line.due_on is not None:
                counts[bucket_of((day - line.due_on).days)] += line.open_delta_minor
    return tuple(
        Aging(
            currency=currency,
            unapplied_minor=counts["unapplied"],
            total_minor=sum(counts.values()) - counts["unapplied"],
            **{f"{name}_minor": counts[name] for name in counts if name != "unapplied"},
        )
        for currency, counts in sorted(sums.items())
    )


def aging_by_totals(books: Books, day: date) -> tuple[Aging, ...]:
    """The report of a day, from the stored totals."""
    month = day.isoformat()[:7]
    periods = [
        totals
        for totals in books.all(Totals)
        if (totals.period < month if len(totals.period) == len(month) else
            totals.period.startswith(month) and totals.period <= day.isoformat())
    ]  # fmt: skip
    return age(day, periods)


def _numbers_have_no_gap(books: Books) -> None:
    numbered = [one for one in books.all(Invoice) if one.number is not None]
    invoices = [one for one in numbered if not one.is_imported]
    _imported_numbers_are_taken_once(books, [one for one in numbered if one.is_imported], invoices)
    documents: dict[str, Document] = {one.id: one for one in invoices}
    documents |= {one.id: one for one in books.all(CreditNote)}
    registers: dict[str, list[RegisterEntry]] = defaultdict(list)
    for entry in books.all(RegisterEntry):
        registers[entry.series].append(entry)
    for series in books.all(Series):
        register = registers.pop(series.code, [])
        assert [one.sequence for one in register] == list(range(1, series.next_number))
        last_hash, last_date = GENESIS, date.min
        for entry in register:
            document = documents.pop(entry.credit_note_id or entry.invoice_id)
            assert (document.kind == "credit_note") == (series.holds == "credit_notes")
            assert entry.previous_hash == document.previous_hash == last_hash
            assert entry.hash == document.hash == link(document, last_hash)
            assert (entry.number, entry.issue_date) == (document.number, document.issue_date)
            assert (entry.customer_id, entry.total_minor) == (
                document.customer_id,
                document.total_minor,
            )
            assert entry.issue_date >= last_date
            last_hash, last_date = entry.hash, entry.issue_date
        assert series.last_hash == last_hash
    assert registers == {}
    assert documents == {}


def _imported_numbers_are_taken_once(
    books: Books, imported: Iterable[Invoice], own: Iterable[Invoice]
) -> None:
    taken = {one.invoice_id: one for one in books.all(ImportedNumber)}
    assert {one.id for one in imported} == set(taken)
    for one in imported:
        assert (one.series, one.sequence, one.hash) == ("", None, None)
        assert (taken[one.id].number, taken[one.id].total_minor) == (one.number, one.total_minor)
    assert not {folded_code(one.number) for one in own} & {one.key for one in taken.values()}


def _audit_is_complete(books: Books) -> None:
    said = Counter((one.action, one.subject_id) for one in books.all(AuditEntry))
    expected: Counter[tuple[str, str]] = Counter()
    for invoice in books.all(Invoice):
        is_own = not invoice.is_imported
        expected["invoice_imported", invoice.id] = int(invoice.is_imported)
        expected["invoice_drafted", invoice.id] = int(is_own)
        expected["invoice_issued", invoice.id] = int(is_own and invoice.number is not None)
        expected["invoice_voided", invoice.id] = int(invoice.state == "void")
    for one in books.all(AuditEntry):
        if one.action == "invoice_deleted":
            expected["invoice_drafted", one.subject_id] += 1
    expected.update(_audit_of_money(books))
    expected.update(audit_of_approvals(books))
    brought = {one.subject_id for one in books.all(AuditEntry) if one.action == "customer_imported"}
    for customer in books.all(Customer):
        if customer.id != UNIDENTIFIED:
            action = "customer_imported" if customer.id in brought else "customer_created"
            expected[action, customer.id] = 1
    actions = {action for action, _ in expected}
    assert +expected == Counter({key: n for key, n in said.items() if key[0] in actions})


def _audit_of_money(books: Books) -> Counter[tuple[str, str]]:
    expected: Counter[tuple[str, str]] = Counter()
    for payment in books.all(Payment):
        is_imported = payment.method == IMPORTED
        expected["payment_imported", payment.id] = int(is_imported)
        is_received = payment.origin == "money" and not is_imported
        expected["payment_received", payment.id] = int(is_received)
    for note in books.all(CreditNote):
        expected["credit_note_issued", note.invoice_id] += 1
    for entry in books.all(Entry):
        if entry.what == "payment_allocated":
            expected["payment_allocated", entry.payment_id or ""] += 1
        elif entry.what == "payment_unallocated":
            expected["payment_unallocated", entry.payment_id or ""] += 1
        elif entry.what == "payment_assigned" and entry.customer_id != UNIDENTIFIED:
            expected["payment_assigned", entry.payment_id or ""] += 1
    return expected


def _copies_are_true(books: Books) -> None:
    messages = {one.id: one for one in books.all(Message)}
    copies = {(one.invoice_id, one.message.id): one for one in books.all(MessageOnInvoice)}
    for message in messages.values():
        for invoice_id in message.invoice_ids:
            assert copies[invoice_id, message.id].message == message
    assert {message_id for _, message_id in copies} <= set(messages)


def _mails_are_counted_once(books: Books) -> None:
    at_claim = {"sent_at": None, "fates": ()}
    reached = [counts_between(one.but(**at_claim), one) for one in books.all(Message)]
    expected = figures(one for one in reached if one is not None)
    assert figures(books.all(MailCounts)) == expected


def _odd_things_are_visible(books: Books) -> None:
    keys = {one.key for one in books.all(WorkItem)}
    open_keys = {one.key for one in books.all(WorkItem) if one.state == "open"}
    for message in books.all(Message):
        if message.state == "unknown":
            assert f"uncertain-{message.id}" in open_keys
        if message.state == "bounced":
            assert f"bounced-{message.id}" in keys
        if message.state == "complained":
            assert f"complained-{message.id}" in keys
        if message.state == "undelivered":
            assert f"undelivered-{message.id}" in keys
    for payment in books.all(Payment):
        if payment.customer_id == UNIDENTIFIED:
            assert f"odd-{payment.id}" in keys
