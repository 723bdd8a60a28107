"""Every mail carries a private link: made with its claim, told to its reader, kept nowhere."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from chalicelib.adapters.mail_writer import TemplateMailWriter
from chalicelib.domain.customer import Contact
from chalicelib.domain.message import Message
from chalicelib.domain.portal import PortalLink
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.context import system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.deliver_statement import deliver_statement
from chalicelib.usecases.message_content import read_content
from chalicelib.usecases.next_messages import next_messages
from chalicelib.usecases.portal_access import find_link
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports
from chalicelib.usecases.send_credit_note import send_credit_note
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.send_statement import StatementOrder, send_statement
from tests.builders import NOON, Book, at, by_ana, change_company

BASE = "https://saldo.example"
LINK = re.compile(rf"{BASE}/portal/open/([\w.-]+)")
FIRST_DAY = at("2026-04-06T10:00")


@dataclass
class Post:
    """A book whose mails are written with the texts that ship."""

    book: Book

    def __post_init__(self) -> None:
        self.book.fakes.writer = TemplateMailWriter(BASE)  # type: ignore[assignment]
        self.ports: Ports = self.book.fakes.ports()

    def tokens(self) -> list[str]:
        """The token of each mail that went out, the same in both forms of it."""
        found = []
        for mail in self.book.fakes.mailer.accepted:
            (one,) = set(LINK.findall(mail.content.text)) & set(LINK.findall(mail.content.html))
            found.append(one)
        return found

    def links(self) -> list[PortalLink]:
        return sorted(self.book.all(PortalLink), key=lambda one: one.id)


@pytest.fixture
def post() -> Post:
    return Post(Book())


def the_invoice(post: Post) -> Message:
    invoice = post.book.issued()
    send_invoice(post.ports, by_ana(), invoice.id, again=False)
    deliver_document(post.ports, system_context(NOON), post.book.customer.id, f"{invoice.id}-1")
    return post.book.messages()[-1]


def the_credit_note(post: Post) -> Message:
    note = post.book.credited(post.book.issued(), 10_000)
    send_credit_note(post.ports, by_ana(), note.id, again=False)
    (message,) = post.book.messages()
    deliver_document(post.ports, system_context(NOON), post.book.customer.id, message.id)
    return post.book.messages()[-1]


def the_reminder(post: Post) -> Message:
    post.book.issued()
    send_reminder(post.ports, system_context(FIRST_DAY), post.book.customer.id, "EUR")
    return post.book.messages()[-1]


def the_statement(post: Post) -> Message:
    post.book.issued()
    order = StatementOrder(post.book.customer.id, "EUR", date(2026, 3, 1), NOON.date())
    (message,) = send_statement(post.ports, by_ana(), order)
    deliver_statement(post.ports, system_context(NOON), post.book.customer.id, message.id)
    return post.book.messages()[-1]


MAILS = {
    "invoice": the_invoice,
    "credit note": the_credit_note,
    "reminder": the_reminder,
    "statement": the_statement,
}


@pytest.mark.parametrize("name", MAILS)
def test_the_button_of_a_mail_opens_the_customers_portal(post: Post, name: str) -> None:
    message = MAILS[name](post)

    (token,) = post.tokens()
    (link,) = post.links()
    assert find_link(post.ports.store, token, NOON) == link
    assert (link.customer_id, link.message_id, link.purpose, link.invoice_ids) == (
        post.book.customer.id, message.id, "mail", (),
    )  # fmt: skip
    (mail,) = post.book.fakes.mailer.accepted
    label = "Ver la cuenta" if name == "credit note" else "Ver y pagar"
    assert f"{label}: {BASE}/portal/open/{token}" in mail.content.text
    assert mail.content.html.count(f'href="{BASE}/portal/open/{token}"') == 1


@pytest.mark.parametrize("name", MAILS)
def test_what_is_kept_of_a_mail_shows_the_address_without_its_token(post: Post, name: str) -> None:
    message = MAILS[name](post)

    kept = read_content(post.ports, post.book.customer.id, message.id)
    (token,) = post.tokens()
    secret = token.partition(".")[0]
    assert f"{BASE}/portal/open/personal" in kept.text
    assert f'href="{BASE}/portal/open/personal"' in kept.html
    assert secret not in kept.model_dump_json()
    assert secret not in post.book.snapshot()
    assert all(secret.encode() not in content for content in post.book.fakes.files.stored.values())


def test_what_staff_see_before_a_reminder_goes_out_has_no_link_that_opens(post: Post) -> None:
    post.book.issued()

    shown = next_messages(post.ports, system_context(NOON), post.book.customer.id)

    assert "/portal/open/personal" in repr(shown)
    assert post.links() == []


def test_each_contact_gets_a_link_of_its_own(post: Post) -> None:
    contacts = tuple(
        Contact(
            id=f"con_{name}", name=name, email=f"{name}@penarroya.example", roles=("reminders",)
        )
        for name in ("ana", "bea")
    )
    change_customer(
        post.ports, by_ana(), post.book.customer.id, {"contacts": contacts}, expected_version=None
    )

    the_reminder(post)

    assert {(one.contact_id, one.name) for one in post.links()} == {
        ("con_ana", "ana"), ("con_bea", "bea"),
    }  # fmt: skip
    assert len(set(post.tokens())) == 2


def test_a_company_may_limit_the_links_of_mails_to_their_invoices(post: Post) -> None:
    change_company(post.ports, portal_mail_scope="invoices")

    message = the_invoice(post)

    assert [one.invoice_ids for one in post.links()] == [message.invoice_ids]


def test_a_mail_that_was_refused_goes_out_later_with_another_link(post: Post) -> None:
    post.book.fakes.mailer.faults = [MailRefused("rate", is_temporary=True)]
    message = the_invoice(post)

    deliver_document(post.ports, system_context(NOON), post.book.customer.id, message.id)

    (token,) = post.tokens()
    first, second = post.links()
    assert find_link(post.ports.store, token, NOON) == second
    assert first.hash != second.hash


def test_the_link_of_a_mail_of_unknown_fate_works(post: Post) -> None:
    post.book.fakes.mailer.after_accept = [MailUncertain("?")]

    the_invoice(post)

    (token,) = post.tokens()
    assert find_link(post.ports.store, token, NOON) is not None


def test_where_nothing_may_be_claimed_no_link_is_made(post: Post) -> None:
    invoice = post.book.issued()
    send_invoice(post.ports, by_ana(), invoice.id, again=False)
    post.book.freeze_sending()

    deliver_document(post.ports, system_context(NOON), post.book.customer.id, f"{invoice.id}-1")

    assert post.links() == []
