"""The company's logo over HTTP: changed by administrators, shown to everybody."""

import base64
import binascii
from typing import Any, Final

from chalice.app import Response

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Binary, Reply, Routes
from chalicelib.api.schemas.logo import CompanyLogo, LogoInput, LogoShown
from chalicelib.domain.company import Company
from chalicelib.domain.errors import InvalidField
from chalicelib.usecases.company_logo import change_logo, read_logo, remove_logo
from chalicelib.usecases.own_company import company_of

routes = Routes()
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_FOR_NOW: Final = "public, max-age=300"


@routes.route("/v1/company/logo", "GET", gives=CompanyLogo)
def read(request: ApiRequest) -> Reply:
    """The company's logo: where it is shown, and its size."""
    return _logo(company_of(request.ports))


def _logo(company: Company) -> Reply:
    logo = company.logo
    if logo is None:
        return Reply(CompanyLogo(logo=None))
    address = f"/portal/logo?v={logo.hash}"
    return Reply(CompanyLogo(logo=LogoShown(url=address, width=logo.width, height=logo.height)))


@routes.route("/v1/company/logo", "PUT", takes=LogoInput, gives=CompanyLogo)
def replace(request: ApiRequest) -> Reply:
    """Put in a logo: a PNG or JPEG of at most 512 kB, in base64.

    It is decoded, made smaller if it is large, and written anew without anything but its pixels.
    Documents that were drawn before keep the logo that they have.
    """
    content = _decoded(request.body(LogoInput).content)
    return _logo(change_logo(request.ports, request.context, content))


@routes.route("/v1/company/logo", "DELETE", gives=CompanyLogo)
def remove(request: ApiRequest) -> Reply:
    """Go without a logo again."""
    return _logo(remove_logo(request.ports, request.context))


@routes.route("/portal/logo", "GET", gives="image/*", query=["v"])
def show(request: ApiRequest) -> Response:
    """The logo, for mails and for customers. With its hash in ``v`` it may be kept for good."""
    logo, content = read_logo(request.ports)
    headers: dict[str, Any] = {
        "Content-Type": logo.content_type,
        "Cache-Control": _FOR_GOOD if request.query.get("v") == logo.hash else _FOR_NOW,
        "Cross-Origin-Resource-Policy": "cross-origin",  # a mail is read on somebody else's page
        "X-Content-Type-Options": "nosniff",
    }
    return Binary(content, status_code=200, headers=headers)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise InvalidField("/content", "This is not base64.", field_code="invalid") from exc
