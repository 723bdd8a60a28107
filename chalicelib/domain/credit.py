"""Credit: how much a customer may owe, and how much is at stake with one more invoice.

A limit is in the customer's own currency; nothing here converts, so accounts in another currency
have none.
"""

from chalicelib.domain.account import Account
from chalicelib.domain.base import Value
from chalicelib.domain.customer import Customer


class Exposure(Value):
    """What could be lost if a customer never paid again, and how much that may be.

    ``exposure_minor`` is what is open less the money that settles nothing yet, never below zero;
    ``limit_minor`` is None where nobody set one.
    """

    currency: str
    exposure_minor: int
    limit_minor: int | None = None

    @property
    def available_minor(self) -> int | None:
        """What may still be invoiced; below zero by how much the limit is exceeded."""
        return None if self.limit_minor is None else self.limit_minor - self.exposure_minor

    @property
    def is_exceeded(self) -> bool:
        """More is at stake than may be."""
        return self.limit_minor is not None and self.exposure_minor > self.limit_minor


def exposure_of(customer: Customer, account: Account, *, added_minor: int = 0) -> Exposure:
    """Return the exposure of an account, or as it would be with this much more open on it."""
    at_stake = account.open_minor + added_minor - account.unapplied_minor
    is_limited = account.currency == customer.currency
    return Exposure(
        currency=account.currency,
        exposure_minor=max(0, at_stake),
        limit_minor=customer.credit_limit_minor if is_limited else None,
    )
