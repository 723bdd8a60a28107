"""Renders the local cloud's own pages."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader

from infra.local.gateway import Answer

# No script, nothing from outside; a mail's own styles and its logo show in its frame.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; frame-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
)
_environment: Final = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(name: str, **values: Any) -> Answer:
    """The page as an answer that a browser neither keeps nor lets others frame."""
    html = _environment.get_template(name).render(values)
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Security-Policy", _POLICY),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Answer(200, headers, html.encode())
