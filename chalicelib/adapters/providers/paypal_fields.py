"""What every reader of PayPal's JSON needs: amounts, instants, the payment that something is of."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from chalicelib.adapters.providers.errors import EventMalformed
from chalicelib.adapters.providers.fields import Fields
from chalicelib.adapters.providers.paypal_api import NAME
from chalicelib.domain.errors import ProviderRefused
from chalicelib.domain.money import exponent_of

WHOLE_ONLY: Final = frozenset({"JPY", "HUF", "TWD"})
"""PayPal takes no decimals of these, though HUF and TWD have two in ISO 4217."""
_TAKEN: Final = """
    AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD
"""
CURRENCIES: Final = frozenset(_TAKEN.split())
"""https://developer.paypal.com/api/rest/reference/currency-codes/"""
_CAPTURE: Final = re.compile(r"/v2/payments/captures/([A-Za-z0-9-]{1,50})$")


def value_of(amount_minor: int, currency: str) -> str:
    """Return an amount as PayPal writes it. ProviderRefused where it takes no such fraction."""
    exponent = exponent_of(currency)
    amount = Decimal(amount_minor).scaleb(-exponent)
    if currency not in WHOLE_ONLY:
        return f"{amount:.{exponent}f}"
    if amount != amount.to_integral_value():
        raise ProviderRefused(NAME, f"it takes no fractions of {currency}")
    return str(int(amount))


def money_in(thing: Fields, name: str) -> tuple[int, str]:
    """Return the amount in ISO minor units, never negative, and the currency of a field."""
    amount = thing.inside(name)
    currency = amount.currency("currency_code")
    return abs(amount.minor_of_major("value", currency)), currency


def last_change_of(thing: Fields) -> datetime:
    """Return when a thing was last changed, as far as PayPal says."""
    return thing.instant("update_time" if thing.thing.get("update_time") else "create_time")


def capture_of(refund: Fields) -> str:
    """Return the capture that a refund gives back; it is in the links only."""
    links = refund.thing.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "up":
            found = _CAPTURE.search(urlsplit(str(link.get("href"))).path)
            if found:
                return found[1]
    raise EventMalformed(NAME, "a refund does not say of which capture it is")
