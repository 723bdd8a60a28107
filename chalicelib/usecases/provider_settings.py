"""Set up payment providers: their keys go into the vault, what may be shown of them on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.errors import (
    InvalidField,
    NotFound,
    ProviderRefused,
    ProviderUnavailable,
    Stale,
)
from chalicelib.domain.money import is_currency
from chalicelib.domain.provider_settings import Mode, ProviderSettings, shown
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Ports, Ref, Replace
from chalicelib.usecases.provider_listings import provider_settings
from chalicelib.usecases.provider_ports import ProviderKind
from chalicelib.usecases.vault_ports import BEFORE, BEFORE_UNTIL, SECRET

ROTATION: Final = timedelta(hours=24)
"""How long notifications may still be signed with the secret that was replaced."""
LONGEST_KEY: Final = 2_000


@dataclass(frozen=True, kw_only=True)
class ProviderChange:
    """What becomes different; None leaves it. An empty key is taken away."""

    keys: Mapping[str, str]
    is_offered: bool | None = None
    position: int | None = None
    mode: Mode | None = None
    currencies: tuple[str, ...] | None = None


def settings_ref(provider: str) -> Ref[ProviderSettings]:
    """Return the key of a provider's settings."""
    return Ref(ProviderSettings, (provider,))


def settings_of_all(ports: Ports) -> dict[str, ProviderSettings]:
    """Return the settings of every provider that was ever set up, in one Query."""
    return {one.provider: one for one in ports.store.records(provider_settings())}


def change_provider(
    ports: Ports,
    context: Context,
    provider: str,
    change: ProviderChange,
    *,
    expected_version: int | None,
) -> ProviderSettings:
    """Put in keys and say how a provider is used. NotFound, InvalidField, Stale.

    A webhook secret that is replaced verifies for another day. The vault is written first: if the
    process dies before the record, repeating the request finishes it.
    """
    kind = kind_of(ports, provider)
    _check(kind, change)

    def attempt() -> ProviderSettings:
        before = ports.store.get(settings_ref(provider)) or _untouched(context, provider)
        if expected_version not in (None, before.version):
            raise Stale(
                f"settings of {provider}", expected=expected_version or 0, present=before.version
            )
        kept = _kept(ports, context, provider, change)
        after = before.next(
            filled=_filled(kind, kept),
            is_offered=before.is_offered if change.is_offered is None else change.is_offered,
            position=before.position if change.position is None else change.position,
            mode=change.mode or before.mode,
            currencies=before.currencies if change.currencies is None else change.currencies,
            changed_at=context.at,
            changed_by=context.actor.name,
        )
        entry = audit(
            ports,
            context,
            "provider_changed",
            subject=("provider", provider),
            keys=sorted(change.keys),
            is_offered=after.is_offered,
            mode=after.mode,
        )
        commit(ports, context, [Replace(after), entry], resource=f"/v1/providers/{provider}")
        return after

    return until_committed(ports, attempt)


def kind_of(ports: Ports, provider: str) -> ProviderKind:
    """Return what a provider is. NotFound for a name that is none."""
    found = next((kind for kind in ports.gateway.kinds() if kind.name == provider), None)
    if found is None:
        raise NotFound("payment provider", provider)
    return found


def _check(kind: ProviderKind, change: ProviderChange) -> None:
    names = {field.name for field in kind.fields}
    for name, text in change.keys.items():
        if name not in names:
            raise InvalidField(
                f"/keys/{name}", f"{kind.title} has no such key.", field_code="unknown_key"
            )
        # It travels in a header; what a page puts around it, like a bullet, is none of it.
        is_plain = text.strip().isascii() and text.strip().isprintable()
        if len(text) > LONGEST_KEY or not is_plain:
            raise InvalidField(
                f"/keys/{name}",
                "A key is one line of plain letters, digits and signs.",
                field_code="not_a_key",
            )
    for index, code in enumerate(change.currencies or ()):
        if not is_currency(code):
            raise InvalidField(
                f"/currencies/{index}", f"{code} is no currency.", field_code="unknown_currency"
            )


def _untouched(context: Context, provider: str) -> ProviderSettings:
    return ProviderSettings(
        version=0, provider=provider, changed_at=context.at, changed_by=context.actor.name
    )


def _kept(ports: Ports, context: Context, provider: str, change: ProviderChange) -> dict[str, str]:
    known = ports.vault.read(f"providers/{provider}")
    kept = known | {name: text.strip() for name, text in change.keys.items()}
    if change.mode is not None:
        kept["mode"] = change.mode
    if (old := known.get(SECRET)) and old != kept[SECRET]:
        kept |= {BEFORE: old, BEFORE_UNTIL: rfc3339(context.at + ROTATION)}
    kept = {name: text for name, text in kept.items() if text}
    if kept != known:
        ports.vault.write(f"providers/{provider}", kept)
    return kept


def _filled(kind: ProviderKind, kept: Mapping[str, str]) -> dict[str, str]:
    return {
        field.name: shown(kept[field.name], is_secret=field.is_secret)
        for field in kind.fields
        if kept.get(field.name)
    }


def try_provider(
    ports: Ports, context: Context, provider: str, keys: Mapping[str, str]
) -> ProviderSettings:
    """Ask the provider whose account the keys open, with new ones or those that are kept.

    The answer stays on record, a refusal too; keys that were only tried are not kept.
    """
    kind = kind_of(ports, provider)
    _check(kind, ProviderChange(keys=keys))
    tried = ports.vault.read(f"providers/{provider}") | {
        name: text.strip() for name, text in keys.items() if text.strip()
    }
    try:
        is_ok, answer = True, ports.gateway.check(provider, tried)
    except (ProviderRefused, ProviderUnavailable) as refused:
        is_ok, answer = False, refused.problem

    def attempt() -> ProviderSettings:
        before = ports.store.get(settings_ref(provider)) or _untouched(context, provider)
        after = before.next(checked_at=context.at, checked_ok=is_ok, checked_said=answer[:300])
        commit(ports, context, [Replace(after)], resource=f"/v1/providers/{provider}")
        return after

    return until_committed(ports, attempt)
