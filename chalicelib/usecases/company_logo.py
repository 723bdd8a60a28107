"""The company's logo: put in, taken away, shown to whoever gets a document or a mail."""

import hashlib

from chalicelib.domain.company import Company
from chalicelib.domain.errors import NotFound
from chalicelib.domain.logo import Logo, type_of_logo
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Replace


def change_logo(ports: Ports, context: Context, content: bytes) -> Company:
    """Keep a picture as the logo. InvalidField for what is none; NotKept when nobody stores it.

    The file comes first: a company never names one that is not there. Documents that were drawn
    before keep the logo that they have.
    """
    content_type = type_of_logo(content)
    clean = ports.writer.clean_image(content, content_type)
    logo = Logo(
        hash=hashlib.sha256(clean.content).hexdigest(),
        content_type=content_type,
        width=clean.width,
        height=clean.height,
    )
    ports.files.put(logo.key, clean.content, logo.content_type)
    return _with_logo(ports, context, logo)


def remove_logo(ports: Ports, context: Context) -> Company:
    """Go without a logo again."""
    return _with_logo(ports, context, None)


def _with_logo(ports: Ports, context: Context, logo: Logo | None) -> Company:
    def attempt() -> Company:
        company = company_of(ports)
        if company.logo == logo:
            return company
        after = company.next(logo=logo)
        entry = audit(
            ports, context, "company_changed", subject=("company", "company"), changed=["logo"]
        )
        commit(ports, context, [Replace(after), entry], resource="/v1/company")
        return after

    return until_committed(ports, attempt)


def read_logo(ports: Ports) -> tuple[Logo, bytes]:
    """Return the logo and its bytes. NotFound when there is none."""
    logo = company_of(ports).logo
    content = ports.files.get(logo.key) if logo else None
    if logo is None or content is None:
        raise NotFound("logo", "company")
    return logo, content
