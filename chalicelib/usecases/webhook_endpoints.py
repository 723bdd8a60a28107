"""Endpoints of webhooks: enter, change, switch on and off, remove; replace their secrets.

A secret lies in the vault under a name of its own, written before the record that names it: two
people who replace it at once cannot take each other's away, and none is in the table's backups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.errors import InvalidField, NotFound, Stale, StateConflict
from chalicelib.domain.webhook_endpoint import MOST_SECRETS, SecretRef, WebhookEndpoint
from chalicelib.domain.webhook_events import EVENT_TYPES
from chalicelib.domain.webhook_signature import secret_from
from chalicelib.domain.webhook_url import UrlRefused, target_of
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.webhook_listings import webhook_endpoints
from chalicelib.usecases.work import closing

MOST_ENDPOINTS: Final = 10
"""Each multiplies what every change makes; a company connects two or three systems."""
_HINT_LENGTH: Final = 4
_SECRET: Final = "secret"  # noqa: S105 - the name under which it lies


@dataclass(frozen=True, kw_only=True)
class NewEndpoint:
    """Where, and of what; types None: of everything."""

    url: str
    description: str | None = None
    types: tuple[str, ...] | None = None


@dataclass(frozen=True)
class EndpointMade:
    """An endpoint with the secret that was made just now, and is shown just now."""

    record: WebhookEndpoint
    secret: str


def endpoint_ref(endpoint_id: str) -> Ref[WebhookEndpoint]:
    """Return the key of an endpoint."""
    return Ref(WebhookEndpoint, (endpoint_id,))


def find_endpoint(ports: Ports, endpoint_id: str) -> WebhookEndpoint:
    """Return an endpoint. NotFound, also for one that was deleted."""
    endpoint = ports.store.get(endpoint_ref(endpoint_id))
    if endpoint is None or endpoint.state == "deleted":
        raise NotFound("webhook endpoint", endpoint_id)
    return endpoint


def list_endpoints(ports: Ports) -> tuple[WebhookEndpoint, ...]:
    """Return the endpoints, oldest first."""
    found = ports.store.records(webhook_endpoints())
    return tuple(one for one in found if one.state != "deleted")


def create_endpoint(ports: Ports, context: Context, new: NewEndpoint) -> EndpointMade:
    """Enter an endpoint with a new secret. It is told of what happens from now on.

    InvalidField for an address that nothing is sent to, or an unknown type of event.
    """
    _require_valid(ports, new.url, new.types)
    if len(list_endpoints(ports)) >= MOST_ENDPOINTS:
        raise StateConflict(
            f"There are {MOST_ENDPOINTS} endpoints already.", code="too_many_endpoints"
        )
    endpoint_id = ports.ids.new("whe", context.at)
    ref, secret = _new_secret(ports, context, endpoint_id)
    endpoint = WebhookEndpoint(
        id=endpoint_id,
        url=new.url,
        description=new.description,
        types=_sorted(new.types),
        secrets=(ref,),
        created_at=context.at,
        created_by=context.actor.name,
    )
    entry = said(ports, context, endpoint, "endpoint_created", url=new.url)
    until_committed(ports, lambda: _commit(ports, context, endpoint, [Insert(endpoint), entry]))
    ports.bell.forget()
    return EndpointMade(endpoint, secret)


def change_endpoint(
    ports: Ports,
    context: Context,
    endpoint_id: str,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
) -> WebhookEndpoint:
    """Change address, description, types or ``enabled``. InvalidField, Stale.

    Switching it on takes the task off the work list that said why it was off.
    """

    def attempt() -> WebhookEndpoint:
        before = find_endpoint(ports, endpoint_id)
        if expected_version not in (None, before.version):
            raise Stale("endpoint", expected=expected_version or 0, present=before.version)
        after = _changed(context, before, changes)
        _require_valid(ports, after.url, after.types)
        entry = said(ports, context, after, "endpoint_changed", changed=sorted(changes))
        writes: list[Write] = [Replace(after), entry]
        if after.is_enabled and not before.is_enabled:
            writes += closing(ports, context, work_key(endpoint_id), "enabled")
        _commit(ports, context, after, writes)
        return after

    return until_committed(ports, attempt)


def _changed(
    context: Context, before: WebhookEndpoint, changes: Mapping[str, Any]
) -> WebhookEndpoint:
    fields = {name: changes[name] for name in ("url", "description") if name in changes}
    if "types" in changes:
        fields["types"] = _sorted(changes["types"])
    enabled = changes.get("enabled")
    if enabled is True:
        fields |= {"state": "enabled", "why": None, "disabled_at": None}
    elif enabled is False and before.is_enabled:
        fields |= {"state": "disabled", "why": "by_staff", "disabled_at": context.at}
    return before.next(**fields)


def delete_endpoint(ports: Ports, context: Context, endpoint_id: str) -> WebhookEndpoint:
    """Take an endpoint away with its secrets; what was sent to it can still be read."""

    def attempt() -> WebhookEndpoint:
        before = find_endpoint(ports, endpoint_id)
        after = before.next(state="deleted", replay_since=None)
        entry = said(ports, context, after, "endpoint_deleted", url=after.url)
        closed = closing(ports, context, work_key(endpoint_id), "deleted")
        _commit(ports, context, after, [Replace(after), entry, *closed])
        return after

    deleted = until_committed(ports, attempt)
    for one in deleted.secrets:
        ports.vault.write(_place(endpoint_id, one.id), {"ended_at": context.at.isoformat()})
    return deleted


def rotate_secret(ports: Ports, context: Context, endpoint_id: str) -> EndpointMade:
    """Give an endpoint a new secret. For a day both sign, so that the receiver can follow."""
    find_endpoint(ports, endpoint_id)
    ref, secret = _new_secret(ports, context, endpoint_id)

    def attempt() -> WebhookEndpoint:
        before = find_endpoint(ports, endpoint_id)
        if len(before.valid_secrets(context.at)) >= MOST_SECRETS:
            raise StateConflict(
                "This secret was replaced several times today; wait a day.", code="rotated_often"
            )
        after = before.with_secret(ref)
        entry = said(ports, context, after, "secret_rotated", hint=ref.hint)
        _commit(ports, context, after, [Replace(after), entry])
        return after

    return EndpointMade(until_committed(ports, attempt), secret)


def read_secrets(ports: Ports, context: Context, endpoint: WebhookEndpoint) -> list[str]:
    """Return the secrets that sign now, the newest first."""
    kept = (
        ports.vault.read(_place(endpoint.id, one.id)) for one in endpoint.valid_secrets(context.at)
    )
    return [one[_SECRET] for one in kept if _SECRET in one]


def said(
    ports: Ports, context: Context, endpoint: WebhookEndpoint, what: str, **facts: Any
) -> Insert:
    """Return the audit entry about an endpoint: ``webhook_endpoint_created``, ..."""
    subject = ("webhook_endpoint", endpoint.id)
    return audit(ports, context, f"webhook_{what}", subject=subject, **facts)


def work_key(endpoint_id: str) -> str:
    """Return the key of the task that tells of an endpoint that was switched off."""
    return f"webhook-{endpoint_id}"


def _new_secret(ports: Ports, context: Context, endpoint_id: str) -> tuple[SecretRef, str]:
    secret = secret_from(ports.ids.secret())
    hint = secret.rstrip("=")[-_HINT_LENGTH:]
    ref = SecretRef(id=ports.ids.new("whs", context.at), hint=hint, made_at=context.at)
    ports.vault.write(_place(endpoint_id, ref.id), {_SECRET: secret})
    return ref, secret


def _place(endpoint_id: str, secret_id: str) -> str:
    return f"webhook-endpoints/{endpoint_id}/{secret_id}"


def _commit(ports: Ports, context: Context, endpoint: WebhookEndpoint, writes: list[Write]) -> None:
    commit(ports, context, writes, resource=f"/v1/webhook-endpoints/{endpoint.id}")


def _sorted(types: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if types is None else tuple(sorted(set(types)))


def _require_valid(ports: Ports, url: str, types: tuple[str, ...] | None) -> None:
    try:
        target_of(url, allows_local=ports.egress.allows_local)
    except UrlRefused as exc:
        raise InvalidField("/url", str(exc), field_code=exc.code) from exc
    for index, one in enumerate(types or ()):
        if one not in EVENT_TYPES:
            raise InvalidField(
                f"/types/{index}",
                f"There is no type of event {one!r}.",
                field_code="unknown_event_type",
            )
    if types is not None and not types:
        raise InvalidField("/types", "Choose at least one, or all.", field_code="no_event_types")
