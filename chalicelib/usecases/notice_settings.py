"""What a person wishes to be told: read it, change it. Only ever one's own."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.errors import NotFound, Stale, StateConflict
from chalicelib.domain.identity import Person
from chalicelib.domain.notice_wishes import NoticeWishes
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.people import person_ref
from chalicelib.usecases.ports import Ports, Replace


@dataclass(frozen=True)
class NoticeSettings:
    """The wishes, and the language of the mails; None: the company's."""

    wishes: NoticeWishes
    language: Literal["es", "en"] | None


def own_person(ports: Ports, context: Context) -> Person:
    """Return the member of staff who asks. StateConflict for a program, which has no mailbox."""
    if "@" not in context.actor.id:
        raise StateConflict("A program gets no notices; sign in as a person.", code="no_mailbox")
    person = ports.store.get(person_ref(context.actor.id))
    if person is None:
        raise NotFound("person", context.actor.id)
    return person


def change_notice_settings(
    ports: Ports, context: Context, settings: NoticeSettings, *, expected_version: int | None
) -> Person:
    """Store what the person who asks wishes to be told. Stale for one who saw an older state."""

    def attempt() -> Person:
        before = own_person(ports, context)
        if expected_version not in (None, before.version):
            raise Stale("person", expected=expected_version or 0, present=before.version)
        if before.notices == settings.wishes and before.language == settings.language:
            return before
        after = before.next(notices=settings.wishes, language=settings.language)
        entry = audit(
            ports,
            context,
            "notices_changed",
            subject=("person", after.email),
            notices=settings.wishes.model_dump(),
            language=settings.language,
        )
        commit(ports, context, [Replace(after), entry], resource="/v1/me/notices")
        return after

    return until_committed(ports, attempt)
