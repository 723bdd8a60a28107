"""Monthly statements: once a month and contact, at nine at the customer's, late but never lost."""

from chalicelib.domain.account import Account
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Contact
from chalicelib.domain.message import Suppression
from chalicelib.domain.payment import Payment
from chalicelib.domain.rest import Part, Rest
from chalicelib.domain.statement_run import StatementChunk, StatementRun
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.ports import Insert, Replace
from chalicelib.usecases.statement_letter import StatementLetter
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana, change_company
from tests.statements import hour, keys, statements

NOVEMBER = "2026-11-10"


def switched_on(book: Book, setting: str = "open", day: int = 5, **changes: object) -> None:
    change_company(book.ports, statements=setting, statements_day=day, **changes)


def owing(book: Book) -> None:
    book.issued(100_000, when=at(NOVEMBER))


def test_who_has_something_open_gets_one_at_nine_on_the_day(book: Book) -> None:
    switched_on(book, day=3)  # a Thursday
    owing(book)

    hour(book, "2026-12-03T07:00")
    assert keys(book) == []
    hour(book, "2026-12-03T08:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]
    (mail,) = book.fakes.mailer.accepted
    assert mail.to == "pagos@penarroya.example"
    assert mail.content.subject == "Statement 2026-11-01 2026-11-30"
    assert [one.filename for one in mail.attachments] == ["2026-11-01_2026-11-30.pdf"]
    assert mail.attachments[0].content == b"%PDF 0 1 100000"
    (message,) = statements(book)
    assert book.fakes.files.stored[message.file or ""] == mail.attachments[0].content


def test_a_day_on_a_weekend_is_made_up_on_the_next_working_day(book: Book) -> None:
    switched_on(book, day=5)  # a Saturday
    owing(book)

    hour(book, "2026-12-05T09:00")
    hour(book, "2026-12-06T09:00")
    assert keys(book) == []
    hour(book, "2026-12-07T09:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]


def test_each_customer_gets_its_own_at_its_own_nine_o_clock(book: Book) -> None:
    switched_on(book, day=3)
    owing(book)
    lima = a_customer(book.ports, name="Lima SAC", country="PE", time_zone="America/Lima")
    tokyo = a_customer(book.ports, name="Tokio KK", country="JP", time_zone="Asia/Tokyo")
    for customer in (lima, tokyo):
        an_issued_invoice(book.ports, customer.id, 5_000, at(NOVEMBER))

    sent_at: dict[str, str] = {}
    for stamp in ("02T23:00", "03T00:00", "03T07:00", "03T08:00", "03T13:00", "03T14:00"):
        hour(book, f"2026-12-{stamp}")
        for one in statements(book):
            sent_at.setdefault(one.customer_name, stamp)

    assert sent_at == {
        "Tokio KK": "03T00:00",
        "Distribuciones Peñarroya, S.A.": "03T08:00",
        "Lima SAC": "03T14:00",
    }
    assert [one.next_at for one in book.all(StatementChunk)] == [None]
    (run,) = book.all(StatementRun)
    assert (run.accounts, run.made, run.unreachable, run.waiting) == (3, 3, 0, 0)


def test_every_hour_of_the_month_sends_it_once(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)

    for day in range(1, 29):
        for clock in ("06:00", "09:00", "15:00"):
            hour(book, f"2026-12-{day:02d}T{clock}")

    assert len(book.fakes.mailer.accepted) == 1


def test_after_an_outage_it_goes_out_late_and_at_working_hours(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)

    hour(book, "2026-12-12T03:00")  # the night to a Saturday
    assert keys(book) == []
    hour(book, "2026-12-14T09:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]


def test_only_the_latest_month_is_made_up_after_a_long_outage(book: Book) -> None:
    switched_on(book, day=1)
    book.issued(100_000, when=at("2026-08-10"))

    hour(book, "2026-12-03T09:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]


def test_who_is_still_waiting_when_the_next_month_falls_due_gets_that_one_alone(
    book: Book,
) -> None:
    switched_on(book, day=1)
    owing(book)
    parked(book, is_parked=True)
    hour(book, "2026-12-01T09:00")
    assert keys(book) == []

    parked(book, is_parked=False)
    hour(book, "2027-01-04T09:00")

    assert keys(book) == [("statement-EUR-2026-12-main", "sent")]
    assert [one.accounts for one in book.all(StatementChunk)] == [(), ()]


def parked(book: Book, *, is_parked: bool) -> None:
    account = book.account()
    since = at("2026-11-30") if is_parked else None
    book.ports.store.commit([Replace(account.next(parked_since=since))])


def test_a_parked_account_waits_until_it_is_right_again(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)
    parked(book, is_parked=True)
    hour(book, "2026-12-01T09:00")

    parked(book, is_parked=False)
    hour(book, "2026-12-01T11:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]


def test_nothing_is_sent_while_statements_are_off(book: Book) -> None:
    owing(book)

    hour(book, "2026-12-01T09:00")

    assert keys(book) == []
    (run,) = book.all(StatementRun)
    assert run.accounts == 0


def test_switched_on_after_its_day_the_first_is_next_month_s(book: Book) -> None:
    owing(book)
    hour(book, "2026-12-01T09:00")
    switched_on(book, day=1)

    hour(book, "2026-12-02T09:00")
    assert keys(book) == []
    hour(book, "2027-01-04T09:00")

    assert keys(book) == [("statement-EUR-2026-12-main", "sent")]


def test_switched_on_before_nine_on_its_day_it_goes_out(book: Book) -> None:
    owing(book)
    hour(book, "2026-12-01T06:00")
    switched_on(book, day=1)

    hour(book, "2026-12-01T08:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]


def test_a_customer_may_want_none_or_one_whatever_the_company_does(book: Book) -> None:
    owing(book)
    other = a_customer(book.ports, name="Otra")
    an_issued_invoice(book.ports, other.id, 5_000, at(NOVEMBER))
    wish(book, other.id, wants=True)
    hour(book, "2026-12-01T09:00")
    assert [one.customer_name for one in statements(book)] == ["Otra"]

    switched_on(book, day=1)
    wish(book, other.id, wants=False)
    hour(book, "2027-01-04T09:00")

    assert [(one.customer_name, one.covers_to.isoformat()) for one in statements(book)
            if one.covers_to] == [
        ("Distribuciones Peñarroya, S.A.", "2026-12-31"),
        ("Otra", "2026-11-30"),
    ]  # fmt: skip


def wish(book: Book, customer_id: str, *, wants: bool | None) -> None:
    change_customer(
        book.ports, by_ana(at("2026-11-30")), customer_id, {"statements": wants},
        expected_version=None,
    )  # fmt: skip


def test_who_owes_nothing_gets_one_only_if_movements_count(book: Book) -> None:
    owing(book)
    book.paid(100_000, when=at("2026-11-20"))
    switched_on(book, "open", day=1)
    hour(book, "2026-12-01T09:00")
    assert keys(book) == []

    book.issued(7_000, when=at("2026-12-10"))
    book.paid(7_000, when=at("2026-12-20"))
    switched_on(book, "moved", day=1)
    hour(book, "2027-01-04T09:00")
    hour(book, "2027-02-01T09:00")  # nothing moved in January

    assert keys(book) == [("statement-EUR-2026-12-main", "sent")]


def test_each_contact_with_the_role_gets_its_own(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)
    contacts = (
        Contact(id="a", name="Eva", email="eva@p.example", roles=("statements",), language="en"),
        Contact(id="b", name="Leo", email="leo@p.example", roles=("statements", "reminders")),
        Contact(id="c", name="Ivo", email="ivo@p.example", roles=("statements",), is_copy=True),
        Contact(id="d", name="Max", email="max@p.example", roles=("reminders",)),
    )
    change_customer(
        book.ports, by_ana(), book.customer.id, {"contacts": contacts}, expected_version=None
    )

    hour(book, "2026-12-01T09:00")

    assert keys(book) == [("statement-EUR-2026-11-a", "sent"), ("statement-EUR-2026-11-b", "sent")]
    assert [(one.to, one.cc) for one in book.fakes.mailer.accepted] == [
        ("eva@p.example", ("ivo@p.example",)),
        ("leo@p.example", ()),
    ]


def test_an_address_that_cannot_be_used_is_a_task_and_no_silence(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)
    suppress(book)

    hour(book, "2026-12-01T09:00")

    assert keys(book) == []
    (item,) = book.work()
    assert (item.what, item.detail) == ("no_address", "pagos@penarroya.example")
    (run,) = book.all(StatementRun)
    assert (run.made, run.unreachable) == (0, 1)


def suppress(book: Book) -> None:
    one = Suppression(address="pagos@penarroya.example", reason="bounced", since=at(NOVEMBER))
    book.ports.store.commit([Insert(one)])


def test_an_address_that_bounced_before_the_mail_went_out_is_a_task_too(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)
    hour_without_mail(book, "2026-12-01T09:00")
    suppress(book)

    hour(book, "2026-12-01T10:00")
    from tests.worker import settle

    settle(book.fakes, at("2026-12-01T10:00"))

    assert keys(book) == [("statement-EUR-2026-11-main", "suppressed")]
    assert [item.what for item in book.work()] == ["no_address"]


def hour_without_mail(book: Book, when: str) -> None:
    from tests.statements import queue_hour
    from tests.worker import handle

    queue_hour(book, when)
    for _ in range(3):
        for queue, body in book.fakes.queues.take():
            if queue != "mail":
                handle(book.ports, queue, body, at(when))


def test_an_account_that_lawyers_have_gets_none(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)
    account = book.account()
    handed_over(book, account)

    hour(book, "2026-12-01T09:00")

    assert keys(book) == []
    assert book.work() == []
    book.ports.store.commit([Replace(book.account().next(rests=()))])


def handed_over(book: Book, account: Account) -> None:
    names = tuple(item.invoice_id for item in account.open_items)
    rest = Rest(kind="legal", id="han_1", invoice_ids=names, parts=(Part(amount_minor=None),))
    book.ports.store.commit([Replace(account.next(rests=(rest,)))])


def test_frozen_sending_holds_them_back(book: Book) -> None:
    switched_on(book, day=1, sending_frozen=True)
    owing(book)
    hour(book, "2026-12-01T09:00")
    assert keys(book) == []

    change_company(book.ports, sending_frozen=False)
    hour(book, "2026-12-02T09:00")

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]


def test_messages_that_come_twice_and_out_of_order_make_nothing_twice(book: Book) -> None:
    from tests.statements import queue_hour
    from tests.worker import drain, handle

    switched_on(book, day=1)
    owing(book)
    queue_hour(book, "2026-12-01T09:00")
    seen = []
    for _ in range(4):
        taken = book.fakes.queues.take()
        seen += taken
        for queue, body in taken:
            handle(book.ports, queue, body, at("2026-12-01T09:00"))
    for queue, body in reversed(seen + seen):
        handle(book.ports, queue, body, at("2026-12-01T09:30"))
    drain(book.fakes, at("2026-12-01T09:30"))

    assert keys(book) == [("statement-EUR-2026-11-main", "sent")]
    assert len(book.fakes.mailer.accepted) == 1


def test_a_month_of_many_accounts_is_planned_in_chunks(book: Book) -> None:
    switched_on(book, day=1)
    for number in range(230):
        customer = a_customer(book.ports, name=f"Cliente {number}", email=f"c{number}@x.example")
        an_issued_invoice(book.ports, customer.id, 1_000 + number, at(NOVEMBER))

    hour(book, "2026-12-01T09:00")

    assert len(book.fakes.mailer.accepted) == 230
    (run,) = book.all(StatementRun)
    assert (run.accounts, run.made, run.waiting) == (230, 230, 0)


def test_money_that_arrives_while_a_statement_is_drawn_is_on_it(book: Book) -> None:
    switched_on(book, day=1)
    owing(book)
    draw = book.fakes.writer.statement_pdf

    def while_it_is_drawn(letter: StatementLetter, company: Company) -> bytes:
        if not book.all(Payment):
            book.paid(40_000, when=at("2026-11-25"))
        return draw(letter, company)

    book.fakes.writer.statement_pdf = while_it_is_drawn  # type: ignore[method-assign]
    hour(book, "2026-12-01T09:00")

    (mail,) = book.fakes.mailer.accepted
    assert mail.attachments[0].content == b"%PDF 0 2 60000"
    (message,) = statements(book)
    assert (message.state, message.attempts, message.amount_minor) == ("sent", 1, 60_000)
