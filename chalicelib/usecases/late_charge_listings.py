"""The questions about late charges that indexes answer."""

from typing import Any

from chalicelib.domain.late_charge import LateCharge
from chalicelib.usecases.ports import Listing


def late_charges() -> Listing[LateCharge]:
    """Return all late charges, newest first."""
    return Listing(LateCharge, "late_charges", newest_first=True)


def late_charges_in(state: str) -> Listing[LateCharge]:
    """Return the late charges in a state, newest first."""
    return Listing(LateCharge, "late_charges_in_state", (state,), newest_first=True)


def late_charges_of(customer_id: str, where: tuple[tuple[str, Any], ...]) -> Listing[LateCharge]:
    """Return a customer's late charges, newest first."""
    name = "late_charges_of_customer"
    return Listing(LateCharge, name, (customer_id,), newest_first=True, where=where)
