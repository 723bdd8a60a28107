"""Invoices over HTTP."""

from datetime import timedelta
from typing import Any

from chalice.app import Response

from chalicelib.api.pdf import pdf_response
from chalicelib.api.render_invoices import invoice_body, invoice_row, issue_warnings, preview_body
from chalicelib.api.requests import PAGING, ApiRequest, changed_fields
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.disputes import ReinstateInput, WriteOffInput
from chalicelib.api.schemas.invoices import (
    BulkResult,
    BulkResults,
    BulkSendInput,
    Invoice,
    InvoiceChange,
    InvoiceInput,
    InvoiceRow,
    IssueInput,
    LineInput,
    Preview,
    PreviewInput,
    SendInput,
    VoidInput,
)
from chalicelib.api.schemas.rates import DiscountTermsInput
from chalicelib.domain import invoice as domain
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import DomainError, InvalidField
from chalicelib.usecases.context import without_repeat_key
from chalicelib.usecases.documents import read_invoice_pdf
from chalicelib.usecases.draft_invoice import (
    NewInvoice,
    change_draft,
    delete_draft,
    draft_invoice,
)
from chalicelib.usecases.issue_invoice import IssueOrder, issue_invoice
from chalicelib.usecases.list_invoices import InvoiceFilter, list_invoices
from chalicelib.usecases.read_invoice import read_invoice
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.void_invoice import void_invoice
from chalicelib.usecases.write_off import GivingUp, reinstate, write_off

routes = Routes()
FILTERS = ("state", "tab", "customer_id", "currency", "due_before", "due_after", "number")


