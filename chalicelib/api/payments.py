"""Payments over HTTP."""

from chalicelib.api.render_payments import payment_body, payment_preview, payment_row
from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.payments import (
    AllocateInput,
    AllocationInput,
    AssignInput,
    PaymentInput,
    PaymentPreview,
    PaymentRow,
    RefundInput,
    ReverseInput,
    UndoInput,
)
from chalicelib.api.schemas.payments import Payment as PaymentBody
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payment import Payment, Wanted
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.listings import credits_given, payments, unapplied_payments
from chalicelib.usecases.record_payment import (
    Deduction,
    NewPayment,
    preview_payment,
    record_payment,
)
from chalicelib.usecases.references import payment_ref
from chalicelib.usecases.return_payment import Giving, return_payment, undo_allocations

routes = Routes()


@routes.route(
    "/v1/payments",
    "GET",
    gives=Page[PaymentRow],
    query=("customer_id", "unapplied", "origin", *PAGING),
)
def list_all(request: ApiRequest) -> Reply:
    """Payments, newest first; of one customer; those with unapplied money, oldest first.

    ``origin=credit_note`` lists what credit notes gave. A customer's list has both.
    """
    customer_id = request.query.get("customer_id") or None
    only_unapplied = request.query.get("unapplied") == "true"
    if request.query.get("origin") == "credit_note" and customer_id is None:
        listing = credits_given()
    elif only_unapplied and customer_id is None:
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
    payment = record_payment(request.ports, request.context, _new(request.body(PaymentInput)))
    return _rendered(payment, status=201)


def _new(body: PaymentInput) -> NewPayment:
    fields = {name: getattr(body, name) for name in type(body).model_fields}
    fields["wanted"] = _wanted(fields.pop("allocations"))
    fields["deductions"] = [Deduction(**one.model_dump()) for one in body.deductions]
    return NewPayment(**fields)


@routes.route("/v1/payments/preview", "POST", takes=PaymentInput, gives=PaymentPreview)
def preview(request: ApiRequest) -> Reply:
    """What a payment would settle, with discounts and small differences; nothing is stored."""
    new = _new(request.body(PaymentInput))
    payment, _, desk = preview_payment(request.ports, request.context, new)
    return Reply(payment_preview(payment, desk.account))


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


@routes.route("/v1/payments/{payment_id}/undo", "POST", takes=UndoInput, gives=PaymentBody)
def undo(request: ApiRequest, payment_id: str) -> Reply:
    """Take a payment off invoices; they are open again and its money is unapplied."""
    wanted = _wanted(request.body(UndoInput).allocations)
    return _rendered(undo_allocations(request.ports, request.context, payment_id, wanted))


@routes.route("/v1/payments/{payment_id}/reverse", "POST", takes=ReverseInput, gives=PaymentBody)
def reverse(request: ApiRequest, payment_id: str) -> Reply:
    """Undo a payment that never was or was charged back; what it settled is open again."""
    body = request.body(ReverseInput)
    giving = Giving(
        kind=body.kind,
        amount_minor=body.amount_minor,
        on=body.reversed_on,
        reason=body.reason,
    )
    return _rendered(return_payment(request.ports, request.context, payment_id, giving))


@routes.route("/v1/payments/{payment_id}/refund", "POST", takes=RefundInput, gives=PaymentBody)
def refund(request: ApiRequest, payment_id: str) -> Reply:
    """Give money back: what is unapplied first, then what settled invoices, latest first."""
    body = request.body(RefundInput)
    giving = Giving(
        kind="refunded",
        amount_minor=body.amount_minor,
        on=body.refunded_on,
        reason=body.reason,
    )
    return _rendered(return_payment(request.ports, request.context, payment_id, giving))


@routes.route("/v1/payments/{payment_id}/assign", "POST", takes=AssignInput, gives=PaymentBody)
def assign(request: ApiRequest, payment_id: str) -> Reply:
    """Say whose money an unidentified payment is."""
    customer_id = request.body(AssignInput).customer_id
    return _rendered(assign_payment(request.ports, request.context, payment_id, customer_id))
