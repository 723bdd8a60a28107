"""What is crashed of dunning: contacts, letters and calls, and what a person does to the chase."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.domain.account import Account
from chalicelib.domain.customer import Contact
from chalicelib.domain.ladders import STANDARD
from chalicelib.domain.policy import Step
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.chase_control import approve_reminder, send_now, skip_step, take_back
from chalicelib.usecases.context import Context, RepeatKey, system_context
from chalicelib.usecases.decide_message import Verdict, decide_message
from chalicelib.usecases.invoice_policy import set_invoice_policy
from chalicelib.usecases.plan_anew import plan_accounts_anew
from chalicelib.usecases.policies import assign_policies, change_policy
from chalicelib.usecases.ports import MailUncertain, Ports
from chalicelib.usecases.send_reminder import send_reminder
from tests.builders import Book, a_fact, at, by_ana, provider_says

Act = Callable[[Ports], object]
Control = Callable[[Ports, Context, str, str], Account]
DAY = at("2026-04-06T08:00")
ANA = replace(by_ana(DAY), repeat_key=RepeatKey("k", "h"))
CONTACTS = tuple(
    Contact(id=f"con_{name}", name=name, email=f"{name}@p.example", roles=("reminders",))
    for name in ("luis", "eva", "pau")
)


def given(book: Book, **changes: Any) -> None:
    """Change the customer beforehand."""
    change_customer(book.ports, by_ana(), book.customer.id, changes, expected_version=None)


def given_first_step(book: Book, **changes: Any) -> None:
    """Let the first step after the due date be another one."""
    steps = [one.but(**changes) if one.id == "first" else one for one in STANDARD.steps]
    change_policy(book.ports, by_ana(), "default", name="x", steps=steps, expected_version=None)
    book.fakes.queues.take()


def remind(book: Book) -> Act:
    """Write to whoever is due."""
    return lambda ports: send_reminder(ports, system_context(DAY), book.customer.id, "EUR")


def three_contacts(book: Book) -> Act:
    """Write to three contacts."""
    given(book, contacts=CONTACTS)
    book.issued()
    return remind(book)


def a_contact_in_doubt(book: Book) -> Act:
    """Write to three contacts, with no answer about the second."""
    given(book, contacts=CONTACTS)
    book.issued()
    book.fakes.mailer.faults = [None, MailUncertain("?")]
    return remind(book)


def a_letter(book: Book) -> Act:
    """Write a letter on paper."""
    given(book, address="Calle Mayor 1")
    given_first_step(book, channel="letter", template="letter_formal")
    book.issued()
    return remind(book)


def a_call(book: Book) -> Act:
    """Leave a call to a person."""
    given_first_step(book, channel="call")
    book.issued()
    return remind(book)


def with_interest(book: Book) -> Act:
    """Claim interest with a reminder."""
    given_first_step(book, claim="interest", fee_minor=1_500)
    book.issued()
    book.issued(50_000)
    return remind(book)


def held(book: Book) -> Act:
    """Note that a step is held."""
    invoice = book.issued()
    now = at("2026-04-02")
    provider_says(book.ports, a_fact("processing", invoice_id=invoice.id, occurred_at=now), now)
    return remind(book)


def to_approve(book: Book) -> Act:
    """Ask somebody to let a reminder go."""
    given_first_step(book, needs_approval=True)
    book.issued()
    return remind(book)


def approve(book: Book) -> Act:
    """Let a reminder go."""
    to_approve(book)(book.ports)
    return control(approve_reminder)(book, prepare=False)


def control(what: Control) -> Callable[..., Act]:
    """Do something to the chase of the customer's account."""

    def arrange(book: Book, *, prepare: bool = True) -> Act:
        if prepare:
            book.issued()
        return lambda ports: what(ports, ANA, book.customer.id, "EUR")

    return arrange


def regret(book: Book) -> Act:
    """Take back what was to be sent now."""
    book.issued()
    send_now(book.ports, by_ana(DAY), book.customer.id, "EUR")
    book.fakes.queues.take()
    return control(take_back)(book, prepare=False)


def send_again(book: Book) -> Act:
    """Decide that a contact gets an uncertain reminder again."""
    a_contact_in_doubt(book)(book.ports)
    message = next(one.id for one in book.messages() if one.state == "unknown")
    verdict = Verdict(book.customer.id, message, "send_again")
    return lambda ports: decide_message(ports, ANA, verdict)


def own_ladder(book: Book) -> Act:
    """Give an invoice a ladder of its own."""
    invoice = book.issued()
    return lambda ports: set_invoice_policy(ports, ANA, invoice.id, "gentle")


def assign(book: Book) -> Act:
    """Say whose ladder is which."""
    book.issued()
    return lambda ports: assign_policies(
        ports, ANA, default_id="gentle", segments={}, expected_version=None
    )


def plan_anew(book: Book) -> Act:
    """Plan all accounts by a new ladder."""
    steps = [Step(id="", offset_days=20, template="reminder_last")]
    book.issued()
    change_policy(book.ports, by_ana(), "default", name="x", steps=steps, expected_version=None)
    book.fakes.queues.take()
    return lambda ports: plan_accounts_anew(ports, system_context(DAY), {})


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "remind three contacts": three_contacts,
    "remind three contacts, one in doubt": a_contact_in_doubt,
    "remind by letter": a_letter,
    "remind by telephone": a_call,
    "remind with interest": with_interest,
    "note what is held": held,
    "ask for a reminder's approval": to_approve,
    "approve a reminder": approve,
    "send now": control(send_now),
    "take back": regret,
    "skip a step": control(skip_step),
    "send a reminder again": send_again,
    "a ladder of its own": own_ladder,
    "assign ladders": assign,
    "plan anew": plan_anew,
}
