"""Who is told of what, once, whatever happens to the log, the clock or the process."""

from datetime import timedelta

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.identity import Person
from chalicelib.domain.ladders import STANDARD, shipped_book
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.disputes import NewDispute, open_dispute
from chalicelib.usecases.end_rests import end_rests
from chalicelib.usecases.people import person_ref
from chalicelib.usecases.ports import (
    Conflict,
    Insert,
    MailRefused,
    MailUncertain,
)
from chalicelib.usecases.promises import NewPromise, make_promise
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.staff_mail import sweep_staff_mails
from chalicelib.usecases.tell_staff import ENTRIES, READERS
from chalicelib.usecases.watch_notices import watch_notices
from tests.builders import (
    NOON,
    Book,
    a_customer,
    a_fact,
    a_payment,
    an_issued_invoice,
    at,
    by_ana,
    change_company,
    found,
    provider_says,
)
from tests.fakes import CountingTable
from tests.second_person import ask, rule
from tests.staff import deliver, joins, mails_to, tell, told, wishes
from tests.worker import drain

MINUTE = timedelta(minutes=1)


def untold(book: Book) -> list[AuditEntry]:
    return [one for one in book.all(AuditEntry) if one.tell_after is not None]


def owned_by(book: Book, owner: str | None) -> None:
    change_customer(book.ports, by_ana(), book.customer.id, {"owner": owner}, expected_version=None)


def test_a_payment_is_told_to_the_accountants_in_one_mail_each(book: Book) -> None:
    joins(book, "Carla")
    joins(book, "Victor", "viewer")
    invoice = book.issued()
    book.paid(40_000)
    book.paid(1_000)

    assert tell(book) == 1
    deliver(book)

    (mail,) = mails_to(book, "Carla")
    assert (mail.state, mail.attempts, mail.provider_message_id) == ("sent", 1, "ses-1")
    assert [(line.what, line.amount_minor, line.currency) for line in mail.lines] == [
        ("payment_received", 40_000, "EUR"), ("payment_received", 1_000, "EUR"),
    ]  # fmt: skip
    assert mail.lines[0].customer_name == book.customer.name
    assert (mail.lines[0].number, mail.lines[0].detail) == (invoice.number, "transfer")
    (sent,) = book.fakes.mailer.accepted
    assert (sent.to, sent.cc, sent.bcc) == ("carla@saldo.example", (), ())
    assert sent.tags == {"staff_mail": mail.id}
    assert untold(book) == []


def test_money_that_a_provider_reports_is_told_too(book: Book) -> None:
    joins(book, "Carla")
    provider_says(book.ports, a_fact(invoice_id=book.issued().id))

    tell(book)

    assert told(book, "Carla") == ["payment_received"]


def test_nobody_is_told_what_they_did_themselves(book: Book) -> None:
    joins(book, "Ana")
    joins(book, "Carla")
    book.paid(1_000)

    tell(book)

    assert (told(book, "Ana"), told(book, "Carla")) == ([], ["payment_received"])


def test_a_collector_hears_of_their_own_customers_and_of_those_of_nobody(book: Book) -> None:
    joins(book, "Carlos", "collector")
    joins(book, "Diana", "collector")
    for owner in ("diana@saldo.example", None, "gone@saldo.example"):
        owned_by(book, owner)
        open_dispute(
            book.ports, by_ana(), NewDispute(invoice_id=book.issued().id, reason=str(owner))
        )
        tell(book)

    reasons = {name: [line.detail for mail in mails_to(book, name) for line in mail.lines]
               for name in ("Carlos", "Diana")}  # fmt: skip
    assert reasons == {
        "Carlos": ["None", "gone@saldo.example"],
        "Diana": ["diana@saldo.example", "None", "gone@saldo.example"],
    }


def test_a_broken_promise_says_how_much_was_promised_for_when(book: Book) -> None:
    joins(book, "Carlos", "collector")
    book.issued()
    new = NewPromise(
        customer_id=book.customer.id, currency="EUR", amount_minor=30_000,
        promised_on=NOON.date() + timedelta(days=1),
    )  # fmt: skip
    make_promise(book.ports, by_ana(), new)
    end_rests(book.ports, system_context(at("2026-03-04T05:00")))

    tell(book, "2026-03-04T08:00")

    (line,) = mails_to(book, "Carlos")[0].lines
    assert (line.what, line.amount_minor, str(line.day)) == ("promise_broken", 30_000, "2026-03-03")


