"""PDFs of letters and statements: made when the message is, then kept for good as they went out."""

import hashlib

from chalicelib.usecases.contents import ReminderLetter
from chalicelib.usecases.context import Context
from chalicelib.usecases.desk import Desk
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.templates import template_refs, text_for

_FINGERPRINT = 16  # enough of the SHA-256: the same key always has the same content


def draw_letter(ports: Ports, context: Context, desk: Desk, letter: ReminderLetter) -> str:
    """Draw a letter in the company's words, store it, and return its key."""
    customer = desk.customer
    refs = template_refs(letter.template, customer.language, customer.segment)
    text = text_for(
        ports,
        context,
        ports.store.get_many(refs),
        template_id=letter.template,
        language=customer.language,
        segment=customer.segment,
    )
    content = ports.writer.letter_pdf(letter, desk.company, customer, text)
    return store_pdf(ports, "letters", content)


def store_pdf(ports: Ports, folder: str, content: bytes) -> str:
    """Store a PDF under a key made of its content, and return the key.

    Before the message that names it is written: a file that then belongs to none does no harm.
    """
    key = f"{folder}/{hashlib.sha256(content).hexdigest()[:_FINGERPRINT]}.pdf"
    ports.files.put(key, content, "application/pdf")
    return key
