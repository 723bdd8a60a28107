"""Imports: a file of customers or of invoices issued elsewhere, and how far it came."""

from datetime import date, datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.access import Actor
from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Language
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.import_columns import Choice, Column
from chalicelib.domain.import_fields import ImportKind

ImportState = Literal[
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
BUSY: Final[frozenset[ImportState]] = frozenset({"reading", "checking", "importing"})
OVER: Final[frozenset[ImportState]] = frozenset({"done", "cancelled", "failed"})

MAX_BYTES: Final = 25_000_000
"""Some 200,000 short rows; what a Lambda of 1 GB reads in some seconds."""
MAX_PART_BYTES: Final = 2_000_000
"""In base64 well below the 6 MB that a Lambda takes."""
MAX_ROWS: Final = 50_000
ROWS_A_CHUNK: Final = 500
"""Under 30 seconds of a chore that has five minutes."""
LANES: Final = 3
"""Chunks at once: two of the five workers of the queue are left for everything else."""
MAX_GROUPS: Final = 40


class FilePart(Value):
    """A piece of the file as it arrived. Its key names its contents."""

    number: int
    sha256: str
    size_bytes: int


class ImportOptions(Value):
    """What the file does not say, and how to go about it; None is the company's own setting.

    ``passed_steps``: steps of the ladder whose day has passed count as done (``done``), or are due
    at once (``due``). Nothing is asked for of what comes in up to and including ``rest_until``.
    """

    currency: str | None = None
    country: str | None = None
    language: Language | None = None
    terms_days: int | None = None
    create_customers: bool = True
    existing: Literal["update", "skip"] = "update"
    passed_steps: Literal["done", "due"] = "done"
    rest_until: date | None = None


class IssueExample(Value):
    """One row in which something is wrong."""

    row: int
    found: str
    expected: str


class IssueGroup(Value):
    """All rows in which the same is wrong with the same field."""

    code: str
    field: str
    heading: str
    is_error: bool
    rows: int
    examples: tuple[IssueExample, ...] = ()


class Import(Record):
    """One import from the first byte to the last row.

    ``round`` counts what was begun with the file: each check and the import itself; messages of an
    earlier one are void. ``is_planned``: the whole file has been looked through in this round.
    ``is_begun``: rows may have been entered, even if it is cancelled.
    ``counts`` are rows by what becomes, or became, of them; ``sums`` what the invoices among them
    come to, by ``total EUR``, ``open EUR``. ``by`` acts in it.
    """

    kind: ClassVar[str] = "import_run"

    id: str
    what: ImportKind
    state: ImportState = "uploading"
    file_name: str
    size_bytes: int
    sha256: str | None = None
    parts: tuple[FilePart, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    rows: int = 0
    chunks: int = 0
    columns: tuple[Column, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_remembered: bool = False
    options: ImportOptions = ImportOptions()
    round: int = 0
    is_planned: bool = False
    is_begun: bool = False
    done: tuple[int, ...] = ()
    counts: dict[str, int] = {}
    sums: dict[str, int] = {}
    groups: tuple[IssueGroup, ...] = ()
    failure: str | None = None
    by: Actor
    created_at: datetime
    moved_at: datetime
    finished_at: datetime | None = None

    @property
    def is_busy(self) -> bool:
        """A chore works on it."""
        return self.state in BUSY

    @property
    def is_worked_off(self) -> bool:
        """Every chunk of this round is done."""
        return self.is_planned and len(self.done) == self.chunks


class RememberedColumns(Record):
    """What the columns of a file with these headings were said to be the last time."""

    kind: ClassVar[str] = "remembered_columns"

    what: str
    fingerprint: str
    choices: tuple[Choice, ...]
    options: ImportOptions


class ImportedNumber(Record):
    """The number of an invoice that was issued elsewhere, taken once and for ever.

    The rest tells what the invoice was, to find it and to know the same row again.
    """

    kind: ClassVar[str] = "imported_number"

    key: str
    number: str
    invoice_id: str
    customer_id: str
    customer_name: str
    currency: str
    total_minor: int
    open_minor: int
    issue_date: date
    import_id: str
    row: int


def require_state(one: Import, *allowed: ImportState) -> None:
    """StateConflict unless the import is in one of these states."""
    if one.state not in allowed:
        raise StateConflict(
            f"This import is {one.state}; this needs {' or '.join(allowed)}.", code="import_state"
        )
