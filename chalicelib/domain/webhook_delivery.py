"""Deliveries: one event for one endpoint, tried until it is taken or three days have passed."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record

DeliveryState = Literal["waiting", "delivered", "failed"]
DELAYS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After the first attempt, the second, ...: what Standard Webhooks advises."""
ATTEMPTS: Final = len(DELAYS) + 1
LONGEST_WAIT: Final = timedelta(hours=24)
"""That a receiver may ask for by ``Retry-After``."""
LEASE: Final = timedelta(minutes=2)
"""Within it an attempt has ended or its process has died: a call takes 15 seconds at most."""
ATTEMPTS_KEPT: Final = timedelta(days=90)
MOST_ANSWER_CHARACTERS: Final = 1_000
_JITTER: Final = 10
"""Percent: so much later at most, that what failed together does not come back together."""
_GONE: Final = 410
_SLOW_DOWN: Final = (429, 502, 503, 504)


class WebhookDelivery(Record):
    """What is sent to an endpoint about an event. Body and id are the same at every attempt.

    ``due_at`` is when somebody should see to it, while it waits; ``tries`` are the attempts since
    it was last begun, ``attempts`` all of them. ``reason`` is what went wrong last.
    """

    kind: ClassVar[str] = "webhook_delivery"

    endpoint_id: str
    event_id: str
    type: str
    happened_at: datetime
    body: str
    state: DeliveryState = "waiting"
    due_at: datetime | None = None
    tries: int = 0
    attempts: int = 0
    status: int | None = None
    reason: str | None = None
    created_at: datetime
    settled_at: datetime | None = None
    is_test: bool = False

    @property
    def id(self) -> str:
        """The name of the delivery outside: neither part has a hyphen."""
        return f"{self.endpoint_id}-{self.event_id}"

    def is_due(self, at: datetime) -> bool:
        """Tell whether it is to be tried now."""
        return self.state == "waiting" and self.due_at is not None and self.due_at <= at

    def claimed(self, at: datetime) -> "WebhookDelivery":
        """Return it as tried by one process; should that die, by another after the lease."""
        return self.next(tries=self.tries + 1, attempts=self.attempts + 1, due_at=at + LEASE)

    def given_back(self, due_at: datetime) -> "WebhookDelivery":
        """Return it as if it had not been claimed, to be tried later: the receiver saw nothing."""
        return self.next(tries=self.tries - 1, attempts=self.attempts - 1, due_at=due_at)

    def settled(
        self, state: DeliveryState, at: datetime, status: int | None, reason: str | None
    ) -> "WebhookDelivery":
        """Return it as delivered, or as failed for good."""
        return self.next(state=state, settled_at=at, due_at=None, status=status, reason=reason)

    def again(self, at: datetime) -> "WebhookDelivery":
        """Return it as begun anew by a person: with as many attempts as at first."""
        return self.next(state="waiting", due_at=at, tries=0, settled_at=None)


class WebhookAttempt(Record):
    """One call of an endpoint: what it answered, after how long, or why there was no answer."""

    kind: ClassVar[str] = "webhook_attempt"

    endpoint_id: str
    event_id: str
    number: int
    at: datetime
    status: int | None = None
    reason: str | None = None
    ms: int
    answer: str
    expires_at: int


Verdict = Literal["delivered", "gone", "exhausted", "later"]


def verdict(status: int | None, error: str | None, delivery: WebhookDelivery) -> Verdict:
    """Return what an answer means for a delivery; a redirect is a failure like any other."""
    if error is None and status is not None and status // 100 == 2:  # noqa: PLR2004 - the class
        return "delivered"
    if error is None and status == _GONE:
        return "gone"
    return "exhausted" if delivery.tries >= ATTEMPTS or delivery.is_test else "later"


def reason_of(status: int | None, error: str | None) -> str | None:
    """Return why an attempt failed, as screens know it; None for one that did not."""
    if error is not None:
        return error
    if status is not None and status // 100 == 2:  # noqa: PLR2004 - the class of all successes
        return None
    return "redirect" if status is not None and status // 100 == 3 else "status"  # noqa: PLR2004


def next_attempt_at(
    delivery: WebhookDelivery, at: datetime, *, status: int | None, retry_after: str | None
) -> datetime:
    """Return when to try again after a failure: by the schedule, later if the receiver says so."""
    delay = DELAYS[min(delivery.tries, len(DELAYS)) - 1]
    wished = _wished(retry_after, at) if status in _SLOW_DOWN else timedelta()
    return at + max(delay + delay * _jitter(delivery) / 100, min(wished, LONGEST_WAIT))


def _jitter(delivery: WebhookDelivery) -> int:
    seed = f"{delivery.id}#{delivery.attempts}".encode()
    return hashlib.sha256(seed).digest()[0] % (_JITTER + 1)


def _wished(retry_after: str | None, at: datetime) -> timedelta:
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(LONGEST_WAIT.total_seconds())))
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # whatever a receiver may write
        return timedelta()
    return when.replace(tzinfo=when.tzinfo or UTC) - at
