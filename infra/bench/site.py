"""The bytes of the single-page application, compressed as a browser loads them."""

import gzip
import json
from typing import Any, Final

from infra.local.stamps import PROJECT

BUDGET_BYTES: Final = 260_000
_DIST: Final = PROJECT / "frontend/dist"
_MANIFEST: Final = _DIST / ".vite/manifest.json"


def measure() -> dict[str, int] | None:
    """Return compressed bytes: what every page loads first, and each chunk that comes later.

    None when the front end has not been built.
    """
    if not _MANIFEST.exists():
        return None
    manifest: dict[str, Any] = json.loads(_MANIFEST.read_text())
    entry = next(name for name, chunk in manifest.items() if chunk.get("isEntry"))
    first = _closure(manifest, entry)
    sizes = {"first load (script and style)": _bytes(_files(manifest, first))}
    for name, chunk in manifest.items():
        if chunk.get("isDynamicEntry"):
            more = _closure(manifest, name) - first
            sizes[f"+ {chunk.get('name', name)}"] = _bytes(_files(manifest, more))
    return sizes


def _closure(manifest: dict[str, Any], name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += manifest[one].get("imports", [])
    return found


def _files(manifest: dict[str, Any], names: set[str]) -> set[str]:
    return {
        file for name in names for file in (manifest[name]["file"], *manifest[name].get("css", []))
    }


def _bytes(files: set[str]) -> int:
    return sum(len(gzip.compress((_DIST / file).read_bytes(), 9)) for file in files)
