"""What a template is shown with when there is no account to show it with: an invented customer."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from chalicelib.domain.account import OpenItem
from chalicelib.domain.account_now import Due
from chalicelib.domain.aging import Aging
from chalicelib.domain.credit_note import CreditNote, credit_amount
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.invoice import Invoice, LineInput, price
from chalicelib.domain.statement import Statement, StatementItem
from chalicelib.usecases.contents import ReminderLetter
from chalicelib.usecases.statement_letter import StatementLetter

_NAME: Final = "Distribuciones Peñarroya, S.A."
_CONTACT: Final = "Marta Ruiz"
_DAYS_LATE: Final = {"reminder_before": -3, "reminder_first": 3, "reminder_second": 7}
_LATE: Final = 20
_NET_MINOR: Final = 100_000
_TOTAL_MINOR: Final = 121_000


def example_customer(language: Language, currency: str, today: date) -> Customer:
    """Return a customer that does not exist."""
    return Customer(
        version=0,
        id="example",
        name=_NAME,
        country="ES",
        tax_id="A87654321",
        address="Avenida de la Constitución, 120\n28001 Madrid",
        language=language,
        currency=currency,
        terms_days=30,
        time_zone="Europe/Madrid",
        created_at=_noon(today),
    )


def example_letter(template_id: str, customer: Customer, today: date) -> ReminderLetter:
    """Return a reminder over two invoices, late as is usual for the template, and one to come."""
    due = today - timedelta(days=_DAYS_LATE.get(template_id, _LATE))
    items = (
        _item(127, due, _TOTAL_MINOR),
        _item(131, due + timedelta(days=1), 59_950),
        _item(140, today + timedelta(days=24), 302_500),
    )
    is_known = customer.name != _NAME
    return ReminderLetter(
        template=template_id,
        customer_name=customer.name,
        contact_name=None if is_known else _CONTACT,
        language=customer.language,
        currency=customer.currency,
        today=today,
        items=items,
        more_items=0,
        open_minor=sum(one.open_minor for one in items),
        overdue_minor=sum(one.open_minor for one in items if one.due_date < today),
        unapplied_minor=0,
    )


def _item(number: int, due: date, total_minor: int) -> OpenItem:
    return OpenItem(
        invoice_id=f"example_{number}",
        number=f"A-{number:06d}",
        issue_date=due - timedelta(days=30),
        due_date=due,
        total_minor=total_minor,
        open_minor=total_minor,
    )


def example_invoice(customer: Customer, today: date) -> Invoice:
    """Return an invoice of today with an order and a discount for paying early."""
    line = LineInput(
        description="Mantenimiento" if customer.language == "es" else "Maintenance",
        quantity=Decimal(1),
        unit_price_minor=_NET_MINOR,
        tax_rate=Decimal("0.21"),
    )
    priced = price([line])
    return Invoice(
        id="example_127",
        state="issued",
        series="A",
        number="A-000127",
        sequence=127,
        customer_id=customer.id,
        customer=customer.on_document(),
        language=customer.language,
        currency=customer.currency,
        lines=priced.lines,
        taxes=priced.taxes,
        net_minor=priced.net_minor,
        tax_minor=priced.tax_minor,
        total_minor=priced.total_minor,
        open_minor=priced.total_minor,
        issue_date=today,
        due_date=today + timedelta(days=30),
        purchase_order="PO-4471",
        discount=DiscountTerms(rate=Decimal("0.02"), days=10),
        created_at=_noon(today),
        issued_at=_noon(today),
    )


def example_credit_note(customer: Customer, today: date) -> CreditNote:
    """Return a credit note over half of the invoice."""
    invoice = example_invoice(customer, today - timedelta(days=9))
    credited = credit_amount(invoice, _TOTAL_MINOR // 2)
    reason = "Devolución de 2 unidades" if customer.language == "es" else "Return of 2 units"
    return CreditNote(
        id="example_7",
        number="R-000007",
        series="R",
        sequence=7,
        invoice_id=invoice.id,
        invoice_number="A-000127",
        customer_id=customer.id,
        customer=customer.on_document(),
        language=customer.language,
        currency=customer.currency,
        lines=credited.lines,
        taxes=credited.taxes,
        net_minor=credited.net_minor,
        tax_minor=credited.tax_minor,
        total_minor=credited.total_minor,
        applied_minor=credited.total_minor,
        payment_id="example",
        reason=reason,
        issue_date=today,
        created_at=_noon(today),
        created_by="example",
        hash="",
        previous_hash="",
    )


def example_statement(customer: Customer, today: date) -> StatementLetter:
    """Return the statement of the month before, with an invoice that is late."""
    last = today.replace(day=1) - timedelta(days=1)
    due = last - timedelta(days=10)
    item = StatementItem(
        invoice_id="example_127",
        number="A-000127",
        issue_date=due - timedelta(days=30),
        due_date=due,
        days_late=(last - due).days,
        total_minor=_TOTAL_MINOR,
        open_minor=_TOTAL_MINOR,
        open_now_minor=_TOTAL_MINOR,
    )
    owed = {"open_minor": _TOTAL_MINOR, "asked_minor": _TOTAL_MINOR, "to_pay_minor": _TOTAL_MINOR}
    statement = Statement(
        customer_id=customer.id,
        customer_name=customer.name,
        currency=customer.currency,
        first=last.replace(day=1),
        last=last,
        opening_minor=_TOTAL_MINOR,
        movements=(),
        closing_minor=_TOTAL_MINOR,
        items=(item,),
        aging=Aging(
            currency=customer.currency, days_1_30_minor=_TOTAL_MINOR, total_minor=_TOTAL_MINOR
        ),
        due=Due(on=today, overdue_minor=_TOTAL_MINOR, unapplied_minor=0, resting_minor=0, **owed),
    )
    return StatementLetter(
        statement=statement, customer=customer, name=customer.name, language=customer.language
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
