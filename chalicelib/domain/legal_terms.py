"""How long the law lets businesses wait for their money. A warning, never a refusal."""

from datetime import date
from typing import Final

from chalicelib.domain.customer import Customer

MAX_TERMS_DAYS: Final = {"ES": 60}
"""Calendar days, which an agreement between businesses may not exceed (Ley 3/2004, art. 4.3).

They count from receipt of the goods; here from the issue date, which lies 30 days later at most.
"""


def has_long_terms(customer: Customer, seller_country: str, issued_on: date, due_on: date) -> bool:
    """Tell whether an invoice falls due later than the law of seller and customer lets it."""
    if customer.type == "consumer" or customer.country != seller_country:
        return False
    longest = MAX_TERMS_DAYS.get(seller_country)
    return longest is not None and (due_on - issued_on).days > longest
