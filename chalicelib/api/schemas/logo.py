"""Bodies about the company's logo."""

from typing import Annotated, Final

from pydantic import Field

from chalicelib.api.schemas.base import Answer, Request
from chalicelib.domain.logo import MAX_LOGO_BYTES

_MOST_LETTERS: Final = (MAX_LOGO_BYTES + 2) // 3 * 4


class LogoInput(Request):
    """A picture as a file has it, in base64: PNG or JPEG, 512 kB at most."""

    content: Annotated[str, Field(min_length=1, max_length=_MOST_LETTERS)]


class LogoShown(Answer):
    """Where the logo is shown to everybody, and how large it is in pixels."""

    url: str
    width: int
    height: int


class CompanyLogo(Answer):
    """The company's logo; null without one."""

    logo: LogoShown | None
