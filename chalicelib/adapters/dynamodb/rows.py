"""What lists show of each kind of record: the indexes carry these fields, and no others."""

from dataclasses import dataclass
from typing import Final

from chalicelib.domain.base import Record


@dataclass(frozen=True)
class AllBut:
    """All fields of the record except these."""

    names: frozenset[str]


ROWS: Final[dict[str, frozenset[str] | AllBut]] = {
    "invoice": frozenset(
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
            "origin",
        ]
    ),
    "customer": frozenset(
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
            "code",
            "tax_id",
        ]
    ),
    "name_word": frozenset(["customer_id", "name", "word"]),
    "register_entry": frozenset(
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
    "account": frozenset(["customer_id", "customer_name", "currency", "unapplied_minor"]),
    "payment": frozenset(
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
    "checkout": frozenset(
        [
            "id",
            "customer_id",
            "customer_name",
            "amount_minor",
            "currency",
            "items",
            "provider",
            "state",
            "is_page_open",
            "outcome",
            "link_id",
            "payment_id",
            "created_at",
            "expires_at",
        ]
    ),
    "portal_link": frozenset(["id"]),
    "message": frozenset(
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
    "work_item": frozenset(
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
    "audit_entry": frozenset(
        ["id", "at", "by", "by_name", "action", "subject", "subject_id", "facts"]
    ),
    "credit_note": frozenset(
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
    "dispute": AllBut(frozenset({"version"})),
    "promise": AllBut(frozenset({"version"})),
    "plan": AllBut(frozenset({"version"})),
    "hold": AllBut(frozenset({"version"})),
    "handover": AllBut(frozenset({"version"})),
    "legal_file": AllBut(frozenset({"version"})),
    "entry": frozenset(
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
    "late_charge": AllBut(frozenset({"version", "segments"})),
    "recurring_invoice": frozenset(
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
    "run": AllBut(frozenset({"version"})),
    "inbox_event": frozenset(
        ["provider", "event_id", "event_type", "received_at", "state", "outcome"]
    ),
    "comparison": AllBut(frozenset(["version"])),
    "api_key": frozenset({"hash", "id"}),
    "statement_chunk": frozenset({"id", "month"}),
    "import_run": frozenset(
        [
            "id",
            "what",
            "state",
            "file_name",
            "rows",
            "counts",
            "chunks",
            "done",
            "created_at",
            "finished_at",
            "by",
            "failure",
        ]
    ),
    "imported_number": frozenset(
        ["invoice_id", "number", "customer_name", "total_minor", "currency", "issue_date"]
    ),
    "proof_run": AllBut(frozenset({"version", "plan", "done", "suspects"})),
    "approval": AllBut(frozenset({"version"})),
    "mail_template_version": AllBut(frozenset({"version"})),
    "staff_mail": frozenset(["email", "id", "state"]),
    "webhook_delivery": AllBut(frozenset({"version", "body"})),
}
"""By kind. A record that no index lists shows nothing."""


def listed(record: type[Record]) -> frozenset[str]:
    """Return the fields of a type of record that lists show."""
    shown = ROWS.get(record.kind, frozenset())
    return frozenset(record.model_fields) - shown.names if isinstance(shown, AllBut) else shown
