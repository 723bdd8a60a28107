"""Bodies of the customer's portal: only what a customer may see of itself."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.schemas.base import (
    AmountMinor,
    Answer,
    Currency,
    DecimalText,
    Email,
    Identifier,
    Instant,
    OneLine,
    Request,
    Text,
)

Language = Literal["es", "en"]
PortalState = Literal["open", "paid", "void", "written_off"]
DisputeCategory = Literal[
    "not_received", "wrong_amount", "wrong_price", "defective", "paid_already", "not_mine", "other"
]


class PortalCompany(Answer):
    """Who the customer owes. ``logo_url`` is a path of this origin; null where there is none."""

    name: str
    tax_id: str | None
    address: str | None
    email: str | None
    phone: str | None
    website: str | None
    accent: str
    logo_url: str | None


class PortalContact(Answer):
    """Who opened the link. Without ``id`` it is the customer itself, whose name cannot be changed.

    ``language`` is what this contact's mails are written in; ``requested_email`` a new address
    that the company has not confirmed yet.
    """

    id: str | None
    name: str
    email: str | None
    phone: str | None
    language: Language
    requested_email: str | None


class PortalCustomer(Answer):
    """Who owes."""

    name: str
    tax_id: str | None
    contact: PortalContact


class PortalPart(Answer):
    """So much of an invoice is not asked for now, and why; ``until`` is the last day of that."""

    kind: Literal["on_its_way", "dispute", "promise", "plan", "other"]
    amount_minor: int
    until: date | None


class PortalInvoiceRow(Answer):
    """An invoice in the list. ``payable_minor`` is what can be paid now: less what is on its way.

    ``days_overdue`` counts from the due date, 0 in time. ``has_pdf`` is false for one that was
    issued elsewhere.
    """

    id: Identifier
    number: str
    issue_date: date
    due_date: date
    total_minor: int
    open_minor: int
    payable_minor: int
    state: PortalState
    overdue: bool
    days_overdue: int
    parts: list[PortalPart]
    has_pdf: bool


class PortalWay(Answer):
    """A way to pay online, in the company's order."""

    provider: str
    title: str
    minimum_minor: int


class PortalTransfer(Answer):
    """How to pay by bank transfer. ``reference`` is what a transfer for a single invoice quotes.

    For several, ``text`` names them in its place. ``epc_payload`` is what the EPC QR code says and
    ``qr_svg`` the code itself; null where there is none (another currency than the euro).
    """

    beneficiary: str
    iban: str
    iban_grouped: str
    amount_minor: int
    reference: str | None
    reference_grouped: str | None
    text: str | None
    epc_payload: str | None
    qr_svg: str | None


class PortalPromise(Answer):
    """Money that the customer has announced for a day and that is waited for."""

    id: str
    amount_minor: int
    promised_on: date


class PortalInstalment(Answer):
    """A payment of a plan that is not made yet."""

    due_on: date
    amount_minor: int


class PortalPromises(Answer):
    """Whether a date may be promised now, and the last day that may be named.

    ``refusal`` says why not: ``broken_before``, ``too_many_promises``, ``nothing_to_promise`` or
    ``not_allowed``.
    """

    may: bool
    last_day: date | None
    most_minor: int
    refusal: str | None


class PortalAccount(Answer):
    """What is owed in one currency. All sums are of what the link may see.

    ``to_pay_minor`` is what is payable now less what is in the customer's favour; ``credit_minor``
    is money of theirs that settles nothing yet. ``oldest_due_date`` is that of the oldest
    overdue invoice.
    """

    currency: str
    open_minor: int
    overdue_minor: int
    credit_minor: int
    on_its_way_minor: int
    payable_minor: int
    to_pay_minor: int
    oldest_due_date: date | None
    invoices: list[PortalInvoiceRow]
    paid: list[PortalInvoiceRow]
    promises: list[PortalPromise]
    plan: list[PortalInstalment]
    may_promise: PortalPromises
    ways: list[PortalWay]
    transfer: PortalTransfer | None


class PortalHome(Answer):
    """What the first screen shows. ``language`` is that of the screen.

    ``scope`` invoices: the link is about these invoices and nothing else; there is no statement.
    ``read_only``: a member of staff looks at it; nothing can be changed. ``link_id`` names the
    link, for the header ``X-Saldo-Link``. ``has_contact``: the link is somebody's own, who may
    change how they are reached.
    """

    language: Language
    scope: Literal["customer", "invoices"]
    read_only: bool
    link_id: Identifier
    has_contact: bool
    today: date
    expires_at: Instant
    company: PortalCompany
    customer: PortalCustomer
    accounts: list[PortalAccount]


