"""Enter an invoice that was issued elsewhere, with what was paid of it: all in one transaction.

It joins ledger, account and totals as of its own dates, under the number that was printed there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from chalicelib.domain.account import Account
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import StateConflict, known
from chalicelib.domain.hold import Hold
from chalicelib.domain.import_chase import step_on_arrival
from chalicelib.domain.import_identity import derived_id
from chalicelib.domain.import_invoice_row import ImportedInvoice
from chalicelib.domain.import_run import ImportedNumber, ImportOptions
from chalicelib.domain.invoice import Invoice, Line
from chalicelib.domain.journal import Leg
from chalicelib.domain.ledger import Entry, EntryLine
from chalicelib.domain.payment import IMPORTED, Allocation, Payment
from chalicelib.domain.rest import MAX_RESTS
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.disputes import NewDispute, new_dispute, opening_of
from chalicelib.usecases.holds import said_of_hold
from chalicelib.usecases.imported_numbers import imported_number_ref, series_like
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.posting import (
    Fact,
    increases,
    invoice_legs,
    posted,
    replan,
    with_account,
)
from chalicelib.usecases.references import series_ref
from chalicelib.usecases.settle import allocated, open_item, settling

_WORDS = {
    "es": ("Factura {number}", "Marcada en disputa en el archivo importado"),
    "en": ("Invoice {number}", "Marked as disputed in the imported file"),
}
Verdict = Literal["create", "skip"]


@dataclass(frozen=True, kw_only=True)
class InvoiceOrder:
    """An invoice of a row, whose it is, and how it is to be chased."""

    import_id: str
    row: int
    invoice: ImportedInvoice
    customer_id: str
    due_date: date
    options: ImportOptions


def enter_invoice(ports: Ports, context: Context, order: InvoiceOrder) -> Verdict:
    """Enter the invoice of a row, and its payment. The row again changes nothing and says the same.

    StateConflict when its number belongs to another invoice, ours or imported, or the account has
    no room; NotFound without customer.
    """

    def attempt() -> Verdict:
        number_ref, hold_ref = imported_number_ref(order.invoice.key), _hold_ref(order)
        code = series_like(order.invoice.number)
        also: list[Ref[Hold] | Ref[ImportedNumber]] = [number_ref, hold_ref]
        series = [series_ref(code)] if code else []
        desk = open_desk(ports, order.customer_id, order.invoice.currency, [*also, *series])
        taken = desk.found(number_ref)
        if taken is not None:
            return verdict_on(taken, order)
        require_not_ours(order.invoice.number, is_series=any(desk.found(one) for one in series))
        guards = [Require(one, None) for one in series]
        ports.store.commit([*guards, *_writes(ports, context, desk, order)])
        return "create"

    return until_committed(ports, attempt)


def verdict_on(taken: ImportedNumber, order: InvoiceOrder) -> Verdict:
    """Return what becomes of a row whose number is taken: it is this very row, or this invoice.

    StateConflict when it is the number of another invoice.
    """
    if (taken.import_id, taken.row) == (order.import_id, order.row):
        return "create"
    one = order.invoice
    there = (taken.currency, taken.total_minor, taken.issue_date)
    if there == (one.currency, one.total_minor, one.issue_date):
        return "skip"
    raise StateConflict(
        f"{taken.number} is an invoice of {taken.customer_name} of {taken.issue_date}.",
        code="number_taken",
    )


def require_not_ours(number: str, *, is_series: bool) -> None:
    """StateConflict when a number belongs to a series of ours, given already or not yet."""
    if is_series:
        raise StateConflict(
            f"{number} belongs to a series in which Saldo issues.", code="number_of_ours"
        )


def _writes(ports: Ports, context: Context, desk: Desk, order: InvoiceOrder) -> list[Write]:
    invoice = _document(ports, context, desk, order)
    desk, held = _held(ports, context, desk, order, invoice)
    claim, account, writes = posted(ports, context, desk, _claim(context, desk, order, invoice))
    entries = [claim]
    if order.invoice.paid_minor:
        invoice, receipt, account, paid = _paid(
            ports, context, with_account(desk, account), order, invoice
        )
        entries.append(receipt)
        writes += paid
    if order.invoice.is_disputed:
        account, disputed = _disputed(ports, context, with_account(desk, account), invoice)
        writes += disputed
    return _untold(
        [
            Insert(invoice.but(version=1)),
            Insert(_number(order, invoice)),
            _said(ports, context, order, invoice),
            *(Insert(entry) for entry in entries),
            *save_account(desk, account),
            *writes,
            *held,
            *increases(entries),
        ]
    )


def _untold(writes: Iterable[Write]) -> list[Write]:
    # A file of years is no news: neither staff nor other systems are told of each of its rows.
    return [
        Insert(one.record.but(tell_after=None, announce_after=None))
        if isinstance(one, Insert) and isinstance(one.record, AuditEntry)
        else one
        for one in writes
    ]


def _document(ports: Ports, context: Context, desk: Desk, order: InvoiceOrder) -> Invoice:
    one, customer = order.invoice, desk.customer
    tax = one.tax_total
    words = _WORDS[customer.language][0]
    line = Line(
        description=one.description or words.format(number=one.number),
        quantity=Decimal(1),
        unit_price_minor=one.net_minor,
        tax_rate=tax.rate,
        net_minor=one.net_minor,
    )
    return Invoice(
        id=ports.ids.new("inv", context.at),
        state="issued",
        series="",
        number=one.number,
        customer_id=customer.id,
        customer=customer.on_document(),
        seller=desk.company.on_document(),
        language=customer.language,
        currency=one.currency,
        lines=(line,),
        taxes=(tax,),
        net_minor=one.net_minor,
        tax_minor=one.tax_minor,
        total_minor=one.total_minor,
        open_minor=one.total_minor,
        issue_date=one.issue_date,
        due_date=order.due_date,
        purchase_order=one.purchase_order,
        created_at=context.at,
        issued_at=context.at,
        origin="imported",
    )


def _number(order: InvoiceOrder, invoice: Invoice) -> ImportedNumber:
    return ImportedNumber(
        key=order.invoice.key,
        number=order.invoice.number,
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        customer_name=invoice.customer.name,
        currency=invoice.currency,
        total_minor=invoice.total_minor,
        open_minor=order.invoice.open_minor,
        issue_date=order.invoice.issue_date,
        import_id=order.import_id,
        row=order.row,
    )


def _said(ports: Ports, context: Context, order: InvoiceOrder, invoice: Invoice) -> Write:
    return audit(
        ports,
        context,
        "invoice_imported",
        subject=("invoice", invoice.id),
        customer_id=invoice.customer_id,
        number=invoice.number,
        total_minor=invoice.total_minor,
        currency=invoice.currency,
        import_id=order.import_id,
        row=order.row,
    )


def _claim(context: Context, desk: Desk, order: InvoiceOrder, invoice: Invoice) -> Fact:
    issue_date = order.invoice.issue_date
    bare = open_item(invoice)
    behind = step_on_arrival(
        order.due_date,
        issue_date,
        local_date(context.at, desk.company.time_zone),
        desk.rules.ladder_of(bare),
        order.options.passed_steps,
    )
    item = bare.but(step_done=behind.offset_days, step_id=behind.id) if behind else bare
    line = EntryLine(
        effective_on=issue_date,
        invoice_id=invoice.id,
        due_on=order.due_date,
        open_delta_minor=invoice.total_minor,
    )
    return Fact(
        what="invoice_issued",
        booked_on=issue_date,
        lines=[line],
        billed_minor=invoice.total_minor,
        against=invoice_legs(invoice),
        reference=invoice.number,
        new_items=[item],
    )


def _paid(
    ports: Ports, context: Context, desk: Desk, order: InvoiceOrder, invoice: Invoice
) -> tuple[Invoice, Entry, Account, list[Write]]:
    payment = _payment(ports, context, desk, order, invoice)
    settled = settling(ports, desk.account, payment, payment.allocations, {invoice.id: invoice})
    amount = payment.amount_minor
    received = EntryLine(effective_on=payment.received_on, unapplied_delta_minor=amount)
    fact = Fact(
        what="payment_received",
        booked_on=payment.received_on,
        lines=[received, *settled.lines],
        against=[Leg(account="transfer", amount_minor=amount)],
        collected_minor=amount,
        payment_id=payment.id,
        reference=payment.reference,
    )
    entry, account, writes = posted(ports, context, desk, fact)
    said = audit(
        ports,
        context,
        "payment_imported",
        subject=("payment", payment.id),
        customer_id=payment.customer_id,
        amount_minor=amount,
        currency=payment.currency,
        number=invoice.number,
        import_id=order.import_id,
        row=order.row,
    )
    return settled.invoices[0], entry, account, [Insert(payment), said, *writes]


def _payment(
    ports: Ports, context: Context, desk: Desk, order: InvoiceOrder, invoice: Invoice
) -> Payment:
    received_on = known(order.invoice.paid_on)
    payment = Payment(
        id=ports.ids.new("pay", context.at),
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        amount_minor=order.invoice.paid_minor,
        unapplied_minor=order.invoice.paid_minor,
        currency=invoice.currency,
        received_on=received_on,
        method=IMPORTED,
        reference=invoice.number,
        created_at=context.at,
        created_by=context.actor.id,
    )
    # What the file says is left is left: neither discount nor tolerance touches it.
    allocation = Allocation(
        invoice_id=invoice.id,
        number=known(invoice.number),
        amount_minor=payment.amount_minor,
        effective_on=max(received_on, order.invoice.issue_date),
        posted_at=context.at,
    )
    return allocated(payment, [allocation])


def _disputed(
    ports: Ports, context: Context, desk: Desk, invoice: Invoice
) -> tuple[Account, list[Write]]:
    item = known(desk.account.item(invoice.id))
    wanted = NewDispute(invoice_id=invoice.id, reason=_WORDS[invoice.language][1])
    dispute = new_dispute(ports, context, desk, item, wanted)
    _require_room(desk)
    account = desk.account.but(rests=(*desk.account.rests, dispute.rest()))
    account, called_off = replan(ports, context, desk, account)
    return account, [*opening_of(ports, context, dispute), *called_off]


def _require_room(desk: Desk) -> None:
    if len(desk.account.rests) >= MAX_RESTS:
        raise StateConflict(
            f"{desk.customer.name} already has {MAX_RESTS} open disputes, promises, plans and "
            f"pauses in {desk.account.currency}; end some first.",
            code="too_many_rests",
        )


def _hold_ref(order: InvoiceOrder) -> Ref[Hold]:
    place = f"{order.import_id}#{order.customer_id}#{order.invoice.currency}"
    return Ref(Hold, (derived_id("hld", place),))


def _held(
    ports: Ports, context: Context, desk: Desk, order: InvoiceOrder, invoice: Invoice
) -> tuple[Desk, list[Write]]:
    # One pause an account and import. Once somebody lifts it, what is still to come is chased too.
    until = order.options.rest_until
    before = desk.found(_hold_ref(order))
    is_lifted = before is not None and before.state != "open"
    today = local_date(context.at, desk.customer.time_zone)
    if until is None or until < today or is_lifted or not order.invoice.open_minor:
        return desk, []
    if before is not None:
        hold = before.next(invoice_ids=(*before.invoice_ids, invoice.id))
        writes: list[Write] = [Replace(hold)]
    else:
        _require_room(desk)
        hold = _hold(context, desk, order, invoice, until)
        writes = [Insert(hold), said_of_hold(ports, context, hold, "made")]
    others = tuple(rest for rest in desk.account.rests if rest.id != hold.id)
    return with_account(desk, desk.account.but(rests=(*others, hold.rest()))), writes


def _hold(context: Context, desk: Desk, order: InvoiceOrder, invoice: Invoice, until: date) -> Hold:
    return Hold(
        id=_hold_ref(order).key[0],
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=invoice.currency,
        invoice_ids=(invoice.id,),
        reason="under_review",
        until=until,
        created_at=context.at,
        created_by=context.actor.name,
    )
