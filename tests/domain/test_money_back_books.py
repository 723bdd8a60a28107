"""What the books lack of money that went back, and what it is taken from."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.money_back import Dispute, MoneyBack, SoFar, Taken, nothing_back
from chalicelib.domain.money_back_books import (
    Move,
    held_by,
    is_wholly_posted,
    moves,
    posted,
    put_back,
    rest_of,
    with_returns_by_hand,
)
from chalicelib.domain.payment import Payment, Return, ReturnKind, Wanted
from tests.builders import NOON


def known(refunded: int = 0, disputed: int = 0, status: Any = "contested", **changes: Any) -> Any:
    so_far = SoFar(at=NOON, amount_minor=refunded, currency="EUR")
    dispute = Dispute(
        id="du_1", at=NOON, status=status, amount_minor=disputed, currency="EUR", out_at=NOON
    )
    record = nothing_back("stripe", "pi_1").but(
        so_far=so_far if refunded else None, disputes=(dispute,) if disputed else ()
    )
    return record.but(**changes)


def a_payment(**returned: int) -> Payment:
    kinds: dict[str, ReturnKind] = {
        "refunded": "refunded", "charged_back": "charged_back", "reversed_": "reversed",
    }  # fmt: skip
    returns = tuple(
        Return(kind=kinds[name], amount_minor=amount, on=NOON.date(), posted_at=NOON, posted_by="a")
        for name, amount in returned.items()
    )
    return Payment(
        id="pay_1", customer_id="cus_1", customer_name="Peñarroya", amount_minor=100_000,
        unapplied_minor=100_000 - sum(returned.values()), currency="EUR", received_on=NOON.date(),
        method="stripe", returns=returns, created_at=NOON, created_by="stripe",
    )  # fmt: skip


def test_what_is_known_and_not_posted_is_lacking() -> None:
    refunded = Move(kind="refunded", amount_minor=30_000)
    charged_back = Move(kind="charged_back", amount_minor=50_000)

    assert moves(known(30_000, 50_000), a_payment()) == (refunded, charged_back)
    assert moves(known(30_000, 50_000, refunded_minor=30_000), a_payment(refunded=30_000)) == (
        charged_back,
    )


def test_what_has_come_back_is_posted_before_what_went() -> None:
    record = known(30_000, 100_000, charged_back_minor=100_000)

    assert moves(record, a_payment(charged_back=100_000)) == (
        Move(kind="charged_back", amount_minor=-30_000),
        Move(kind="refunded", amount_minor=30_000),
    )


def test_no_more_goes_than_people_have_left() -> None:
    record = known(30_000)

    assert moves(record, a_payment(reversed_=80_000)) == (
        Move(kind="refunded", amount_minor=20_000),
    )
    assert moves(record, a_payment(reversed_=100_000)) == ()
    assert not is_wholly_posted(record, a_payment(reversed_=100_000))


@pytest.mark.parametrize(
    ("by_hand", "posted_minor", "counted"),
    [
        (0, 0, 0),
        (30_000, 0, 30_000),
        (20_000, 0, 20_000),
        (50_000, 0, 30_000),
        (30_000, 30_000, 30_000),
    ],
)
def test_what_people_entered_counts_as_what_the_provider_says(
    by_hand: int, posted_minor: int, counted: int
) -> None:
    payment = a_payment(refunded=by_hand) if by_hand else a_payment()

    record = with_returns_by_hand(known(30_000, refunded_minor=posted_minor), payment)

    assert record.refunded_minor == counted


def test_a_refund_by_hand_that_the_provider_knows_nothing_of_stays_its_own() -> None:
    record = with_returns_by_hand(known(), a_payment(refunded=30_000))

    assert record.refunded_minor == 0
    assert moves(record, a_payment(refunded=30_000)) == ()


def test_what_was_taken_last_is_settled_first() -> None:
    record = known(
        taken=(Taken(invoice_id="a", amount_minor=30), Taken(invoice_id="b", amount_minor=20))
    )

    taken, settles = put_back(record, 25, {"a": 30, "b": 20})

    assert taken == (Taken(invoice_id="a", amount_minor=25),)
    assert settles == (
        Wanted(invoice_id="b", amount_minor=20),
        Wanted(invoice_id="a", amount_minor=5),
    )


def test_what_is_open_no_more_is_settled_no_more() -> None:
    record = known(taken=(Taken(invoice_id="a", amount_minor=30),))

    assert put_back(record, 30, {"a": 10}) == ((), (Wanted(invoice_id="a", amount_minor=10),))
    assert put_back(record, 30, {}) == ((), ())


def test_of_one_invoice_what_is_taken_adds_up() -> None:
    move = Move(kind="refunded", amount_minor=30)
    freed = [Wanted(invoice_id="a", amount_minor=10), Wanted(invoice_id="a", amount_minor=20)]

    record = posted(known(), move, freed)

    assert record.taken == (Taken(invoice_id="a", amount_minor=30),)
    assert (record.refunded_minor, record.charged_back_minor) == (30, 0)


TAKEN = (Taken(invoice_id="a", amount_minor=40_000),)


def test_only_what_is_contested_and_was_taken_rests() -> None:
    payment = a_payment()
    open_minor = {"a": 90_000}

    rest = rest_of(known(0, 30_000, taken=TAKEN), payment, open_minor)
    assert rest is not None
    assert (rest.kind, rest.id, rest.invoice_ids, rest.amount_minor) == (
        "chargeback", "pay_1", ("a",), 30_000,
    )  # fmt: skip
    more = rest_of(known(50_000, 50_000, taken=TAKEN), payment, open_minor)
    assert more is not None
    assert more.amount_minor == 40_000


def test_nothing_rests_once_it_is_lost_or_open_no_more_or_was_never_taken() -> None:
    payment = a_payment()

    assert rest_of(known(0, 30_000, "lost", taken=TAKEN), payment, {"a": 40_000}) is None
    assert rest_of(known(0, 30_000, taken=TAKEN), payment, {}) is None
    assert rest_of(known(0, 30_000), payment, {"a": 40_000}) is None


def test_a_dispute_holds_what_was_not_refunded_before() -> None:
    assert held_by(known(30_000, 100_000), a_payment()) == {"du_1": 70_000}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 50)), max_size=6),
    st.integers(0, 200),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 100)),
)
def test_nothing_is_settled_beyond_what_came_back_was_taken_or_is_open(
    pairs: list[tuple[str, int]], amount: int, open_minor: dict[str, int]
) -> None:
    before = tuple(Taken(invoice_id=name, amount_minor=part) for name, part in pairs)
    record: MoneyBack = known(taken=before)

    taken, settles = put_back(record, amount, open_minor)

    less = sum(one.amount_minor for one in before) - sum(one.amount_minor for one in taken)
    assert less == min(amount, sum(one.amount_minor for one in before))
    assert sum(one.amount_minor for one in settles) <= less
    assert all(one.amount_minor <= open_minor[one.invoice_id] for one in settles)
