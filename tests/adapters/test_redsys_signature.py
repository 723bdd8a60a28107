"""Our signatures against python-redsys, openssl, and one that the bank itself has made."""

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redsys.clients import RedirectClient

from chalicelib.adapters.providers.errors import SignatureInvalid
from chalicelib.adapters.providers.port import Notification, Setup
from chalicelib.adapters.providers.redsys import PROVIDER
from chalicelib.adapters.providers.redsys_signature import VERSIONS, decoded, digest, signed
from tests.adapters.redsys_bodies import (
    SECRET,
    a_redsys,
    a_result,
    fields_of,
    notified,
    told,
)
from tests.builders import NOON

OTHER = "bXVlc3RyYS1kZS1jbGF2ZS1kZS0yNGI="


def accepted(notification: Notification, setup: Setup | None = None) -> bool:
    try:
        PROVIDER.verify(notification, setup or a_redsys(), NOON)
    except SignatureInvalid:
        return False
    return True


def refusal(notification: Notification, setup: Setup | None = None) -> str:
    with pytest.raises(SignatureInvalid) as refused:
        PROVIDER.verify(notification, setup or a_redsys(), NOON)
    return str(refused.value)


def sdk_accepts(fields: dict[str, str]) -> bool:
    try:
        RedirectClient(SECRET).parse_response(dict(fields))
    except ValueError:
        return False
    return True


def test_what_the_bank_itself_has_signed_is_accepted() -> None:
    # A denied payment at Redsys' public test shop, as its test environment put it on the KO URL.
    said = {
        "Ds_Date": "26%2F06%2F2018", "Ds_Hour": "11%3A05", "Ds_SecurePayment": "0",
        "Ds_Amount": "30000", "Ds_Currency": "978", "Ds_Order": "545807-84110",
        "Ds_MerchantCode": "999008881", "Ds_Terminal": "001", "Ds_Response": "0180",
        "Ds_TransactionType": "0", "Ds_MerchantData": "", "Ds_AuthorisationCode": "++++++",
        "Ds_Card_Number": "411111******1111", "Ds_ConsumerLanguage": "1", "Ds_Card_Country": "0",
    }  # fmt: skip
    fields = {
        "Ds_SignatureVersion": "HMAC_SHA256_V1",
        "Ds_MerchantParameters": b64encode(
            json.dumps(said, separators=(",", ":")).encode()
        ).decode(),
        "Ds_Signature": "TjK73kWi1J9TGwa9_fhOB3br8h7fX9617hEGtjU4VDo=",
    }

    assert accepted(notified(fields))
    assert not accepted(
        notified(fields | {"Ds_Signature": "TjK73kWi1J9TGwa9_fhOB3br8h7fX9617hEGtjU4VDp="})
    )


@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("HMAC_SHA256_V1", "/CbL2YcpthlgHhlbayCQu7rJ3G4tAw4E9NJfkqRqSYo="),
        (
            "HMAC_SHA512_V1",
            "1aDxKOLr0/rv2kG08Eaf5Ga18mHl/8o6phO4Z9O54f0uHteRy4Jn8T9Rc9dnoje9KIO2RWF7bG619Y5g+oBJ+Q==",
        ),
    ],
)
def test_openssl_makes_the_same_signatures(version: str, known: str) -> None:
    # openssl enc -des-ede3-cbc | openssl dgst -sha256, and -aes-128-cbc | dgst -sha512
    parameters = b64encode(b'{"Ds_Order":"0446T1012"}').decode()

    assert b64encode(digest(version, SECRET, "0446T1012", parameters)).decode() == known


