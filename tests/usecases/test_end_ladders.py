"""When no step of the ladder is left, staff are told and a person decides."""

from datetime import timedelta

from chalicelib.domain.audit import AuditEntry
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.end_ladders import end_ladders
from chalicelib.usecases.work import finish_work_item
from tests.builders import Book, at, by_ana
from tests.staff import joins, mails_to, tell

LAST_STEP = at("2026-05-04")
"""Thirty days after the due date of an invoice of 2 March; 1 May + 3 is a Monday."""


def look(book: Book, when: str) -> int:
    return end_ladders(book.ports, system_context(at(when)))


def said(book: Book) -> list[AuditEntry]:
    return [one for one in book.all(AuditEntry) if one.action == "ladder_ended"]


def climb(book: Book) -> None:
    """Send every step of the standard ladder."""
    for after in (-3, 3, 7, 15, 30):
        day = at("2026-04-01") + timedelta(days=after)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
        book.remind(day)


def test_a_week_after_the_last_step_staff_are_told_once(book: Book) -> None:
    joins(book, "Carlos", "collector")
    invoice = book.issued()
    climb(book)

    counts = [look(book, when) for when in
              ("2026-05-04", "2026-05-07", "2026-05-08", "2026-05-08", "2026-06-30")]  # fmt: skip
    tell(book, "2026-05-08T08:00")

    assert counts == [0, 0, 1, 0, 0]
    (item,) = book.work()
    assert (item.what, item.detail, item.amount_minor) == ("ladder_ended", invoice.number, 100_000)
    (line,) = mails_to(book, "Carlos")[0].lines
    assert (line.kind, line.amount_minor, line.number) == (
        "policy_stopped", 100_000, invoice.number,
    )  # fmt: skip


def test_while_a_step_is_left_nothing_has_ended(book: Book) -> None:
    book.issued()
    book.remind("2026-04-06")

    assert look(book, "2026-07-01") == 0
    assert book.work() == []


def test_what_is_disputed_or_paid_has_not_come_to_its_end(book: Book) -> None:
    disputed, paid = book.issued(), book.issued()
    climb(book)
    open_dispute(book.ports, by_ana(LAST_STEP), NewDispute(invoice_id=disputed.id, reason="x"))
    book.paid(100_000, wanted=[(paid.id, 100_000)], when=LAST_STEP)

    assert look(book, "2026-06-01") == 0
    assert (book.work(), said(book)) == ([], [])


def test_a_task_that_was_done_comes_back_only_for_another_invoice(book: Book) -> None:
    book.issued()
    climb(book)
    look(book, "2026-05-10")
    (item,) = book.work()
    finish_work_item(book.ports, by_ana(), item.key, "called")

    assert look(book, "2026-05-11") == 0
    assert book.work() == []


def test_what_is_paid_leaves_the_list_by_itself(book: Book) -> None:
    invoice = book.issued()
    climb(book)
    look(book, "2026-05-10")
    book.paid(100_000, wanted=[(invoice.id, 100_000)], when=at("2026-05-11"))

    assert look(book, "2026-05-12") == 0

    assert book.work() == []
    assert [item.outcome for item in book.work("done")] == ["settled"]
    assert len(said(book)) == 1
