"""What became of a mail, from the events of SES to what staff see of it."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.customer import Contact
from chalicelib.domain.deliverability import MailCounts, figures
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.fate import Fate
from chalicelib.domain.message import Message, Suppression
from chalicelib.events.mail_feedback import reports
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.ports import Insert, MailRefused, MailUncertain, Replace
from chalicelib.usecases.record_mail_event import record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.unsuppress import unsuppress
from tests.builders import NOON, Book, at, by_ana
from tests.ses_events import TO, a_bounce, a_complaint, a_delivery, an_event

CONTACT, COLLEAGUE = "eva@penarroya.example", "berta@saldo.example"


def deliver(book: Book) -> Message:
    """Issue an invoice, send it and return its message."""
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    hand_over(book, invoice.id)
    return message_of(book, f"{invoice.id}-1")


def hand_over(book: Book, invoice_id: str) -> None:
    deliver_document(book.ports, system_context(NOON), book.customer.id, f"{invoice_id}-1")


def message_of(book: Book, message_id: str) -> Message:
    (message,) = (one for one in book.messages() if one.id == message_id)
    return message


def with_copies(book: Book) -> Message:
    """A message that a contact and a colleague had a copy of."""
    message = deliver(book)
    book.ports.store.commit([Replace(message.next(cc=(CONTACT,)))])
    return message_of(book, message.id)


def tell(book: Book, message: Message, kind: str, what: Any = None, **changes: Any) -> None:
    """SES reports an event of a type about a message."""
    names = {"customer_id": message.customer_id, "message_id": message.id}
    for report in reports(an_event(kind, what, **(names | changes))):
        record_mail_event(book.ports, system_context(NOON), report)


ALL = (TO, CONTACT, COLLEAGUE)


@pytest.mark.parametrize(
    ("kind", "state", "at_time", "reason"),
    [
        ("Send", "sent", "2026-03-02T11:00:05.123", None),
        ("Delivery", "delivered", "2026-03-02T11:00:06.789", None),
        (
            "DeliveryDelay", "delayed", "2026-03-02T11:25",
            "smtp; 421 4.4.1 Unable to connect to remote host",
        ),
        ("Open", "opened", "2026-03-02T11:40", None),
        ("Click", "opened", "2026-03-02T11:41", None),
        ("Bounce", "bounced", "2026-03-02T11:00:07.456", "smtp; 550 5.1.1 user unknown"),
        ("Complaint", "complained", "2026-03-02T12:30", "abuse"),
        ("Reject", "refused", "2026-03-02T11:00:05.123", "Bad content"),
        (
            "Rendering Failure", "refused", "2026-03-02T11:00:05.123",
            "Attribute 'name' is not present in the rendering data.",
        ),
    ],
)  # fmt: skip
def test_each_type_of_event_moves_the_message_and_keeps_its_time(
    book: Book, kind: str, state: str, at_time: str, reason: str | None
) -> None:
    message = deliver(book)

    tell(book, message, kind)

    after = message_of(book, message.id)
    assert (after.state, after.reason) == (state, reason)
    assert [fate.at for fate in after.fates] == [at(at_time)]
    if state != "sent":
        assert after.state_since == at(at_time)


def test_an_event_that_is_no_fate_changes_nothing(book: Book) -> None:
    message = deliver(book)
    before = book.snapshot()

    tell(book, message, "Subscription")
    tell(book, message, "Complaint", a_complaint("not-spam"))
    tell(book, message, "Complaint", a_complaint("auth-failure"))
    tell(book, message, "Delivery", message_id="another")
    untagged = an_event("Bounce")
    del untagged["detail"]["mail"]["tags"]["message_id"]

    assert list(reports(untagged)) == []
    assert book.snapshot() == before


def test_a_delay_is_shown_and_is_no_bounce(book: Book) -> None:
    message = deliver(book)

    tell(book, message, "DeliveryDelay")

    assert book.work() == []
    assert book.all(Suppression) == []
    tell(book, message, "Delivery")
    assert (message_of(book, message.id).state, message_of(book, message.id).reason) == (
        "delivered",
        None,
    )


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [("Transient", "MailboxFull"), ("Transient", "General"), ("Undetermined", "Undetermined")],
)
def test_a_bounce_that_may_pass_stops_no_address_and_asks_a_person(
    book: Book, kind: str, subtype: str
) -> None:
    message = deliver(book)

    tell(book, message, "Bounce", a_bounce(kind, subtype))

    after = message_of(book, message.id)
    assert (after.state, after.reason) == ("undelivered", subtype)
    assert book.all(Suppression) == []
    assert [(one.what, one.message_id) for one in book.work()] == [("mail_undelivered", message.id)]


@pytest.mark.parametrize("kind", ["Reject", "Rendering Failure"])
def test_what_ses_did_not_send_after_all_asks_a_person(book: Book, kind: str) -> None:
    message = deliver(book)

    tell(book, message, kind)

    assert [(one.what, one.message_id) for one in book.work()] == [("send_refused", message.id)]


def test_what_arrives_after_all_needs_nobody(book: Book) -> None:
    message = deliver(book)
    tell(book, message, "Bounce", a_bounce("Transient", "General"))

    tell(book, message, "Delivery")

    assert message_of(book, message.id).state == "delivered"
    assert (book.work(), [one.outcome for one in book.work("done")]) == ([], ["delivered"])


def test_an_automatic_reply_does_not_undo_a_delivery(book: Book) -> None:
    message = deliver(book)
    tell(book, message, "Delivery")

    tell(book, message, "Bounce", a_bounce("Transient", "General"))

    after = message_of(book, message.id)
    assert after.state == "delivered"
    assert [fate.what for fate in after.fates] == ["delivered", "undelivered"]
    assert book.work() == []


def test_what_did_not_arrive_can_be_sent_again(book: Book) -> None:
    message = deliver(book)
    tell(book, message, "Bounce", a_bounce("Transient", "MailboxFull"))

    send_invoice(book.ports, by_ana(), message.invoice_ids[0], again=False)

    assert [one.state for one in book.messages()] == ["undelivered", "queued"]


def test_a_late_duplicate_does_not_stop_an_address_that_a_person_has_freed(book: Book) -> None:
    message = deliver(book)
    tell(book, message, "Bounce")
    unsuppress(book.ports, by_ana(), book.customer.id)

    tell(book, message, "Bounce")

    assert book.all(Suppression) == []


def test_a_contact_may_be_written_to_again_and_a_stranger_is_none_of_ours(book: Book) -> None:
    contact = Contact(id="eva", name="Eva", email=CONTACT, roles=("invoices",), is_copy=True)
    change_customer(
        book.ports, by_ana(), book.customer.id, {"contacts": (contact,)}, expected_version=None
    )
    message = with_copies(book)
    tell(book, message, "Bounce", a_bounce("Permanent", "General", CONTACT), to=ALL)
    before = book.snapshot()
    with pytest.raises(InvalidField, match="no address of this customer"):
        unsuppress(book.ports, by_ana(), book.customer.id, COLLEAGUE)
    with pytest.raises(StateConflict, match="Nothing stops"):
        unsuppress(book.ports, by_ana(), book.customer.id, TO)
    assert book.snapshot() == before

    unsuppress(book.ports, by_ana(), book.customer.id, CONTACT.upper())

    assert book.all(Suppression) == []


def test_a_contact_whose_copy_bounces_is_stopped_and_the_message_is_not(book: Book) -> None:
    message = with_copies(book)

    tell(book, message, "Delivery", a_delivery(TO, COLLEAGUE), to=ALL)
    tell(
        book, message, "Bounce",
        a_bounce("Permanent", "NoEmail", CONTACT, said="smtp; 550 unknown"), to=ALL,
    )  # fmt: skip

    after = message_of(book, message.id)
    assert after.state == "delivered"
    assert after.fates[-1] == Fate(
        what="bounced", at=at("2026-03-02T11:00:07.456"), address=CONTACT,
        detail="smtp; 550 unknown",
    )  # fmt: skip
    assert [one.address for one in book.all(Suppression)] == [CONTACT]
    assert [(one.what, one.detail) for one in book.work()] == [
        ("address_bounced", f"{CONTACT}: smtp; 550 unknown")
    ]


def test_a_colleague_whose_copy_bounces_is_a_task_and_touches_no_customer(book: Book) -> None:
    message = with_copies(book)
    other = deliver(book)

    for one in (message, other, message):
        tell(book, one, "Bounce", a_bounce("Permanent", "General", COLLEAGUE), to=ALL)

    assert {one.state for one in book.messages()} == {"sent"}
    assert book.all(Suppression) == []
    (item,) = book.work()
    assert (item.what, item.customer_id, item.detail) == (
        "colleague_bounced",
        None,
        f"{COLLEAGUE}: General",
    )


def test_one_event_may_be_about_several_recipients(book: Book) -> None:
    message = with_copies(book)

    tell(book, message, "Bounce", a_bounce("Permanent", "General", TO, CONTACT), to=ALL)

    assert message_of(book, message.id).state == "bounced"
    assert sorted(one.address for one in book.all(Suppression)) == [CONTACT, TO]
    assert len(book.work()) == 2


def test_a_copy_that_arrives_says_only_that_the_mail_was_sent(book: Book) -> None:
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    book.fakes.mailer.after_accept = [MailUncertain("timed out")]
    hand_over(book, invoice.id)
    message = message_of(book, f"{invoice.id}-1")
    assert message.state == "unknown"

    tell(book, message, "Delivery", a_delivery(COLLEAGUE), to=ALL)

    assert message_of(book, message.id).state == "sent"
    assert book.work() == []


def test_of_a_mail_with_one_recipient_any_address_is_the_recipient(book: Book) -> None:
    # A forwarding server reports the address to which it forwarded.
    message = deliver(book)

    tell(book, message, "Bounce", a_bounce("Permanent", "General", "forwarded@other.example"))

    assert message_of(book, message.id).state == "bounced"
    assert [one.address for one in book.all(Suppression)] == [TO]


@pytest.mark.parametrize("kind", ["Bounce", "Complaint", "DeliveryDelay", "Delivery", "Open"])
def test_an_event_before_our_own_mark_is_kept(book: Book, kind: str) -> None:
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    message = message_of(book, f"{invoice.id}-1")
    book.fakes.mailer.before = lambda _: tell(book, message, kind)

    hand_over(book, invoice.id)

    after = message_of(book, message.id)
    assert after.state not in ("claimed", "sent")
    assert (after.sent_at, after.subject) == (NOON, "Invoice A-000001")
    assert figures(book.all(MailCounts)).sent == 1


@pytest.mark.parametrize("kind", ["Send", "DeliveryDelay", "Bounce", "Open"])
def test_any_event_settles_an_uncertain_send(book: Book, kind: str) -> None:
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    book.fakes.mailer.after_accept = [MailUncertain("timed out")]
    hand_over(book, invoice.id)
    message = message_of(book, f"{invoice.id}-1")

    tell(book, message, kind)

    assert message_of(book, message.id).state != "unknown"
    assert "send_uncertain" not in [item.what for item in book.work()]


def test_the_change_is_on_the_timeline_once(book: Book) -> None:
    message = deliver(book)

    for _ in range(3):
        tell(book, message, "DeliveryDelay")

    actions = [one.action for one in book.all(AuditEntry) if "mail" in one.action]
    assert sorted(actions) == ["invoice_mail_delayed", "invoice_mail_queued", "invoice_mail_sent"]


EVENTS = st.one_of(
    st.sampled_from(["Send", "Delivery", "DeliveryDelay", "Open", "Click", "Complaint"]).map(
        lambda kind: (kind, None)
    ),
    st.sampled_from(["Reject", "Rendering Failure"]).map(lambda kind: (kind, None)),
    st.builds(
        lambda kind, whom: ("Bounce", a_bounce(kind, "General", whom)),
        st.sampled_from(["Permanent", "Transient", "Undetermined"]),
        st.sampled_from(ALL),
    ),
    st.sampled_from(ALL).map(lambda whom: ("Delivery", a_delivery(whom))),
    st.sampled_from(ALL).map(lambda whom: ("Complaint", a_complaint("abuse", whom))),
)


@given(st.lists(EVENTS, max_size=8), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_events_in_any_order_and_number_end_the_same(
    events: list[tuple[str, Any]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=4)) if events else []

    assert end(events) == end([*repeated, *shuffled, *repeated])


def end(events: list[tuple[str, Any]]) -> str:
    """Everything that can be told of a message after these events."""
    book = Book()
    message = with_copies(book)
    for kind, what in events:
        tell(book, message, kind, what, to=ALL)
    after = message_of(book, message.id)
    facts = {
        "message": after.model_dump(mode="json", exclude={"version"}),
        "invoice": book.invoice(message.invoice_ids[0]).mail_state,
        "stopped": sorted((one.address, one.since.isoformat()) for one in book.all(Suppression)),
        "work": sorted((one.key, one.what) for one in book.work()),
        "counts": figures(book.all(MailCounts)).model_dump(),
    }
    return json.dumps(facts, sort_keys=True, default=datetime.isoformat)


def test_an_address_that_is_allowed_again_leaves_the_providers_list_too(book: Book) -> None:
    one = Suppression(address=book.customer.email or "", reason="bounced", since=NOON)
    book.ports.store.commit([Insert(one)])
    book.fakes.mailer.faults = [MailRefused("SES is down", is_temporary=True)]
    before = book.snapshot()

    with pytest.raises(StateConflict) as refusal:
        unsuppress(book.ports, by_ana(), book.customer.id)
    assert refusal.value.code == "provider_still_stops"
    assert book.snapshot() == before

    unsuppress(book.ports, by_ana(), book.customer.id)

    assert book.fakes.mailer.readmitted == [book.customer.email]
    assert book.all(Suppression) == []
