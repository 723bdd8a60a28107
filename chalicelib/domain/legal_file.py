"""The pre-legal file: what one customer owes, with everything that proves it, in one archive.

The claim is computed from the book as of a day: what is open of each invoice, how late it is, and
the interest and compensation that the law gives, each with its derivation.
"""

from datetime import date, datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.customer import Language, Party
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import Claim, LateCharge
from chalicelib.domain.late_interest import Segment

MAX_FILE_INVOICES: Final = 100
"""In one archive: their PDFs and mails are put together within one run of a Lambda."""


class LegalFile(Record):
    """An archive that was asked for. ``as_of`` is the day of the claim; ``key`` where it lies.

    ``sha256`` is that of the whole archive, so that a copy can be told from another.
    """

    kind: ClassVar[str] = "legal_file"

    id: str
    state: Literal["waiting", "ready"] = "waiting"
    customer_id: str
    customer_name: str
    currency: str
    invoice_ids: tuple[str, ...]
    as_of: date
    key: str | None = None
    sha256: str | None = None
    size_bytes: int | None = None
    requested_at: datetime
    requested_by: str
    ready_at: datetime | None = None


class ClaimRow(Value):
    """One invoice of the claim. ``refusal`` says why the law gives no interest, as far as it does.

    ``segments`` are the days that bear interest, those of earlier charges included.
    """

    invoice_id: str
    number: str
    issue_date: date
    due_date: date
    total_minor: int
    open_minor: int
    days_late: int
    interest_minor: int = 0
    compensation_minor: int = 0
    fee_minor: int = 0
    segments: tuple[Segment, ...] = ()
    refusal: str | None = None

    @property
    def settled_minor(self) -> int:
        """What was paid, credited or given up of it."""
        return self.total_minor - self.open_minor

    @property
    def total_claimed_minor(self) -> int:
        """What is claimed on it in all."""
        late_minor = self.interest_minor + self.compensation_minor + self.fee_minor
        return self.open_minor + late_minor


class LegalClaim(Value):
    """What is claimed of a customer in one currency as of a day."""

    creditor: Party
    iban: str | None = None
    debtor: Party
    language: Language
    currency: str
    as_of: date
    rows: tuple[ClaimRow, ...]

    @property
    def open_minor(self) -> int:
        """The principal."""
        return sum(row.open_minor for row in self.rows)

    @property
    def interest_minor(self) -> int:
        """Late interest."""
        return sum(row.interest_minor for row in self.rows)

    @property
    def compensation_minor(self) -> int:
        """The fixed sums for the costs of recovery."""
        return sum(row.compensation_minor for row in self.rows)

    @property
    def fee_minor(self) -> int:
        """Reminder fees, as far as they were agreed by contract."""
        return sum(row.fee_minor for row in self.rows)

    @property
    def total_minor(self) -> int:
        """Everything."""
        return sum(row.total_claimed_minor for row in self.rows)


def claim_row(
    invoice: Invoice, charges: tuple[LateCharge, ...], claim: Claim, as_of: date
) -> ClaimRow:
    """Return what is claimed on an issued invoice.

    Charges that were waived are given up for good, and those that became an invoice are claimed
    there; ``claim`` is what the law gives beyond all of them.
    """
    standing = [one for one in charges if one.state == "claimed"]
    segments = [segment for one in standing for segment in one.segments]
    refused = claim.refusal is not None and claim.refusal.code != "nothing_to_claim"
    late = None if refused else claim.derivation
    due = invoice.due_date or as_of
    return ClaimRow(
        invoice_id=invoice.id,
        number=invoice.number or "",
        issue_date=invoice.issue_date or as_of,
        due_date=due,
        total_minor=invoice.total_minor,
        open_minor=invoice.open_minor,
        days_late=max((as_of - due).days, 0),
        interest_minor=sum(one.interest_minor for one in standing)
        + (late.interest_minor if late else 0),
        compensation_minor=sum(one.compensation_minor for one in standing)
        + (claim.compensation_minor if late else 0),
        fee_minor=sum(one.fee_minor for one in standing),
        segments=(*segments, *(late.segments if late else ())),
        refusal=claim.refusal.code if claim.refusal and refused else None,
    )
