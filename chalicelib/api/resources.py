"""Which module answers which path. It is imported at the first request that needs it.

So a cold start pays for the resource it is asked for, and not for the models of all the others.
"""

from functools import cache
from importlib import import_module
from typing import Any, Final, cast

from chalice.app import Chalice, Response

from chalicelib.api.access import ROUTES
from chalicelib.api.routes import Routes, answer

MODULES: Final = {
    "/openapi.json": "health",
    "/auth/": "auth",
    "/webhooks/": "webhooks",
    "/v1/health": "health",
    "/v1/customers": "customers",
    "/v1/invoices": "invoices",
    "/v1/invoices/{invoice_id}/late-charges": "late_charges",
    "/v1/invoices/{invoice_id}/payment-details": "payment_details",
    "/v1/late-charges": "late_charges",
    "/v1/interest-rates": "interest_rates",
    "/v1/holidays": "holidays",
    "/v1/regions": "holidays",
    "/v1/invoices/{invoice_id}/approve": "approvals",
    "/v1/invoices/{invoice_id}/reject": "approvals",
    "/v1/approvals": "approvals",
    "/v1/invoices/{invoice_id}/schedule": "runs",
    "/v1/invoices/{invoice_id}/unschedule": "runs",
    "/v1/recurring-invoices": "recurring",
    "/v1/recurring-runs": "runs",
    "/v1/credit-notes": "credit_notes",
    "/v1/payments": "payments",
    "/v1/disputes": "disputes",
    "/v1/promises": "promises",
    "/v1/plans": "promises",
    "/v1/holds": "holds",
    "/v1/handovers": "handovers",
    "/v1/customers/{customer_id}/accounts/{currency}/legal-file": "legal_files",
    "/v1/legal-files": "legal_files",
    "/v1/messages/{customer_id}/{message_id}/content": "message_contents",
    "/v1/work-items": "work",
    "/v1/messages": "messages",
    "/v1/messages/{customer_id}/{message_id}/pdf": "letters",
    "/v1/messages/{customer_id}/{message_id}/posted": "letters",
    "/v1/messages/{customer_id}/{message_id}/not-posted": "letters",
    "/v1/letters": "letters",
    "/v1/customers/{customer_id}/letters": "letters",
    "/v1/customers/{customer_id}/statement": "statements",
    "/v1/statements": "statements",
    "/v1/home": "reports",
    "/v1/reports/": "reports",
    "/v1/reports/journal": "periods",
    "/v1/reports/deliverability": "deliverability",
    "/v1/periods": "periods",
    "/v1/proofs": "proofs",
    "/v1/me": "company",
    "/v1/me/notices": "notices",
    "/v1/notices": "notices",
    "/v1/search": "company",
    "/v1/company": "company",
    "/v1/company/logo": "logo",
    "/portal/": "portal",
    "/portal/logo": "logo",
    "/portal/open/": "portal_visit",
    "/portal/sign-out": "portal_visit",
    "/portal/checkouts": "portal_pay",
    "/portal/promises": "portal_changes",
    "/portal/disputes": "portal_changes",
    "/portal/files": "portal_changes",
    "/portal/contact": "portal_changes",
    "/portal/language": "portal_changes",
    "/v1/customers/{customer_id}/portal-links": "portal_links",
    "/v1/customers/{customer_id}/email-requests": "portal_links",
    "/v1/invoices/{invoice_id}/pay-link": "portal_links",
    "/v1/disputes/{dispute_id}/files/": "portal_links",
    "/v1/checkouts": "portal_links",
    "/v1/series": "company",
    "/v1/dunning-policies": "policies",
    "/v1/dunning-simulations": "policies",
    "/v1/outgoing": "dunning",
    "/v1/invoices/{invoice_id}/dunning-policy": "dunning",
    "/v1/customers/{customer_id}/accounts/{currency}/send-now": "dunning",
    "/v1/customers/{customer_id}/accounts/{currency}/take-back": "dunning",
    "/v1/customers/{customer_id}/accounts/{currency}/skip-step": "dunning",
    "/v1/customers/{customer_id}/accounts/{currency}/approve-reminder": "dunning",
    "/v1/templates": "templates",
    "/v1/placeholders": "templates",
    "/v1/webhook-endpoints": "webhook_endpoints",
    "/v1/webhook-deliveries": "webhook_deliveries",
    "/v1/providers": "providers",
    "/v1/provider-events": "provider_inbox",
    "/v1/provider-comparisons": "provider_inbox",
    "/v1/api-keys": "api_keys",
    "/v1/people": "people",
    "/v1/imports": "imports",
}
# An empty list: chalice would answer 415 by itself, and not as problem+json. ApiRequest.body does.
CONTENT_TYPES: Final[list[str]] = []


def register(app: Chalice) -> None:
    """Register every route of the table of access with the app."""
    # Binary says by itself what is binary; chalice would refuse a picture to a plain Accept.
    app.api.binary_types.clear()
    for method, path in ROUTES:
        _register(app, method, path)


def _register(app: Chalice, method: str, path: str) -> None:
    @app.route(path, methods=[method], content_types=CONTENT_TYPES, name=f"{method} {path}")
    def respond(**parts: str) -> Response:
        return answer(app.current_request, path, lambda: routes_of(path), parts)


@cache
def routes_of(path: str) -> Routes:
    """Return the routes of the module that answers a path, imported when first asked for."""
    first = max((known for known in MODULES if path.startswith(known)), key=len)
    return cast("Routes", _import(MODULES[first]).routes)


def import_all() -> None:
    """Import every module: whoever describes the routes needs the models of all of them."""
    for name in MODULES.values():
        _import(name)


def _import(name: str) -> Any:
    return import_module(f"chalicelib.api.{name}")
