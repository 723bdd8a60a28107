"""Several PDFs as one, to be printed in one go."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def join(documents: Sequence[bytes]) -> bytes:
    """Return the documents in order; an empty page keeps two of them off the same sheet."""
    writer = PdfWriter()
    for document in documents:
        pages = PdfReader(BytesIO(document)).pages
        for page in pages:
            writer.add_page(page)
        if len(pages) % 2:
            writer.add_blank_page()
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()
