"""What receivables come to, in a hundred lines without storage, ledger or events.

Deliberately another way to the same numbers: invoices with what is open, payments with what is
unapplied, and a list of dated changes for the aging of any day.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

UNKNOWN_PAYER = "unidentified"


@dataclass
class ModelInvoice:
    """An issued invoice."""

    customer: str
    issued_on: date
    due_on: date
    total: int
    open: int
    is_void: bool = False


@dataclass
class ModelPayment:
    """Money received, and what is left of it."""

    customer: str
    received_on: date
    amount: int
    unapplied: int


@dataclass
class Model:
    """The state of the book, and every dated change that led there."""

    invoices: dict[str, ModelInvoice] = field(default_factory=dict)
    payments: dict[str, ModelPayment] = field(default_factory=dict)
    online: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[date, str, date | None, int]] = field(default_factory=list)

    def issue(self, name: str, customer: str, issued_on: date, due_on: date, total: int) -> None:
        """An invoice is issued."""
        self.invoices[name] = ModelInvoice(customer, issued_on, due_on, total, total)
        self.changes.append((issued_on, "open", due_on, total))

    def can_void(self, name: str) -> bool:
        """Nothing was paid on it, it is not void, and it asks for something."""
        invoice = self.invoices[name]
        return not invoice.is_void and 0 < invoice.open == invoice.total

    def void(self, name: str, today: date) -> None:
        """An unpaid invoice is voided."""
        invoice = self.invoices[name]
        invoice.is_void = True
        day = max(today, invoice.issued_on)
        self.changes.append((day, "open", invoice.due_on, -invoice.open))
        invoice.open = 0

    def receive(self, name: str, customer: str, amount: int, received_on: date) -> None:
        """Money comes in and settles nothing yet."""
        self.payments[name] = ModelPayment(customer, received_on, amount, amount)
        self.changes.append((received_on, "unapplied", None, amount))

    def settle_oldest(self, name: str) -> int:
        """Spend what is left of a payment on its customer's invoices, oldest due first."""
        customer = self.payments[name].customer
        owed = [
            (invoice.due_on, number)
            for number, invoice in self.invoices.items()
            if invoice.customer == customer and invoice.open
        ]
        return sum(self.settle(name, number) for _, number in sorted(owed))

    def settle(self, name: str, invoice_name: str) -> int:
        """Spend what is left of a payment on one invoice; return how much that was."""
        payment, invoice = self.payments[name], self.invoices[invoice_name]
        part = min(payment.unapplied, invoice.open)
        payment.unapplied -= part
        invoice.open -= part
        day = max(payment.received_on, invoice.issued_on)
        self.changes.append((day, "open", invoice.due_on, -part))
        self.changes.append((day, "unapplied", None, -part))
        return part

    def paid_online(self, key: str, invoice_name: str | None, amount: int, day: date) -> None:
        """The provider says that money came in: once a key, found late if first unnamed."""
        invoice = self.invoices.get(invoice_name or "")
        name = self.online.get(key)
        if name is None:
            name = self.online[key] = f"online {key}"
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
            sum(one.unapplied for one in self.payments.values() if one.customer == customer),
        )

    def state(self, name: str) -> Literal["issued", "partially_paid", "paid", "void"]:
        """The state of an invoice."""
        invoice = self.invoices[name]
        if invoice.is_void:
            return "void"
        if invoice.open == 0:
            return "paid"
        return "issued" if invoice.open == invoice.total else "partially_paid"

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
