"""openapi.json, made from the routes and the models of their bodies. Not part of a request."""

import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib.api.access import needed_for
from chalicelib.api.resources import import_all
from chalicelib.api.routes import OPERATIONS, Operation
from chalicelib.api.schemas.base import Problem
from chalicelib.api.scopes import area_of, scope_for
from chalicelib.settings import VERSION

_REF: Final = "#/components/schemas/{model}"
_PARAMETER = re.compile(r"\{(\w+)\}")
_QUERY: Final[dict[str, dict[str, Any]]] = {
    "count": {"type": "integer", "minimum": 1, "maximum": 60, "default": 12},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    "as_of": {"type": "string", "format": "date"},
    "due_before": {"type": "string", "format": "date"},
    "due_after": {"type": "string", "format": "date"},
    "unapplied": {"type": "string", "enum": ["true", "false"]},
}


def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of every route that is registered."""
    import_all()
    names, definitions = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for operation in sorted(OPERATIONS, key=lambda one: (one.path, one.method)):
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(
            operation, names
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Saldo",
            "version": VERSION,
            "description": "Accounts receivable. Amounts are integers in minor units.",
        },
        "tags": [{"name": tag} for tag in sorted({_tag(path) for path in paths})],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "apiKey": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-sid"},
                "portal": {"type": "apiKey", "in": "cookie", "name": "__Host-portal"},
            },
        },
        "security": [{"apiKey": []}, {"session": []}],
    }


Names = Mapping[Any, dict[str, Any]]


def _schemas() -> tuple[Names, dict[str, Any]]:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    for operation in OPERATIONS:
        if isinstance(operation.takes, type):
            wanted.append((operation.takes, "validation"))
        if isinstance(operation.gives, type):
            wanted.append((operation.gives, "serialization"))
    unique = list(dict.fromkeys(wanted))
    names, schema = models_json_schema(unique, ref_template=_REF)
    return names, schema["$defs"]


def _operation(one: Operation, names: Names) -> dict[str, Any]:
    access = _access(one)
    described: dict[str, Any] = {
        "operationId": _operation_id(one),
        "tags": [_tag(one.path)],
        "summary": one.summary.strip().split("\n")[0],
        "parameters": _parameters(one),
        "responses": _responses(one, names),
    }
    described |= access | {"description": _prose(one, access["description"])}
    if isinstance(one.takes, str):
        bytes_of_a_file = {one.takes: {"schema": {"type": "string", "format": "binary"}}}
        described["requestBody"] = {"required": True, "content": bytes_of_a_file}
    elif one.takes is not None:
        schema = names[(one.takes, "validation")]
        is_optional = not one.takes.model_json_schema().get("required")
        content = {"application/json": {"schema": schema}}
        described["requestBody"] = {"required": not is_optional, "content": content}
    return described


def _access(one: Operation) -> dict[str, Any]:
    """Return who may call it. OpenAPI 3.1 lets a bearer key name what it must be good for."""
    role = needed_for(one.method, one.path)
    if role == "public":
        return {"security": [], "description": "Open to everybody."}
    if role == "portal":
        said = "For customers: needs the cookie that opening a portal link sets."
        return {"security": [{"portal": []}], "description": said}
    scope = scope_for(one.method, one.path)
    key = f"; an API key with scopes needs `{scope}`" if scope else ""
    if area_of(one.path) == "unlimited":
        key = "; an API key with scopes is refused"
    return {
        "description": f"Needs the role {role}{key}.",
        "x-saldo-role": role,
        "security": [{"apiKey": [scope] if scope else []}, {"session": []}],
    }


def _prose(one: Operation, access: str) -> str:
    """Return what the view says of itself after its first line, and who may call it."""
    more = cleandoc(one.summary).partition("\n")[2].strip()
    return f"{more}\n\n{access}" if more else access


def _tag(path: str) -> str:
    """Return the resource that an operation is about: the first word of its path."""
    return path.removeprefix("/v1").split("/")[1].removesuffix(".json")


def _operation_id(one: Operation) -> str:
    words = re.findall(r"[A-Za-z0-9]+", one.path.removeprefix("/v1"))
    return "_".join([one.method.lower(), *words])


def _parameters(one: Operation) -> list[dict[str, Any]]:
    path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PARAMETER.findall(one.path)
    ]
    query = [
        {"name": name, "in": "query", "schema": _QUERY.get(name, {"type": "string"})}
        for name in one.query
    ]
    headers = []
    if one.method == "POST" and one.path.startswith(("/v1/", "/portal/")):
        headers.append(("Idempotency-Key", "Repeated with the same key, the effect comes once."))
    if one.method in ("PATCH", "PUT", "DELETE"):
        headers.append(("If-Match", "The ETag that was read; 412 if somebody was faster."))
    return [
        *path,
        *query,
        *(
            {"name": name, "in": "header", "description": why, "schema": {"type": "string"}}
            for name, why in headers
        ),
    ]


def _responses(one: Operation, names: Names) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done"}
    if isinstance(one.gives, str):
        answer["content"] = {one.gives: {}}
    elif one.gives is not None:
        schema = names[(one.gives, "serialization")]
        answer["content"] = {"application/json": {"schema": schema}}
    problem = names[(Problem, "serialization")]
    refusal = {
        "description": "Refused",
        "content": {"application/problem+json": {"schema": problem}},
    }
    return {str(one.status): answer, "4XX": refusal, "500": refusal}
