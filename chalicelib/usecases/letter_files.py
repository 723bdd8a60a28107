"""PDFs of letters and statements: made when the message is, then kept for good as they went out."""

import hashlib

from chalicelib.usecases.ports import Ports

_FINGERPRINT = 16  # enough of the SHA-256: the same key always has the same content


def store_pdf(ports: Ports, folder: str, content: bytes) -> str:
    """Store a PDF under a key made of its content, and return the key.

    Before the message that names it is written: a file that then belongs to none does no harm.
    """
    key = f"{folder}/{hashlib.sha256(content).hexdigest()[:_FINGERPRINT]}.pdf"
    ports.files.put(key, content, "application/pdf")
    return key
