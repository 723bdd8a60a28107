"""A scheduled draft is issued on its day, once, unless a person was there before."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from chalicelib.domain.errors import DomainError, InvalidField, Stale, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.carry_out_run import carry_out_run
from chalicelib.usecases.context import system_context
from chalicelib.usecases.draft_invoice import change_draft, delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.schedule_issue import schedule_issue, unschedule_issue
from tests.builders import Book, a_draft, a_line, at, by_ana, change_company
from tests.faults import Outage
from tests.invariants import assert_quiet
from tests.recurring import a_recurring, dates, hour, invoices, runs, the_run

FRIDAY = date(2026, 3, 6)


def scheduled(
    book: Book, issue_on: date = FRIDAY, *, send: bool = False, draft: Invoice | None = None
) -> Invoice:
    draft = draft or a_draft(book.ports, book.customer.id)
    return schedule_issue(
        book.ports, by_ana(), draft.id, issue_on, send=send, expected_version=None
    )


def unschedule(book: Book, draft: Invoice) -> Invoice:
    return unschedule_issue(book.ports, by_ana(), draft.id, expected_version=None)


def issue(ports: Ports, draft: Invoice) -> Invoice:
    return issue_invoice(ports, by_ana(at("2026-03-03")), draft.id, expected_version=None)


def test_it_is_issued_and_sent_on_its_day_and_not_before(book: Book) -> None:
    draft = scheduled(book, send=True)

    hour(book, "2026-03-06T04:59")
    too_early = (dates(book), runs(book))
    hour(book, "2026-03-06T05:00")

    assert too_early == ([], [("2026-03-06", "waiting")])
    invoice = book.invoice(draft)
    assert (invoice.number, invoice.issue_date) == ("A-000001", FRIDAY)
    assert invoice.due_date == date(2026, 4, 5)
    assert len(book.fakes.mailer.accepted) == 1
    assert (the_run(book).state, the_run(book).number) == ("done", "A-000001")
    assert_quiet(book.fakes.table)


def test_a_hundred_ticks_issue_it_once_and_late_ones_on_their_own_day(book: Book) -> None:
    scheduled(book, send=True)

    for _ in range(100):
        hour(book, "2026-03-15")

    assert dates(book) == ["2026-03-15"]
    assert len(book.fakes.mailer.accepted) == 1


@pytest.mark.parametrize(
    ("zone", "before", "from_six"),
    [
        ("America/Santiago", "2026-03-06T08:59", "2026-03-06T09:00"),
        ("Pacific/Auckland", "2026-03-05T16:59", "2026-03-05T17:00"),
    ],
)
def test_its_day_is_that_of_the_company(book: Book, zone: str, before: str, from_six: str) -> None:
    change_company(book.ports, time_zone=zone)
    scheduled(book)

    hour(book, before)
    too_early = dates(book)
    hour(book, from_six)

    assert (too_early, dates(book)) == ([], ["2026-03-06"])


def test_a_draft_is_still_edited_and_keeps_its_day(book: Book) -> None:
    draft = scheduled(book)

    changes = {"lines": (a_line(7_700),), "notes": "Nuevo"}
    change_draft(book.ports, by_ana(), draft.id, changes, expected_version=None)
    hour(book, "2026-03-06")

    invoice = book.invoice(draft)
    assert (invoice.number, invoice.total_minor, invoice.notes) == ("A-000001", 7_700, "Nuevo")
    assert the_run(book).total_minor == 7_700


def test_another_day_moves_it(book: Book) -> None:
    draft = scheduled(book)

    scheduled(book, date(2026, 3, 9), send=True, draft=draft)
    hour(book, "2026-03-06")
    early = dates(book)
    hour(book, "2026-03-09")

    assert (early, dates(book)) == ([], ["2026-03-09"])
    assert len(book.fakes.mailer.accepted) == 1


def test_unscheduled_it_stays_a_draft(book: Book) -> None:
    draft = scheduled(book)

    after = unschedule(book, draft)
    hour(book, "2026-03-06")

    assert (after.scheduled_on, after.run_id) == (None, None)
    assert book.invoice(draft) == after
    assert runs(book) == [("2026-03-06", "cancelled")]


def test_it_may_be_scheduled_again(book: Book) -> None:
    draft = scheduled(book)
    unschedule(book, draft)

    scheduled(book, draft=draft)
    hour(book, "2026-03-06")

    assert (dates(book), runs(book)) == (["2026-03-06"], [("2026-03-06", "done")])


def test_issued_by_hand_it_is_cancelled_at_once(book: Book) -> None:
    draft = scheduled(book, send=True)

    invoice = issue(book.ports, draft)
    hour(book, "2026-03-06")

    assert (invoice.number, invoice.scheduled_on) == ("A-000001", None)
    assert dates(book) == ["2026-03-03"]
    assert runs(book) == [("2026-03-06", "cancelled")]
    assert book.fakes.mailer.accepted == []


def test_deleted_it_is_cancelled_at_once(book: Book) -> None:
    draft = scheduled(book)

    delete_draft(book.ports, by_ana(), draft.id, expected_version=None)
    hour(book, "2026-03-06")

    assert (invoices(book), runs(book)) == ([], [("2026-03-06", "cancelled")])
    assert the_run(book).invoice_id is None


@pytest.mark.parametrize(
    ("issue_on", "code"),
    [
        (date(2026, 3, 1), "day_has_passed"),
        (date(2036, 4, 1), "too_far_ahead"),
        (date(2026, 3, 21), "due_before_issue"),
    ],
)
def test_a_day_that_cannot_be_is_refused(book: Book, issue_on: date, code: str) -> None:
    draft = a_draft(book.ports, book.customer.id, due_date=date(2026, 3, 20))
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        scheduled(book, issue_on, draft=draft)

    assert (refusal.value.pointer, refusal.value.field_code) == ("/issue_on", code)
    assert book.snapshot() == before


def test_what_is_no_plain_draft_is_not_scheduled(book: Book) -> None:
    a_recurring(book)
    stopped_by_order(book)
    (recurring_draft,) = [one for one in book.all(Invoice) if one.is_draft]
    plain = a_draft(book.ports, book.customer.id)
    issued = book.issued(when=at("2026-03-02"))
    before = book.snapshot()

    assert code_of(lambda: scheduled(book, draft=recurring_draft)) == "has_its_own_run"
    assert code_of(lambda: scheduled(book, draft=issued)) == "not_a_draft"
    assert code_of(lambda: unschedule(book, plain)) == "not_scheduled"
    assert book.snapshot() == before


def stopped_by_order(book: Book) -> None:
    book.issued(when=at("2026-01-03"), issue_date="2026-03-01")
    hour(book, "2026-01-31")


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def test_who_saw_an_older_draft_changes_nothing(book: Book) -> None:
    draft = scheduled(book)
    before = book.snapshot()

    with pytest.raises(Stale):
        schedule_issue(book.ports, by_ana(), draft.id, FRIDAY, send=True, expected_version=1)
    with pytest.raises(Stale):
        unschedule_issue(book.ports, by_ana(), draft.id, expected_version=1)

    assert book.snapshot() == before


def test_a_person_and_the_run_at_once_issue_it_once(book: Book) -> None:
    for _ in range(10):
        draft = scheduled(book)
        run_id = f"scheduled-{draft.id}"

        with ThreadPoolExecutor(3) as pool:
            by_hand = pool.submit(issue, book.ports, draft)
            context = system_context(at("2026-03-06"))
            by_run = [pool.submit(carry_out_run, book.ports, context, run_id) for _ in range(2)]
        assert [act.exception() for act in by_run] == [None, None]
        assert isinstance(by_hand.exception(), StateConflict | None)
        assert book.invoice(draft).number is not None

    numbers = [one.number for one in invoices(book)]
    assert numbers == [f"A-{number:06d}" for number in range(1, 11)]
    assert {state for _, state in runs(book)} <= {"done", "cancelled"}
    assert_quiet(book.fakes.table)


@pytest.mark.parametrize("moment", range(1, 4))
def test_unscheduled_while_the_run_is_at_work_it_is_not_issued(book: Book, moment: int) -> None:
    draft = scheduled(book)
    left = [moment]
    get = book.fakes.table.get

    def unscheduled_between(key: tuple[str, str]) -> object:
        left[0] -= 1
        if left[0] == 0:
            unschedule(book, draft)
        return get(key)

    book.fakes.table.get = unscheduled_between  # type: ignore[method-assign, assignment]
    run = carry_out_run(book.ports, system_context(at("2026-03-06")), f"scheduled-{draft.id}")

    assert run.state == "cancelled"
    assert book.invoice(draft).number is None
    assert runs(book) == [("2026-03-06", "cancelled")]


def test_an_outage_on_its_day_leaves_it_to_the_next_hour(book: Book) -> None:
    scheduled(book)
    write = book.fakes.table.write

    def broken(actions: object) -> None:
        raise Outage

    book.fakes.table.write = broken  # type: ignore[method-assign]
    with pytest.raises(Outage):
        hour(book, "2026-03-06T06:00")
    book.fakes.table.write = write  # type: ignore[method-assign]
    hour(book, "2026-03-06T07:00")

    assert (dates(book), runs(book)) == (["2026-03-06"], [("2026-03-06", "done")])
    assert book.work() == []
