"""Stand-ins for every port: in memory, deterministic, and able to fail on demand."""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from typing import IO, Any

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.adapters.dynamodb.table import Action, Answer, Put, Query, Table
from chalicelib.adapters.mail.shipped import shipped_text
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_file import LegalClaim
from chalicelib.domain.logo import CleanImage, ImageType
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.domain.template import TemplateText
from chalicelib.usecases.contents import MailContent, OutgoingMail, ReminderLetter
from chalicelib.usecases.egress_ports import Egress
from chalicelib.usecases.holiday_ports import Holidays, PublicHoliday, Region
from chalicelib.usecases.ports import Files, Ids, Mailer, MailWriter, Ports, Queues
from chalicelib.usecases.provider_ports import (
    Gateway,
)
from chalicelib.usecases.statement_letter import StatementLetter
from chalicelib.usecases.vault_ports import Vault
from tests.fake_providers import FakeEgress, FakeGateway, FakeVault, raise_next
from tests.memory_table import MemoryTable, size_of

__all__ = [
    "CountingTable",
    "FakeEgress",
    "FakeFiles",
    "FakeGateway",
    "FakeHolidays",
    "FakeMailer",
    "FakeQueues",
    "FakeVault",
    "FakeWriter",
    "MemoryTable",
    "SequentialIds",
    "a_ports",
    "no_pause",
]

_READ_UNIT_BYTES = 4_096
_WRITE_UNIT_BYTES = 1_024


class CountingTable:
    """Counts the requests to a table and estimates the capacity units they consume.

    A transaction costs two units a kilobyte and item; a strongly consistent read one unit for four
    kilobytes, an index read half of that. Writes of index entries are not estimated.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self.requests: Counter[str] = Counter()
        self.read_units = 0.0
        self.write_units = 0.0

    def reset(self) -> None:
        """Start counting anew."""
        self.requests.clear()
        self.read_units = self.write_units = 0.0

    @property
    def reads(self) -> int:
        """Requests that read."""
        return sum(self.requests[name] for name in ("get", "batch_get", "query"))

    def get(self, key: Key) -> Item | None:
        self.requests["get"] += 1
        item = self._table.get(key)
        self.read_units += _units(size_of(item) if item else 1, _READ_UNIT_BYTES)
        return item

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        self.requests["batch_get"] += 1
        items = self._table.batch_get(keys)
        self.read_units += sum(_units(size_of(item), _READ_UNIT_BYTES) for item in items)
        return items

    def query(self, query: Query) -> Answer:
        self.requests["query"] += 1
        answer = self._table.query(query)
        units = _units(sum(size_of(item) for item in answer.items), _READ_UNIT_BYTES)
        self.read_units += units / 2 if query.index else units
        return answer

    def write(self, actions: Sequence[Action]) -> None:
        is_transaction = len(actions) > 1
        self.requests["transact_write" if is_transaction else "put"] += 1
        sizes = [size_of(each.item) if isinstance(each, Put) else 1 for each in actions]
        units = sum(_units(size, _WRITE_UNIT_BYTES) for size in sizes)
        self.write_units += units * (2 if is_transaction else 1)
        self._table.write(actions)


def _units(size: int, unit: int) -> int:
    return max(1, ceil(size / unit))


class FakeQueues:
    """Keeps what was put, in order."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.delays: list[int] = []

    def put(self, queue: str, body: str, *, delay_seconds: int = 0) -> None:
        self.messages.append((queue, body))
        self.delays.append(delay_seconds)

    def bodies(self, queue: str) -> list[dict[str, Any]]:
        """What one queue holds, parsed."""
        return [json.loads(body) for name, body in self.messages if name == queue]

    def take(self) -> list[tuple[str, str]]:
        """Empty all queues and return what they held."""
        taken, self.messages = self.messages, []
        return taken


