"""Keys for programs: shown once, stored as a hash, revocable at once."""

from dataclasses import dataclass, replace
from typing import Final

from chalicelib.domain.access import Role
from chalicelib.domain.errors import NotFound
from chalicelib.domain.identity import ApiKey
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace
from chalicelib.usecases.staff_listings import api_keys

MOST_LISTED: Final = 200
"""Revoked ones included; far beyond what a company connects."""
_HINT_LENGTH: Final = 8
_PREFIX: Final = "sk_"


@dataclass(frozen=True, kw_only=True)
class NewApiKey:
    """What a key is for, and what it may do."""

    name: str
    role: Role


@dataclass(frozen=True)
class ApiKeyMade:
    """A key that was made just now; ``text`` exists here and with its owner, nowhere else."""

    record: ApiKey
    text: str


def list_api_keys(ports: Ports) -> tuple[ApiKey, ...]:
    """Return the keys, newest first, as they are now; one made a second ago may be missing."""
    rows = ports.store.rows(api_keys(), limit=MOST_LISTED).items
    refs = [Ref(ApiKey, (str(row["hash"]),)) for row in rows]
    found = ports.store.get_many(refs)
    return tuple(key for ref in refs if isinstance(key := found.get(ref), ApiKey))


def create_api_key(ports: Ports, context: Context, new: NewApiKey) -> ApiKeyMade:
    """Make a key of 256 random bits."""
    text = f"{_PREFIX}{ports.ids.secret()}"
    return ApiKeyMade(_enter(ports, context, new, text), text)


def enter_api_key(ports: Ports, context: Context, new: NewApiKey, *, text: str) -> ApiKey:
    """Store a key that was chosen elsewhere, for the local cloud; it stays if it is there."""
    known = ports.store.get(Ref(ApiKey, (fingerprint(text),)))
    return known or _enter(ports, context, new, text)


def revoke_api_key(ports: Ports, context: Context, key_id: str) -> ApiKey:
    """End a key: its next request is refused. NotFound when there is none of this id."""

    def attempt() -> ApiKey:
        key = _find(ports, key_id)
        if key.revoked_at is not None:
            return key
        after = key.next(revoked_at=context.at)
        entry = audit(ports, context, "api_key_revoked", subject=("api_key", key.id), name=key.name)
        commit(ports, context, [Replace(after), entry], resource=f"/v1/api-keys/{key_id}")
        return after

    return until_committed(ports, attempt)


def _enter(ports: Ports, context: Context, new: NewApiKey, text: str) -> ApiKey:
    key = ApiKey(
        hash=fingerprint(text),
        id=ports.ids.new("key", context.at),
        name=new.name,
        hint=text[: min(_HINT_LENGTH, len(text) // 3)],
        role=new.role,
        created_at=context.at,
        created_by=context.actor.name,
    )
    subject = ("api_key", key.id)
    entry = audit(ports, context, "api_key_created", subject=subject, name=new.name, role=new.role)
    commit(ports, context, [Insert(key), entry], resource=f"/v1/api-keys/{key.id}")
    return key


def _find(ports: Ports, key_id: str) -> ApiKey:
    rows = ports.store.rows(replace(api_keys(), prefix=key_id), limit=1).items
    hashes = [str(row["hash"]) for row in rows if row["id"] == key_id]
    key = ports.store.get(Ref(ApiKey, (hashes[0],))) if hashes else None
    if key is None:
        raise NotFound("API key", key_id)
    return key
