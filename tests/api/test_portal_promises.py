"""What a customer promises in the portal, and what is asked of it in turn."""

from typing import Any

import pytest

from chalicelib.domain.promise import Promise
from chalicelib.usecases.context import system_context
from chalicelib.usecases.end_rests import end_rests
from tests.api.conftest import Api
from tests.api.visitors import House, Visitor
from tests.builders import a_payment, at, change_company
from tests.invariants import records_in


@pytest.fixture
def house(api: Api) -> House:
    house = House(api)
    house.takes("stripe", "redsys", "wompi")
    return house


@pytest.fixture
def visitor(house: House) -> Visitor:
    return house.visitor(contact_id="con_1")


def stored(house: House, kind: type) -> list[Any]:
    return [one for one in records_in(house.api.fakes.table) if isinstance(one, kind)]


def the_account(visitor: Visitor) -> Any:
    return visitor.get("/portal/home")[1]["accounts"][0]


def promise(day: str, **changes: Any) -> dict[str, Any]:
    return {"currency": "EUR", "promised_on": day} | changes


def test_a_promise_rests_its_amount_and_names_the_last_day_that_may_be_promised(
    house: House, visitor: Visitor
) -> None:
    may = the_account(visitor)["may_promise"]
    status, made = visitor.send(
        "/portal/promises", promise("2026-03-16", invoice_ids=[house.late.id])
    )
    after = the_account(visitor)

    assert may == {"may": True, "last_day": "2026-03-16", "most_minor": 171_000, "refusal": None}
    assert (status, made["amount_minor"]) == (201, 121_000)
    assert after["promises"] == [
        {"id": made["id"], "amount_minor": 121_000, "promised_on": "2026-03-16"}
    ]
    assert after["may_promise"]["most_minor"] == 50_000
    part = after["invoices"][0]["parts"][0]
    assert (part["kind"], part["amount_minor"], part["until"]) == ("promise", 121_000, "2026-03-16")
    (one,) = stored(house, Promise)
    assert (one.created_by, one.owner) == ("Carmen Ruiz", "Talleres Ibáñez, S.L.")


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-17"])
def test_a_day_beyond_the_limit_is_refused(house: House, visitor: Visitor, day: str) -> None:
    before = house.api.snapshot()

    status, problem = visitor.send("/portal/promises", promise(day))

    assert (status, problem["errors"][0]["code"]) == (422, "date_out_of_range")
    assert house.api.snapshot() == before


def test_the_company_says_how_far_ahead_and_whether_at_all(house: House, visitor: Visitor) -> None:
    change_company(house.ports, portal_promise_days=3)
    near = the_account(visitor)["may_promise"]["last_day"]
    change_company(house.ports, portal_promise_days=0)
    status, problem = visitor.send("/portal/promises", promise("2026-03-02"))

    assert near == "2026-03-05"
    assert (status, problem["type"]) == (409, "urn:saldo:problem:promises_not_allowed")


def test_nobody_puts_off_its_own_collection_for_ever(house: House, visitor: Visitor) -> None:
    for amount in (10_000, 20_000):
        visitor.send("/portal/promises", promise("2026-03-06", amount_minor=amount))
    third = visitor.send("/portal/promises", promise("2026-03-06", amount_minor=30_000))

    house.api.now = at("2026-03-07")
    unnoticed = visitor.send("/portal/promises", promise("2026-03-12"))
    _end_rests(house)
    broken = visitor.send("/portal/promises", promise("2026-03-12"))
    refusal = the_account(visitor)["may_promise"]["refusal"]

    assert (third[0], third[1]["type"]) == (409, "urn:saldo:problem:too_many_promises")
    assert unnoticed[1]["type"] == "urn:saldo:problem:promise_broken_before"
    assert broken[1]["type"] == "urn:saldo:problem:promise_broken_before"
    assert refusal == "promise_broken_before"
    assert len(stored(house, Promise)) == 2


def _end_rests(house: House) -> None:
    end_rests(house.ports, system_context(house.api.now))


def test_who_has_paid_what_a_broken_promise_was_about_may_promise_again(
    house: House, visitor: Visitor
) -> None:
    visitor.send("/portal/promises", promise("2026-03-06", invoice_ids=[house.late.id]))
    house.api.now = at("2026-03-07")
    _end_rests(house)
    blocked = the_account(visitor)["may_promise"]["may"]
    a_payment(house.ports, house.customer.id, 121_000, wanted=[(house.late.id, 121_000)])

    may = the_account(visitor)["may_promise"]

    assert (blocked, may["may"], may["most_minor"]) == (False, True, 50_000)


def test_a_repeated_promise_is_one_promise(house: House, visitor: Visitor) -> None:
    first = visitor.send("/portal/promises", promise("2026-03-06"), Idempotency_Key="k")
    again = visitor.send("/portal/promises", promise("2026-03-06"), Idempotency_Key="k")

    assert first == again
    assert len(stored(house, Promise)) == 1
