"""Every mail that the app has sent, as the local cloud kept it, for people and programs to read."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import Any, cast

from infra.local.functions import instant


@dataclass(frozen=True)
class MailFile:
    """A file that came with a mail."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One mail as its reader gets it."""

    id: str
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    files: tuple[MailFile, ...]
    tags: dict[str, str]
    configuration_set: str
    sent_at: datetime

    def summary(self) -> dict[str, Any]:
        """The mail as the contract describes it."""
        return {
            "to": list(self.to),
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "attachments": [_file_summary(file) for file in self.files],
            "tags": self.tags,
            "sent_at": instant(self.sent_at),
        }


class Mailbox:
    """The mails of one folder. The local cloud appends to the file; this only reads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._mails: list[Mail] = []
        self._read_until = 0

    def mails(self) -> list[Mail]:
        """All mails, oldest first."""
        with self._lock:
            for position, mail in self.since(self._read_until):
                self._read_until = position
                self._mails.append(mail)
            return list(self._mails)

    def since(self, position: int) -> Iterator[tuple[int, Mail]]:
        """The mails after a position in the file, each with the position that follows it."""
        if not self._file.exists():
            return
        with self._file.open("rb") as lines:
            lines.seek(position)
            for line in lines:
                if not line.endswith(b"\n"):
                    return  # still being written
                position += len(line)
                yield position, _parse(json.loads(line))


def _parse(entry: dict[str, Any]) -> Mail:
    request = entry["request"]
    raw = base64.b64decode(request["Content"]["Raw"]["Data"])
    message = message_from_bytes(raw, policy=policy.default)
    tags = {tag["Name"]: tag["Value"] for tag in request.get("EmailTags", [])}
    return Mail(
        id=entry["id"],
        sender=str(message["From"] or request.get("FromEmailAddress", "")),
        to=_recipients(request, message),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        files=tuple(_files(message)),
        tags=tags,
        configuration_set=request.get("ConfigurationSetName", ""),
        sent_at=datetime.fromtimestamp(entry["at"], UTC),
    )


def _recipients(request: dict[str, Any], message: EmailMessage) -> tuple[str, ...]:
    destination = request.get("Destination", {})
    named = [
        address
        for kind in ("To", "Cc", "Bcc")
        for address in destination.get(f"{kind}Addresses", [])
    ]
    headers = [str(header) for name in ("To", "Cc") for header in message.get_all(name, [])]
    return tuple(address for _, address in getaddresses(named or headers))


def _body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part else ""


def _files(message: EmailMessage) -> Iterator[MailFile]:
    for part in message.walk():
        filename = part.get_filename()
        if filename:
            content = cast("bytes", part.get_payload(decode=True)) or b""
            yield MailFile(filename, part.get_content_type(), content)


def _file_summary(file: MailFile) -> dict[str, Any]:
    return {
        "filename": file.filename,
        "content_type": file.content_type,
        "size": len(file.content),
    }
