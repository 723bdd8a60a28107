"""What every stand-in of a payment provider is made of; `office` leads requests to them.

A stand-in is a class ``STANDIN`` in a module of this package, derived from ``Standin``. It answers
the provider's API and its checkout pages below ``/_local/<name>/`` (``api``), tells of its payments
(``payments``), and does to a payment what the control page offers (``act``). What it sends with
``send`` reaches our ``/webhooks/<name>`` with the headers of ``sign``. It is written from the
provider's documentation and knows nothing of our adapters.

Every call happens with everybody else's changes shut out (``Things.changing``), and what it changes
is kept only when it returns.
"""

import json
import os
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Literal, NamedTuple
from urllib.parse import parse_qsl

from infra.local.gateway import Answer
from infra.local.providers.delivery import PAUSES, Letter, Post
from infra.local.providers.keys import SECRETS
from infra.local.providers.things import Shelf

Language = Literal["es", "en"]
CONTROL: Final = "control"
"""The first part of the addresses that `office` answers for every stand-in itself."""


class Text(NamedTuple):
    """Words that a person reads, in both languages."""

    es: str
    en: str


class Request(NamedTuple):
    """A request to one stand-in. ``parts`` is the path below ``/_local/<name>/``, decoded.

    Header names are lower case. ``root`` is the stand-in's own address, without a slash at its end;
    ``pairs`` is the query where a name occurs several times.
    """

    method: str
    parts: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    root: str
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def wants_page(self) -> bool:
        """A browser asks."""
        return "text/html" in self.headers.get("accept", "")

    @property
    def language(self) -> Language:
        """The language of the query (``lang``), or of the browser; Spanish if it says nothing."""
        wanted = self.query.get("lang") or self.headers.get("accept-language", "es")
        return "en" if wanted.lower().startswith("en") else "es"

    def form(self) -> dict[str, str]:
        """The fields of a form; of a repeated one the last."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> Any:
        """The JSON of the body; an empty object when it is none."""
        try:
            return json.loads(self.body or b"{}")
        except ValueError:
            return {}


class Refused(Exception):
    """The control page asked for something that this payment does not allow now."""


class Action(NamedTuple):
    """Something that can be done to a payment. With ``amount_minor`` a part may be chosen."""

    name: str
    label: Text
    amount_minor: int | None = None


class Shown(NamedTuple):
    """A payment as the control pages and their API show it; ``facts`` are further rows."""

    id: str
    state: str
    amount_minor: int
    currency: str
    reference: str = ""
    facts: Mapping[str, str] = {}
    actions: Sequence[Action] = ()


class Standin(ABC):
    """One provider. ``shelf`` keeps what it knows; ``pauses`` is how it repeats webhooks."""

    name: ClassVar[str]
    title: ClassVar[str]
    pauses: ClassVar[Sequence[float]] = PAUSES

    def __init__(self, shelf: Shelf, post: Post, base_url: str) -> None:
        self.shelf = shelf
        self.post = post
        self.base_url = base_url
        post.register(self.name, self.sign, self.pauses)

    @abstractmethod
    def api(self, request: Request) -> Answer:
        """Answers the provider's API and its pages for the customer."""

    @abstractmethod
    def payments(self) -> Sequence[Shown]:
        """Its payments, the newest first."""

    @abstractmethod
    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        """Does to a payment what one of its actions says; Refused when it cannot be."""

    @abstractmethod
    def sign(self, letter: Letter) -> Mapping[str, str]:
        """The headers that prove that a webhook is from this provider, for an attempt made now."""

    def send(
        self,
        label: str,
        body: bytes,
        *,
        about: str,
        path: str | None = None,
        content_type: str = "application/json",
        marks: Mapping[str, str] | None = None,
    ) -> int:
        """Puts a webhook into the post. ``about`` is the id of a payment of ``payments``.

        ``path`` replaces ``/webhooks/<name>`` and may carry a query; ``marks`` come back to
        ``sign`` in the letter.
        """
        return self.post.send(
            self.name,
            label=label,
            body=body,
            about=about,
            path=path,
            content_type=content_type,
            marks=marks,
        )

    @property
    def root(self) -> str:
        """The address of its API, without a slash at its end."""
        return f"{self.base_url}/_local/{self.name}"

    @property
    def secret(self) -> str:
        """What signs its webhooks: the one that the app was started with."""
        return os.environ.get(f"SALDO_{self.name.upper()}_WEBHOOK_SECRET") or SECRETS[self.name]

    def payment(self, payment_id: str) -> Shown | None:
        """One of its payments; None when there is none of that id."""
        return next((one for one in self.payments() if one.id == payment_id), None)


def spoken(wanted: Any, request: Request) -> Language:
    """The language that the order wants; failing that, the browser's."""
    if wanted == "en":
        return "en"
    return "es" if wanted == "es" else request.language


class Clock:
    """What the stand-ins take for the present; ``at`` is set while the example is being told."""

    at: datetime | None = None


CLOCK: Final = Clock()


def now() -> datetime:
    """The present time, of which the stand-ins live."""
    return CLOCK.at or datetime.now(UTC)


def new_id(prefix: str, length: int = 24) -> str:
    """A name that nothing else has."""
    return prefix + uuid.uuid4().hex[:length]


def see_other(url: str) -> Answer:
    """Leads the browser to another page after a form."""
    return Answer(303, (("Location", url), ("Cache-Control", "no-store")))
