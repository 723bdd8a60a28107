"""Index keys of every kind of record: by what somebody looks for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import month_of, rfc3339
from chalicelib.domain.search_text import normal
from chalicelib.domain.shards import shard_of

if TYPE_CHECKING:
    from chalicelib.domain.account import Account
    from chalicelib.domain.approval import Approval
    from chalicelib.domain.audit import AuditEntry
    from chalicelib.domain.checkout import Checkout
    from chalicelib.domain.comparison import Comparison
    from chalicelib.domain.credit_note import CreditNote
    from chalicelib.domain.dispute import Dispute
    from chalicelib.domain.handover import Handover
    from chalicelib.domain.hold import Hold
    from chalicelib.domain.import_run import Import
    from chalicelib.domain.invoice import Invoice
    from chalicelib.domain.late_charge import LateCharge
    from chalicelib.domain.ledger import Entry
    from chalicelib.domain.legal_file import LegalFile
    from chalicelib.domain.message import Message
    from chalicelib.domain.payment import Payment
    from chalicelib.domain.portal import PortalLink
    from chalicelib.domain.promise import Plan, Promise
    from chalicelib.domain.recurring import RecurringInvoice, Run
    from chalicelib.domain.staff_mail import StaffMail
    from chalicelib.domain.webhook_delivery import WebhookDelivery
    from chalicelib.domain.work import WorkItem

IndexKeys = dict[str, Key | None]


def index_keys(record: Record) -> dict[str, str]:
    """Return the index keys of a record: only those by which somebody looks for it."""
    makers = _INDEXED.get(record.kind)
    if makers is None:
        return {}
    keys: dict[str, str] = {}
    for index, pair in makers(record).items():
        if pair is not None:
            keys[f"{index}PK"], keys[f"{index}SK"] = pair
    return keys


def class_of(state: str) -> str:
    """Return the list in which invoices of a state stand: both open states share one."""
    from chalicelib.domain.invoice import OPEN_STATES  # noqa: PLC0415 - whoever asks has it

    return "open" if state in OPEN_STATES else state


def _invoice(one: "Invoice") -> IndexKeys:
    due = one.due_date.isoformat() if one.due_date else "9999-12-31"
    list_name = class_of(one.state)
    return {
        "GSI1": (f"INVOICES#{list_name}", f"{due}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"INV#{list_name}#{due}#{one.id}"),
        "GSI3": ("INVOICES", one.id),
    }


def _account(one: "Account") -> IndexKeys:
    due = None
    if one.next_action_at is not None:
        when = rfc3339(one.next_action_at)
        due = (f"DUE#{shard_of(one.customer_id)}", f"{when}#{one.customer_id}#{one.currency}")
    owes = one.open_minor > 0
    rank = (f"DEBTORS#{one.currency}", f"{one.open_minor:016d}#{one.customer_id}")
    return {"GSI1": due, "GSI3": rank if owes else None}


def _comparison(one: "Comparison") -> IndexKeys:
    place = f"{rfc3339(one.started_at)}#{one.id}"
    return {"GSI1": (f"COMPARISONS#{one.provider}", place), "GSI3": ("COMPARISONS", place)}


def _portal_link(one: "PortalLink") -> IndexKeys:
    return {"GSI2": (f"CUS#{one.customer_id}", f"PLK#{one.id}")}


def _checkout(one: "Checkout") -> IndexKeys:
    place = f"{rfc3339(one.created_at)}#{one.id}"
    return {
        "GSI1": ("CHECKOUTS#live", place) if one.is_live or one.is_page_open else None,
        "GSI2": (f"CUS#{one.customer_id}", f"CHK#{place}"),
        "GSI3": ("CHECKOUTS", place),
    }


def _payment(one: "Payment") -> IndexKeys:
    place = f"{one.received_on.isoformat()}#{one.id}"
    return {
        "GSI1": ("PAYMENTS#unapplied", place) if one.unapplied_minor else None,
        "GSI2": (f"CUS#{one.customer_id}", f"PAY#{place}"),
        "GSI3": ("PAYMENTS" if one.origin == "money" else "CREDITS", place),
    }


def _message(one: "Message") -> IndexKeys:
    waits_until = one.not_before if one.is_waiting else None
    since = rfc3339(waits_until or one.state_since)
    created = rfc3339(one.created_at)
    return {
        "GSI1": (f"MESSAGES#{one.state}", f"{since}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"MSG#{created}#{one.id}"),
        "GSI3": ("MESSAGES", f"{created}#{one.id}"),
    }


def _work_item(one: "WorkItem") -> IndexKeys:
    if one.done_at is not None:
        return {"GSI1": ("WORK#done", f"{rfc3339(one.done_at)}#{one.key}")}
    return {"GSI1": ("WORK#open", f"{one.priority}#{rfc3339(one.created_at)}#{one.key}")}


def _reference(number: str) -> tuple[str, str]:
    from chalicelib.domain.rf_reference import rf_reference  # noqa: PLC0415 - few records need it

    reference = rf_reference(number)
    return f"REF#{reference[:4]}", reference


def _recurring_invoice(one: "RecurringInvoice") -> IndexKeys:
    next_on = one.next_on.isoformat() if one.next_on else "9999-12-31"
    return {
        "GSI1": (f"RECURRING#{one.state}", f"{next_on}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"REC#{one.id}"),
        "GSI3": ("RECURRING", one.id),
    }


def _run(one: "Run") -> IndexKeys:
    due_on, of = one.due_on.isoformat(), one.recurring_id
    return {
        "GSI1": (f"RUNS#{one.state}", f"{due_on}#{one.id}"),
        "GSI2": None if of is None else (f"REC#{of}", f"RUN#{due_on}"),
        "GSI3": ("RUNS", f"{rfc3339(one.at)}#{one.id}"),
    }


def _audit_entry(one: "AuditEntry") -> IndexKeys:
    of_customer = None if one.customer_id is None else (f"CUS#{one.customer_id}", f"TL#{one.id}")
    return {
        "GSI1": _untold(one),
        "GSI2": of_customer,
        "GSI3": (f"AUDIT#{month_of(one.at.date())}", one.id),
    }


def _untold(one: "AuditEntry") -> Key | None:
    # One index for both who have to be told, so what neither knows has a list of its own.
    lists = {
        (True, False): "UNTOLD",
        (False, True): "UNANNOUNCED",
        (True, True): "UNTOLD+UNANNOUNCED",
    }
    name = lists.get((one.tell_after is not None, one.announce_after is not None))
    return None if name is None else (name, f"{rfc3339(one.at)}#{one.id}")


def _staff_mail(one: "StaffMail") -> IndexKeys:
    waiting = ("STAFFMAIL#waiting", f"{rfc3339(one.look_at)}#{one.id}#{one.email}")
    return {"GSI1": waiting if one.is_unsettled else None}


def _entry(one: "Entry") -> IndexKeys:
    if one.posted_on is None:
        return {}
    place = f"{one.posted_on.isoformat()}#{one.customer_id}#{one.currency}#{one.sequence:09d}"
    return {"GSI3": (f"JOURNAL#{month_of(one.posted_on)}", place)}


def _dispute(one: "Dispute") -> IndexKeys:
    place = f"{one.deadline.isoformat()}#{one.id}"
    return {
        "GSI1": (f"DISPUTES#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"DSP#{one.state}#{place}"),
        "GSI3": ("DISPUTES", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _promise(one: "Promise") -> IndexKeys:
    place = f"{one.promised_on.isoformat()}#{one.id}"
    return {
        "GSI1": (f"PROMISES#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"PRM#{place}"),
        "GSI3": ("PROMISES", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _plan(one: "Plan") -> IndexKeys:
    due = one.next_due_on or one.created_at.date()
    return {
        "GSI1": (f"PLANS#{one.state}", f"{due.isoformat()}#{one.id}"),
        "GSI2": (f"CUS#{one.customer_id}", f"PLN#{rfc3339(one.created_at)}#{one.id}"),
        "GSI3": ("PLANS", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _hold(one: "Hold") -> IndexKeys:
    place = f"{one.until.isoformat()}#{one.id}"
    return {
        "GSI1": (f"HOLDS#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"HLD#{place}"),
        "GSI3": ("HOLDS", f"{rfc3339(one.created_at)}#{one.id}"),
    }


def _handover(one: "Handover") -> IndexKeys:
    place = f"{rfc3339(one.created_at)}#{one.id}"
    return {
        "GSI1": (f"HANDOVERS#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"HND#{place}"),
        "GSI3": ("HANDOVERS", place),
    }


def _legal_file(one: "LegalFile") -> IndexKeys:
    place = f"{rfc3339(one.requested_at)}#{one.id}"
    return {
        "GSI1": ("LEGALFILES#waiting", place) if one.state == "waiting" else None,
        "GSI2": (f"CUS#{one.customer_id}", f"LGL#{place}"),
    }


def _credit_note(one: "CreditNote") -> IndexKeys:
    return {
        "GSI2": (f"CUS#{one.customer_id}", f"CRN#{one.issue_date.isoformat()}#{one.id}"),
        "GSI3": ("CREDITNOTES", f"{one.issue_date.isoformat()}#{one.id}"),
    }


def _webhook_delivery(one: "WebhookDelivery") -> IndexKeys:
    created = f"{rfc3339(one.created_at)}#{one.event_id}"
    since = one.due_at if one.state == "waiting" else one.settled_at
    place = f"{rfc3339(since or one.created_at)}#{one.event_id}"
    return {
        "GSI1": None
        if one.state == "delivered"
        else (f"DELIVERIES#{one.state}#{one.endpoint_id}", place),
        "GSI2": (f"HOOK#{one.endpoint_id}", created),
        "GSI3": ("DELIVERIES", f"{created}#{one.endpoint_id}"),
    }


def _late_charge(one: "LateCharge") -> IndexKeys:
    place = f"{rfc3339(one.claimed_at)}#{one.id}"
    return {
        "GSI1": (f"LATE#{one.state}", place),
        "GSI2": (f"CUS#{one.customer_id}", f"LATE#{place}"),
        "GSI3": ("LATE", place),
    }


def _approval(one: "Approval") -> IndexKeys:
    since = rfc3339(one.requested_at)
    return {"GSI1": (f"APPROVALS#{one.state}", f"{since}#{one.id}")}


def _import_run(one: "Import") -> IndexKeys:
    return {
        "GSI1": ("IMPORTS#busy", f"{rfc3339(one.moved_at)}#{one.id}") if one.is_busy else None,
        "GSI3": ("IMPORTS", f"{rfc3339(one.created_at)}#{one.id}"),
    }


_INDEXED: Final[dict[str, Callable[[Any], IndexKeys]]] = {
    "invoice": _invoice,
    "account": _account,
    "comparison": _comparison,
    "checkout": _checkout,
    "portal_link": _portal_link,
    "payment": _payment,
    "entry": _entry,
    "dispute": _dispute,
    "promise": _promise,
    "plan": _plan,
    "hold": _hold,
    "handover": _handover,
    "legal_file": _legal_file,
    "credit_note": _credit_note,
    "message": _message,
    "work_item": _work_item,
    "audit_entry": _audit_entry,
    "staff_mail": _staff_mail,
    "recurring_invoice": _recurring_invoice,
    "run": _run,
    "late_charge": _late_charge,
    "approval": _approval,
    "import_run": _import_run,
    "imported_number": lambda one: {
        "GSI1": (f"AMOUNT#{one.total_minor}", f"{one.issue_date.isoformat()}#{one.number}"),
        "GSI2": _reference(one.number),
    },
    "customer": lambda one: {"GSI3": ("CUSTOMERS", f"{normal(one.name)}#{one.id}")},
    "inbox_event": lambda one: {
        "GSI1": ("INBOX#received", f"{rfc3339(one.received_at)}#{one.event_id}")
        if one.state == "received"
        else None,
        "GSI3": (f"INBOX#{one.provider}", f"{rfc3339(one.received_at)}#{one.event_id}"),
    },
    "webhook_delivery": _webhook_delivery,
    "register_entry": lambda one: {
        "GSI1": (f"AMOUNT#{one.total_minor}", f"{one.issue_date.isoformat()}#{one.number}")
    },
    "api_key": lambda one: {"GSI3": ("APIKEYS", one.id)},
    "statement_chunk": lambda one: {
        "GSI1": ("STATEMENTS#waiting", f"{rfc3339(one.next_at)}#{one.id}") if one.next_at else None
    },
    "proof_run": lambda one: {"GSI3": ("PROOFS", f"{rfc3339(one.started_at)}#{one.id}")},
}
