"""A customer keeps its own contact up to date; a new address counts once staff accept it.

Whoever holds a forwarded link must not be able to lead the company's mail elsewhere.
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.customer import Contact, Customer, Language
from chalicelib.domain.errors import InvalidField, Stale
from chalicelib.domain.message import Message, fold_address
from chalicelib.domain.portal import EmailRequest, PortalLink
from chalicelib.domain.recipients import MAIN_CONTACT
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.portal_desk import PortalDesk, open_portal
from chalicelib.usecases.portal_links import link_ref
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.references import work_item_ref
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.tell_old_address import telling
from chalicelib.usecases.work import on_the_list, work_item

_AT_ONCE: Final = ("name", "phone", "language")


def request_ref(customer_id: str, contact_id: str | None) -> Ref[EmailRequest]:
    """Return the key of the address that a contact has asked for."""
    return Ref(EmailRequest, (customer_id, contact_id or MAIN_CONTACT))


def waiting_email(ports: Ports, link: PortalLink) -> str | None:
    """Return the address that waits for staff; None when none does."""
    found = ports.store.get(request_ref(link.customer_id, link.contact_id))
    return found.email if found is not None and found.state == "waiting" else None


def change_contact_in_portal(
    ports: Ports, context: Context, link: PortalLink, changes: Mapping[str, Any]
) -> PortalDesk:
    """Change name, telephone and language of whoever the link is for; ask for another address.

    InvalidField for the name of the customer itself: documents carry it; NotFound for a link that
    is nobody's own.
    """
    desk = open_portal(ports, context, link)
    desk.require_changes()
    desk.require_contact()
    at_once = {name: changes[name] for name in _AT_ONCE if name in changes}
    if desk.contact is None and "name" in at_once:
        raise InvalidField(
            "/name", "The name stands on your invoices; please write to us.",
            field_code="name_is_fixed",
        )  # fmt: skip
    for name in ("name", "language"):
        if name in at_once and at_once[name] is None:
            raise InvalidField(f"/{name}", "This cannot be left empty.", field_code="missing")
    if at_once:
        until_committed(ports, lambda: _change_at_once(ports, context, link, at_once))
    if changes.get("email"):
        _ask_for_email(ports, context, desk, str(changes["email"]))
    return open_portal(ports, context, link)


def _change_at_once(
    ports: Ports, context: Context, link: PortalLink, changes: Mapping[str, Any]
) -> None:
    # Nobody saw a version here: what others changed of the customer meanwhile stays so.
    desk = open_portal(ports, context, link)
    desk.require_contact()
    fields = changes_of(desk.customer, desk.contact, changes)
    version = desk.customer.version
    try:
        change_customer(ports, context, desk.customer.id, fields, expected_version=version)
    except Stale as stale:
        raise Conflict([]) from stale


def changes_of(
    customer: Customer, contact: Contact | None, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return changes of a contact as changes of its customer."""
    if contact is None:
        return dict(changes)
    after = contact.but(**changes)
    return {"contacts": tuple(after if one.id == after.id else one for one in customer.contacts)}


def _ask_for_email(ports: Ports, context: Context, desk: PortalDesk, email: str) -> None:
    customer, contact = desk.customer, desk.contact
    present = contact.email if contact is not None else customer.email
    if present is not None and fold_address(present) == fold_address(email):
        return
    ref = request_ref(customer.id, contact.id if contact is not None else None)

    def attempt() -> Message | None:
        found = ports.store.get_many([ref, work_item_ref(task_key(ref))])
        before = found.get(ref)
        if isinstance(before, EmailRequest) and (before.state, before.email) == ("waiting", email):
            return None
        request = EmailRequest(
            version=before.version + 1 if before is not None else 1,
            customer_id=customer.id,
            contact_id=ref.key[1],
            email=email,
            before=present,
            by=context.actor.name,
            created_at=context.at,
        )
        item = work_item(
            context,
            task_key(ref),
            "email_requested",
            f"{present or '–'} → {email}",
            priority=3,
            customer_id=customer.id,
            customer_name=customer.name,
        )
        entry = audit(
            ports,
            context,
            "email_requested",
            subject=("customer", customer.id),
            customer_id=customer.id,
            to=email,
        )
        known: Any = found.get(work_item_ref(task_key(ref)))
        told = telling(context, customer, contact, request)
        writes: list[Write] = [Replace(request) if before is not None else Insert(request)]
        writes += [Insert(told)] if told is not None else []
        ports.store.commit([*writes, on_the_list(item, known), entry])
        return told

    told = until_committed(ports, attempt)
    if told is not None:
        queue_message(ports, told)


def task_key(ref: Ref[EmailRequest]) -> str:
    """Return the key of the work item about an address that somebody asked for."""
    return f"email-{ref.key[0]}-{ref.key[1]}"


def choose_language(
    ports: Ports, context: Context, link: PortalLink, language: Language
) -> PortalLink:
    """Note in which language the portal speaks by this link; its mails stay as they are."""
    desk = open_portal(ports, context, link)
    desk.require_changes()

    def attempt() -> PortalLink:
        present = ports.store.get(link_ref(link.id))
        if present is None or present.language == language:
            return present or link
        after = present.next(language=language)
        writes: list[Write] = [Replace(after)]
        ports.store.commit(writes)
        return after

    return until_committed(ports, attempt)
