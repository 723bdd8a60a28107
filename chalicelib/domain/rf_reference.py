"""Creditor references (ISO 11649): an invoice's number with check digits, for bank transfers.

A reference of ours is made from the number alone and can be read back, so nothing is stored:
``A-000127`` gives ``RF..A000000127``, the series and the sequence in nine digits. A number that
was given elsewhere has any form; then the body is a digest of it, longer than all of ours.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from chalicelib.domain.iban import mod_97

LONGEST_BODY: Final = 21
_OURS: Final = re.compile(r"([A-Z0-9]{1,10})-([0-9]{6,9})")
_BODY: Final = re.compile(r"([A-Z0-9]{1,11})([0-9]{9})")
_REFERENCE: Final = re.compile(r"RF([0-9]{2})([A-Z0-9]{1,21})")
_IN_TEXT: Final = re.compile(
    r"(?<![A-Z0-9])(?=(RF ?[0-9] ?[0-9](?: ?[A-Z0-9]){1,21}))", re.IGNORECASE
)
_LEADING: Final = re.compile(r"X*0")  # see _series_in_body
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def rf_reference(number: str) -> str:
    """Return the reference of an invoice with this number, in its canonical form."""
    ours = _OURS.fullmatch(number)
    if ours is None or ours[2] != f"{int(ours[2]):06d}":
        return with_check_digits(digest_of(number))
    return with_check_digits(f"{_series_in_body(ours[1])}{int(ours[2]):09d}")


def with_check_digits(body: str) -> str:
    """Return ``RF``, two check digits and the body, which has no leading zero."""
    return f"RF{98 - mod_97(f'{body}RF00'):02d}{body}"


def digest_of(number: str) -> str:
    """Return 21 letters that stand for a number of any form; ours have 20 at most.

    The first is a letter, so that none is lost as a leading zero.
    """
    value = int.from_bytes(hashlib.sha256(number.strip().upper().encode()).digest())
    letters = []
    for _ in range(LONGEST_BODY - 1):
        value, rest = divmod(value, 36)
        letters.append(_DIGITS[rest])
    return f"N{''.join(letters)}"


def parse_reference(text: str) -> str | None:
    """Return the canonical form of a reference; None for what is none.

    Capitals, no spaces, and no zeros after the check digits: they change nothing, so
    ``RF18000000000539007547034`` is ``RF18539007547034``.
    """
    match = _REFERENCE.fullmatch("".join(text.split()).upper())
    if match is None or not match[2].strip("0"):
        return None
    if mod_97(f"{match[2]}RF{match[1]}") != 1:
        return None
    return f"RF{match[1]}{match[2].lstrip('0')}"


def number_of(reference: str) -> str | None:
    """Return the number that a canonical reference of ours was made from; None if it is not."""
    body = _BODY.fullmatch(reference[4:])
    if body is None:
        return None
    series = body[1].removeprefix("X") if re.match(r"X+0", body[1]) else body[1]
    number = f"{series}-{int(body[2]):06d}"
    return number if _OURS.fullmatch(number) and rf_reference(number) == reference else None


def references_in(text: str) -> tuple[str, ...]:
    """Return the references that a free text contains, such as the remittance text of a bank.

    A reference may be cut into groups, and other words may follow it: the longest beginning that
    ends where a group ends and whose check digits are right is taken.
    """
    found = (next(_beginnings(match[1]), None) for match in _IN_TEXT.finditer(text))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _beginnings(text: str) -> Iterator[str]:
    groups = text.split()
    for count in range(len(groups), 0, -1):
        reference = parse_reference("".join(groups[:count]))
        if reference is not None:
            yield reference


def grouped_reference(reference: str) -> str:
    """Return a reference in groups of four, as on paper."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def _series_in_body(series: str) -> str:
    """Return a series so that its leading zeros are not lost: ``007`` as ``X007``.

    Then ``X007`` itself must be ``XX007``, and so on: no two series look alike.
    """
    return f"X{series}" if _LEADING.match(series) else series
