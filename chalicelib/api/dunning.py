"""What goes out, and what a person does to the chase of one account, over HTTP."""

from chalicelib.api import invoices
from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import dunning as bodies
from chalicelib.api.schemas.invoices import Invoice
from chalicelib.domain.account import Account
from chalicelib.usecases.chase_control import approve_reminder, send_now, skip_step, take_back
from chalicelib.usecases.forecast import Forecast
from chalicelib.usecases.invoice_policy import set_invoice_policy
from chalicelib.usecases.outgoing import outgoing

routes = Routes()


@routes.route("/v1/outgoing", "GET", gives=bodies.Outgoing, query=("day",))
def list_outgoing(request: ApiRequest) -> Reply:
    """What goes out until the end of a day (``day``, today by default), or why it does not."""
    found = outgoing(request.ports, request.context, request.day("day") or request.today())
    items = [_item(one) for one in found.forecasts]
    return Reply(bodies.Outgoing(day=found.day.isoformat(), items=items, has_more=found.has_more))


def _item(one: Forecast) -> bodies.OutgoingItem:
    account, step = one.desk.account, one.step
    items = one.reminder.items if one.reminder else account.open_items
    return bodies.OutgoingItem(
        customer_id=account.customer_id,
        customer_name=one.desk.customer.name,
        currency=account.currency,
        amount_minor=one.amount_minor,
        oldest_due_date=items[0].due_date.isoformat() if items else None,
        at=one.at,
        channel=step.channel if step else None,
        policy_id=one.reminder.policy_id if one.reminder else None,
        step=step.offset_days if step else None,
        step_id=step.id if step else None,
        template=step.template if step else None,
        to=[who.address for who in one.recipients],
        time_zone=one.desk.customer.time_zone,
        send_now_at=account.send_now.at if account.send_now else None,
        reason_none=one.reason_none,
    )


@routes.route(
    "/v1/customers/{customer_id}/accounts/{currency}/send-now", "POST", gives=bodies.Chase
)
def ask_for(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """Let the next step go out in a minute, whatever its day and hour."""
    return _chase(send_now(request.ports, request.context, customer_id, currency))


@routes.route(
    "/v1/customers/{customer_id}/accounts/{currency}/take-back", "POST", gives=bodies.Chase
)
def regret(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """Take back a wish to send now, within its minute."""
    return _chase(take_back(request.ports, request.context, customer_id, currency))


@routes.route(
    "/v1/customers/{customer_id}/accounts/{currency}/skip-step",
    "POST",
    takes=bodies.StepSeen,
    gives=bodies.Chase,
)
def skip(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """Take the next step without sending it."""
    seen = request.body(bodies.StepSeen).step_id
    return _chase(skip_step(request.ports, request.context, customer_id, currency, seen))


@routes.route(
    "/v1/customers/{customer_id}/accounts/{currency}/approve-reminder",
    "POST",
    takes=bodies.StepSeen,
    gives=bodies.Chase,
)
def approve(request: ApiRequest, customer_id: str, currency: str) -> Reply:
    """Let a reminder go that waits for approval."""
    seen = request.body(bodies.StepSeen).step_id
    return _chase(approve_reminder(request.ports, request.context, customer_id, currency, seen))


@routes.route(
    "/v1/invoices/{invoice_id}/dunning-policy",
    "POST",
    takes=bodies.InvoicePolicyInput,
    gives=Invoice,
)
def set_policy(request: ApiRequest, invoice_id: str) -> Reply:
    """Chase an invoice by a ladder of its own, or by its customer's again."""
    policy_id = request.body(bodies.InvoicePolicyInput).policy_id
    set_invoice_policy(request.ports, request.context, invoice_id, policy_id)
    return invoices.answer(request, invoice_id)


def _chase(account: Account) -> Reply:
    return Reply(
        bodies.Chase(
            customer_id=account.customer_id,
            currency=account.currency,
            next_action_at=account.next_action_at,
            send_now_at=account.send_now.at if account.send_now else None,
        )
    )
