"""What an event says: ids, numbers, amounts, who, and where the present state can be read.

A body is thin on purpose: whoever gets it late, twice or in another order asks for the present.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.base import Value
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.invoice import Invoice, Settlement
from chalicelib.domain.webhook_events import PAID, PARTIALLY_PAID, REOPENED, RESTORED, event_type

_TOLD: Final = (
    "number",
    "total_minor",
    "amount_minor",
    "applied_minor",
    "unapplied_minor",
    "currency",
    "method",
    "until",
    "outcome",
    "changed",
)
"""Facts of an audit entry that leave the house; texts that people wrote do not."""
_SUBJECTS: Final = {
    "invoice": ("invoice_id", "/v1/invoices"),
    "payment": ("payment_id", "/v1/payments"),
    "customer": ("customer_id", "/v1/customers"),
}
_NAMED: Final = (
    ("dispute_id", "dispute_id", "/v1/disputes"),
    ("credit_note_id", "credit_note_id", "/v1/credit-notes"),
)
_RETURNS: Final = ("payment_charged_back", "payment_refunded", "payment_reversed")
_AGREEMENTS: Final = {"promise": ("promise_id", "/v1/promises"), "plan": ("plan_id", "/v1/plans")}


class WebhookEvent(Value):
    """One event as it is sent to every endpoint. ``id`` is permanent and has no hyphen."""

    id: str
    type: str
    at: datetime
    body: str


def event(event_id: str, event_type: str, at: datetime, data: Mapping[str, Any]) -> WebhookEvent:
    """Return an event with its body, which never changes from here on."""
    said = {"type": event_type, "timestamp": _instant(at), "data": data}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return WebhookEvent(id=event_id, type=event_type, at=at, body=body)


def events_of(entry: AuditEntry, invoices: Iterable[Invoice]) -> tuple[WebhookEvent, ...]:
    """Return what a change is told as: the change, then what it made of invoices."""
    kind = event_type(entry.action)
    if kind is None:
        return ()
    if entry.action in _RETURNS and entry.facts["amount_minor"] < 0:
        kind = RESTORED
    data = _place(entry) | _facts(entry) | {"by": _by(entry)}
    first = event(f"evt_{entry.id.rpartition('_')[2]}", kind, entry.at, data)
    return (first, *_of_invoices(entry, invoices))


def is_about_money(entry: AuditEntry) -> bool:
    """Tell whether a change may have settled invoices, or opened them again."""
    return entry.action.startswith("payment_") or entry.action == "credit_note_issued"


def _place(entry: AuditEntry) -> dict[str, Any]:
    name, resource = _resource(entry)
    customer_id = None if entry.customer_id == UNIDENTIFIED else entry.customer_id
    data: dict[str, Any] = {"resource": resource, "customer_id": customer_id}
    if entry.subject in _SUBJECTS:
        data[_SUBJECTS[entry.subject][0]] = entry.subject_id
    if name is not None:
        data[name] = resource.rpartition("/")[2]
    return data


def _resource(entry: AuditEntry) -> tuple[str | None, str]:
    for fact, name, path in _NAMED:
        if fact in entry.facts:
            return name, f"{path}/{entry.facts[fact]}"
    if "message_id" in entry.facts:
        return "message_id", f"/v1/messages/{entry.customer_id}/{entry.facts['message_id']}"
    agreement = _AGREEMENTS.get(entry.action.partition("_")[0])
    if agreement is not None:
        return agreement[0], f"{agreement[1]}/{entry.facts['id']}"
    _, path = _SUBJECTS[entry.subject]
    return None, f"{path}/{entry.subject_id}"


def _facts(entry: AuditEntry) -> dict[str, Any]:
    told = {name: entry.facts[name] for name in _TOLD if entry.facts.get(name) is not None}
    if entry.action.startswith("payment_"):
        told["invoices"] = list(entry.facts.get("invoices") or ())
    return told


def _by(entry: AuditEntry) -> dict[str, str]:
    return {"id": entry.by, "name": entry.by_name}


def _of_invoices(entry: AuditEntry, invoices: Iterable[Invoice]) -> Iterator[WebhookEvent]:
    if not is_about_money(entry):
        return
    payment_id = entry.subject_id if entry.subject == "payment" else None
    for invoice in invoices:
        for end in _moved(invoice.settlements, entry.at, payment_id):
            yield _of_invoice(entry, invoice, end)


def _moved(all_of_it: Sequence[Settlement], at: datetime, payment_id: str | None) -> Iterator[int]:
    """Return after how many settlements each posting of this change had ended."""
    ours = [one.posted_at == at and payment_id in (None, one.payment_id) for one in all_of_it]
    for index, is_ours in enumerate(ours):
        is_last = index + 1 == len(ours) or not ours[index + 1]
        if is_ours and is_last:
            yield index + 1


def _of_invoice(entry: AuditEntry, invoice: Invoice, end: int) -> WebhookEvent:
    """Return what the invoice became when its first ``end`` settlements had been posted.

    They are only ever added to, so this stays true whatever happens to the invoice afterwards. The
    id is that of the posting: it is one event, whichever of two batches tells it.
    """
    settled = invoice.settlements[:end]
    open_minor = invoice.total_minor - sum(one.amount_minor for one in settled)
    data = {
        "resource": f"/v1/invoices/{invoice.id}",
        "customer_id": invoice.customer_id,
        "invoice_id": invoice.id,
        "payment_id": settled[-1].payment_id,
        "number": invoice.number,
        "total_minor": invoice.total_minor,
        "open_minor": open_minor,
        "currency": invoice.currency,
        "by": _by(entry),
    }
    name = f"evt_{invoice.id.rpartition('_')[2]}_{end}"
    return event(name, _became(settled, open_minor), entry.at, data)


def _became(settled: Sequence[Settlement], open_minor: int) -> str:
    if settled[-1].amount_minor < 0:
        return REOPENED
    is_given_up = sum(one.amount_minor for one in settled if one.kind == "write_off") > 0
    return PARTIALLY_PAID if open_minor or is_given_up else PAID


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
