"""Payments over HTTP."""

from chalicelib.api.render_invoices import payment_body, payment_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.payments import (
    AllocateInput,
    AllocationInput,
    AssignInput,
    PaymentInput,
    PaymentRow,
)
from chalicelib.api.schemas.payments import Payment as PaymentBody
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.listings import payments, unapplied_payments
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.references import payment_ref

routes = Routes()


@routes.route(
    "/v1/payments", "GET", gives=Page[PaymentRow], query=("customer_id", "unapplied", *PAGING)
)
def list_all(request: ApiRequest) -> Reply:
    """Payments, newest first; of one customer; or those with unapplied money, oldest first."""
    customer_id = request.query.get("customer_id") or None
    only_unapplied = request.query.get("unapplied") == "true"
    if only_unapplied and customer_id is None:
        listing = unapplied_payments()
    else:
        where = (("unapplied_minor >", 0),) if only_unapplied else ()
        listing = payments(customer_id=customer_id, where=where)
    page = request.ports.store.rows(listing, limit=request.limit, cursor=request.cursor)
    rows = [payment_row(row) for row in page.items]
    return Reply(Page[PaymentRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/payments", "POST", takes=PaymentInput, gives=PaymentBody, status=201)
def create(request: ApiRequest) -> Reply:
    """Record money received by hand; 201."""
    body = request.body(PaymentInput)
    fields = {name: getattr(body, name) for name in type(body).model_fields}
    fields["wanted"] = _wanted(fields.pop("allocations"))
    payment = record_payment(request.ports, request.context, NewPayment(**fields))
    return _rendered(payment, status=201)


def _wanted(allocations: list[AllocationInput] | None) -> tuple[Wanted, ...] | None:
    if allocations is None:
        return None
    return tuple(Wanted(**one.model_dump()) for one in allocations)


def _rendered(payment: Payment, status: int = 200) -> Reply:
    return Reply(payment_body(payment), status, payment.version)


def answer(request: ApiRequest, payment_id: str) -> Reply:
    """Return a stored payment. NotFound."""
    payment = request.ports.store.get(payment_ref(payment_id))
    if payment is None:
        raise NotFound("payment", payment_id)
    return _rendered(payment)


@routes.route("/v1/payments/{payment_id}", "GET", gives=PaymentBody)
def read(request: ApiRequest, payment_id: str) -> Reply:
    """One payment with its allocations."""
    return answer(request, payment_id)


@routes.route(
    "/v1/payments/{payment_id}/allocations", "POST", takes=AllocateInput, gives=PaymentBody
)
def allocate(request: ApiRequest, payment_id: str) -> Reply:
    """Settle invoices with what is unapplied of a payment."""
    wanted = _wanted(request.body(AllocateInput).allocations)
    return _rendered(allocate_payment(request.ports, request.context, payment_id, wanted))


@routes.route("/v1/payments/{payment_id}/assign", "POST", takes=AssignInput, gives=PaymentBody)
def assign(request: ApiRequest, payment_id: str) -> Reply:
    """Say whose money an unidentified payment is."""
    customer_id = request.body(AssignInput).customer_id
    return _rendered(assign_payment(request.ports, request.context, payment_id, customer_id))
