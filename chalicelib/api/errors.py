"""The one table from refusals to HTTP statuses, and the problem+json body (RFC 9457)."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from chalicelib.api.schemas.base import FieldError, Problem
from chalicelib.domain import errors

STATUSES: dict[type[errors.DomainError], tuple[int, str]] = {
    errors.Invalid: (422, "The request cannot be carried out"),
    errors.InvalidField: (422, "A field is not valid"),
    errors.KeyReused: (422, "The Idempotency-Key belongs to another request"),
    errors.NotFound: (404, "Not found"),
    errors.NotSignedIn: (401, "Not signed in"),
    errors.SignInRefused: (401, "Not signed in"),
    errors.NotAllowed: (403, "Not allowed"),
    errors.ScopeMissing: (403, "Not allowed with this API key"),
    errors.ForeignRequest: (403, "Not from a page of Saldo"),
    errors.StateConflict: (409, "Not possible in the present state"),
    errors.AlreadyExists: (409, "Already there"),
    errors.Busy: (409, "Too many writers at once"),
    errors.TooOften: (429, "Too often"),
    errors.Stale: (412, "Changed in the meantime"),
    errors.ProviderUnavailable: (503, "The payment provider cannot be reached"),
    errors.ProviderRefused: (502, "The payment provider refused"),
}


class UnreadableBody(errors.Invalid):
    """The body is not JSON, or not an object."""

    code = "unreadable_body"


class UnsupportedType(errors.Invalid):
    """The body is not declared as JSON."""

    code = "unsupported_media_type"


STATUSES[UnreadableBody] = (400, "The body cannot be read")
STATUSES[UnsupportedType] = (415, "Send application/json")


def problem_of(error: errors.DomainError, request_id: str | None) -> Problem:
    """Return the problem that a refusal is told as."""
    kind = next(known for known in type(error).__mro__ if known in STATUSES)
    status, title = STATUSES[kind]
    fields = []
    if isinstance(error, errors.InvalidField):
        fields = [_own_field_error(error)]
    return Problem(
        type=f"urn:saldo:problem:{error.code}",
        title=title,
        status=status,
        detail=str(error),
        errors=fields,
        request_id=request_id,
    )


def _own_field_error(error: errors.InvalidField) -> FieldError:
    return FieldError(pointer=error.pointer, message=error.message, code=error.field_code)


def problem_of_fields(error: ValidationError, request_id: str | None) -> Problem:
    """Return the problem of a body that does not match its model, field by field."""
    fields = [_field_error(one) for one in error.errors(include_url=False, include_input=False)]
    return Problem(
        type="urn:saldo:problem:invalid_field",
        title="A field is not valid",
        status=422,
        detail="; ".join(f"{field.pointer or '/'}: {field.message}" for field in fields[:5]),
        errors=fields,
        request_id=request_id,
    )


def _field_error(error: Any) -> FieldError:
    return FieldError(pointer=_pointer(error["loc"]), message=error["msg"], code=error["type"])


def _pointer(location: Iterable[str | int]) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in location)
    return "".join(f"/{part}" for part in parts)


def unexpected_problem(request_id: str | None) -> Problem:
    """Return what a caller hears about a mistake of ours: nothing but where to ask."""
    return Problem(
        type="urn:saldo:problem:unexpected",
        title="Something went wrong on our side",
        status=500,
        detail="The error was recorded. Quote the request id when you ask about it.",
        request_id=request_id,
    )
