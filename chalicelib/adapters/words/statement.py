"""A statement's amounts, days, movements and notes in words: the same on paper and in a mail."""

from datetime import date
from typing import NamedTuple

from chalicelib.adapters.words.paper import PaperWords
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import amount, bare_amount, long_date, short_date
from chalicelib.domain.statement import Movement, StatementItem

_NAMED = 3  # invoices that a line names before it counts the others


class Teller(NamedTuple):
    """Who tells a statement in one language."""

    currency: str
    language: Language
    paper: PaperWords

    def money(self, amount_minor: int) -> str:
        """Return an amount with its currency."""
        return amount(amount_minor, self.currency, self.language)

    def bare(self, amount_minor: int) -> str:
        """Return an amount for a column that names the currency elsewhere."""
        sign = "-" if amount_minor < 0 else ""
        return sign + bare_amount(abs(amount_minor), self.currency, self.language)

    def short(self, day: date) -> str:
        """Return a date in figures."""
        return short_date(day, self.language)

    def long(self, day: date) -> str:
        """Return a date in full."""
        return long_date(day, self.language)

    def concept(self, one: Movement) -> str:
        """Return what a movement was."""
        text = self.paper.kinds[one.kind].format(reference=one.reference or "").strip()
        is_named = "{reference}" in self.paper.kinds[one.kind]
        return text if is_named or not one.reference else f"{text} · {one.reference}"

    def applied(self, one: Movement) -> str:
        """Return which invoices a payment or credit settled."""
        if not one.invoices:
            return ""
        numbers = ", ".join(one.invoices[:_NAMED])
        more = len(one.invoices) - _NAMED
        if more > 0:
            numbers = self.paper.and_more.format(numbers=numbers, count=more)
        return self.paper.settles.format(numbers=numbers)

    def cells(self, one: Movement) -> tuple[str, ...]:
        """Return the columns of a movement: day, what, charge, credit, balance."""
        figure = self.bare(abs(one.amount_minor))
        charge, credit = (figure, "") if one.amount_minor > 0 else ("", figure)
        return (
            self.short(one.on),
            self.concept(one),
            charge,
            credit,
            self.bare(one.balance_minor),
        )

    def item(self, one: StatementItem) -> tuple[str, ...]:
        """Return the columns of an open invoice: number, dates, days late, total, open."""
        return (
            one.number,
            self.short(one.issue_date),
            self.short(one.due_date),
            str(one.days_late or ""),
            self.bare(one.total_minor),
            self.bare(one.open_minor),
        )

    def notes(self, one: StatementItem) -> str:
        """Return what is known today of an invoice that was open at the end of the period."""
        notes = [
            self.paper.marks[mark.kind].format(amount=self.money(mark.amount_minor))
            for mark in one.marks
        ]
        if one.open_now_minor != one.open_minor:
            left = self.money(one.open_now_minor)
            notes.insert(0, self.paper.settled_since.format(amount=left))
        return " · ".join(notes)
