"""What receivables come to, in a hundred lines without storage, ledger or events.

Deliberately another way to the same numbers: invoices with what is open, payments with what is
left and what they settle, and a list of dated changes for the aging of any day.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

UNKNOWN_PAYER = "unidentified"


@dataclass
class ModelInvoice:
    """An issued invoice; ``early`` is the last day of a discount of so much, all or nothing."""

    customer: str
    issued_on: date
    due_on: date
    total: int
    open: int
    early: tuple[date, int] | None = None
    in_time: int = 0
    credited: int = 0
    given_up: int = 0
    is_void: bool = False
    paid: int = 0


@dataclass
class ModelPayment:
    """Money or a credit: what is left, and what it settles: amount, discount, difference, day."""

    customer: str
    received_on: date
    amount: int
    left: int
    settles: dict[str, list[int]] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    free_since: date = date.min
    credit_of: str | None = None
    is_money: bool = True
    gone: int = 0


@dataclass
class Model:
    """The state of the book, and every dated change that led there."""

    invoices: dict[str, ModelInvoice] = field(default_factory=dict)
    payments: dict[str, ModelPayment] = field(default_factory=dict)
    online: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[date, str, date | None, int]] = field(default_factory=list)
    tolerance: int = 0

    def issue(
        self, name: str, customer: str, issued_on: date, due_on: date, total: int,
        early: tuple[date, int] | None = None,
    ) -> None:  # fmt: skip
        """An invoice is issued."""
        self.invoices[name] = ModelInvoice(customer, issued_on, due_on, total, total, early)
        self.changes.append((issued_on, "open", due_on, total))

    def can_void(self, name: str) -> bool:
        """Nothing was settled of it, it is not void, and it asks for something."""
        invoice = self.invoices[name]
        return not invoice.is_void and not invoice.credited and 0 < invoice.open == invoice.total

    def void(self, name: str, today: date) -> None:
        """An unpaid invoice is voided."""
        self._move(name, -self.invoices[name].open, today)
        self.invoices[name].is_void = True

    def _move(self, name: str, amount: int, day: date) -> None:
        invoice = self.invoices[name]
        invoice.open += amount
        assert 0 <= invoice.open <= invoice.total
        self.changes.append((max(day, invoice.issued_on), "open", invoice.due_on, amount))

    def receive(self, name: str, customer: str, amount: int, received_on: date) -> None:
        """Money comes in and settles nothing yet."""
        self.payments[name] = ModelPayment(customer, received_on, amount, amount)
        self.changes.append((received_on, "unapplied", None, amount))

    def owed(self, customer: str) -> list[str]:
        """A customer's open invoices, oldest due first, and of one day in the order of issue."""
        names = [name for name, one in self.invoices.items() if one.customer == customer]
        return sorted(
            (name for name in names if self.invoices[name].open),
            key=lambda name: self.invoices[name].due_on,
        )

    def settle_oldest(self, name: str) -> int:
        """Spend what is left of a payment: first what each needs, then what discounts leave."""
        payment = self.payments[name]
        plan: dict[str, int] = {}
        money = payment.left
        for number in self.owed(payment.customer):
            day = payment.received_on if payment.is_money else date.max
            plan[number] = min(money, self.least(number, day))
            money -= plan[number]
        for number, part in list(plan.items()):
            more = min(money, self.invoices[number].open - part)
            plan[number], money = part + more, money - more
        is_spent = money == 0
        return sum(self._settle(name, number, plan[number], is_spent) for number in plan)

    def least(self, number: str, day: date) -> int:
        """The least money of a value date that settles all that is open of an invoice."""
        invoice = self.invoices[number]
        if not self._is_early(invoice, day):
            return invoice.open
        needed = self._needed(invoice)
        fits = 0 < invoice.open - needed <= self._discount_left(number)
        return needed if fits else invoice.open

    def _is_early(self, invoice: ModelInvoice, day: date) -> bool:
        return invoice.early is not None and day <= invoice.early[0]

    def _whole(self, invoice: ModelInvoice) -> int:
        # The discount of what credit notes have left, half up.
        assert invoice.early is not None
        rate = Fraction(invoice.early[1], 1000)
        exact = (invoice.total - invoice.credited) * rate
        return int(exact + Fraction(1, 2))

    def _needed(self, invoice: ModelInvoice) -> int:
        return max(invoice.total - invoice.credited - self._whole(invoice) - invoice.in_time, 0)

    def _discount_left(self, number: str) -> int:
        taken = sum(one.settles[number][1] for one in self.payments.values()
                    if number in one.settles)  # fmt: skip
        return self._whole(self.invoices[number]) - taken

    def settle(self, name: str, number: str) -> int:
        """Spend what is left of a payment on one invoice; return how much that was."""
        part = min(self.payments[name].left, self.invoices[number].open)
        return self._settle(name, number, part, part == self.payments[name].left)

    def _settle(self, name: str, number: str, part: int, is_spent: bool) -> int:
        payment, invoice = self.payments[name], self.invoices[number]
        if part <= 0:
            return 0
        discount = difference = 0
        if payment.is_money:
            if self._is_early(invoice, payment.received_on) and part >= self._needed(invoice):
                discount = max(min(self._discount_left(number), invoice.open - part), 0)
            rest = invoice.open - part - discount
            difference = rest if is_spent and 0 < rest <= min(self.tolerance, part) else 0
        self._post(name, number, [part, discount, difference], 1, payment.received_on)
        return part

    def _post(self, name: str, number: str, parts: list[int], sign: int, day: date) -> None:
        payment, invoice = self.payments[name], self.invoices[number]
        if sign > 0:
            day = max(day, invoice.issued_on, payment.free_since)
            payment.since[number] = max(day, payment.since.get(number, day))
        else:
            day = max(day, payment.since[number])
            payment.free_since = max(payment.free_since, day)
        known = payment.settles.setdefault(number, [0, 0, 0])
        payment.settles[number] = [old + sign * new for old, new in zip(known, parts, strict=True)]
        payment.left -= sign * parts[0]
        is_correction = payment.credit_of == number
        invoice.paid += 0 if is_correction else sign * sum(parts)
        if not is_correction and invoice.early and payment.received_on <= invoice.early[0]:
            invoice.in_time += sign * parts[0]
        self._move(number, -sign * sum(parts), day)
        self.changes.append((day, "unapplied", None, -sign * parts[0]))

    def undo(self, name: str, number: str, amount: int, day: date) -> None:
        """Take a payment off an invoice, with all the discount it earned there."""
        _, discount, difference = self.payments[name].settles[number]
        self._post(name, number, [amount, discount, difference], -1, day)

    def undo_latest(self, name: str, amount: int, day: date) -> None:
        """Take a payment off the invoices that it settled last, until so much is free."""
        for number in reversed(list(self.payments[name].settles)):
            part = min(amount, self.payments[name].settles[number][0])
            if part:
                self.undo(name, number, part, day)
                amount -= part

    def give_back(self, name: str, amount: int, day: date) -> None:
        """Money goes back: what is left first, then what settled invoices, the latest first."""
        payment = self.payments[name]
        self.undo_latest(name, max(amount - payment.left, 0), day)
        payment.left -= amount
        payment.gone += amount
        self.changes.append((max(day, payment.received_on), "unapplied", None, -amount))

    def credit(self, name: str, number: str, amount: int, day: date) -> None:
        """A credit note: off the invoice as far as it is open, the remainder is a credit."""
        invoice = self.invoices[number]
        self.receive(name, invoice.customer, amount, day)
        self.payments[name].is_money, self.payments[name].credit_of = False, number
        invoice.credited += amount
        self.settle(name, number)

    def give_up(self, number: str, amount: int, day: date) -> None:
        """So much is written off; a negative amount takes that back."""
        self.invoices[number].given_up += amount
        self._move(number, -amount, day)

    def paid_online(self, key: str, invoice_name: str | None, amount: int, day: date) -> None:
        """The provider says that money came in: once a key, found late if first unnamed."""
        invoice = self.invoices.get(invoice_name or "")
        name = self.online.get(key)
        if name is None:
            name = self.online[key] = f"online {key}"
            if invoice is not None and invoice_name is not None:
                lacking = min(amount - invoice.open, invoice.given_up)
                if lacking > 0:
                    self.give_up(invoice_name, -lacking, day)
            self.receive(name, invoice.customer if invoice else UNKNOWN_PAYER, amount, day)
        elif invoice is None or self.payments[name].customer != UNKNOWN_PAYER:
            return
        if invoice is not None and invoice_name is not None:
            self.payments[name].customer = invoice.customer
            self.settle(name, invoice_name)

    def balance(self, customer: str) -> tuple[int, int]:
        """What a customer owes, and what money of theirs settles nothing."""
        return (
            sum(one.open for one in self.invoices.values() if one.customer == customer),
            sum(one.left for one in self.payments.values() if one.customer == customer),
        )

    def state(self, name: str) -> str:
        """The state of an invoice."""
        invoice = self.invoices[name]
        if invoice.is_void:
            return "void"
        if invoice.open == 0:
            return "written_off" if invoice.given_up else "paid"
        return "partially_paid" if invoice.paid else "issued"

    def open_by_due(self, day: date) -> tuple[dict[date, int], int]:
        """What was open by due date, and what was unapplied, at the end of a day."""
        open_by_due: Counter[date] = Counter()
        unapplied = 0
        for effective_on, what, due_on, amount in self.changes:
            if effective_on > day:
                continue
            if what == "unapplied":
                unapplied += amount
            elif due_on is not None:
                open_by_due[due_on] += amount
        return {due: amount for due, amount in open_by_due.items() if amount}, unapplied
