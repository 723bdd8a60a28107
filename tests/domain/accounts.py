"""Accounts with open items, made by hand, for the rules that need no store."""

from datetime import date
from typing import Any

from chalicelib.domain.account import Account, OpenItem, PendingPayment, pending_until
from tests.builders import at


def an_item(
    number: int, due: str, open_minor: int = 10_000, step_done: int | None = None, **changes: Any
) -> OpenItem:
    """Return an item whose invoice is ``inv_<number>``."""
    fields: dict[str, Any] = {
        "invoice_id": f"inv_{number}",
        "number": f"A-{number:06d}",
        "issue_date": date(2026, 1, 1),
        "due_date": date.fromisoformat(due),
        "total_minor": max(open_minor, 10_000),
        "open_minor": open_minor,
        "step_done": step_done,
    }
    return OpenItem(**(fields | changes))


def an_account(*items: OpenItem, **changes: Any) -> Account:
    """Return an account in euros with these items, oldest first."""
    fields: dict[str, Any] = {
        "customer_id": "cus_1",
        "customer_name": "Peñarroya",
        "currency": "EUR",
        "open_items": items,
    }
    return Account(**(fields | changes))


def a_pending(invoice_id: str, amount_minor: int, since: str, key: str = "pi_1") -> PendingPayment:
    """Return money on its way since an instant."""
    return PendingPayment(
        key=key,
        invoice_id=invoice_id,
        amount_minor=amount_minor,
        since=at(since),
        expires_at=pending_until(at(since)),
    )
