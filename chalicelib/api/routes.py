"""Views take an ApiRequest and return a Reply; everything around them is done here.

A view's refusal must be turned into a response inside the view: chalice hands exceptions of views
to no middleware.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalice.app import Response
from pydantic import BaseModel, ValidationError

from chalicelib import bootstrap
from chalicelib.api.access import authorize
from chalicelib.api.errors import problem_of, problem_of_fields, unexpected_problem
from chalicelib.api.requests import ApiRequest
from chalicelib.api.schemas.base import Problem
from chalicelib.api.security import authenticate
from chalicelib.domain.access import IdempotencyRecord
from chalicelib.domain.errors import DomainError, NotFound
from chalicelib.observability import logger
from chalicelib.usecases.context import AlreadyAnswered, raise_first_answer
from chalicelib.usecases.ports import Insert, Ref, Replace

_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_LONGEST_ID = 900  # bytes; a key of the table holds 1,024, and refuses to be asked for more


@dataclass(frozen=True)
class Reply:
    """What a view answers. What is shown once is not kept for a repetition of the request."""

    body: BaseModel | None
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str | list[str]] = field(default_factory=dict)
    is_shown_once: bool = False


class Binary(Response):  # type: ignore[misc] # chalice is untyped
    """Bytes, whatever the caller's Accept says: chalice refuses a plain link to a PDF."""

    def to_dict(self, binary_types: list[str] | None = None) -> dict[str, Any]:
        """Return the gateway's form of the response, always base64."""
        answer: dict[str, Any] = super().to_dict(["*/*"])
        del binary_types
        return answer


View = Callable[..., Reply | Response]


@dataclass(frozen=True)
class Operation:
    """One route as openapi.json describes it."""

    path: str
    method: str
    summary: str
    takes: type[BaseModel] | str | None
    gives: type[BaseModel] | str | None
    status: int
    query: tuple[str, ...]


OPERATIONS: list[Operation] = []


class Routes:
    """The views of one module, by method and path."""

    def __init__(self) -> None:
        self._views: dict[tuple[str, str], View] = {}

    def route(
        self,
        path: str,
        method: str,
        *,
        gives: type[BaseModel] | str | None,
        takes: type[BaseModel] | str | None = None,
        status: int = 200,
        query: Sequence[str] = (),
    ) -> Callable[[View], View]:
        """Note a view and describe it for openapi.json.

        ``takes`` and ``gives`` are models of the bodies or media types; ``query`` names what may
        follow the question mark. Every route has its row in access.ROUTES, its path in the same
        words.
        """

        def decorate(view: View) -> View:
            summary = view.__doc__ or ""
            OPERATIONS.append(Operation(path, method, summary, takes, gives, status, tuple(query)))
            self._views[method, path] = view
            return view

        return decorate

    def view(self, method: str, path: str) -> View:
        """Return the view of a route."""
        return self._views[method, path]


def answer(raw: Any, path: str, find: Callable[[], Routes], parts: dict[str, str]) -> Response:
    """Return the response to one request of chalice; ``find`` brings the module of its path."""
    request_id = raw.context.get("requestId")
    try:
        request = _read(raw, path)
        _require_ids(parts)
        return _announced(request, _once(request, find().view(raw.method, path), parts))
    except ValidationError as exc:
        return _problem(problem_of_fields(exc, request_id))
    except DomainError as exc:
        return _problem(problem_of(exc, request_id))
    except Exception:  # noqa: BLE001 - a caller gets no stack trace; the log does
        logger.exception("unexpected", route=path, method=raw.method, request_id=request_id)
        return _problem(unexpected_problem(request_id))


def _require_ids(parts: Mapping[str, str]) -> None:
    for name, text in parts.items():
        if name.endswith("_id") and len(text.encode()) > _LONGEST_ID:
            raise NotFound(name.removesuffix("_id").replace("_", " "), f"{text[:20]}…")


def _announced(request: ApiRequest, response: Response) -> Response:
    try:
        request.app.announce_changes()
    except Exception:  # noqa: BLE001 - the change is done and is answered as such; sweep tells it
        logger.exception("announcing failed", path=request.path)
    return response


def _read(raw: Any, route: str) -> ApiRequest:
    app = bootstrap.app()
    headers = {name.lower(): value for name, value in raw.headers.items()}
    at = bootstrap.now()
    actor = authenticate(app, raw.method, route, headers, at)
    authorize(raw.method, route, actor)
    query = raw.query_params or {}
    return ApiRequest(
        app=app,
        method=raw.method,
        path=raw.path,
        headers=headers,
        query={name: query[name] for name in query},
        raw=raw.raw_body or b"",
        actor=actor,
        at=at,
    )


def _once(request: ApiRequest, view: View, parts: dict[str, str]) -> Response:
    if request.repeat_key is None:
        return _rendered(view(request, **parts))
    try:
        raise_first_answer(request.ports, request.context)
        try:
            reply = view(request, **parts)
        except DomainError:
            # A twin of this request may have been faster; then its answer is ours.
            raise_first_answer(request.ports, request.context)
            raise
    except AlreadyAnswered as answered:
        return _repeated(request, answered.record)
    response = _rendered(reply)
    if not (isinstance(reply, Reply) and reply.is_shown_once):
        _remember(request, response)
    return response


def _rendered(reply: Reply | Response) -> Response:
    if isinstance(reply, Response):
        return reply
    headers: dict[str, Any] = {**_NO_STORE, "Content-Type": "application/json", **reply.headers}
    if reply.version is not None:
        headers["ETag"] = f'"{reply.version}"'
    body = "" if reply.body is None else reply.body.model_dump_json()
    return Response(body=body, status_code=reply.status, headers=headers)


def _problem(problem: Problem) -> Response:
    headers = {**_NO_STORE, "Content-Type": "application/problem+json"}
    return Response(problem.model_dump_json(), status_code=problem.status, headers=headers)


def _remember(request: ApiRequest, response: Response) -> None:
    """Keep the answer under the request's key, for its repetitions."""
    context, key = request.context, request.repeat_key
    if key is None or not isinstance(response.body, str):
        return
    stored = request.ports.store.get(Ref(IdempotencyRecord, (context.actor.id, key.key)))
    answer = {
        "status": response.status_code,
        "body": json.dumps([response.headers.get("ETag"), response.body]),
    }
    if stored is not None:
        request.ports.store.commit([Replace(stored.next(**answer))])
        return
    record = IdempotencyRecord(
        actor_id=context.actor.id,
        key=key.key,
        request_hash=key.request_hash,
        created_at=context.at,
        **answer,
    )
    request.ports.store.commit([Insert(record)])


def _repeated(request: ApiRequest, record: IdempotencyRecord) -> Response:
    headers = {**_NO_STORE, "Content-Type": "application/json", "Idempotency-Replayed": "true"}
    if record.body is not None:
        tag, body = json.loads(record.body)
        if tag:
            headers["ETag"] = tag
        return Response(body, status_code=record.status or 200, headers=headers)
    # The process died between the effect and its answer: tell what the effect made.
    from chalicelib.api.replay import answer_for  # noqa: PLC0415 - it imports the resources

    reply = answer_for(request, record)
    response = _rendered(reply)
    if not reply.is_shown_once:
        _remember(request, response)
    return response
