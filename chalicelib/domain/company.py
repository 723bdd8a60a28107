"""The company that uses this stack: who it is on paper, how it writes, what it has switched off."""

from datetime import date
from typing import ClassVar, Literal

from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.base import Record
from chalicelib.domain.customer import Language, Party


class Company(Record):
    """The company's own settings. ``sending_frozen`` stops all mail, at once and for everybody.

    ``approval_rules`` say what needs a second person; ``credit_limit_action`` what happens at the
    issue of an invoice that takes its customer over the limit.
    """

    kind: ClassVar[str] = "company"

    name: str
    tax_id: str | None = None
    address: str | None = None
    country: str = "ES"
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    iban: str | None = None
    language: Language = "es"
    currency: str = "EUR"
    time_zone: str = "Europe/Madrid"
    terms_days: int = 30
    default_series: str = "A"
    credit_note_series: str = "R"
    tolerances: dict[str, int] = {}
    dispute_days: int = 30
    journal_accounts: dict[str, str] = {}
    books_closed_until: date | None = None
    accent: str = "#1f5fbf"
    invoice_footer: str | None = None
    reply_to: str | None = None
    sending_frozen: bool = False
    approval_rules: tuple[ApprovalRule, ...] = ()
    credit_limit_action: Literal["warn", "block"] = "warn"

    def on_document(self) -> Party:
        """Return what a document freezes of the seller."""
        return Party(
            name=self.name,
            tax_id=self.tax_id,
            address=self.address,
            country=self.country,
            email=self.email,
        )


def unnamed_company() -> Company:
    """Return the settings before anybody has entered any (version 0)."""
    return Company(version=0, name="Mi empresa")
