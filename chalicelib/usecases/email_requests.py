"""Addresses that customers have asked for in the portal: staff let them count, or not."""

from chalicelib.domain.errors import NotFound, Stale, StateConflict
from chalicelib.domain.portal import EmailRequest
from chalicelib.domain.recipients import MAIN_CONTACT
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import Context, audit, until_committed, without_repeat_key
from chalicelib.usecases.portal_contact import changes_of, request_ref, task_key
from chalicelib.usecases.portal_listings import email_requests_of
from chalicelib.usecases.ports import Conflict, Ports, Replace
from chalicelib.usecases.references import customer_ref, work_item_ref
from chalicelib.usecases.work import finishing


def waiting_emails(ports: Ports, customer_id: str) -> tuple[EmailRequest, ...]:
    """Return the addresses that wait for an answer. One Query."""
    found = ports.store.records(email_requests_of(customer_id))
    return tuple(one for one in found if one.state == "waiting")


def decide_email(
    ports: Ports, context: Context, customer_id: str, contact_id: str, *, accepted: bool
) -> EmailRequest:
    """Let a new address count, or not; done halfway, it is done to the end when repeated.

    NotFound; StateConflict when it was decided already, or the contact is gone.
    """
    ref = request_ref(customer_id, contact_id)
    request = ports.store.get(ref)
    if request is None:
        raise NotFound("requested address", f"{customer_id}/{contact_id}")
    if request.state != "waiting":
        raise StateConflict(f"This was decided by {request.decided_by}.", code="decided_already")
    if accepted:
        _change_address(ports, without_repeat_key(context), request)

    def attempt() -> EmailRequest:
        found = ports.store.get_many([ref, work_item_ref(task_key(ref))])
        before = found.get(ref)
        if not isinstance(before, EmailRequest) or before.email != request.email:
            raise StateConflict("Another address was asked for meanwhile.", code="stale")
        if before.state != "waiting":
            return before
        after = before.next(
            state="accepted" if accepted else "declined",
            decided_at=context.at,
            decided_by=context.actor.name,
        )
        entry = audit(
            ports,
            context,
            f"email_{after.state}",
            subject=("customer", customer_id),
            customer_id=customer_id,
            to=after.email,
        )
        done = finishing(context, found.get(work_item_ref(task_key(ref))), after.state)
        ports.store.commit([Replace(after), *done, entry])
        return after

    return until_committed(ports, attempt)


def _change_address(ports: Ports, context: Context, request: EmailRequest) -> None:
    def attempt() -> None:
        customer = ports.store.get(customer_ref(request.customer_id))
        if customer is None:
            raise NotFound("customer", request.customer_id)
        contact = next((one for one in customer.contacts if one.id == request.contact_id), None)
        if contact is None and request.contact_id != MAIN_CONTACT:
            raise StateConflict("The contact is not there any more.", code="contact_gone")
        changes = changes_of(customer, contact, {"email": request.email})
        try:
            change_customer(ports, context, customer.id, changes, expected_version=customer.version)
        except Stale as stale:
            raise Conflict([]) from stale

    until_committed(ports, attempt)
