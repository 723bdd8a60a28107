"""Which scope an API key needs for a route, if it has scopes: one table, and the check.

The role of a key is checked before (``access``). A route that no row covers is refused.
"""

from typing import Final, Literal, cast

from chalicelib.api.access import plain_path
from chalicelib.domain.access import Actor, Scope, require_scope
from chalicelib.domain.errors import InvariantBroken, ScopeMissing

Area = Literal[
    "customers",
    "invoices",
    "payments",
    "dunning",
    "reports",
    "imports",
    "webhooks",
    "settings",
    "own",  # what everybody may know and choose about themselves: no scope
    "unlimited",  # who lets others in could let itself in: only a key without scopes
]

AREAS: Final[dict[str, Area]] = {
    "/v1/me": "own",
    "/v1/people": "unlimited",
    "/v1/api-keys": "unlimited",
    "/v1/customers": "customers",
    "/v1/customers/{customer_id}/accounts/{currency}/": "dunning",
    "/v1/customers/{customer_id}/next-messages": "dunning",
    "/v1/customers/{customer_id}/messages": "dunning",
    "/v1/customers/{customer_id}/letters": "dunning",
    "/v1/customers/{customer_id}/portal-links": "invoices",  # whoever has a link reads them
    "/v1/customers/{customer_id}/statements": "dunning",
    "/v1/search": "invoices",
    "/v1/invoices": "invoices",
    "/v1/invoices/{invoice_id}/dunning-policy": "dunning",
    "/v1/invoices/{invoice_id}/pay-link": "payments",
    "/v1/checkouts": "payments",
    "/v1/invoices/{invoice_id}/write-off": "payments",
    "/v1/invoices/{invoice_id}/reinstate": "payments",
    "/v1/late-charges": "invoices",
    "/v1/credit-notes": "invoices",
    "/v1/recurring-": "invoices",
    "/v1/approvals": "invoices",
    "/v1/payments": "payments",
    "/v1/provider": "payments",
    "/v1/providers": "settings",
    "/v1/disputes": "dunning",
    "/v1/disputes/{dispute_id}/resolve": "invoices",  # it may issue a credit note
    "/v1/promises": "dunning",
    "/v1/plans": "dunning",
    "/v1/holds": "dunning",
    "/v1/handovers": "dunning",
    "/v1/legal-files": "dunning",
    "/v1/messages": "dunning",
    "/v1/letters": "dunning",
    "/v1/statements": "dunning",
    "/v1/outgoing": "dunning",
    "/v1/work-items": "dunning",
    "/v1/dunning-": "dunning",
    "/v1/templates": "dunning",
    "/v1/placeholders": "dunning",
    "/v1/home": "reports",
    "/v1/reports": "reports",
    "/v1/periods": "reports",
    "/v1/proofs": "reports",
    "/v1/imports": "imports",
    "/v1/webhook-": "webhooks",
    "/v1/company": "settings",
    "/v1/series": "settings",
    "/v1/interest-rates": "settings",
    "/v1/holidays": "settings",
    "/v1/regions": "settings",
    "/v1/notices": "settings",
}
"""By the longest beginning of a path that fits."""

READING_POSTS: Final = frozenset(
    {
        "/v1/invoices/preview",
        "/v1/recurring-invoices/preview",
        "/v1/credit-notes/preview",
        "/v1/payments/preview",
        "/v1/dunning-policies/{policy_id}/simulate",
        "/v1/dunning-simulations",
        "/v1/templates/{template_id}/check",
        "/v1/templates/{template_id}/preview",
    }
)
"""They work something out and change nothing."""

_AREAS: Final = {plain_path(start): area for start, area in AREAS.items()}
_READING_POSTS: Final = frozenset(plain_path(path) for path in READING_POSTS)


def area_of(route: str) -> Area:
    """Return the area that a route belongs to; InvariantBroken when nobody decided."""
    path = plain_path(route)
    fitting = [start for start in _AREAS if path.startswith(start)]
    if not fitting:
        raise InvariantBroken(f"Nobody decided which scope {route} needs.")
    return _AREAS[max(fitting, key=len)]


def scope_for(method: str, route: str) -> Scope | None:
    """Return the scope that a route needs; None where scopes decide nothing or do not suffice."""
    area = area_of(route)
    if area in ("own", "unlimited"):
        return None
    reads = method == "GET" or (method == "POST" and plain_path(route) in _READING_POSTS)
    return cast("Scope", f"{area}:{'read' if reads else 'write'}")


def authorize_scopes(method: str, route: str, actor: Actor) -> None:
    """Return if the actor's scopes cover the route; ScopeMissing otherwise."""
    if actor.scopes is not None and area_of(route) == "unlimited":
        raise ScopeMissing("")
    needed = scope_for(method, route)
    if needed is not None:
        require_scope(actor, needed)
