"""The bases of bodies: strict requests, exact answers, and field types shared by both."""

import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from chalicelib.domain.calendar import rfc3339, zone
from chalicelib.domain.money import MAX_MINOR, is_currency

MAX_PAGE = 200


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


def _known_currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError(f"{code!r} is not an ISO 4217 currency")
    return code


def _known_zone(name: str) -> str:
    zone(name)
    return name


_BREAKS: Final = ("Cc", "Zl", "Zp")
"""Control characters, and the breaks between lines and paragraphs."""


def _one_line(text: str) -> str:
    # A line break or control character in a name or address is how mail headers are forged.
    # Unicode has more of them than ASCII: no mail goes out in the name of who is called like that.
    if any(unicodedata.category(character) in _BREAKS for character in text):
        raise ValueError("control characters are not allowed")
    if not text.strip():
        raise ValueError("must not be blank")
    return text.strip()


def _text(text: str) -> str:
    if any(unicodedata.category(one) == "Cc" and one not in "\n\t" for one in text):
        raise ValueError("control characters are not allowed")
    return text


Instant = Annotated[datetime, PlainSerializer(rfc3339, return_type=str)]
DecimalText = Annotated[Decimal, PlainSerializer(_plain, return_type=str)]
Currency = Annotated[str, AfterValidator(_known_currency), Field(examples=["EUR"])]
TimeZone = Annotated[str, AfterValidator(_known_zone), Field(examples=["Europe/Madrid"])]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["ES"])]
OneLine = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(_text)]
Email = Annotated[
    str,
    Field(
        max_length=254, pattern=r"^[^@\s<>,;\"\x00-\x20]+@[^@\s<>,;\"\x00-\x20]+\.[A-Za-z0-9-]+$"
    ),
]
Identifier = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]
SeriesCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,10}$")]
AmountMinor = Annotated[int, Field(ge=1, le=MAX_MINOR, description="minor units")]
SignedMinor = Annotated[int, Field(ge=-MAX_MINOR, le=MAX_MINOR, description="minor units")]
TermsDays = Annotated[int, Field(ge=0, le=365)]


class Request(BaseModel):
    """What a caller sends: unknown fields are refused, a number is not a string."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Answer(BaseModel):
    """What a caller gets: exactly the declared fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Item = TypeVar("Item")


class Page(Answer, Generic[Item]):
    """One page of a list; ``next_cursor`` is null on the last."""

    items: list[Item]
    next_cursor: str | None


class FieldError(Answer):
    """What is wrong with one field; ``pointer`` is a JSON pointer into the body.

    ``code`` is stable, for programs and translations: pydantic's error type or a rule of ours.
    """

    pointer: str
    message: str
    code: str


class Problem(Answer):
    """An error as RFC 9457 problem+json."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []
    request_id: str | None = None
