"""The questions about imports that indexes answer."""

from datetime import datetime

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.import_run import Import, ImportedNumber
from chalicelib.usecases.ports import Listing


def imports() -> Listing[Import]:
    """Return all imports, newest first."""
    return Listing(Import, "imports", newest_first=True)


def imports_busy(before: datetime) -> Listing[Import]:
    """Return the imports that a chore works on and that have not moved since an instant."""
    return Listing(Import, "imports_busy", before=rfc3339(before))


def imported_references(prefix: str) -> Listing[ImportedNumber]:
    """Return invoices issued elsewhere whose creditor reference begins so; its check digits do."""
    return Listing(ImportedNumber, "imported_references", (prefix[:4],), prefix=prefix)


def imported_numbers(prefix: str) -> Listing[ImportedNumber]:
    """Return invoices issued elsewhere whose number, folded, begins so; two characters at least."""
    return Listing(ImportedNumber, "imported_numbers", (prefix[:2],), prefix=prefix)
