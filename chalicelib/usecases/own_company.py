"""The company that uses this stack, as every procedure reads its settings."""

from typing import Final

from chalicelib.domain.company import Company, unnamed_company
from chalicelib.usecases.ports import Ports, Ref

COMPANY: Final[Ref[Company]] = Ref(Company, ())


def company_of(ports: Ports) -> Company:
    """Return the company's settings, or those of a company that has entered none."""
    return ports.store.get(COMPANY) or unnamed_company()
