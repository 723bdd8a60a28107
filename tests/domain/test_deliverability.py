"""When too many mails bounce, and what counts as one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.domain.deliverability import (
    MailCounts,
    MailFigures,
    counts_between,
    figures,
    grouped,
)
from chalicelib.domain.fate import Fate, FateKind
from chalicelib.domain.message import Message

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


def a_message(*kinds: FateKind, **changes: Any) -> Message:
    fields: dict[str, Any] = {
        "id": "rem-1", "purpose": "reminder", "state": "claimed", "customer_id": "cus_1",
        "customer_name": "Peñarroya", "currency": "EUR", "to": "a@b.example", "subject": "",
        "language": "es", "template": "t", "invoice_ids": (), "amount_minor": 1,
        "created_at": NOON - timedelta(days=3), "created_by": "x", "claimed_at": NOON,
        "fates": tuple(Fate(what=kind, at=NOON + timedelta(days=2)) for kind in kinds),
    }  # fmt: skip
    return Message(**(fields | changes))


def counts(**changes: Any) -> MailCounts:
    shard = sum(b"rem-1") % 4
    return MailCounts(day=date(2026, 3, 2), purpose="reminder", shard=shard, **changes)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (MailFigures(sent=3, bounced=1), False),
        (MailFigures(sent=99, bounced=99), False),
        (MailFigures(sent=100, bounced=2), False),
        (MailFigures(sent=100, bounced=3), True),
        (MailFigures(sent=150, bounced=3), False),
        (MailFigures(sent=149, bounced=3), True),
        (MailFigures(sent=100, complained=1), False),
        (MailFigures(sent=100, complained=2), True),
        (MailFigures(sent=4000, complained=2), False),
        (MailFigures(sent=3999, complained=2), True),
        (MailFigures(), False),
    ],
)
def test_too_many_is_above_the_limit_and_not_by_chance(
    figures: MailFigures, *, expected: bool
) -> None:
    assert figures.is_alarming is expected


@pytest.mark.parametrize(
    ("figures", "bounces", "complaints"),
    [
        (MailFigures(), "within", "within"),
        (MailFigures(sent=3, bounced=1, complained=1), "too_few", "too_few"),
        (MailFigures(sent=1000, bounced=20, complained=1), "within", "too_few"),
        (MailFigures(sent=1000, bounced=21, complained=2), "beyond", "beyond"),
    ],
)
def test_what_may_be_chance_is_told_from_what_is_too_much(
    figures: MailFigures, bounces: str, complaints: str
) -> None:
    assert (figures.bounces, figures.complaints) == (bounces, complaints)


def test_rates_are_of_what_was_sent() -> None:
    some = MailFigures(sent=498, bounced=12, complained=1)

    assert (some.bounce_rate, some.complaint_rate) == (Decimal("0.024096"), Decimal("0.002008"))
    assert (MailFigures().bounce_rate, MailFigures().complaint_rate) == (None, None)


def test_a_fate_counts_once_and_on_the_day_the_mail_was_handed_over() -> None:
    before, after = a_message("opened"), a_message("opened", "opened", "bounced")

    assert counts_between(before, after) == counts(bounced=1)
    assert counts_between(after, after) is None


def test_what_became_of_a_mail_says_that_it_was_sent() -> None:
    assert counts_between(a_message(), a_message("delayed")) == counts(sent=1, delayed=1)
    assert counts_between(a_message(), a_message(sent_at=NOON)) == counts(sent=1)
    assert counts_between(a_message(sent_at=NOON), a_message("sent", sent_at=NOON)) is None
    assert counts_between(a_message(), a_message("refused")) == counts(refused=1)
    opened = counts_between(a_message(), a_message("opened"))
    assert opened == counts(sent=1, delivered=1, opened=1)


def test_a_click_is_an_opening_and_a_letter_is_no_mail() -> None:
    clicked = counts_between(a_message("sent", "delivered"), a_message("sent", "clicked"))
    assert clicked == counts(opened=1)
    letter = a_message(channel="letter")
    assert counts_between(letter, letter.but(sent_at=NOON)) is None


def test_counters_are_added_up_by_group() -> None:
    parts = [counts(sent=2), counts(sent=3, bounced=1), counts(opened=4).but(purpose="invoice")]

    assert figures(parts) == MailFigures(sent=5, bounced=1, opened=4)
    assert grouped(parts, lambda one: one.purpose) == {
        "invoice": MailFigures(opened=4),
        "reminder": MailFigures(sent=5, bounced=1),
    }
