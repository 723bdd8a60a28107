"""A row about a customer: only what its columns say, so that nothing else is overwritten."""

from typing import Any, Final

from chalicelib.domain.base import Value
from chalicelib.domain.customer import Contact
from chalicelib.domain.import_cells import NoMeaning, language_of
from chalicelib.domain.import_identity import Who
from chalicelib.domain.import_row import Defaults, Row

_LINES: Final = ("code", "tax_id", "phone", "segment")
_TEXTS: Final = ("address", "notes")
_CONTACTS: Final = {"invoices_email": "invoices", "reminders_email": "reminders"}


class ImportedCustomer(Value):
    """What a row says of a customer. ``said`` has the fields that its cells fill."""

    who: Who
    said: dict[str, Any]
    contacts: tuple[Contact, ...] = ()


def read_customer_row(row: Row, defaults: Defaults) -> ImportedCustomer | None:
    """Return what a row says of a customer, or None where the row has noted what is wrong."""
    said: dict[str, Any] = {name: row.line(name) for name in _LINES}
    said |= {name: row.text(name) for name in _TEXTS}
    said |= {"name": row.line("name"), "email": row.email("email")}
    said["terms_days"] = row.terms_days()
    said["language"] = _language(row)
    currency = row.currency("") or None
    said["currency"] = currency
    said["country"] = row.country("country", "") or None
    limit = row.amount("credit_limit", currency or defaults.currency)
    if limit is not None and limit < 0:
        row.note("not_positive", "credit_limit", expected="≥ 0")
    said["credit_limit_minor"] = limit
    who = Who(
        id=row.line("id"),
        code=said["code"],
        tax_id=said["tax_id"],
        name=said["name"],
    )
    contacts = _contacts(row)
    if not who.names():
        row.note("missing", "name")
    if row.is_wrong:
        return None
    filled = {name: value for name, value in said.items() if value is not None}
    return ImportedCustomer(who=who, said=filled, contacts=contacts)


def _language(row: Row) -> str | None:
    text = row.line("language")
    if text is None:
        return None
    try:
        return language_of(text)
    except NoMeaning as wrong:
        row.note(wrong.code, "language", expected=wrong.expected)
        return None


def _contacts(row: Row) -> tuple[Contact, ...]:
    roles: dict[str, list[str]] = {}
    for field, role in _CONTACTS.items():
        address = row.email(field)
        if address is not None:
            roles.setdefault(address, []).append(role)
    return tuple(
        Contact.model_validate({"id": "", "name": address, "email": address, "roles": tuple(names)})
        for address, names in roles.items()
    )
