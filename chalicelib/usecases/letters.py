"""Letters on paper: those that wait to be posted, their PDFs, and the proof of posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.domain.calendar import local_date
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.message import Message, ProofOfPosting
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.mail_listings import messages_in
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import message_ref

MAX_PRINTED: Final = 50
"""Letters in one file: some hundred sheets, and as much as a printer takes at a time."""
MAX_BYTES: Final = 4_000_000
"""Lambda answers with 6 MB at most, in base64 a third more than this."""


@dataclass(frozen=True)
class Posted:
    """How a person posted a letter."""

    customer_id: str
    message_id: str
    posted_on: date
    carrier: str | None = None
    tracking: str | None = None


def find_message(ports: Ports, customer_id: str, message_id: str) -> Message:
    """Return a message. NotFound."""
    message = ports.store.get(message_ref(customer_id, message_id))
    if message is None:
        raise NotFound("message", message_id)
    return message


def find_letter(ports: Ports, name: str) -> Message:
    """Return a letter by the name under which it was committed: ``customer~message``. NotFound."""
    customer_id, _, message_id = name.partition("~")
    return _letter(ports, customer_id, message_id)


def _letter(ports: Ports, customer_id: str, message_id: str) -> Message:
    message = find_message(ports, customer_id, message_id)
    if message.channel != "letter":
        raise NotFound("letter", message_id)
    return message


def read_message_pdf(ports: Ports, customer_id: str, message_id: str) -> tuple[str, bytes]:
    """Return the file name and the PDF of a letter or statement as it was made.

    NotFound for a message that has none of its own: invoices have theirs.
    """
    message = find_message(ports, customer_id, message_id)
    content = None if message.file is None else ports.files.get(message.file)
    if content is None:
        raise NotFound("PDF of message", message_id)
    return f"{message.id}.pdf", content


def print_letters(ports: Ports, wanted: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    """Return letters as one PDF in this order, by customer and message; all that wait by default.

    It marks nothing as posted. InvalidField for more than MAX_PRINTED or one without a file,
    StateConflict when none waits.
    """
    names = list(wanted) or _waiting(ports)
    if not names:
        raise StateConflict("No letter waits to be posted.", code="no_letter_waits")
    found = find_all(ports, [message_ref(*name) for name in names])
    contents = []
    for index, name in enumerate(names):
        message = found.get(message_ref(*name))
        file = message.file if isinstance(message, Message) else None
        content = None if file is None else ports.files.get(file)
        if content is None:
            raise InvalidField(
                f"/letters/{index}", "There is no such letter.", field_code="unknown_letter"
            )
        contents.append(content)
    if sum(map(len, contents)) > MAX_BYTES:
        raise InvalidField(
            "/letters", "These are too many pages for one file.", field_code="too_many_letters"
        )
    return "letters.pdf", ports.writer.joined_pdf(contents)


def _waiting(ports: Ports) -> list[tuple[str, str]]:
    rows = ports.store.rows(messages_in("to_post"), limit=MAX_PRINTED).items
    return [(row["customer_id"], row["id"]) for row in rows]


def mark_posted(ports: Ports, context: Context, posted: Posted) -> Message:
    """Record that a letter was posted, with what proves it.

    Also when it was called off meanwhile: it is on its way all the same. StateConflict when it is
    marked already, InvalidField for a day before it was written or after today.
    """

    def attempt() -> Message:
        message = _letter(ports, posted.customer_id, posted.message_id)
        if message.state not in ("to_post", "suppressed"):
            raise StateConflict("This letter is marked as posted already.", code="posted_already")
        _require_day(ports, context, message, posted.posted_on)
        proof = ProofOfPosting(
            on=posted.posted_on,
            carrier=posted.carrier,
            tracking=posted.tracking,
            by=context.actor.name,
        )
        after = message.next(
            state="sent", sent_at=context.at, posting=proof, reason=None, settled_at=context.at
        )
        _save(
            ports,
            context,
            after,
            "letter_posted",
            posted_on=posted.posted_on.isoformat(),
            carrier=posted.carrier,
            tracking=posted.tracking,
        )
        return after

    return until_committed(ports, attempt)


def _require_day(ports: Ports, context: Context, message: Message, day: date) -> None:
    zone_name = company_of(ports).time_zone
    first = local_date(message.created_at, zone_name)
    today = local_date(context.at, zone_name)
    if not first <= day <= today:
        raise InvalidField(
            "/posted_on",
            f"The day lies between {first}, when it was written, and {today}.",
            field_code="date_out_of_range",
        )


def mark_not_posted(
    ports: Ports, context: Context, customer_id: str, message_id: str, reason: str
) -> Message:
    """Call a letter off that waits to be posted. StateConflict when it does not wait any more."""

    def attempt() -> Message:
        message = _letter(ports, customer_id, message_id)
        if message.state != "to_post":
            raise StateConflict(
                f"This letter is {message.state}; it does not wait to be posted.",
                code="letter_not_waiting",
            )
        after = message.next(state="suppressed", reason=reason, settled_at=context.at)
        _save(ports, context, after, "letter_not_posted", reason=reason)
        return after

    return until_committed(ports, attempt)


def _save(ports: Ports, context: Context, message: Message, action: str, **facts: object) -> None:
    entry = audit(
        ports,
        context,
        action,
        subject=("customer", message.customer_id),
        customer_id=message.customer_id,
        message_id=message.id,
        template=message.template,
        **facts,
    )
    where = f"/v1/letters/{message.customer_id}~{message.id}"
    commit(ports, context, [*save_message(message), entry], resource=where)
