"""A document as the answer to a request."""

from chalice.app import Response

from chalicelib.api.routes import Binary


def pdf_response(name: str, content: bytes) -> Response:
    """Return a PDF that a browser shows under this file name and keeps nowhere."""
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Binary(content, status_code=200, headers=headers)
