"""Ask for a second person's approval, and what every answer to such a question shares.

At most one approval waits on an invoice; the invoice names it, so that its version guards both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.approval import Approval, ApprovalState, ApprovedAction, Reason
from chalicelib.domain.company import Company
from chalicelib.domain.errors import Stale, StateConflict
from chalicelib.domain.invoice import Invoice, require_no_approval
from chalicelib.domain.message import Message
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.ports import Insert, Ports, Replace, Write
from chalicelib.usecases.read_invoice import read_invoice

_ACTIONS: Final[dict[ApprovalState, str]] = {
    "approved": "approval_given",
    "rejected": "approval_rejected",
    "withdrawn": "approval_withdrawn",
}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a second person is asked: an action on how much of an invoice, and why it needs one.

    ``request`` is what to carry out when the answer is yes; it is kept as JSON.
    """

    what: ApprovedAction
    amount_minor: int
    reasons: tuple[Reason, ...]
    request: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Carried:
    """An action as it is about to be written: the invoice after it, and a mail to queue then."""

    invoice: Invoice
    writes: Sequence[Write]
    mail: Message | None = None


def approval_needed(
    company: Company,
    what: ApprovedAction,
    *,
    amount_minor: int,
    currency: str,
    customer_id: str,
    series: str,
) -> bool:
    """Tell whether one of the company's rules wants a second person for this."""
    return any(
        rule.wants(
            what,
            amount_minor=amount_minor,
            currency=currency,
            customer_id=customer_id,
            series=series,
        )
        for rule in company.approval_rules
    )


def request_approval(
    ports: Ports, context: Context, invoice: Invoice, ask: Ask
) -> tuple[Invoice, list[Write]]:
    """Return the invoice as it waits, and the writes that ask: invoice, approval, audit entry.

    StateConflict (``waiting_for_approval``) when a question about the invoice waits already.
    """
    require_no_approval(invoice)
    approval = _approval(ports, context, invoice, ask)
    state = "pending_approval" if ask.what == "issue" else invoice.state
    after = invoice.next(state=state, approval_id=approval.id)
    entry = audit(
        ports,
        context,
        "approval_requested",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        what=ask.what,
        number=invoice.number,
        amount_minor=ask.amount_minor,
        currency=invoice.currency,
        reasons=list(ask.reasons),
    )
    return after, [Replace(after), Insert(approval), entry]


def _approval(ports: Ports, context: Context, invoice: Invoice, ask: Ask) -> Approval:
    return Approval(
        id=ports.ids.new("apr", context.at),
        what=ask.what,
        invoice_id=invoice.id,
        number=invoice.number,
        customer_id=invoice.customer_id,
        customer_name=invoice.customer.name,
        amount_minor=ask.amount_minor,
        currency=invoice.currency,
        reasons=ask.reasons,
        request=dict(ask.request),
        requested_by=context.actor.id,
        requested_by_name=context.actor.name,
        requested_at=context.at,
    )


def waiting_on(
    ports: Ports, invoice_id: str, expected_version: int | None
) -> tuple[Invoice, Approval]:
    """Return an invoice with the approval that waits on it, in one query.

    NotFound; Stale when the invoice is not what the caller has seen; StateConflict
    (``nothing_to_approve``) when nothing waits, or no longer.
    """
    file = read_invoice(ports, invoice_id)
    invoice = file.invoice
    if expected_version not in (None, invoice.version):
        raise Stale("invoice", expected=expected_version or 0, present=invoice.version)
    waiting = (one for one in file.approvals if one.id == invoice.approval_id)
    approval = next((one for one in waiting if one.state == "waiting"), None)
    if approval is None:
        raise StateConflict(
            f"Nothing waits for approval on invoice {invoice.number or invoice_id}.",
            code="nothing_to_approve",
        )
    return invoice, approval


def answered(
    ports: Ports, context: Context, approval: Approval, *, state: ApprovalState, note: str | None
) -> list[Write]:
    """Return the writes of an answer: the approval with who and when, and the audit entry."""
    entry = audit(
        ports,
        context,
        _ACTIONS[state],
        subject=("invoice", approval.invoice_id),
        customer_id=approval.customer_id,
        what=approval.what,
        amount_minor=approval.amount_minor,
        currency=approval.currency,
        requested_by=approval.requested_by,
        requested_by_name=approval.requested_by_name,
        note=note,
    )
    return [Replace(approval.decided(state, context.actor, context.at, note)), entry]
