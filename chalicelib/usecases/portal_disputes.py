"""A customer contests an invoice in the portal, and sends files that show why."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.domain.dispute import CATEGORY_WORDS, Category, Dispute, DisputeFile
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict, TooOften
from chalicelib.domain.portal import PortalFile, PortalLink
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.disputes import NewDispute, find_dispute, open_dispute
from chalicelib.usecases.portal_desk import PortalDesk, find_invoice, open_portal
from chalicelib.usecases.portal_listings import portal_files_of
from chalicelib.usecases.ports import Insert, Ports, Ref, Replace
from chalicelib.usecases.read_invoice import read_invoice

MAX_FILE_BYTES: Final = 4 * 1024 * 1024
"""In base64 it still fits what a Lambda may be handed: 6 MB."""
MOST_WAITING: Final = 20
"""Files of a customer that wait for a dispute: nobody uses the portal as a disk."""
WAITS: Final = timedelta(days=1)
_TYPES: Final = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
)
_LONGEST_NAME: Final = 100
_NOT_IN_A_NAME: Final = re.compile(r"[^\w .()+-]")


@dataclass(frozen=True, kw_only=True)
class PortalDispute:
    """What is contested and why; no amount: all that is open and not contested or agreed."""

    invoice_id: str
    category: Category
    amount_minor: int | None = None
    comment: str | None = None
    file_ids: Sequence[str] = ()


def contest_in_portal(
    ports: Ports, context: Context, link: PortalLink, new: PortalDispute
) -> Dispute:
    """Open a dispute for the customer: its amount rests until staff decide.

    InvalidField without the words that a part or another reason needs, or for a file that is not
    there; StateConflict when staff have said no to a dispute of the customer over this invoice, and
    as for any dispute.
    """
    desk = open_portal(ports, context, link)
    desk.require_changes()
    invoice = find_invoice(ports, desk, new.invoice_id)
    comment = (new.comment or "").strip() or None
    is_part = new.amount_minor is not None and new.amount_minor < invoice.open_minor
    if comment is None and (is_part or new.category == "other"):
        raise InvalidField("/comment", "Say what is wrong.", field_code="comment_needed")
    _require_no_refusal(ports, invoice.id)
    said = CATEGORY_WORDS[new.category][desk.company.language]
    return open_dispute(
        ports,
        context,
        NewDispute(
            invoice_id=invoice.id,
            amount_minor=new.amount_minor,
            reason=f"{said}: {comment}" if comment else said,
            owner=desk.customer.owner or desk.company.name,
            link_id=link.id,
            category=new.category,
            comment=comment,
            files=_files(ports, desk, new.file_ids),
        ),
    )


def _require_no_refusal(ports: Ports, invoice_id: str) -> None:
    # One Query. What staff refused is not contested again by a click: that would rest it for ever.
    for one in read_invoice(ports, invoice_id).disputes:
        if one.link_id is not None and one.outcome == "rejected":
            raise StateConflict(
                f"This was contested before, and answered on {one.resolved_at:%Y-%m-%d}; "
                "please write to us.",
                code="disputed_before",
            )


def _files(ports: Ports, desk: PortalDesk, file_ids: Sequence[str]) -> tuple[DisputeFile, ...]:
    refs = [file_ref(desk.customer.id, one) for one in dict.fromkeys(file_ids)]
    found = ports.store.get_many(refs) if refs else {}
    files = []
    for index, ref in enumerate(refs):
        one = found.get(ref)
        is_there = isinstance(one, PortalFile) and one.expires_at > desk.at.timestamp()
        content = ports.files.get(_waiting_place(*ref.key)) if is_there else None
        if not isinstance(one, PortalFile) or content is None:
            raise InvalidField(
                f"/file_ids/{index}", "This file is not there; send it again.",
                field_code="unknown_file",
            )  # fmt: skip
        ports.files.put(_kept_place(*ref.key), content, one.content_type)
        files.append(
            DisputeFile(
                id=one.id, name=one.name, content_type=one.content_type, size_bytes=one.size_bytes
            )
        )
    return tuple(files)


def file_ref(customer_id: str, file_id: str) -> Ref[PortalFile]:
    """Return the key of a file that waits for a dispute."""
    return Ref(PortalFile, (customer_id, file_id))


def _waiting_place(customer_id: str, file_id: str) -> str:
    return f"uploads/{customer_id}/{file_id}"  # the bucket forgets what begins so


def _kept_place(customer_id: str, file_id: str) -> str:
    return f"disputes/{customer_id}/{file_id}"


def take_file(
    ports: Ports, context: Context, link: PortalLink, *, name: str, content: bytes
) -> PortalFile:
    """Keep a file for a dispute to come; the same file twice is one. NotKept.

    Its first bytes say what it is, whatever it is called. InvalidField for another kind than PDF,
    PNG and JPEG, an empty or a large one; TooOften when many wait already.
    """
    desk = open_portal(ports, context, link)
    desk.require_changes()
    content_type, suffix = _type_of(content)
    file_id = hashlib.sha256(content).hexdigest()

    def attempt() -> PortalFile:
        waiting = ports.store.records(portal_files_of(desk.customer.id))
        before = next((one for one in waiting if one.id == file_id), None)
        live = [one for one in waiting if one.expires_at > context.at.timestamp()]
        if before is None and len(live) >= MOST_WAITING:
            raise TooOften(f"{MOST_WAITING} files wait for their disputes already.")
        ports.files.put(_waiting_place(desk.customer.id, file_id), content, content_type)
        after = PortalFile(
            version=before.version + 1 if before else 1,
            customer_id=desk.customer.id,
            id=file_id,
            link_id=link.id,
            name=_file_name(name, suffix),
            content_type=content_type,
            size_bytes=len(content),
            created_at=context.at,
            expires_at=int((context.at + WAITS).timestamp()),
        )
        ports.store.commit([Replace(after) if before else Insert(after)])
        return after

    return until_committed(ports, attempt)


def _type_of(content: bytes) -> tuple[str, str]:
    if len(content) > MAX_FILE_BYTES:
        raise InvalidField(
            "/file", f"A file has at most {MAX_FILE_BYTES // 1024 // 1024} MB.",
            field_code="file_too_large",
        )  # fmt: skip
    for beginning, content_type, suffix in _TYPES:
        if content.startswith(beginning):
            return content_type, suffix
    raise InvalidField(
        "/file", "A file is a PDF, a PNG or a JPEG.", field_code="file_type"
    )  # fmt: skip


def _file_name(name: str, suffix: str) -> str:
    """Return the last part of a name, harmless, with the suffix of what the file is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] if "." in last else last
    clean = " ".join(_NOT_IN_A_NAME.sub(" ", stem).split())[:_LONGEST_NAME].strip(" .")
    return f"{clean or 'file'}{suffix}"


def read_file(ports: Ports, dispute_id: str, file_id: str) -> tuple[DisputeFile, bytes]:
    """Return a file of a dispute, for staff. NotFound."""
    dispute = find_dispute(ports, dispute_id)
    known = next((one for one in dispute.files if one.id == file_id), None)
    content = ports.files.get(_kept_place(dispute.customer_id, file_id)) if known else None
    if known is None or content is None:
        raise NotFound("file", file_id)
    return known, content
