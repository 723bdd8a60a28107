"""What is crashed of the texts of mails."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.domain.template import TemplateText
from chalicelib.usecases.context import RepeatKey, system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.preview_template import Draft
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.templates import Place, change_template, restore_template
from chalicelib.usecases.try_template import try_template
from tests.builders import NOON, Book, by_ana
from tests.usecases.test_templates import store_broken

Act = Callable[[Ports], object]
ANA = replace(by_ana(), repeat_key=RepeatKey("k", "h"))
PLACE = Place("reminder_first", "es", "VIP")
TEXT = TemplateText(subject="Aviso", opening="{{lo_que_se_debe}}", closing="Gracias.")


def change(_book: Book) -> Act:
    """Change a text."""
    return lambda ports: change_template(ports, by_ana(), PLACE, TEXT, expected_version=None)


def restore(book: Book) -> Act:
    """Go back to an earlier text."""
    for subject in ("Uno", "Dos"):
        text = TEXT.but(subject=subject)
        change_template(book.ports, by_ana(), PLACE, text, expected_version=None)
    return lambda ports: restore_template(ports, ANA, PLACE, 1, expected_version=None)


def go_back(book: Book) -> Act:
    """Go back to the shipped text."""
    change_template(book.ports, by_ana(), PLACE, TEXT, expected_version=None)
    return lambda ports: restore_template(ports, by_ana(), PLACE, 0, expected_version=None)


def try_it(_book: Book) -> Act:
    """Send a test to oneself: it may come twice, and never to anybody else."""
    return lambda ports: try_template(ports, ANA, Draft("reminder_first", "es", TEXT))


def mail_with_a_broken_text(book: Book) -> Act:
    """Mail an invoice whose own text cannot be filled any more."""
    store_broken(book, Place("invoice", "es"))
    invoice = book.issued()
    send_invoice(book.ports, by_ana(), invoice.id, again=False)
    return lambda ports: deliver_document(
        ports, system_context(NOON), book.customer.id, f"{invoice.id}-1"
    )


HANDLERS: dict[str, Callable[[Book], Act]] = {
    "change a template": change,
    "restore a template": restore,
    "go back to the shipped template": go_back,
    "try a template": try_it,
    "mail with a broken template": mail_with_a_broken_text,
}
