"""Approve what waits on an invoice: carry it out, and put on record who allowed it.

All in one transaction. Every check is made anew: days may have passed since somebody asked.
"""

from collections.abc import Callable
from typing import Final

from chalicelib.domain.approval import Approval, ApprovedAction, require_other_eyes
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.approvals import Carried, answered, waiting_on
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.issue_invoice import carry_out_issue
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.write_off import carry_out_write_off

Carrier = Callable[[Ports, Context, Invoice, Approval], Carried]
"""Makes the writes of an approved action. The invoice it gets waits no longer."""

CARRIERS: Final[dict[ApprovedAction, Carrier]] = {
    "issue": carry_out_issue,
    "write_off": carry_out_write_off,
}


def approve(
    ports: Ports,
    context: Context,
    invoice_id: str,
    *,
    note: str | None,
    expected_version: int | None,
) -> Invoice:
    """Carry out what waits on an invoice and return it.

    StateConflict when nothing waits, when the one who asked would answer (``four_eyes``), or when
    the action is not possible any more; then the question goes on waiting. Stale when the invoice
    is not the one that the approver has seen.
    """

    def attempt() -> Carried:
        invoice, approval = waiting_on(ports, invoice_id, expected_version)
        require_other_eyes(approval, context.actor)
        free = invoice.but(approval_id=None)
        carried = CARRIERS[approval.what](ports, context, free, approval)
        answer = answered(ports, context, approval, state="approved", note=note)
        writes = [*carried.writes, *answer]
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return carried

    carried = until_committed(ports, attempt)
    if carried.mail is not None:
        queue_message(ports, carried.mail)
    return carried.invoice
