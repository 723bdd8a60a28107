"""What the results of Redsys mean for the books, and the form that leads to its page."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from redsys.crypto import get_signer

from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.port import Event
from chalicelib.adapters.providers.redsys import PROVIDER, from_return, order_number
from chalicelib.adapters.providers.redsys_signature import decoded
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.provider_ports import HostedPage, Order
from chalicelib.usecases.start_checkout import LASTS
from tests.adapters.redsys_bodies import SECRET, a_redsys, a_refund, a_result, fields_of, told
from tests.builders import NOON


def event_of(result: dict[str, Any]) -> Event:
    notification = told(result)
    PROVIDER.verify(notification, a_redsys(), NOON)
    [event] = PROVIDER.events(notification)
    return event


def facts_of(**changes: Any) -> list[ProviderFact]:
    return list(PROVIDER.facts(event_of(a_result(**changes)).raw, a_redsys()))


def fact_of(**changes: Any) -> ProviderFact:
    [fact] = facts_of(**changes)
    return fact


def test_a_response_up_to_99_is_money_received() -> None:
    assert fact_of() == ProviderFact(
        what="paid",
        provider="redsys",
        event_id="999008881-1-0446T1012-0-714902-0000",
        payment_key="999008881-1-0446T1012",
        invoice_id=None,
        checkout_id="chk_1",
        amount_minor=100_000,
        currency="EUR",
        occurred_at=NOON,
    )
    assert fact_of(Ds_Response="0099").what == "paid"


@pytest.mark.parametrize(
    ("response", "words"),
    [
        ("0100", "Denegada (Redsys 100)"),
        ("0101", "Tarjeta caducada (Redsys 101)"),
        ("0184", "El titular no se ha autenticado (Redsys 184)"),
        ("0190", "Denegada por el banco emisor sin decir el motivo (Redsys 190)"),
        ("9912", "El banco emisor no está disponible (Redsys 9912)"),
        ("0900", "Denegada (Redsys 900)"),
    ],
)
def test_other_responses_are_failures_with_the_reason_in_words(response: str, words: str) -> None:
    fact = fact_of(Ds_Response=response, Ds_AuthorisationCode="++++++")

    assert (fact.what, fact.detail, fact.amount_minor) == ("failed", words, 100_000)


def test_who_gives_up_on_the_banks_page_has_not_failed_to_pay() -> None:
    assert facts_of(Ds_Response="9915") == []


def test_a_refund_is_one_of_the_payment_with_its_order() -> None:
    [fact] = PROVIDER.facts(event_of(a_refund(30_000)).raw, a_redsys())

    assert (fact.what, fact.refund_status, fact.amount_minor) == ("refund", "succeeded", 30_000)
    assert fact.payment_key == fact_of().payment_key
    assert fact.object_id == fact.event_id


def test_a_payment_that_was_cancelled_for_technical_reasons_went_back_whole() -> None:
    fact = fact_of(Ds_TransactionType="45", Ds_Response="0400")

    assert (fact.what, fact.amount_minor) == ("refund", 100_000)


def test_a_refund_that_the_bank_did_not_make_moves_nothing() -> None:
    assert facts_of(Ds_TransactionType="3", Ds_Response="0950") == []


@pytest.mark.parametrize("kind", ["1", "7", "9", "44"])
def test_what_only_reserves_money_or_moves_none_is_nothing(kind: str) -> None:
    assert facts_of(Ds_TransactionType=kind) == []


def test_a_confirmed_reservation_is_money() -> None:
    assert fact_of(Ds_TransactionType="2", Ds_Response="0900").what == "paid"


@pytest.mark.parametrize("kind", ["34", "46", "47"])
def test_what_corrects_a_refund_is_left_to_a_person(kind: str) -> None:
    with pytest.raises(EventMalformed, match="by a person"):
        facts_of(Ds_TransactionType=kind)


def test_the_event_id_is_the_same_in_every_repetition_and_in_every_wrapping() -> None:
    first = event_of(a_result())
    [again] = PROVIDER.events(told(a_result(Ds_Card_Country="724"), "HMAC_SHA256_V1"))
    returned = from_return(fields_of(a_result()) | {"checkout": "chk_1"})

    assert again.id == first.id
    assert returned is not None
    assert [one.id for one in PROVIDER.events(returned)] == [first.id]


def test_different_results_have_different_ids() -> None:
    results = [
        a_result(),
        a_result(Ds_Response="0190", Ds_AuthorisationCode="++++++"),
        a_result(Ds_Response="0101", Ds_AuthorisationCode="++++++"),
        a_result(Ds_Order="0447T1012"),
        a_result(Ds_Terminal="002"),
        a_refund(30_000),
        a_refund(20_000),
        a_refund(20_000, "13%3A01"),
    ]

    assert len({event_of(one).id for one in results}) == len(results)


def test_what_the_return_url_says_is_verified_like_anything_else() -> None:
    fields = fields_of(a_result())
    forged = from_return(fields | {"Ds_Signature": "AAAA"})
    good = from_return(fields)

    assert PROVIDER.from_return is from_return
    assert forged is not None
    assert good is not None
    PROVIDER.verify(good, a_redsys(), NOON)
    with pytest.raises(SignatureInvalid):
        PROVIDER.verify(forged, a_redsys(), NOON)


@pytest.mark.parametrize("query", [{}, {"checkout": "chk_1"}, {"Ds_Signature": "AAAA"}])
def test_a_return_without_a_result_is_none(query: dict[str, str]) -> None:
    assert from_return(query) is None


@pytest.mark.parametrize(
    ("day", "hour", "instant"),
    [
        ("02%2F03%2F2026", "12%3A00", datetime(2026, 3, 2, 11, 0, tzinfo=UTC)),
        ("02/07/2026", "12:00", datetime(2026, 7, 2, 10, 0, tzinfo=UTC)),
        ("01%2F01%2F2026", "00%3A30", datetime(2025, 12, 31, 23, 30, tzinfo=UTC)),
        ("25%2F10%2F2026", "02%3A30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_time_is_that_of_madrid(day: str, hour: str, instant: datetime) -> None:
    assert fact_of(Ds_Date=day, Ds_Hour=hour).occurred_at == instant


@pytest.mark.parametrize(
    ("number", "amount", "currency", "minor"),
    [
        ("978", "1", "EUR", 1),
        ("840", "121000", "USD", 121_000),
        ("392", "1500", "JPY", 1_500),
        ("152", "1500", "CLP", 1_500),
        ("032", "1500", "ARS", 1_500),
        ("32", "1500", "ARS", 1_500),
        ("036", "1500", "AUD", 1_500),
    ],
)
def test_amounts_are_minor_units_of_a_currency_by_its_number(
    number: str, amount: str, currency: str, minor: int
) -> None:
    fact = fact_of(Ds_Currency=number, Ds_Amount=amount)

    assert (fact.amount_minor, fact.currency) == (minor, currency)


@pytest.mark.parametrize(
    "changes",
    [
        {"Ds_Amount": ""},
        {"Ds_Amount": "10.00"},
        {"Ds_Amount": "-1"},
        {"Ds_Amount": "٣"},
        {"Ds_Currency": "999"},
        {"Ds_Currency": ""},
        {"Ds_Response": ""},
        {"Ds_Response": "SIS0042"},
        {"Ds_Date": "2026-03-02"},
        {"Ds_Date": "31%2F02%2F2026"},
        {"Ds_Hour": "25%3A00"},
        {"Ds_TransactionType": ""},
        {"Ds_Terminal": ""},
    ],
)
def test_a_result_in_another_shape_is_a_clear_error(changes: dict[str, Any]) -> None:
    with pytest.raises(EventMalformed, match="redsys sent an event"):
        facts_of(**changes)


@pytest.mark.parametrize(
    ("reference", "invoice_id", "checkout_id"),
    [("chk_1", None, "chk_1"), ("inv_1", "inv_1", None), ("", None, None)],
)
def test_our_reference_travels_in_the_merchant_data(
    reference: str, invoice_id: str | None, checkout_id: str | None
) -> None:
    fact = fact_of(Ds_MerchantData=reference)

    assert (fact.invoice_id, fact.checkout_id) == (invoice_id, checkout_id)


def test_names_in_capitals_are_the_same_names() -> None:
    content = json.dumps({name.upper(): value for name, value in a_result().items()})
    parameters = get_signer(SECRET).encode_parameters(json.loads(content))
    signature = get_signer(SECRET).sign("0446T1012", parameters)
    raw = urlencode(
        {
            "Ds_SignatureVersion": "HMAC_SHA512_V2",
            "Ds_MerchantParameters": parameters.decode(),
            "Ds_Signature": signature.decode(),
        }
    )

    assert PROVIDER.facts(raw, a_redsys()) == [fact_of()]


def an_order(**changes: Any) -> Order:
    fields: dict[str, Any] = {
        "id": "chk_1",
        "invoice_id": "inv_1",
        "amount_minor": 121_000,
        "currency": "EUR",
        "description": "Talleres Ibáñez · F-1",
        "customer_name": "Peñarroya",
        "email": "pagos@penarroya.example",
        "language": "es",
        "return_url": "https://saldo.example/p/return?checkout=chk_1",
        "webhook_url": "https://saldo.example/webhooks/redsys",
        "expires_at": NOON + timedelta(hours=1),
    }
    return Order(**(fields | changes))


def opened(order: Order, **keys: str) -> HostedPage:
    assert PROVIDER.open_page is not None
    return PROVIDER.open_page(order, a_redsys(**keys))


def test_the_page_is_a_form_with_our_amount_for_the_banks_address() -> None:
    page = opened(an_order())

    assert page.url == "https://sis.redsys.es/sis/realizarPago"
    assert page.fields is not None
    assert page.fields["Ds_SignatureVersion"] == "HMAC_SHA512_V2"
    asked = json.loads(decoded(page.fields["Ds_MerchantParameters"]))
    assert asked == {
        "DS_MERCHANT_AMOUNT": "121000",
        "DS_MERCHANT_CURRENCY": "978",
        "DS_MERCHANT_ORDER": page.reference,
        "DS_MERCHANT_MERCHANTCODE": "999008881",
        "DS_MERCHANT_TERMINAL": "1",
        "DS_MERCHANT_TRANSACTIONTYPE": "0",
        "DS_MERCHANT_MERCHANTURL": "https://saldo.example/webhooks/redsys",
        "DS_MERCHANT_URLOK": "https://saldo.example/p/return?checkout=chk_1",
        "DS_MERCHANT_URLKO": "https://saldo.example/p/return?checkout=chk_1",
        "DS_MERCHANT_MERCHANTDATA": "chk_1",
        "DS_MERCHANT_PRODUCTDESCRIPTION": "Talleres Ibáñez · F-1",
        "DS_MERCHANT_TITULAR": "Peñarroya",
        "DS_MERCHANT_CONSUMERLANGUAGE": "1",
    }


@pytest.mark.parametrize("version", ["HMAC_SHA512_V2", "HMAC_SHA512_V1", "HMAC_SHA256_V1"])
def test_the_form_is_signed_in_the_version_that_is_agreed_on(version: str) -> None:
    page = opened(an_order(), signature_version=version)

    assert page.fields is not None
    parameters = page.fields["Ds_MerchantParameters"].encode()
    known = get_signer(SECRET, version).sign(page.reference, parameters).decode()
    assert (page.fields["Ds_SignatureVersion"], page.fields["Ds_Signature"]) == (version, known)


def test_an_order_number_is_new_for_each_checkout_and_the_same_for_its_repetition() -> None:
    numbers = [order_number(f"chk_{number}") for number in range(2_000)]

    assert len(set(numbers)) == 2_000
    assert order_number("chk_7") == numbers[7]
    for number in numbers:
        assert len(number) == 12
        assert number[:4].isdecimal()
        assert number.isascii()
        assert number.isalnum()


def test_a_form_is_never_handed_out_twice_because_its_order_is_good_for_one_try() -> None:
    expires_at = opened(an_order(expires_at=NOON + LASTS)).expires_at

    # An open checkout is used again while it lasts longer than half of its time.
    assert expires_at == NOON + timedelta(minutes=30)
    assert expires_at <= NOON + LASTS / 2


def test_a_repeated_order_is_refused_by_the_bank_and_said_so() -> None:
    assert fact_of(Ds_Response="9051").detail == "Número de pedido repetido (Redsys 9051)"


@pytest.mark.parametrize(
    "keys", [{"secret_key": "nonsense", "signature_version": "HMAC_SHA256_V1"},
             {"signature_version": "HMAC_MD5"}]
)  # fmt: skip
def test_without_proper_keys_there_is_no_page(keys: dict[str, str]) -> None:
    with pytest.raises(ProviderRefused):
        opened(an_order(), **keys)


def test_the_terminal_is_looked_at_as_far_as_that_can_be_done() -> None:
    check = PROVIDER.check
    assert check is not None

    assert check(a_redsys()) == "999008881-1"
    for wrong in (
        {"merchant_code": "FUC"},
        {"terminal": "0"},
        {"terminal": "x"},
        {"secret_key": "nonsense"},
        {"signature_version": "HMAC_MD5"},
    ):
        with pytest.raises(ProviderRefused):
            check(a_redsys(**wrong))


def test_the_bank_has_no_list_and_its_forms_cannot_be_called_back() -> None:
    assert PROVIDER.listed is None
    assert PROVIDER.listed_facts is None
    assert PROVIDER.close_page is None


def test_the_stored_event_is_the_form_as_it_came() -> None:
    fields = fields_of(a_result())

    stored = parse_qs(event_of(a_result()).raw)

    assert stored == {name: [value] for name, value in fields.items()}
