"""What tests of reminders share: the days of one invoice, and what went out.

Issued on Monday 2 March, due on Wednesday 1 April: steps on 30 March (the 29th is a Sunday),
6 April (the 4th is a Saturday), 8 April, 16 April and 1 May.
"""

from chalicelib.domain.message import Message
from chalicelib.usecases.ports import MailRefused
from tests.builders import Book

FIRST_DAY, SECOND_DAY = "2026-04-06", "2026-04-08"
TEMPORARY = MailRefused("rate exceeded", is_temporary=True)


def subjects(book: Book) -> list[str]:
    return [mail.content.subject for mail in book.fakes.mailer.accepted]


def texts(book: Book) -> list[str]:
    return [mail.content.text for mail in book.fakes.mailer.accepted]


def only_message(book: Book) -> Message:
    (message,) = book.messages()
    return message