@pytest.mark.parametrize("version", VERSIONS)
def test_what_the_sdk_signs_is_accepted_and_one_changed_byte_is_not(version: str) -> None:
    fields = fields_of(a_result(), version)

    assert accepted(notified(fields))
    assert sdk_accepts(fields)
    for name in ("Ds_MerchantParameters", "Ds_Signature"):
        for place in (3, len(fields[name]) // 2):
            other = "A" if fields[name][place] != "A" else "B"
            changed = fields | {name: fields[name][:place] + other + fields[name][place + 1 :]}
            assert not accepted(notified(changed))
            assert not sdk_accepts(changed)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("order", ["0446", "04461012", "0446T101", "0446ABCD1012"])
def test_what_we_sign_the_sdk_accepts_whatever_the_order_has_to_be_filled_up_to(
    version: str, order: str
) -> None:
    result = json.dumps(a_result(Ds_Order=order)).encode()

    fields = signed(version, SECRET, order, result)

    assert sdk_accepts(fields)
    assert RedirectClient(SECRET).parse_response(dict(fields)).order == order


@pytest.mark.parametrize("version", VERSIONS)
def test_our_form_is_the_form_of_the_sdk(version: str) -> None:
    theirs = (
        RedirectClient(SECRET, merchant_code="999008881", terminal=1, signature_version=version)
        .payment(order="0446T1012", amount=10, currency=978)
        .to_dict()
    )

    ours = signed(version, SECRET, "0446T1012", decoded(theirs["Ds_MerchantParameters"]))

    assert ours == theirs


@given(st.binary(min_size=1, max_size=40), st.integers(min_value=0))
def test_one_changed_bit_is_refused(noise: bytes, position: int) -> None:
    fields = fields_of(a_result())
    content = bytearray(decoded(fields["Ds_MerchantParameters"]))
    content[position % len(content)] ^= 1 << (position % 8)
    changed = urlsafe_b64encode(bytes(content)).decode().rstrip("=")

    assert not accepted(notified(fields | {"Ds_MerchantParameters": changed}))
    assert not accepted(notified(fields | {"Ds_Signature": urlsafe_b64encode(noise).decode()}))


def test_both_alphabets_of_base64_are_the_same_signature() -> None:
    fields = fields_of(a_result(Ds_AuthorisationCode="9"), "HMAC_SHA512_V1")
    standard = fields["Ds_Signature"].translate(str.maketrans("-_", "+/"))

    assert standard != fields["Ds_Signature"]
    for signature in (standard, standard.rstrip("="), fields["Ds_Signature"].rstrip("=")):
        assert accepted(notified(fields | {"Ds_Signature": signature}))


def test_a_plus_that_a_form_made_a_blank_is_still_a_plus() -> None:
    fields = fields_of(a_result(Ds_AuthorisationCode="9"), "HMAC_SHA512_V1")
    standard = fields["Ds_Signature"].translate(str.maketrans("-_", "+/"))
    raw = "&".join(
        f"{name}={value}" for name, value in (fields | {"Ds_Signature": standard}).items()
    )

    assert "+" in standard
    assert accepted(Notification(raw.encode(), {}, {}))


def test_another_spelling_of_the_same_bytes_is_refused() -> None:
    fields = fields_of(a_result(), "HMAC_SHA256_V1")
    last = fields["Ds_Signature"].rstrip("=")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = last[:-1] + alphabet[alphabet.index(last[-1]) ^ 1]

    assert not accepted(notified(fields | {"Ds_Signature": twin}))


@pytest.mark.parametrize("version", ["HMAC_SHA1_V1", "HMAC_MD5", "none", "", "hmac_sha256_v1"])
def test_a_message_cannot_choose_a_version_that_is_not_known(version: str) -> None:
    assert not accepted(notified(fields_of(a_result()) | {"Ds_SignatureVersion": version}))


def test_where_one_version_is_agreed_on_the_others_are_refused() -> None:
    setup = a_redsys(signature_version="HMAC_SHA512_V2")

    assert accepted(told(a_result(), "HMAC_SHA512_V2"), setup)
    assert "not agreed on" in refusal(told(a_result(), "HMAC_SHA256_V1"), setup)
    assert "not agreed on" in refusal(told(a_result(), "HMAC_SHA512_V1"), setup)


def test_another_key_is_refused_and_during_a_rotation_either_will_do() -> None:
    theirs = told(a_result(), secret=OTHER)

    assert "No secret key" in refusal(theirs)
    assert accepted(theirs, a_redsys(OTHER))
    assert accepted(told(a_result()), a_redsys(OTHER))
    assert accepted(theirs, a_redsys("no key", OTHER))


@pytest.mark.parametrize("version", VERSIONS)
def test_without_a_key_everything_is_refused(version: str) -> None:
    assert "No usable" in refusal(told(a_result(), version), a_redsys(secret_key=""))


def test_what_another_merchant_was_paid_is_refused() -> None:
    theirs = told(a_result(Ds_MerchantCode="100000001"))

    assert "another merchant" in refusal(theirs)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"Ds_SignatureVersion=HMAC_SHA512_V2",
        b"Ds_SignatureVersion=HMAC_SHA512_V2&Ds_MerchantParameters=&Ds_Signature=",
        b"Ds_SignatureVersion=HMAC_SHA512_V2&Ds_MerchantParameters=e30&Ds_Signature=%C3%B1",
        b"Ds_SignatureVersion=HMAC_SHA512_V2&Ds_MerchantParameters=W10&Ds_Signature=AAAA",
        b"Ds_SignatureVersion=HMAC_SHA512_V2&Ds_MerchantParameters=bm8&Ds_Signature=AAAA",
        b"&".join([b"a=1"] * 40),
        b"Ds_SignatureVersion=HMAC_SHA512_V2&Ds_Signature=AAAA&Ds_MerchantParameters="
        + b"A" * 30_000,
    ],
)
def test_what_is_no_signed_form_is_refused(raw: bytes) -> None:
    assert not accepted(Notification(raw, {}, {}))


def test_a_field_that_comes_twice_is_refused() -> None:
    good = told(a_result()).raw

    assert not accepted(Notification(good + b"&Ds_Signature=AAAA", {}, {}))


@pytest.mark.parametrize("secret", ["", "short", "ñ" * 32, "A" * 24, "A" * 36])
def test_a_key_of_another_shape_signs_nothing(secret: str) -> None:
    with pytest.raises(ValueError, match="secret key"):
        digest("HMAC_SHA256_V1", secret, "0446", "e30")
