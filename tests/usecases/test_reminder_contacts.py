"""Who gets a reminder: one message a contact, with a claim of its own, and copies on the first."""

from typing import Any

import pytest

from chalicelib.domain.customer import Contact
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Suppression
from chalicelib.domain.template import TemplateText
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.ports import Insert, MailRefused, MailUncertain
from chalicelib.usecases.templates import Place, change_template
from tests.builders import Book, at, by_ana
from tests.usecases.reminding import FIRST_DAY, SECOND_DAY, TEMPORARY

LUIS = Contact(id="con_1", name="Luis Gil", email="Luis@p.example", roles=("reminders",))
EVA = Contact(
    id="con_2", name="Eva Roca", email="eva@p.example", roles=("reminders",), language="en"
)
BOSS = Contact(id="con_3", name="Jefa", email="jefa@p.example", roles=("reminders",), is_copy=True)
STORE = Contact(id="con_4", name="Almacén", email="almacen@p.example", roles=("statements",))


def given_contacts(book: Book, *contacts: Contact, **changes: Any) -> None:
    fields = {"contacts": contacts, **changes}
    change_customer(book.ports, by_ana(), book.customer.id, fields, expected_version=None)


def accepted(book: Book) -> list[tuple[str, tuple[str, ...]]]:
    return [(mail.to, mail.cc) for mail in book.fakes.mailer.accepted]


def test_each_contact_with_the_role_gets_one_message_and_the_first_carries_the_copies(
    book: Book,
) -> None:
    given_contacts(book, LUIS, EVA, BOSS, STORE)
    book.issued()
    book.issued(20_000)

    book.remind(FIRST_DAY)
    book.remind(FIRST_DAY)

    assert accepted(book) == [
        ("luis@p.example", ("jefa@p.example",)), ("eva@p.example", ()),
    ]  # fmt: skip
    messages = book.messages()
    assert [(one.state, one.language, one.contact_id) for one in messages] == [
        ("sent", "es", "con_1"), ("sent", "en", "con_2"),
    ]  # fmt: skip
    assert {one.amount_minor for one in messages} == {120_000}
    assert {len(one.invoice_ids) for one in messages} == {2}
    assert book.account().under_way is None


def test_who_is_only_copied_is_copied_on_what_goes_to_the_customers_own_address(
    book: Book,
) -> None:
    given_contacts(book, BOSS)
    book.issued()

    book.remind(FIRST_DAY)

    assert accepted(book) == [(book.customer.email, ("jefa@p.example",))]


def test_replies_go_to_the_person_in_charge_and_a_colleague_gets_a_blind_copy(book: Book) -> None:
    given_contacts(book, owner="marta@saldo.example")
    book.issued()

    book.remind(FIRST_DAY)

    (mail,) = book.fakes.mailer.accepted
    assert (mail.reply_to, mail.bcc) == ("marta@saldo.example", ())


def test_a_crash_between_two_contacts_leaves_the_second_for_the_next_tick(book: Book) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()

    def dies(_: object) -> None:
        raise RuntimeError("killed")

    book.fakes.mailer.before = dies
    with pytest.raises(RuntimeError):
        book.remind("2026-04-06T08:00")
    left = book.account().under_way
    assert left is not None
    assert left.contacts == ("con_2",)
    assert book.account().next_action_at == at("2026-04-06T08:15")

    book.fakes.mailer.before = lambda _: None
    book.remind("2026-04-06T08:15")

    assert accepted(book) == [("eva@p.example", ())]
    assert [one.state for one in book.messages()] == [
        "claimed",
        "sent",
    ]  # the sweeper asks a person


def test_what_is_paid_between_two_contacts_is_not_asked_of_the_second(book: Book) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    book.fakes.mailer.before = lambda _: (book.paid(100_000), None)[1]

    book.remind(FIRST_DAY)

    assert accepted(book) == [("luis@p.example", ())]
    assert len(book.messages()) == 1
    assert (book.account().under_way, book.account().next_action_at) == (None, None)


def test_what_is_paid_in_part_between_two_contacts_is_asked_of_the_second_as_it_is(
    book: Book,
) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    payments = iter([30_000])

    def pays(_: object) -> None:
        amount = next(payments, None)
        if amount is not None:
            book.paid(amount)

    book.fakes.mailer.before = pays

    book.remind(FIRST_DAY)

    assert [one.amount_minor for one in book.messages()] == [100_000, 70_000]


def test_a_refusal_to_one_contact_repeats_nothing_to_the_other(book: Book) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    book.fakes.mailer.faults = [None, TEMPORARY]
    book.remind("2026-04-06T08:00")
    assert accepted(book) == [("luis@p.example", ())]

    for when in ("2026-04-06T08:15", "2026-04-06T08:30", "2026-04-07T08:30"):
        book.remind(when)

    assert accepted(book) == [("luis@p.example", ()), ("eva@p.example", ())]
    assert [(one.state, one.attempts) for one in book.messages()] == [("sent", 1), ("sent", 2)]
    assert (book.account().planned, book.account().under_way) == ((), None)


