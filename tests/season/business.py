"""A business that does what it does through the real use cases, and tells the model each fact.

Invoices, payments and credits have the same names in both; amounts that documents come to are
never told: the model works them out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.payment import ReturnKind, Wanted
from chalicelib.domain.provider import PaymentKey, ProviderFact
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.approve import approve
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.context import Context
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.issue_credit_note import NewCreditNote, issue_credit_note
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import Ref
from chalicelib.usecases.record_payment import Deduction, NewPayment, record_payment
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.reject_approval import reject_approval
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off
from tests.builders import a_customer, by_ana, by_bea, change_company, found, provider_says
from tests.fakes import Fakes
from tests.season.model import Model

Account = tuple[str, str]
Lines = Sequence[tuple[str, int, str, str]]
"""Quantity, unit price, tax rate and discount of each line."""

SMALL: Final = {"EUR": 50, "USD": 0}
SERIES: Final = {"EUR": "EUR", "USD": "USD"}
NO_DISCOUNT: Final = (date.min, Fraction(0), False)
APPROVED_ABOVE: Final = {"issue": 1_500_000, "write_off": 60_000}


@dataclass
class Business:
    """The books, the model of them, and the day it is."""

    day: date
    fakes: Fakes = field(default_factory=Fakes)
    model: Model = field(default_factory=lambda: Model(SMALL))
    terms: dict[str, DiscountTerms] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    expected: dict[tuple[type[Any], str], str] = field(default_factory=dict)
    """How agreements and disputes must have ended, by what was done about them."""

    def __post_init__(self) -> None:
        self.ports = self.fakes.ports()
        self._events = 0
        rules = [
            ApprovalRule(what=what, over_minor=over, currency="EUR")  # type: ignore[arg-type]
            for what, over in APPROVED_ABOVE.items()
        ]
        change_company(
            self.ports, default_series="EUR", tolerances=SMALL, approval_rules=tuple(rules)
        )

    def at(self, hour: int = 11) -> datetime:
        """This hour, UTC, of the day."""
        return datetime.combine(self.day, time(hour), UTC)

    @property
    def ana(self) -> Context:
        """Ana, who works at this hour."""
        return by_ana(self.at())

    def open(self, name: str) -> int:
        """What the customer believes is open of an invoice."""
        return int(self.model.bills[name].open)

    def customer(self, number: int, terms: DiscountTerms | None) -> str:
        """Enter a customer of 30 days."""
        one = a_customer(
            self.ports, self.at(), name=f"Cliente {number}", email=f"pagos@{number}.example",
            discount=terms,
        )  # fmt: skip
        if terms is not None:
            self.terms[one.id] = terms
        return one.id

    def draft(self, account: Account, lines: Lines) -> Invoice:
        """Write a draft."""
        customer, currency = account
        new = NewInvoice(
            customer_id=customer, currency=currency, series=SERIES[currency], lines=inputs(lines)
        )
        return draft_invoice(self.ports, self.ana, new)

    def issue(self, account: Account, lines: Lines) -> str:
        """Write and issue an invoice; above an amount a second person says yes."""
        draft = self.draft(account, lines)
        issue_invoice(self.ports, self.ana, draft.id, expected_version=None)
        self.approve_if_asked(draft.id)
        self.was_issued(draft.id, account, lines)
        return draft.id

    def approve_if_asked(self, name: str) -> None:
        """A second person says yes to an issue, where one has to be asked."""
        if found(self.ports, invoice_ref(name)).state == "pending_approval":
            bea = by_bea(self.at())
            approve(self.ports, bea, name, note=None, expected_version=None)

    def was_issued(
        self, name: str, account: Account, lines: Lines, *, with_discount: bool = True
    ) -> None:
        """Tell that an invoice was issued today."""
        self.lines[name] = lines
        due = date.fromordinal(self.day.toordinal() + 30)
        early = self._early(account[0]) if with_discount else NO_DISCOUNT
        self.model.issue(name, account, (self.day, due), lines, early)

    def _early(self, customer: str) -> tuple[date, Fraction, bool]:
        terms = self.terms.get(customer)
        if terms is None:
            return NO_DISCOUNT
        last_day = date.fromordinal(self.day.toordinal() + terms.days)
        return last_day, Fraction(terms.rate), terms.part_payment == "proportional"

    def void(self, name: str) -> None:
        """Void an invoice on which nothing was paid."""
        void_invoice(self.ports, self.ana, name, reason="x", expected_version=None)
        self.model.change(name, -self.open(name), self.day, "billed")

    def pay(
        self, account: Account, amount: int, on: dict[str, int] | None = None, ago: int = 0,
        kept_back: int = 0,
    ) -> str:  # fmt: skip
        """A transfer comes in: for these invoices, or for the oldest. Some is kept back of them."""
        received_on = date.fromordinal(self.day.toordinal() - ago)
        deductions = [
            Deduction(invoice_id=name, amount_minor=kept_back, reason="Damaged")
            for name in on or {} if kept_back
        ]  # fmt: skip
        new = NewPayment(
            customer_id=account[0], amount_minor=amount, currency=account[1],
            received_on=received_on, method="transfer", wanted=None if on is None else wishes(on),
            deductions=deductions,
        )  # fmt: skip
        name = record_payment(self.ports, self.ana, new).id
        self.model.receive(name, account, amount, received_on)
        self.model.spend(name, on)
        return name

    def allocate(self, payment: str, on: dict[str, int] | None = None) -> None:
        """What is left of money or of a credit settles these invoices, or the oldest."""
        wanted = None if on is None else wishes(on)
        allocate_payment(self.ports, self.ana, payment, wanted)
        self.model.spend(payment, on)

    def undo(self, payment: str, name: str) -> None:
        """A payment was put on the wrong invoice: it is taken off it again."""
        amount = self.model.money[payment].on[name][0]
        undo_allocations(self.ports, self.ana, payment, wishes({name: amount}))
        self.model.undo(payment, name, amount, self.day)

    def give_back(self, payment: str, amount: int, kind: ReturnKind) -> None:
        """Money is refunded by hand, or never was."""
        return_payment(self.ports, self.ana, payment, Giving(kind=kind, amount_minor=amount))
        self.model.give_back(payment, amount, self.day)

    def credit(self, name: str, amount: int | None = None, lines: Lines | None = None) -> str:
        """Issue a credit note; return the name of the credit."""
        new = NewCreditNote(
            invoice_id=name, reason="Returned", amount_minor=amount,
            lines=None if lines is None else inputs(lines),
        )  # fmt: skip
        note = issue_credit_note(self.ports, self.ana, new)
        self.was_credited(note, name, amount, lines)
        return note.payment_id

    def was_credited(
        self, note: CreditNote, name: str, amount: int | None, lines: Lines | None = None
    ) -> None:
        """Tell that so much of an invoice was taken back today; None: all of it."""
        self.model.credit(note.payment_id, name, self.day, amount or 0, lines)

    def give_up(self, name: str, amount: int, *, answer: bool = True) -> None:
        """Write off so much; a second person says yes or no where one has to be asked."""
        giving_up = GivingUp(invoice_id=name, amount_minor=amount, reason="insolvent")
        after = write_off(self.ports, self.ana, giving_up, expected_version=None)
        if after.approval_id is not None:
            bea = by_bea(self.at())
            if not answer:
                reject_approval(self.ports, bea, name, reason="no", expected_version=None)
                return
            approve(self.ports, bea, name, note=None, expected_version=None)
        self.model.change(name, -amount, self.day, "written_off")

    def reinstate(self, name: str, amount: int) -> None:
        """Hope returns."""
        giving_up = GivingUp(invoice_id=name, amount_minor=amount)
        reinstate(self.ports, self.ana, giving_up, expected_version=None)
        self.model.change(name, amount, self.day, "written_off")

    def hears(self, what: Any, key: str, name: str | None, amount: int, **more: Any) -> None:
        """The provider says something about one of its payments; its events may come twice."""
        self._events += 1
        currency = self.model.bills[name].account[1] if name else "EUR"
        fact = ProviderFact(
            what=what, provider="stripe", event_id=f"evt_{self._events}", payment_key=key,
            invoice_id=name if what in ("paid", "processing", "failed") else None,
            amount_minor=amount, currency=currency, occurred_at=self.at(), **more,
        )  # fmt: skip
        for _ in range(1 + self._events % 2):
            provider_says(self.ports, fact, self.at())

    def paid_online(self, key: str, name: str | None, amount: int) -> str:
        """Money comes in by the provider, for an invoice or from nobody knows whom."""
        self.hears("paid", key, name, amount)
        payment = found(self.ports, Ref(PaymentKey, ("stripe", key))).payment_id
        account = self.model.bills[name].account if name else (UNIDENTIFIED, "EUR")
        self.model.receive(payment, account, amount, self.day)
        if name is not None and self.open(name):
            self.model.spend(payment, {name: min(amount, self.open(name))})
        return payment

    def assign(self, payment: str, account: Account) -> None:
        """Somebody finds out whose money it was."""
        assign_payment(self.ports, self.ana, payment, account[0])
        self.model.money[payment].account = account


def wishes(on: dict[str, int]) -> list[Wanted]:
    """What a remittance advice names."""
    return [Wanted(invoice_id=name, amount_minor=amount) for name, amount in on.items()]


def inputs(lines: Lines) -> list[LineInput]:
    """Lines as their author writes them."""
    return [
        LineInput(
            description="Servicio", quantity=Decimal(quantity), unit_price_minor=price,
            tax_rate=Decimal(rate), discount_rate=Decimal(discount),
        )
        for quantity, price, rate, discount in lines
    ]  # fmt: skip
