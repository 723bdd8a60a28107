"""Tax in a part of an amount: by rate, to the cent, so that the parts add up to the whole."""

from collections.abc import Sequence
from decimal import Decimal

from chalicelib.domain.invoice import TaxTotal
from chalicelib.domain.money import round_half_up, split


def of_gross(gross_minor: int, taxes: Sequence[TaxTotal]) -> tuple[tuple[Decimal, int], ...]:
    """Return the tax of each rate that is in a gross amount of a document with these taxes.

    The gross is divided over the rates in proportion to their own gross; the tax of each part is
    in proportion to its part, rounded half up. A negative gross gives the negative of it.
    """
    if gross_minor < 0:
        return tuple((rate, -tax) for rate, tax in of_gross(-gross_minor, taxes))
    counted = [one for one in taxes if one.base_minor + one.tax_minor > 0]
    if not counted or not gross_minor:
        return ()
    grosses = [one.base_minor + one.tax_minor for one in counted]
    parts = split(gross_minor, grosses)
    return tuple(
        (one.rate, round_half_up(Decimal(part * one.tax_minor) / Decimal(gross)))
        for one, part, gross in zip(counted, parts, grosses, strict=True)
        if one.tax_minor
    )
