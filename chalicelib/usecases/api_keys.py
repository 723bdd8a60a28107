"""Keys for programs: shown once, stored as a hash, revocable at once."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from chalicelib.domain.access import Actor, Role, Scope, has_scope, require_role
from chalicelib.domain.calendar import zone
from chalicelib.domain.errors import InvalidField, NotFound, ScopeMissing
from chalicelib.domain.identity import ApiKey
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.fingerprint import fingerprint
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace
from chalicelib.usecases.staff_listings import api_keys

MOST_LISTED: Final = 200
"""Revoked ones included; far beyond what a company connects."""
MOST_DAY: Final = date(2099, 12, 31)
_HINT_LENGTH: Final = 8
_PREFIX: Final = "sk_"


@dataclass(frozen=True, kw_only=True)
class NewApiKey:
    """What a key is for, what it may do, and its last day at the company's place."""

    name: str
    role: Role
    scopes: tuple[Scope, ...] | None = None
    last_day: date | None = None


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
    """Make a key of 256 random bits.

    NotAllowed or ScopeMissing when it would have more rights than its maker; InvalidField when it
    would open nothing, for want of scopes or of time.
    """
    _require_no_more(context.actor, new)
    if new.scopes == ():
        raise InvalidField("/scopes", "A key without any scope opens nothing.")
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


def _require_no_more(maker: Actor, new: NewApiKey) -> None:
    require_role(maker, new.role)
    if maker.scopes is None:
        return
    if new.scopes is None:
        raise ScopeMissing("")
    for scope in new.scopes:
        if not has_scope(maker, scope):
            raise ScopeMissing(scope)


def _enter(ports: Ports, context: Context, new: NewApiKey, text: str) -> ApiKey:
    key = ApiKey(
        hash=fingerprint(text),
        id=ports.ids.new("key", context.at),
        name=new.name,
        hint=text[: min(_HINT_LENGTH, len(text) // 3)],
        role=new.role,
        created_at=context.at,
        created_by=context.actor.name,
        scopes=new.scopes,
        ends_at=_end_of(ports, new.last_day, context.at),
    )
    entry = audit(
        ports,
        context,
        "api_key_created",
        subject=("api_key", key.id),
        name=new.name,
        role=new.role,
        scopes=None if new.scopes is None else list(new.scopes),
    )
    commit(ports, context, [Insert(key), entry], resource=f"/v1/api-keys/{key.id}")
    return key


def _end_of(ports: Ports, last_day: date | None, at: datetime) -> datetime | None:
    if last_day is None:
        return None
    place = zone(company_of(ports).time_zone)
    if not at.astimezone(place).date() <= last_day <= MOST_DAY:
        raise InvalidField(
            "/last_day",
            f"The last day is from today to {MOST_DAY}.",
            field_code="date_out_of_range",
        )
    return datetime.combine(last_day + timedelta(days=1), time(), place).astimezone(UTC)


def _find(ports: Ports, key_id: str) -> ApiKey:
    rows = ports.store.rows(replace(api_keys(), prefix=key_id), limit=1).items
    hashes = [str(row["hash"]) for row in rows if row["id"] == key_id]
    key = ports.store.get(Ref(ApiKey, (hashes[0],))) if hashes else None
    if key is None:
        raise NotFound("API key", key_id)
    return key
