"""What the portal shows: only what the link reaches, and nothing that is the company's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from chalicelib.api.schemas import portal as bodies
from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.account_now import Mark
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment_details import payment_details
from chalicelib.domain.promise import Promise
from chalicelib.domain.rest import Rest
from chalicelib.domain.statement import Statement
from chalicelib.usecases.portal_desk import PortalDesk
from chalicelib.usecases.portal_promises import MayPromise, may_promise
from chalicelib.usecases.provider_ports import ProviderKind

Draw = Callable[[str], str]
_TOLD: Final = ("on_its_way", "dispute", "promise", "plan")
MOST_ON_CODE: Final = 200


def home_body(
    desk: PortalDesk, accounts: Iterable[bodies.PortalAccount], requested: str | None
) -> bodies.PortalHome:
    """Return the first screen."""
    company, customer = desk.company, desk.customer
    logo = company.logo
    return bodies.PortalHome(
        language=desk.language,
        scope="customer" if desk.is_whole else "invoices",
        read_only=desk.link.is_read_only,
        link_id=desk.link.id,
        has_contact=desk.has_contact,
        today=desk.today,
        expires_at=desk.link.valid_until,
        company=bodies.PortalCompany(
            name=company.name,
            tax_id=company.tax_id,
            address=company.address,
            email=company.reply_to or company.email,
            phone=company.phone,
            website=company.website,
            accent=company.accent,
            logo_url=f"/portal/logo?v={logo.hash}" if logo is not None else None,
        ),
        customer=bodies.PortalCustomer(
            name=customer.name,
            tax_id=customer.tax_id,
            contact=_contact_body(desk, requested),
        ),
        accounts=list(accounts),
    )


def _contact_body(desk: PortalDesk, requested: str | None) -> bodies.PortalContact:
    customer, contact = desk.customer, desk.contact
    own = contact or customer
    return bodies.PortalContact(
        id=contact.id if contact else None,
        name=own.name,
        email=own.email if desk.has_contact else None,
        phone=own.phone if desk.has_contact else None,
        language=(contact.language if contact else None) or customer.language,
        requested_email=requested if desk.has_contact else None,
    )


def account_body(
    desk: PortalDesk,
    account: Account,
    *,
    paid: Sequence[bodies.PortalInvoiceRow],
    broken: Sequence[Promise],
    ways: Iterable[ProviderKind],
    draw: Draw,
) -> bodies.PortalAccount:
    """Return what is owed in one currency."""
    items = desk.items(account)
    marks = desk.marks(account)
    left = {item.invoice_id: desk.payable_minor(account, item) for item in items}
    # What is on its way is not late any more to who has paid it.
    late = [item for item in items if item.due_date < desk.today and left[item.invoice_id]]
    payable = sum(left.values())
    credit = account.unapplied_minor if desk.is_whole else 0
    may = may_promise(desk, account, [item.invoice_id for item in items], broken)
    rests = desk.rests(account)
    return bodies.PortalAccount(
        currency=account.currency,
        open_minor=sum(item.open_minor for item in items),
        overdue_minor=sum(left[item.invoice_id] for item in late),
        credit_minor=credit,
        on_its_way_minor=sum(item.open_minor for item in items) - payable,
        payable_minor=payable,
        to_pay_minor=max(payable - credit, 0),
        oldest_due_date=late[0].due_date if late else None,
        invoices=[_open_row(desk, account, item, marks) for item in items],
        paid=list(paid),
        promises=[
            bodies.PortalPromise(
                id=one.id, amount_minor=one.amount_minor, promised_on=one.ends_after() or desk.today
            )
            for one in rests
            if one.kind == "promise" and not one.is_broken(desk.today)
        ],
        plan=[part for one in rests if one.kind == "plan" for part in _instalments(one)],
        may_promise=may_promise_body(may),
        ways=[way_body(one) for one in ways],
        transfer=transfer_body(desk, account, items, draw),
    )


def _instalments(rest: Rest) -> list[bodies.PortalInstalment]:
    return [
        bodies.PortalInstalment(due_on=part.until, amount_minor=part.amount_minor or 0)
        for part in rest.parts
        if part.until is not None
    ]


def _open_row(
    desk: PortalDesk, account: Account, item: OpenItem, marks: Mapping[str, Sequence[Mark]]
) -> bodies.PortalInvoiceRow:
    days = max((desk.today - item.due_date).days, 0)
    return bodies.PortalInvoiceRow(
        id=item.invoice_id,
        number=item.number,
        issue_date=item.issue_date,
        due_date=item.due_date,
        total_minor=item.total_minor,
        open_minor=item.open_minor,
        payable_minor=desk.payable_minor(account, item),
        state="open",
        overdue=days > 0,
        days_overdue=days,
        parts=_parts(account, item.invoice_id, marks.get(item.invoice_id, ())),
        has_pdf=True,
    )


def _parts(account: Account, invoice_id: str, marks: Iterable[Mark]) -> list[bodies.PortalPart]:
    return [
        bodies.PortalPart(
            kind=one.kind if one.kind in _TOLD else "other",
            amount_minor=one.amount_minor,
            until=_until(account, invoice_id, one.kind),
        )
        for one in marks
    ]


def _until(account: Account, invoice_id: str, kind: str) -> date | None:
    days = (
        rest.ends_after() for rest in account.rests if rest.kind == kind and rest.covers(invoice_id)
    )
    return min((day for day in days if day is not None), default=None)


def may_promise_body(may: MayPromise) -> bodies.PortalPromises:
    """Return whether a day may be promised."""
    is_so = may.refusal is None
    return bodies.PortalPromises(
        may=is_so,
        last_day=may.last_day if is_so else None,
        most_minor=may.most_minor if is_so else 0,
        refusal=may.refusal,
    )


def way_body(kind: ProviderKind) -> bodies.PortalWay:
    """Return a way to pay."""
    return bodies.PortalWay(provider=kind.name, title=kind.title, minimum_minor=kind.minimum_minor)


def transfer_body(
    desk: PortalDesk, account: Account, items: Sequence[OpenItem], draw: Draw
) -> bodies.PortalTransfer | None:
    """Return how to pay open items by bank transfer; None where nobody said to which account."""
    amounts = [desk.payable_minor(account, item) for item in items]
    said = payment_details(
        desk.company,
        [item.number for item, amount in zip(items, amounts, strict=True) if amount][:MOST_ON_CODE],
        amount_minor=sum(amounts),
        currency=account.currency,
    )
    if said.iban is None or said.iban_grouped is None or not said.amount_minor:
        return None
    return bodies.PortalTransfer(
        beneficiary=said.beneficiary,
        iban=said.iban,
        iban_grouped=said.iban_grouped,
        amount_minor=said.amount_minor,
        reference=said.reference,
        reference_grouped=said.reference_grouped,
        text=said.text,
        epc_payload=said.epc_payload,
        qr_svg=draw(said.epc_payload) if said.epc_payload else None,
    )


def paid_row(row: Mapping[str, Any]) -> bodies.PortalInvoiceRow:
    """Return a paid invoice in the list."""
    return bodies.PortalInvoiceRow(
        id=row["id"],
        number=row["number"],
        issue_date=row["issue_date"],
        due_date=row["due_date"],
        total_minor=row["total_minor"],
        open_minor=0,
        payable_minor=0,
        state="paid",
        overdue=False,
        days_overdue=0,
        parts=[],
        has_pdf=True,
    )


def invoice_row(desk: PortalDesk, invoice: Invoice) -> bodies.PortalInvoiceRow:
    """Return any invoice in the list, open or not."""
    account = desk.account(invoice.currency)
    item = account.item(invoice.id)
    if item is not None:
        row = _open_row(desk, account, item, desk.marks(account))
        return row.model_copy(update={"has_pdf": not invoice.is_imported})
    row = paid_row(invoice.model_dump())
    state = invoice.state if invoice.state in ("void", "written_off") else "paid"
    return row.model_copy(update={"has_pdf": not invoice.is_imported, "state": state})


def invoice_body(
    desk: PortalDesk,
    invoice: Invoice,
    disputes: Iterable[Dispute],
    *,
    broken: Sequence[Promise],
    ways: Iterable[ProviderKind],
    draw: Draw,
) -> bodies.PortalInvoice:
    """Return one invoice with its lines, what was paid, and how to pay it."""
    account = desk.account(invoice.currency)
    item = account.item(invoice.id)
    own = invoice_row(desk, invoice)
    return bodies.PortalInvoice(
        **own.model_dump(),
        currency=invoice.currency,
        purchase_order=invoice.purchase_order,
        notes=invoice.notes,
        lines=[bodies.PortalLine(**line.model_dump()) for line in invoice.lines],
        taxes=[bodies.PortalTax(**tax.model_dump()) for tax in invoice.taxes],
        net_minor=invoice.net_minor,
        tax_minor=invoice.tax_minor,
        settlements=[
            bodies.PortalSettled(kind=one.kind, amount_minor=one.amount_minor, on=one.received_on)
            for one in invoice.settlements
        ],
        disputes=[dispute_body(one) for one in disputes],
        may_dispute_minor=0 if desk.link.is_read_only else desk.free_minor(account, invoice.id),
        may_promise=may_promise_body(may_promise(desk, account, [invoice.id], broken)),
        ways=[way_body(one) for one in ways] if item is not None else [],
        transfer=transfer_body(desk, account, [item], draw) if item is not None else None,
    )


def dispute_body(one: Dispute) -> bodies.PortalDispute:
    """Return a dispute. What staff wrote of one that they opened themselves is theirs."""
    return bodies.PortalDispute(
        id=one.id,
        state=one.state,
        outcome=one.outcome,
        amount_minor=one.amount_minor,
        category=one.category,
        comment=one.comment,
        files=[file.name for file in one.files],
        created_at=one.created_at,
        by_you=one.link_id is not None,
    )


def statement_body(one: Statement) -> bodies.PortalStatement:
    """Return the account over a period."""
    return bodies.PortalStatement(
        currency=one.currency,
        first=one.first,
        last=one.last,
        opening_minor=one.opening_minor,
        movements=[
            bodies.PortalMovement(**move.model_dump() | {"invoices": list(move.invoices)})
            for move in one.movements
        ],
        closing_minor=one.closing_minor,
    )


def require_transfer(body: bodies.PortalTransfer | None) -> bodies.PortalTransfer:
    """NotFound where nothing is to be paid by bank transfer."""
    if body is None:
        raise NotFound("bank transfer", "of these invoices")
    return body


def require_document(invoice: Invoice) -> None:
    """StateConflict for an invoice that was issued elsewhere."""
    if invoice.is_imported:
        raise StateConflict(
            f"Invoice {invoice.number} was issued elsewhere; its document is there.",
            code="issued_elsewhere",
        )
