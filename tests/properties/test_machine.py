"""Random programs of business facts: after each, the book says what the model says."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from chalicelib.domain.aging import Aging, bucket_of
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.provider import FactKind
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.context import system_context
from chalicelib.usecases.references import account_ref
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import (
    NOON,
    Book,
    a_customer,
    a_fact,
    a_payment,
    aging_as_of,
    an_issued_invoice,
    by_ana,
    provider_says,
)
from tests.invariants import assert_quiet
from tests.properties.model import UNKNOWN_PAYER, Model
from tests.worker import drain

AMOUNTS = st.one_of(st.integers(1, 500), st.integers(1, 10**7))
DAYS = st.integers(0, 60)


class Receivables(RuleBasedStateMachine):
    """Issue, void, pay, allocate, hear from the provider, remind; two customers, one currency."""

    issued = Bundle("issued")
    received = Bundle("received")

    @initialize()
    def open_the_book(self) -> None:
        self.book = Book()
        other = a_customer(self.book.ports, name="Otra, S.L.", time_zone="America/Santiago")
        self.customers = [self.book.customer.id, other.id]
        self.now = NOON
        self.model = Model()
        self.events = 0

    @property
    def today(self) -> date:
        return self.now.date()

    @rule(target=issued, who=st.integers(0, 1), total=AMOUNTS, terms=DAYS)
    def issue(self, who: int, total: int, terms: int) -> str:
        due = self.today + timedelta(days=terms)
        customer = self.customers[who]
        invoice = an_issued_invoice(self.book.ports, customer, total, self.now, due_date=due)
        self.model.issue(invoice.id, customer, self.today, due, total)
        return invoice.id

    @rule(invoice=issued)
    def void(self, invoice: str) -> None:
        may = self.model.can_void(invoice)
        before = self.book.snapshot()
        try:
            void_invoice(
                self.book.ports, by_ana(self.now), invoice, reason=None, expected_version=None
            )
        except StateConflict:
            assert not may
            assert self.book.snapshot() == before
        else:
            assert may
            self.model.void(invoice, self.today)

    @rule(target=received, who=st.integers(0, 1), amount=AMOUNTS, ago=DAYS, spend=st.booleans())
    def pay(self, who: int, amount: int, ago: int, *, spend: bool) -> str:
        day = self.today - timedelta(days=ago)
        customer = self.customers[who]
        payment = a_payment(
            self.book.ports, customer, amount, self.now,
            wanted=None if spend else [], received_on=day,
        )  # fmt: skip
        self.model.receive(payment.id, customer, amount, day)
        if spend:
            self.model.settle_oldest(payment.id)
        return payment.id

    @rule(payment=received)
    def allocate(self, payment: str) -> None:
        try:
            allocate_payment(self.book.ports, by_ana(self.now), payment, None)
        except StateConflict:
            assert self.model.settle_oldest(payment) == 0
        else:
            assert self.model.settle_oldest(payment) > 0

    @rule(invoice=issued, amount=AMOUNTS, key=st.integers(0, 3), is_named=st.booleans())
    def pay_online(self, invoice: str, amount: int, key: int, *, is_named: bool) -> None:
        self._provider("paid", f"pi_{key}", invoice if is_named else None, amount)
        first = self.model.payments.get(self.model.online.get(f"pi_{key}", ""))
        self.model.paid_online(
            f"pi_{key}",
            invoice if is_named else None,
            first.amount if first else amount,
            self.today,
        )

    @rule(invoice=issued, what=st.sampled_from(["processing", "failed"]), key=st.integers(0, 5))
    def hear_of_a_payment_that_is_not_money(self, invoice: str, what: FactKind, key: int) -> None:
        self._provider(what, f"pi_{key}", invoice, 100)

    def _provider(self, what: FactKind, key: str, invoice: str | None, amount: int) -> None:
        self.events += 1
        fact = a_fact(
            what, event_id=f"evt_{self.events}", payment_key=key, invoice_id=invoice,
            amount_minor=amount, occurred_at=self.now,
        )  # fmt: skip
        for _ in range(2):
            provider_says(self.book.ports, fact, self.now)

    @rule(days=st.integers(1, 20))
    def time_passes_and_reminders_go_out(self, days: int) -> None:
        self.now += timedelta(days=days)
        for _ in range(2):
            queue_due_reminders(self.book.ports, system_context(self.now))
            drain(self.book.fakes, self.now)

    @rule(invoice=consumes(issued))
    def nobody_speaks_of_it_any_more(self, invoice: str) -> None:
        self.book.invoice(invoice)

    @invariant()
    def balances_and_states_are_those_of_the_model(self) -> None:
        for customer in (*self.customers, UNKNOWN_PAYER):
            account = self.book.ports.store.get(account_ref(customer, "EUR"))
            shown = (account.open_minor, account.unapplied_minor) if account else (0, 0)
            assert shown == self.model.balance(customer)
        for name, expected in self.model.invoices.items():
            invoice = self.book.invoice(name)
            assert (invoice.open_minor, invoice.state) == (expected.open, self.model.state(name))

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        drain(self.book.fakes, self.now)
        assert_quiet(self.book.fakes.table)
        for back in range(-70, 70, 9):
            day = self.today - timedelta(days=back)
            assert aging_as_of(self.book.ports, day) in (
                self._expected(day),
                (Aging(currency="EUR"),) if self._expected(day) == () else self._expected(day),
            )

    def _expected(self, day: date) -> tuple[Aging, ...]:
        open_by_due, unapplied = self.model.open_by_due(day)
        if not open_by_due and not unapplied:
            return ()
        buckets: dict[str, int] = {}
        for due, amount in open_by_due.items():
            name = f"{bucket_of((day - due).days)}_minor"
            buckets[name] = buckets.get(name, 0) + amount
        total = sum(open_by_due.values())
        return (Aging(currency="EUR", unapplied_minor=unapplied, total_minor=total, **buckets),)


TestReceivables = Receivables.TestCase
TestReceivables.settings = settings(max_examples=40, stateful_step_count=25)
