"""Put a pre-legal file together: one archive, the same bytes for the same book and day."""

import hashlib
import re
import zipfile
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote, Document
from chalicelib.domain.errors import known
from chalicelib.domain.legal_evidence import Evidence, evidence_tables
from chalicelib.domain.legal_words import NAMES
from chalicelib.domain.message import Message
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.documents import stored_pdf
from chalicelib.usecases.legal_evidence import gather
from chalicelib.usecases.legal_files import find_legal_file
from chalicelib.usecases.mail_proof import proof_of, purpose_of
from chalicelib.usecases.message_content import content_of
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Replace

IN_MEMORY_BYTES: Final = 8_000_000
"""A larger archive is written to the Lambda's own disk, of which it has 512 MB."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can name: no archive tells when
_ORDINARY_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_BLOCK: Final = 1_000_000

Part = tuple[str, bytes]


def build_legal_file(ports: Ports, context: Context, file_id: str) -> None:
    """Make the archive of a file that waits, store it, and mark the file as ready.

    Repeated, it changes nothing. Two at once each store their own; one of them is shown.
    """
    file = find_legal_file(ports, file_id)
    if file.state != "waiting":
        return
    company = company_of(ports)
    with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as archive:
        _write(archive, _parts(ports, gather(ports, file, company), company), company)
        size, digest = _measured(archive)
        key = f"legal-files/{file.customer_id}/{file.id}-{digest[:16]}.zip"
        ports.files.put(key, archive, "application/zip")
    made: dict[str, Any] = {"key": key, "sha256": digest, "size_bytes": size}
    until_committed(ports, lambda: _ready(ports, context, file_id, made))


def _ready(ports: Ports, context: Context, file_id: str, made: dict[str, Any]) -> None:
    file = find_legal_file(ports, file_id)
    if file.state != "waiting":
        return
    entry = audit(
        ports,
        context,
        "legal_file_ready",
        subject=("customer", file.customer_id),
        customer_id=file.customer_id,
        id=file.id,
        sha256=made["sha256"],
    )
    after = file.next(state="ready", ready_at=context.at, **made)
    ports.store.commit([Replace(after), entry])


def _measured(archive: IO[bytes]) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = archive.tell()
    archive.seek(0)
    while block := archive.read(_BLOCK):
        digest.update(block)
    archive.seek(0)
    return size, digest.hexdigest()


def _write(archive: IO[bytes], parts: Iterable[Part], company: Company) -> None:
    # One part at a time: only one document is in memory.
    lines: list[str] = []
    with zipfile.ZipFile(archive, "w") as book:
        for name, content in parts:
            book.writestr(_entry(name), content, zipfile.ZIP_DEFLATED, 6)
            lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        manifest = "".join(lines).encode()
        name = NAMES[company.language]["manifest"]
        book.writestr(_entry(name), manifest, zipfile.ZIP_DEFLATED, 6)
    archive.seek(0, 2)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _ORDINARY_FILE
    return entry


def _parts(ports: Ports, evidence: Evidence, company: Company) -> Iterable[Part]:
    names = NAMES[company.language]
    yield names["cover"], ports.writer.legal_cover_pdf(evidence.claim, company)
    for one in evidence.invoices:
        if not one.invoice.is_imported:  # its document is where it was issued
            yield _document(ports, one.invoice, company)
        for note in one.notes:
            yield _document(ports, note, company)
    files: dict[str, str] = {}
    for place, message in enumerate(evidence.messages, start=1):
        for name, content in _message(ports, evidence, place, message):
            files.setdefault(message.id, name)
            yield name, content
    for table, content in evidence_tables(evidence, files):
        yield names[table], content


def _document(ports: Ports, document: Document, company: Company) -> Part:
    folder = "credit_notes" if isinstance(document, CreditNote) else "invoices"
    name = f"{NAMES[company.language][folder]}/{_plain(known(document.number))}.pdf"
    return name, stored_pdf(ports, document, company)


def _message(ports: Ports, evidence: Evidence, place: int, message: Message) -> Iterable[Part]:
    names, language = NAMES[evidence.claim.language], evidence.claim.language
    what = _plain(purpose_of(message, language))
    title = f"{place:03d}-{message.created_at.date().isoformat()}-{what}"
    kept = content_of(ports, message)
    page = proof_of(message, kept, evidence.numbers, language)
    yield f"{names['messages']}/{title}.txt", page.encode()
    if kept is not None:
        yield f"{names['messages']}/{title}.html", kept.html.encode()
    letter = None if message.file is None else ports.files.get(message.file)
    if letter is not None:
        yield f"{names['letters']}/{title}.pdf", letter


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", text)
