"""The people at a customer: checked, and given ids that never change."""

from collections.abc import Sequence

from chalicelib.domain.customer import Contact
from chalicelib.domain.errors import InvalidField
from chalicelib.domain.recipients import MAIN_CONTACT
from chalicelib.usecases.context import Context
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.reminder_letter import LETTER


def require_contacts(contacts: Sequence[Contact]) -> None:
    """InvalidField for an id that is named twice or is nobody's, or a role without an address."""
    ids = [one.id for one in contacts if one.id]
    for index, one in enumerate(contacts):
        if ids.count(one.id) > 1:
            message = "Two contacts have one id."
            raise InvalidField(f"/contacts/{index}/id", message, field_code="contact_twice")
        if one.id in (MAIN_CONTACT, LETTER):
            message = f"{one.id!r} is no contact of its own; leave the id out."
            raise InvalidField(f"/contacts/{index}/id", message, field_code="contact_id_taken")
        if one.roles and one.email is None:
            message = f"{one.name} is to be written to and has no e-mail address."
            pointer = f"/contacts/{index}/email"
            raise InvalidField(pointer, message, field_code="contact_without_address")


def with_contact_ids(
    ports: Ports, context: Context, contacts: Sequence[Contact]
) -> tuple[Contact, ...]:
    """Return contacts with an id each. An id is part of the keys of what its contact was sent."""
    return tuple(
        one if one.id else one.but(id=ports.ids.new("con", context.at)) for one in contacts
    )
