"""Find an invoice or credit note by its number or amount, a customer by a word of its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.domain.amounts import amounts_meant
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.import_identity import folded_code
from chalicelib.domain.rf_reference import number_of, parse_reference
from chalicelib.domain.search_text import normal
from chalicelib.usecases.import_listings import imported_numbers, imported_references
from chalicelib.usecases.listings import all_series, register_by_amount, register_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.read_customers import MOST_HITS, search_names

_NUMBER = re.compile(r"(?:([A-Za-z0-9]{1,10})-)?0*([0-9]{1,9})")
SHOWN = 8
MAX_SERIES = 5  # the series that a bare number is looked up in


@dataclass(frozen=True)
class Hit:
    """Something found. ``invoice_id`` is the invoice, or the one that a credit note corrects."""

    what: Literal["invoice", "credit_note", "customer"]
    id: str
    title: str
    detail: str
    invoice_id: str | None = None


def search(ports: Ports, text: str) -> tuple[Hit, ...]:
    """Return documents with this number or total, and customers a word of whose name begins so."""
    documents = (*find_documents(ports, text), *_by_amount(ports, text))
    return (*documents, *_customers(ports, text))[:SHOWN]


def find_documents(ports: Ports, text: str) -> tuple[Hit, ...]:
    """Return the documents with this number: ``A-000012``, ``a-12``, or ``12`` in any series.

    Of invoices that were issued elsewhere, those whose number begins so. A creditor reference
    stands for the number of its invoice.
    """
    reference = parse_reference(text)
    if reference is None:
        return (*_issued(ports, text.strip()), *_imported(ports, text))
    number = number_of(reference)
    if number is not None and (found := _issued(ports, number)):
        return found
    rows = ports.store.rows(imported_references(reference), limit=MOST_HITS).items
    return tuple(_hit(row) for row in rows)


def _imported(ports: Ports, text: str) -> tuple[Hit, ...]:
    key = folded_code(text)
    rows = ports.store.rows(imported_numbers(key), limit=MOST_HITS).items if key else ()
    return tuple(_hit(row) for row in rows)


def _issued(ports: Ports, text: str) -> tuple[Hit, ...]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return ()
    series, digits = match.groups()
    codes = [series.upper()] if series else [one.code for one in ports.store.records(all_series())]
    hits: list[Hit] = []
    for code in codes[:MAX_SERIES]:
        entries = ports.store.records(register_of(code, prefix=f"{int(digits):09d}"))
        hits += [_hit(one.model_dump()) for one in entries]
    return tuple(hits)


def _by_amount(ports: Ports, text: str) -> tuple[Hit, ...]:
    return tuple(
        _hit(row)
        for total_minor in amounts_meant(text)
        for row in ports.store.rows(register_by_amount(total_minor), limit=SHOWN).items
    )


def _hit(entry: Mapping[str, Any]) -> Hit:
    invoice_id, note_id = entry["invoice_id"], entry.get("credit_note_id")
    return Hit(
        what="credit_note" if note_id else "invoice",
        id=note_id or invoice_id,
        title=entry["number"],
        detail=entry["customer_name"],
        invoice_id=invoice_id,
    )


def _customers(ports: Ports, text: str) -> tuple[Hit, ...]:
    words = normal(text).split()
    if not words:
        return ()
    longest = max(words, key=len)
    names = {
        row["customer_id"]: row["name"]
        for row in search_names(ports, longest, limit=MOST_HITS).items
        if row["customer_id"] != UNIDENTIFIED
    }
    return tuple(
        Hit("customer", customer_id, name, "")
        for customer_id, name in names.items()
        if all(any(part.startswith(word) for part in normal(name).split()) for word in words)
    )
