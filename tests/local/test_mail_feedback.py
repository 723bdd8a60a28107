"""The app hears what becomes of its mails as SES would tell it."""

from pathlib import Path
from typing import Any

import pytest

from infra.local.mail_feedback import MailFeedback, opened
from infra.local.mailbox import Mailbox
from tests.local.mails import keep


class Listener:
    """The queue from which the app takes events."""

    def __init__(self) -> None:
        self.events: list[Any] = []


def feedback(folder: Path, listener: Listener) -> MailFeedback:
    return MailFeedback(Mailbox(folder / "box"), listener.events.append, folder / "position")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ana@example.com", ["Email Sent", "Email Delivered"]),
        ("bounce@example.com", ["Email Sent", "Email Delivered"]),
        ("success@simulator.amazonses.com", ["Email Sent", "Email Delivered"]),
        ("bounce@simulator.amazonses.com", ["Email Sent", "Email Bounced"]),
        ("Bounce+7@simulator.amazonses.com", ["Email Sent", "Email Bounced"]),
        ("suppressionlist@simulator.amazonses.com", ["Email Sent", "Email Bounced"]),
        (
            "complaint@simulator.amazonses.com",
            ["Email Sent", "Email Delivered", "Email Complaint Received"],
        ),
        ("reject@simulator.amazonses.com", ["Email Rejected"]),
        ("delay@simulator.amazonses.com", ["Email Sent", "Email Delivery Delayed"]),
        (
            "full@simulator.amazonses.com",
            ["Email Sent", "Email Delivery Delayed", "Email Bounced"],
        ),
        ("ooto@simulator.amazonses.com", ["Email Sent", "Email Delivered", "Email Bounced"]),
    ],
)
def test_the_address_decides_what_becomes_of_a_mail(
    tmp_path: Path, address: str, told: list[str]
) -> None:
    keep(tmp_path / "box", address)
    listener = Listener()

    assert feedback(tmp_path, listener).deliver()

    assert [event["detail-type"] for event in listener.events] == told


def test_an_event_names_the_mail_its_tags_and_the_address(tmp_path: Path) -> None:
    keep(tmp_path / "box", "bounce@simulator.amazonses.com", subject="1")
    listener = Listener()

    feedback(tmp_path, listener).deliver()

    event = listener.events[1]
    assert event["source"] == "aws.ses"
    detail = event["detail"]
    assert detail["eventType"] == "Bounce"
    assert detail["mail"]["messageId"] == "1@email.amazonses.com"
    assert detail["mail"]["tags"]["message"] == ["m1"]
    assert detail["mail"]["destination"] == ["bounce@simulator.amazonses.com"]
    assert detail["bounce"]["bounceType"] == "Permanent"
    (bounced,) = detail["bounce"]["bouncedRecipients"]
    assert bounced["emailAddress"] == "bounce@simulator.amazonses.com"


def test_each_mail_is_told_once_over_restarts(tmp_path: Path) -> None:
    keep(tmp_path / "box", "ana@example.com")
    first, second = Listener(), Listener()
    following = feedback(tmp_path, first)
    assert following.deliver()
    assert not following.deliver()

    restarted = feedback(tmp_path, second)

    assert not restarted.deliver()
    assert second.events == []


def test_each_recipient_has_a_fate_of_its_own(tmp_path: Path) -> None:
    keep(tmp_path / "box", "ana@example.com", "delay@simulator.amazonses.com")
    listener = Listener()

    feedback(tmp_path, listener).deliver()

    sent, delivered, delayed = (event["detail"] for event in listener.events)
    assert sent["mail"]["destination"] == ["ana@example.com", "delay@simulator.amazonses.com"]
    assert delivered["delivery"]["recipients"] == ["ana@example.com"]
    (recipient,) = delayed["deliveryDelay"]["delayedRecipients"]
    assert recipient["emailAddress"] == "delay@simulator.amazonses.com"


def test_a_person_can_report_a_mail_as_opened(tmp_path: Path) -> None:
    keep(tmp_path / "box", "ana@example.com")

    event = opened(Mailbox(tmp_path / "box").mails()[0])

    assert event["detail-type"] == "Email Opened"
    assert event["detail"]["mail"]["tags"]["message"] == ["m1"]
