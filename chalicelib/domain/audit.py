"""The audit log: who changed what and when, written in the transaction of the change."""

from datetime import datetime
from typing import Any, ClassVar

from chalicelib.domain.base import Record


class AuditEntry(Record):
    """One change. ``action`` is past tense (``invoice_issued``); ``facts`` are its particulars.

    ``tell_after`` is set while staff have still to be told of it: all whose address sorts after
    this one. ``announce_after`` is set while other systems have still to be told: all deliveries
    whose id sorts after it. These two are the only fields that ever change.
    """

    kind: ClassVar[str] = "audit_entry"

    id: str
    at: datetime
    by: str
    by_name: str
    action: str
    subject: str
    subject_id: str
    customer_id: str | None = None
    facts: dict[str, Any] = {}
    tell_after: str | None = None
    announce_after: str | None = None
