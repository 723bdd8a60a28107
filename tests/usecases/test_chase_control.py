"""What a person does to the chase: send now, take it back, skip a step, let a reminder go."""

from collections.abc import Callable

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.ladders import STANDARD
from chalicelib.domain.policy import Step
from chalicelib.usecases.chase_control import approve_reminder, send_now, skip_step, take_back
from chalicelib.usecases.context import Context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.plan_anew import plan_accounts_anew
from chalicelib.usecases.policies import change_policy
from chalicelib.usecases.ports import Ports
from tests.builders import Book, at, by_ana
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY, TEMPORARY, subjects
from tests.usecases.test_reminder_contacts import EVA, LUIS, given_contacts

SUNDAY = at("2026-03-22T21:00")
A_MINUTE_LATER = "2026-03-22T21:01"

Control = Callable[[Ports, Context, str, str], Account]


def do(book: Book, what: Control, when: str = "2026-03-22T21:00") -> Account:
    return what(book.ports, by_ana(at(when)), book.customer.id, "EUR")


def refused(book: Book, what: Control, code: str, when: str = "2026-03-22T21:00") -> None:
    before = book.snapshot()
    with pytest.raises(StateConflict) as refusal:
        do(book, what, when)
    assert refusal.value.code == code
    assert book.snapshot() == before


def test_what_is_sent_now_goes_after_a_minute_whatever_day_and_hour_it_is(book: Book) -> None:
    book.issued()

    account = do(book, send_now)

    assert account.send_now is not None
    assert (account.send_now.at, account.next_action_at) == (at(A_MINUTE_LATER),) * 2
    assert book.fakes.queues.bodies("reminders")[-1] == {
        "v": 1, "time": "2026-03-22T21:01:00Z", "accounts": [[book.customer.id, "EUR"]],
    }  # fmt: skip
    assert book.fakes.queues.delays[-1] == 61
    book.remind("2026-03-22T21:00:30")
    assert subjects(book) == []
    book.remind(A_MINUTE_LATER)
    book.remind(A_MINUTE_LATER)
    assert subjects(book) == ["reminder_before"]
    assert book.account().send_now is None
    book.remind("2026-03-30")  # the day of the step that went out already
    assert subjects(book) == ["reminder_before"]


def test_asked_for_twice_it_goes_out_once(book: Book) -> None:
    book.issued()
    do(book, send_now)

    do(book, send_now, "2026-03-22T21:00:30")
    book.remind(A_MINUTE_LATER)
    book.remind("2026-03-22T21:02")

    assert subjects(book) == ["reminder_before"]


def test_within_its_minute_it_is_taken_back_as_if_nothing_had_been(book: Book) -> None:
    book.issued()
    planned = book.account().next_action_at
    do(book, send_now)

    account = do(book, take_back, "2026-03-22T21:00:59")
    book.remind(A_MINUTE_LATER)

    assert (account.send_now, account.next_action_at) == (None, planned)
    assert subjects(book) == []
    entries = sorted(book.all(AuditEntry), key=lambda one: one.at)
    assert [one.action for one in entries][-2:] == ["reminder_asked_for", "reminder_taken_back"]


def test_what_has_gone_out_cannot_be_taken_back(book: Book) -> None:
    book.issued()
    do(book, send_now)
    book.remind(A_MINUTE_LATER)

    refused(book, take_back, "nothing_to_take_back", "2026-03-22T21:01:10")


def test_within_the_minute_nothing_goes_out_not_even_what_is_due(book: Book) -> None:
    book.issued()
    do(book, send_now, "2026-04-06T10:59:30")

    book.remind("2026-04-06T11:00")
    assert subjects(book) == []
    do(book, take_back, "2026-04-06T11:00:10")
    book.remind("2026-04-06T11:15")

    assert subjects(book) == ["reminder_first"]  # it was due: by itself it goes with the next tick


def test_what_is_sent_now_reaches_every_contact_at_that_hour(book: Book) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    do(book, send_now)

    book.remind(A_MINUTE_LATER)
    book.remind("2026-03-22T21:15")

    assert [mail.to for mail in book.fakes.mailer.accepted] == ["luis@p.example", "eva@p.example"]
    assert (book.account().send_now, book.account().under_way) == (None, None)


@pytest.mark.parametrize("what", [send_now, skip_step])
def test_while_a_contact_lacks_a_reminder_the_step_after_it_is_neither_sent_nor_skipped(
    book: Book, what: Control
) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    book.fakes.mailer.faults = [None, TEMPORARY]
    book.remind(FIRST_DAY)

    do(book, what, "2026-04-06T11:02")
    book.remind("2026-04-06T11:03")
    assert subjects(book) == ["reminder_first"] * (2 if what is send_now else 1)
    book.remind(SECOND_DAY)

    assert subjects(book)[-2:] == ["reminder_second"] * 2


def test_what_is_paid_within_the_minute_is_not_asked_for(book: Book) -> None:
    book.issued()
    do(book, send_now)
    book.paid(100_000, when=at("2026-03-22T21:00:30"))

    book.remind(A_MINUTE_LATER)

    assert subjects(book) == []
    assert (book.account().send_now, book.account().next_action_at) == (None, None)


