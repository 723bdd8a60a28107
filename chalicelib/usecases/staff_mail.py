"""Mails to staff: where they are, how they are queued, and what becomes of one that nobody saw."""

import json
from datetime import datetime
from typing import Final, Literal

from chalicelib.domain.company import Company
from chalicelib.domain.identity import Person
from chalicelib.domain.message import fold_address
from chalicelib.domain.staff_mail import GRACE, KEPT, MorningRound, StaffMail
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.mail_listings import staff_mails_of, staff_mails_waiting
from chalicelib.usecases.ports import Ports, Ref, Replace
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.work import on_the_list, work_item

MORNING_ROUND: Final[Ref[MorningRound]] = Ref(MorningRound, ())
_PAGE: Final = 200  # a sweep; whatever is left waits five minutes for the next
_SHOWN: Final = 30


def staff_mail_ref(email: str, mail_id: str) -> Ref[StaffMail]:
    """Return the key of a mail to a member of staff."""
    return Ref(StaffMail, (fold_address(email), mail_id))


def new_staff_mail(
    person: Person,
    company: Company,
    at: datetime,
    *,
    mail_id: str,
    what: Literal["notices", "digest"],
) -> StaffMail:
    """Return a mail to a person that waits to be sent, with nothing in it yet."""
    return StaffMail(
        email=person.email,
        id=mail_id,
        what=what,
        name=person.name,
        language=person.language or company.language,
        created_at=at,
        look_at=at + GRACE,
        expires_at=int((at + KEPT).timestamp()),
    )


def queue_staff_mail(ports: Ports, mail: StaffMail) -> None:
    """Hand a mail to the mail worker; the sweeper does so if this never happens."""
    body = {"v": 1, "staff_mail": mail.id, "email": mail.email}
    ports.queues.put("mail", json.dumps(body))


def recent_staff_mails(ports: Ports, email: str) -> tuple[StaffMail, ...]:
    """Return the latest mails to a member of staff, newest first."""
    mails = ports.store.records(staff_mails_of(fold_address(email)))
    return tuple(sorted(mails, key=lambda one: one.created_at, reverse=True)[:_SHOWN])


def sweep_staff_mails(ports: Ports, context: Context) -> int:
    """Queue again what waits too long; call uncertain what was claimed and never reported.

    Return how many there were. Repeating it is harmless: the worker checks everything itself.
    """
    rows = ports.store.rows(staff_mails_waiting(context.at), limit=_PAGE).items
    for row in rows:
        mail = ports.store.get(staff_mail_ref(row["email"], row["id"]))
        if mail is None or not mail.is_unsettled or mail.look_at > context.at:
            continue  # the index may lag behind
        if mail.state == "queued":
            queue_staff_mail(ports, mail)
        else:
            staff_mail_failed(
                ports, context, mail, "unknown", "No outcome was recorded: the sender died."
            )
    return len(rows)


def staff_mail_failed(
    ports: Ports,
    context: Context,
    mail: StaffMail,
    state: Literal["unknown", "refused"],
    reason: str,
) -> None:
    """Record that a claimed mail surely or perhaps did not go out, where people see it.

    A member of staff has one work item for that, however many mails are concerned.
    """

    def attempt() -> None:
        current = ports.store.get(staff_mail_ref(mail.email, mail.id))
        if current is None or current.state != "claimed":
            return
        key = f"staff-mail-{mail.email}"
        item = work_item(
            context, key, "staff_mail_failed", f"{mail.email}: {reason}"[:500], priority=6
        )
        writes = [
            Replace(current.next(state=state, reason=reason[:200])),
            on_the_list(item, ports.store.get(work_item_ref(key))),
        ]
        ports.store.commit(writes)

    until_committed(ports, attempt)
