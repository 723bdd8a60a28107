"""What an EPC QR code says (EPC069-12, version 2): a SEPA transfer that an app fills in."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from chalicelib.domain.iban import is_iban
from chalicelib.domain.money import major
from chalicelib.domain.rf_reference import rf_reference

MOST_BYTES: Final = 331
_LONGEST_NAME: Final = 70
_LONGEST_TEXT: Final = 140
_MOST_MINOR: Final = 99_999_999_999


class Remittance(NamedTuple):
    """What the payer's bank passes on: a reference, or a text in its place. Never both."""

    reference: str = ""
    text: str = ""


def remittance_for(numbers: Sequence[str], *, instead: str = "") -> Remittance:
    """Return what a transfer for these invoices says.

    For one its reference, which a program reads without doubt. For several their numbers, as many
    as there is room for and none cut in two: each can be looked up, and the sum says whether more
    is meant. ``instead`` where there is none.
    """
    if len(numbers) == 1:
        return Remittance(reference=rf_reference(numbers[0]))
    text = ""
    for number in numbers:
        longer = f"{text} {number}".strip()
        if len(longer) > _LONGEST_TEXT:
            break
        text = longer
    return Remittance(text=text or instead[:_LONGEST_TEXT])


def epc_payload(
    *, name: str, iban: str, amount_minor: int, currency: str, remittance: Remittance
) -> str | None:
    """Return the text of the code, or None where there is none.

    That is for another currency than the euro, an account number that is none, an amount beyond
    the standard, or more bytes than a code has room for.
    """
    bare = iban.replace(" ", "").upper()
    holder = _one_line(name)[:_LONGEST_NAME].strip()
    if currency != "EUR" or not is_iban(bare) or not holder:
        return None
    if not 0 < amount_minor <= _MOST_MINOR:
        return None
    text = _one_line(remittance.text)[:_LONGEST_TEXT]
    lines = (
        "BCD", "002", "1", "SCT", "", holder, bare, _amount(amount_minor), "",
        remittance.reference, text,
    )  # fmt: skip
    payload = "\n".join(lines).rstrip("\n")
    return payload if len(payload.encode()) <= MOST_BYTES else None


def _amount(amount_minor: int) -> str:
    return f"EUR{major(amount_minor, 'EUR'):f}".rstrip("0").rstrip(".")


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
