"""Customers over HTTP."""

from chalicelib.api.render_customers import customer_body, customer_row, next_message
from chalicelib.api.render_invoices import message_row
from chalicelib.api.render_payments import account_body
from chalicelib.api.render_timeline import timeline_entry
from chalicelib.api.requests import PAGING, ApiRequest, changed_fields
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.customers import (
    AddressInput,
    Contact,
    Customer,
    CustomerChange,
    CustomerInput,
    CustomerRow,
    NextMessages,
)
from chalicelib.api.schemas.invoices import MessageRow
from chalicelib.api.schemas.payments import Account
from chalicelib.api.schemas.timeline import TimelineEntry
from chalicelib.domain import customer as domain
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.listings import timeline_of
from chalicelib.usecases.mail_listings import messages_of
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.read_customers import (
    list_customers,
    read_account,
    read_credit,
    read_customer,
)
from chalicelib.usecases.unsuppress import unsuppress

routes = Routes()
_REQUIRED = ("type", "name", "country", "language", "currency", "terms_days", "time_zone")


@routes.route("/v1/customers", "GET", gives=Page[CustomerRow], query=("search", *PAGING))
def list_all(request: ApiRequest) -> Reply:
    """Customers by name, or found by words of it (``search``), with their balances."""
    page, accounts = list_customers(
        request.ports,
        search=request.query.get("search"),
        limit=request.limit,
        cursor=request.cursor,
    )
    today = request.today()
    rows = [customer_row(row, accounts.get(row["id"], ()), today) for row in page.items]
    return Reply(Page[CustomerRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/customers", "POST", takes=CustomerInput, gives=Customer, status=201)
def create(request: ApiRequest) -> Reply:
    """Enter a customer; 201."""
    body = request.body(CustomerInput)
    customer = create_customer(request.ports, request.context, _new(body))
    return _customer(request, customer.id, status=201)


def _new(body: CustomerInput) -> NewCustomer:
    terms = DiscountTerms(**body.discount.model_dump()) if body.discount else None
    fields = body.model_dump() | {"discount": terms, "contacts": _contacts(body.contacts)}
    return NewCustomer(**fields)


def _contacts(contacts: list[Contact] | None) -> tuple[domain.Contact, ...]:
    return tuple(
        domain.Contact(**one.model_dump() | {"roles": tuple(dict.fromkeys(one.roles))})
        for one in contacts or ()
    )


def _customer(request: ApiRequest, customer_id: str, status: int = 200) -> Reply:
    file = read_customer(request.ports, customer_id)
    credit = read_credit(request.ports, file)
    return Reply(customer_body(file, credit, request.today()), status, file.customer.version)


answer = _customer


@routes.route("/v1/customers/{customer_id}", "GET", gives=Customer)
def read(request: ApiRequest, customer_id: str) -> Reply:
    """One customer with its balances."""
    return _customer(request, customer_id)


@routes.route("/v1/customers/{customer_id}", "PATCH", takes=CustomerChange, gives=Customer)
def change(request: ApiRequest, customer_id: str) -> Reply:
    """Change fields of a customer; ``If-Match`` guards against overwriting."""
    body = request.body(CustomerChange)
    changes = changed_fields(body)
    if body.discount is not None:
        changes["discount"] = DiscountTerms(**body.discount.model_dump())
    if "contacts" in changes:
        changes["contacts"] = _contacts(body.contacts)
    for name in _REQUIRED:
        if name in changes and changes[name] is None:
            raise InvalidField(f"/{name}", "This field cannot be cleared.", field_code="missing")
    version = request.expected_version
    change_customer(request.ports, request.context, customer_id, changes, expected_version=version)
    return _customer(request, customer_id)


@routes.route("/v1/customers/{customer_id}/unsuppress", "POST", takes=AddressInput, gives=Customer)
def allow_address(request: ApiRequest, customer_id: str) -> Reply:
    """Allow mail to an address of the customer again, their own when none is named."""
    address = request.body(AddressInput).address
    unsuppress(request.ports, request.context, customer_id, address)
    return _customer(request, customer_id)


@routes.route(
    "/v1/customers/{customer_id}/timeline", "GET", gives=Page[TimelineEntry], query=PAGING
)
def timeline(request: ApiRequest, customer_id: str) -> Reply:
    """What happened with the customer, newest first."""
    page = request.ports.store.rows(
        timeline_of(customer_id), limit=request.limit, cursor=request.cursor
    )
    entries = [
        timeline_entry(AuditEntry.model_validate(dict(row), strict=False)) for row in page.items
    ]
    return Reply(Page[TimelineEntry](items=entries, next_cursor=page.cursor))


@routes.route("/v1/customers/{customer_id}/messages", "GET", gives=Page[MessageRow], query=PAGING)
def messages(request: ApiRequest, customer_id: str) -> Reply:
    """The customer's messages and what became of them, newest first."""
    page = request.ports.store.rows(
        messages_of(customer_id), limit=request.limit, cursor=request.cursor
    )
    rows = [message_row(row) for row in page.items]
    return Reply(Page[MessageRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/customers/{customer_id}/next-messages", "GET", gives=NextMessages)
def upcoming(request: ApiRequest, customer_id: str) -> Reply:
    """What goes out next, to whom and with which words; or why nothing will."""
    forecasts = next_messages(request.ports, request.context, customer_id)
    return Reply(NextMessages(items=[next_message(forecast) for forecast in forecasts]))


@routes.route("/v1/customers/{customer_id}/accounts/{currency}", "GET", gives=Account)
def account(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """The customer's account in one currency with its open items."""
    file = read_account(request.ports, customer_id, currency)
    return Reply(account_body(file, request.at, request.today()))
