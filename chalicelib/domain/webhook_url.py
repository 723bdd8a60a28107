"""Where webhooks may go: an address that can mean only one public host, by TLS on port 443.

Which machine the name stands for is checked when it is called (``adapters/egress_addresses.py``).
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

MOST_CHARACTERS: Final = 2_000
_VISIBLE: Final = re.compile(r"[!-\[\]-~]+")  # ASCII without blanks and backslash
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LAST_LABEL: Final = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")  # never a number: that is an address
_PRIVATE_ENDINGS: Final = (".localhost", ".local", ".internal", ".home.arpa", ".onion", ".test")
_LOCAL_HOSTS: Final = ("localhost", "127.0.0.1")
_TLS_PORT: Final = 443
_MOST_HOST_CHARACTERS: Final = 253


class UrlRefused(ValueError):
    """Nothing is sent there; ``code`` says why, for screens in another language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Target:
    """A host and what to ask it for. ``is_local`` is this machine, in the local cloud alone."""

    host: str
    port: int
    path: str
    is_local: bool


def target_of(url: str, *, allows_local: bool) -> Target:
    """Return what an address means. UrlRefused for all that is not plainly a public https host."""
    if len(url) > MOST_CHARACTERS or not _VISIBLE.fullmatch(url) or "#" in url:
        raise UrlRefused(
            "url_unreadable", f"An address has up to {MOST_CHARACTERS} plain characters, no blanks."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as exc:
        raise UrlRefused("url_unreadable", "This is not an address.") from exc
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if allows_local and parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS:
        _require_plain(parts, parts.hostname, port)
        return Target(parts.hostname, port or 80, path, is_local=True)
    return Target(_public_host(parts, port), _TLS_PORT, path, is_local=False)


def _public_host(parts: SplitResult, port: int | None) -> str:
    if parts.scheme != "https":
        raise UrlRefused("url_not_https", "The address must begin with https://.")
    host = parts.hostname or ""
    if not _is_public_name(host):
        raise UrlRefused("url_host", "The address needs the public name of a host.")
    _require_plain(parts, host, port)
    if port not in (None, _TLS_PORT):
        raise UrlRefused("url_port", "Only port 443 is called.")
    return host


def _require_plain(parts: SplitResult, host: str, port: int | None) -> None:
    # A name and a password, or a host that two programs would read differently.
    said = host if port is None else f"{host}:{port}"
    if parts.netloc.lower() != said:
        raise UrlRefused("url_parts", "The address has a host and a path, nothing else.")


def _is_public_name(host: str) -> bool:
    labels = host.split(".")
    return (
        len(host) <= _MOST_HOST_CHARACTERS
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and _LAST_LABEL.fullmatch(labels[-1]) is not None
        and not host.endswith(_PRIVATE_ENDINGS)
    )
