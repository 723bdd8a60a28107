"""A mail as MIME. What could smuggle in a header is refused, not cleaned: it is never an accident.

Message-ID and Date are left to SES, which sets its own.
"""

import unicodedata
from email.errors import HeaderParseError, MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Final

from chalicelib.usecases.contents import Attachment, OutgoingMail
from chalicelib.usecases.ports import MailRefused


class _Policy(EmailPolicy):
    """Folds subjects as a whole: Python's own way adds a space where a fold meets an accent."""

    def _fold(self, name: str, value: str, refold_binary: bool = False) -> str:  # noqa: FBT001, FBT002
        if name.lower() == "subject" and not str(value).isascii():
            header = Header(str(value), "utf-8", header_name=name)
            return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}"
        folded: str = super()._fold(name, value, refold_binary)  # type: ignore[misc]
        return folded


_POLICY: Final = _Policy(linesep="\r\n", cte_type="7bit")
_LONGEST_ADDRESS: Final = 254  # RFC 5321: what fits a path of 256 with its brackets


def mime(mail: OutgoingMail, sender: str) -> bytes:
    """Return the mail from ``sender`` as it goes over the wire. MailRefused for unsafe fields."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(sender, _checked("sender name", mail.sender_name))
    message["To"] = _address(mail.to)
    if mail.cc:
        message["Cc"] = [_address(one) for one in mail.cc]
    if mail.reply_to:
        message["Reply-To"] = _address(mail.reply_to)
    message["Subject"] = _checked("subject", mail.content.subject)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.content.text)
    message.add_alternative(mail.content.html, subtype="html")
    for attachment in mail.attachments:
        _attach(message, attachment)
    return message.as_bytes()


def bare_address(address: str) -> str:
    """Return one address as SES takes it, its domain in ASCII. MailRefused when it is none."""
    return _address(address).addr_spec


def _address(address: str, name: str = "") -> Address:
    local, at, domain = _checked("address", address).strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
        parsed = Address(display_name=name, addr_spec=f"{local}{at}{ascii_domain}")
        parsed.addr_spec.encode("ascii")
    except (ValueError, IndexError, HeaderParseError, MessageError) as exc:
        raise _refusal(f"{address!r} is not an address that mail can be sent to.") from exc
    if not (parsed.username and parsed.domain) or len(parsed.addr_spec) > _LONGEST_ADDRESS:
        raise _refusal(f"{address!r} is not an address that mail can be sent to.")
    return parsed


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, _, subtype = _checked("content type", attachment.content_type).partition("/")
    message.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=_checked("file name", attachment.filename),
    )


def _checked(field: str, text: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in text):
        raise _refusal(f"The {field} has control characters: {text!r}.")
    return text


def _refusal(reason: str) -> MailRefused:
    return MailRefused(reason, is_temporary=False)
