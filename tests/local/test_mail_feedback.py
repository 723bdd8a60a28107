"""The app hears what becomes of its mails as SES would tell it."""

from pathlib import Path
from typing import Any

import pytest

from infra.local.mail_feedback import MailFeedback, opened
from infra.local.mailbox import Mailbox
from tests.local.mails import keep


class Listener:
    """An app that takes events, or fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.events: list[Any] = []
        self.given_up: list[Any] = []
        self._failures = failures

    def take(self, event: Any) -> None:
        if self._failures:
            self._failures -= 1
            raise ValueError("not now")
        self.events.append(event)


def feedback(folder: Path, listener: Listener) -> MailFeedback:
    mailbox = Mailbox(folder / "box")
    return MailFeedback(mailbox, [listener.take], listener.given_up.append, folder / "position")


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


def test_an_event_is_told_again_after_a_failure(tmp_path: Path) -> None:
    keep(tmp_path / "box", "ana@example.com")
    listener = Listener(failures=2)

    feedback(tmp_path, listener).deliver()

    assert [event["detail-type"] for event in listener.events] == [
        "Email Sent",
        "Email Delivered",
    ]
    assert listener.given_up == []


def test_an_event_that_fails_three_times_becomes_failed_work(tmp_path: Path) -> None:
    keep(tmp_path / "box", "ana@example.com")
    listener = Listener(failures=3)

    feedback(tmp_path, listener).deliver()

    assert [event["detail-type"] for event in listener.given_up] == ["Email Sent"]
    assert [event["detail-type"] for event in listener.events] == ["Email Delivered"]


def test_a_person_can_report_a_mail_as_opened(tmp_path: Path) -> None:
    keep(tmp_path / "box", "ana@example.com")

    event = opened(Mailbox(tmp_path / "box").mails()[0])

    assert event["detail-type"] == "Email Opened"
    assert event["detail"]["mail"]["tags"]["message"] == ["m1"]
