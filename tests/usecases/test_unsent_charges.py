"""A claim nobody was told of is waived by itself, and its days can be claimed later."""

import json
from typing import Any

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.customer import Contact
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.late_charge import LateCharge
from chalicelib.events.chores import do_chore
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.decide_message import Verdict, decide_message
from chalicelib.usecases.late_file import open_late_file
from chalicelib.usecases.nightly import queue_nightly_chores
from chalicelib.usecases.ports import MailRefused, MailUncertain
from chalicelib.usecases.sweep import sweep
from tests.builders import Book, at, by_ana
from tests.faults import Crash
from tests.usecases.charging import AGAIN, CLAIMS, amounts, charges_in, climbs
from tests.usecases.late import claimed, day, invoiced, late_invoice, waived
from tests.usecases.reminding import TEMPORARY

ON_THE_DAY = "2026-06-30"
A_QUARTER_LATER = "2026-06-30T11:15"
REFUSED = MailRefused("no such domain", is_temporary=False)


@pytest.fixture
def late(book: Book) -> Book:
    """1,210.00 due on 31 May; a step claims interest after thirty days, and one after sixty."""
    climbs(book, CLAIMS, AGAIN)
    late_invoice(book)
    return book


def standing(book: Book) -> list[LateCharge]:
    """The charges as whoever opens the invoice sees them."""
    (invoice_id,) = {one.invoice_id for one in book.all(LateCharge)}
    return list(open_late_file(book.ports, invoice_id).charges)


def decided(book: Book, decision: Any) -> None:
    (message,) = book.messages()
    verdict = Verdict(customer_id=message.customer_id, message_id=message.id, decision=decision)
    decide_message(book.ports, by_ana(at("2026-07-01")), verdict)


def in_the_night(book: Book, when: str = "2026-07-02T02:00") -> None:
    """Do the chores of a night that are about claims."""
    book.fakes.table.catch_up()
    book.fakes.queues.take()
    queue_nightly_chores(book.ports, system_context(at(when)))
    for queue, body in book.fakes.queues.take():
        chore = json.loads(body)
        if queue == "chores" and chore["chore"] == "waive_unsent":
            do_chore(book.ports, chore)


def test_a_reminder_that_went_out_leaves_its_claim(late: Book) -> None:
    late.remind(ON_THE_DAY)
    in_the_night(late)

    assert amounts(charges_in(late)) == [(1_009, 4_000, 0)]
    assert standing(late) == charges_in(late)
    assert charges_in(late)[0].state == "claimed"


def test_a_thousand_ticks_claim_once_a_step_and_send_once(late: Book) -> None:
    for _ in range(500):
        late.remind(ON_THE_DAY)
    for _ in range(500):
        late.remind("2026-07-30")

    assert len(late.fakes.mailer.accepted) == 2
    assert amounts(charges_in(late)) == [(1_009, 4_000, 0), (1_034, 0, 1_500)]


def test_a_refused_reminder_that_is_sent_later_claims_once(late: Book) -> None:
    late.fakes.mailer.faults = [TEMPORARY, TEMPORARY]

    late.remind(ON_THE_DAY)
    late.remind(A_QUARTER_LATER)
    late.remind("2026-06-30T11:30")

    assert len(late.fakes.mailer.accepted) == 1
    assert amounts(charges_in(late)) == [(1_009, 4_000, 0)]
    assert standing(late)[0].state == "claimed"


def test_what_is_paid_before_the_reminder_went_out_is_not_claimed(late: Book) -> None:
    late.fakes.mailer.faults = [TEMPORARY]
    late.remind(ON_THE_DAY)

    late.paid(121_000, when=at(A_QUARTER_LATER))

    (charge,) = standing(late)
    assert (charge.state, charge.is_unsent, charge.reason) == ("waived", True, "never_sent")
    assert (charge.decided_by, charge.decided_at) == ("system", at(A_QUARTER_LATER))


def test_the_lists_follow_in_the_night_and_once(late: Book) -> None:
    late.fakes.mailer.faults = [TEMPORARY]
    late.remind(ON_THE_DAY)
    late.paid(121_000, when=at(A_QUARTER_LATER))

    for _ in range(3):
        in_the_night(late)

    assert charges_in(late) == [one.but(version=2) for one in standing(late)] == standing(late)
    said = [one for one in late.all(AuditEntry) if one.action == "late_charge_waived"]
    assert [one.facts["reason"] for one in said] == ["never_sent"]


def test_a_night_without_claims_looks_for_nothing(book: Book) -> None:
    late_invoice(book)

    assert queue_nightly_chores(book.ports, system_context(at("2026-07-02")))["waive_unsent"] == 0


