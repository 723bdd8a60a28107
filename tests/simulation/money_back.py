"""Stories of money that a provider takes back or gives back after it was paid, and how they end."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from chalicelib.domain.provider import ProviderFact


class Story(NamedTuple):
    """What is told, in order, and what of the payment is (refunded, charged back) in the end.

    Each word is (kind, object, status, direction of the money, amount); amounts are thirds of the
    payment.
    """

    words: tuple[Any, ...]
    refunded: int
    charged_back: int


def _refund(status: str, thirds: int, name: str = "re_1") -> Any:
    return ("refund", name, status, None, thirds)


def _so_far(thirds: int) -> Any:
    return ("refunded_so_far", "", None, None, thirds)


def _dispute(status: str, money: str | None = None, thirds: int = 3) -> Any:
    return ("dispute", "du_1", status, money, thirds)


OUT: Final = _dispute("contested", "out")
STORIES: Final = (
    Story((_so_far(1),), 1, 0),
    Story((_refund("pending", 1), _so_far(1), _refund("succeeded", 1)), 1, 0),
    Story((_so_far(1), _so_far(3), _refund("succeeded", 2, "re_2")), 3, 0),
    Story((_refund("pending", 2), _so_far(2), _refund("failed", 2)), 0, 0),
    Story((_so_far(1), _so_far(2), _refund("canceled", 1, "re_2"), _so_far(1)), 1, 0),
    Story((OUT, OUT, _dispute("contested"), _dispute("won", "back")), 0, 0),
    Story((OUT, _dispute("contested", "back"), _dispute("won", "back")), 0, 0),
    Story((OUT, _dispute("contested"), _dispute("lost", "out")), 0, 3),
    Story((OUT, _dispute("won", "back"), OUT), 0, 3),
    Story((_dispute("inquiry"), _dispute("won", "back")), 0, 0),
    Story((_dispute("inquiry"), OUT, _dispute("lost", "out")), 0, 3),
    Story((_so_far(1), OUT, _dispute("lost", "out")), 1, 3),
    Story((_dispute("contested", "out", 1), _so_far(1), _dispute("lost", "out", 1)), 1, 1),
)


def a_story(random: Random) -> Story:
    """Return one of the stories."""
    return random.choice(STORIES)


def ends(story: Story, amount_minor: int) -> tuple[int, int]:
    """Return how much of the payment is refunded and charged back when all has been told."""
    refunded = thirds_of(amount_minor, story.refunded)
    return refunded, min(thirds_of(amount_minor, story.charged_back), amount_minor - refunded)


def thirds_of(amount_minor: int, thirds: int) -> int:
    """Return so many thirds of an amount; three are all of it."""
    return amount_minor if thirds == 3 else amount_minor // 3 * thirds


def facts(story: Story, key: str, amount_minor: int, currency: str, at: datetime) -> Iterator[Any]:
    """Return what the provider says of a payment, a minute between the words."""
    began: dict[str, datetime] = {}
    for number, (what, name, status, money, thirds) in enumerate(story.words, start=1):
        when = at + timedelta(minutes=number)
        amount = thirds_of(amount_minor, thirds)
        if not amount:
            continue
        yield ProviderFact(
            what=what, provider="stripe", event_id=f"evt_{key}_back_{number}", payment_key=key,
            invoice_id=None, amount_minor=amount, currency=currency, occurred_at=when,
            object_id=f"{name}_{key}" if name else None,
            refund_status=status if what == "refund" else None,
            dispute_status=status if what == "dispute" else None,
            money=money, began_at=began.setdefault(name, when),
        )  # fmt: skip
