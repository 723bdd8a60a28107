"""Send a credit note to its customer, when it is issued or later: queue the mail, once."""

from dataclasses import dataclass, replace

from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.domain.message import Message
from chalicelib.domain.names import invoice_of
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.issue_credit_note import (
    NO_FACTS,
    Drafted,
    NewCreditNote,
    draft_credit_note,
    issuing,
)
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.send_document import first_mail, queue_message, send_document


@dataclass(frozen=True)
class Issued:
    """A credit note, and why its mail could not be queued (codes of refusals)."""

    note: CreditNote
    warnings: tuple[str, ...] = ()


def issue_and_send_credit_note(ports: Ports, context: Context, new: NewCreditNote) -> Issued:
    """Issue a credit note and queue its mail, in one transaction. Errors as when it is issued.

    A mail that cannot go out does not stop the issue: the audit entry warns of it.
    """

    def attempt() -> tuple[Issued, Message | None]:
        drafted, mail, writes, warnings = _with_mail(
            ports, context, draft_credit_note(ports, context, new)
        )
        note = drafted.note
        facts = {"warnings": list(warnings)} if warnings else NO_FACTS
        writes = [*issuing(ports, context, drafted, facts), *writes]
        commit(ports, context, writes, resource=f"/v1/credit-notes/{note.id}")
        return Issued(note, warnings), mail

    issued, mail = until_committed(ports, attempt)
    if mail is not None:
        queue_message(ports, mail)
    return issued


def _with_mail(
    ports: Ports, context: Context, drafted: Drafted
) -> tuple[Drafted, Message | None, list[Write], tuple[str, ...]]:
    try:
        note, mail, writes = first_mail(ports, context, drafted.note, drafted.desk.customer)
    except StateConflict as refusal:
        return drafted, None, [], (refusal.code,)
    return replace(drafted, note=note), mail, writes, ()


def send_credit_note(ports: Ports, context: Context, note_id: str, *, again: bool) -> CreditNote:
    """Queue the mail that carries the credit note, and return the credit note.

    It goes once to an address, as an invoice does (see ``send_document``). NotFound.
    """
    return send_document(
        ports,
        context,
        lambda: _load(ports, note_id),
        resource=f"/v1/credit-notes/{note_id}",
        again=again,
    )


def _load(ports: Ports, note_id: str) -> tuple[CreditNote, tuple[Message, ...]]:
    file = read_invoice(ports, invoice_of(note_id))
    note = next((one for one in file.credit_notes if one.id == note_id), None)
    if note is None:
        raise NotFound("credit note", note_id)
    return note, file.mails_of(note_id)
