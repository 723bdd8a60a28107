"""Makes the example's story happen through the program's own procedures, day by day."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.domain.calendar import is_working_day, local_date
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.payment import Wanted
from chalicelib.usecases.company import change_company
from chalicelib.usecases.company_logo import change_logo
from chalicelib.usecases.create_customer import create_customer
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.tick import queue_due_reminders
from infra.local.example.agreements import Agreements
from infra.local.example.buffer import Buffer
from infra.local.example.buyers import BUYERS, new_customer
from infra.local.example.chase import Chase
from infra.local.example.company import COMPANY, Buyer
from infra.local.example.connected import Connected
from infra.local.example.goods import lines_for
from infra.local.example.incidents import Incidents
from infra.local.example.logo import olive_logo
from infra.local.example.online import Online
from infra.local.example.past import Past
from infra.local.example.story import DAYS, DRAFTS, Order, Part, first_day, orders
from infra.local.example.takeover import TAKEN_OVER, take_over
from infra.local.example.till import Till
from infra.local.example.visitors import Visitors
from infra.local.providers.office import Office
from infra.local.providers.setting_up import enter_provider_keys

_ACCOUNTANT: Final = 1
_SEED: Final = 7
# The book holds mails and reminders of the last weeks; older ones would only take time to load.
_MAIL_DAYS: Final = 60
# Mails of these last days really lie in the local mailbox.
_MAILBOX_DAYS: Final = 4
_METHODS: Final = ("transfer", "transfer", "transfer", "direct_debit", "card", "cheque")


def load(ports: Ports, now: datetime, office: Office, *, client: Any, table: str) -> None:
    """Fills an empty table with fourteen months of business up to `now`."""
    buffer = Buffer()
    live_through(replace(ports, store=DynamoStore(buffer)), now, office)
    buffer.flush(client, table)


def live_through(ports: Ports, now: datetime, office: Office) -> None:
    """Lets the story happen, its payments in an office of stand-ins; the store must be empty."""
    till = Till(office, office.base_url)
    with till.in_the_past():
        _Loader(ports, now, till).run()


class _Loader:
    """The company's days. What it remembers is what a clerk would look up."""

    def __init__(self, ports: Ports, now: datetime, till: Till) -> None:
        self._chance = Random(_SEED)  # noqa: S311 - the same book every time
        self._past = Past(ports, now, self._chance, till)
        self._today = local_date(now, COMPANY["time_zone"])
        self._customers: dict[str, Customer] = {}
        self._orders: dict[date, list[Order]] = defaultdict(list)
        self._payments: dict[date, list[tuple[Invoice, Part]]] = defaultdict(list)
        self._open_minor: dict[str, int] = {}
        self._monthly: list[Invoice] = []
        self._incidents = Incidents(self._past, self._customers)
        self._chase = Chase(self._past, self._customers, self._today)
        self._online = Online(self._past, self._customers)
        self._visitors = Visitors(self._past, self._customers, self._online)
        self._connected = Connected(self._past)

    def run(self) -> None:
        first = self._today - timedelta(days=DAYS + 7)
        context = self._past.by(0, self._past.at(first, 9))
        change_company(self._past.ports, context, COMPANY, expected_version=None)
        change_logo(self._past.ports, context, olive_logo())
        enter_provider_keys(self._past.ports, context)
        self._chase.set_rules(first)
        for order in orders(self._today):
            self._orders[order.on].append(order)
        for days in range(DAYS + 8):
            self._live(first + timedelta(days=days))
        Agreements(self._past, self._customers, self._today).make()
        self._chase.send_statements()
        self._write_drafts()
        self._connected.tell(self._past.at(self._today, 23))

    def _live(self, day: date) -> None:
        """One day: new customers, invoices, money, and what goes out by mail."""
        if day == self._today - timedelta(days=_MAILBOX_DAYS):
            self._past.let_mails_go_out()
        for buyer in BUYERS:
            if first_day(buyer, self._today) == day:
                self._meet(buyer, day)
        for order in self._orders[day]:
            self._invoice(order)
        for invoice, part in self._payments.pop(day, ()):
            self._take_money(invoice, part, day)
        if is_working_day(day) and (day + timedelta(days=3)).month != day.month:
            self._take_money_of_the_month(day)
        self._happen(day)

    def _happen(self, day: date) -> None:
        """What else belongs to a day, and who is told of it."""
        days_ago = (self._today - day).days
        self._incidents.happen(day, days_ago)
        self._online.happen(day, days_ago)
        self._visitors.happen(day, days_ago)
        self._chase.happen(day)
        if is_working_day(day) and day >= self._today - timedelta(days=_MAIL_DAYS):
            self._remind(day)
        if days_ago == TAKEN_OVER:
            take_over(self._past, self._today)
        self._connected.happen(day, days_ago)

    def _meet(self, buyer: Buyer, day: date) -> None:
        context = self._past.by(_ACCOUNTANT, self._past.at(day, 9))
        self._customers[buyer.name] = create_customer(
            self._past.ports, context, new_customer(buyer)
        )

    def _invoice(self, order: Order) -> None:
        at = self._past.at(order.on, 10, self._chance.randrange(60))
        context, ports = self._past.by(_ACCOUNTANT, at), self._past.ports
        draft = draft_invoice(ports, context, self._new_invoice(order.buyer))
        invoice = issue_invoice(ports, context, draft.id, expected_version=None)
        self._open_minor[invoice.id] = invoice.total_minor
        for part in order.parts:
            self._payments[part.on].append((invoice, part))
        if order.buyer.habit == "by_month":
            self._monthly.append(invoice)
        is_recent = order.on >= self._today - timedelta(days=_MAIL_DAYS)
        if is_recent and invoice.customer.email not in self._past.returned:
            send_invoice(ports, context, invoice.id, again=False)
            self._past.work_off(at)

    def _take_money(self, invoice: Invoice, part: Part, day: date) -> None:
        amount_minor = round(self._open_minor[invoice.id] * part.share)
        self._open_minor[invoice.id] -= amount_minor
        self._record(
            NewPayment(
                customer_id=invoice.customer_id,
                amount_minor=amount_minor,
                currency=invoice.currency,
                received_on=day,
                method=self._chance.choice(_METHODS),
                reference=invoice.number,
                wanted=[Wanted(invoice_id=invoice.id, amount_minor=amount_minor)],
            )
        )

    def _take_money_of_the_month(self, day: date) -> None:
        """Who pays once a month pays by then all that has fallen due."""
        due: dict[tuple[str, str], int] = defaultdict(int)
        for invoice in self._monthly:
            if known(invoice.due_date) <= day:
                account = (invoice.customer_id, invoice.currency)
                due[account] += self._open_minor[invoice.id]
                self._open_minor[invoice.id] = 0
        for (customer_id, currency), amount_minor in due.items():
            if amount_minor:
                self._record(
                    NewPayment(
                        customer_id=customer_id,
                        amount_minor=amount_minor,
                        currency=currency,
                        received_on=day,
                        method="transfer",
                        reference=f"Remesa {day:%m/%Y}",
                    )
                )

    def _record(self, payment: NewPayment) -> None:
        at = self._past.at(payment.received_on, 12, self._chance.randrange(60))
        record_payment(self._past.ports, self._past.by(_ACCOUNTANT, at), payment)

    def _remind(self, day: date) -> None:
        """In the afternoon, when New York has opened too."""
        at = self._past.at(day, 16)
        queue_due_reminders(self._past.ports, self._past.by(_ACCOUNTANT, at))
        self._past.work_off(at)

    def _write_drafts(self) -> None:
        context = self._past.by(_ACCOUNTANT, self._past.at(self._today, 11))
        for buyer in self._chance.sample(BUYERS, DRAFTS):
            draft_invoice(self._past.ports, context, self._new_invoice(buyer))

    def _new_invoice(self, buyer: Buyer) -> NewInvoice:
        lines = lines_for(
            self._chance,
            language=buyer.language,
            segment=buyer.segment,
            is_abroad=buyer.country != "ES",
        )
        return NewInvoice(
            customer_id=self._customers[buyer.name].id,
            currency=buyer.currency,
            lines=lines,
            purchase_order=f"P-{self._chance.randrange(1000, 9999)}",
        )
