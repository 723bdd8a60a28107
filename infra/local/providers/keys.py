"""With which keys the local cloud and its stand-ins of payment providers know each other.

They protect nothing: both sides are on this machine. Each is of the shape that the real one has.
"""

from typing import Final

SECRETS: Final = {
    "stripe": "whsec_local",
    "mercadopago": "mercadopago_local",
    # A key of 24 bytes in base64, as the bank hands it out.
    "redsys": "c2FsZG8tbG9jYWwtcmVkc3lzLWtleTI0",
    "gocardless": "gocardless_local",
    "wompi": "wompi_local",
    # PayPal signs with a certificate; what is agreed on is the id of the webhook.
    "paypal": "WH-LOCAL",
}
"""What verifies the notifications of each."""

KEYS: Final[dict[str, dict[str, str]]] = {
    "stripe": {"api_key": "sk_test_local"},
    "mercadopago": {"access_token": "TEST-local"},
    "redsys": {"merchant_code": "999008881", "terminal": "1", "secret_key": SECRETS["redsys"]},
    "gocardless": {"access_token": "sandbox_local"},
    "wompi": {
        "public_key": "pub_test_local",
        "private_key": "prv_test_local",
    },
    "paypal": {"client_id": "local", "client_secret": "local", "webhook_id": "WH-LOCAL"},
}
"""What the local company has put in for each, where it has not put in anything else."""


def environment(base_url: str) -> dict[str, str]:
    """The variables that lead to the stand-ins and never to the real providers."""
    secrets = {f"SALDO_{name.upper()}_WEBHOOK_SECRET": text for name, text in SECRETS.items()}
    addresses = {f"SALDO_{name.upper()}_API_URL": f"{base_url}/_local/{name}" for name in SECRETS}
    return secrets | addresses
