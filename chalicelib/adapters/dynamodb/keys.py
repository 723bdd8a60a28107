"""Every key of the table: where each record lives, and which index answers which question.

``docs/data-model.md`` shows the same as a table; a test keeps the two in step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.access import (
    ApiKey,
    IdempotencyRecord,
    Person,
    Session,
    SignInAttempt,
)
from chalicelib.domain.account import Account
from chalicelib.domain.approval import Approval
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import month_of, rfc3339
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer, NameWord, normal
from chalicelib.domain.deliverability import MailCounts
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.interest_rates import InterestRates
from chalicelib.domain.invoice import OPEN_STATES, Invoice
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.ledger import Entry, Totals, shard_of
from chalicelib.domain.legal_file import LegalFile
from chalicelib.domain.mail_template import MailTemplate, MailTemplateVersion
from chalicelib.domain.mail_trials import MailTrials
from chalicelib.domain.message import Message, MessageOnInvoice, Suppression
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.numbering import RegisterEntry, Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.period import ClosedPeriod
from chalicelib.domain.policy import DunningBook, PolicyVersion
from chalicelib.domain.promise import Plan, Promise
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.domain.provider import InboxEvent, PaymentKey
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.domain.staff_mail import MorningRound, StaffMail
from chalicelib.domain.statement_run import StatementChunk, StatementRun
from chalicelib.domain.work import WorkItem

ROOT = "#"
"""The sort key of the record that a partition is named after; it sorts before all others."""

Key = tuple[str, str]
Fields = tuple[str, ...]
_PARTITIONS = {"invoice": "INV", "customer": "CUS", "payment": "PAY", "recurring_invoice": "REC"}


@dataclass(frozen=True)
class Home:
    """Where records of a type live: the fields of the key, and the key made of their values."""

    fields: Fields
    key: Callable[[Sequence[str]], Key]


HOMES: dict[type[Record], Home] = {
    Customer: Home(("id",), lambda k: (f"CUS#{k[0]}", ROOT)),
    Account: Home(("customer_id", "currency"), lambda k: (f"CUS#{k[0]}", f"ACC#{k[1]}")),
    Entry: Home(
        ("customer_id", "currency", "sequence"),
        lambda k: (f"CUS#{k[0]}", f"ENT#{k[1]}#{int(k[2]):09d}"),
    ),
    Message: Home(("customer_id", "id"), lambda k: (f"CUS#{k[0]}", f"MSG#{k[1]}")),
    NameWord: Home(("word", "customer_id"), lambda k: (f"WORD#{k[0][:2]}", f"{k[0]}#{k[1]}")),
    Invoice: Home(("id",), lambda k: (f"INV#{k[0]}", ROOT)),
    MessageOnInvoice: Home(("invoice_id", "message.id"), lambda k: (f"INV#{k[0]}", f"MSG#{k[1]}")),
    LateCharge: Home(("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"LATE#{k[1]}")),
    Approval: Home(("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"APR#{k[1]}")),
    AuditEntry: Home(
        ("subject", "subject_id", "id"),
        lambda k: (f"{_PARTITIONS.get(k[0], 'AUD#' + k[0])}#{k[1]}", f"TL#{k[2]}"),
    ),
    Series: Home(("code",), lambda k: ("SERIES", k[0])),
    RegisterEntry: Home(("series", "sequence"), lambda k: (f"REG#{k[0]}", f"{int(k[1]):09d}")),
    CreditNote: Home(("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"CRN#{k[1]}")),
    Dispute: Home(("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"DSP#{k[1]}")),
    Promise: Home(("id",), lambda k: (f"PRM#{k[0]}", ROOT)),
    Plan: Home(("id",), lambda k: (f"PLN#{k[0]}", ROOT)),
    Hold: Home(("id",), lambda k: (f"HLD#{k[0]}", ROOT)),
    Handover: Home(("id",), lambda k: (f"HND#{k[0]}", ROOT)),
    LegalFile: Home(("id",), lambda k: (f"LGL#{k[0]}", ROOT)),
    Payment: Home(("id",), lambda k: (f"PAY#{k[0]}", ROOT)),
    PaymentKey: Home(("provider", "payment_key"), lambda k: (f"KEY#{k[0]}#{k[1]}", ROOT)),
    MoneyBack: Home(("provider", "payment_key"), lambda k: (f"KEY#{k[0]}#{k[1]}", "BACK")),
    InboxEvent: Home(("provider", "event_id"), lambda k: (f"BOX#{k[0]}#{k[1]}", ROOT)),
    Totals: Home(("period", "currency", "shard"), lambda k: _totals_key(*k)),
    MailCounts: Home(
        ("day", "purpose", "shard"), lambda k: (f"MAILS#{k[0][:7]}", f"{k[0]}#{k[1]}#{k[2]}")
    ),
    Suppression: Home(("address",), lambda k: (f"SUP#{k[0]}", ROOT)),
    WorkItem: Home(("key",), lambda k: (f"WRK#{k[0]}", ROOT)),
    RecurringInvoice: Home(("id",), lambda k: (f"REC#{k[0]}", ROOT)),
    Run: Home(("id",), lambda k: (f"RUN#{k[0]}", ROOT)),
    ProofRun: Home(("id",), lambda k: (f"PRF#{k[0]}", ROOT)),
    ProofFinding: Home(("run_id", "key"), lambda k: (f"PRF#{k[0]}", f"FND#{k[1]}")),
    ClosedPeriod: Home(("month",), lambda k: ("PERIODS", k[0])),
    StatementRun: Home(("month",), lambda k: ("STATEMENTS", k[0])),
    StatementChunk: Home(("id",), lambda k: (f"STC#{k[0]}", ROOT)),
    Company: Home((), lambda _: ("COMPANY", ROOT)),
    InterestRates: Home((), lambda _: ("RATES", ROOT)),
    MailTemplate: Home(("id", "language", "segment"), lambda k: ("TPL", f"{k[0]}#{k[1]}#{k[2]}")),
    MailTemplateVersion: Home(("place", "number"), lambda k: (f"TPLV#{k[0]}", k[1].zfill(9))),
    MailTrials: Home(("actor_id",), lambda k: (f"TRIALS#{k[0]}", ROOT)),
    DunningBook: Home((), lambda _: ("DUNNING", ROOT)),
    PolicyVersion: Home(("policy_id", "number"), lambda k: (f"POLICY#{k[0]}", f"{int(k[1]):06d}")),
    ApiKey: Home(("hash",), lambda k: (f"APIKEY#{k[0]}", ROOT)),
    Person: Home(("email",), lambda k: ("PEOPLE", k[0])),
    StaffMail: Home(("email", "id"), lambda k: (f"STAFFMAIL#{k[0]}", k[1])),
    MorningRound: Home((), lambda _: ("MORNING", ROOT)),
    Session: Home(("hash",), lambda k: (f"SESSION#{k[0]}", ROOT)),
    SignInAttempt: Home(("state_hash",), lambda k: (f"SIGNIN#{k[0]}", ROOT)),
    IdempotencyRecord: Home(("actor_id", "key"), lambda k: (f"IDEM#{k[0]}#{k[1]}", ROOT)),
}
MONTHS = "TOTALS#M"
_MONTH_LENGTH = len("2026-01")


def _totals_key(period: str, currency: str, shard: str) -> Key:
    is_month = len(period) == _MONTH_LENGTH
    partition = MONTHS if is_month else f"TOTALS#D#{period[:_MONTH_LENGTH]}"
    return partition, f"{period}#{currency}#{shard}"


def key_of(record: Record) -> Key:
    """Return the table key of a record."""
    home = HOMES[type(record)]
    return home.key([str(_value(record, field)) for field in home.fields])


def _value(record: Record, field: str) -> Any:
    value: Any = record
    for name in field.split("."):
        value = getattr(value, name)
    return value


def class_of(state: str) -> str:
    """Return the list in which invoices of a state stand: both open states share one."""
    return "open" if state in OPEN_STATES else state


def index_keys(record: Record) -> dict[str, str]:
    """Return the index keys of a record: only those by which somebody looks for it."""
    makers = _INDEXED.get(type(record))
    if makers is None:
        return {}
    keys: dict[str, str] = {}
    for index, pair in makers(record).items():
        if pair is not None:
            keys[f"{index}PK"], keys[f"{index}SK"] = pair
    return keys


IndexKeys = dict[str, Key | None]


def _invoice(one: Invoice) -> IndexKeys:
    due = one.due_date.isoformat() if one.due_date else "9999-12-31"
    list_name = class_of(one.state)
    return {
        "GSI1": (f"INVOICES#{list_name}", f"{due}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"INV#{list_name}#{due}#{one.id}"),
        "GSI3": ("INVOICES", one.id),
    }


def _account(one: Account) -> IndexKeys:
    due = None
    if one.next_action_at is not None:
        when = rfc3339(one.next_action_at)
        due = (f"DUE#{shard_of(one.customer_id)}", f"{when}#{one.customer_id}#{one.currency}")
    owes = one.open_minor > 0
    rank = (f"DEBTORS#{one.currency}", f"{one.open_minor:016d}#{one.customer_id}")
    return {"GSI1": due, "GSI3": rank if owes else None}


def _payment(one: Payment) -> IndexKeys:
    place = f"{one.received_on.isoformat()}#{one.id}"
    return {
        "GSI1": ("PAYMENTS#unapplied", place) if one.unapplied_minor else None,
        "GSI2": (f"CUS#{one.customer_id}", f"PAY#{place}"),
        "GSI3": ("PAYMENTS" if one.origin == "money" else "CREDITS", place),
    }


def _message(one: Message) -> IndexKeys:
    waits_until = one.not_before if one.is_waiting else None
    since = rfc3339(waits_until or one.state_since)
    created = rfc3339(one.created_at)
    return {
        "GSI1": (f"MESSAGES#{one.state}", f"{since}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"MSG#{created}#{one.id}"),
        "GSI3": ("MESSAGES", f"{created}#{one.id}"),
    }


def _work_item(one: WorkItem) -> IndexKeys:
    if one.done_at is not None:
        return {"GSI1": ("WORK#done", f"{rfc3339(one.done_at)}#{one.key}")}
    return {"GSI1": ("WORK#open", f"{one.priority}#{rfc3339(one.created_at)}#{one.key}")}


def _recurring_invoice(one: RecurringInvoice) -> IndexKeys:
    next_on = one.next_on.isoformat() if one.next_on else "9999-12-31"
    return {
        "GSI1": (f"RECURRING#{one.state}", f"{next_on}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"REC#{one.id}"),
        "GSI3": ("RECURRING", one.id),
    }


def _run(one: Run) -> IndexKeys:
    due_on, of = one.due_on.isoformat(), one.recurring_id
    return {
        "GSI1": (f"RUNS#{one.state}", f"{due_on}#{one.id}"),
        "GSI2": None if of is None else (f"REC#{of}", f"RUN#{due_on}"),
        "GSI3": ("RUNS", f"{rfc3339(one.at)}#{one.id}"),
    }


def _audit_entry(one: AuditEntry) -> IndexKeys:
    of_customer = None if one.customer_id is None else (f"CUS#{one.customer_id}", f"TL#{one.id}")
    return {
        "GSI1": None if one.tell_after is None else ("UNTOLD", one.id),
        "GSI2": of_customer,
        "GSI3": (f"AUDIT#{month_of(one.at.date())}", one.id),
    }


def _staff_mail(one: StaffMail) -> IndexKeys:
    waiting = ("STAFFMAIL#waiting", f"{rfc3339(one.look_at)}#{one.id}#{one.email}")
    return {"GSI1": waiting if one.is_unsettled else None}


def _entry(one: Entry) -> IndexKeys:
    if one.posted_on is None:
        return {}
    place = f"{one.posted_on.isoformat()}#{one.customer_id}#{one.currency}#{one.sequence:09d}"
    return {"GSI3": (f"JOURNAL#{month_of(one.posted_on)}", place)}


def _dispute(one: Dispute) -> IndexKeys:
    place = f"{one.deadline.isoformat()}#{one.id}"
    return {
        "GSI1": (f"DISPUTES#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"DSP#{one.state}#{place}"),
        "GSI3": ("DISPUTES", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _promise(one: Promise) -> IndexKeys:
    place = f"{one.promised_on.isoformat()}#{one.id}"
    return {
        "GSI1": (f"PROMISES#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"PRM#{place}"),
        "GSI3": ("PROMISES", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _plan(one: Plan) -> IndexKeys:
    due = one.next_due_on or one.created_at.date()
    return {
        "GSI1": (f"PLANS#{one.state}", f"{due.isoformat()}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"PLN#{rfc3339(one.created_at)}#{one.id}"),
        "GSI3": ("PLANS", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _hold(one: Hold) -> IndexKeys:
    place = f"{one.until.isoformat()}#{one.id}"
    return {
        "GSI1": (f"HOLDS#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"HLD#{place}"),
        "GSI3": ("HOLDS", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _handover(one: Handover) -> IndexKeys:
    place = f"{rfc3339(one.created_at)}#{one.id}"
    return {
        "GSI1": (f"HANDOVERS#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"HND#{place}"),
        "GSI3": ("HANDOVERS", place),
    }


def _legal_file(one: LegalFile) -> IndexKeys:
    place = f"{rfc3339(one.requested_at)}#{one.id}"
    return {
        "GSI1": ("LEGALFILES#waiting", place) if one.state == "waiting" else None,
        "GSI2": (f"CUS#{one.customer_id}", f"LGL#{place}"),
    }


def _credit_note(one: CreditNote) -> IndexKeys:
    return {
        "GSI2": (f"CUS#{one.customer_id}", f"CRN#{one.issue_date.isoformat()}#{one.id}"),
        "GSI3": ("CREDITNOTES", f"{one.issue_date.isoformat()}#{one.id}"),
    }


def _late_charge(one: LateCharge) -> IndexKeys:
    place = f"{rfc3339(one.claimed_at)}#{one.id}"
    return {
        "GSI1": (f"LATE#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"LATE#{place}"),
        "GSI3": ("LATE", place),
    }


def _approval(one: Approval) -> IndexKeys:
    since = rfc3339(one.requested_at)
    return {"GSI1": (f"APPROVALS#{one.state}", f"{since}#{one.id}")}


_INDEXED: dict[type[Record], Callable[[Any], IndexKeys]] = {
    Invoice: _invoice,
    Account: _account,
    Payment: _payment,
    Entry: _entry,
    Dispute: _dispute,
    Promise: _promise,
    Plan: _plan,
    Hold: _hold,
    Handover: _handover,
    LegalFile: _legal_file,
    CreditNote: _credit_note,
    Message: _message,
    WorkItem: _work_item,
    AuditEntry: _audit_entry,
    StaffMail: _staff_mail,
    RecurringInvoice: _recurring_invoice,
    Run: _run,
    LateCharge: _late_charge,
    Approval: _approval,
    Customer: lambda one: {"GSI3": ("CUSTOMERS", f"{normal(one.name)}#{one.id}")},
    InboxEvent: lambda one: {
        "GSI1": ("INBOX#received", f"{rfc3339(one.received_at)}#{one.event_id}")
        if one.state == "received"
        else None
    },
    RegisterEntry: lambda one: {
        "GSI1": (f"AMOUNT#{one.total_minor}", f"{one.issue_date.isoformat()}#{one.number}")
    },
    ApiKey: lambda one: {"GSI3": ("APIKEYS", one.id)},
    StatementChunk: lambda one: {
        "GSI1": ("STATEMENTS#waiting", f"{rfc3339(one.next_at)}#{one.id}") if one.next_at else None
    },
    ProofRun: lambda one: {"GSI3": ("PROOFS", f"{rfc3339(one.started_at)}#{one.id}")},
}


@dataclass(frozen=True)
class Index:
    """Which index answers a listing: its partition, made of the scope, and a sort key prefix."""

    name: str | None
    partition: str
    prefix: str = ""


LISTINGS: dict[str, Index] = {
    "invoices": Index("GSI3", "INVOICES"),
    "invoices_in_class": Index("GSI1", "INVOICES#{0}"),
    "invoices_of_customer": Index("GSI2", "CUS#{0}", "INV#"),
    "invoices_of_customer_in_class": Index("GSI2", "CUS#{0}", "INV#{1}#"),
    "register": Index(None, "REG#{0}"),
    "register_by_amount": Index("GSI1", "AMOUNT#{0}"),
    "series": Index(None, "SERIES"),
    "customers": Index("GSI3", "CUSTOMERS"),
    "customers_by_word": Index(None, "WORD#{0}"),
    "accounts_of_customer": Index(None, "CUS#{0}", "ACC#"),
    "accounts_due": Index("GSI1", "DUE#{0}"),
    "debtors": Index("GSI3", "DEBTORS#{0}"),
    "entries": Index(None, "CUS#{0}", "ENT#{1}#"),
    "payments": Index("GSI3", "PAYMENTS"),
    "payments_of_customer": Index("GSI2", "CUS#{0}", "PAY#"),
    "payments_unapplied": Index("GSI1", "PAYMENTS#unapplied"),
    "credits": Index("GSI3", "CREDITS"),
    "credit_notes": Index("GSI3", "CREDITNOTES"),
    "credit_notes_of_customer": Index("GSI2", "CUS#{0}", "CRN#"),
    "disputes": Index("GSI3", "DISPUTES"),
    "disputes_in_state": Index("GSI1", "DISPUTES#{0}"),
    "disputes_of_customer": Index("GSI2", "CUS#{0}", "DSP#"),
    "promises": Index("GSI3", "PROMISES"),
    "promises_in_state": Index("GSI1", "PROMISES#{0}"),
    "promises_of_customer": Index("GSI2", "CUS#{0}", "PRM#"),
    "plans": Index("GSI3", "PLANS"),
    "plans_in_state": Index("GSI1", "PLANS#{0}"),
    "plans_of_customer": Index("GSI2", "CUS#{0}", "PLN#"),
    "holds": Index("GSI3", "HOLDS"),
    "holds_in_state": Index("GSI1", "HOLDS#{0}"),
    "holds_of_customer": Index("GSI2", "CUS#{0}", "HLD#"),
    "handovers": Index("GSI3", "HANDOVERS"),
    "handovers_in_state": Index("GSI1", "HANDOVERS#{0}"),
    "handovers_of_customer": Index("GSI2", "CUS#{0}", "HND#"),
    "legal_files_waiting": Index("GSI1", "LEGALFILES#waiting"),
    "legal_files_of_customer": Index("GSI2", "CUS#{0}", "LGL#"),
    "journal": Index("GSI3", "JOURNAL#{0}"),
    "messages": Index("GSI3", "MESSAGES"),
    "messages_in_state": Index("GSI1", "MESSAGES#{0}"),
    "mail_counts": Index(None, "MAILS#{0}"),
    "messages_of_customer": Index("GSI2", "CUS#{0}", "MSG#"),
    "timeline_of_customer": Index("GSI2", "CUS#{0}", "TL#"),
    "audit": Index("GSI3", "AUDIT#{0}"),
    "untold": Index("GSI1", "UNTOLD"),
    "staff_mails_waiting": Index("GSI1", "STAFFMAIL#waiting"),
    "staff_mails_of": Index(None, "STAFFMAIL#{0}"),
    "late_charges": Index("GSI3", "LATE"),
    "late_charges_in_state": Index("GSI1", "LATE#{0}"),
    "late_charges_of_customer": Index("GSI2", "CUS#{0}", "LATE#"),
    "approvals": Index("GSI1", "APPROVALS#{0}"),
    "work_open": Index("GSI1", "WORK#open"),
    "work_done": Index("GSI1", "WORK#done"),
    "inbox_received": Index("GSI1", "INBOX#received"),
    "recurring": Index("GSI3", "RECURRING"),
    "recurring_in_state": Index("GSI1", "RECURRING#{0}"),
    "recurring_of_customer": Index("GSI2", "CUS#{0}", "REC#"),
    "runs": Index("GSI3", "RUNS"),
    "runs_in_state": Index("GSI1", "RUNS#{0}"),
    "runs_of_recurring": Index("GSI2", "REC#{0}", "RUN#"),
    "proofs": Index("GSI3", "PROOFS"),
    "findings_of_proof": Index(None, "PRF#{0}", "FND#"),
    "closed_periods": Index(None, "PERIODS"),
    "statement_chunks_due": Index("GSI1", "STATEMENTS#waiting"),
    "statement_runs": Index(None, "STATEMENTS"),
    "totals_of_months": Index(None, MONTHS),
    "totals_of_days": Index(None, "TOTALS#D#{0}"),
    "policy_versions": Index(None, "POLICY#{0}"),
    "mail_templates": Index(None, "TPL"),
    "versions_of_template": Index(None, "TPLV#{0}"),
    "api_keys": Index("GSI3", "APIKEYS"),
    "people": Index(None, "PEOPLE"),
}
