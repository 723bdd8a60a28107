"""The questions about checkouts that indexes answer."""

from datetime import datetime

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.checkout import Checkout
from chalicelib.usecases.ports import Listing


def checkouts(customer_id: str | None = None) -> Listing[Checkout]:
    """Return checkouts of a customer or of all, newest first."""
    if customer_id:
        return Listing(Checkout, "checkouts_of_customer", (customer_id,), newest_first=True)
    return Listing(Checkout, "checkouts", newest_first=True)


def live_checkouts(before: datetime | None = None) -> Listing[Checkout]:
    """Return those of which money may still come, oldest first; begun before an instant."""
    return Listing(Checkout, "checkouts_live", before=rfc3339(before) if before else None)
