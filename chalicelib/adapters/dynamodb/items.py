"""Items of the table and the records they hold.

An item is {PK, SK, index keys, kind, version, row, body}: ``row`` has what lists show (the indexes
carry it), ``body`` the rest, so that every fact stands once.
"""

from typing import Any

from chalicelib.adapters.dynamodb.keys import HOMES, index_keys, key_of
from chalicelib.domain.access import ApiKey
from chalicelib.domain.account import Account
from chalicelib.domain.approval import Approval
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer, NameWord
from chalicelib.domain.deliverability import COUNTERS as MAIL_COUNTERS
from chalicelib.domain.deliverability import MailCounts
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import InvariantBroken
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.ledger import Entry, Totals
from chalicelib.domain.legal_file import LegalFile
from chalicelib.domain.mail_template import MailTemplateVersion
from chalicelib.domain.message import Message
from chalicelib.domain.numbering import RegisterEntry
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.proof import ProofRun
from chalicelib.domain.provider import InboxEvent
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.domain.statement_run import StatementChunk
from chalicelib.domain.work import WorkItem

Item = dict[str, Any]

_ROWS: dict[type[Record], frozenset[str]] = {
    Invoice: frozenset(
        [
            "id",
            "number",
            "series",
            "state",
            "customer_id",
            "currency",
            "net_minor",
            "tax_minor",
            "total_minor",
            "open_minor",
            "issue_date",
            "due_date",
            "mail_state",
            "scheduled_on",
        ]
    ),
    Customer: frozenset(
        [
            "id",
            "name",
            "country",
            "email",
            "language",
            "currency",
            "terms_days",
            "segment",
            "currencies",
            "statements",
        ]
    ),
    NameWord: frozenset(["customer_id", "name", "word"]),
    RegisterEntry: frozenset(
        [
            "invoice_id",
            "credit_note_id",
            "number",
            "customer_name",
            "total_minor",
            "currency",
            "issue_date",
        ]
    ),
    Account: frozenset(["customer_id", "customer_name", "currency", "unapplied_minor"]),
    Payment: frozenset(
        [
            "id",
            "customer_id",
            "customer_name",
            "amount_minor",
            "unapplied_minor",
            "currency",
            "received_on",
            "method",
            "reference",
            "provider",
            "origin",
            "credit_note_id",
        ]
    ),
    Message: frozenset(
        [
            "id",
            "purpose",
            "channel",
            "state",
            "to",
            "subject",
            "step",
            "currency",
            "customer_id",
            "customer_name",
            "amount_minor",
            "reason",
            "created_at",
            "sent_at",
            "not_before",
            "invoice_ids",
        ]
    ),
    WorkItem: frozenset(
        [
            "key",
            "what",
            "state",
            "priority",
            "detail",
            "customer_id",
            "customer_name",
            "invoice_id",
            "payment_id",
            "message_id",
            "amount_minor",
            "currency",
            "created_at",
            "done_at",
            "done_by",
            "outcome",
            "queue",
        ]
    ),
    AuditEntry: frozenset(
        ["id", "at", "by", "by_name", "action", "subject", "subject_id", "facts"]
    ),
    CreditNote: frozenset(
        [
            "id",
            "number",
            "series",
            "invoice_id",
            "invoice_number",
            "customer_id",
            "currency",
            "net_minor",
            "tax_minor",
            "total_minor",
            "applied_minor",
            "payment_id",
            "reason",
            "issue_date",
            "mail_state",
        ]
    ),
    Dispute: frozenset(Dispute.model_fields) - {"version"},
    Promise: frozenset(Promise.model_fields) - {"version"},
    Plan: frozenset(Plan.model_fields) - {"version"},
    Hold: frozenset(Hold.model_fields) - {"version"},
    Handover: frozenset(Handover.model_fields) - {"version"},
    LegalFile: frozenset(LegalFile.model_fields) - {"version"},
    Entry: frozenset(
        [
            "what",
            "posted_on",
            "posted_at",
            "posted_by",
            "customer_id",
            "currency",
            "sequence",
            "reference",
            "legs",
        ]
    ),
    LateCharge: frozenset(LateCharge.model_fields) - {"version", "segments"},
    RecurringInvoice: frozenset(
        [
            "id",
            "state",
            "customer_id",
            "customer_name",
            "currency",
            "net_minor",
            "tax_minor",
            "total_minor",
            "every",
            "on_day",
            "start_on",
            "end_on",
            "auto_send",
            "next_on",
            "last_on",
            "runs",
        ]
    ),
    Run: frozenset(Run.model_fields) - {"version"},
    InboxEvent: frozenset(["provider", "event_id", "event_type", "received_at"]),
    ApiKey: frozenset({"hash", "id"}),
    StatementChunk: frozenset({"id", "month"}),
    ProofRun: frozenset(ProofRun.model_fields) - {"version", "plan", "done", "suspects"},
    Approval: frozenset(Approval.model_fields) - {"version"},
    MailTemplateVersion: frozenset(MailTemplateVersion.model_fields) - {"version"},
    StaffMail: frozenset(["email", "id", "state"]),
}
_KINDS: dict[str, type[Record]] = {record.kind: record for record in HOMES}
_EXPIRING = "expires_at"
_COUNTERS = ("unapplied_minor", "billed_minor", "collected_minor", "written_off_minor")
_DUE = "due:"  # attributes with this prefix are the counters by due date of a totals item