class FakeMailer:
    """Accepts mail and remembers it. ``faults`` are raised in turn; None accepts.

    ``before`` runs before each mail is accepted: the world changes between claim and send.
    """

    def __init__(self) -> None:
        self.accepted: list[OutgoingMail] = []
        self.readmitted: list[str] = []
        self.faults: list[BaseException | None] = []
        self.after_accept: list[BaseException | None] = []
        self.before: Callable[[OutgoingMail], None] | None = None

    def send(self, mail: OutgoingMail) -> str:
        if self.before is not None:
            self.before(mail)
        raise_next(self.faults)
        self.accepted.append(mail)
        raise_next(self.after_accept)
        return f"ses-{len(self.accepted)}"

    def readmit(self, address: str) -> None:
        raise_next(self.faults)
        self.readmitted.append(address)

    def sent(self, message_id: str) -> int:
        """How often the provider accepted this message."""
        return sum(mail.tags.get("message_id") == message_id for mail in self.accepted)


class FakeWriter:
    """Writes short, exact texts; a company's own text shows its subject as it is."""

    def shipped_text(self, template_id: str, language: Language) -> TemplateText:
        return shipped_text(template_id, language)

    def invoice_mail(
        self, invoice: Invoice, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        subject = text.subject if text else f"Invoice {invoice.number}"
        return _content(subject, f"{invoice.open_minor} {invoice.currency}")

    def credit_note_mail(
        self, note: CreditNote, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        subject = text.subject if text else f"Credit note {note.number}"
        return _content(subject, f"{note.total_minor} {note.currency}")

    def reminder_mail(
        self, letter: ReminderLetter, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        numbers = " ".join(f"{item.number}={item.open_minor}" for item in letter.items)
        said = f"{numbers} open={letter.open_minor} unapplied={letter.unapplied_minor}"
        return _content(text.subject if text else letter.template, said)

    def invoice_pdf(self, invoice: Invoice, company: Company) -> bytes:
        return f"%PDF {invoice.number} {invoice.total_minor} {invoice.state}".encode()

    def credit_note_pdf(self, note: CreditNote, company: Company) -> bytes:
        return f"%PDF {note.number} {note.total_minor}".encode()

    def clean_image(self, content: bytes, content_type: ImageType) -> CleanImage:
        return CleanImage(b"clean " + content, 300, 100)

    def qr_svg(self, payload: str) -> str:
        return f"<svg><!-- {payload} --></svg>"

    def legal_cover_pdf(self, claim: LegalClaim, company: Company) -> bytes:
        return f"%PDF {claim.debtor.name} {claim.total_minor}".encode()

    def statement_mail(
        self, letter: StatementLetter, company: Company, text: TemplateText | None = None
    ) -> MailContent:
        one = letter.statement
        return _content(f"Statement {one.first} {one.last}", f"{one.closing_minor} {one.currency}")

    def statement_pdf(self, letter: StatementLetter, company: Company) -> bytes:
        one = letter.statement
        return f"%PDF {one.opening_minor} {len(one.movements)} {one.closing_minor}".encode()

    def letter_pdf(
        self,
        letter: ReminderLetter,
        company: Company,
        customer: Customer,
        text: TemplateText | None = None,
    ) -> bytes:
        numbers = " ".join(f"{item.number}={item.open_minor}" for item in letter.items)
        return f"%PDF {letter.template} {letter.reference} {numbers}".encode()

    def contact_mail(
        self, name: str, email: str, company: Company, language: Language
    ) -> MailContent:
        return _content(f"Address {language}", f"{name} {email}")

    def staff_mail(self, mail: StaffMail, company: Company) -> MailContent:
        kinds = " ".join(line.what for line in mail.lines)
        return _content(f"{mail.what} {mail.language}", f"{kinds} more={mail.more}")

    def joined_pdf(self, documents: Sequence[bytes]) -> bytes:
        return b"\n".join(documents)


def _content(subject: str, text: str) -> MailContent:
    return MailContent(subject=subject, text=text, html=f"<p>{text}</p>")


class FakeFiles:
    """Files in a dictionary. ``faults`` are raised in turn when something is stored."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}
        self.faults: list[BaseException | None] = []

    def put(self, key: str, content: bytes | IO[bytes], content_type: str) -> None:
        raise_next(self.faults)
        self.stored[key] = content if isinstance(content, bytes) else content.read()

    def get(self, key: str) -> bytes | None:
        return self.stored.get(key)

    def link(self, key: str, file_name: str) -> str:
        assert key in self.stored
        return f"https://files.example/{key}?as={file_name}"


class FakeHolidays:
    """The holidays that a test gives: by country, and by country and region (``ES-MD``)."""

    def __init__(self, given: Mapping[str, Sequence[date]] | None = None) -> None:
        self.given = dict(given or {})

    def days(self, country: str, region: str | None, year: int) -> frozenset[date]:
        both = (*self.given.get(country, ()), *self.given.get(f"{country}-{region}", ()))
        return frozenset(day for day in both if day.year == year)

    def named(self, country: str, region: str | None, year: int) -> tuple[PublicHoliday, ...]:
        days = sorted(self.days(country, region, year))
        return tuple(PublicHoliday(on=day, name_es="Fiesta", name_en="Holiday") for day in days)

    def regions(self, country: str) -> tuple[Region, ...]:
        codes = sorted(
            name.partition("-")[2] for name in self.given if name.startswith(f"{country}-")
        )
        return tuple(Region(code=code, name_es=code, name_en=code) for code in codes)


class SequentialIds:
    """Identifiers of the real length that sort by time and are the same in every run."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def new(self, prefix: str, at: datetime) -> str:
        return f"{prefix}_{int(at.timestamp() * 1000):014d}{next(self._count):012d}"

    def secret(self) -> str:
        return f"secret-{next(self._count):036d}"


def no_pause(seconds: float) -> None:
    """Do not wait."""


@dataclass
class Fakes:
    """The stand-ins behind a Ports value, for a test to look into."""

    table: MemoryTable = field(default_factory=MemoryTable)
    queues: FakeQueues = field(default_factory=FakeQueues)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    writer: FakeWriter = field(default_factory=FakeWriter)
    files: FakeFiles = field(default_factory=FakeFiles)
    holidays: FakeHolidays = field(default_factory=FakeHolidays)
    vault: FakeVault = field(default_factory=FakeVault)
    egress: FakeEgress = field(default_factory=FakeEgress)
    gateway: FakeGateway = field(default_factory=FakeGateway)
    ids: SequentialIds = field(default_factory=SequentialIds)

    def ports(self, table: Table | None = None) -> Ports:
        """These stand-ins as the use cases get them."""
        return a_ports(
            table if table is not None else self.table,
            queues=self.queues,
            mailer=self.mailer,
            writer=self.writer,
            files=self.files,
            holidays=self.holidays,
            vault=self.vault,
            egress=self.egress,
            gateway=self.gateway,
            ids=self.ids,
        )


def a_ports(
    table: Table | None = None,
    *,
    queues: Queues | None = None,
    mailer: Mailer | None = None,
    writer: MailWriter | None = None,
    files: Files | None = None,
    holidays: Holidays | None = None,
    vault: Vault | None = None,
    egress: Egress | None = None,
    gateway: Gateway | None = None,
    ids: Ids | None = None,
) -> Ports:
    """Return ports over a table in memory, with stand-ins for whatever is not given."""
    return Ports(
        store=DynamoStore(table if table is not None else MemoryTable()),
        queues=queues or FakeQueues(),
        mailer=mailer or FakeMailer(),
        writer=writer or FakeWriter(),
        files=files or FakeFiles(),
        holidays=holidays or FakeHolidays(),
        vault=vault or FakeVault(),
        egress=egress or FakeEgress(),
        gateway=gateway or FakeGateway(),
        ids=ids or SequentialIds(),
        pause=no_pause,
    )
