"""The API of a payment provider as a dictionary, for the tests of its adapter."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from chalicelib.adapters.providers.calls import Calls, Reply
from chalicelib.adapters.providers.port import Setup


class Call(NamedTuple):
    """A request that the adapter made."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


class Status(NamedTuple):
    """An answer that is not 200."""

    status: int
    body: Any = None


@dataclass(frozen=True)
class Api(Calls):
    """Answers from ``answers`` (``GET /path``, with the query where it matters); 404 otherwise.

    A function there is given the query.
    """

    provider: str = "test"
    base_url: str = "http://localhost:1"
    answers: dict[str, Any] = field(default_factory=dict)
    made: list[Call] = field(default_factory=list)

    def send(
        self,
        method: str,
        path: str,
        *,
        json_body: Any = None,
        form: Any = None,
        headers: Any = None,
        accepts: tuple[int, ...] = (),
    ) -> Reply:
        url = urlsplit(path)
        sent = json.loads(json.dumps(json_body)) if form is None else dict(form)
        query = dict(parse_qsl(url.query))
        self.made.append(Call(method, url.path, query, dict(headers or {}), sent))
        plain = f"{method} {url.path}"
        asked = f"{plain}?{urlencode(query)}"
        answer = self.answers.get(asked, self.answers.get(plain, Status(404)))
        if callable(answer):
            answer = answer(query)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Status):
            return self._not_ok(answer.status, json.dumps(answer.body).encode(), accepts)
        return Reply(200, json.loads(json.dumps(answer), parse_float=Decimal))


def a_setup_with(api: Api, *secrets: str, **keys: str) -> Setup:
    """Return a setup that reaches this API."""
    return Setup(secrets=secrets, keys=keys, calls=api, is_local=True)
