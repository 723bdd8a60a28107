"""Letters on paper over HTTP: written, printed, posted."""

from typing import Final

from chalice.app import Response

from chalicelib.api.pdf import pdf_response
from chalicelib.api.render_invoices import message_body, message_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import letters as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.invoices import MessageRow
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.message import Message
from chalicelib.usecases import letters as usecase
from chalicelib.usecases.mail_listings import letters_in
from chalicelib.usecases.write_letter import NewLetter, write_letter

routes = Routes()
_STATES: Final = ("to_post", "sent", "suppressed")


@routes.route("/v1/letters", "GET", gives=Page[MessageRow], query=("state", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Letters in a state, those that wait to be posted by default, oldest first."""
    state = request.query.get("state") or "to_post"
    if state not in _STATES:
        raise InvalidField(
            "/state", f"A state is one of {', '.join(_STATES)}.", field_code="unknown_state"
        )
    page = request.ports.store.rows(letters_in(state), limit=request.limit, cursor=request.cursor)
    rows = [message_row(row) for row in page.items]
    return Reply(Page[MessageRow](items=rows, next_cursor=page.cursor))


@routes.route(
    "/v1/customers/{customer_id}/letters",
    "POST",
    takes=bodies.LetterInput,
    gives=bodies.Letter,
    status=201,
)
def write(request: ApiRequest, customer_id: str) -> Reply:
    """Write a formal letter now; it then waits to be posted; 201."""
    body = request.body(bodies.LetterInput)
    new = NewLetter(customer_id, body.currency, body.template)
    return _letter(write_letter(request.ports, request.context, new), 201)


@routes.route("/v1/letters/print", "POST", takes=bodies.PrintInput, gives="application/pdf")
def print_them(request: ApiRequest) -> Response:
    """Letters as one PDF: these, or all that wait; nothing is marked as posted."""
    body = request.body(bodies.PrintInput)
    wanted = [(one.customer_id, one.message_id) for one in body.letters]
    return pdf_response(*usecase.print_letters(request.ports, wanted))


@routes.route("/v1/messages/{customer_id}/{message_id}/pdf", "GET", gives="application/pdf")
def pdf(request: ApiRequest, customer_id: str, message_id: str) -> Response:
    """The letter or statement of a message as it was made."""
    return pdf_response(*usecase.read_message_pdf(request.ports, customer_id, message_id))


@routes.route(
    "/v1/messages/{customer_id}/{message_id}/posted",
    "POST",
    takes=bodies.PostedInput,
    gives=bodies.Letter,
)
def posted(request: ApiRequest, customer_id: str, message_id: str) -> Reply:
    """Record that a letter was posted, with what proves it."""
    body = request.body(bodies.PostedInput)
    said = usecase.Posted(customer_id, message_id, **body.model_dump())
    return _letter(usecase.mark_posted(request.ports, request.context, said))


@routes.route(
    "/v1/messages/{customer_id}/{message_id}/not-posted",
    "POST",
    takes=bodies.NotPostedInput,
    gives=bodies.Letter,
)
def not_posted(request: ApiRequest, customer_id: str, message_id: str) -> Reply:
    """Call a letter off that waits to be posted."""
    reason = request.body(bodies.NotPostedInput).reason
    context = request.context
    return _letter(usecase.mark_not_posted(request.ports, context, customer_id, message_id, reason))


def _letter(message: Message, status: int = 200) -> Reply:
    row = message_body(message).model_dump()
    posting = message.posting
    body = bodies.Letter(
        **row,
        template=message.template,
        invoice_ids=list(message.invoice_ids),
        posting=bodies.PostingProof(**posting.model_dump()) if posting else None,
    )
    return Reply(body, status)


def answer(request: ApiRequest, name: str) -> Reply:
    """Return a letter that was written or marked before."""
    return _letter(usecase.find_letter(request.ports, name))