def to_item(record: Record) -> Item:
    """Return the item of a record, with its keys."""
    fields = record.model_dump(mode="json", exclude={"version"})
    listed = _ROWS.get(type(record), frozenset())
    pk, sk = key_of(record)
    item: Item = {
        "PK": pk,
        "SK": sk,
        **index_keys(record),
        "kind": record.kind,
        "version": record.version,
        "row": {name: fields[name] for name in listed} | _shown(record),
        "body": {name: value for name, value in fields.items() if name not in listed},
    }
    if _EXPIRING in fields:
        item[_EXPIRING] = fields[_EXPIRING]
    return item


def _shown(record: Record) -> dict[str, Any]:
    # What a list shows of a record beyond its own fields. Derived at each write, never read back.
    if isinstance(record, Invoice | CreditNote):
        return {"customer_name": record.customer.name}
    if isinstance(record, Account):
        oldest = record.open_items[0].due_date.isoformat() if record.open_items else None
        return {
            "open_minor": record.open_minor,
            "open_invoices": len(record.open_items),
            "oldest_due_date": oldest,
        }
    if isinstance(record, Message):
        place = index_keys(record)["GSI1SK"]
        return {"state_since": rfc3339(record.state_since), "place": place}
    return {}


def from_item(item: Item) -> Record:
    """Return the record that an item holds. InvariantBroken for an unknown kind."""
    record = _KINDS.get(item["kind"])
    if record is None:
        raise InvariantBroken(f"There is an item of unknown kind {item['kind']!r}.")
    if record is Totals:
        return _totals_from(item)
    if record is MailCounts:
        return _mail_counts_from(item)
    known = record.model_fields
    fields = {name: value for name, value in (item["row"] | item["body"]).items() if name in known}
    return record.model_validate(fields | {"version": item["version"]}, strict=False)


def totals_counters(totals: Totals | MailCounts) -> dict[str, int]:
    """Return what an increase adds, attribute by attribute."""
    if isinstance(totals, MailCounts):
        return {name: count for name in MAIL_COUNTERS if (count := getattr(totals, name))}
    counters = {f"{_DUE}{due}": amount for due, amount in totals.open_by_due.items() if amount}
    for name in _COUNTERS:
        if amount := getattr(totals, name):
            counters[name] = amount
    return counters


def _totals_from(item: Item) -> Totals:
    period, currency, shard = item["SK"].split("#")
    return Totals(
        period=period,
        currency=currency,
        shard=int(shard),
        open_by_due={
            name.removeprefix(_DUE): amount
            for name, amount in item.items()
            if name.startswith(_DUE) and amount
        },
        **{name: item.get(name, 0) for name in _COUNTERS},
    )


def _mail_counts_from(item: Item) -> MailCounts:
    day, purpose, shard = item["SK"].split("#")
    fields = {"day": day, "purpose": purpose, "shard": int(shard)}
    counts = {name: item.get(name, 0) for name in MAIL_COUNTERS}
    return MailCounts.model_validate(fields | counts, strict=False)
