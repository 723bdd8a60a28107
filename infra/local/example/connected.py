"""Programs that are connected with the example's company: receivers of webhooks, and API keys."""

from datetime import date, datetime, timedelta
from typing import Final

from chalicelib.domain.access import Scope
from chalicelib.usecases.announce import announce
from chalicelib.usecases.api_keys import NewApiKey, create_api_key, revoke_api_key
from chalicelib.usecases.deliver_webhook import deliver_webhook, delivery_ref
from chalicelib.usecases.webhook_endpoints import NewEndpoint, create_endpoint, list_endpoints
from chalicelib.usecases.webhook_listings import webhooks_due
from infra.local.example.past import Past

STOPPED: Final = "https://hooks.crm-antiguo.example/saldo"
"""A name that nobody can ever have, and the endpoint is off: it is not called."""
RECEIVER: Final = "/_local/receiver"
"""The path of the healthy one: this machine's own, so that it stays healthy."""
_ADMIN: Final = 0
_CRM_SINCE, _CRM_DOWN, _ERP_SINCE = 16, 10, 9
_PAGE: Final = 50
_ERP_SCOPES: Final[tuple[Scope, ...]] = (
    "customers:write",
    "invoices:write",
    "payments:read",
)


class Connected:
    """Told day by day like the rest of the story."""

    def __init__(self, past: Past) -> None:
        self._past = past

    def happen(self, day: date, days_ago: int) -> None:
        """Connect who is new, and tell what happened on this day."""
        context = self._past.by(_ADMIN, self._past.at(day, 8))
        if days_ago == _CRM_SINCE:
            types = ("customer.created", "invoice.paid")
            new = NewEndpoint(url=STOPPED, description="CRM antiguo", types=types)
            create_endpoint(self._past.ports, context, new)
        if days_ago == _CRM_DOWN:
            self._past.receivers.down.add(STOPPED)
        if days_ago == _ERP_SINCE:
            self._connect_the_erp(day)
        if days_ago <= _CRM_SINCE:
            self.tell(self._past.at(day, 21))
            self._try_again(self._past.at(day + timedelta(days=1), 7))

    def tell(self, at: datetime) -> None:
        """Announce what happened; each delivery is tried at once."""
        announce(self._past.ports, self._past.by_itself(at))
        self._past.finish(at)

    def _connect_the_erp(self, day: date) -> None:
        ports, context = self._past.ports, self._past.by(_ADMIN, self._past.at(day, 8))
        types = ("invoice.issued", "invoice.paid", "payment.received", "payment.charged_back")
        url = self._past.till.base_url + RECEIVER
        new = NewEndpoint(url=url, description="ERP (receptor local de prueba)", types=types)
        create_endpoint(ports, context, new)
        last_day = day + timedelta(days=180)
        keys = (
            NewApiKey(name="ERP", role="accountant", scopes=_ERP_SCOPES),
            NewApiKey(
                name="Cuadro de mando", role="viewer", scopes=("reports:read",), last_day=last_day
            ),
        )
        for key in keys:
            create_api_key(ports, context, key)
        former = NewApiKey(name="CRM antiguo", role="viewer", scopes=("customers:read",))
        revoke_api_key(ports, context, create_api_key(ports, context, former).record.id)

    def _try_again(self, until: datetime) -> None:
        """As the sweeper does, at the hours at which attempts fall due."""
        for endpoint in list_endpoints(self._past.ports):
            self._try_endpoint(endpoint.id, until)

    def _try_endpoint(self, endpoint_id: str, until: datetime) -> None:
        store = self._past.ports.store
        while rows := store.rows(webhooks_due(endpoint_id, until), limit=_PAGE).items:
            for row in rows:
                ref = delivery_ref(row["endpoint_id"], row["event_id"])
                one = store.get(ref)
                if one is not None and one.due_at is not None:
                    context = self._past.by_itself(one.due_at)
                    deliver_webhook(self._past.ports, context, ref, signed_at=one.due_at)
            self._past.finish(until)
