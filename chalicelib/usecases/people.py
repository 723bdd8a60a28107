"""Who belongs to the staff and may do what. There is always an active administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.access import Role
from chalicelib.domain.errors import AlreadyExists, NotFound, StateConflict
from chalicelib.domain.identity import Person
from chalicelib.domain.message import fold_address
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.identity_ports import Directory
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Replace, Require, Write
from chalicelib.usecases.staff_listings import people


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Whom to invite, and as what."""

    email: str
    name: str
    role: Role


def list_people(ports: Ports) -> tuple[Person, ...]:
    """Return all members of staff, the former ones too, by address."""
    return ports.store.records(people())


def invite_person(
    ports: Ports, context: Context, new: NewPerson, *, directory: Directory
) -> Person:
    """Add a member of staff and let them set a password. AlreadyExists when they are one.

    The directory comes first: an invitation without a record opens nothing, and a repetition
    finds both as they should be.
    """
    person = _new_person(new, context.at)
    if ports.store.get(person_ref(person.email)) is not None:
        raise _already_there(person)
    directory.invite(person.email, person.name)
    return enter_person(ports, context, new)


def enter_person(ports: Ports, context: Context, new: NewPerson) -> Person:
    """Add a member of staff whom the directory knows. AlreadyExists when they are one."""
    person = _new_person(new, context.at)
    subject = ("person", person.email)
    entry = audit(
        ports, context, "person_invited", subject=subject, name=person.name, role=person.role
    )
    try:
        commit(ports, context, [Insert(person), entry], resource=f"/v1/people/{person.email}")
    except Conflict as exc:
        raise _already_there(person) from exc
    return person


def change_person(
    ports: Ports,
    context: Context,
    email: str,
    changes: Mapping[str, Any],
    *,
    directory: Directory,
) -> Person:
    """Change ``name``, ``role`` or ``active``. StateConflict instead of losing the last admin.

    A new role counts from the next request on. Who is deactivated is signed out everywhere; who
    comes back is invited again if they never signed in.
    """

    def attempt() -> tuple[Person, Person]:
        staff = {person.email: person for person in list_people(ports)}
        before = staff.get(fold_address(email))
        if before is None:
            raise NotFound("person", email)
        after = _changed(before, changes, context.at)
        if after is not before:
            writes = _writes(ports, context, before, after)
            writes += _another_admin(staff, before, after)
            commit(ports, context, writes, resource=f"/v1/people/{before.email}")
        return before, after

    before, after = until_committed(ports, attempt)
    if after.active and not before.active:
        directory.invite(after.email, after.name)
    return after


def person_ref(email: str) -> Ref[Person]:
    """Return the key of a member of staff."""
    return Ref(Person, (fold_address(email),))


def _new_person(new: NewPerson, at: datetime) -> Person:
    return Person(email=fold_address(new.email), name=new.name, role=new.role, created_at=at)


def _already_there(person: Person) -> AlreadyExists:
    return AlreadyExists(f"{person.email} belongs to the staff already.")


def _changed(before: Person, changes: Mapping[str, Any], at: datetime) -> Person:
    changed = {name: value for name, value in changes.items() if getattr(before, name) != value}
    if not changed:
        return before
    if changed.get("active") is False:
        changed["sessions_ended_at"] = at
    return before.next(**changed)


def _writes(ports: Ports, context: Context, before: Person, after: Person) -> list[Write]:
    changed = {
        name: [getattr(before, name), getattr(after, name)]
        for name in ("name", "role", "active")
        if getattr(before, name) != getattr(after, name)
    }
    subject = ("person", after.email)
    entry = audit(ports, context, "person_changed", subject=subject, changed=changed)
    return [Replace(after), entry]


def _another_admin(staff: Mapping[str, Person], before: Person, after: Person) -> list[Write]:
    """Insist in the same commit on one who stays: two admins may remove each other at once."""
    if not _is_admin(before) or _is_admin(after):
        return []
    others = (one for one in staff.values() if _is_admin(one) and one.email != before.email)
    other = next(others, None)
    if other is None:
        raise StateConflict(
            "The last active administrator stays one; appoint another first.", code="last_admin"
        )
    return [Require(person_ref(other.email), other.version)]


def _is_admin(person: Person) -> bool:
    return person.active and person.role == "admin"
