"""Give up on what an invoice still asks for, and take that back when hope or money returns."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.approval import Approval
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict, known
from chalicelib.domain.invoice import Invoice, Settlement, require_no_approval, settle
from chalicelib.domain.journal import Leg
from chalicelib.domain.ledger import EntryLine
from chalicelib.usecases.approvals import Ask, Carried, approval_needed, request_approval
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.ports import Ports, Replace, Write
from chalicelib.usecases.posting import Fact, post
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.settle import closed, open_item


@dataclass(frozen=True, kw_only=True)
class GivingUp:
    """How much of an invoice is written off or reinstated (None: all there is), and why."""

    invoice_id: str
    amount_minor: int | None = None
    reason: str | None = None


def write_off(
    ports: Ports, context: Context, giving_up: GivingUp, *, expected_version: int | None
) -> Invoice:
    """Write off what is open, or a part. The invoice is never chased for it again.

    Where a rule of the company wants a second person, the invoice stays as it is and an approval
    waits on it. StateConflict when nothing is open; InvalidField for more than is.
    """

    def attempt() -> Invoice:
        invoice = _read(ports, giving_up.invoice_id, expected_version)
        require_no_approval(invoice)
        desk = open_desk(ports, invoice.customer_id, invoice.currency)
        amount = amount_to_write_off(invoice, giving_up.amount_minor)
        if _needs_approval(desk, invoice, amount):
            after, writes = _ask(ports, context, invoice, giving_up, amount)
        else:
            after, writes = _moved(ports, context, desk, invoice, giving_up, amount)
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice.id}")
        return after

    return until_committed(ports, attempt)


def _needs_approval(desk: Desk, invoice: Invoice, amount_minor: int) -> bool:
    return approval_needed(
        desk.company,
        "write_off",
        amount_minor=invoice.settled_minor("write_off") + amount_minor,  # not slice by slice
        currency=invoice.currency,
        customer_id=invoice.customer_id,
        series=invoice.series,
    )


def _ask(
    ports: Ports, context: Context, invoice: Invoice, giving_up: GivingUp, amount_minor: int
) -> tuple[Invoice, list[Write]]:
    ask = Ask(
        what="write_off",
        amount_minor=amount_minor,
        reasons=("rule",),
        request={"amount_minor": giving_up.amount_minor, "reason": giving_up.reason},
    )
    return request_approval(ports, context, invoice, ask)


def carry_out_write_off(
    ports: Ports, context: Context, invoice: Invoice, approval: Approval
) -> Carried:
    """Return the writes of an approved write-off.

    StateConflict (``amount_changed``) when less is open by now than was approved: what a second
    person has seen is written off, and nothing else.
    """
    if invoice.open_minor < approval.amount_minor:
        raise StateConflict(
            f"Only {invoice.open_minor} are open by now; reject this and ask again.",
            code="amount_changed",
        )
    desk = open_desk(ports, invoice.customer_id, invoice.currency)
    giving_up = GivingUp(
        invoice_id=invoice.id,
        amount_minor=approval.amount_minor,
        reason=approval.request.get("reason"),
    )
    after, writes = _moved(ports, context, desk, invoice, giving_up, approval.amount_minor)
    return Carried(invoice=after, writes=writes)


def amount_to_write_off(invoice: Invoice, wanted_minor: int | None) -> int:
    """Return how much would be written off. StateConflict, InvalidField."""
    if not invoice.is_open:
        raise StateConflict(
            f"Invoice {invoice.number or invoice.id} is {invoice.state}; nothing is open on it.",
            code="nothing_open",
        )
    amount = invoice.open_minor if wanted_minor is None else wanted_minor
    if not 0 < amount <= invoice.open_minor:
        raise InvalidField(
            "/amount_minor",
            f"{invoice.open_minor} are open on this invoice.",
            field_code="more_than_open",
        )
    return amount


def reinstate(
    ports: Ports, context: Context, giving_up: GivingUp, *, expected_version: int | None
) -> Invoice:
    """Take a write-off back: the amount is owed, chased and aged again by its own due date."""

    def attempt() -> Invoice:
        invoice = _read(ports, giving_up.invoice_id, expected_version)
        desk = open_desk(ports, invoice.customer_id, invoice.currency)
        after, writes = reinstating(ports, context, desk, invoice, giving_up)
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice.id}")
        return after

    return until_committed(ports, attempt)


def reinstating(
    ports: Ports, context: Context, desk: Desk, invoice: Invoice, giving_up: GivingUp
) -> tuple[Invoice, list[Write]]:
    """Return the invoice with a write-off taken back, and the writes. Errors as ``reinstate``."""
    amount = _amount_to_reinstate(invoice, giving_up.amount_minor)
    return _moved(ports, context, desk, invoice, giving_up, -amount)


def _amount_to_reinstate(invoice: Invoice, wanted_minor: int | None) -> int:
    written_off = invoice.settled_minor("write_off")
    if written_off <= 0:
        raise StateConflict(
            f"Nothing of invoice {invoice.number or invoice.id} is written off.",
            code="not_written_off",
        )
    amount = written_off if wanted_minor is None else wanted_minor
    if not 0 < amount <= written_off:
        raise InvalidField(
            "/amount_minor",
            f"{written_off} of this invoice are written off.",
            field_code="more_than_written_off",
        )
    return amount


def _read(ports: Ports, invoice_id: str, expected_version: int | None) -> Invoice:
    invoice = ports.store.get(invoice_ref(invoice_id))
    if invoice is None:
        raise NotFound("invoice", invoice_id)
    if expected_version not in (None, invoice.version):
        raise Stale("invoice", expected=expected_version or 0, present=invoice.version)
    return invoice


def _moved(
    ports: Ports,
    context: Context,
    desk: Desk,
    invoice: Invoice,
    giving_up: GivingUp,
    amount_minor: int,
) -> tuple[Invoice, list[Write]]:
    today = local_date(context.at, desk.company.time_zone)
    on = max(today, known(invoice.issue_date))
    after = closed(
        settle(
            invoice,
            Settlement(
                kind="write_off",
                amount_minor=amount_minor,
                received_on=on,
                method="write_off",
                posted_at=context.at,
            ),
        ),
        desk.account,
    )
    entry = audit(
        ports,
        context,
        "invoice_written_off" if amount_minor > 0 else "invoice_reinstated",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        number=invoice.number,
        amount_minor=abs(amount_minor),
        currency=invoice.currency,
        reason=giving_up.reason,
    )
    fact = given_up(invoice, after, amount_minor, on)
    return after, [Replace(after), *post(ports, context, desk, fact), entry]


def given_up(invoice: Invoice, after: Invoice, amount_minor: int, on: date) -> Fact:
    """Return the fact of a write-off; a negative amount takes one back."""
    line = EntryLine(
        effective_on=on,
        invoice_id=invoice.id,
        due_on=invoice.due_date,
        open_delta_minor=-amount_minor,
    )
    return Fact(
        what="invoice_written_off" if amount_minor > 0 else "invoice_reinstated",
        booked_on=on,
        lines=[line],
        against=[Leg(account="bad_debt", amount_minor=amount_minor)],
        written_off_minor=amount_minor,
        reference=invoice.number,
        new_items=[open_item(after)] if after.open_minor else [],
        offers={after.id: after.offer} if after.open_minor and after.discount else {},
    )
