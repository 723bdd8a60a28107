"""What a mail said when it was handed to the provider: kept as proof, before it goes out.

One file a claim, under the key of the message and the instant of the claim. Keeping it again is
harmless. A mail whose content cannot be kept is not sent: it waits, and is tried again.
"""

import gzip
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from chalicelib.domain.base import Value
from chalicelib.domain.errors import NotFound
from chalicelib.domain.message import Message
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.ports import MailRefused, NotKept, Ports
from chalicelib.usecases.references import message_ref

KEEP_AGAIN_AFTER: Final = timedelta(minutes=15)
"""A mail whose content could not be kept waits so long: file stores recover in minutes."""


class KeptAttachment(Value):
    """A file that went along, by name and fingerprint; the documents themselves are kept anyway."""

    filename: str
    content_type: str
    size_bytes: int
    sha256: str


class KeptMail(Value):
    """A mail as it was handed over, word by word."""

    message_id: str
    customer_id: str
    at: datetime
    sender_name: str
    reply_to: str | None
    to: str
    cc: tuple[str, ...]
    bcc: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[KeptAttachment, ...]


def keep_content(ports: Ports, message: Message, mail: OutgoingMail, at: datetime) -> None:
    """Keep what a claimed message is about to say. NotKept when the store does not take it."""
    kept = KeptMail(
        message_id=message.id,
        customer_id=message.customer_id,
        at=at,
        sender_name=mail.sender_name,
        reply_to=mail.reply_to,
        to=mail.to,
        cc=mail.cc,
        bcc=mail.bcc,
        subject=mail.content.subject,
        text=mail.content.text,
        html=mail.content.html,
        attachments=tuple(
            KeptAttachment(
                filename=one.filename,
                content_type=one.content_type,
                size_bytes=len(one.content),
                sha256=sha256(one.content).hexdigest(),
            )
            for one in mail.attachments
        ),
    )
    content = gzip.compress(kept.model_dump_json().encode(), mtime=0)
    ports.files.put(_key(message), content, "application/gzip")


class WithoutProof(MailRefused):
    """Surely not sent, since its content could not be kept. It has not lost an attempt by that."""


def without_proof(failure: NotKept, at: datetime) -> WithoutProof:
    """Return the refusal of a mail whose content could not be kept at this instant."""
    return WithoutProof(str(failure), is_temporary=True, not_before=at + KEEP_AGAIN_AFTER)


def content_of(ports: Ports, message: Message) -> KeptMail | None:
    """Return what a message said when it was last handed over, if that was kept."""
    stored = None if message.claimed_at is None else ports.files.get(_key(message))
    return None if stored is None else KeptMail.model_validate_json(gzip.decompress(stored))


def read_content(ports: Ports, customer_id: str, message_id: str) -> KeptMail:
    """Return what a message said. NotFound for one that never went out, or before this was kept."""
    message = ports.store.get(message_ref(customer_id, message_id))
    kept = None if message is None else content_of(ports, message)
    if kept is None:
        raise NotFound("content of message", message_id)
    return kept


def _key(message: Message) -> str:
    # The claim names it: after a refusal or a person's "send again" there is another one.
    claim = "" if message.claimed_at is None else f"{message.claimed_at:%Y%m%dT%H%M%S.%f}"
    return f"mails/{message.customer_id}/{message.id}/{claim}.json.gz"
