"""Void an invoice on which nothing was paid. It keeps its number; the debt is taken back."""

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import NotFound, Stale, StateConflict, known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.journal import reversed_legs
from chalicelib.domain.ledger import EntryLine
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Ports, Replace
from chalicelib.usecases.posting import Fact, invoice_legs, post
from chalicelib.usecases.references import invoice_ref


def void_invoice(
    ports: Ports,
    context: Context,
    invoice_id: str,
    *,
    reason: str | None,
    expected_version: int | None,
) -> Invoice:
    """Void an issued invoice on which nothing was paid or credited. StateConflict otherwise."""

    def attempt() -> Invoice:
        invoice = _voidable(ports, invoice_id, expected_version)
        desk = open_desk(ports, invoice.customer_id, invoice.currency)
        after = invoice.next(state="void", open_minor=0, voided_at=context.at, void_reason=reason)
        entry = audit(
            ports,
            context,
            "invoice_voided",
            subject=("invoice", invoice_id),
            customer_id=invoice.customer_id,
            number=invoice.number,
            reason=reason,
        )
        fact = _fact(desk, invoice, context)
        writes = [Replace(after), *post(ports, context, desk, fact), entry]
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return after

    return until_committed(ports, attempt)


def _voidable(ports: Ports, invoice_id: str, expected_version: int | None) -> Invoice:
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    if expected_version not in (None, invoice.version):
        raise Stale("invoice", expected=expected_version or 0, present=invoice.version)
    is_untouched = invoice.open_minor == invoice.total_minor and not invoice.credited
    if invoice.state != "issued" or not is_untouched:
        raise StateConflict(
            f"Invoice {invoice.number or invoice_id} is {invoice.state}; "
            "only an issued invoice on which nothing was paid or credited can be voided.",
            code="not_voidable",
        )
    return invoice


def _fact(desk: Desk, invoice: Invoice, context: Context) -> Fact:
    today = local_date(context.at, desk.company.time_zone)
    voided_on = max(today, known(invoice.issue_date))
    line = EntryLine(
        effective_on=voided_on,
        invoice_id=invoice.id,
        due_on=invoice.due_date,
        open_delta_minor=-invoice.total_minor,
    )
    return Fact(
        what="invoice_voided",
        booked_on=voided_on,
        lines=[line],
        against=reversed_legs(invoice_legs(invoice)),
        billed_minor=-invoice.total_minor,
        reference=invoice.number,
    )
