"""A template as a customer would read it: with a real account, or with an invented one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import UNIDENTIFIED, Customer, Language
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invoice import OPEN_STATES, Invoice
from chalicelib.domain.message import MAX_LISTED
from chalicelib.domain.placeholders import TemplatePurpose
from chalicelib.domain.template import TEMPLATES, TemplateText
from chalicelib.usecases.contents import MailContent, ReminderLetter
from chalicelib.usecases.context import Context
from chalicelib.usecases.listings import credit_notes, invoices
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Listing, Ports, Ref
from chalicelib.usecases.read_customers import CustomerFile, read_customer
from chalicelib.usecases.references import credit_note_ref, invoice_ref
from chalicelib.usecases.statement_letter import StatementLetter
from chalicelib.usecases.statements import read_statement
from chalicelib.usecases.template_examples import (
    example_credit_note,
    example_customer,
    example_invoice,
    example_letter,
    example_statement,
)
from chalicelib.usecases.templates import require_sound

R = TypeVar("R", bound=Record)
_SENT: Final = frozenset({*OPEN_STATES, "paid", "written_off"})
Occasion = ReminderLetter | Invoice | CreditNote | StatementLetter
"""What a mail is about."""


@dataclass(frozen=True)
class Draft:
    """A text that somebody is writing. ``customer_id`` is None for the invented customer."""

    template_id: str
    language: Language
    text: TemplateText
    customer_id: str | None = None


@dataclass(frozen=True)
class Preview:
    """The mail; ``is_example`` when the customer has nothing that it could be about."""

    content: MailContent
    is_example: bool


def preview_template(ports: Ports, context: Context, draft: Draft) -> Preview:
    """Return the mail that this text makes. InvalidField for one that cannot be used; NotFound."""
    if draft.template_id not in TEMPLATES:
        raise NotFound("template", draft.template_id)
    require_sound(draft.text, draft.template_id, draft.language)
    company = company_of(ports)
    found = None if draft.customer_id is None else _real(ports, context, draft, draft.customer_id)
    occasion = found or _example(ports, context, draft, company)
    return Preview(_written(ports, occasion, company, draft.text), is_example=found is None)


def _written(ports: Ports, occasion: Occasion, company: Company, text: TemplateText) -> MailContent:
    if isinstance(occasion, Invoice):
        return ports.writer.invoice_mail(occasion, company, text)
    if isinstance(occasion, CreditNote):
        return ports.writer.credit_note_mail(occasion, company, text)
    if isinstance(occasion, StatementLetter):
        return ports.writer.statement_mail(occasion, company, text)
    return ports.writer.reminder_mail(occasion, company, text)


def _real(ports: Ports, context: Context, draft: Draft, customer_id: str) -> Occasion | None:
    if customer_id == UNIDENTIFIED:
        raise NotFound("customer", customer_id)
    file = read_customer(ports, customer_id)
    readers: dict[TemplatePurpose, Callable[[], Occasion | None]] = {
        "invoice": lambda: _invoice(ports, customer_id, draft.language),
        "credit_note": lambda: _credit_note(ports, customer_id, draft.language),
        "statement": lambda: _statement(ports, context, file, draft.language),
    }
    read = readers.get(TEMPLATES[draft.template_id])
    return _letter(context, file, draft) if read is None else read()


def _letter(context: Context, file: CustomerFile, draft: Draft) -> ReminderLetter | None:
    customer = file.customer
    today = local_date(context.at, customer.time_zone)
    for account in _own_currency_first(file):
        items = account.asked_for(today, context.at)
        if items:
            return ReminderLetter(
                template=draft.template_id,
                customer_name=customer.name,
                language=draft.language,
                currency=account.currency,
                today=today,
                items=items[:MAX_LISTED],
                more_items=max(0, len(items) - MAX_LISTED),
                open_minor=sum(item.open_minor for item in items),
                overdue_minor=sum(item.open_minor for item in items if item.due_date < today),
                unapplied_minor=account.unapplied_minor,
            )
    return None


def _own_currency_first(file: CustomerFile) -> list[Account]:
    own = file.customer.currency
    return sorted(file.accounts, key=lambda one: (one.currency != own, one.currency))


def _invoice(ports: Ports, customer_id: str, language: Language) -> Invoice | None:
    listing = invoices(list_name=None, customer_id=customer_id, due_after=None, due_before=None)
    invoice = _latest(ports, listing, lambda row: row["state"] in _SENT, invoice_ref)
    return None if invoice is None else invoice.but(language=language)


def _credit_note(ports: Ports, customer_id: str, language: Language) -> CreditNote | None:
    note = _latest(ports, credit_notes(customer_id), lambda _: True, credit_note_ref)
    return None if note is None else note.but(language=language)


def _latest(
    ports: Ports,
    listing: Listing[R],
    is_fit: Callable[[Any], bool],
    ref: Callable[[str], Ref[R]],
) -> R | None:
    # The latest of the first page: any document of the customer shows how the words read.
    rows = [row for row in ports.store.rows(listing, limit=50).items if is_fit(row)]
    if not rows:
        return None
    latest = max(rows, key=lambda row: (row["issue_date"], row["id"]))
    return ports.store.get(ref(latest["id"]))


def _statement(
    ports: Ports, context: Context, file: CustomerFile, language: Language
) -> StatementLetter | None:
    for account in _own_currency_first(file):
        made = read_statement(ports, context, file.customer.id, account.currency)
        if not made.statement.is_empty:
            return made.letter(language=language)
    return None


def _example(ports: Ports, context: Context, draft: Draft, company: Company) -> Occasion:
    today = local_date(context.at, company.time_zone)
    customer = example_customer(draft.language, company.currency, today)
    if draft.customer_id is not None:
        name = read_customer(ports, draft.customer_id).customer.name
        customer = customer.but(name=name)
    makers: dict[TemplatePurpose, Callable[[Customer, date], Occasion]] = {
        "invoice": example_invoice,
        "credit_note": example_credit_note,
        "statement": example_statement,
    }
    make = makers.get(TEMPLATES[draft.template_id])
    if make is None:
        return example_letter(draft.template_id, customer, today)
    return make(customer, today)
