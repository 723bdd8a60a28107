"""Portal links, pay links and checkouts over HTTP, for staff."""

from urllib.parse import quote

from chalice.app import Response

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Binary, Reply, Routes
from chalicelib.api.schemas import portal_links as bodies
from chalicelib.api.schemas.base import Page
from chalicelib.domain.portal import EmailRequest, PortalLink
from chalicelib.usecases.checkout_listings import checkouts
from chalicelib.usecases.email_requests import decide_email, waiting_emails
from chalicelib.usecases.portal_disputes import read_file
from chalicelib.usecases.portal_links import (
    MadeLink,
    NewLink,
    list_links,
    make_link,
    make_pay_link,
    revoke_link,
    revoke_links,
    told_again,
)

routes = Routes()
_LINKS = "/v1/customers/{customer_id}/portal-links"
_EMAILS = "/v1/customers/{customer_id}/email-requests"


@routes.route(_LINKS, "POST", takes=bodies.PortalLinkInput, gives=bodies.NewPortalLink, status=201)
def create(request: ApiRequest, customer_id: str) -> Reply:
    """Make a link to the portal for a customer; 201. Its address is shown this once."""
    body = request.body(bodies.PortalLinkInput)
    new = NewLink(
        customer_id=customer_id,
        contact_id=body.contact_id,
        invoice_ids=tuple(body.invoice_ids or ()),
        purpose="view" if body.view else "staff",
    )
    return _made(request, make_link(request.ports, request.context, new), 201)


def _made(request: ApiRequest, made: MadeLink, status: int) -> Reply:
    answer = bodies.NewPortalLink(
        id=made.link.id,
        url=f"{request.app.settings.base_url}/portal/open/{made.token}",
        expires_at=made.link.valid_until,
    )
    return Reply(answer, status, is_shown_once=True)


def answer(request: ApiRequest, link_id: str) -> Reply:
    """Return a link that was made before, with an address that replaces its first one."""
    return _made(request, told_again(request.ports, link_id), 200)


@routes.route(
    "/v1/invoices/{invoice_id}/pay-link",
    "POST",
    takes=bodies.PayLinkInput,
    gives=bodies.NewPortalLink,
)
def create_pay_link(request: ApiRequest, invoice_id: str) -> Reply:
    """Make a link by which anybody who has it may see and pay this invoice, and nothing else."""
    request.body(bodies.PayLinkInput)
    return _made(request, make_pay_link(request.ports, request.context, invoice_id), 200)


@routes.route(_LINKS, "GET", gives=bodies.PortalLinks)
def list_all(request: ApiRequest, customer_id: str) -> Reply:
    """The links of a customer, newest first, with when they were last used."""
    rows = [_row(one) for one in list_links(request.ports, customer_id)]
    return Reply(bodies.PortalLinks(items=rows))


def _row(one: PortalLink) -> bodies.PortalLinkRow:
    same = {name for name in bodies.PortalLinkRow.model_fields if name in PortalLink.model_fields}
    fields = {name: getattr(one, name) for name in same - {"expires_at", "invoice_ids"}}
    return bodies.PortalLinkRow(
        **fields, invoice_ids=list(one.invoice_ids), expires_at=one.valid_until
    )


@routes.route(f"{_LINKS}/{{link_id}}/revoke", "POST", gives=bodies.PortalLinkRow)
def revoke(request: ApiRequest, customer_id: str, link_id: str) -> Reply:
    """End a link at once."""
    return Reply(_row(revoke_link(request.ports, request.context, customer_id, link_id)))


@routes.route(f"{_LINKS}/revoke", "POST", gives=bodies.PortalLinksRevoked)
def revoke_all(request: ApiRequest, customer_id: str) -> Reply:
    """End all links of a customer at once."""
    count = revoke_links(request.ports, request.context, customer_id)
    return Reply(bodies.PortalLinksRevoked(revoked=count))


@routes.route(_EMAILS, "GET", gives=bodies.EmailRequests)
def list_emails(request: ApiRequest, customer_id: str) -> Reply:
    """The addresses that contacts of a customer have asked for and that wait for an answer."""
    rows = [_email(one) for one in waiting_emails(request.ports, customer_id)]
    return Reply(bodies.EmailRequests(items=rows))


def _email(one: EmailRequest) -> bodies.EmailRequestRow:
    names = bodies.EmailRequestRow.model_fields
    return bodies.EmailRequestRow(**{name: getattr(one, name) for name in names})


@routes.route(f"{_EMAILS}/{{contact_id}}/accept", "POST", gives=bodies.EmailRequestRow)
def accept(request: ApiRequest, customer_id: str, contact_id: str) -> Reply:
    """Let the new address count: mails go there from now on."""
    return _decided(request, customer_id, contact_id, accepted=True)


@routes.route(f"{_EMAILS}/{{contact_id}}/decline", "POST", gives=bodies.EmailRequestRow)
def decline(request: ApiRequest, customer_id: str, contact_id: str) -> Reply:
    """Leave the address as it is."""
    return _decided(request, customer_id, contact_id, accepted=False)


def _decided(request: ApiRequest, customer_id: str, contact_id: str, *, accepted: bool) -> Reply:
    after = decide_email(request.ports, request.context, customer_id, contact_id, accepted=accepted)
    return Reply(_email(after), 200, after.version)


@routes.route("/v1/disputes/{dispute_id}/files/{file_id}", "GET", gives="application/octet-stream")
def download(request: ApiRequest, dispute_id: str, file_id: str) -> Response:
    """A file that a customer sent with a dispute, to be saved: nothing of it runs here."""
    file, content = read_file(request.ports, dispute_id, file_id)
    headers = {
        "Content-Type": file.content_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Binary(content, status_code=200, headers=headers)


@routes.route(
    "/v1/checkouts", "GET", gives=Page[bodies.CheckoutRow], query=("customer_id", *PAGING)
)
def list_checkouts(request: ApiRequest) -> Reply:
    """Attempts to pay online, of one customer or all, newest first."""
    listing = checkouts(request.query.get("customer_id") or None)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    names = bodies.CheckoutRow.model_fields
    rows = [bodies.CheckoutRow(**{name: row[name] for name in names}) for row in page.items]
    return Reply(Page[bodies.CheckoutRow](items=rows, next_cursor=page.cursor))
