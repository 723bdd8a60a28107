"""The company that uses this stack: who it is on paper, how it writes, what it has switched off."""

from datetime import date, time
from typing import ClassVar, Literal

from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.base import Record
from chalicelib.domain.calendar import CLOSES, MONDAY_TO_FRIDAY, OPENS
from chalicelib.domain.customer import Language, Party
from chalicelib.domain.logo import Logo


class Company(Record):
    """The company's own settings. ``sending_frozen`` stops all mail, at once and for everybody.

    ``opens`` to ``closes`` on ``working_days`` (ISO, 1 is Monday) is when mail that asks for money
    may go out, in the recipient's zone; ``spread_minutes`` spreads it after the opening.

    ``approval_rules`` say what needs a second person; ``credit_limit_action`` what happens at the
    issue of an invoice that takes its customer over the limit. On ``days_off`` the company is
    closed, beside public holidays and weekends, and reminds nobody.

    In the portal a customer may promise to pay within ``portal_promise_days`` (0: not at all); the
    link of a mail is about the whole customer, or about the invoices of that mail.

    ``statements`` says who gets a statement of account each month on ``statements_day``: nobody,
    whoever has something open, or also whoever had something moved.
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
    opens: time = OPENS
    closes: time = CLOSES
    working_days: tuple[int, ...] = MONDAY_TO_FRIDAY
    spread_minutes: int = 0
    approval_rules: tuple[ApprovalRule, ...] = ()
    credit_limit_action: Literal["warn", "block"] = "warn"
    days_off: tuple[date, ...] = ()
    statements: Literal["off", "open", "moved"] = "off"
    statements_day: int = 1
    portal_promise_days: int = 14
    portal_mail_scope: Literal["customer", "invoices"] = "customer"
    logo: Logo | None = None

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
