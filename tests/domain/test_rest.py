"""What rests: each amount exactly, no money counted twice, nothing beyond what is open."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.rest import Part, Rest, after_posting, first_day_after, resting_by_invoice
from tests.builders import at
from tests.domain.accounts import an_account, an_item

TODAY = date(2026, 3, 10)
OPEN = {"inv_1": 10_000, "inv_2": 5_000}


def a_dispute(amount: int, invoice: str = "inv_1") -> Rest:
    return Rest(
        kind="dispute", id="dsp_1", invoice_ids=(invoice,), parts=(Part(amount_minor=amount),)
    )


def a_promise(amount: int, until: date = TODAY, *invoices: str) -> Rest:
    part = Part(amount_minor=amount, until=until)
    return Rest(kind="promise", id="prm_1", invoice_ids=invoices, parts=(part,))


def a_plan(*parts: tuple[str, int]) -> Rest:
    return Rest(
        kind="plan", id="pln_1", invoice_ids=("inv_1", "inv_2"),
        parts=tuple(Part(amount_minor=amount, until=date.fromisoformat(d)) for d, amount in parts),
    )  # fmt: skip


def test_a_dispute_over_a_part_leaves_the_rest_to_be_chased() -> None:
    assert resting_by_invoice([a_dispute(4_000)], OPEN, TODAY) == {"inv_1": 4_000, "inv_2": 0}


def test_a_promise_rests_on_its_day_and_is_broken_the_day_after() -> None:
    promise = a_promise(12_000)

    assert resting_by_invoice([promise], OPEN, TODAY) == {"inv_1": 10_000, "inv_2": 2_000}
    assert resting_by_invoice([promise], OPEN, date(2026, 3, 11)) == {"inv_1": 0, "inv_2": 0}
    assert first_day_after(promise) == date(2026, 3, 11)


def test_what_is_disputed_is_not_promised_as_well() -> None:
    rests = [a_promise(10_000, TODAY), a_dispute(10_000)]

    assert resting_by_invoice(rests, OPEN, TODAY) == {"inv_1": 10_000, "inv_2": 5_000}


def test_a_plan_is_broken_by_one_missing_instalment() -> None:
    plan = a_plan(("2026-03-09", 1_000), ("2026-04-09", 4_000))

    assert plan.is_broken(TODAY)
    assert sum(resting_by_invoice([plan], OPEN, TODAY).values()) == 0


def test_money_pays_the_earliest_part_first_and_counts_once() -> None:
    plan = a_plan(("2026-03-20", 1_000), ("2026-04-20", 4_000))
    promise = a_promise(2_000, date(2026, 3, 15))
    items = [an_item(1, "2026-03-01", 7_500), an_item(2, "2026-03-02", 5_000)]

    after = after_posting([plan, promise], items, {"inv_1": 2_500})

    assert after.paid == {"prm_1": 2_000, "pln_1": 500}
    assert [rest.amount_minor for rest in after.rests] == [4_500]
    assert after.rests[0].parts[0] == Part(amount_minor=500, until=date(2026, 3, 20))


def test_a_dispute_ends_when_nothing_is_open_any_more() -> None:
    left = [an_item(1, "2026-03-01", 3_000)]

    assert after_posting([a_dispute(4_000)], left, {"inv_1": 7_000}).rests == (a_dispute(3_000),)
    assert after_posting([a_dispute(4_000)], [], {"inv_1": 10_000}).rests == ()


def test_money_does_not_shorten_a_dispute_while_enough_is_open() -> None:
    left = [an_item(1, "2026-03-01", 4_000)]

    assert after_posting([a_dispute(4_000)], left, {"inv_1": 6_000}).rests == (a_dispute(4_000),)


def test_what_is_asked_for_leaves_out_what_rests_and_what_is_on_its_way() -> None:
    account = an_account(
        an_item(1, "2026-03-01"), an_item(2, "2026-03-02", 5_000),
        rests=(a_dispute(4_000), a_promise(5_000, TODAY, "inv_2")),
    )  # fmt: skip

    asked = account.asked_for(TODAY, at("2026-03-10"))

    assert [(item.invoice_id, item.open_minor) for item in asked] == [("inv_1", 6_000)]
    assert account.resting_minor(TODAY) == 9_000
    assert account.resting_minor(date(2026, 3, 11)) == 4_000


AMOUNTS = st.integers(1, 20_000)


@given(
    st.dictionaries(st.sampled_from(["inv_1", "inv_2", "inv_3"]), AMOUNTS, min_size=1),
    st.lists(AMOUNTS, max_size=3), st.lists(AMOUNTS, max_size=3),
    st.dictionaries(st.sampled_from(["inv_1", "inv_2", "inv_3"]), st.integers(-9_000, 9_000)),
)  # fmt: skip
def test_never_more_rests_than_is_open(
    open_minor: Mapping[str, int],
    disputed: list[int],
    promised: list[int],
    paid: Mapping[str, int],
) -> None:
    rests = [
        *(a_dispute(amount).but(id=f"dsp_{n}") for n, amount in enumerate(disputed)),
        *(a_promise(amount).but(id=f"prm_{n}") for n, amount in enumerate(promised)),
    ]
    items = [an_item(int(name[-1]), "2026-03-01", part) for name, part in open_minor.items()]

    after = after_posting(rests, items, paid)

    resting = resting_by_invoice(after.rests, open_minor, TODAY)
    assert all(0 <= resting[name] <= open_minor[name] for name in open_minor)
    for rest in after.rests:
        there = sum(part for name, part in open_minor.items() if rest.covers(name))
        assert 0 < rest.amount_minor <= there
    assert sum(after.paid.values()) <= sum(part for part in paid.values() if part > 0)
