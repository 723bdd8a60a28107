"""To whom a message of some purpose goes: the contacts with its role, or the customer itself."""

from chalicelib.domain.base import Value
from chalicelib.domain.customer import Contact, ContactRole, Customer, Language

MAIN_CONTACT = "main"
"""Stands for the customer's own address where no contact has the role."""


class Recipient(Value):
    """One address that gets a message of its own, and those that are copied on it."""

    contact_id: str = MAIN_CONTACT
    address: str
    name: str
    language: Language
    copies: tuple[str, ...] = ()


def recipients(customer: Customer, role: ContactRole) -> tuple[Recipient, ...]:
    """Return who gets a message, in the order of the contacts; nobody if there is no address.

    Contacts that are only copied are copied on the first one. If all with the role are only
    copied, they are copied on what goes to the customer's own address.
    """
    chosen = [one for one in customer.contacts if role in one.roles and one.email]
    copies = tuple(_fold(one.email) for one in chosen if one.is_copy)
    own = [_own(customer, one) for one in chosen if not one.is_copy]
    own = list({one.address: one for one in reversed(own)}.values())[::-1] or _main(customer)
    if not own:
        return ()
    taken = {one.address for one in own}
    first = own[0].but(copies=tuple(dict.fromkeys(one for one in copies if one not in taken)))
    return (first, *own[1:])


def _own(customer: Customer, contact: Contact) -> Recipient:
    return Recipient(
        contact_id=contact.id,
        address=_fold(contact.email),
        name=contact.name,
        language=contact.language or customer.language,
    )


def _main(customer: Customer) -> list[Recipient]:
    if customer.email is None:
        return []
    address = _fold(customer.email)
    return [Recipient(address=address, name=customer.name, language=customer.language)]


def _fold(address: str | None) -> str:
    return (address or "").strip().lower()
