"""Who may call what: every route with the least role that it needs. What is not here is refused."""

import re
from typing import Final, Literal

from chalicelib.domain.access import Actor, Role, at_least
from chalicelib.domain.errors import InvariantBroken, NotAllowed, NotSignedIn

Public = Literal["public"]
Portal = Literal["portal"]
"""Whoever opened a portal link, and nobody else: not even an administrator."""

VISITOR: Final = "portal:"
"""How the id of whoever opened a portal link begins."""
NOBODY: Final = Actor(id="nobody", name="", role="viewer")
"""Who calls a public route. Not even a viewer: authorize lets it pass nowhere else."""

_READ: Final = (
    "/v1/me",
    "/v1/me/notices",
    "/v1/notices",
    "/v1/home",
    "/v1/search",
    "/v1/customers",
    "/v1/customers/{customer_id}",
    "/v1/customers/{customer_id}/timeline",
    "/v1/customers/{customer_id}/accounts/{currency}",
    "/v1/customers/{customer_id}/next-messages",
    "/v1/customers/{customer_id}/messages",
    "/v1/customers/{customer_id}/statement",
    "/v1/statements",
    "/v1/letters",
    "/v1/messages/{customer_id}/{message_id}/pdf",
    "/v1/invoices",
    "/v1/invoices/{invoice_id}",
    "/v1/invoices/{invoice_id}/pdf",
    "/v1/invoices/{invoice_id}/late-charges",
    "/v1/invoices/{invoice_id}/payment-details",
    "/v1/late-charges",
    "/v1/interest-rates",
    "/v1/holidays",
    "/v1/regions",
    "/v1/credit-notes",
    "/v1/credit-notes/{note_id}",
    "/v1/credit-notes/{note_id}/pdf",
    "/v1/payments",
    "/v1/payments/{payment_id}",
    "/v1/disputes",
    "/v1/disputes/{dispute_id}",
    "/v1/disputes/{dispute_id}/files/{file_id}",
    "/v1/customers/{customer_id}/portal-links",
    "/v1/customers/{customer_id}/email-requests",
    "/v1/checkouts",
    "/v1/promises",
    "/v1/promises/{promise_id}",
    "/v1/plans",
    "/v1/plans/{plan_id}",
    "/v1/holds",
    "/v1/holds/{hold_id}",
    "/v1/handovers",
    "/v1/handovers/{handover_id}",
    "/v1/customers/{customer_id}/accounts/{currency}/legal-file",
    "/v1/legal-files/{file_id}",
    "/v1/legal-files/{file_id}/zip",
    "/v1/messages/{customer_id}/{message_id}/content",
    "/v1/recurring-invoices",
    "/v1/recurring-invoices/{recurring_id}",
    "/v1/recurring-invoices/{recurring_id}/preview",
    "/v1/recurring-runs",
    "/v1/work-items",
    "/v1/approvals",
    "/v1/messages",
    "/v1/messages/{customer_id}/{message_id}",
    "/v1/reports/deliverability",
    "/v1/reports/aging",
    "/v1/reports/summary",
    "/v1/reports/debtors",
    "/v1/reports/journal",
    "/v1/periods",
    "/v1/proofs",
    "/v1/proofs/{proof_id}",
    "/v1/company",
    "/v1/company/logo",
    "/v1/series",
    "/v1/dunning-policies",
    "/v1/dunning-policies/{policy_id}",
    "/v1/dunning-policies/{policy_id}/versions",
    "/v1/outgoing",
    "/v1/templates",
    "/v1/templates/{template_id}",
    "/v1/templates/{template_id}/versions",
    "/v1/placeholders",
)
_PORTAL: Final = (
    ("GET", "/portal/home"),
    ("GET", "/portal/invoices/{invoice_id}"),
    ("GET", "/portal/invoices/{invoice_id}/pdf"),
    ("GET", "/portal/statement"),
    ("GET", "/portal/statement/pdf"),
    ("GET", "/portal/transfer"),
    ("GET", "/portal/checkouts/{checkout_id}"),
    ("POST", "/portal/checkouts"),
    ("POST", "/portal/checkouts/{checkout_id}/return"),
    ("POST", "/portal/promises"),
    ("POST", "/portal/disputes"),
    ("POST", "/portal/files"),
    ("PATCH", "/portal/contact"),
    ("POST", "/portal/language"),
    ("POST", "/portal/sign-out"),
)
ROUTES: Final[dict[tuple[str, str], Role | Public | Portal]] = {
    ("GET", "/v1/health"): "public",
    ("GET", "/openapi.json"): "public",
    ("GET", "/auth/login"): "public",
    ("GET", "/auth/callback"): "public",
    ("POST", "/auth/logout"): "public",
    ("POST", "/webhooks/{provider}"): "public",  # the provider's signature is checked there
    ("GET", "/portal/open/{token}"): "public",  # the token is looked up there
    ("HEAD", "/portal/open/{token}"): "public",
    **dict.fromkeys(_PORTAL, "portal"),
    **{("GET", path): "viewer" for path in _READ},
    ("PUT", "/v1/me/notices"): "viewer",  # everybody's own
    ("POST", "/v1/customers"): "collector",
    ("PATCH", "/v1/customers/{customer_id}"): "collector",
    ("POST", "/v1/customers/{customer_id}/unsuppress"): "collector",
    ("POST", "/v1/customers/{customer_id}/portal-links"): "collector",
    ("POST", "/v1/customers/{customer_id}/portal-links/revoke"): "collector",
    ("POST", "/v1/customers/{customer_id}/portal-links/{link_id}/revoke"): "collector",
    ("POST", "/v1/customers/{customer_id}/email-requests/{contact_id}/accept"): "collector",
    ("POST", "/v1/customers/{customer_id}/email-requests/{contact_id}/decline"): "collector",
    ("POST", "/v1/invoices/{invoice_id}/pay-link"): "collector",
    ("POST", "/v1/invoices/send"): "collector",
    ("POST", "/v1/invoices/{invoice_id}/send"): "collector",
    ("POST", "/v1/work-items/{key}/done"): "collector",
    ("POST", "/v1/work-items/{key}/replay"): "collector",
    ("POST", "/v1/messages/{customer_id}/{message_id}/decide"): "collector",
    ("POST", "/v1/messages/{customer_id}/{message_id}/posted"): "collector",
    ("POST", "/v1/messages/{customer_id}/{message_id}/not-posted"): "collector",
    ("POST", "/v1/letters/print"): "collector",
    ("POST", "/v1/customers/{customer_id}/letters"): "collector",
    ("POST", "/v1/customers/{customer_id}/statements"): "collector",
    ("POST", "/v1/credit-notes/{note_id}/send"): "collector",
    ("POST", "/v1/credit-notes"): "accountant",
    ("POST", "/v1/credit-notes/preview"): "accountant",
    ("POST", "/v1/invoices"): "accountant",
    ("POST", "/v1/invoices/preview"): "accountant",
    ("PATCH", "/v1/invoices/{invoice_id}"): "accountant",
    ("DELETE", "/v1/invoices/{invoice_id}"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/issue"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/schedule"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/unschedule"): "accountant",
    ("POST", "/v1/recurring-invoices"): "accountant",
    ("POST", "/v1/recurring-invoices/preview"): "accountant",
    ("PATCH", "/v1/recurring-invoices/{recurring_id}"): "accountant",
    ("POST", "/v1/recurring-invoices/{recurring_id}/pause"): "accountant",
    ("POST", "/v1/recurring-invoices/{recurring_id}/resume"): "accountant",
    ("POST", "/v1/recurring-invoices/{recurring_id}/end"): "accountant",
    ("POST", "/v1/recurring-runs/{run_id}/retry"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/void"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/late-charges"): "accountant",
    ("POST", "/v1/late-charges/{charge_id}/waive"): "accountant",
    ("POST", "/v1/late-charges/{charge_id}/invoice"): "accountant",
    ("POST", "/v1/disputes"): "collector",
    ("PATCH", "/v1/disputes/{dispute_id}"): "collector",
    ("POST", "/v1/promises"): "collector",
    ("POST", "/v1/promises/{promise_id}/cancel"): "collector",
    ("POST", "/v1/plans"): "collector",
    ("POST", "/v1/plans/{plan_id}/cancel"): "collector",
    ("POST", "/v1/holds"): "collector",
    ("PATCH", "/v1/holds/{hold_id}"): "collector",
    ("POST", "/v1/holds/{hold_id}/lift"): "collector",
    ("POST", "/v1/handovers"): "accountant",
    ("POST", "/v1/handovers/{handover_id}/take-back"): "accountant",
    ("POST", "/v1/handovers/{handover_id}/close"): "accountant",
    ("POST", "/v1/customers/{customer_id}/accounts/{currency}/legal-file"): "collector",
    ("POST", "/v1/disputes/{dispute_id}/resolve"): "accountant",  # it may issue a credit note
    ("POST", "/v1/invoices/{invoice_id}/write-off"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/reinstate"): "accountant",
    ("POST", "/v1/payments/preview"): "accountant",
    ("POST", "/v1/payments/{payment_id}/undo"): "accountant",
    ("POST", "/v1/payments/{payment_id}/reverse"): "accountant",
    ("POST", "/v1/payments/{payment_id}/refund"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/approve"): "accountant",
    ("POST", "/v1/invoices/{invoice_id}/reject"): "accountant",
    ("POST", "/v1/payments"): "accountant",
    ("POST", "/v1/payments/{payment_id}/allocations"): "accountant",
    ("POST", "/v1/payments/{payment_id}/assign"): "accountant",
    ("POST", "/v1/periods/{month}/close"): "accountant",
    ("POST", "/v1/proofs"): "admin",
    ("PUT", "/v1/company"): "admin",
    ("PUT", "/v1/company/logo"): "admin",
    ("DELETE", "/v1/company/logo"): "admin",
    ("GET", "/portal/logo"): "public",  # mails and documents show it to everybody
    ("PUT", "/v1/interest-rates"): "admin",
    ("PUT", "/v1/templates/{template_id}"): "admin",
    ("POST", "/v1/templates/{template_id}/restore"): "admin",
    ("POST", "/v1/templates/{template_id}/check"): "collector",
    ("POST", "/v1/templates/{template_id}/preview"): "collector",
    ("POST", "/v1/templates/{template_id}/test"): "collector",  # to the caller alone
    ("PUT", "/v1/dunning-policies"): "admin",
    ("PUT", "/v1/dunning-policies/{policy_id}"): "admin",
    ("POST", "/v1/dunning-policies/{policy_id}/simulate"): "collector",
    ("POST", "/v1/dunning-simulations"): "collector",
    ("POST", "/v1/customers/{customer_id}/accounts/{currency}/send-now"): "collector",
    ("POST", "/v1/customers/{customer_id}/accounts/{currency}/take-back"): "collector",
    ("POST", "/v1/customers/{customer_id}/accounts/{currency}/skip-step"): "collector",
    ("POST", "/v1/customers/{customer_id}/accounts/{currency}/approve-reminder"): "collector",
    ("POST", "/v1/invoices/{invoice_id}/dunning-policy"): "collector",
    ("GET", "/v1/webhook-endpoints"): "accountant",
    ("GET", "/v1/webhook-endpoints/{endpoint_id}"): "accountant",
    ("GET", "/v1/webhook-deliveries"): "accountant",
    ("GET", "/v1/webhook-deliveries/{delivery_id}"): "accountant",
    ("POST", "/v1/webhook-endpoints"): "admin",
    ("PATCH", "/v1/webhook-endpoints/{endpoint_id}"): "admin",
    ("DELETE", "/v1/webhook-endpoints/{endpoint_id}"): "admin",
    ("POST", "/v1/webhook-endpoints/{endpoint_id}/rotate-secret"): "admin",
    ("POST", "/v1/webhook-endpoints/{endpoint_id}/test"): "admin",
    ("POST", "/v1/webhook-endpoints/{endpoint_id}/replay-failed"): "admin",
    ("POST", "/v1/webhook-deliveries/{delivery_id}/replay"): "admin",
    ("GET", "/v1/providers"): "viewer",
    ("PUT", "/v1/providers/{provider}"): "admin",
    ("POST", "/v1/providers/{provider}/test"): "admin",
    ("GET", "/v1/provider-events"): "accountant",
    ("GET", "/v1/provider-events/{provider}/{event_id}"): "accountant",
    ("GET", "/v1/provider-comparisons"): "viewer",
    ("GET", "/v1/provider-comparisons/{comparison_id}"): "viewer",
    ("POST", "/v1/provider-comparisons"): "accountant",
    ("GET", "/v1/imports"): "accountant",
    ("POST", "/v1/imports"): "accountant",
    ("GET", "/v1/imports/examples/{what}"): "viewer",
    ("GET", "/v1/imports/{import_id}"): "accountant",
    ("GET", "/v1/imports/{import_id}/rows"): "accountant",
    ("GET", "/v1/imports/{import_id}/rejected.csv"): "accountant",
    ("PUT", "/v1/imports/{import_id}/parts/{number}"): "accountant",
    ("POST", "/v1/imports/{import_id}/complete"): "accountant",
    ("PUT", "/v1/imports/{import_id}/mapping"): "accountant",
    ("POST", "/v1/imports/{import_id}/check"): "accountant",
    ("POST", "/v1/imports/{import_id}/commit"): "accountant",
    ("POST", "/v1/imports/{import_id}/cancel"): "accountant",
    ("GET", "/v1/api-keys"): "admin",
    ("POST", "/v1/api-keys"): "admin",
    ("DELETE", "/v1/api-keys/{key_id}"): "admin",
    ("GET", "/v1/people"): "admin",
    ("POST", "/v1/people"): "admin",
    ("PATCH", "/v1/people/{email}"): "admin",
}


def plain_path(path: str) -> str:
    """Return a route's path whatever its parts are called: ``/v1/invoices/{}``."""
    return re.sub(r"\{[^}]*\}", "{}", path)


_NEEDED: Final = {(method, plain_path(path)): needed for (method, path), needed in ROUTES.items()}


def needed_for(method: str, route: str) -> Role | Public | Portal:
    """Return the least role for a route; InvariantBroken when it has no row in the table."""
    needed = _NEEDED.get((method, plain_path(route)))
    if needed is None:
        raise InvariantBroken(f"Nobody decided who may {method} {route}.")
    return needed


def authorize(method: str, route: str, actor: Actor) -> None:
    """Return if the actor may call the route; NotSignedIn, NotAllowed or ScopeMissing otherwise.

    The role comes first: it is the ceiling, whatever the scopes of a key.
    """
    needed = needed_for(method, route)
    if needed == "public":
        return
    if actor == NOBODY or (needed == "portal") != actor.id.startswith(VISITOR):
        raise NotSignedIn
    if needed == "portal":
        return
    if not at_least(actor.role, needed):
        raise NotAllowed(needed)
    if actor.scopes is not None:
        from chalicelib.api.scopes import authorize_scopes  # noqa: PLC0415 - few callers have any

        authorize_scopes(method, route, actor)
