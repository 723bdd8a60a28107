"""What a template may name, explained with what the company's own mails would say of it."""

from chalicelib.domain.company import Company
from chalicelib.domain.formatting import grouped_iban
from chalicelib.domain.placeholders import PLACEHOLDERS, Placeholder
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports


def list_placeholders(ports: Ports) -> tuple[Placeholder, ...]:
    """Return all placeholders, the most useful first. What the company lacks stays invented."""
    own = _own(company_of(ports))
    return tuple(_with_example(one, own.get(one.name)) for one in PLACEHOLDERS)


def _own(company: Company) -> dict[str, str | None]:
    return {
        "company": company.name,
        "company_phone": company.phone,
        "company_email": company.reply_to or company.email,
        "iban": grouped_iban(company.iban) if company.iban else None,
    }


def _with_example(one: Placeholder, own: str | None) -> Placeholder:
    return one._replace(example=own, example_es=own) if own else one
