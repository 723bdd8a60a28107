"""Members of staff over HTTP."""

from urllib.parse import unquote

from chalicelib.api.requests import ApiRequest, changed_fields
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import administration as bodies
from chalicelib.domain.errors import InvalidField, NotFound
from chalicelib.domain.identity import Person
from chalicelib.usecases.people import (
    NewPerson,
    change_person,
    invite_person,
    list_people,
    person_ref,
)

routes = Routes()


@routes.route("/v1/people", "GET", gives=bodies.People)
def list_all(request: ApiRequest) -> Reply:
    """All members of staff, former ones too."""
    return Reply(bodies.People(items=[_row(person) for person in list_people(request.ports)]))


@routes.route("/v1/people", "POST", takes=bodies.PersonInput, gives=bodies.PersonRow, status=201)
def invite(request: ApiRequest) -> Reply:
    """Invite a member of staff; 201."""
    body = request.body(bodies.PersonInput)
    new = NewPerson(email=body.email, name=body.name, role=body.role)
    directory = request.app.directory
    return Reply(_row(invite_person(request.ports, request.context, new, directory=directory)), 201)


@routes.route("/v1/people/{email}", "PATCH", takes=bodies.PersonChange, gives=bodies.PersonRow)
def change(request: ApiRequest, email: str) -> Reply:
    """Change a name or role, deactivate, or take back."""
    changes = changed_fields(request.body(bodies.PersonChange))
    for name, value in changes.items():
        if value is None:
            raise InvalidField(f"/{name}", "This field cannot be cleared.", field_code="missing")
    directory = request.app.directory
    person = change_person(
        request.ports, request.context, unquote(email), changes, directory=directory
    )
    return Reply(_row(person))


def answer(request: ApiRequest, email: str) -> Reply:
    """Return a member of staff as they are now."""
    person = request.ports.store.get(person_ref(email))
    if person is None:
        raise NotFound("person", email)
    return Reply(_row(person))


def _row(person: Person) -> bodies.PersonRow:
    return bodies.PersonRow(
        email=person.email,
        name=person.name,
        role=person.role,
        active=person.active,
        created_at=person.created_at,
    )
