"""Numbers without gap, and the hash chain over issued documents."""

import hashlib
import json
import re
from datetime import date
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.errors import InvalidField, StateConflict
from chalicelib.domain.invoice import Invoice

Documents = Literal["invoices", "credit_notes"]
GENESIS: Final = "0" * 64
_SERIES = re.compile(r"[A-Z0-9]{1,10}")


class Series(Record):
    """A sequence of documents. ``next_number`` is the one the next document will get.

    Spain, RD 1619/2012 art. 6.1.a: numbering within each series is correlative. Dates never go
    back within a series, so that the numbers are in the order of the dates.
    """

    kind: ClassVar[str] = "series"

    code: str
    next_number: int = 1
    last_hash: str = GENESIS
    last_date: date | None = None
    holds: Documents = "invoices"


class RegisterEntry(Record):
    """The place of one issued document in its series: which number it has, and its link."""

    kind: ClassVar[str] = "register_entry"

    series: str
    sequence: int
    number: str
    invoice_id: str
    credit_note_id: str | None = None
    customer_id: str
    customer_name: str
    total_minor: int
    currency: str
    issue_date: date
    previous_hash: str
    hash: str


def parse_series(code: str) -> str:
    """Return a series code, or InvalidField: one to ten capital letters and digits."""
    if not _SERIES.fullmatch(code):
        raise InvalidField(
            "/series", "A series is 1 to 10 capital letters or digits.", field_code="series_code"
        )
    return code


def format_number(series: str, sequence: int) -> str:
    """Return the number as printed: ``A-000001``."""
    return f"{series}-{sequence:06d}"


def require_order(series: Series, issue_date: date) -> None:
    """StateConflict when this date lies before that of the last document of the series."""
    if series.last_date is not None and issue_date < series.last_date:
        raise StateConflict(
            f"Series {series.code} already has a document of {series.last_date}; "
            f"a document of {issue_date} cannot follow it. Use a later date or another series.",
            code="series_order",
        )


def require_kind(series: Series, wanted: Documents) -> None:
    """StateConflict when the series numbers the other kind of document.

    Spain, RD 1619/2012 art. 6.1.a: corrective invoices have a series of their own.
    """
    if series.next_number > 1 and series.holds != wanted:
        raise StateConflict(
            f"Series {series.code} numbers {series.holds.replace('_', ' ')}; use another.",
            code="series_of_other_kind",
        )


def link(document: Invoice | CreditNote, previous_hash: str) -> str:
    """Return the SHA-256 that binds this document to the one before it in its series.

    Over what a later change would falsify: seller, customer, number, dates, lines, totals.
    """
    frozen = document.model_dump(
        mode="json",
        include={
            "id", "number", "series", "sequence", "issue_date", "due_date", "currency",
            "customer_id", "customer", "seller", "lines", "taxes", "net_minor", "tax_minor",
            "total_minor", "invoice_id", "invoice_number", "reason",
        },
    )  # fmt: skip
    text = json.dumps([previous_hash, frozen], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
