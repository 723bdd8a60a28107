"""Whatever Mercado Pago and Wompi answer is understood, or is one of our own clear errors."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.providers import mercadopago, wompi
from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.domain.errors import ProviderRefused, ProviderUnavailable
from tests.adapters import mercadopago_api, wompi_api
from tests.adapters.provider_api import a_setup_with

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["chk_1", "BRL", "0001-01-01T00:00:00+14:00", "charged_back", "VOIDED", "1e9"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(mercadopago_api.a_payment())), VALUES, max_size=3))
def test_any_payment_of_mercado_pago(changes: dict[str, Any]) -> None:
    api = mercadopago_api.api_with(mercadopago_api.a_payment())
    api.answers["GET /v1/payments/1313131"] = mercadopago_api.a_payment(**changes)
    setup = a_setup_with(api, access_token="TEST-1")
    [event] = mercadopago.PROVIDER.events(mercadopago_api.notified())

    try:
        facts = mercadopago.PROVIDER.facts(event.raw, setup)
    except (EventMalformed, ProviderRefused, ProviderUnavailable):
        return

    assert all(fact.amount_minor > 0 for fact in facts)


@given(st.dictionaries(st.sampled_from(sorted(mercadopago_api.a_case())), VALUES, max_size=3))
def test_any_chargeback_of_mercado_pago(changes: dict[str, Any]) -> None:
    payment = mercadopago_api.charged_back("settled", mercadopago_api.APPROVED)
    case = mercadopago_api.a_case(**changes)
    api = mercadopago_api.api_with(payment, mercadopago_api.a_case())
    api.answers["GET /v1/chargebacks/search?payment_id=1313131"] = {"results": [case]}
    setup = a_setup_with(api, access_token="TEST-1")
    [event] = mercadopago.PROVIDER.events(mercadopago_api.notified())

    try:
        facts = mercadopago.PROVIDER.facts(event.raw, setup)
    except EventMalformed:
        return

    assert [fact.what for fact in facts] == ["paid", "dispute", "dispute"]
    assert all(fact.amount_minor > 0 for fact in facts)


@given(st.dictionaries(st.sampled_from(sorted(wompi_api.a_transaction())), VALUES, max_size=3))
def test_any_transaction_of_wompi(changes: dict[str, Any]) -> None:
    api = wompi_api.api_with(wompi_api.a_transaction())
    changed = wompi_api.a_transaction(**changes)
    api.answers[f"GET /transactions/{wompi_api.ID}"] = {"data": changed}
    [event] = wompi.PROVIDER.events(wompi_api.notified(wompi_api.a_transaction()))

    try:
        facts = wompi.PROVIDER.facts(event.raw, a_setup_with(api, private_key="prv_test_1"))
    except (EventMalformed, ProviderRefused, ProviderUnavailable):
        return

    assert all(fact.amount_minor > 0 for fact in facts)


@given(VALUES)
def test_any_body_that_is_signed(body: Any) -> None:
    raw = json.dumps(body).encode()
    for provider, notification in (
        (mercadopago.PROVIDER, mercadopago_api.notified()),
        (wompi.PROVIDER, wompi_api.sent({})),
    ):
        try:
            events = provider.events(notification._replace(raw=raw))
        except EventMalformed:
            continue
        assert all(event.id and event.raw for event in events)
