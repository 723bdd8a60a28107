"""Credit notes as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.api.schemas import credit_notes as bodies
from chalicelib.api.schemas.invoices import Line, Tax
from chalicelib.api.schemas.rows import CreditNoteRow
from chalicelib.domain.credit_note import CreditNote
from chalicelib.usecases.issue_credit_note import Drafted


def credit_note_row(row: Mapping[str, Any]) -> CreditNoteRow:
    """Return a credit note in a list."""
    return CreditNoteRow(**_row(row))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    names = (name for name in CreditNoteRow.model_fields if name != "credit_minor")
    fields = {name: row[name] for name in names}
    return fields | {"credit_minor": row["total_minor"] - row["applied_minor"]}


def credit_note_body(note: CreditNote, warnings: Sequence[str] = ()) -> bodies.CreditNote:
    """Return a credit note."""
    return bodies.CreditNote(
        **_row(note.model_dump() | {"customer_name": note.customer.name}),
        version=note.version,
        lines=[Line(**line.model_dump()) for line in note.lines],
        taxes=[Tax(**tax.model_dump()) for tax in note.taxes],
        hash=note.hash,
        previous_hash=note.previous_hash,
        created_at=note.created_at,
        warnings=list(warnings),
    )


def preview_body(drafted: Drafted) -> bodies.CreditNotePreview:
    """Return what a credit note would come to."""
    note = drafted.note
    return bodies.CreditNotePreview(
        currency=note.currency,
        lines=[Line(**line.model_dump()) for line in note.lines],
        taxes=[Tax(**tax.model_dump()) for tax in note.taxes],
        net_minor=note.net_minor,
        tax_minor=note.tax_minor,
        total_minor=note.total_minor,
        applied_minor=note.applied_minor,
        credit_minor=note.total_minor - note.applied_minor,
        open_after_minor=drafted.invoice.open_minor - note.applied_minor,
    )
