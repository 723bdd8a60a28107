"""When a delivery is tried again, and when it is given up."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.webhook_delivery import (
    ATTEMPTS,
    WebhookDelivery,
    next_attempt_at,
    reason_of,
    verdict,
)
from tests.builders import NOON


def a_delivery(**changes: Any) -> WebhookDelivery:
    fields: dict[str, Any] = {
        "endpoint_id": "whe_1", "event_id": "evt_1", "type": "invoice.paid", "happened_at": NOON,
        "body": "{}", "due_at": NOON, "created_at": NOON, "tries": 1, "attempts": 1,
    }  # fmt: skip
    return WebhookDelivery(**(fields | changes))


@pytest.mark.parametrize(
    ("status", "error", "expected", "reason"),
    [
        (200, None, "delivered", None),
        (204, None, "delivered", None),
        (299, None, "delivered", None),
        (301, None, "later", "redirect"),
        (304, None, "later", "redirect"),
        (400, None, "later", "status"),
        (401, None, "later", "status"),
        (404, None, "later", "status"),
        (410, None, "gone", "status"),
        (500, None, "later", "status"),
        (None, "timeout", "later", "timeout"),
        (200, "timeout", "later", "timeout"),
        (410, "bad_answer", "later", "bad_answer"),
    ],
)
def test_only_a_complete_2xx_is_an_acknowledgement(
    status: int | None, error: str | None, expected: str, reason: str | None
) -> None:
    assert verdict(status, error, a_delivery()) == expected
    assert reason_of(status, error) == reason


def test_ten_attempts_within_three_days_and_a_bit() -> None:
    at, delivery = NOON, a_delivery(tries=0, attempts=0)
    waits = []
    while True:
        delivery = delivery.claimed(at)
        if verdict(500, None, delivery) == "exhausted":
            break
        after = next_attempt_at(delivery, at, status=500, retry_after=None)
        waits.append((after - at).total_seconds())
        at = after

    assert delivery.tries == ATTEMPTS == 10
    plain = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert all(wait <= real <= wait * 1.1 for wait, real in zip(plain, waits, strict=True))
    assert timedelta(hours=75) < at - NOON < timedelta(hours=84)


def test_what_failed_together_does_not_come_back_together() -> None:
    times = {
        next_attempt_at(a_delivery(event_id=f"evt_{n}"), NOON, status=500, retry_after=None)
        for n in range(50)
    }

    assert len(times) > 5


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 5),
        ("Mon, 02 Mar 2026 11:10:00 GMT", 600),
        ("Mon, 02 Mar 2026 10:00:00 GMT", 5),
        ("99999999999999", 86_400),
        ("Mon, 02 Mar 2099 11:10:00 GMT", 86_400),
        ("soon", 5),
        ("-5", 5),
        ("²", 5),
        ("", 5),
        ("Mon, 02 Mar 99999999999 11:10:00 GMT", 5),
        ("Mon, 02 Mar 2026 99999999999999999999:00:00 GMT", 5),
    ],
)
def test_who_asks_for_time_gets_it_up_to_a_day(status: int, said: str, seconds: int) -> None:
    after = next_attempt_at(a_delivery(), NOON, status=status, retry_after=said)

    assert timedelta(seconds=seconds) <= after - NOON <= timedelta(seconds=max(seconds, 5.5))


def test_a_failure_that_means_no_haste_does_not_choose_its_time() -> None:
    after = next_attempt_at(a_delivery(), NOON, status=500, retry_after="3600")

    assert after - NOON < timedelta(seconds=6)


def test_a_test_is_tried_once() -> None:
    assert verdict(500, None, a_delivery(is_test=True)) == "exhausted"
    assert verdict(200, None, a_delivery(is_test=True)) == "delivered"