@routes.route("/v1/invoices", "GET", gives=Page[InvoiceRow], query=(*FILTERS, *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Invoices by state or tab, customer, due date or number."""
    today = request.today()
    wanted = InvoiceFilter(
        state=request.query.get("state") or None,
        tab=request.query.get("tab") or None,
        customer_id=request.query.get("customer_id") or None,
        currency=request.query.get("currency") or None,
        due_before=request.day("due_before"),
        due_after=request.day("due_after"),
        number=request.query.get("number") or None,
    )
    page = list_invoices(
        request.ports, wanted, today=today, limit=request.limit, cursor=request.cursor
    )
    rows = [invoice_row(row, today) for row in page.items]
    return Reply(Page[InvoiceRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/invoices", "POST", takes=InvoiceInput, gives=Invoice, status=201)
def create(request: ApiRequest) -> Reply:
    """Write a draft; 201."""
    body = request.body(InvoiceInput)
    fields = {name: getattr(body, name) for name in type(body).model_fields}
    made = {"lines": _lines(body.lines), "discount": _terms(body.discount)}
    is_none = "discount" in body.model_fields_set and body.discount is None
    new = NewInvoice(**fields | made, without_discount=is_none)
    invoice = draft_invoice(request.ports, request.context, new)
    return _invoice(request, invoice.id, status=201)


def _terms(terms: DiscountTermsInput | None) -> DiscountTerms | None:
    return None if terms is None else DiscountTerms(**terms.model_dump())


def _lines(lines: list[LineInput]) -> tuple[domain.LineInput, ...]:
    return tuple(domain.LineInput(**line.model_dump()) for line in lines)


def _invoice(request: ApiRequest, invoice_id: str, status: int = 200) -> Reply:
    file = read_invoice(request.ports, invoice_id)
    return Reply(invoice_body(file, request.today()), status, file.invoice.version)


answer = _invoice


def answer_with_warnings(request: ApiRequest, invoice_id: str) -> Reply:
    """Return an invoice that was just issued, with what its issue was warned of."""
    file = read_invoice(request.ports, invoice_id)
    body = invoice_body(file, request.today(), issue_warnings(file))
    return Reply(body, version=file.invoice.version)


@routes.route("/v1/invoices/preview", "POST", takes=PreviewInput, gives=Preview)
def preview(request: ApiRequest) -> Reply:
    """What a draft would come to; nothing is stored."""
    body = request.body(PreviewInput)
    due_date = None
    if body.issue_date is not None and body.terms_days is not None:
        due_date = body.issue_date + timedelta(days=body.terms_days)
    priced = domain.price(_lines(body.lines), _terms(body.discount))
    return Reply(preview_body(priced, due_date))


@routes.route("/v1/invoices/send", "POST", takes=BulkSendInput, gives=BulkResults)
def send_many(request: ApiRequest) -> Reply:
    """Send several issued invoices, each once; what became of each."""
    body = request.body(BulkSendInput)
    results = [_sent(request, invoice_id) for invoice_id in body.invoice_ids]
    return Reply(BulkResults(items=results))


def _sent(request: ApiRequest, invoice_id: str) -> BulkResult:
    context = without_repeat_key(request.context)
    try:
        send_invoice(request.ports, context, invoice_id, again=False)
    except DomainError as exc:
        return BulkResult(invoice_id=invoice_id, done=False, code=exc.code, detail=str(exc))
    return BulkResult(invoice_id=invoice_id, done=True, code=None, detail=None)


@routes.route("/v1/invoices/{invoice_id}", "GET", gives=Invoice)
def read(request: ApiRequest, invoice_id: str) -> Reply:
    """One invoice with payments, messages and timeline."""
    return _invoice(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}", "PATCH", takes=InvoiceChange, gives=Invoice)
def change(request: ApiRequest, invoice_id: str) -> Reply:
    """Change a draft; an issued invoice never changes."""
    body = request.body(InvoiceChange)
    changes: dict[str, Any] = changed_fields(body)
    for name in ("customer_id", "currency", "lines", "series"):
        if name in changes and changes[name] is None:
            raise InvalidField(f"/{name}", "This field cannot be cleared.", field_code="missing")
    if body.lines is not None:
        changes["lines"] = _lines(body.lines)
    if "discount" in changes:
        changes["discount"] = _terms(body.discount)
    version = request.expected_version
    change_draft(request.ports, request.context, invoice_id, changes, expected_version=version)
    return _invoice(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}", "DELETE", gives=None, status=204)
def delete(request: ApiRequest, invoice_id: str) -> Reply:
    """Throw a draft away; 204."""
    version = request.expected_version
    delete_draft(request.ports, request.context, invoice_id, expected_version=version)
    return Reply(None, status=204)


@routes.route("/v1/invoices/{invoice_id}/issue", "POST", takes=IssueInput, gives=Invoice)
def issue(request: ApiRequest, invoice_id: str) -> Reply:
    """Issue a draft: it gets its number and never changes again; or it waits for approval."""
    order = IssueOrder(**request.body(IssueInput).model_dump())
    version = request.expected_version
    issue_invoice(request.ports, request.context, invoice_id, expected_version=version, order=order)
    return answer_with_warnings(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/send", "POST", takes=SendInput, gives=Invoice)
def send(request: ApiRequest, invoice_id: str) -> Reply:
    """Mail an issued invoice to its customer, once unless ``again``."""
    body = request.body(SendInput)
    send_invoice(request.ports, request.context, invoice_id, again=body.again)
    return _invoice(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/void", "POST", takes=VoidInput, gives=Invoice)
def void(request: ApiRequest, invoice_id: str) -> Reply:
    """Void an invoice on which nothing was paid."""
    body = request.body(VoidInput)
    void_invoice(
        request.ports,
        request.context,
        invoice_id,
        reason=body.reason,
        expected_version=request.expected_version,
    )
    return _invoice(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/write-off", "POST", takes=WriteOffInput, gives=Invoice)
def give_up(request: ApiRequest, invoice_id: str) -> Reply:
    """Write off what is open, or a part of it; it is never chased again."""
    body = request.body(WriteOffInput)
    giving_up = GivingUp(invoice_id=invoice_id, **body.model_dump())
    version = request.expected_version
    write_off(request.ports, request.context, giving_up, expected_version=version)
    return _invoice(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/reinstate", "POST", takes=ReinstateInput, gives=Invoice)
def take_back(request: ApiRequest, invoice_id: str) -> Reply:
    """Take a write-off back: the amount is owed and chased again."""
    body = request.body(ReinstateInput)
    giving_up = GivingUp(invoice_id=invoice_id, **body.model_dump())
    version = request.expected_version
    reinstate(request.ports, request.context, giving_up, expected_version=version)
    return _invoice(request, invoice_id)


@routes.route("/v1/invoices/{invoice_id}/pdf", "GET", gives="application/pdf")
def pdf(request: ApiRequest, invoice_id: str) -> Response:
    """The invoice as PDF; that of a draft says so."""
    return pdf_response(*read_invoice_pdf(request.ports, invoice_id))
