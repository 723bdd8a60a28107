"""What stops a run is seen by a person, and when it is put right the run goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.access import Actor
from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.recurring import Run
from chalicelib.usecases.approve import approve
from chalicelib.usecases.carry_out_run import carry_out_run
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import AlreadyAnswered, RepeatKey, system_context
from chalicelib.usecases.draft_invoice import change_draft, delete_draft
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.make_runs import make_runs
from chalicelib.usecases.ports import Replace
from chalicelib.usecases.recurring_references import run_ref
from chalicelib.usecases.reject_approval import reject_approval
from chalicelib.usecases.retry_run import retry_run
from chalicelib.usecases.schedule_issue import schedule_issue
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import Book, a_customer, a_draft, at, by_ana, change_company, found
from tests.invariants import assert_quiet
from tests.recurring import a_recurring, dates, hour, invoices, runs, the_run

LATER = by_ana(at("2026-03-10"))


def a_postdated_invoice(book: Book) -> None:
    """Lock the series for earlier dates, as somebody did who wrote the wrong month."""
    book.issued(when=at("2026-01-03"), issue_date="2026-03-01")


def stopped(book: Book) -> Run:
    """A run that could not issue its draft."""
    a_postdated_invoice(book)
    a_recurring(book, end_on="2026-01-31", auto_send=True)
    hour(book, "2026-01-31")
    return the_run(book)


def draft_of(book: Book) -> Invoice:
    (draft,) = [one for one in book.all(Invoice) if one.is_draft]
    return draft


def test_a_refused_issue_keeps_the_draft_and_tells_a_person(book: Book) -> None:
    run = stopped(book)

    draft = draft_of(book)
    assert (run.state, run.code, run.invoice_id) == ("failed", "series_order", draft.id)
    assert run.reason is not None
    assert "2026-03-01" in run.reason
    (item,) = book.work()
    assert (item.what, item.key) == ("recurring_failed", f"run-{run.id}")
    assert (item.customer_id, item.invoice_id) == (book.customer.id, draft.id)
    assert (item.amount_minor, item.detail) == (100_000, "2026-01-31 series_order")
    assert_quiet(book.fakes.table)


def test_a_failed_run_waits_for_a_person_and_holds_up_no_later_one(book: Book) -> None:
    a_postdated_invoice(book)
    a_recurring(book)

    hour(book, "2026-01-31")
    before = book.snapshot()
    hour(book, "2026-02-01")
    unchanged = book.snapshot() == before
    hour(book, "2026-03-31")

    assert unchanged
    assert runs(book) == [
        ("2026-01-31", "failed"), ("2026-02-28", "done"), ("2026-03-31", "done"),
    ]  # fmt: skip


def test_a_retry_when_the_cause_is_gone_issues_and_sends(book: Book) -> None:
    run = stopped(book)

    after = retry_run(book.ports, LATER, run.id)
    hour(book, "2026-03-10")

    assert (after.state, after.number, after.code, after.reason) == (
        "done", "A-000002", None, None,
    )  # fmt: skip
    assert dates(book) == ["2026-03-01", "2026-03-10"]
    assert len(book.fakes.mailer.accepted) == 1
    assert book.work() == []
    retried = [one for one in book.all(AuditEntry) if one.action == "run_retried"]
    assert [(one.by, one.subject_id) for one in retried] == [(LATER.actor.id, run.recurring_id)]
    assert_quiet(book.fakes.table)


def test_a_retry_too_early_is_on_the_list_again(book: Book) -> None:
    run = stopped(book)

    after = retry_run(book.ports, by_ana(at("2026-02-10")), run.id)

    assert (after.state, after.code) == ("failed", "series_order")
    (item,) = book.work()
    assert (item.key, item.created_at) == (f"run-{run.id}", at("2026-02-10"))


def test_a_retry_twice_is_refused_and_with_the_same_key_answered(book: Book) -> None:
    run = stopped(book)
    keyed = replace(LATER, repeat_key=RepeatKey("k", "h"))
    retry_run(book.ports, keyed, run.id)
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        retry_run(book.ports, LATER, run.id)
    with pytest.raises(NotFound):
        retry_run(book.ports, LATER, "rec_0-2026-01-31")

    assert refusal.value.code == "nothing_to_retry"
    assert book.snapshot() == before
    again = stopped_again(book, run)
    with pytest.raises(AlreadyAnswered):
        retry_run(book.ports, keyed, again.id)


def stopped_again(book: Book, run: Run) -> Run:
    """The run as if it had failed once more after its answer was lost."""
    failed = found(book.ports, run_ref(run.id)).next(state="failed", code="x", reason="x")
    book.ports.store.commit([Replace(failed)])
    return failed


def test_staff_put_the_draft_right_and_the_retry_takes_it_as_it_is(book: Book) -> None:
    run = stopped(book)

    change_draft(book.ports, LATER, draft_of(book).id, {"series": "B"}, expected_version=None)
    after = retry_run(book.ports, by_ana(at("2026-02-10")), run.id)

    assert (after.state, after.number) == ("done", "B-000001")


def test_staff_issue_the_draft_by_hand_and_the_run_is_done(book: Book) -> None:
    run = stopped(book)

    issue_invoice(book.ports, LATER, draft_of(book).id, expected_version=None)
    hour(book, "2026-03-10")

    after = found(book.ports, run_ref(run.id))
    assert (after.state, after.number) == ("done", "A-000002")
    assert book.work() == []
    assert book.fakes.mailer.accepted == []  # who issues by hand sends by hand


def test_staff_throw_the_draft_away_and_the_run_is_cancelled(book: Book) -> None:
    run = stopped(book)

    delete_draft(book.ports, LATER, draft_of(book).id, expected_version=None)
    hour(book, "2026-03-10")

    after = found(book.ports, run_ref(run.id))
    assert (after.state, after.invoice_id) == ("cancelled", None)
    assert (book.work(), len(invoices(book))) == ([], 1)


def test_without_an_address_the_invoice_is_issued_and_the_sending_failed(book: Book) -> None:
    customer = a_customer(book.ports, email=None)
    a_recurring(book, customer_id=customer.id, auto_send=True, end_on="2026-01-31")

    hour(book, "2026-01-31")
    hour(book, "2026-02-01")

    run = the_run(book)
    assert (run.state, run.code, run.number) == ("failed", "no_address", "A-000001")
    assert dates(book) == ["2026-01-31"]
    (item,) = book.work()
    assert (item.what, item.invoice_id) == ("recurring_failed", run.invoice_id)
    change_customer(book.ports, LATER, customer.id, {"email": "a@b.example"}, expected_version=None)
    assert retry_run(book.ports, LATER, run.id).state == "done"
    hour(book, "2026-03-10T12:00")
    assert len(book.fakes.mailer.accepted) == 1
    assert book.work() == []


@contextmanager
def lost(book: Book, customer: Customer) -> Iterator[None]:
    """Hide a customer, as a restored table may lack one. The program never deletes any."""
    table, key = book.fakes.table, (f"CUS#{customer.id}", "#")
    get, batch_get = table.get, table.batch_get
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "get", lambda wanted: None if wanted == key else get(wanted))
        patch.setattr(
            table, "batch_get", lambda keys: batch_get([each for each in keys if each != key])
        )
        yield


def test_a_customer_who_is_gone_fails_the_run_before_there_is_a_draft(book: Book) -> None:
    customer = a_customer(book.ports)
    recurring = a_recurring(book, customer_id=customer.id, end_on="2026-01-31")

    with lost(book, customer):
        hour(book, "2026-01-31")
        hour(book, "2026-02-01")

    run = the_run(book)
    assert (run.state, run.code, run.invoice_id) == ("failed", "unknown_customer", None)
    assert [(item.what, item.invoice_id) for item in book.work()] == [("recurring_failed", None)]
    before = book.snapshot()
    with lost(book, customer), pytest.raises(InvalidField):
        retry_run(book.ports, LATER, run.id)
    assert book.snapshot() == before
    assert retry_run(book.ports, LATER, run.id).state == "done"
    (invoice,) = invoices(book)
    assert (invoice.number, invoice.recurring_id) == ("A-000001", recurring.id)
    assert book.work() == []


def test_a_customer_who_is_gone_from_a_draft_fails_its_run(book: Book) -> None:
    customer = a_customer(book.ports)
    draft = a_draft(book.ports, customer.id)
    schedule_issue(
        book.ports, by_ana(), draft.id, date(2026, 3, 6), send=True, expected_version=None
    )

    with lost(book, customer):
        hour(book, "2026-03-06")

    assert (the_run(book).state, the_run(book).code) == ("failed", "not_found")
    assert [item.what for item in book.work()] == ["recurring_failed"]


def test_a_failed_scheduled_issue_may_get_another_day(book: Book) -> None:
    draft = a_draft(book.ports, book.customer.id)
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    schedule_issue(book.ports, by_ana(), draft.id, friday, send=False, expected_version=None)
    book.issued(issue_date="2026-03-08")
    hour(book, "2026-03-06")
    failed = the_run(book)

    schedule_issue(book.ports, by_ana(), draft.id, monday, send=False, expected_version=None)
    hour(book, "2026-03-09")

    assert (failed.state, failed.code) == ("failed", "series_order")
    assert (the_run(book).state, the_run(book).due_on) == ("done", monday)
    assert book.work() == []


def test_a_void_invoice_is_not_sent(book: Book) -> None:
    recurring = a_recurring(book)
    make_runs(book.ports, system_context(at("2026-01-31")), recurring.id)
    run = the_run(book)
    void_invoice(book.ports, LATER, known_id(run), reason=None, expected_version=None)
    book.ports.store.commit([Replace(run.next(state="drafted", sends=True))])

    after = carry_out_run(book.ports, system_context(at("2026-01-31")), run.id)

    assert after.state == "done"
    assert book.fakes.queues.take() == []


def known_id(run: Run) -> str:
    assert run.invoice_id is not None
    return run.invoice_id


def awaiting_approval(book: Book) -> tuple[Run, Invoice]:
    """A run whose invoice was put before an approver."""
    rule = ApprovalRule(what="issue", over_minor=50_000, currency="EUR")
    change_company(book.ports, approval_rules=(rule,))
    a_recurring(book, end_on="2026-01-31", auto_send=True)
    hour(book, "2026-01-31")
    run = the_run(book)
    return run, book.invoice(known_id(run))


def test_an_invoice_that_waits_for_approval_keeps_its_run_waiting(book: Book) -> None:
    run, invoice = awaiting_approval(book)

    hour(book, "2026-02-01")

    assert (run.state, invoice.state, invoice.number) == (
        "pending_approval", "pending_approval", None,
    )  # fmt: skip
    assert found(book.ports, run_ref(run.id)) == run
    assert (book.fakes.mailer.accepted, book.work()) == ([], [])


def test_approved_it_is_sent_at_the_next_hour(book: Book) -> None:
    run, invoice = awaiting_approval(book)

    approve(book.ports, LATER, invoice.id, note=None, expected_version=None)
    hour(book, "2026-03-10")
    hour(book, "2026-03-11")

    after = found(book.ports, run_ref(run.id))
    assert (after.state, after.number) == ("done", "A-000001")
    assert len(book.fakes.mailer.accepted) == 1


def test_a_refused_approval_fails_the_run_and_a_retry_asks_again(book: Book) -> None:
    run, invoice = awaiting_approval(book)

    reject_approval(book.ports, LATER, invoice.id, reason="No", expected_version=None)
    hour(book, "2026-03-11")

    after = found(book.ports, run_ref(run.id))
    assert (after.state, after.code) == ("failed", "approval_refused")
    assert [item.what for item in book.work()] == ["recurring_failed"]
    assert retry_run(book.ports, LATER, run.id).state == "pending_approval"
    assert book.work() == []


def test_a_scheduled_draft_that_a_person_put_before_an_approver_is_theirs_once_approved(
    book: Book,
) -> None:
    rule = ApprovalRule(what="issue", over_minor=50_000, currency="EUR")
    change_company(book.ports, approval_rules=(rule,))
    draft = a_draft(book.ports, book.customer.id)
    friday = date(2026, 3, 20)
    schedule_issue(book.ports, by_ana(), draft.id, friday, send=True, expected_version=None)
    issue_invoice(book.ports, by_ana(), draft.id, expected_version=None)
    waiting = the_run(book)

    other = replace(LATER, actor=replace_actor(LATER.actor))
    approve(book.ports, other, draft.id, note=None, expected_version=None)
    hour(book, "2026-03-20")

    assert (waiting.state, the_run(book).state) == ("waiting", "cancelled")
    assert (book.invoice(draft).number, book.invoice(draft).run_id) == ("A-000001", None)
    assert book.fakes.mailer.accepted == []


def replace_actor(actor: Actor) -> Actor:
    """Somebody else."""
    return actor.but(id="eva@saldo.example", name="Eva")