def test_whoever_left_or_wants_nothing_gets_nothing(book: Book) -> None:
    joins(book, "Carla", active=False)
    joins(book, "Daniel", notices=wishes("off"))
    joins(book, "Elena", notices=wishes("digest"))
    book.paid(1_000)

    assert tell(book) == 0
    assert untold(book) == []
    assert book.fakes.queues.bodies("mail") == []


def test_approvals_are_no_business_of_whoever_may_not_give_them(book: Book) -> None:
    joins(book, "Carlos", "collector", notices=wishes())
    joins(book, "Carla")
    rule(book)
    ask(book)

    tell(book)

    assert (told(book, "Carlos"), told(book, "Carla")) == ([], ["approval_requested"])


def test_a_reminder_that_waits_to_be_let_go_is_told_to_whoever_chases(book: Book) -> None:
    joins(book, "Carlos", "collector")
    joins(book, "Victor", "viewer", notices=wishes())
    first, *others = STANDARD.steps
    policy = STANDARD.but(steps=(first.but(needs_approval=True), *others))
    book.ports.store.commit([Insert(shipped_book().with_policy(policy).next())])
    book.issued()
    book.remind("2026-03-30")

    tell(book, "2026-03-30")

    assert told(book, "Carlos") == ["reminder_approval_requested"]
    assert told(book, "Victor") == []


def test_an_entry_that_is_written_long_after_its_time_is_told_as_well(book: Book) -> None:
    joins(book, "Carla")
    a_payment(book.ports, book.customer.id, 2_000, at("2026-03-02"))
    tell(book, "2026-03-02T12:00")

    a_payment(book.ports, book.customer.id, 1_000, at("2026-02-27T23:00"))  # and another month
    tell(book, "2026-03-02T12:05")

    assert [line.amount_minor for mail in mails_to(book, "Carla") for line in mail.lines] == [
        2_000, 1_000,
    ]  # fmt: skip


def test_what_is_older_than_a_week_is_no_news(book: Book) -> None:
    joins(book, "Carla")
    a_payment(book.ports, book.customer.id, 1_000, at("2026-02-20"))

    assert tell(book) == 0
    assert untold(book) == []


def test_a_clock_that_jumps_tells_nothing_twice_and_loses_nothing(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)

    for when in ("2026-03-08T12:00", "2026-03-01T12:00", "2026-03-02T12:00"):
        tell(book, when)
    book.paid(2_000)
    tell(book, "2026-03-01T12:00")

    assert told(book, "Carla") == ["payment_received"] * 2


def test_two_runs_at_once_tell_everything_once(book: Book) -> None:
    joins(book, "Carla")
    joins(book, "Daniel")
    for _ in range(3):
        book.paid(1_000)
    ports = book.ports
    commit = ports.store.commit
    ran: list[int] = []

    def race(writes: object) -> None:
        if not ran:
            ran.append(1)
            tell(book)
            book.fakes.queues.take()  # and the other run dies before it queues
        commit(writes)  # type: ignore[arg-type]

    ports.store.commit = race  # type: ignore[method-assign]

    assert tell(book) == 0
    del ports.store.commit
    assert told(book, "Carla") == told(book, "Daniel") == ["payment_received"] * 3
    assert sweep_staff_mails(book.ports, system_context(NOON + 3 * MINUTE)) == 2
    deliver(book)
    assert len(book.fakes.mailer.accepted) == 2


