"""Looks over a browser's shoulder: whatever goes wrong unasked fails the test at its end."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# The browser's own word for a refused request; `Watch` judges the response itself.
_SAID_TWICE = "Failed to load resource"
# A screen that is left while it still asks for something.
_LEFT = "net::ERR_ABORTED"


@dataclass(frozen=True)
class Allowed:
    """A response that a test expects: its status, and how its path begins."""

    status: int
    path: str


class Watch:
    """Everything unexpected in one browser context."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.troubles: list[str] = []
        self._origin = urlsplit(origin).netloc
        self._allowed: list[Allowed] = []
        self._unanswered: list[str] = []
        context.on("page", self._page)
        context.on("response", self._response)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    def allow(self, status: int, path: str) -> None:
        """From now on this answer is part of the test."""
        self._allowed.append(Allowed(status, path))

    def allow_failure(self, path_end: str) -> None:
        """From now on a request to such a path may find no server."""
        self._unanswered.append(path_end)

    def insist(self) -> None:
        """Fails with every trouble seen so far."""
        assert not self.troubles, "\n".join(self.troubles)

    def insist_and_forget(self) -> None:
        """The same, and begins anew for whoever looks next."""
        troubles, self.troubles = self.troubles, []
        self._allowed.clear()
        self._unanswered.clear()
        assert not troubles, "\n".join(troubles)

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _SAID_TWICE not in message.text:
            self.troubles.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws") and address.netloc != self._origin:
            self.troubles.append(f"request to another origin: {request.url}")

    def _failed(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if request.failure != _LEFT and not path.endswith(tuple(self._unanswered)):
            self.troubles.append(f"{request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status < 400 or any(
            one.status == response.status and path.startswith(one.path) for one in self._allowed
        ):
            return
        self.troubles.append(f"{response.request.method} {path}: {response.status}")
