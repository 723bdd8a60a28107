"""Amounts as people type them: which sums of minor units they may mean."""

import re
from typing import Final

_TYPED: Final = re.compile(r"(\d{1,3}(?:[.,' ]\d{3})+|\d{1,12})(?:[.,](\d{2}))?")
_DECIMALS: Final = 2  # of all but a few currencies


def amounts_meant(text: str) -> tuple[int, ...]:
    """Return the minor units that a typed amount may stand for.

    ``1.234,56`` and ``1,234.56`` are 123456. Without decimals, ``1500`` is 1,500.00, or 1,500 in a
    currency that has none. Nothing for text that is no amount.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return ()
    whole, decimals = match.groups()
    units = int(re.sub(r"\D", "", whole))
    if decimals is not None:
        return (units * 10**_DECIMALS + int(decimals),)
    return (units * 10**_DECIMALS, units)
