"""What the use cases need from the outside, as protocols.

Adapters implement them, tests fake them. Every Lambda imports this module, so what it only names
in annotations is not imported with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from chalicelib.domain.base import Record
from chalicelib.usecases.bell import Bell

if TYPE_CHECKING:
    from chalicelib.domain.company import Company
    from chalicelib.domain.credit_note import CreditNote
    from chalicelib.domain.customer import Customer, Language
    from chalicelib.domain.deliverability import MailCounts
    from chalicelib.domain.invoice import Invoice
    from chalicelib.domain.ledger import Totals
    from chalicelib.domain.legal_file import LegalClaim
    from chalicelib.domain.logo import CleanImage, ImageType
    from chalicelib.domain.staff_mail import StaffMail
    from chalicelib.domain.template import TemplateText
    from chalicelib.usecases.contents import MailContent, OutgoingMail, ReminderLetter
    from chalicelib.usecases.egress_ports import Egress
    from chalicelib.usecases.holiday_ports import Holidays
    from chalicelib.usecases.provider_ports import Gateway
    from chalicelib.usecases.statement_letter import StatementLetter
    from chalicelib.usecases.vault_ports import Vault

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Ref(Generic[R]):
    """The key of a record: its type and the values of its key fields, in order."""

    record: type[R]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Insert:
    """Write a record that must not exist yet."""

    record: Record


@dataclass(frozen=True)
class Replace:
    """Write a record whose stored version must be one less than its own (none, for version 1)."""

    record: Record


@dataclass(frozen=True)
class Increase:
    """Add to counters, which start at zero. Never conflicts with the values it adds to."""

    totals: "Totals | MailCounts"


@dataclass(frozen=True)
class Remove:
    """Delete a record, which must still have this version."""

    ref: Ref[Any]
    version: int


@dataclass(frozen=True)
class Require:
    """Write nothing, but insist that a record has this version; None: that it does not exist."""

    ref: Ref[Any]
    version: int | None


@dataclass(frozen=True)
class Mirror:
    """Write a copy of a record that another write of the same commit guards."""

    record: Record


Write = Insert | Replace | Increase | Remove | Require | Mirror


class Conflict(Exception):
    """A commit did not happen because a condition did not hold.

    ``failed`` are the writes whose own condition failed; it is empty when the store only reports
    that somebody else was writing the same records (safe to try again at once).
    """

    def __init__(self, failed: Sequence[Write]) -> None:
        super().__init__(f"Conditions failed: {failed!r}")
        self.failed = tuple(failed)

    def is_about(self, record: type[Record]) -> bool:
        """Tell whether a failed condition concerns a record of this type."""
        return any(_record_type(write) is record for write in self.failed)


def _record_type(write: Write) -> type[Record]:
    if isinstance(write, Insert | Replace | Mirror):
        return type(write.record)
    return type(write.totals) if isinstance(write, Increase) else write.ref.record


@dataclass(frozen=True)
class Listing(Generic[R]):
    """A question that one index answers; those there are: usecases/*listings.py."""

    record: type[R]
    name: str
    scope: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    prefix: str | None = None
    newest_first: bool = False
    where: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Rows(Generic[R]):
    """One page of rows: the listed fields of records, not the records. ``cursor`` continues it."""

    items: tuple[Mapping[str, Any], ...]
    cursor: str | None


class Store(Protocol):
    """Records by key, by partition and by index, and atomic commits."""

    def get(self, ref: Ref[R]) -> R | None:
        """Return the record as it is now (strongly consistent), one request."""
        ...

    def get_many(self, refs: Sequence[Ref[Any]]) -> dict[Ref[Any], Record]:
        """Return those that exist (strongly consistent), one request for up to 100."""
        ...

    def partition(self, ref: Ref[Any]) -> tuple[Record, ...]:
        """Return everything stored with this record, oldest first, in one Query (a page: 1 MB)."""
        ...

    def rows(self, listing: Listing[Any], *, limit: int, cursor: str | None = None) -> Rows[Any]:
        """Return a page of an index (eventually consistent), one Query."""
        ...

    def records(self, listing: Listing[R]) -> tuple[R, ...]:
        """Return all records of a listing on the table itself, strongly consistent."""
        ...

    def commit(self, writes: Sequence[Write]) -> None:
        """Write all or nothing; Conflict when a condition fails."""
        ...


class MailRefused(Exception):
    """The provider said no: surely not sent. ``is_temporary`` tells whether to ask again later.

    ``not_before`` is set where the refusal is not about this mail (a quota of the day is used up):
    then it does not count as an attempt.
    """

    def __init__(
        self, reason: str, *, is_temporary: bool, not_before: datetime | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_temporary = is_temporary
        self.not_before = not_before


class MailUncertain(Exception):
    """No answer, or one that leaves open whether the mail went out. It is never sent again."""


class Mailer(Protocol):
    """Sends one mail with exactly one attempt."""

    def send(self, mail: "OutgoingMail") -> str:
        """Return the provider's message id; MailRefused or MailUncertain otherwise."""
        ...

    def readmit(self, address: str) -> None:
        """Take an address off the provider's own list of those that it no longer mails to.

        Nothing happens where it is on no list. MailRefused when the provider does not do it.
        """
        ...


class MailWriter(Protocol):
    """Renders mails and documents in the customer's language.

    ``text`` is the company's own (``usecases/templates.py``); without one the shipped text speaks.
    """

    def shipped_text(self, template_id: str, language: "Language") -> "TemplateText":
        """Return the text that ships."""
        ...

    def invoice_mail(
        self, invoice: "Invoice", company: "Company", text: "TemplateText | None" = None
    ) -> "MailContent":
        """Return the mail that carries an issued invoice."""
        ...

    def credit_note_mail(
        self, note: "CreditNote", company: "Company", text: "TemplateText | None" = None
    ) -> "MailContent":
        """Return the mail that carries a credit note."""
        ...

    def reminder_mail(
        self, letter: "ReminderLetter", company: "Company", text: "TemplateText | None" = None
    ) -> "MailContent":
        """Return a reminder."""
        ...

    def clean_image(self, content: bytes, content_type: "ImageType") -> "CleanImage":
        """Return a picture written anew from its pixels. InvalidField when it is damaged."""
        ...

    def qr_svg(self, payload: str) -> str:
        """Return the QR code that carries this text, as an SVG element."""
        ...

    def invoice_pdf(self, invoice: "Invoice", company: "Company") -> bytes:
        """Return the invoice as PDF; a draft is marked as such."""
        ...

    def credit_note_pdf(self, note: "CreditNote", company: "Company") -> bytes:
        """Return the credit note as PDF."""
        ...

    def statement_mail(
        self, letter: "StatementLetter", company: "Company", text: "TemplateText | None" = None
    ) -> "MailContent":
        """Return the mail that carries a statement of account."""
        ...

    def statement_pdf(self, letter: "StatementLetter", company: "Company") -> bytes:
        """Return the statement of account as PDF."""
        ...

    def letter_pdf(
        self,
        letter: "ReminderLetter",
        company: "Company",
        customer: "Customer",
        text: "TemplateText | None" = None,
    ) -> bytes:
        """Return a reminder as a letter on paper, for an envelope with a window."""
        ...

    def legal_cover_pdf(self, claim: "LegalClaim", company: "Company") -> bytes:
        """Return the cover of a pre-legal file: the claim and how it was computed."""
        ...

    def contact_mail(
        self, name: str, email: str, company: "Company", language: "Language"
    ) -> "MailContent":
        """Return the mail that tells an address that another one (``email``) was asked for."""
        ...

    def staff_mail(self, mail: "StaffMail", company: "Company") -> "MailContent":
        """Return a mail to a member of staff, in their language."""
        ...

    def joined_pdf(self, documents: Sequence[bytes]) -> bytes:
        """Return PDFs one after the other, each beginning on a sheet of its own."""
        ...


class NotKept(Exception):
    """A file could not be stored, as far as anybody knows. Storing it again is harmless."""


class Files(Protocol):
    """Documents kept for good."""

    def put(self, key: str, content: bytes | IO[bytes], content_type: str) -> None:
        """Store a file once; the same key always has the same content. NotKept.

        A large one is given as an open file, so that it need not be held in memory.
        """
        ...

    def get(self, key: str) -> bytes | None:
        """Return a stored file, or None."""
        ...

    def link(self, key: str, file_name: str) -> str:
        """Return an address at which a stored file can be fetched for some minutes."""
        ...


class Queues(Protocol):
    """Work for later: at least once, in any order."""

    def put(self, queue: str, body: str, *, delay_seconds: int = 0) -> None:
        """Hand one message to one of the queues.

        ``provider_events``, ``mail``, ``reminders``, ``chores``, ``mail_events``, ``webhooks``.

        It is not handed out before the delay, of 900 seconds at most, has passed.
        """
        ...


class Ids(Protocol):
    """New identifiers that sort by the time they are made."""

    def new(self, prefix: str, at: datetime) -> str:
        """Return ``prefix_`` and 26 characters: milliseconds, then 80 random bits (ULID)."""
        ...

    def secret(self) -> str:
        """Return 256 random bits as URL-safe text."""
        ...


@dataclass(frozen=True)
class Ports:
    """Everything outside, in one value."""

    store: Store
    queues: Queues
    mailer: Mailer
    writer: MailWriter
    files: Files
    holidays: "Holidays"
    vault: "Vault"
    egress: "Egress"
    gateway: "Gateway"
    ids: Ids
    pause: Callable[[float], None]
    bell: Bell = field(default_factory=Bell)
