"""Members of staff in a book, and the mails that they get."""

import json
from datetime import datetime
from typing import Any

from chalicelib.domain.access import Role
from chalicelib.domain.identity import Person
from chalicelib.domain.notice_wishes import NOTICE_KINDS, NoticeWishes, When
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_staff_mail import deliver_staff_mail
from chalicelib.usecases.ports import Insert
from chalicelib.usecases.tell_staff import tell_staff
from tests.builders import NOON, Book, at


def joins(book: Book, name: str, role: Role = "accountant", **changes: Any) -> Person:
    """Enter a member of staff: ``Carla`` is ``carla@saldo.example``."""
    person = Person(
        email=f"{name.lower()}@saldo.example", name=name, role=role, created_at=NOON, **changes
    )
    book.ports.store.commit([Insert(person)])
    return person


def wishes(when: When = "each", *, only_mine: bool = False, digest: bool = True) -> NoticeWishes:
    """The same for every kind of news."""
    kinds = dict.fromkeys(NOTICE_KINDS, when)
    return NoticeWishes(digest=digest, only_mine=only_mine, kinds=kinds)


def tell(book: Book, when: str | datetime = NOON) -> int:
    """Tell staff as of an instant."""
    instant = at(when) if isinstance(when, str) else when
    return tell_staff(book.ports, system_context(instant))


def mails_to(book: Book, name: str) -> list[StaffMail]:
    """The mails to a member of staff, the earliest first."""
    found = [one for one in book.all(StaffMail) if one.email == f"{name.lower()}@saldo.example"]
    return sorted(found, key=lambda one: (one.created_at, one.id))


def told(book: Book, name: str) -> list[str]:
    """The actions that a member of staff is told of, mail after mail."""
    return [line.what for mail in mails_to(book, name) for line in mail.lines]


def deliver(book: Book, when: datetime = NOON) -> None:
    """Work on the mails to staff that are queued."""
    for queue, body in book.fakes.queues.take():
        message = json.loads(body)
        if queue == "mail" and "staff_mail" in message:
            context = system_context(when)
            deliver_staff_mail(book.ports, context, message["email"], message["staff_mail"])
