"""Stripe's own list, for the nightly comparison: what it says is what the webhooks said."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.providers.registry import provider_of
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.money_back import learn, nothing_back, wanted
from chalicelib.domain.provider import ProviderFact
from tests.adapters.provider_api import Api, Status, a_setup_with
from tests.adapters.stripe_bodies import CREATED, a_charge, a_dispute, a_refund, an_event

STRIPE = provider_of("stripe")
SINCE = datetime.fromtimestamp(CREATED - 86_400, UTC)
UNTIL = datetime.fromtimestamp(CREATED + 86_400, UTC)


def a_page(*things: Any, has_more: bool = False) -> dict[str, Any]:
    return {"object": "list", "data": list(things), "has_more": has_more}


def a_listed_charge(*refunds: Any, **changes: Any) -> dict[str, Any]:
    fields = {
        "amount_refunded": sum(one["amount"] for one in refunds),
        "balance_transaction": {"id": "txn_1", "created": CREATED - 40_000},
        "metadata": {"checkout_id": "chk_1"},
        "refunds": a_page(*refunds),
    }
    return a_charge(**(fields | changes))


def an_api(*charges: Any, events: tuple[Any, ...] = (), **more: Any) -> Api:
    answers = {"GET /v1/charges": a_page(*charges), "GET /v1/events": a_page(*events)}
    return Api(answers=answers | more)


def listed(api: Api) -> list[tuple[str, list[ProviderFact]]]:
    assert STRIPE.listed is not None
    assert STRIPE.listed_facts is not None
    setup = a_setup_with(api, api_key="sk_live_x")
    found = list(STRIPE.listed(SINCE, UNTIL, setup))
    return [(one.payment_key, list(STRIPE.listed_facts(one.raw, setup))) for one in found]


def back(facts: list[ProviderFact]) -> tuple[int, int]:
    known = nothing_back("stripe", "pi_1")
    for fact in facts:
        known = learn(known, fact)
    return wanted(known, 121_000, "EUR")


def test_a_paid_charge_is_money_from_the_day_on_which_it_arrived() -> None:
    ((key, facts),) = listed(an_api(a_listed_charge()))

    assert key == "pi_1"
    assert facts == [
        ProviderFact(
            what="paid",
            provider="stripe",
            event_id="ch_3SVwQ2",
            payment_key="pi_1",
            invoice_id=None,
            checkout_id="chk_1",
            amount_minor=121_000,
            currency="EUR",
            occurred_at=datetime.fromtimestamp(CREATED - 40_000, UTC),
        )
    ]


def test_the_list_is_asked_for_the_time_and_nothing_more() -> None:
    api = an_api()

    assert listed(api) == []

    within = {"created[gte]": str(CREATED - 86_400), "created[lt]": str(CREATED + 86_400)}
    for call in api.made:
        assert within.items() <= call.query.items()
        assert call.query["limit"] == "100"


@pytest.mark.parametrize(
    "changes", [{"status": "pending"}, {"status": "failed"}, {"captured": False}]
)
def test_what_is_not_money_yet_says_nothing(changes: dict[str, Any]) -> None:
    assert [facts for _, facts in listed(an_api(a_listed_charge(**changes))) if facts] == []


def test_only_what_was_captured_is_money() -> None:
    ((_, (paid,)),) = listed(an_api(a_listed_charge(amount_captured=100_000)))

    assert paid.amount_minor == 100_000


def test_refunds_come_with_their_charge_and_failed_ones_give_nothing_back() -> None:
    failed = a_refund(id="re_2", amount=30_000, status="failed", created=CREATED - 9)

    ((_, facts),) = listed(an_api(a_listed_charge(a_refund(), failed)))

    assert [fact.refund_status for fact in facts] == [None, "succeeded", "failed"]
    assert facts[1].occurred_at == datetime.fromtimestamp(CREATED - 5, UTC)
    assert facts[2].occurred_at == UNTIL
    assert back(facts) == (21_000, 0)
    known = STRIPE.facts(json.dumps(an_event("refund.created", failed | {"status": "pending"})),
                         a_setup_with(Api()))  # fmt: skip
    assert back([*facts, *known]) == back([*known, *facts]) == (21_000, 0)


@pytest.mark.parametrize(
    ("status", "moved", "charged_back"),
    [
        ("needs_response", [-121_000], 121_000),
        ("lost", [-121_000], 121_000),
        ("won", [-121_000, 121_000], 0),
        ("won", [-121_000], 0),
        ("lost", [-121_000, 21_000], 121_000),
        ("warning_needs_response", [], 0),
        ("warning_closed", [], 0),
        ("prevented", [], 0),
    ],
)
def test_a_dispute_is_as_its_money_moved(status: str, moved: list[int], charged_back: int) -> None:
    transactions = [
        {"id": f"txn_{number}", "amount": amount, "created": CREATED + number, "currency": "eur"}
        for number, amount in enumerate(moved)
    ]
    dispute = a_dispute(status=status, balance_transactions=transactions)
    api = an_api(a_listed_charge(disputed=True))
    api.answers["GET /v1/disputes"] = a_page(dispute)

    ((_, facts),) = listed(api)

    assert back(facts) == (0, charged_back)


def test_an_older_charge_is_listed_when_something_happened_to_it() -> None:
    events = [
        an_event("charge.refunded", a_charge()),
        an_event("refund.failed", a_refund() | {"object": "refund"}, id="evt_2"),
        an_event("charge.dispute.closed", a_dispute(), id="evt_3"),
        an_event("payment_intent.succeeded",
                 {"id": "pi_2", "object": "payment_intent", "latest_charge": "ch_2"}, id="evt_4"),
        an_event("payment_intent.succeeded",
                 {"id": "pi_3", "object": "payment_intent", "latest_charge": None}, id="evt_5"),
    ]  # fmt: skip
    api = an_api(events=tuple(events))
    api.answers["GET /v1/charges/ch_3SVwQ2"] = a_listed_charge(a_refund())
    api.answers["GET /v1/charges/ch_2"] = a_listed_charge(id="ch_2", payment_intent="pi_2")

    found = listed(api)

    assert [key for key, _ in found] == ["pi_1", "pi_2"]
    assert len([call for call in api.made if call.path.startswith("/v1/charges/")]) == 2


def test_what_was_charged_without_an_intent_has_the_charge_as_its_key() -> None:
    ((key, (paid,)),) = listed(an_api(a_listed_charge(payment_intent=None)))

    assert key == paid.payment_key == "ch_3SVwQ2"


def test_the_same_state_is_the_same_text_on_the_next_night_so_that_it_is_heard_once() -> None:
    assert STRIPE.listed is not None
    setup = a_setup_with(an_api(a_listed_charge(a_refund())), api_key="sk_live_x")

    once = list(STRIPE.listed(SINCE, UNTIL, setup))

    assert list(STRIPE.listed(SINCE, UNTIL + timedelta(days=1), setup)) == once


def test_a_list_in_another_shape_is_a_refusal() -> None:
    answers: list[Any] = [[], {"object": "list"}, a_page("x"), a_page({"id": None})]
    for answer in answers:
        with pytest.raises(ProviderRefused):
            listed(Api(answers={"GET /v1/charges": answer}))


@pytest.mark.parametrize(
    ("key", "path", "answer", "is_found"),
    [
        ("pi_1", "/v1/payment_intents/pi_1", {"id": "pi_1", "latest_charge": "ch_1"}, True),
        ("pi_1", "/v1/payment_intents/pi_1", {"id": "pi_1", "latest_charge": None}, False),
        ("pi_1", "/v1/payment_intents/pi_1", Status(404, {}), False),
        ("ch_1", "/v1/charges/ch_1", a_listed_charge(), True),
    ],
)
def test_one_payment_is_found_by_its_key(key: str, path: str, answer: Any, is_found: bool) -> None:
    api = Api(answers={f"GET {path}": answer})
    if key != "ch_1":
        api.answers["GET /v1/charges/ch_1"] = a_listed_charge()
    assert STRIPE.find is not None

    found = STRIPE.find(key, a_setup_with(api, api_key="sk_live_x"))

    assert (found is not None) == is_found
