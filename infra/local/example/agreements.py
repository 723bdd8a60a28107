"""What is agreed, contested and given up: added to the example once its story has been told."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from chalicelib.domain.account import Account, OpenItem
from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.customer import Customer
from chalicelib.domain.invoice import LineInput
from chalicelib.domain.promise import Instalment
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.chores import queue_chores
from chalicelib.usecases.company import change_company
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.handovers import NewHandover, hand_over_invoices
from chalicelib.usecases.holds import NewHold, make_hold
from chalicelib.usecases.hourly import CHORES
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.promises import NewPlan, NewPromise, make_plan, make_promise
from chalicelib.usecases.recurring_invoices import NewRecurring, create_recurring
from chalicelib.usecases.references import account_ref
from chalicelib.usecases.write_off import GivingUp, write_off
from infra.local.example.company import COMPANY
from infra.local.example.past import Past

# How many invoices this adds: one that recurs, and one that waits for approval.
ADDED: Final = 2
_ADMIN, _ACCOUNTANT, _COLLECTOR = 0, 1, 2
_RECURRING: Final = {name: CHORES[name] for name in ("recurring", "run")}
_RULE: Final = 500_000
_INSTALMENTS: Final = 3


class Agreements:
    """Each is made so many days before ``today``, in that order; customers are known by name."""

    def __init__(self, past: Past, customers: Mapping[str, Customer], today: date) -> None:
        self._past = past
        self._customers = customers
        self._today = today

    def make(self) -> None:
        """Make them all, and let what was not kept be found."""
        self._give_up("Moda Paseo, S.L.", 30)
        self._credit("Moda Paseo, S.L.", 24)
        self._subscribe("Agencia Dos Comas, S.L.", 20)
        self._contest("Revista Altavoz, S.L.", 12)
        self._contest("Kestrel Books Ltd", 40, deadline_in=14)
        self._agree_on_instalments("Festival Noches de Piedra", 10)
        self._promise("Inmobiliaria Las Fuentes, S.L.", 8, until=5)
        self._promise("Lakeside Stationers LLC", 6, until=12)
        self._pause("Ayuntamiento de Valdemera", 5, until=25)
        self._hand_over("Restaurante Casa Perdiguer", 9)
        self._limit_credit("Moda Paseo, S.L.", 100_000)
        self._limit_credit("Muebles Robledal, S.A.", 2_500_000)
        self._ask_for_approval("Farmacéutica Delicias, S.A.")
        end_rests(self._past.ports, self._past.by_itself(self._past.at(self._today, 10)))

    def _by(self, person: int, days_ago: int) -> Any:
        return self._past.by(person, self._past.at(self._today - timedelta(days=days_ago), 11))

    def _owed(self, name: str) -> tuple[OpenItem, ...]:
        customer = self._customers[name]
        ref = account_ref(customer.id, customer.currency)
        account: Account | None = self._past.ports.store.get(ref)
        return account.open_items if account else ()

    def _give_up(self, name: str, days_ago: int) -> None:
        for item in self._owed(name)[:1]:
            giving_up = GivingUp(invoice_id=item.invoice_id, reason="Concurso sin masa")
            context = self._by(_ACCOUNTANT, days_ago)
            write_off(self._past.ports, context, giving_up, expected_version=None)

    def _credit(self, name: str, days_ago: int) -> None:
        for item in self._owed(name)[-1:]:
            new = NewCreditNote(
                invoice_id=item.invoice_id,
                amount_minor=item.open_minor // 4,
                reason="Ejemplares con la cubierta mal cortada",
            )
            issue_credit_note(self._past.ports, self._by(_ACCOUNTANT, days_ago), new)

    def _subscribe(self, name: str, days_ago: int) -> None:
        start_on = self._today - timedelta(days=days_ago)
        line = LineInput(
            description="Servicio de impresión bajo demanda, cuota mensual",
            quantity=Decimal(1),
            unit_price_minor=18_000,
            tax_rate=Decimal("0.21"),
        )
        new = NewRecurring(
            customer_id=self._customers[name].id,
            currency=None,
            lines=(line,),
            every="month",
            on_day=start_on.day,
            start_on=start_on,
            series="CUOTA",
        )
        create_recurring(self._past.ports, self._by(_ACCOUNTANT, days_ago + 1), new)
        at = self._past.at(start_on, 8)
        queue_chores(self._past.ports, self._past.by_itself(at), _RECURRING)
        self._past.work_off(at)

    def _contest(self, name: str, percent: int, deadline_in: int = 20) -> None:
        for item in self._owed(name)[:1]:
            new = NewDispute(
                invoice_id=item.invoice_id,
                amount_minor=max(item.open_minor * percent // 100, 1),
                reason="Dice que faltan ejemplares en la entrega",
                owner="Gloria Gestora",
                deadline=self._today + timedelta(days=deadline_in),
            )
            open_dispute(self._past.ports, self._by(_COLLECTOR, 4), new)

    def _agree_on_instalments(self, name: str, days_ago: int) -> None:
        owed = self._owed(name)
        whole = sum(item.open_minor for item in owed)
        if whole < _INSTALMENTS:
            return
        parts = [whole // _INSTALMENTS] * (_INSTALMENTS - 1)
        parts.append(whole - sum(parts))
        first = self._today + timedelta(days=8)
        instalments = [
            Instalment(due_on=first + timedelta(days=30 * number), amount_minor=part)
            for number, part in enumerate(parts)
        ]
        new = NewPlan(
            invoice_ids=[item.invoice_id for item in owed],
            instalments=instalments,
            note="Acordado por teléfono con gerencia",
            owner="Gloria Gestora",
        )
        make_plan(self._past.ports, self._by(_COLLECTOR, days_ago), new)

    def _promise(self, name: str, days_ago: int, until: int) -> None:
        for item in self._owed(name)[:1]:
            made_on = self._today - timedelta(days=days_ago)
            new = NewPromise(
                customer_id=self._customers[name].id,
                currency=self._customers[name].currency,
                amount_minor=item.open_minor,
                promised_on=made_on + timedelta(days=until),
                invoice_ids=(item.invoice_id,),
                owner="Gloria Gestora",
            )
            make_promise(self._past.ports, self._by(_COLLECTOR, days_ago), new)

    def _pause(self, name: str, days_ago: int, until: int) -> None:
        new = NewHold(
            customer_id=self._customers[name].id,
            currency=self._customers[name].currency,
            until=self._today + timedelta(days=until),
            reason="documents_missing",
            note="Esperan la aprobación del pleno",
        )
        make_hold(self._past.ports, self._by(_COLLECTOR, days_ago), new)

    def _hand_over(self, name: str, days_ago: int) -> None:
        if not self._owed(name):
            return
        new = NewHandover(
            customer_id=self._customers[name].id,
            currency=self._customers[name].currency,
            to_name="Bufete Serrano y Lahoz",
            to_email="casos@serrano-lahoz.example",
            note="No contesta a cartas ni a llamadas",
        )
        hand_over_invoices(self._past.ports, self._by(_ACCOUNTANT, days_ago), new)

    def _limit_credit(self, name: str, limit_minor: int) -> None:
        change_customer(
            self._past.ports,
            self._by(_ADMIN, 1),
            self._customers[name].id,
            {"credit_limit_minor": limit_minor},
            expected_version=None,
        )

    def _ask_for_approval(self, name: str) -> None:
        rule = ApprovalRule(what="issue", over_minor=_RULE, currency="EUR")
        settings = COMPANY | {"approval_rules": (rule,)}
        ports = self._past.ports
        change_company(ports, self._by(_ADMIN, 1), settings, expected_version=None)
        line = LineInput(
            description="Catálogo general, 12.000 ejemplares",
            quantity=Decimal(12_000),
            unit_price_minor=62,
            tax_rate=Decimal("0.04"),
        )
        new = NewInvoice(customer_id=self._customers[name].id, currency="EUR", lines=[line])
        draft = draft_invoice(ports, self._by(_ACCOUNTANT, 0), new)
        issue_invoice(ports, self._by(_ACCOUNTANT, 0), draft.id, expected_version=None)
