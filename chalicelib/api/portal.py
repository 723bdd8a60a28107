"""The portal over HTTP: what a customer sees of its account by a private link."""

from collections.abc import Sequence

from chalice.app import Response

from chalicelib.api import render_portal as render
from chalicelib.api.pdf import pdf_response
from chalicelib.api.portal_visit import link_of
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import portal as bodies
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.money import is_currency
from chalicelib.usecases.documents import stored_pdf
from chalicelib.usecases.payment_ways import payment_ways
from chalicelib.usecases.portal_access import note_visit
from chalicelib.usecases.portal_contact import waiting_email
from chalicelib.usecases.portal_desk import PortalDesk, find_invoice, open_portal
from chalicelib.usecases.portal_invoices import invoice_in_portal, paid_in_portal
from chalicelib.usecases.portal_promises import broken_before
from chalicelib.usecases.statements import StatementFile, read_statement

routes = Routes()


@routes.route("/portal/home", "GET", gives=bodies.PortalHome)
def home(request: ApiRequest) -> Reply:
    """What is owed now, in each currency, and the ways to pay it."""
    return Reply(home_of(request, open_portal(request.ports, request.context, link_of(request))))


def home_of(request: ApiRequest, desk: PortalDesk) -> bodies.PortalHome:
    """Return the first screen, and note that the link was used."""
    ports = request.ports
    note_visit(ports, request.context, desk.link)
    paid = paid_in_portal(ports, desk)
    broken = broken_before(ports, desk)
    accounts = [
        render.account_body(
            desk,
            account,
            paid=[render.paid_row(row) for row in paid if row["currency"] == account.currency],
            broken=broken,
            ways=payment_ways(ports, account.currency),
            draw=ports.writer.qr_svg,
        )
        for account in desk.shown()
    ]
    return render.home_body(desk, accounts, waiting_email(ports, desk.link))


@routes.route("/portal/invoices/{invoice_id}", "GET", gives=bodies.PortalInvoice)
def invoice(request: ApiRequest, invoice_id: str) -> Reply:
    """One invoice with its lines, what was paid, and how to pay it."""
    ports = request.ports
    desk = open_portal(ports, request.context, link_of(request))
    file = invoice_in_portal(ports, desk, invoice_id)
    body = render.invoice_body(
        desk,
        file.invoice,
        file.disputes,
        broken=broken_before(ports, desk),
        ways=payment_ways(ports, file.invoice.currency),
        draw=ports.writer.qr_svg,
    )
    return Reply(body)


@routes.route("/portal/invoices/{invoice_id}/pdf", "GET", gives="application/pdf")
def invoice_pdf(request: ApiRequest, invoice_id: str) -> Response:
    """The document of an invoice."""
    desk = open_portal(request.ports, request.context, link_of(request))
    one = find_invoice(request.ports, desk, invoice_id)
    render.require_document(one)
    content = stored_pdf(request.ports, one, desk.company)
    return pdf_response(f"{one.number}.pdf", content)


@routes.route(
    "/portal/transfer", "GET", gives=bodies.PortalTransfer, query=("currency", "invoices")
)
def transfer(request: ApiRequest) -> Reply:
    """How to pay these invoices (ids with commas between, all without) by bank transfer."""
    desk = open_portal(request.ports, request.context, link_of(request))
    account = desk.account(_currency(request))
    chosen = set(desk.wanted(account, _ids(request)))
    items = [item for item in desk.items(account) if item.invoice_id in chosen]
    body = render.transfer_body(desk, account, items, request.ports.writer.qr_svg)
    return Reply(render.require_transfer(body))


def _ids(request: ApiRequest) -> Sequence[str] | None:
    text = request.query.get("invoices", "")
    return text.split(",") if text else None


def _currency(request: ApiRequest) -> str:
    currency = request.query.get("currency", "")
    if not is_currency(currency):
        raise InvalidField(
            "/currency", "A currency is an ISO 4217 code.", field_code="unknown_currency"
        )
    return currency


@routes.route(
    "/portal/statement", "GET", gives=bodies.PortalStatement, query=("currency", "from", "to")
)
def statement(request: ApiRequest) -> Reply:
    """The account over a period, last month by default, with the balance after each movement."""
    _, file = _statement(request)
    return Reply(render.statement_body(file.statement))


@routes.route(
    "/portal/statement/pdf", "GET", gives="application/pdf", query=("currency", "from", "to")
)
def statement_pdf(request: ApiRequest) -> Response:
    """The same as a document."""
    desk, file = _statement(request)
    one = file.statement
    letter = file.letter(language=desk.language)
    content = request.ports.writer.statement_pdf(letter, desk.company)
    return pdf_response(f"{one.first.isoformat()}_{one.last.isoformat()}.pdf", content)


def _statement(request: ApiRequest) -> tuple[PortalDesk, StatementFile]:
    desk = open_portal(request.ports, request.context, link_of(request))
    desk.require_whole()
    currency = desk.account(_currency(request)).currency
    file = read_statement(
        request.ports,
        request.context,
        desk.customer.id,
        currency,
        request.day("from"),
        request.day("to"),
    )
    return desk, file
