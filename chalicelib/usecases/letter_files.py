"""The PDF of a letter on paper: made when the letter is, then kept for good as it was posted."""

import hashlib

from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import Message
from chalicelib.usecases.ports import Ports, ReminderLetter

_FINGERPRINT = 16  # enough of the SHA-256: the same key always has the same content


def store_letter(
    ports: Ports, message: Message, letter: ReminderLetter, company: Company, customer: Customer
) -> Message:
    """Draw and store a letter; return its message with the place of the file.

    Before the message is written: a file that then belongs to none does no harm.
    """
    named = letter.but(reference=letter.reference or message.id)
    content = ports.writer.letter_pdf(named, company, customer)
    return message.but(file_key=store_pdf(ports, f"letters/{message.customer_id}", content))


def store_pdf(ports: Ports, folder: str, content: bytes) -> str:
    """Store a PDF under a key made of its content, and return the key."""
    key = f"{folder}/{hashlib.sha256(content).hexdigest()[:_FINGERPRINT]}.pdf"
    ports.files.put(key, content, "application/pdf")
    return key
