"""What is crashed of settings, staff and keys, and of a person's decisions about mail."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from chalicelib.domain.interest_rates import shipped_rates
from chalicelib.domain.ladders import STANDARD
from chalicelib.usecases.api_keys import NewApiKey, create_api_key, revoke_api_key
from chalicelib.usecases.company import change_company
from chalicelib.usecases.company_logo import change_logo, remove_logo
from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.create_customer import NewCustomer, create_customer
from chalicelib.usecases.decide_message import Decision, Verdict, decide_message
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.interest_rates import change_interest_rates
from chalicelib.usecases.people import NewPerson, change_person, invite_person
from chalicelib.usecases.policies import change_policy
from chalicelib.usecases.ports import MailUncertain, Ports
from chalicelib.usecases.proof_run import ask_for_proof
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.unsuppress import unsuppress
from tests.builders import NOON, Book, by_ana
from tests.identity import FakeDirectory
from tests.pictures import a_picture

Act = Callable[[Ports], object]
ANA = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
LOGO = a_picture()
LEA = NewPerson(email="lea@saldo.example", name="Lea", role="collector")


def enter_customer(_book: Book) -> Act:
    """Enter a customer."""
    new = NewCustomer(
        name="Nueva, S.L.", country="ES", email="n@nueva.example", language="es", currency="EUR",
        terms_days=30, time_zone="Europe/Madrid",
    )  # fmt: skip
    return lambda ports: create_customer(ports, ANA, new)


def settings(_book: Book) -> Act:
    """Change the company's settings."""
    return lambda ports: change_company(
        ports, ANA, {"tolerances": {"EUR": 5}}, expected_version=None
    )


def put_in_logo(_book: Book) -> Act:
    """Put in a logo."""
    return lambda ports: change_logo(ports, ANA, LOGO)


def take_away_logo(book: Book) -> Act:
    """Go without a logo again."""
    change_logo(book.ports, by_ana(), LOGO)
    return lambda ports: remove_logo(ports, ANA)


def ladder(_book: Book) -> Act:
    """Change the ladder of reminders."""
    steps = STANDARD.steps[:2]
    return lambda ports: change_policy(
        ports, ANA, STANDARD.id, name="Short", steps=steps, expected_version=None
    )


def rates(_book: Book) -> Act:
    """Enter a rate of interest."""
    table = [one.but(annual_rate=Decimal("0.09")) for one in shipped_rates().rates]
    return lambda ports: change_interest_rates(
        ports, ANA, rates=table, day_count=365, expected_version=None
    )


def make_key(_book: Book) -> Act:
    """Make an API key."""
    new = NewApiKey(name="Web shop", role="accountant")
    return lambda ports: create_api_key(ports, ANA, new)


def revoke_key(book: Book) -> Act:
    """End an API key."""
    made = create_api_key(book.ports, by_ana(), NewApiKey(name="Web shop", role="accountant"))
    return lambda ports: revoke_api_key(ports, ANA, made.record.id)


def invite(_book: Book) -> Act:
    """Add a member of staff."""
    directory = FakeDirectory()
    return lambda ports: invite_person(ports, ANA, LEA, directory=directory)


def promote(book: Book) -> Act:
    """Give a member of staff another role."""
    directory = FakeDirectory()
    invite_person(book.ports, by_ana(), LEA, directory=directory)
    return lambda ports: change_person(
        ports, ANA, LEA.email, {"role": "admin"}, directory=directory
    )


def _of_unknown_fate(book: Book) -> str:
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    book.fakes.mailer.faults = [MailUncertain("?")]
    deliver_document(book.ports, system_context(NOON), book.customer.id, f"{invoice.id}-1")
    return f"{invoice.id}-1"


def decide(decision: Decision) -> Callable[[Book], Act]:
    """Say what became of a mail of which no machine knows it."""

    def arrange(book: Book) -> Act:
        verdict = Verdict(book.customer.id, _of_unknown_fate(book), decision)
        return lambda ports: decide_message(ports, ANA, verdict)

    return arrange


def allow_again(book: Book) -> Act:
    """Let an address be written to again."""
    bounced = MailEvent(
        reached="bounced", customer_id=book.customer.id, message_id=_of_unknown_fate(book),
        provider_message_id="ses-1", occurred_at=NOON,
    )  # fmt: skip
    record_mail_event(book.ports, system_context(NOON), bounced)
    return lambda ports: unsuppress(ports, ANA, book.customer.id)


def prove(book: Book) -> Act:
    """Ask for a proof of the books now."""
    book.issued()
    return lambda ports: ask_for_proof(ports, ANA)


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "create customer": enter_customer,
    "change company": settings,
    "put in a logo": put_in_logo,
    "take away the logo": take_away_logo,
    "change policy": ladder,
    "change interest rates": rates,
    "make API key": make_key,
    "revoke API key": revoke_key,
    "invite person": invite,
    "change person": promote,
    "a mail was sent": decide("was_sent"),
    "a mail is dropped": decide("drop"),
    "allow an address again": allow_again,
    "ask for a proof": prove,
}
