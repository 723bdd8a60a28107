"""Ladders: whose is which, what a change does and does not do, and what it says beforehand."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.ladders import STANDARD
from chalicelib.domain.policy import MAX_POLICIES, Policy, PolicyVersion, Step
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.invoice_policy import set_invoice_policy
from chalicelib.usecases.policies import (
    assign_policies,
    change_policy,
    read_policy,
    versions_of,
)
from chalicelib.usecases.simulate_policy import Draft, Simulation, simulate_policy
from tests.builders import NOON, Book, a_customer, an_issued_invoice, at, by_ana
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY, subjects
from tests.worker import settle


def change(book: Book, steps: Sequence[Step], **changes: Any) -> Policy:
    fields: dict[str, Any] = {"name": "Nueva", "expected_version": None} | changes
    name = fields.pop("policy_id", "default")
    return change_policy(book.ports, by_ana(), name, steps=steps, **fields)


def assign(book: Book, default_id: str = "default", **segments: str) -> None:
    assign_policies(
        book.ports, by_ana(), default_id=default_id, segments=segments, expected_version=None
    )


def work_off(book: Book, when: datetime = NOON) -> None:
    settle(book.fakes, when)


def moved(step_id: str, days: int) -> tuple[Step, ...]:
    """The standard ladder with one step on another day."""
    return tuple(one.but(offset_days=days) if one.id == step_id else one for one in STANDARD.steps)


def test_three_ladders_ship_and_are_at_version_zero(book: Book) -> None:
    for name in ("default", "gentle", "firm"):
        assert read_policy(book.ports, name).version == 0
        assert versions_of(book.ports, name) == ()
    with pytest.raises(NotFound):
        read_policy(book.ports, "nobody")


def test_every_version_is_kept(book: Book) -> None:
    change(book, STANDARD.steps[:3], name="Corta")
    change(book, STANDARD.steps[:2], name="Más corta")

    versions = versions_of(book.ports, "default")

    assert [(one.number, one.policy.name, len(one.policy.steps)) for one in versions] == [
        (2, "Más corta", 2), (1, "Corta", 3),
    ]  # fmt: skip
    assert read_policy(book.ports, "default") == versions[0].policy
    assert len(book.all(PolicyVersion)) == 2


def test_nobody_overwrites_a_ladder_that_they_have_not_seen(book: Book) -> None:
    change(book, STANDARD.steps[:3])
    book.fakes.queues.take()
    before = book.snapshot()

    with pytest.raises(Stale):
        change(book, STANDARD.steps[:2], expected_version=0)

    assert book.snapshot() == before
    assert book.fakes.queues.messages == []


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([Step(id="", offset_days=3, template="reminder_first")] * 2, "steps_out_of_order"),
        (STANDARD.steps[::-1], "steps_out_of_order"),
        ([Step(id="", offset_days=3, template="nothing")], "unknown_template"),
        ([Step(id="", offset_days=3, template="letter_formal")], "unknown_template"),
        ([Step(id="a", offset_days=n, template="reminder_first") for n in (1, 2)],
         "steps_out_of_order"),
    ],
)  # fmt: skip
def test_a_ladder_that_could_not_be_climbed_is_refused(
    book: Book, steps: Sequence[Step], code: str
) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        change(book, steps)

    assert refusal.value.field_code == code
    assert book.snapshot() == before


def test_a_letter_may_be_any_text_on_paper(book: Book) -> None:
    step = Step(id="", offset_days=3, channel="letter", template="letter_formal")

    (stored,) = change(book, [step]).steps

    # It takes the place of the step of that day, whatever that was.
    assert (stored.id, stored.channel, stored.template) == ("first", "letter", "letter_formal")


def test_a_step_moved_back_by_a_day_is_not_sent_again(book: Book) -> None:
    book.issued()
    book.remind(SECOND_DAY)
    change(book, moved("second", 9))
    work_off(book)

    for when in ("2026-04-10", "2026-04-13", "2026-04-14"):
        book.remind(when)
    assert subjects(book) == ["reminder_second"]
    book.remind("2026-04-16")
    assert subjects(book) == ["reminder_second", "reminder_firm"]


def test_a_step_put_in_behind_is_not_made_up_and_one_put_in_ahead_comes_on_its_day(
    book: Book,
) -> None:
    book.issued()
    book.remind(SECOND_DAY)
    behind = Step(id="", offset_days=5, template="reminder_first")
    ahead = Step(id="", offset_days=10, template="reminder_last")
    steps = sorted([*STANDARD.steps, behind, ahead], key=lambda one: one.offset_days)
    change(book, steps)
    work_off(book)

    book.remind("2026-04-10")
    assert subjects(book) == ["reminder_second"]
    assert book.account().next_action_at == at("2026-04-13T07:00")  # 11 April is a Saturday
    book.remind("2026-04-13")
    assert subjects(book) == ["reminder_second", "reminder_last"]


def test_after_a_change_the_next_action_of_every_account_is_set_anew(book: Book) -> None:
    book.issued()
    other = a_customer(book.ports, name="Otra")
    an_issued_invoice(book.ports, other.id)
    assert book.account().next_action_at == at("2026-03-30T07:00")

    change(book, [Step(id="", offset_days=20, template="reminder_last")])
    work_off(book)

    for customer_id in (book.customer.id, other.id):
        assert book.account(customer_id).next_action_at == at("2026-04-21T07:00")


def test_planning_anew_goes_on_page_by_page(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.usecases.plan_anew.CUSTOMERS_A_CHORE", 2)
    others = [a_customer(book.ports, name=f"Cliente {number}").id for number in range(6)]
    for customer_id in others:
        an_issued_invoice(book.ports, customer_id)

    change(book, [Step(id="", offset_days=20, template="reminder_last")])
    work_off(book)

    nexts = {book.account(customer_id).next_action_at for customer_id in others}
    assert nexts == {at("2026-04-21T07:00")}


def test_a_customer_climbs_the_ladder_of_its_segment_and_then_its_own(book: Book) -> None:
    book.issued()
    change_customer(
        book.ports, by_ana(), book.customer.id, {"segment": "retail"}, expected_version=None
    )
    assign(book, retail="gentle")
    work_off(book)
    assert book.account().next_action_at == at("2026-03-27T08:00")  # five days before

    change_customer(
        book.ports, by_ana(), book.customer.id, {"policy_id": "firm"}, expected_version=None
    )

    assert book.account().next_action_at == at("2026-03-30T07:00")


def test_an_invoice_has_a_ladder_of_its_own_and_keeps_it_when_it_is_opened_again(
    book: Book,
) -> None:
    invoice = book.issued()
    hash_before = invoice.hash

    after = set_invoice_policy(book.ports, by_ana(), invoice.id, "gentle")

    assert (after.policy_id, after.hash) == ("gentle", hash_before)
    assert book.account().next_action_at == at("2026-03-27T08:00")
    assert set_invoice_policy(book.ports, by_ana(), invoice.id, None).policy_id is None
    assert book.account().next_action_at == at("2026-03-30T07:00")


def test_moving_a_customer_to_another_ladder_repeats_nothing(book: Book) -> None:
    book.issued()
    book.remind(FIRST_DAY)
    change_customer(
        book.ports, by_ana(), book.customer.id, {"policy_id": "firm"}, expected_version=None
    )

    book.remind("2026-04-08")  # firm has steps at 1, 5 and 10 days: the fifth is ahead

    assert subjects(book) == ["reminder_first", "reminder_second"]


@pytest.mark.parametrize("field", ["customer", "segment", "company", "invoice"])
def test_nobody_is_given_a_ladder_that_does_not_exist(book: Book, field: str) -> None:
    invoice = book.issued()
    before = book.snapshot()
    acts: dict[str, Callable[[], object]] = {
        "customer": lambda: change_customer(
            book.ports, by_ana(), book.customer.id, {"policy_id": "x"}, expected_version=None
        ),
        "segment": lambda: assign(book, retail="x"),
        "company": lambda: assign(book, "x"),
        "invoice": lambda: set_invoice_policy(book.ports, by_ana(), invoice.id, "x"),
    }

    with pytest.raises(InvalidField) as refusal:
        acts[field]()

    assert refusal.value.field_code == "unknown_policy"
    assert book.snapshot() == before


def test_there_is_an_end_to_ladders(book: Book) -> None:
    for number in range(MAX_POLICIES - 3):
        change(book, STANDARD.steps, policy_id=f"own-{number}")
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        change(book, STANDARD.steps, policy_id="one-more")

    assert refusal.value.code == "too_many_policies"
    assert book.snapshot() == before


def simulated(book: Book, when: str, **draft: Any) -> Simulation:
    before = book.snapshot()
    found = simulate_policy(
        book.ports, by_ana(at(when)), Draft(**{"policy_id": "default", **draft})
    )
    assert book.snapshot() == before
    return found


def the_book_of_three(book: Book) -> list[str]:
    """One overdue, one overdue and disputed, one not due yet."""
    overdue = book.issued()
    disputed = a_customer(book.ports, name="Disputa")
    contested = an_issued_invoice(book.ports, disputed.id)
    new = NewDispute(invoice_id=contested.id, reason="goods", amount_minor=None)
    open_dispute(book.ports, by_ana(), new)
    later = a_customer(book.ports, name="Más tarde")
    an_issued_invoice(book.ports, later.id, due_date="2026-09-01")
    return [overdue.customer_id, disputed.id, later.id]


def test_a_simulation_says_what_todays_book_would_get_and_why_the_others_get_nothing(
    book: Book,
) -> None:
    owner, *_ = the_book_of_three(book)

    found = simulated(book, "2026-04-06T05:00")

    assert (found.accounts, found.would_send, found.by_channel) == (3, 1, {"email": 1})
    assert found.would_skip == {"dispute": 1, "nothing_due": 1}
    assert found.changes == {"same": 3}
    assert found.outcomes[0].desk.customer.id == owner
    assert found.cursor is None


def test_a_simulation_of_a_change_says_who_gets_more_less_or_something_else(book: Book) -> None:
    the_book_of_three(book)
    early = [Step(id="", offset_days=-160, template="reminder_before"), *STANDARD.steps]

    more = simulated(book, "2026-04-06T05:00", steps=early)
    other = simulated(book, "2026-04-08T05:00", steps=moved("second", 20)[:2])
    less = simulated(book, "2026-04-06T05:00", steps=STANDARD.steps[3:])

    assert more.changes == {"added": 1, "same": 2}
    assert other.changes == {"other_step": 1, "same": 2}
    assert less.changes == {"dropped": 1, "same": 2}
    assert less.outcomes[0].change == "dropped"


def test_a_simulation_looks_only_at_those_who_climb_the_ladder(book: Book) -> None:
    the_book_of_three(book)
    assign(book, "gentle")

    assert simulated(book, "2026-04-06T05:00").accounts == 0
    assert simulated(book, "2026-04-06T05:00", policy_id="gentle").accounts == 3
    with pytest.raises(NotFound):
        simulated(book, "2026-04-06T05:00", policy_id="nobody")


def test_a_ladder_that_is_only_drafted_can_be_simulated_for_nobody_yet(book: Book) -> None:
    the_book_of_three(book)

    found = simulated(book, "2026-04-06T05:00", policy_id="new", steps=STANDARD.steps)

    assert found.accounts == 0


def test_a_large_book_is_simulated_in_parts(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.usecases.simulate_policy.PAGE", 1)
    monkeypatch.setattr("chalicelib.usecases.simulate_policy.MAX_PAGES", 2)
    the_book_of_three(book)
    context, draft = by_ana(at("2026-04-06T05:00")), Draft(policy_id="default")

    first = simulate_policy(book.ports, context, draft)
    second = simulate_policy(book.ports, context, draft, first.cursor)

    assert (first.accounts, second.accounts) == (2, 1)
    assert first.would_send + second.would_send == 1
    assert second.cursor is None
