"""The season, day by day: what recurs, what is issued, what becomes of it, what the hours bring."""

import heapq
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Final

from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.recurring import occurrence_run_id
from chalicelib.usecases.context import system_context
from chalicelib.usecases.hourly import queue_hourly_chores
from chalicelib.usecases.recurring_invoices import NewRecurring, create_recurring
from chalicelib.usecases.recurring_references import run_ref
from chalicelib.usecases.references import invoice_ref
from chalicelib.usecases.schedule_issue import schedule_issue
from chalicelib.usecases.tick import queue_due_reminders
from tests.builders import found
from tests.season import stories
from tests.season.business import Account, Business, Lines, inputs
from tests.season.online import ONLINE
from tests.worker import drain

FIRST, LAST = date(2026, 1, 5), date(2026, 10, 2)
INVOICES, CUSTOMERS = 5_000, 120
RECURRING: Final = 20
MANY: Final = 200
"""Invoices that the largest customer pays at once."""


class Season:
    """Everything that happens, by one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.b = Business(FIRST)
        self._agenda: list[tuple[int, int, stories.Story]] = []
        self._order = count()
        self.customers = [self._customer(number) for number in range(CUSTOMERS)]
        self.recurring = dict(self._recurring(number) for number in range(RECURRING))
        self.scheduled: dict[date, list[tuple[str, Account, Lines]]] = {}
        for account in self._accounts_of_oldest():
            story = stories.pays_oldest(self.b, self.random, account, LAST.toordinal() + 60)
            self.begin(story)

    def _customer(self, number: int) -> str:
        offered = stories.terms_of(number) if self._kind(number) == "named" else None
        terms = None if offered is None else DiscountTerms(
            rate=offered[0], days=10, part_payment=offered[1]
        )  # fmt: skip
        return self.b.customer(number, terms)

    @staticmethod
    def _kind(number: int) -> str:
        if number == 0:
            return "many"
        return "oldest" if number < 45 else "named" if number < 95 else "online"

    def _accounts_of_oldest(self) -> Iterator[Account]:
        for number, customer in enumerate(self.customers):
            if self._kind(number) == "oldest":
                yield customer, "EUR"
                yield customer, "USD"

    def _recurring(self, number: int) -> tuple[str, tuple[int, Account, Lines]]:
        # The last day of the month among them, which is another one each month.
        on_day, account = (1, 15, 28, 31)[number % 4], (self.customers[50 + number], "EUR")
        lines = self._lines()
        new = NewRecurring(
            customer_id=account[0], currency="EUR", lines=tuple(inputs(lines)), every="month",
            on_day=on_day, start_on=FIRST, end_on=LAST, auto_send=number % 2 == 0,
        )  # fmt: skip
        one = create_recurring(self.b.ports, self.b.ana, new)
        return one.id, (on_day, account, lines)

    def _lines(self) -> Lines:
        random = self.random
        return [
            (random.choice(("1", "1", "2", "12", "2.5", "0.333")), random.randint(900, 90_000),
             random.choice(("0.21", "0.21", "0.10", "0")), random.choice(("0", "0", "0.05")))
            for _ in range(random.choice((1, 1, 2, 3, 5)))
        ]  # fmt: skip

    def begin(self, story: stories.Story) -> None:
        """Let a story wait for its turn."""
        days = next(story, None)
        if days is not None:
            when = self.b.day.toordinal() + days
            heapq.heappush(self._agenda, (when, next(self._order), story))

    def live(self) -> None:
        """Go through all days, and on until every story is told."""
        while self.b.day <= LAST or self._agenda:
            self._morning()
            if self.b.day <= LAST and self.b.day.weekday() < 5:
                self._issue()
            today = self.b.day.toordinal()
            while self._agenda and self._agenda[0][0] <= today:
                self.begin(heapq.heappop(self._agenda)[2])
            self._remind()
            self.b.day += timedelta(days=1)

    def _morning(self) -> None:
        """The hour issues what recurs and what is scheduled, and ends what was not kept."""
        context = system_context(self.b.at(7))
        queue_hourly_chores(self.b.ports, context)
        drain(self.b.fakes, context.at)
        issued = [*self.scheduled.pop(self.b.day, []), *self._recurred()]
        for name, _, _ in issued:
            self.b.approve_if_asked(name)
        for name, account, lines in sorted(issued, key=self._place):
            self.b.was_issued(name, account, lines)
        for name, account, _ in issued:
            self._goes_on(name, account[0])

    def _place(self, issued: tuple[str, Account, Lines]) -> int:
        return found(self.b.ports, invoice_ref(issued[0])).sequence or 0

    def _recurred(self) -> Iterator[tuple[str, Account, Lines]]:
        tomorrow = self.b.day + timedelta(days=1)
        for recurring, (on_day, account, lines) in self.recurring.items():
            is_last = tomorrow.day == 1 and on_day > self.b.day.day
            if self.b.day <= LAST and (self.b.day.day == on_day or is_last):
                run = found(self.b.ports, run_ref(occurrence_run_id(recurring, self.b.day)))
                yield run.invoice_id or "", account, lines

    def _issue(self) -> None:
        largest = (self.customers[0], "EUR")
        for _ in range(4):
            self.b.issue(largest, [("1", self.random.randint(500, 9_000), "0.21", "0")])
        owed = [one.open for one in self.b.model.bills.values() if one.account == largest]
        if len([amount for amount in owed if amount]) >= MANY:
            self.b.pay(largest, sum(owed))
        for _ in range(21):
            number = self.random.randrange(1, CUSTOMERS)
            currency = "USD" if number % 4 == 0 and self.random.random() < 0.5 else "EUR"
            account, lines = (self.customers[number], currency), self._lines()
            if self.random.random() < 0.03:
                self._schedule(account, lines)
            else:
                self._goes_on(self.b.issue(account, lines), account[0])

    def _schedule(self, account: Account, lines: Lines) -> None:
        draft = self.b.draft(account, lines)
        day = self.b.day + timedelta(days=self.random.randint(1, 20))
        schedule_issue(self.b.ports, self.b.ana, draft.id, day, send=True, expected_version=None)
        self.scheduled.setdefault(day, []).append((draft.id, account, lines))

    def _goes_on(self, name: str, customer: str) -> None:
        kind = self._kind(self.customers.index(customer))
        if kind == "oldest":
            self.begin(stories.of_oldest(self.b, self.random, name))
        if kind in ("named", "online"):
            table = stories.NAMED if kind == "named" else ONLINE
            weights = [weight for weight, _ in table]
            ((_, begin),) = self.random.choices(table, weights)
            self.begin(begin(self.b, self.random, name))

    def _remind(self) -> None:
        if self.b.day.weekday() != 1:
            return
        context = system_context(self.b.at(14))
        queue_due_reminders(self.b.ports, context)
        drain(self.b.fakes, context.at)
