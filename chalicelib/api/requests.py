"""A request as views see it: who asks, when, and parsed parts. Free of chalice."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from chalicelib.api.errors import UnreadableBody, UnsupportedType
from chalicelib.api.schemas.base import MAX_PAGE, Request
from chalicelib.bootstrap import App
from chalicelib.domain.access import Actor
from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.context import Context, RepeatKey
from chalicelib.usecases.ports import Ports

B = TypeVar("B", bound=Request)
_REPEATABLE: Final = ("/v1/", "/portal/")
"""Elsewhere anybody may call, and nothing is kept for just anybody."""
PAGING: Final = ("limit", "cursor")
DEFAULT_PAGE: Final = 50
MAX_KEY_CHARACTERS: Final = 255
MAX_BODY_BYTES: Final = 1_000_000  # a draft of 500 long lines has a third of this


@dataclass(frozen=True)
class ApiRequest:
    """One authenticated request. Header names are lower case."""

    app: App
    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    raw: bytes
    actor: Actor
    at: datetime

    @property
    def ports(self) -> Ports:
        """Everything that use cases need from outside."""
        return self.app.ports

    @property
    def context(self) -> Context:
        """Who acts and when, with the Idempotency-Key of a POST."""
        return Context(self.actor, self.at, self.repeat_key)

    @property
    def repeat_key(self) -> RepeatKey | None:
        """The Idempotency-Key, bound to what the request asks for."""
        key = self.headers.get("idempotency-key")
        if key is None or self.method != "POST" or not self.path.startswith(_REPEATABLE):
            return None
        if not 0 < len(key) <= MAX_KEY_CHARACTERS or not key.isprintable():
            raise InvalidField("/Idempotency-Key", "A key has 1 to 255 printable characters.")
        said = b"\n".join([self.method.encode(), self.path.encode(), self.raw])
        return RepeatKey(key, hashlib.sha256(said).hexdigest())

    @property
    def expected_version(self) -> int | None:
        """The version that If-Match names; None when the header is absent or ``*``."""
        tag = self.headers.get("if-match")
        if tag is None or tag.strip() == "*":
            return None
        bare = tag.strip().removeprefix("W/").strip('"')
        if not bare.isdigit():
            raise InvalidField("/If-Match", 'An ETag of ours is a quoted number such as "3".')
        return int(bare)

    def body(self, model: type[B]) -> B:
        """Return the body as a model. UnreadableBody, UnsupportedType or ValidationError.

        No body at all reads as an empty object, for calls that need no word.
        """
        if len(self.raw) > MAX_BODY_BYTES:
            raise UnreadableBody(f"A body has at most {MAX_BODY_BYTES} bytes.")
        if self.raw and not self.headers.get("content-type", "").startswith("application/json"):
            raise UnsupportedType("The body must be application/json.")
        try:
            return model.model_validate_json(self.raw or b"{}")
        except ValidationError as exc:
            if exc.errors()[0]["type"] in ("json_invalid", "model_type"):
                raise UnreadableBody("The body is not a JSON object.") from exc
            raise

    @property
    def limit(self) -> int:
        """How many rows of a list are wanted: 1 to 200."""
        text = self.query.get("limit", str(DEFAULT_PAGE))
        if not text.isdigit() or not 1 <= int(text) <= MAX_PAGE:
            raise InvalidField("/limit", f"A limit is a whole number from 1 to {MAX_PAGE}.")
        return int(text)

    @property
    def cursor(self) -> str | None:
        """Where the wanted page of a list begins."""
        return self.query.get("cursor") or None

    def day(self, name: str) -> date | None:
        """Return a query parameter that is a date."""
        text = self.query.get(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as exc:
            raise InvalidField(f"/{name}", "A date is written YYYY-MM-DD.") from exc

    def today(self) -> date:
        """Return the date at the company's place. One read."""
        from chalicelib.usecases.own_company import company_of  # noqa: PLC0415 - few ask for it

        return local_date(self.at, company_of(self.ports).time_zone)


def changed_fields(body: BaseModel) -> dict[str, object]:
    """Return the fields that a PATCH names, null included."""
    return {name: getattr(body, name) for name in body.model_fields_set}