def test_a_refusal_to_the_first_contact_lets_the_next_tick_write_to_both(book: Book) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    book.fakes.mailer.faults = [TEMPORARY]
    book.remind("2026-04-06T08:00")
    assert accepted(book) == []

    book.remind("2026-04-06T08:15")

    assert sorted(accepted(book)) == [("eva@p.example", ()), ("luis@p.example", ())]


def test_a_quota_that_is_used_up_waits_for_its_day(book: Book) -> None:
    book.issued()
    book.fakes.mailer.faults = [
        MailRefused("quota", is_temporary=True, not_before=at("2026-04-07T03:00"))
    ]

    book.remind("2026-04-06T08:00")

    assert book.account().next_action_at == at("2026-04-07T07:00")


def test_an_uncertain_first_message_does_not_keep_the_second_contact_waiting(book: Book) -> None:
    given_contacts(book, LUIS, EVA)
    book.issued()
    book.fakes.mailer.faults = [MailUncertain("time-out")]

    book.remind(FIRST_DAY)
    book.remind(SECOND_DAY)

    states = [(one.contact_id, one.step, one.state) for one in book.messages()]
    assert sorted(states) == [
        ("con_1", 3, "unknown"), ("con_1", 7, "sent"), ("con_2", 3, "sent"), ("con_2", 7, "sent"),
    ]  # fmt: skip
    assert len(accepted(book)) == 3


def test_a_suppressed_contact_or_copy_is_left_out_and_the_others_are_written_to(
    book: Book,
) -> None:
    given_contacts(book, LUIS, EVA, BOSS)
    for address in ("luis@p.example", "jefa@p.example"):
        one = Suppression(address=address, reason="bounced", since=at("2026-03-01"))
        book.ports.store.commit([Insert(one)])
    book.issued()

    book.remind(FIRST_DAY)

    assert accepted(book) == [("eva@p.example", ())]
    assert book.work() == []


def test_a_contact_that_joins_later_does_not_get_what_the_others_got(book: Book) -> None:
    given_contacts(book, LUIS)
    book.issued()
    book.remind(FIRST_DAY)
    given_contacts(book, LUIS, EVA)

    book.remind("2026-04-06T15:00")
    book.remind("2026-04-07T08:00")

    assert accepted(book) == [("luis@p.example", ())]


def test_a_reminder_goes_out_in_the_companys_own_words_in_the_contacts_language(
    book: Book,
) -> None:
    given_contacts(book, LUIS, EVA)
    text = TemplateText(subject="My words", opening="{{what_is_owed}}", closing="Please pay.")
    change_template(
        book.ports, by_ana(), Place("reminder_first", "en"), text, expected_version=None
    )
    book.issued()

    book.remind("2026-03-30")
    forecast = [
        one.content for one in next_messages(book.ports, by_ana(at("2026-04-06")), book.customer.id)
    ]
    book.remind(FIRST_DAY)

    said = [mail.content.subject for mail in book.fakes.mailer.accepted][-2:]
    assert said == ["reminder_first", "My words"]
    assert [one.subject for one in forecast if one] == said


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ((LUIS,), []),
        ((LUIS, EVA.but(email="luis@p.example")), []),
        ((LUIS, EVA.but(id="con_9")), ["eva@p.example"]),
    ],
    ids=["left", "has the address of another", "was entered anew"],
)
def test_who_lacks_a_reminder_and_is_no_contact_any_more_is_not_said_to_be_unreachable(
    book: Book, contacts: tuple[Contact, ...], expected: list[str]
) -> None:
    given_contacts(book, LUIS, EVA, phone="+34 600 000 000")
    book.issued()
    book.fakes.mailer.faults = [None, TEMPORARY]
    book.remind(FIRST_DAY)
    given_contacts(book, *contacts)

    book.remind("2026-04-06T11:30")
    book.remind("2026-04-06T11:45")

    assert [to for to, _ in accepted(book)] == ["luis@p.example", *expected]
    assert book.work() == []
    assert book.account().under_way is None


@pytest.mark.parametrize("name", ["main", "letter"])
def test_no_contact_has_the_id_of_the_customers_own_address_or_of_a_letter(
    book: Book, name: str
) -> None:
    before = book.snapshot()

    with pytest.raises(InvalidField) as refusal:
        given_contacts(book, LUIS, EVA.but(id=name))

    assert (refusal.value.pointer, refusal.value.field_code) == (
        "/contacts/1/id", "contact_id_taken",
    )  # fmt: skip
    assert book.snapshot() == before