def test_an_index_that_lags_behind_tells_nothing_twice(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    book.fakes.table.lag = 100

    assert [tell(book), tell(book)] in ([0, 0], [1, 0])
    book.fakes.table.catch_up()
    tell(book)

    assert told(book, "Carla") == ["payment_received"]


def test_many_news_of_one_run_are_one_mail_that_counts_what_it_does_not_list(book: Book) -> None:
    joins(book, "Carla")
    for _ in range(ENTRIES + 7):
        book.paid(1_000)

    assert tell(book) == 1

    (mail,) = mails_to(book, "Carla")
    assert (len(mail.lines), mail.more) == (40, ENTRIES + 7 - 40)
    assert len(book.fakes.queues.bodies("mail")) == 1


def test_a_staff_of_more_than_a_transaction_holds_is_told_all_the_same(book: Book) -> None:
    for number in range(READERS + 5):
        joins(book, f"P{number:03d}")
    book.paid(1_000)

    assert tell(book) == READERS + 5

    assert all(told(book, f"P{number:03d}") == ["payment_received"] for number in range(READERS))
    assert told(book, f"P{READERS + 4:03d}") == ["payment_received"]
    assert untold(book) == []


@pytest.mark.parametrize("when", ["2026-03-02T20:30", "2026-03-03T04:00"])
def test_at_night_news_waits_for_the_morning(book: Book, when: str) -> None:
    joins(book, "Carla")
    book.paid(1_000)

    assert tell(book, when) == 0
    assert watch_notices(book.ports, system_context(at(when)))["tell_staff"] == 0
    assert tell(book, "2026-03-03T06:00") == 1


def test_while_sending_is_frozen_staff_are_not_written_to_either(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    tell(book)
    book.freeze_sending()
    book.paid(2_000)
    before = book.snapshot()

    assert tell(book) == 0
    deliver(book)
    watched = watch_notices(book.ports, system_context(at("2026-03-03")))

    assert watched == {"tell_staff": 0, "digests": 0, "staff_mails": 0}
    assert book.fakes.mailer.accepted == []
    assert book.snapshot() == before
    change_company(book.ports, sending_frozen=False)
    tell(book, "2026-03-03")
    watch_notices(book.ports, system_context(at("2026-03-03")))
    deliver(book, at("2026-03-03"))
    assert len(book.fakes.mailer.accepted) == 2


def test_nothing_to_tell_costs_five_reads_and_queues_nothing(book: Book) -> None:
    joins(book, "Carla")

    table = CountingTable(book.fakes.table)

    counts = watch_notices(book.fakes.ports(table), system_context(at("2026-03-01")))  # a Sunday

    assert counts == {"tell_staff": 0, "digests": 0, "staff_mails": 0}
    assert dict(table.requests) == {"get": 2, "query": 3}
    assert book.fakes.queues.messages == []


def test_a_conflict_that_goes_on_is_reported_and_loses_nothing(book: Book) -> None:
    joins(book, "Carla")
    book.paid(1_000)
    before = book.snapshot()

    def fail(_: object) -> None:
        raise Conflict([])

    book.ports.store.commit = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(Exception, match="60"):
        tell(book)

    assert book.snapshot() == before


def test_other_customers_are_not_mixed_up(book: Book) -> None:
    joins(book, "Carla")
    other = a_customer(book.ports, name="Otra, S.L.")
    an_issued_invoice(book.ports, other.id)
    a_payment(book.ports, other.id, 500)
    book.paid(700)
    person: Person = found(book.ports, person_ref("carla@saldo.example"))

    tell(book)

    (mail,) = mails_to(book, person.name)
    assert {line.customer_name: line.amount_minor for line in mail.lines} == {
        "Otra, S.L.": 500, book.customer.name: 700,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (MailUncertain("?"), "invoice_mail_unknown"),
        (MailRefused("no", is_temporary=False), "invoice_mail_refused"),
    ],
)
def test_an_invoice_that_did_not_surely_leave_is_told_to_the_administrator(
    book: Book, fault: Exception, what: str
) -> None:
    joins(book, "Adela", "admin")
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)
    book.fakes.mailer.faults = [fault]
    drain(book.fakes, NOON)

    tell(book)

    (line,) = mails_to(book, "Adela")[0].lines
    assert (line.kind, line.what, line.detail) == (
        "send_uncertain", what, "pagos@penarroya.example",
    )  # fmt: skip


def test_an_invoice_that_bounced_is_told_to_the_administrator(book: Book) -> None:
    joins(book, "Adela", "admin")
    send_invoice(book.ports, by_ana(), book.issued().id, again=False)
    drain(book.fakes, NOON)
    (message,) = book.messages()
    bounced = MailEvent(
        reached="bounced", customer_id=book.customer.id, message_id=message.id,
        provider_message_id="ses-1", occurred_at=NOON - 3 * MINUTE,
    )  # fmt: skip
    record_mail_event(book.ports, system_context(NOON - 3 * MINUTE), bounced)

    tell(book)

    assert told(book, "Adela") == ["invoice_mail_bounced"]
