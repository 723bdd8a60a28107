"""The journal as a file for the accountant: a line a leg, debit = credit, totals at the end.

UTF-8 with a byte order mark, so that spreadsheets read the accents. In Spanish semicolons and
decimal commas, as spreadsheets there expect; in English commas and decimal points.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Final

from chalicelib.domain.customer import Language
from chalicelib.domain.journal_words import ACCOUNTS, HEADINGS, KINDS, TOTAL
from chalicelib.domain.money import major

_SEPARATORS: Final[dict[Language, str]] = {"es": ";", "en": ","}
_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a cell would be a formula to a spreadsheet. Names and references come from others."""


@dataclass(frozen=True)
class JournalLeg:
    """One side of an entry: debit is positive; minor units. ``rate`` on tax alone."""

    account: str
    amount_minor: int
    rate: Decimal | None = None


@dataclass(frozen=True)
class JournalEntry:
    """An entry as the journal has it, with balanced legs."""

    day: date
    customer_id: str
    customer_name: str
    currency: str
    sequence: int
    kind: str
    document: str | None
    legs: Sequence[JournalLeg]

    @property
    def name(self) -> str:
        """What the entry is called in the file: customer, currency, sequence."""
        return f"{self.customer_id}#{self.currency}#{self.sequence}"

    @property
    def place(self) -> tuple[date, str, str, int]:
        """Where it stands in the file."""
        return self.day, self.customer_id, self.currency, self.sequence


def journal_csv(
    entries: Iterable[JournalEntry], chart: Mapping[str, str], language: Language
) -> bytes:
    """Return the file. ``chart`` maps the names of accounts to the company's own numbers."""
    text = StringIO()
    writer = csv.writer(text, delimiter=_SEPARATORS[language], lineterminator="\r\n")
    writer.writerow(HEADINGS[language])
    sums: dict[str, list[int]] = {}
    for entry in sorted(entries, key=lambda one: one.place):
        beginning = _beginning(entry, language)
        both = sums.setdefault(entry.currency, [0, 0])
        for leg in entry.legs:
            writer.writerow([*beginning, *_side(entry.currency, leg, chart, language)])
            both[leg.amount_minor < 0] += abs(leg.amount_minor)
    for currency, (debit, credit) in sorted(sums.items()):
        amounts = [_amount(each, currency, language) for each in (debit, credit)]
        writer.writerow([TOTAL[language], *[""] * 6, *amounts, currency, ""])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _beginning(entry: JournalEntry, language: Language) -> list[str]:
    return [
        entry.day.isoformat(),
        entry.name,
        KINDS[language].get(entry.kind, entry.kind),
        _plain(entry.document or ""),
        _plain(entry.customer_name),
    ]


def _side(
    currency: str, leg: JournalLeg, chart: Mapping[str, str], language: Language
) -> list[str]:
    amount = _amount(abs(leg.amount_minor), currency, language)
    return [
        _plain(chart[leg.account]),
        ACCOUNTS[language][leg.account],
        *((amount, "") if leg.amount_minor > 0 else ("", amount)),
        currency,
        "" if leg.rate is None else _decimal(f"{leg.rate.normalize():f}", language),
    ]


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _amount(amount_minor: int, currency: str, language: Language) -> str:
    return _decimal(f"{major(amount_minor, currency):f}", language)


def _decimal(text: str, language: Language) -> str:
    return text.replace(".", ",") if language == "es" else text
