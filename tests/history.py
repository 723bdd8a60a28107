"""What must hold between the commits: nothing issued changes, no claim after the money is known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from chalicelib.adapters.dynamodb.items import from_item
from chalicelib.adapters.dynamodb.table import Action, Check, Delete, Put
from chalicelib.domain.account import Account
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Record
from chalicelib.domain.company import Company
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.ledger import Entry
from chalicelib.domain.message import MAX_LISTED, Message, Suppression, fold_address
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import PaymentKey
from chalicelib.domain.rest import resting_by_invoice
from tests.approval_invariants import ApprovalHistory

_WRITTEN_ONCE: Final = {each.kind for each in (Entry, RegisterEntry, PaymentKey)}
_FROZEN: Final = (
    "id", "number", "series", "sequence", "customer_id", "customer", "seller", "currency", "lines",
    "taxes", "net_minor", "tax_minor", "total_minor", "issue_date", "due_date", "issued_at", "hash",
    "previous_hash", "language", "purchase_order", "notes", "created_at",
)  # fmt: skip
_RECEIVED: Final = (
    "id", "amount_minor", "currency", "received_on", "method", "provider", "provider_payment_id",
)  # fmt: skip


@dataclass
class _Past:
    """What was known before a commit."""

    written: set[tuple[str, str]] = field(default_factory=set)
    said: dict[str, AuditEntry] = field(default_factory=dict)
    issued: dict[str, Invoice] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    open_minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unapplied: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    owes: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    suppressed: set[str] = field(default_factory=set)
    is_frozen: bool = False
    claims: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    released: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    states: dict[str, str] = field(default_factory=dict)
    reminded: dict[tuple[str, str, str], tuple[str, datetime | None]] = field(default_factory=dict)
    approvals: ApprovalHistory = field(default_factory=ApprovalHistory)

    def exposure_of(self, account: tuple[str, str]) -> int:
        """What is open less what is unapplied."""
        open_minor = sum(self.open_minor[invoice_id] for invoice_id in self.owes[account])
        return open_minor - self.unapplied[account]


def assert_history_holds(log: Sequence[tuple[Action, ...]]) -> None:
    """Replay the commits of a table and check what each one did."""
    past = _Past()
    for actions in log:
        puts = [action for action in actions if isinstance(action, Put)]
        _only_what_may_go_is_deleted(past, actions)
        records = [from_item(put.item) for put in puts]
        for put, record in zip(puts, records, strict=True):
            _nothing_is_rewritten(past, put, record)
        for record in _of(records, Entry):
            _fold(past, record)
        past.approvals.check(records, past.exposure_of)
        for record in _of(records, Message):
            _claims_are_justified(past, record, actions)
        _remember(past, records)


def _of(records: Iterable[Record], record: type[Any]) -> list[Any]:
    return [one for one in records if isinstance(one, record)]


def _only_what_may_go_is_deleted(past: _Past, actions: Iterable[Action]) -> None:
    for action in actions:
        if isinstance(action, Delete):
            kind, _, name = action.key[0].partition("#")
            assert kind in ("INV", "WORD", "SESSION", "SUP"), action
            assert name not in past.issued, "an issued invoice was deleted"
            past.suppressed.discard(name)


def _nothing_is_rewritten(past: _Past, put: Put, record: Record) -> None:
    key = (put.item["PK"], put.item["SK"])
    if record.kind in _WRITTEN_ONCE:
        assert key not in past.written, f"{key} was written before"
        past.written.add(key)
    if isinstance(record, AuditEntry):
        said = past.said.setdefault(record.id, record)
        waits = {"tell_after": said.tell_after, "announce_after": said.announce_after}
        assert record.but(version=1, **waits) == said
        assert record.version == 1 or set(waits.values()) != {None}, "nobody had to be told"
    if isinstance(record, Invoice) and record.number is not None:
        before = past.issued.setdefault(record.id, record)
        _same(before, record, _FROZEN)
        assert record.settlements[: len(before.settlements)] == before.settlements
        past.issued[record.id] = record
    if isinstance(record, Payment):
        received = past.payments.setdefault(record.id, record)
        _same(received, record, _RECEIVED)
        assert record.allocations[: len(received.allocations)] == received.allocations
        past.payments[record.id] = record


def _same(before: Record, after: Record, fields: Iterable[str]) -> None:
    for name in fields:
        assert getattr(before, name) == getattr(after, name), name


def _fold(past: _Past, entry: Entry) -> None:
    account = (entry.customer_id, entry.currency)
    for line in entry.lines:
        past.unapplied[account] += line.unapplied_delta_minor
        if line.invoice_id is not None:
            past.open_minor[line.invoice_id] += line.open_delta_minor
            past.owes[account].add(line.invoice_id)


def _claims_are_justified(past: _Past, message: Message, actions: Sequence[Action]) -> None:
    before = past.states.get(message.id)
    past.states[message.id] = message.state
    if message.state in ("planned", "queued"):
        past.released[message.id] += 1
    if message.state != "claimed" or before == "claimed":
        return
    # A key is claimed again only after it was surely not sent, or by a person's decision.
    assert before in (None, "planned", "queued"), f"{message.id} was claimed when {before}"
    past.claims[message.id] += 1
    assert past.claims[message.id] <= past.released[message.id] + 1
    assert not past.is_frozen, "claimed while sending was frozen"
    assert fold_address(message.to) not in past.suppressed, "claimed for a suppressed address"
    assert any(isinstance(action, Check) for action in actions)
    if message.purpose == "reminder":
        _asks_for_what_is_owed(past, message)
        _keeps_its_distance(past, message)


def _asks_for_what_is_owed(past: _Past, message: Message) -> None:
    account = (message.customer_id, message.currency)
    for invoice_id in message.invoice_ids:
        assert past.open_minor[invoice_id] > 0, f"{message.id} asks for a paid invoice"
    owed = sum(past.open_minor[invoice_id] for invoice_id in message.invoice_ids)
    of_account = past.accounts[account]
    resting = resting_by_invoice(
        [rest for rest in of_account.rests if rest.kind in ("dispute", "chargeback", "legal")],
        {item.invoice_id: item.open_minor for item in of_account.open_items},
        date.min,
    )
    contested = sum(resting.get(invoice_id, 0) for invoice_id in message.invoice_ids)
    if len(message.invoice_ids) < MAX_LISTED:
        assert message.amount_minor <= owed - contested, f"{message.id} asks for what is contested"
        if not of_account.rests and not of_account.pending:
            assert message.amount_minor == owed
    owed = sum(past.open_minor[invoice_id] for invoice_id in past.owes[account])
    assert owed > past.unapplied[account], f"{message.id} asks for what unapplied money covers"


def _keeps_its_distance(past: _Past, message: Message) -> None:
    # Nobody gets two reminders on one day, unless a person asked for the second, or for it again.
    place = (message.customer_id, message.currency, message.contact_id)
    last_id, last_at = past.reminded.get(place, (message.id, None))
    past.reminded[place] = (message.id, message.claimed_at)
    account = past.accounts[message.customer_id, message.currency]
    is_asked = account.send_now is not None or past.claims[message.id] > 1
    if last_id != message.id and last_at is not None and message.claimed_at and not is_asked:
        assert abs(message.claimed_at - last_at) >= timedelta(hours=12), message.id


def _remember(past: _Past, records: Iterable[Record]) -> None:
    for record in records:
        if isinstance(record, Company):
            past.is_frozen = record.sending_frozen
        elif isinstance(record, Account):
            past.accounts[record.customer_id, record.currency] = record
        elif isinstance(record, Suppression):
            past.suppressed.add(record.address)
