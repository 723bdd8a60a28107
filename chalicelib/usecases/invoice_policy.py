"""Give an invoice a ladder of reminders of its own, or its customer's again."""

from chalicelib.domain.account import Account
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.next_action import plan
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.policies import require_policy
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.references import invoice_ref


def set_invoice_policy(
    ports: Ports, context: Context, invoice_id: str, policy_id: str | None
) -> Invoice:
    """Chase an invoice by this ladder from now on; None for that of its customer.

    Steps that it has taken stay taken, by their days. The document itself does not change.
    InvalidField for a ladder that does not exist.
    """
    require_policy(ports, policy_id, "/policy_id")

    def attempt() -> Invoice:
        invoice = ports.store.get(invoice_ref(invoice_id))
        if invoice is None:
            raise NotFound("invoice", invoice_id)
        if invoice.policy_id == policy_id:
            return invoice
        after = invoice.next(policy_id=policy_id)
        entry = audit(
            ports,
            context,
            "invoice_policy_changed",
            subject=("invoice", invoice_id),
            customer_id=invoice.customer_id,
            number=invoice.number,
            policy=policy_id,
        )
        writes = [Replace(after), *_on_account(ports, context, after), entry]
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return after

    return until_committed(ports, attempt)


def _on_account(ports: Ports, context: Context, invoice: Invoice) -> list[Write]:
    desk = open_desk(ports, invoice.customer_id, invoice.currency)
    account = _with_policy(desk, invoice)
    if account == desk.account:
        return []
    return save_account(desk, plan(account, desk.rules, context.at))


def _with_policy(desk: Desk, invoice: Invoice) -> Account:
    items = tuple(
        item.but(policy_id=invoice.policy_id) if item.invoice_id == invoice.id else item
        for item in desk.account.open_items
    )
    return desk.account.but(open_items=items)
