"""Whole lives of a company under every failure at once; each seed is a different one.

A failure prints its seed. ``SALDO_SEEDS=500`` runs so many, ``SALDO_SEED=77`` only that one.
"""

import os
from datetime import timedelta

import pytest

from chalicelib.domain.ledger import Entry
from chalicelib.domain.message import Message
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.payment import Payment
from tests.invariants import aging_by_hand, aging_by_totals, assert_books_hold, assert_quiet
from tests.simulation.online import assert_every_page_came_to_an_end
from tests.simulation.recurring import assert_all_ran
from tests.simulation.world import World

STEPS = 280
_only = os.environ.get("SALDO_SEED")
SEEDS = [int(_only)] if _only else list(range(int(os.environ.get("SALDO_SEEDS", "12"))))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_books_hold_whatever_happens(seed: int) -> None:
    world = World(seed)
    try:
        for step in range(STEPS):
            world.step()
            if step == STEPS // 2:
                assert_books_hold(world.fakes.table)
        world.quiesce()
        assert_quiet(world.fakes.table)
        _all_money_has_arrived_once(world)
        _what_went_back_is_posted(world)
        _no_mail_went_out_twice(world)
        assert_all_ran(world)
        assert_every_page_came_to_an_end(world)
        _aging_of_any_day_is_the_ledgers(world)
    except BaseException as exc:
        last = "\n  ".join(world.log[-12:])
        exc.add_note(f"SALDO_SEED={seed}, {len(world.log)} steps, the last of them:\n  {last}")
        raise


def _all_money_has_arrived_once(world: World) -> None:
    online = {
        payment.provider_payment_id: payment.amount_minor
        for payment in world.books().all(Payment)
        if payment.provider is not None
    }
    assert online == world.paid_keys


def _what_went_back_is_posted(world: World) -> None:
    posted = {
        record.payment_key: (record.refunded_minor, record.charged_back_minor)
        for record in world.books().all(MoneyBack)
    }
    for key, ends in world.went_back.items():
        assert posted.get(key, (0, 0)) == (ends if key in world.paid_keys else (0, 0)), key


def _no_mail_went_out_twice(world: World) -> None:
    for message in world.books().all(Message):
        by_people = world.sent_again[message.id]
        assert world.fakes.mailer.sent(message.id) <= 1 + by_people, message.id


def _aging_of_any_day_is_the_ledgers(world: World) -> None:
    books = world.books()
    entries = books.all(Entry)
    first = world.now.date() - timedelta(days=150)
    for back in range(0, 190, 7):
        day = first + timedelta(days=back)
        assert _shown(aging_by_totals(books, day)) == _shown(aging_by_hand(entries, day))


def _shown(rows: tuple[object, ...]) -> list[object]:
    # A currency whose entries have cancelled out may have a row of zeros, or none.
    return [row for row in rows if any(v for v in vars(row).values() if isinstance(v, int))]