def test_what_is_disputed_cannot_be_sent_now(book: Book) -> None:
    invoice = book.issued()
    new = NewDispute(invoice_id=invoice.id, reason="goods", amount_minor=None)
    open_dispute(book.ports, by_ana(), new)

    refused(book, send_now, "nothing_to_send")
    refused(book, skip_step, "nothing_to_send")


def test_nothing_is_sent_now_while_sending_is_frozen(book: Book) -> None:
    book.issued()
    book.freeze_sending()

    refused(book, send_now, "sending_frozen")


def test_a_skipped_step_is_not_sent_and_the_next_one_comes_on_its_day(book: Book) -> None:
    book.issued()
    book.remind("2026-03-30")

    account = do(book, skip_step, "2026-04-03T10:00")

    assert account.next_action_at == at("2026-04-08T07:00")
    book.remind(FIRST_DAY)
    assert subjects(book) == ["reminder_before"]
    book.remind("2026-04-08")
    assert subjects(book) == ["reminder_before", "reminder_second"]


def test_whoever_saw_another_step_does_not_skip_this_one(book: Book) -> None:
    book.issued()

    def skip_second(ports: Ports, context: Context, customer_id: str, currency: str) -> Account:
        return skip_step(ports, context, customer_id, currency, "second")

    refused(book, skip_second, "other_step_next")


def with_approval(book: Book) -> None:
    steps = [
        step.but(needs_approval=step.id == "first", copy_to=("boss@saldo.example",))
        for step in STANDARD.steps
    ]
    change_policy(book.ports, by_ana(), "default", name="x", steps=steps, expected_version=None)


def test_a_step_that_needs_approval_waits_on_the_work_list_until_somebody_lets_it_go(
    book: Book,
) -> None:
    with_approval(book)
    book.issued()
    book.remind(FIRST_DAY)
    book.remind("2026-04-06T12:00")
    (item,) = book.work()
    assert (item.what, item.amount_minor) == ("reminder_to_approve", 100_000)
    assert subjects(book) == []
    assert book.account().next_action_at == at("2026-04-07T12:00")

    account = do(book, approve_reminder, "2026-04-06T12:00")

    assert account.next_action_at == at("2026-04-06T12:00")
    assert book.work() == []
    book.remind("2026-04-06T12:00")
    (mail,) = book.fakes.mailer.accepted
    assert (mail.content.subject, mail.bcc) == ("reminder_first", ("boss@saldo.example",))
    refused(book, approve_reminder, "no_reminder_waits", "2026-04-06T12:01")


def test_what_is_paid_while_it_waits_for_approval_leaves_the_work_list(book: Book) -> None:
    with_approval(book)
    book.issued()
    book.remind(FIRST_DAY)

    book.paid(100_000)

    assert [(one.state, one.outcome) for one in book.work("done")] == [("done", "paid")]
    refused(book, approve_reminder, "no_reminder_waits", "2026-04-06T12:01")


def test_an_approval_is_for_one_reminder_and_not_for_the_next(book: Book) -> None:
    with_approval(book)
    book.issued()
    book.remind(FIRST_DAY)
    do(book, approve_reminder, "2026-04-06T12:00")
    book.remind("2026-04-06T12:00")
    book.paid(100_000)
    book.issued(5_000, issue_date="2026-03-10", due_date="2026-04-20")

    book.remind("2026-04-23")

    assert subjects(book) == ["reminder_first"]
    assert [(one.what, one.amount_minor) for one in book.work()] == [("reminder_to_approve", 5_000)]


def changed_ladder(book: Book, *steps: Step) -> None:
    change_policy(book.ports, by_ana(), "default", name="x", steps=steps, expected_version=None)
    plan_accounts_anew(book.ports, by_ana(at("2026-04-06T13:00")), {})


def test_what_was_let_go_and_says_something_else_since_waits_again(book: Book) -> None:
    with_approval(book)
    book.issued()
    book.remind(FIRST_DAY)
    do(book, approve_reminder, "2026-04-06T20:00")
    first = next(one for one in STANDARD.steps if one.id == "first")
    changed_ladder(book, first.but(needs_approval=True, tone="firm", fee_minor=4_000))

    book.remind("2026-04-07")

    assert subjects(book) == []
    assert [one.what for one in book.work()] == ["reminder_to_approve"]


@pytest.mark.parametrize("needs_approval", [False, True])
def test_a_step_that_is_taken_out_while_it_waits_for_approval_leaves_the_work_list(
    book: Book, needs_approval: bool
) -> None:
    with_approval(book)
    book.issued()
    book.remind(FIRST_DAY)
    last = STANDARD.steps[-1].but(needs_approval=needs_approval)

    changed_ladder(book, last)

    assert book.work() == []
    assert book.account().tasks == ()


def test_a_step_that_waits_for_approval_waits_on_when_its_ladder_is_changed_otherwise(
    book: Book,
) -> None:
    with_approval(book)
    book.issued()
    book.remind(FIRST_DAY)
    waiting = book.work()

    with_approval(book)
    plan_accounts_anew(book.ports, by_ana(at("2026-04-06T13:00")), {})

    assert book.work() == waiting
