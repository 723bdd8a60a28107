"""What a mail says, in finished strings: the templates only choose the words around them.

Every string is on one line and free of control characters, so that nothing a customer is called
can add a header, a paragraph or a section to a mail.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from chalicelib.adapters.words import Words
from chalicelib.domain.account import OpenItem
from chalicelib.domain.calendar import is_working_day
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import amount, long_date, short_date

# The categories Cc, Zl and Zp of Unicode.
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Group(NamedTuple):
    """The overdue invoices, or those not yet due; the first of them stands for all."""

    is_one: bool
    number: str
    due_on: str
    age: str
    amount: str
    total: str | None


class Row(NamedTuple):
    """An open invoice in the list."""

    number: str
    due: str
    age: str
    open: str
    of_total: str | None
    is_overdue: bool


class Payment(NamedTuple):
    """The box that says how much to pay, since or until when, and how."""

    amount: str
    when: str | None
    is_overdue: bool
    facts: tuple[tuple[str, str], ...]


class Teller(NamedTuple):
    """Who turns amounts and days of one letter into words."""

    currency: str
    language: Language
    today: date
    words: Words

    def money(self, amount_minor: int) -> str:
        """Return an amount in the letter's currency."""
        return amount(amount_minor, self.currency, self.language)

    def age(self, due_date: date) -> str:
        """Return how far the day is from today."""
        return distance((due_date - self.today).days, self.words)

    def day(self, day: date) -> str:
        """Return a date in full."""
        return long_date(day, self.language)

    def row(self, item: OpenItem) -> Row:
        """Return an open invoice as it is listed."""
        return Row(
            number=one_line(item.number),
            due=short_date(item.due_date, self.language),
            age=self.age(item.due_date),
            open=self.money(item.open_minor),
            of_total=self.words.of_total.format(total=self.money(item.total_minor))
            if item.open_minor != item.total_minor
            else None,
            is_overdue=item.due_date < self.today,
        )

    def group(self, items: list[OpenItem], amount_minor: int, *, has_more: bool) -> Group | None:
        """Return what a sentence about these invoices needs; None when there are none."""
        if not items:
            return None
        first = items[0]
        is_part = first.open_minor != first.total_minor
        return Group(
            is_one=len(items) == 1 and not has_more,
            number=one_line(first.number),
            due_on=self.day(first.due_date),
            age=self.age(first.due_date),
            amount=self.money(amount_minor),
            total=self.money(first.total_minor) if is_part else None,
        )


def one_line(text: str) -> str:
    """Return text without control characters, line and paragraph breaks included."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def working_day_from(day: date) -> date:
    """Return the day itself or the next working day: a bank does nothing on others."""
    while not is_working_day(day):
        day = date.fromordinal(day.toordinal() + 1)
    return day


def distance(days: int, words: Words) -> str:
    """Return how far a day is that lies this many days ahead (negative: back)."""
    near = {0: words.today, 1: words.tomorrow, -1: words.yesterday}
    if days in near:
        return near[days]
    return (words.days_ahead if days > 0 else words.days_ago).format(days=abs(days))
