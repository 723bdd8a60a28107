"""What the provider's events may still change about a message."""

import itertools
from typing import get_args

import pytest

from chalicelib.domain.message import MessageState, fold_address, following_mail_id, moves_on

EVENTS = ("sent", "delayed", "undelivered", "delivered", "opened", "bounced", "complained")


@pytest.mark.parametrize(
    ("state", "reached", "moves"),
    [
        ("claimed", "sent", True),
        ("unknown", "sent", True),
        ("sent", "delivered", True),
        ("delivered", "sent", False),
        ("opened", "delivered", False),
        ("sent", "delayed", True),
        ("delayed", "undelivered", True),
        ("undelivered", "delivered", True),
        ("delivered", "undelivered", False),
        ("opened", "delayed", False),
        ("refused", "bounced", True),
        ("delivered", "bounced", True),
        ("bounced", "delivered", False),
        ("bounced", "complained", True),
        ("complained", "bounced", False),
        ("suppressed", "sent", False),
        ("planned", "sent", True),
    ],
)
def test_an_event_moves_a_message_only_forward(state: str, reached: str, *, moves: bool) -> None:
    assert moves_on(state, reached) is moves


@pytest.mark.parametrize("start", get_args(MessageState))
def test_events_in_any_order_lead_to_the_same_state(start: str) -> None:
    ends = set()
    for order in itertools.permutations(EVENTS):
        state = start
        for event in order:
            state = event if moves_on(state, event) else state
        ends.add(state)

    assert len(ends) == 1


def test_addresses_are_compared_without_case_and_blanks() -> None:
    assert fold_address(" Pagos@Peñarroya.Example ") == "pagos@peñarroya.example"


def test_the_mails_of_an_invoice_are_counted() -> None:
    assert following_mail_id("inv_1-2-9") == "inv_1-2-10"
