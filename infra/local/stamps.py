"""Remembers from what an artefact was made, so that only what changed is made again.

Standard library only: it runs before anything is installed.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / ".cache"
_IGNORED_FOLDERS = {"node_modules", "dist", ".vite", "coverage"}


def fingerprint(sources: Iterable[Path | str]) -> str:
    """One hash over the names and contents of files (folders: every file below) and over words."""
    digest = hashlib.sha256()
    for source in sources:
        if isinstance(source, str):
            digest.update(source.encode())
            continue
        for file in _files(source):
            digest.update(str(file.relative_to(PROJECT)).encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current(name: str, content: str) -> bool:
    """True when the step `name` last finished for exactly this content."""
    stamp = _stamp(name)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == content


def remember(name: str, content: str) -> None:
    """Call it after the step has finished, so that an interrupted step runs again."""
    _stamp(name).parent.mkdir(parents=True, exist_ok=True)
    _stamp(name).write_text(content, encoding="utf-8")


def _stamp(name: str) -> Path:
    return CACHE / "stamps" / name


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    found: list[Path] = []
    for folder, folders, files in os.walk(source):
        folders[:] = [name for name in folders if name not in _IGNORED_FOLDERS]
        found += [Path(folder, name) for name in files]
    return sorted(found)
