"""The answer to a repeated request whose first process died before it could answer."""

from collections.abc import Callable

from chalicelib.api import (
    api_keys,
    company,
    credit_notes,
    customers,
    disputes,
    handovers,
    holds,
    imports,
    invoices,
    late_charges,
    legal_files,
    letters,
    payments,
    people,
    periods,
    portal_changes,
    portal_links,
    promises,
    proofs,
    provider_inbox,
    providers,
    recurring,
    runs,
    statements,
    templates,
    webhook_deliveries,
    webhook_endpoints,
    work,
)
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply
from chalicelib.domain.access import IdempotencyRecord
from chalicelib.domain.errors import known

Reader = Callable[[ApiRequest, str], Reply]
_READERS: dict[str, Reader] = {
    "/v1/customers": customers.answer,
    "/v1/invoices": invoices.answer,
    "/v1/credit-notes": credit_notes.answer,
    "/v1/payments": payments.answer,
    "/v1/disputes": disputes.answer,
    "/v1/promises": promises.answer_promise,
    "/v1/plans": promises.answer_plan,
    "/v1/holds": holds.answer,
    "/v1/handovers": handovers.answer,
    "/v1/legal-files": legal_files.answer,
    "/v1/late-charges": late_charges.answer,
    "/v1/letters": letters.answer,
    "/v1/statements": statements.answer,
    "/v1/recurring-invoices": recurring.answer,
    "/v1/recurring-runs": runs.answer,
    "/v1/work-items": work.answer,
    "/v1/imports": imports.answer,
    "/v1/periods": periods.answer,
    "/v1/proofs": proofs.answer,
    "/v1/company": company.answer,
    "/v1/people": people.answer,
    "/v1/templates": templates.answer,
    "/v1/providers": providers.answer,
    "/v1/provider-comparisons": provider_inbox.answer,
    "/v1/api-keys": api_keys.answer,
    "/v1/portal-links": portal_links.answer,
    "/v1/webhook-endpoints": webhook_endpoints.answer,
    "/v1/webhook-deliveries": webhook_deliveries.answer,
}


_IN_PORTAL: dict[str, Reader] = {
    "/v1/promises": portal_changes.answer_promise,
    "/v1/disputes": portal_changes.answer_dispute,
}
"""What customers made: told again as they may see it."""


def answer_for(request: ApiRequest, record: IdempotencyRecord) -> Reply:
    """Return what the effect of the first request is now; created resources with 201."""
    collection, _, name = known(record.resource).rpartition("/")
    readers = _IN_PORTAL if request.path.startswith("/portal/") else _READERS
    reply = readers[collection](request, name)
    asked = request.path.rstrip("/").rpartition("/")[2]
    is_creation = asked == collection.rpartition("/")[2]
    status = 201 if is_creation else 200
    return Reply(reply.body, status, reply.version, is_shown_once=reply.is_shown_once)
