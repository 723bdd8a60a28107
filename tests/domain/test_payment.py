"""How money is spread over invoices, and which wishes are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.payment import (
    Payment,
    Wanted,
    allocate_oldest_first,
    allocation_lines,
    allocations_of,
    check_wanted,
)
from tests.builders import NOON
from tests.domain.accounts import an_account, an_item

THREE = (an_item(1, "2026-03-01"), an_item(2, "2026-03-02"), an_item(3, "2026-03-03", 500))


def a_payment(received_on: date, amount_minor: int) -> Payment:
    return Payment(
        id="pay_1", customer_id="cus_1", customer_name="Peñarroya", amount_minor=amount_minor,
        unapplied_minor=amount_minor, currency="EUR", received_on=received_on, method="transfer",
        created_at=NOON, created_by="ana",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        (0, []),
        (1, [("inv_1", 1)]),
        (10_000, [("inv_1", 10_000)]),
        (10_001, [("inv_1", 10_000), ("inv_2", 1)]),
        (20_500, [("inv_1", 10_000), ("inv_2", 10_000), ("inv_3", 500)]),
        (99_999, [("inv_1", 10_000), ("inv_2", 10_000), ("inv_3", 500)]),
    ],
)
def test_money_settles_the_oldest_first(amount: int, parts: list[tuple[str, int]]) -> None:
    wanted = allocate_oldest_first(amount, reversed(THREE))

    assert [(one.invoice_id, one.amount_minor) for one in wanted] == parts


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**8), max_size=20))
def test_an_allocation_conserves_money(amount: int, opens: list[int]) -> None:
    items = [an_item(n, "2026-03-01", open_minor) for n, open_minor in enumerate(opens)]

    wanted = allocate_oldest_first(amount, items)

    allocated = sum(one.amount_minor for one in wanted)
    assert allocated == min(amount, sum(opens))
    by_id = {item.invoice_id: item.open_minor for item in items}
    assert all(0 < one.amount_minor <= by_id[one.invoice_id] for one in wanted)
    # Only the last one may be settled in part.
    assert all(one.amount_minor == by_id[one.invoice_id] for one in wanted[:-1])


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ([("inv_1", 1), ("inv_1", 1)], "/allocations/1/invoice_id"),
        ([("inv_1", 0)], "/allocations/0/amount_minor"),
        ([("inv_1", 1), ("inv_2", -5)], "/allocations/1/amount_minor"),
        ([("inv_1", 10_000), ("inv_2", 5_001)], "/allocations"),
    ],
)
def test_an_allocation_that_makes_no_sense_names_its_field(
    wanted: list[tuple[str, int]], pointer: str
) -> None:
    wishes = [Wanted(invoice_id=name, amount_minor=amount) for name, amount in wanted]

    with pytest.raises(InvalidField) as refusal:
        check_wanted(wishes, an_account(*THREE), 15_000)

    assert refusal.value.pointer == pointer


@pytest.mark.parametrize("wish", [("inv_9", 1), ("inv_3", 501)])
def test_more_than_is_open_is_a_conflict_with_the_state(wish: tuple[str, int]) -> None:
    with pytest.raises(StateConflict):
        check_wanted([Wanted(invoice_id=wish[0], amount_minor=wish[1])], an_account(*THREE), 9_999)


def test_an_allocation_counts_from_when_both_the_money_and_the_invoice_were_there() -> None:
    early = an_item(1, "2026-03-01", issue_date=date(2026, 1, 10))
    late = an_item(2, "2026-03-02", issue_date=date(2026, 2, 20))
    account = an_account(early, late)
    wanted = [Wanted(invoice_id=f"inv_{n}", amount_minor=100) for n in (1, 2)]

    payment = a_payment(date(2026, 2, 1), 200)
    allocations = allocations_of(wanted, account, payment, NOON, tolerance=0)
    lines = allocation_lines(allocations, {"inv_1": early.due_date, "inv_2": late.due_date})

    assert [one.effective_on for one in allocations] == [date(2026, 2, 1), date(2026, 2, 20)]
    assert [(line.due_on, line.open_delta_minor, line.unapplied_delta_minor) for line in lines] == [
        (date(2026, 3, 1), -100, -100),
        (date(2026, 3, 2), -100, -100),
    ]
