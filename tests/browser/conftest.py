"""Fixtures of the browser tests: running systems, one browser, and pages that are watched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from infra.local.site import BUILD
from tests.browser.saldo import SESSION_COOKIE, Saldo
from tests.browser.watch import Watch

_WAIT_MS = 15_000  # patience with a machine that does several things at once
expect.set_options(timeout=_WAIT_MS)
Open = Callable[..., "Visit"]
Look = Callable[[Saldo], "Visit"]


class Visit:
    """A page in a browser of its own, and who watches it."""

    def __init__(self, saldo: Saldo, context: BrowserContext) -> None:
        self.saldo = saldo
        self.context = context
        self.watch = Watch(context, saldo.url)
        self.page: Page = context.new_page()

    def go(self, path: str) -> Page:
        """Opens a screen and waits until it shows what it has to show."""
        self.page.goto(self.saldo.url + path, wait_until="commit")
        return self.settle()

    def settle(self) -> Page:
        """Waits until nothing on the screen is being loaded."""
        self.page.wait_for_selector("h1, h2")
        expect(self.page.locator("main [aria-busy=true]")).to_have_count(0, timeout=_WAIT_MS)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page


@pytest.fixture(scope="session")
def saldo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saldo]:
    """A system whose book holds what the tests write into it. Each test uses its own customers."""
    yield from _running(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saldo]:
    """A system with the example's fourteen months; tests only look at it."""
    yield from _running(tmp_path_factory.mktemp("example"), example="1")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saldo]:
    """A system as it is on its first day; tests only look at it."""
    yield from _running(tmp_path_factory.mktemp("empty"))


def _running(folder: Path, example: str = "0") -> Iterator[Saldo]:
    assert (BUILD / "index.html").exists(), "the web app is not built: run `make install`"
    running = Saldo(folder, example=example)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(chrome: str) -> Iterator[Browser]:
    """One browser for this worker; each visit has a context of its own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chrome, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens watched pages: `open_page(saldo)`, `open_page(saldo, role="viewer", width=390)`."""
    visits: list[Visit] = []

    def begin(
        saldo: Saldo,
        *,
        role: str | None = "admin",
        width: int = 1280,
        language: Literal["es", "en"] = "es",
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale="es-ES" if language == "es" else "en-GB",
            timezone_id="Europe/Madrid",
            reduced_motion="reduce",
            color_scheme="light",
        )
        context.set_default_timeout(_WAIT_MS)
        if language == "en":
            context.add_init_script(_ENGLISH)
        if role is not None:
            use_session(context, saldo, saldo.session_of(role))
        visits.append(Visit(saldo, context))
        return visits[-1]

    yield begin
    for visit in visits:
        visit.context.close()
    for visit in visits:
        visit.watch.insist()


@pytest.fixture(scope="module")
def returning(browser: Browser) -> Iterator[dict[str, Visit]]:
    """One browser for each system, that comes back to it with a warm cache, as people do."""
    visits: dict[str, Visit] = {}
    yield visits
    for visit in visits.values():
        visit.context.close()


@pytest.fixture
def look(browser: Browser, returning: dict[str, Visit]) -> Iterator[Look]:
    """Looks at one screen after another in the same window, wide and light at first."""
    used: list[Visit] = []

    def begin(saldo: Saldo) -> Visit:
        visit = returning.get(saldo.url) or Visit(saldo, spanish_context(browser))
        if saldo.url not in returning:
            returning[saldo.url] = visit
            use_session(visit.context, saldo, saldo.session_of("admin"))
        visit.page.set_viewport_size({"width": 1280, "height": 900})
        visit.page.emulate_media(color_scheme="light")
        used.append(visit)
        return visit

    yield begin
    for visit in used:
        visit.page.unroute_all()
        visit.watch.insist_and_forget()


def spanish_context(browser: Browser) -> BrowserContext:
    """A new window of somebody in Spain who dislikes movement."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="es-ES",
        timezone_id="Europe/Madrid",
        reduced_motion="reduce",
        color_scheme="light",
    )
    context.set_default_timeout(_WAIT_MS)
    return context


# Not in the frame of a mail, nor before the first page: they have no storage.
_ENGLISH = """
const isPage = self === top && location.protocol.startsWith("http");
const chosen = isPage ? localStorage.getItem("saldo.language") : "none";
if (chosen === null) localStorage.setItem("saldo.language", "en");
"""


def use_session(context: BrowserContext, saldo: Saldo, session: str) -> None:
    """From now on the browser is signed in with this session."""
    # Chromium takes a __Host- cookie from http://localhost itself, but not by its remote control.
    url = saldo.url.replace("http:", "https:")
    context.add_cookies(
        [{"name": SESSION_COOKIE, "value": session, "url": url, "secure": True, "httpOnly": True,
          "sameSite": "Strict"}]
    )  # fmt: skip
