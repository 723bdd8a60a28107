"""Bodies about imports of CSV files."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.api.schemas.base import (
    Answer,
    Country,
    Currency,
    Identifier,
    Instant,
    OneLine,
    Request,
    TermsDays,
)

Kind = Literal["customers", "invoices"]
State = Literal[
    "uploading",
    "reading",
    "columns",
    "checking",
    "checked",
    "importing",
    "done",
    "cancelled",
    "failed",
]
Place = Annotated[int, Field(ge=0, le=200)]
Outcome = Literal["create", "update", "skip", "reject"]


class ImportInput(Request):
    """A file that is going to be imported. Its bytes follow in parts."""

    what: Kind
    file_name: OneLine
    size_bytes: Annotated[int, Field(ge=1)]


class CompleteInput(Request):
    """All parts are there."""


class CheckInput(Request):
    """The rows are to be checked."""


class CommitInput(Request):
    """What was checked is to be carried out."""


class CancelInput(Request):
    """Nothing more of it is to be entered."""


class ColumnChoice(Request):
    """Which field a column is. ``style`` decides where cells can be read in two ways.

    Of amounts ``es`` (1.234,56) or ``en`` (1,234.56), of dates ``dmy`` or ``mdy``.
    """

    place: Place
    field: OneLine
    style: Literal["es", "en", "dmy", "mdy"] | None = None


class Options(Request):
    """What the file does not say, and how to go about it; null is the company's own setting.

    ``passed_steps``: reminders whose day has passed count as sent elsewhere (``done``), or are due
    at once (``due``). Nothing is asked for of what comes in up to and including ``rest_until``.
    """

    currency: Currency | None = None
    country: Country | None = None
    language: Literal["es", "en"] | None = None
    terms_days: TermsDays | None = None
    create_customers: bool = True
    existing: Literal["update", "skip"] = "update"
    passed_steps: Literal["done", "due"] = "done"
    rest_until: Annotated[date | None, Field(strict=False)] = None


class MappingInput(Request):
    """What the columns are; columns that are not named are ignored."""

    columns: Annotated[list[ColumnChoice], Field(max_length=100)]
    options: Options = Options()


class ColumnStyle(Answer):
    """How cells are written, and why we think so.

    By the ``column``, by the ``file``, it makes no difference (``any``), or nobody knows (``ask``).
    """

    style: str
    basis: Literal["column", "file", "any", "ask"]


class FileColumn(Answer):
    """A column of the file, with some of its cells."""

    place: int
    heading: str
    samples: list[str]
    filled: int
    guess: str | None
    amounts: ColumnStyle | None
    dates: ColumnStyle | None


class IssueExample(Answer):
    """A row in which something is wrong. ``found`` is the cell."""

    row: int
    found: str
    expected: str


class IssueGroup(Answer):
    """All rows in which the same is wrong with the same field; warnings keep no row out."""

    code: str
    field: str
    heading: str
    is_error: bool
    rows: int
    examples: list[IssueExample]


class ChosenColumn(Answer):
    """Which field a column is."""

    place: int
    field: str
    style: str | None


class ChosenOptions(Answer):
    """What was said that the file does not say."""

    currency: str | None
    country: str | None
    language: str | None
    terms_days: int | None
    create_customers: bool
    existing: Literal["update", "skip"]
    passed_steps: Literal["done", "due"]
    rest_until: date | None


class ImportRow(Answer):
    """An import in a list. ``counts`` are rows by what becomes of them."""

    id: Identifier
    what: Kind
    state: State
    file_name: str
    rows: int
    chunks: int
    chunks_done: int
    counts: dict[str, int]
    failure: str | None
    by: str
    created_at: Instant
    finished_at: Instant | None


class Import(ImportRow):
    """An import with its columns, and what was found in them.

    ``counts``: ``create``, ``update``, ``skip``, ``reject``, ``with_warnings``; of invoices also
    ``paid``, ``disputed``, ``new_customers``, ``mailed`` (customers who would get a reminder by
    tomorrow) and ``past_ladder`` (for which no reminder lies ahead). ``sums``: minor units by
    ``total EUR`` and ``open EUR``.
    """

    version: int
    size_bytes: int
    received_bytes: int
    parts: list[int]
    encoding: str | None
    delimiter: str | None
    columns: list[FileColumn]
    chosen: list[ChosenColumn]
    is_remembered: bool
    options: ChosenOptions
    sums: dict[str, int]
    groups: list[IssueGroup]


class RowIssue(Answer):
    """What is wrong with, or odd about, a cell of a row."""

    code: str
    field: str
    heading: str
    found: str
    expected: str
    is_error: bool


class FileRow(Answer):
    """A row of the file and what becomes, or became, of it. ``shown`` are its values as read."""

    row: int
    outcome: Outcome
    issues: list[RowIssue]
    shown: dict[str, Any]
    customer_id: str | None
