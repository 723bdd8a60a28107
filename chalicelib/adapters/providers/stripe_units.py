"""Stripe's amounts in ISO 4217 minor units. The two agree for most currencies, not for all.

See https://docs.stripe.com/currencies: zero-decimal currencies are charged in whole units; ISK and
UGX have none in ISO, but Stripe keeps two (always 00) for them; MGA has two in ISO, none at Stripe.
"""

from typing import Final

from chalicelib.domain.money import exponent_of

_NO_DECIMALS: Final = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
_THREE_DECIMALS: Final = "BHD JOD KWD OMR TND"
_STRIPE_DECIMALS: Final = {
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(_THREE_DECIMALS.split(), 3),
}
_USUAL_DECIMALS: Final = 2


def to_minor(amount: int, currency: str) -> int:
    """Return the amount in ISO minor units. ValueError when that would not be exact."""
    refused = f"{amount} in Stripe's units is no whole amount of {currency}."
    return _shifted(amount, _shift(currency), refused)


def from_minor(amount_minor: int, currency: str) -> int:
    """Return an amount as Stripe charges it. ValueError for one that Stripe cannot charge."""
    refused = f"Stripe cannot charge {amount_minor} minor units of {currency}."
    amount = _shifted(amount_minor, -_shift(currency), refused)
    if currency in _THREE_DECIMALS.split() and amount % 10:
        raise ValueError(refused)
    return amount


def _shift(currency: str) -> int:
    return exponent_of(currency) - _STRIPE_DECIMALS.get(currency, _USUAL_DECIMALS)


def _shifted(amount: int, shift: int, refused: str) -> int:
    if shift >= 0:
        return int(amount * 10**shift)
    shifted, rest = divmod(amount, 10**-shift)
    if rest:
        raise ValueError(refused)
    return shifted
