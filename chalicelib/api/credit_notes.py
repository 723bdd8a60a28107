"""Credit notes over HTTP."""

from chalice.app import Response

from chalicelib.api.pdf import pdf_response
from chalicelib.api.render_credit_notes import credit_note_body, credit_note_row, preview_body
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.credit_notes import (
    CreditNote,
    CreditNoteInput,
    CreditNotePreview,
    CreditNotePreviewInput,
)
from chalicelib.api.schemas.invoices import SendInput
from chalicelib.api.schemas.rows import CreditNoteRow
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import LineInput
from chalicelib.usecases.documents import read_credit_note_pdf
from chalicelib.usecases.issue_credit_note import (
    NewCreditNote,
    draft_credit_note,
    issue_credit_note,
)
from chalicelib.usecases.listings import credit_notes
from chalicelib.usecases.references import credit_note_ref
from chalicelib.usecases.send_credit_note import (
    Issued,
    issue_and_send_credit_note,
    send_credit_note,
)

routes = Routes()


@routes.route("/v1/credit-notes", "GET", gives=Page[CreditNoteRow], query=("customer_id", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Credit notes, of one customer or all, newest first."""
    listing = credit_notes(request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [credit_note_row(row) for row in page.items]
    return Reply(Page[CreditNoteRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/credit-notes", "POST", takes=CreditNoteInput, gives=CreditNote, status=201)
def create(request: ApiRequest) -> Reply:
    """Issue a credit note: it takes its part off the invoice, the remainder is credit; 201."""
    body = request.body(CreditNoteInput)
    if body.send:
        issued = issue_and_send_credit_note(request.ports, request.context, _new(body))
    else:
        issued = Issued(issue_credit_note(request.ports, request.context, _new(body)))
    note = issued.note
    return Reply(credit_note_body(note, issued.warnings), 201, note.version)


def _new(body: CreditNotePreviewInput) -> NewCreditNote:
    return NewCreditNote(
        invoice_id=body.invoice_id,
        reason=body.reason or "",
        amount_minor=body.amount_minor,
        lines=[LineInput(**line.model_dump()) for line in body.lines] if body.lines else None,
        issue_date=body.issue_date,
        series=body.series,
    )


def answer(request: ApiRequest, note_id: str) -> Reply:
    """Return a stored credit note. NotFound."""
    note = request.ports.store.get(credit_note_ref(note_id))
    if note is None:
        raise NotFound("credit note", note_id)
    return Reply(credit_note_body(note), version=note.version)


@routes.route(
    "/v1/credit-notes/preview", "POST", takes=CreditNotePreviewInput, gives=CreditNotePreview
)
def preview(request: ApiRequest) -> Reply:
    """What a credit note would come to, and what it would leave open; nothing is stored."""
    new = _new(request.body(CreditNotePreviewInput))
    return Reply(preview_body(draft_credit_note(request.ports, request.context, new)))


@routes.route("/v1/credit-notes/{note_id}", "GET", gives=CreditNote)
def read(request: ApiRequest, note_id: str) -> Reply:
    """One credit note."""
    return answer(request, note_id)


@routes.route("/v1/credit-notes/{note_id}/send", "POST", takes=SendInput, gives=CreditNote)
def send(request: ApiRequest, note_id: str) -> Reply:
    """Mail a credit note to its customer, once unless ``again``."""
    again = request.body(SendInput).again
    note = send_credit_note(request.ports, request.context, note_id, again=again)
    return Reply(credit_note_body(note), version=note.version)


@routes.route("/v1/credit-notes/{note_id}/pdf", "GET", gives="application/pdf")
def pdf(request: ApiRequest, note_id: str) -> Response:
    """The credit note as PDF."""
    return pdf_response(*read_credit_note_pdf(request.ports, note_id))
