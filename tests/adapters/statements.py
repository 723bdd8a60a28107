"""Statements to draw and to write about, all of them made on Monday 2 November 2026."""

from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.account_now import Due, Mark
from chalicelib.domain.aging import Aging
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.statement import Movement, MovementKind, Statement, StatementItem
from chalicelib.usecases.statement_letter import StatementLetter

FIRST, LAST, TODAY = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 2)


def a_reader(**changes: object) -> Customer:
    customer = Customer(
        id="cus_1",
        name="Distribuciones Peñarroya, S.A.",
        country="ES",
        tax_id="A87654321",
        address="Avenida de la Constitución, 120\n28001 Madrid",
        language="es",
        currency="EUR",
        terms_days=30,
        time_zone="Europe/Madrid",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return customer.but(**changes)


def a_movement(day: int, kind: MovementKind, amount_minor: int, reference: str) -> Movement:
    return Movement(
        on=date(2026, 10, day), kind=kind, reference=reference, amount_minor=amount_minor,
        balance_minor=0,
    )  # fmt: skip


def an_item(number: int, *, due: date, open_minor: int, **changes: object) -> StatementItem:
    item = StatementItem(
        invoice_id=f"inv_{number}",
        number=f"A-{number:06d}",
        issue_date=due - timedelta(days=30),
        due_date=due,
        days_late=max((LAST - due).days, 0),
        total_minor=121_000,
        open_minor=open_minor,
        open_now_minor=open_minor,
    )
    return item.but(**changes)


def a_statement(*movements: Movement, opening_minor: int = 121_000) -> Statement:
    """Return the statement of October 2026; three invoices are open at its end."""
    shown, balance = [], opening_minor
    for one in movements or (
        a_movement(5, "invoice", 121_000, "A-000002"),
        a_movement(12, "payment", -60_500, "TR-4471").but(invoices=("A-000001",)),
        a_movement(20, "credit_note", -21_000, "R-000001").but(invoices=("A-000002",)),
        a_movement(28, "invoice", 121_000, "A-000003"),
    ):
        balance += one.amount_minor
        shown.append(one.but(balance_minor=balance))
    return Statement(
        customer_id="cus_1",
        customer_name="Distribuciones Peñarroya, S.A.",
        currency="EUR",
        first=FIRST,
        last=LAST,
        opening_minor=opening_minor,
        movements=tuple(shown),
        closing_minor=balance,
        items=(
            an_item(1, due=date(2026, 9, 15), open_minor=60_500),
            an_item(
                2,
                due=date(2026, 10, 20),
                open_minor=100_000,
                open_now_minor=80_000,
                marks=(Mark(kind="dispute", amount_minor=20_000),),
            ),
            an_item(3, due=date(2026, 11, 27), open_minor=121_000),
        ),
        aging=Aging(
            currency="EUR",
            current_minor=121_000,
            days_1_30_minor=100_000,
            days_31_60_minor=60_500,
            unapplied_minor=0,
            total_minor=281_500,
        ),
        due=Due(
            on=TODAY,
            open_minor=261_500,
            asked_minor=241_500,
            overdue_minor=120_500,
            unapplied_minor=0,
            to_pay_minor=241_500,
            resting_minor=20_000,
        ),
    )


def a_statement_letter(
    statement: Statement | None = None, language: Language = "es", name: str = "Eva Ruiz"
) -> StatementLetter:
    return StatementLetter(
        statement=statement or a_statement(), customer=a_reader(), name=name, language=language
    )
