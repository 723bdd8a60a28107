"""Ids of what lives with an invoice: they name it, so that one key leads to the record."""

from typing import Final

_PARTS: Final = 3


def name_on_invoice(prefix: str, invoice_id: str, fresh: str) -> str:
    """Return ``prefix_invoice_fresh``: the id of a dispute, credit note or the like."""
    return f"{prefix}_{invoice_id.removeprefix('inv_')}_{fresh[-8:]}"


def invoice_of(name: str) -> str:
    """Return the id of the invoice that such an id names; empty when it is no such id."""
    parts = name.split("_")
    return f"inv_{parts[1]}" if len(parts) == _PARTS else ""
