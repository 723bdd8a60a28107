"""Finds the browser that the tests drive, or installs one.

Standard library only: it runs before anything is installed.
"""

import os
import shutil
from pathlib import Path

from infra.local.processes import StepFailedError, run
from infra.local.stamps import PROJECT

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_PLAYWRIGHT = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
_PLAYWRIGHT_BINARIES = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/*/*/*")


class NoBrowserError(Exception):
    """No browser is here and none could be installed."""

    def __init__(self, reasons: list[str]) -> None:
        tried = "\n".join(f"  - {reason}" for reason in reasons)
        super().__init__(
            "The tests need Chromium or Google Chrome and none was found. Install one so that"
            f" `chromium` is on the PATH, or set CHROME to its path. What was tried:\n{tried}"
        )


def find_browser() -> str | None:
    """The path of a Chromium-like browser: CHROME, then the PATH, then Playwright's own."""
    named = os.environ.get("CHROME")
    if named:
        return shutil.which(named)
    on_path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if on_path:
        return on_path
    if _MAC.exists():
        return str(_MAC)
    return _playwrights_own()


def install_browser() -> None:
    """Installs Chromium by the system's package manager or, failing that, by Playwright."""
    reasons: list[str] = []
    for install in (_by_apt, _by_playwright):
        try:
            install()
        except (StepFailedError, OSError) as error:
            reasons.append(str(error))
        if find_browser():
            return
    raise NoBrowserError(reasons)


def _by_apt() -> None:
    if not shutil.which("apt-get"):
        return
    is_root = os.geteuid() == 0
    if not is_root and not shutil.which("sudo"):
        return
    as_root = [] if is_root else ["sudo", "-n"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    try:
        run([*as_root, *environment, *install])
    except StepFailedError:  # a fresh container has no package lists yet
        run([*as_root, *environment, "apt-get", "update"])
        run([*as_root, *environment, *install])


def _by_playwright() -> None:
    run([str(PROJECT / ".venv/bin/python"), "-m", "playwright", "install", "chromium"])


def _playwrights_own() -> str | None:
    for folder in _PLAYWRIGHT:
        for pattern in _PLAYWRIGHT_BINARIES:
            found = sorted(folder.glob(pattern))
            if found:
                return str(found[-1])
    return None
