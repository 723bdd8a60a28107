"""Numbers of invoices issued elsewhere: taken once and for ever, and never given again by us."""

import re
from typing import Final

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.import_identity import folded_code
from chalicelib.domain.import_run import ImportedNumber
from chalicelib.domain.numbering import Series, format_number
from chalicelib.usecases.import_listings import imported_numbers
from chalicelib.usecases.ports import Ports, Ref, Require, Write

_OURS: Final = re.compile(r"([A-Z0-9]{1,10})-[0-9]{6,9}")
"""As ``format_number`` writes them."""


def imported_number_ref(key: str) -> Ref[ImportedNumber]:
    """Return the key under which the number of an invoice issued elsewhere is taken."""
    return Ref(ImportedNumber, (key,))


def series_like(number: str) -> str | None:
    """Return the code of the series of ours to which a number would belong."""
    found = _OURS.fullmatch(number.upper().strip())
    return found.group(1) if found else None


def beginning(ports: Ports, series: Series) -> list[Write]:
    """Return what the first document of a series insists on: that its number was not imported.

    StateConflict when numbers of this series were imported. Nothing, and no read, for a series that
    has begun: no number of it can be imported.
    """
    if series.next_number > 1:
        return []
    if ports.store.records(imported_numbers(folded_code(f"{series.code}-"))):
        raise StateConflict(
            f"Invoices with numbers like {format_number(series.code, 1)} were imported; "
            "use another series.",
            code="series_imported",
        )
    return [Require(imported_number_ref(folded_code(format_number(series.code, 1))), None)]
