"""Notifications of Redsys as its test environment sends them, signed by python-redsys."""

import json
from base64 import b64encode, urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

from redsys.crypto import get_signer

from chalicelib.adapters.providers.port import Notification, Setup
from tests.adapters.setups import a_setup

SECRET = "sq7HjrUOBfKmC576ILgskD5srU870gJ7"
"""The key of Redsys' public test shop, 999008881."""


def a_redsys(*secrets: str, **keys: str) -> Setup:
    """Return the setup of the test shop."""
    known = {"merchant_code": "999008881", "terminal": "1", "secret_key": SECRET}
    return a_setup(*secrets, url="https://sis.redsys.es", **(known | keys))


def a_result(**changes: Any) -> dict[str, Any]:
    """Return what the bank says of an order that was paid; its values are URL-encoded."""
    result = {
        "Ds_Date": "02%2F03%2F2026",
        "Ds_Hour": "12%3A00",
        "Ds_SecurePayment": "1",
        "Ds_Amount": "100000",
        "Ds_Currency": "978",
        "Ds_Order": "0446T1012",
        "Ds_MerchantCode": "999008881",
        "Ds_Terminal": "001",
        "Ds_Response": "0000",
        "Ds_TransactionType": "0",
        "Ds_MerchantData": "chk_1",
        "Ds_AuthorisationCode": "714902",
        "Ds_ConsumerLanguage": "1",
        "Ds_Card_Country": "724",
        "Ds_Card_Brand": "1",
        "Ds_ProcessedPayMethod": "78",
    }
    return result | changes


def a_refund(amount: int, hour: str = "13%3A00", **changes: Any) -> dict[str, Any]:
    """Return what the bank says of a refund."""
    refund = {
        "Ds_TransactionType": "3",
        "Ds_Response": "0900",
        "Ds_Amount": str(amount),
        "Ds_Hour": hour,
        "Ds_AuthorisationCode": "714903",
    }
    return a_result(**(refund | changes))


def fields_of(
    result: dict[str, Any], version: str = "HMAC_SHA512_V2", secret: str = SECRET
) -> dict[str, str]:
    """Return the three signed fields."""
    content = json.dumps(result).encode()
    is_v2 = version == "HMAC_SHA512_V2"
    parameters = urlsafe_b64encode(content).rstrip(b"=") if is_v2 else b64encode(content)
    signature = get_signer(secret, version).sign(str(result.get("Ds_Order", "")), parameters)
    return {
        "Ds_SignatureVersion": version,
        "Ds_MerchantParameters": parameters.decode(),
        # It answers in the URL-safe alphabet even where requests are signed in the standard one.
        "Ds_Signature": signature.decode().translate(str.maketrans("+/", "-_")),
    }


def notified(fields: dict[str, str]) -> Notification:
    """Return the request that brings these fields."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Notification(urlencode(fields).encode(), headers, {})


def told(
    result: dict[str, Any], version: str = "HMAC_SHA512_V2", secret: str = SECRET
) -> Notification:
    """Return the notification of a result."""
    return notified(fields_of(result, version, secret))
