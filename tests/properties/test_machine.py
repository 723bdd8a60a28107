"""Random programs of business facts: after each, the book says what the model says."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from chalicelib.domain.aging import Aging, bucket_of
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.dispute import Dispute, Outcome
from chalicelib.domain.errors import DomainError, InvalidField, StateConflict
from chalicelib.domain.payment import ReturnKind, Wanted
from chalicelib.domain.promise import Instalment
from chalicelib.domain.provider import FactKind
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.disputes import NewDispute, Resolution, open_dispute, resolve_dispute
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.promises import NewPlan, NewPromise, make_plan, make_promise
from chalicelib.usecases.references import account_ref
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off
from tests.builders import (
    NOON,
    Book,
    a_customer,
    a_fact,
    a_payment,
    aging_as_of,
    an_issued_invoice,
    by_ana,
    change_company,
    provider_says,
)
from tests.invariants import assert_quiet
from tests.properties.model import UNKNOWN_PAYER, Model
from tests.worker import drain

AMOUNTS = st.one_of(st.integers(1, 500), st.integers(1, 10**7))
DAYS = st.integers(0, 60)


def _part(amount: int, share: int) -> int:
    """So many percent of an amount, and at least a cent of it."""
    return -(-amount * share // 100)


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

    @rule(
        target=issued, who=st.integers(0, 1), total=AMOUNTS, terms=DAYS,
        early=st.sampled_from([None, None, (10, 20), (20, 33)]),
    )  # fmt: skip
    def issue(self, who: int, total: int, terms: int, early: tuple[int, int] | None) -> str:
        due = self.today + timedelta(days=terms)
        customer = self.customers[who]
        discount, offered = None, None
        if early is not None:
            days, permille = early
            discount = DiscountTerms(rate=Decimal(permille) / 1000, days=days)
            offered = (self.today + timedelta(days=days), permille)
        invoice = an_issued_invoice(
            self.book.ports, customer, total, self.now, due_date=due, discount=discount
        )
        self.model.issue(invoice.id, customer, self.today, due, total, offered)
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

    @rule(target=received, invoice=issued, short=st.integers(0, 300), ago=st.integers(0, 12))
    def pay_this_one(self, invoice: str, short: int, ago: int) -> Any:
        known, day = self.model.invoices[invoice], self.today - timedelta(days=ago)
        least = self.model.least(invoice, day)
        amount = (least if short % 3 else known.open) - (short if short % 2 else 0)
        if amount <= 0:
            return multiple()
        payment = a_payment(
            self.book.ports, known.customer, amount, self.now,
            wanted=[(invoice, amount)], received_on=day,
        )  # fmt: skip
        self.model.receive(payment.id, known.customer, amount, day)
        self.model.settle(payment.id, invoice)
        return payment.id

    @rule(payment=received)
    def allocate(self, payment: str) -> None:
        try:
            allocate_payment(self.book.ports, by_ana(self.now), payment, None)
        except StateConflict:
            assert self.model.settle_oldest(payment) == 0
        else:
            assert self.model.settle_oldest(payment) > 0

    @rule(payment=received, share=st.integers(1, 100))
    def take_off(self, payment: str, share: int) -> None:
        standing = self.book.payment(payment).standing()
        wanted = [
            Wanted(invoice_id=one.invoice_id, amount_minor=_part(one.amount_minor, share))
            for one in standing[-2:]
        ]
        if not wanted:
            return
        undo_allocations(self.book.ports, by_ana(self.now), payment, wanted)
        for one in wanted:
            self.model.undo(payment, one.invoice_id, one.amount_minor, self.today)

    @rule(
        payment=received, share=st.integers(1, 100),
        kind=st.sampled_from(["refunded", "reversed", "charged_back"]),
    )  # fmt: skip
    def give_back(self, payment: str, share: int, kind: ReturnKind) -> None:
        known = self.model.payments[payment]
        left = known.amount - known.gone
        if left == 0:
            return
        giving = Giving(
            kind=kind if known.is_money else "refunded", amount_minor=_part(left, share)
        )
        return_payment(self.book.ports, by_ana(self.now), payment, giving)
        self.model.give_back(payment, _part(left, share), self.today)

    @rule(target=received, invoice=issued, share=st.integers(1, 100))
    def credit(self, invoice: str, share: int) -> Any:
        known = self.model.invoices[invoice]
        left = known.total - known.credited
        if known.is_void or left == 0 or (known.given_up and not known.open):
            return multiple()
        amount = _part(left, share)
        new = NewCreditNote(invoice_id=invoice, reason="x", amount_minor=amount)
        note = issue_credit_note(self.book.ports, by_ana(self.now), new)
        self.model.credit(note.payment_id, invoice, amount, self.today)
        return note.payment_id

    @rule(invoice=issued, share=st.integers(1, 100))
    def give_up(self, invoice: str, share: int) -> None:
        amount = _part(self.model.invoices[invoice].open, share)
        if amount:
            giving_up = GivingUp(invoice_id=invoice, amount_minor=amount)
            write_off(self.book.ports, by_ana(self.now), giving_up, expected_version=None)
            self.model.give_up(invoice, amount, self.today)

    @rule(invoice=issued)
    def hope_again(self, invoice: str) -> None:
        amount = self.model.invoices[invoice].given_up
        if amount:
            giving_up = GivingUp(invoice_id=invoice)
            reinstate(self.book.ports, by_ana(self.now), giving_up, expected_version=None)
            self.model.give_up(invoice, -amount, self.today)

    @rule(invoice=issued, share=st.integers(1, 100))
    def dispute(self, invoice: str, share: int) -> None:
        amount = _part(self.model.invoices[invoice].open, share) or None
        new = NewDispute(invoice_id=invoice, amount_minor=amount, reason="x")
        self._agree(lambda context: open_dispute(self.book.ports, context, new))

    @rule(who=st.integers(0, 1), amount=AMOUNTS, days=st.integers(0, 9))
    def promise(self, who: int, amount: int, days: int) -> None:
        new = NewPromise(
            customer_id=self.customers[who], currency="EUR", amount_minor=amount,
            promised_on=self.today + timedelta(days=days),
        )  # fmt: skip
        self._agree(lambda context: make_promise(self.book.ports, context, new))

    @rule(who=st.integers(0, 1), amount=AMOUNTS, days=st.integers(0, 9))
    def agree_on_instalments(self, who: int, amount: int, days: int) -> None:
        first = self.today + timedelta(days=days)
        instalments = [
            Instalment(due_on=first + timedelta(days=20 * number), amount_minor=amount)
            for number in range(2)
        ]
        owed = self.model.owed(self.customers[who])
        if owed:
            new = NewPlan(invoice_ids=owed[:3], instalments=instalments)
            self._agree(lambda context: make_plan(self.book.ports, context, new))

    @rule(pick=st.integers(0, 9), outcome=st.sampled_from(["rejected", "credited"]))
    def decide_a_dispute(self, pick: int, outcome: Outcome) -> None:
        disputes = [one for one in self.book.all(Dispute) if one.state == "open"]
        if not disputes:
            return
        one = disputes[pick % len(disputes)]
        resolution = Resolution(outcome=outcome, credit=outcome == "credited")
        try:
            after = resolve_dispute(self.book.ports, by_ana(self.now), one.id, resolution)
        except InvalidField as refusal:
            assert refusal.field_code == "more_than_creditable"  # noqa: PT017 - no other is right
            return
        for note in self.book.all(CreditNote):
            if note.id == after.credit_note_id:
                amount = note.total_minor
                self.model.credit(note.payment_id, one.invoice_id, amount, self.today)

    def _agree(self, act: Callable[[Context], object]) -> None:
        before = self.book.snapshot()
        try:
            act(by_ana(self.now))
        except DomainError:
            assert self.book.snapshot() == before

    @rule(minor=st.integers(0, 300))
    def forgive_small_differences(self, minor: int) -> None:
        change_company(self.book.ports, tolerances={"EUR": minor})
        self.model.tolerance = minor

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
        end_rests(self.book.ports, system_context(self.now))
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
TestReceivables.settings = settings(max_examples=300, stateful_step_count=40)