class PortalLine(Answer):
    """A line of an invoice."""

    description: str
    quantity: DecimalText
    unit_price_minor: int
    discount_rate: DecimalText
    tax_rate: DecimalText
    net_minor: int


class PortalTax(Answer):
    """The tax of one rate."""

    rate: DecimalText
    base_minor: int
    tax_minor: int


class PortalSettled(Answer):
    """What changed what is open; a negative amount undoes an earlier one."""

    kind: Literal["payment", "credit", "credit_note", "discount", "small_difference", "write_off"]
    amount_minor: int
    on: date


class PortalDispute(Answer):
    """What the customer contests. ``by_you``: it was opened here, in the portal."""

    id: str
    state: Literal["open", "resolved"]
    outcome: Literal["credited", "paid", "rejected", "settled"] | None
    amount_minor: int
    category: DisputeCategory | None
    comment: str | None
    files: list[str]
    created_at: Instant
    by_you: bool


class PortalInvoice(PortalInvoiceRow):
    """One invoice with its lines, what was paid, and how to pay it."""

    currency: str
    purchase_order: str | None
    notes: str | None
    lines: list[PortalLine]
    taxes: list[PortalTax]
    net_minor: int
    tax_minor: int
    settlements: list[PortalSettled]
    disputes: list[PortalDispute]
    may_dispute_minor: int
    may_promise: PortalPromises
    ways: list[PortalWay]
    transfer: PortalTransfer | None


class PortalMovement(Answer):
    """What changed what is owed. Positive is owed, negative lowers it."""

    on: date
    kind: Literal[
        "invoice", "void", "credit_note", "payment", "return", "discount", "difference",
        "write_off", "reinstated",
    ]  # fmt: skip
    reference: str | None
    invoices: list[str]
    amount_minor: int
    balance_minor: int


class PortalStatement(Answer):
    """The account over a period, both days included, with the balance after each movement."""

    currency: str
    first: date
    last: date
    opening_minor: int
    movements: list[PortalMovement]
    closing_minor: int


class PortalCheckoutInput(Request):
    """What to pay at a provider's page: these invoices, or everything (null)."""

    currency: Currency
    invoice_ids: Annotated[list[Identifier], Field(min_length=1, max_length=200)] | None = None
    provider: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z]+$")]


class PortalCheckout(Answer):
    """Where to pay. With ``fields`` the page is opened by posting them to ``url`` as a form."""

    id: Identifier
    url: str
    fields: dict[str, str] | None


class PortalCheckoutState(Answer):
    """What became of a checkout, as far as Saldo knows: the return page asks until it is over.

    open: nobody has paid yet. processing: the provider says the money is on its way (days, for a
    direct debit). paid: it has arrived. closed: nobody can pay there any more.
    """

    id: Identifier
    state: Literal["open", "processing", "paid", "closed"]
    provider: str
    title: str
    currency: str
    amount_minor: int
    numbers: list[str]
    url: str | None
    fields: dict[str, str] | None


class PortalReturnInput(Request):
    """What the provider's page added to the address of the return page."""

    query: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=20_000)]] = (
        Field(max_length=30)
    )


class PortalPromiseInput(Request):
    """So much by this day. No amount: all that can be promised of these invoices (null: of all)."""

    currency: Currency
    promised_on: date
    amount_minor: AmountMinor | None = None
    invoice_ids: Annotated[list[Identifier], Field(min_length=1, max_length=100)] | None = None


class PortalPromised(Answer):
    """A promise as noted. Nothing of it is asked for up to and including its day."""

    id: Identifier
    currency: str
    amount_minor: int
    promised_on: date


class PortalDisputeInput(Request):
    """What is contested and why. Without an amount all of it; a part of it needs a comment.

    So does the category ``other``. ``file_ids`` are of files uploaded before.
    """

    invoice_id: Identifier
    amount_minor: AmountMinor | None = None
    category: DisputeCategory
    comment: Text | None = None
    file_ids: Annotated[list[Identifier], Field(max_length=5)] = []


class PortalFile(Answer):
    """A file that was taken; it waits a day for its dispute."""

    id: Identifier
    name: str
    content_type: str
    size_bytes: int


class PortalContactChange(Request):
    """What to change of the contact; those left out stay. An address is only asked for."""

    name: OneLine | None = None
    phone: OneLine | None = None
    language: Language | None = None
    email: Email | None = None


class PortalLanguageInput(Request):
    """In which language the portal speaks to whoever has this link."""

    language: Language


class PortalLanguage(Answer):
    """In which language the portal speaks."""

    language: Language


class PortalSignedOut(Answer):
    """The browser has forgotten the link; the link itself still works."""

    signed_out: bool
