"""The body of what a mail said."""

from chalicelib.api.schemas.base import Answer, Instant


class KeptAttachment(Answer):
    """A file that went along, by name and fingerprint."""

    filename: str
    content_type: str
    size_bytes: int
    sha256: str


class MessageContent(Answer):
    """A mail as it was handed to the provider at that instant."""

    message_id: str
    customer_id: str
    at: Instant
    sender_name: str
    reply_to: str | None
    to: str
    cc: list[str]
    bcc: list[str]
    subject: str
    text: str
    html: str
    attachments: list[KeptAttachment]
