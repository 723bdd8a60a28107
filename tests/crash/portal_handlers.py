"""What is crashed of the portal: links made and ended, and what customers do by them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from chalicelib.domain.customer import Contact
from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import Context, RepeatKey, system_context
from chalicelib.usecases.email_requests import decide_email
from chalicelib.usecases.portal_access import note_visit, visitor
from chalicelib.usecases.portal_checkouts import PortalPayment, pay_in_portal
from chalicelib.usecases.portal_contact import change_contact_in_portal, choose_language
from chalicelib.usecases.portal_disputes import PortalDispute, contest_in_portal, take_file
from chalicelib.usecases.portal_links import (
    NewLink,
    make_link,
    make_pay_link,
    revoke_link,
    revoke_links,
)
from chalicelib.usecases.portal_promises import PortalPromise, promise_in_portal
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.provider_settings import ProviderChange, change_provider
from chalicelib.usecases.tell_old_address import deliver_telling
from tests.builders import NOON, Book, by_ana

Act = Callable[[Ports], object]
ANA = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
BASE = "https://saldo.example"
PDF = b"%PDF-1.7"


def _link(book: Book) -> PortalLink:
    contact = Contact(id="con_1", name="Carmen", email="carmen@penarroya.example")
    book.customer = change_customer(
        book.ports, by_ana(), book.customer.id, {"contacts": (contact,)}, expected_version=None
    )
    new = NewLink(customer_id=book.customer.id, contact_id="con_1")
    return make_link(book.ports, by_ana(), new).link


def _by(link: PortalLink) -> Context:
    return Context(visitor(link), NOON, RepeatKey("k", "h"))


def link(book: Book) -> Act:
    """Make a link for a customer."""
    return lambda ports: make_link(ports, ANA, NewLink(customer_id=book.customer.id))


def pay_link(book: Book) -> Act:
    """Make a link to pay an invoice."""
    invoice = book.issued()
    return lambda ports: make_pay_link(ports, ANA, invoice.id)


def revoke(book: Book) -> Act:
    """End a link."""
    made = _link(book)
    return lambda ports: revoke_link(ports, ANA, made.customer_id, made.id)


def revoke_all(book: Book) -> Act:
    """End all links of a customer."""
    made = [_link(book), _link(book)]
    return lambda ports: revoke_links(ports, ANA, made[0].customer_id)


def visit(book: Book) -> Act:
    """Note that a link was used."""
    made = _link(book)
    return lambda ports: note_visit(ports, _by(made), made)


def promise(book: Book) -> Act:
    """Promise to pay."""
    book.issued()
    made = _link(book)
    new = PortalPromise(currency="EUR", promised_on=date(2026, 3, 9))
    return lambda ports: promise_in_portal(ports, _by(made), made, new)


def contest(book: Book) -> Act:
    """Contest an invoice with a file."""
    invoice = book.issued()
    made = _link(book)
    file = take_file(book.ports, _by(made), made, name="foto", content=PDF)
    new = PortalDispute(invoice_id=invoice.id, category="defective", file_ids=(file.id,))
    return lambda ports: contest_in_portal(ports, _by(made), made, new)


def upload(book: Book) -> Act:
    """Send a file."""
    made = _link(book)
    return lambda ports: take_file(ports, _by(made), made, name="foto", content=PDF)


def pay(book: Book) -> Act:
    """Begin to pay at a provider's page."""
    book.issued()
    change = ProviderChange(keys={"account": "acc_1"})
    change_provider(book.ports, by_ana(), "stripe", change, expected_version=None)
    made = _link(book)
    wanted = PortalPayment(currency="EUR", provider="stripe")
    return lambda ports: pay_in_portal(ports, _by(made), made, wanted, base_url=BASE)


def contact(book: Book) -> Act:
    """Change one's own contact and ask for another address."""
    made = _link(book)
    changes = {"phone": "+34 600 000 000", "email": "nueva@penarroya.example"}
    return lambda ports: change_contact_in_portal(ports, _by(made), made, changes)


def language(book: Book) -> Act:
    """Choose the language of the screen."""
    made = _link(book)
    return lambda ports: choose_language(ports, _by(made), made, "en")


def accept_email(book: Book) -> Act:
    """Let a new address count."""
    made = _link(book)
    changes = {"email": "nueva@penarroya.example"}
    change_contact_in_portal(book.ports, _by(made), made, changes)
    who = (made.customer_id, "con_1")
    return lambda ports: decide_email(ports, ANA, *who, accepted=True)


def tell_the_old_address(book: Book) -> Act:
    """Tell an address that another one was asked for."""
    made = _link(book)
    change_contact_in_portal(book.ports, _by(made), made, {"email": "nueva@penarroya.example"})
    (message,) = book.messages()
    mail = (made.customer_id, message.id)
    return lambda ports: deliver_telling(ports, system_context(NOON), *mail)


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "make a portal link": link,
    "make a pay link": pay_link,
    "end a portal link": revoke,
    "end all portal links": revoke_all,
    "visit the portal": visit,
    "promise in the portal": promise,
    "contest in the portal": contest,
    "send a file in the portal": upload,
    "pay in the portal": pay,
    "change the contact in the portal": contact,
    "choose the language of the portal": language,
    "accept an address": accept_email,
}
