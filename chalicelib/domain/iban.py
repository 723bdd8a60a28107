"""Account numbers: whether an IBAN can be one (ISO 13616), by length and check digits."""

import re
from typing import Final

_FORM: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_REGISTRY: Final = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 "
    "DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 "
    "HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 "
    "MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 "
    "RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 "
    "VA22 VG24 XK20 YE30"
)
"""Letters by country, as SWIFT registered them. A country that is not here has no IBANs."""
_LENGTHS: Final = {one[:2]: int(one[2:]) for one in _REGISTRY.split()}


def is_iban(text: str) -> bool:
    """Tell whether a text without spaces, in capitals, can be an account's number."""
    if not _FORM.fullmatch(text) or _LENGTHS.get(text[:2]) != len(text):
        return False
    return 2 <= int(text[2:4]) <= 98 and mod_97(text[4:] + text[:4]) == 1  # noqa: PLR2004


def mod_97(text: str) -> int:
    """Return the remainder by 97 of letters and digits, a letter read as 10 to 35 (ISO 7064)."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97