@pytest.mark.parametrize("decide", [waived, invoiced])
def test_what_is_waived_by_itself_cannot_be_decided_by_a_person(late: Book, decide: Any) -> None:
    late.fakes.mailer.faults = [TEMPORARY]
    late.remind(ON_THE_DAY)
    late.paid(121_000, when=at(A_QUARTER_LATER))
    before = late.snapshot()

    with pytest.raises(StateConflict) as refusal:
        decide(late, charges_in(late)[0])

    assert (refusal.value.code, late.snapshot()) == ("charge_decided", before)


@pytest.mark.parametrize("is_noted", [False, True])
def test_days_of_a_claim_that_nobody_was_told_of_can_be_claimed(late: Book, is_noted: bool) -> None:
    late.fakes.mailer.faults = [TEMPORARY]
    late.remind(ON_THE_DAY)
    late.paid(121_000, when=at(A_QUARTER_LATER), received_on=day("2026-06-30"))
    if is_noted:
        in_the_night(late)

    by_hand = claimed(late, late.invoice(charges_in(late)[0].invoice_id))

    assert by_hand.id.endswith("-2")
    assert amounts([by_hand]) == [(1_009, 4_000, 0)]


def test_an_uncertain_reminder_that_a_person_drops_claims_nothing(late: Book) -> None:
    late.fakes.mailer.faults = [MailUncertain("no answer")]
    late.remind(ON_THE_DAY)
    assert standing(late)[0].state == "claimed"

    decided(late, "drop")

    assert [(one.state, one.is_unsent) for one in standing(late)] == [("waived", True)]


def test_an_uncertain_reminder_that_did_go_out_keeps_its_claim(late: Book) -> None:
    late.fakes.mailer.faults = [MailUncertain("no answer")]
    late.remind(ON_THE_DAY)

    decided(late, "was_sent")
    in_the_night(late)

    assert [(one.state, one.is_unsent) for one in charges_in(late)] == [("claimed", False)]


def test_a_reminder_that_a_person_sends_again_says_what_it_claimed_first(late: Book) -> None:
    late.fakes.mailer.faults = [REFUSED]
    late.remind(ON_THE_DAY)

    decided(late, "send_again")
    late.remind("2026-07-02")

    assert len(late.fakes.mailer.accepted) == 1
    assert amounts(charges_in(late)) == [(1_009, 4_000, 0)]
    assert standing(late)[0].state == "claimed"


def test_a_crash_between_the_claim_and_the_mail_is_settled_by_a_person(late: Book) -> None:
    late.fakes.mailer.faults = [Crash()]
    with pytest.raises(Crash):
        late.remind(ON_THE_DAY)
    assert amounts(charges_in(late)) == [(1_009, 4_000, 0)]

    late.fakes.table.catch_up()
    sweep(late.ports, system_context(at("2026-06-30T12:00")))
    decided(late, "drop")

    assert late.fakes.mailer.accepted == []
    assert [one.is_unsent for one in standing(late)] == [True]


def test_a_step_that_overtakes_a_waiting_one_claims_its_days_too(late: Book) -> None:
    late.fakes.mailer.faults = [TEMPORARY]
    late.remind(ON_THE_DAY)

    late.remind("2026-07-30")

    first, second = charges_in(late)
    assert (first.state, first.is_unsent) == ("waived", True)
    assert amounts([second]) == [(1_009 + 1_034, 4_000, 1_500)]
    assert {one.state for one in late.messages()} == {"suppressed", "sent"}
    assert standing(late) == [first, second]


def test_a_claim_stays_when_one_of_two_contacts_was_told(book: Book) -> None:
    climbs(book, CLAIMS)
    late_invoice(book)
    contacts = tuple(
        Contact(id=name, name=name, email=f"{name}@penarroya.example", roles=("reminders",))
        for name in ("ana", "luis")
    )
    changes = {"contacts": contacts}
    change_customer(book.ports, by_ana(), book.customer.id, changes, expected_version=None)
    book.fakes.mailer.faults = [MailUncertain("no answer"), None]

    book.remind(ON_THE_DAY)
    (lost,) = [one for one in book.messages() if one.state == "unknown"]
    verdict = Verdict(customer_id=lost.customer_id, message_id=lost.id, decision="drop")
    decide_message(book.ports, by_ana(at("2026-07-01")), verdict)

    assert len(book.fakes.mailer.accepted) == 1
    assert [(one.state, one.is_unsent) for one in standing(book)] == [("claimed", False)]
