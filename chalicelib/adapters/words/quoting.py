"""What a payer is asked to quote, in words: a reference for one invoice, numbers for a few."""

from collections.abc import Sequence
from typing import Final

from chalicelib.adapters.words import Words
from chalicelib.domain.rf_reference import grouped_reference, rf_reference

_NAMED: Final = 3  # whoever types more of them makes mistakes


def what_to_quote(numbers: Sequence[str], words: Words) -> str:
    """Return what to quote with a transfer for the invoices of these numbers."""
    if len(numbers) == 1:
        return grouped_reference(rf_reference(numbers[0]))
    return ", ".join(numbers) if 0 < len(numbers) <= _NAMED else words.reference_of_many
