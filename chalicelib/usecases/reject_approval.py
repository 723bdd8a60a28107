"""Say no to what waits on an invoice, or take one's own question back."""

from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.approvals import answered, waiting_on
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.ports import Ports, Replace


def reject_approval(
    ports: Ports,
    context: Context,
    invoice_id: str,
    *,
    reason: str | None,
    expected_version: int | None,
) -> Invoice:
    """Reject what waits on an invoice, or withdraw it if it is one's own question.

    An invoice that was to be issued is a draft again. StateConflict when nothing waits; Stale when
    the invoice is not the one that was seen.
    """

    def attempt() -> Invoice:
        invoice, approval = waiting_on(ports, invoice_id, expected_version)
        is_own = approval.requested_by == context.actor.id
        answer = answered(
            ports, context, approval, state="withdrawn" if is_own else "rejected", note=reason
        )
        state = "draft" if invoice.state == "pending_approval" else invoice.state
        after = invoice.next(state=state, approval_id=None)
        commit(ports, context, [Replace(after), *answer], resource=f"/v1/invoices/{invoice_id}")
        return after

    return until_committed(ports, attempt)
