"""API keys over HTTP. The key itself is in one answer, and nowhere before or after."""

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import administration as bodies
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.identity import ApiKey
from chalicelib.usecases.api_keys import (
    NewApiKey,
    create_api_key,
    list_api_keys,
    revoke_api_key,
)

routes = Routes()


@routes.route("/v1/api-keys", "GET", gives=bodies.ApiKeys)
def list_all(request: ApiRequest) -> Reply:
    """All keys without their secrets, newest first."""
    return Reply(bodies.ApiKeys(items=[_row(key) for key in list_api_keys(request.ports)]))


@routes.route(
    "/v1/api-keys", "POST", takes=bodies.ApiKeyInput, gives=bodies.ApiKeyCreated, status=201
)
def create(request: ApiRequest) -> Reply:
    """Make a key and show it this once; 201."""
    body = request.body(bodies.ApiKeyInput)
    new = NewApiKey(
        name=body.name,
        role=body.role,
        scopes=None if body.scopes is None else tuple(dict.fromkeys(body.scopes)),
        last_day=body.last_day,
    )
    made = create_api_key(request.ports, request.context, new)
    shown = bodies.ApiKeyCreated(**_row(made.record).model_dump(), key=made.text)
    return Reply(shown, 201, is_shown_once=True)


def answer(request: ApiRequest, key_id: str) -> Reply:
    """Refuse to repeat the answer that showed a key."""
    del request
    raise StateConflict(
        f"The key {key_id} was made by this request before and shown once. "
        "If nobody has it, revoke it and make another.",
        code="shown_once",
    )


@routes.route("/v1/api-keys/{key_id}", "DELETE", gives=bodies.ApiKeyRow)
def revoke(request: ApiRequest, key_id: str) -> Reply:
    """End a key at once; its row stays, with the time of its end."""
    return Reply(_row(revoke_api_key(request.ports, request.context, key_id)))


def _row(key: ApiKey) -> bodies.ApiKeyRow:
    return bodies.ApiKeyRow(
        id=key.id,
        name=key.name,
        hint=key.hint,
        role=key.role,
        created_at=key.created_at,
        created_by=key.created_by,
        revoked_at=key.revoked_at,
        scopes=None if key.scopes is None else list(key.scopes),
        ends_at=key.ends_at,
        used_at=key.used_at,
    )
