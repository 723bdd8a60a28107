"""Any order of asking, answering, changing and paying: nothing is issued that nobody allowed.

A model in ten lines says what each call must come to; the invariants of the books replay every
commit and look for the approval that it needed (tests/approval_invariants.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.domain.access import Actor
from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.errors import DomainError
from chalicelib.usecases.approve import approve
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import Context
from chalicelib.usecases.draft_invoice import change_draft, delete_draft
from chalicelib.usecases.issue_invoice import IssueOrder, issue_invoice
from chalicelib.usecases.reject_approval import reject_approval
from tests.builders import NOON, Book, a_draft, a_line, change_company, days
from tests.invariants import assert_books_hold

AMOUNTS = st.integers(0, 12)
THRESHOLDS = st.sampled_from([0, 2, 4, 4, 8, None])
PLACES = st.integers(0, 2)
ORDERS = st.builds(IssueOrder, ask_approval=st.booleans())
PEOPLE = st.sampled_from(["ana", "bea", "key_erp"])


@dataclass
class Paper:
    """A draft of the model, and who waits for an answer about it."""

    total: int
    state: str = "draft"
    asked_by: str = ""
    over_limit: bool = False


class SecondPerson(RuleBasedStateMachine):
    """Three people, three papers, one customer; a rule and a limit that change meanwhile."""

    @initialize()
    def open_the_book(self) -> None:
        self.book = Book()
        self.now = NOON
        self.model: dict[str, Paper] = {}
        self.desk = [self._drafted(total) for total in (5, 10, 15)]
        self.unapplied = 0
        self.settings_change(4, "block")
        self.the_limit_changes(20)

    def by(self, name: str) -> Context:
        self.now += days(1) / 24
        return Context(Actor(id=name, name=name, role="accountant"), self.now)

    @rule(threshold=THRESHOLDS, action=st.sampled_from(["warn", "block"]))
    def settings_change(self, threshold: int | None, action: str) -> None:
        self.threshold, self.action = threshold, action
        rules = () if threshold is None else (
            ApprovalRule(what="issue", over_minor=threshold, currency="EUR"),
        )  # fmt: skip
        change_company(self.book.ports, approval_rules=rules, credit_limit_action=action)

    @rule(limit=st.sampled_from([0, 5, 10, 20, 40, None]))
    def the_limit_changes(self, limit: int | None) -> None:
        self.limit = limit
        change_customer(
            self.book.ports, self.by("ana"), self.book.customer.id,
            {"credit_limit_minor": limit}, expected_version=None,
        )  # fmt: skip

    @rule(amount=st.integers(1, 30))
    def money_comes_in(self, amount: int) -> None:
        self.unapplied += amount
        self.book.paid(amount, when=self.now, wanted=[])

    @rule(place=PLACES, who=PEOPLE, order=ORDERS, total=AMOUNTS)
    def issue(self, place: int, who: str, order: IssueOrder, total: int) -> None:
        if self._paper(place)[1].state not in ("draft", "pending_approval"):
            self.desk[place] = self._drafted(total)  # another paper takes its place
        paper, one = self._paper(place)
        is_rule = self.threshold is not None and one.total > self.threshold
        is_blocked = self._is_blocked(one)
        if self._does(
            lambda: issue_invoice(
                self.book.ports, self.by(who), paper, expected_version=None, order=order
            ),
            may=one.state == "draft" and (order.ask_approval or not is_blocked),
        ):
            one.state = "pending_approval" if is_rule or is_blocked else self._issued(one)
            one.asked_by, one.over_limit = who, is_blocked

    @rule(place=PLACES, who=PEOPLE)
    def say_yes(self, place: int, who: str) -> None:
        paper, one = self._paper(place)
        is_free = one.over_limit or not self._is_blocked(one)
        may = one.state == "pending_approval" and one.asked_by != who and is_free
        if self._does(
            lambda: approve(self.book.ports, self.by(who), paper, note=None, expected_version=None),
            may=may,
        ):
            one.state = self._issued(one)

    @rule(place=PLACES, who=PEOPLE)
    def say_no(self, place: int, who: str) -> None:
        paper, one = self._paper(place)
        if self._does(
            lambda: reject_approval(
                self.book.ports, self.by(who), paper, reason=None, expected_version=None
            ),
            may=one.state == "pending_approval",
        ):
            one.state = "draft"

    @rule(place=PLACES, total=AMOUNTS)
    def change(self, place: int, total: int) -> None:
        paper, one = self._paper(place)
        lines = {"lines": [a_line(total)]}
        if self._does(
            lambda: change_draft(
                self.book.ports, self.by("ana"), paper, lines, expected_version=None
            ),
            may=one.state == "draft",
        ):
            one.total = total

    @rule(place=PLACES)
    def throw_away(self, place: int) -> None:
        paper, one = self._paper(place)
        if self._does(
            lambda: delete_draft(self.book.ports, self.by("ana"), paper, expected_version=None),
            may=one.state == "draft",
        ):
            one.state = "gone"

    @invariant()
    def states_are_those_of_the_model(self) -> None:
        if hasattr(self, "model"):
            for name, one in self.model.items():
                assert one.state == "gone" or self.book.invoice(name).state == one.state

    def teardown(self) -> None:
        if hasattr(self, "book"):
            assert_books_hold(self.book.fakes.table)

    def _drafted(self, total: int) -> str:
        invoice = a_draft(self.book.ports, self.book.customer.id, total, self.now)
        self.model[invoice.id] = Paper(total)
        return invoice.id

    def _paper(self, place: int) -> tuple[str, Paper]:
        return self.desk[place], self.model[self.desk[place]]

    def _is_blocked(self, one: Paper) -> bool:
        owed = sum(each.total for each in self.model.values() if each.state == "issued")
        exposure = max(0, owed + one.total - self.unapplied)
        is_over = self.limit is not None and one.total > 0 and exposure > self.limit
        return self.action == "block" and is_over

    def _issued(self, one: Paper) -> str:
        return "issued" if one.total else "paid"

    def _does(self, call: Callable[[], object], *, may: bool) -> bool:
        before = self.book.snapshot()
        try:
            call()
        except DomainError:
            assert not may
            assert self.book.snapshot() == before
            return False
        assert may
        return True


TestSecondPerson = SecondPerson.TestCase
TestSecondPerson.settings = settings(max_examples=60, stateful_step_count=30)
