"""What a step claims: the published example, the fee, and who owes none."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.customer import Customer, Party
from chalicelib.domain.interest_rates import InterestRates, shipped_rates
from chalicelib.domain.invoice import Invoice, Settlement
from chalicelib.domain.late_charge import LateCharge
from chalicelib.domain.late_interest import Principal, derive
from chalicelib.domain.message import Message
from chalicelib.domain.step import Step
from chalicelib.domain.step_charge import (
    ClaimOfStep,
    Late,
    charge_of,
    charges,
    claim_of_step,
    is_unsent,
    missing_half_year,
)

DUE = date(2026, 5, 31)
NOW = datetime(2026, 7, 31, 10, tzinfo=UTC)
INTEREST = Step(id="last", offset_days=30, template="reminder_last", claim="interest")
FEE = Step(id="firm", offset_days=15, template="reminder_firm", fee_minor=1_500)
BOTH = INTEREST.but(fee_minor=1_500)
SAYS_NOTHING = Step(id="first", offset_days=3, template="reminder_first")


def a_customer(**changes: Any) -> Customer:
    fields: dict[str, Any] = {
        "id": "cus_1", "name": "Peñarroya", "country": "ES", "language": "es", "currency": "EUR",
        "terms_days": 30, "time_zone": "Europe/Madrid", "created_at": NOW,
    }  # fmt: skip
    return Customer(**(fields | changes))


def an_invoice(
    total_minor: int = 121_000, settled: Sequence[tuple[date, int]] = (), **changes: Any
) -> Invoice:
    fields: dict[str, Any] = {
        "id": "inv_1", "number": "A-000001", "series": "A", "state": "issued",
        "customer_id": "cus_1", "customer": Party(name="P", country="ES"), "currency": "EUR",
        "language": "es", "lines": (), "taxes": (), "net_minor": total_minor, "tax_minor": 0,
        "total_minor": total_minor, "issue_date": date(2026, 5, 1), "due_date": DUE,
        "created_at": NOW, "open_minor": total_minor - sum(amount for _, amount in settled),
        "settlements": tuple(
            Settlement(amount_minor=amount, received_on=on, method="transfer", posted_at=NOW)
            for on, amount in settled
        ),
    }  # fmt: skip
    return Invoice(**(fields | changes))


def late(invoice: Invoice | None = None, **changes: Any) -> Late:
    invoice = invoice or an_invoice()
    fields: dict[str, Any] = {
        "invoice": invoice, "asked_minor": invoice.open_minor, "customer": a_customer(),
        "charges": (), "table": shipped_rates(), "fee_currency": "EUR",
    }  # fmt: skip
    return Late(**(fields | changes))


def a_charge(claim: ClaimOfStep, step: Step, ordinal: int = 1, **changes: Any) -> LateCharge:
    segments = claim.derivation.segments
    days = (segments[0].from_day, segments[-1].until_day) if segments else (DUE, DUE)
    fields: dict[str, Any] = {
        "id": f"inv_1-{ordinal}", "invoice_id": "inv_1", "number": "A-000001",
        "customer_id": "cus_1", "customer_name": "P", "currency": "EUR",
        "interest_minor": claim.derivation.interest_minor, "segments": segments,
        "compensation_minor": claim.compensation_minor, "fee_minor": claim.fee_minor,
        "from_day": days[0], "until_day": days[1], "claimed_at": NOW, "claimed_by": "system",
        "step_id": step.id, "reminder": f"default-{step.id}-inv_1",
    }  # fmt: skip
    return LateCharge(**(fields | changes))


def of(claim: ClaimOfStep) -> tuple[int, int, int]:
    return claim.derivation.interest_minor, claim.compensation_minor, claim.fee_minor


def codes(claim: ClaimOfStep) -> list[str]:
    return [one.code for one in claim.refusals]


def test_the_published_example_is_claimed_by_a_step_with_forty_euros() -> None:
    claim = claim_of_step(late(), INTEREST, date(2026, 7, 31))

    assert [one.interest_minor for one in claim.derivation.segments] == [1_009, 1_069]
    assert (of(claim), claim.total_minor) == ((2_078, 4_000, 0), 6_078)


def test_a_fee_alone_claims_no_days_and_no_compensation() -> None:
    claim = claim_of_step(late(), FEE, date(2026, 6, 15))

    assert (of(claim), claim.derivation.segments) == ((0, 0, 1_500), ())


def test_after_a_fee_interest_still_begins_on_the_day_after_the_due_date() -> None:
    fee = a_charge(claim_of_step(late(), FEE, date(2026, 6, 15)), FEE)

    claim = claim_of_step(late(charges=(fee,)), BOTH, date(2026, 7, 31))

    assert of(claim) == (2_078, 4_000, 1_500)


def test_a_second_step_claims_the_days_since_the_first_and_no_compensation() -> None:
    first = a_charge(claim_of_step(late(), INTEREST, date(2026, 6, 30)), INTEREST)

    claim = claim_of_step(late(charges=(first,)), BOTH, date(2026, 7, 31))

    assert claim.derivation.segments[0].from_day == date(2026, 7, 1)
    assert of(claim) == (1_069, 0, 1_500)


def test_what_was_claimed_by_hand_today_leaves_a_step_nothing_and_says_nothing() -> None:
    by_hand = a_charge(
        claim_of_step(late(), INTEREST, date(2026, 7, 31)), INTEREST, step_id=None, reminder=None
    )

    claim = claim_of_step(late(charges=(by_hand,)), INTEREST, date(2026, 7, 31))

    assert (claim.total_minor, codes(claim)) == (0, [])


@pytest.mark.parametrize("step", [INTEREST, FEE, BOTH])
def test_nothing_is_claimed_against_a_consumer(step: Step) -> None:
    claim = claim_of_step(late(customer=a_customer(type="consumer")), step, date(2026, 7, 31))

    assert (of(claim), codes(claim)) == ((0, 0, 0), ["not_for_consumers"])


@pytest.mark.parametrize("step", [INTEREST, FEE, BOTH])
@pytest.mark.parametrize("until", ["2026-05-01", "2026-05-31"])
def test_nothing_is_claimed_before_the_day_after_the_due_date(step: Step, until: str) -> None:
    claim = claim_of_step(late(), step, date.fromisoformat(until))

    assert (claim.total_minor, codes(claim)) == (0, [])


@pytest.mark.parametrize("step", [INTEREST, FEE, BOTH])
def test_nothing_is_claimed_by_itself_while_part_of_the_invoice_rests(step: Step) -> None:
    claim = claim_of_step(late(asked_minor=120_999), step, date(2026, 7, 31))

    assert (claim.total_minor, codes(claim)) == (0, ["partly_at_rest"])


def test_outside_the_euro_there_is_interest_but_neither_compensation_nor_fee() -> None:
    claim = claim_of_step(late(an_invoice(currency="GBP")), BOTH, date(2026, 7, 31))

    assert (of(claim), codes(claim)) == ((2_078, 0, 0), ["fee_in_other_currency"])


def test_a_company_that_counts_in_pesos_has_its_fee_in_pesos() -> None:
    claim = claim_of_step(
        late(an_invoice(currency="MXN"), fee_currency="MXN"), FEE, date(2026, 7, 31)
    )

    assert of(claim) == (0, 0, 1_500)


def test_without_the_rate_of_a_half_year_there_is_the_fee_alone_and_the_gap_is_named() -> None:
    claim = claim_of_step(late(table=InterestRates(rates=())), BOTH, date(2026, 7, 31))

    assert (of(claim), codes(claim)) == ((0, 0, 1_500), ["rate_missing"])
    assert missing_half_year(claim) == date(2026, 1, 1)


def test_a_charge_of_which_nobody_was_told_frees_its_days_its_compensation_and_its_step() -> None:
    claim = claim_of_step(late(), BOTH, date(2026, 7, 31))
    unsent = a_charge(claim, BOTH, state="waived", is_unsent=True)

    assert charge_of("last", [unsent]) is None
    assert claim_of_step(late(charges=(unsent,)), BOTH, date(2026, 7, 31)) == claim


def test_a_charge_that_a_person_waived_keeps_its_days_and_its_step() -> None:
    waived = a_charge(claim_of_step(late(), BOTH, date(2026, 7, 31)), BOTH, state="waived")

    assert charge_of("last", [waived]) == waived
    assert of(claim_of_step(late(charges=(waived,)), INTEREST, date(2026, 8, 1))) == (34, 0, 0)


def test_a_step_claims_or_does_not() -> None:
    assert [charges(step) for step in (INTEREST, FEE, BOTH, SAYS_NOTHING)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert not charges(FEE.but(fee_minor=0))


def a_message(state: Any, **changes: Any) -> Message:
    fields: dict[str, Any] = {
        "id": "rem-EUR-default-last-inv_1-main", "purpose": "reminder", "state": state,
        "customer_id": "cus_1", "customer_name": "P", "currency": "EUR", "to": "a@b.example",
        "policy_id": "default", "step_id": "last", "anchor_id": "inv_1", "subject": "",
        "language": "es", "template": "reminder_last", "invoice_ids": ("inv_1",),
        "amount_minor": 1, "created_at": NOW, "created_by": "system",
    }  # fmt: skip
    return Message(**(fields | changes))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), False),
        (("planned",), False),
        (("claimed",), False),
        (("unknown",), False),
        (("refused",), False),
        (("to_post",), False),
        (("sent",), False),
        (("bounced",), False),
        (("suppressed",), True),
        (("suppressed", "suppressed"), True),
        (("suppressed", "planned"), False),
        (("suppressed", "delivered"), False),
    ],
)
def test_a_claim_is_unsent_once_no_message_of_its_reminder_can_go_out_any_more(
    states: tuple[str, ...], expected: bool
) -> None:
    charge = a_charge(claim_of_step(late(), INTEREST, date(2026, 7, 31)), INTEREST)

    assert is_unsent(charge, [a_message(state) for state in states]) is expected


def test_messages_of_other_reminders_say_nothing_about_a_claim() -> None:
    charge = a_charge(claim_of_step(late(), INTEREST, date(2026, 7, 31)), INTEREST)
    others = [
        a_message("suppressed", step_id="firm"),
        a_message("suppressed", anchor_id="inv_2"),
        a_message("suppressed", purpose="invoice"),
    ]

    assert not is_unsent(charge, others)


def test_what_a_person_claimed_or_decided_is_never_unsent() -> None:
    claim = claim_of_step(late(), INTEREST, date(2026, 7, 31))
    ended = [a_message("suppressed")]

    assert not is_unsent(a_charge(claim, INTEREST, reminder=None, step_id=None), ended)
    assert not is_unsent(a_charge(claim, INTEREST, state="invoiced"), ended)


@given(
    steps=st.lists(st.integers(1, 500), min_size=1, max_size=6, unique=True).map(sorted),
    fees=st.lists(st.sampled_from([None, 0, 700]), min_size=6, max_size=6),
    paid=st.lists(st.tuples(st.integers(-20, 500), st.integers(1, 20_000)), max_size=4),
    unsent=st.sets(st.integers(0, 5)),
)
def test_whatever_the_steps_and_days_no_day_is_claimed_twice_and_all_of_them_once(
    steps: list[int], fees: list[int | None], paid: list[tuple[int, int]], unsent: set[int]
) -> None:
    rate = shipped_rates().rates[-1]
    first_days = [date(year, month, 1) for year in (2026, 2027) for month in (1, 7)]
    table = InterestRates(rates=tuple(rate.but(from_day=day) for day in first_days))
    settled = [(DUE + timedelta(days=after), amount) for after, amount in paid]
    invoice = an_invoice(121_000, settled=settled)
    made: list[LateCharge] = []

    for number, after in enumerate(steps):
        step = INTEREST.but(id=f"s{number}", offset_days=after, fee_minor=fees[number])
        claim = claim_of_step(
            late(invoice, charges=tuple(made), table=table), step, DUE + timedelta(days=after)
        )
        if claim.total_minor:
            is_lost = number in unsent and number < len(steps) - 1
            state = {"state": "waived", "is_unsent": True} if is_lost else {}
            made.append(a_charge(claim, step, len(made) + 1, **state))

    told = [one for one in made if not one.is_unsent]
    days = [
        segment.from_day + timedelta(days=offset)
        for one in told
        for segment in one.segments
        for offset in range(segment.days)
    ]
    principal = Principal(total_minor=121_000, settled=tuple(settled))
    last = DUE + timedelta(days=steps[-1])
    whole = derive(principal, after=DUE, until=last, table=table)
    owed = {
        segment.from_day + timedelta(days=offset)
        for segment in whole.segments
        for offset in range(segment.days)
    }
    assert len(days) == len(set(days))
    assert set(days) == owed
    assert sum(one.compensation_minor for one in told) == 4_000
    assert sum(one.fee_minor for one in told) <= sum(fee or 0 for fee in fees[: len(steps)])
    # Each charge rounds each of its own segments: they differ by less than half a cent each.
    parts = sum(len(one.segments) for one in told) + len(whole.segments)
    difference = sum(one.interest_minor for one in told) - whole.interest_minor
    assert abs(Decimal(difference)) <= Decimal(parts) / 2
