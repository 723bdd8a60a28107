"""A checkout: an attempt to pay invoices at a provider's page, over an amount that we fix."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value

PREFIX: Final = "chk_"
"""How the id of a checkout begins: providers carry it as their reference to us."""

CheckoutState = Literal["starting", "open", "paid", "closed"]


class CheckoutItem(Value):
    """So much of this invoice is to be paid."""

    invoice_id: str
    number: str
    amount_minor: int


class Checkout(Record):
    """What was asked for at which provider's page.

    starting: the provider has not answered yet; nobody has seen its page. open: it can be paid.
    paid: ``payment_id`` came of it. closed: nobody can pay there any more, ``outcome`` says why.
    ``reference`` is the provider's name of its page. ``link_id`` is the portal link by which the
    customer came, None when a program of ours began it. ``is_page_open`` until we have seen to it
    that nobody pays there again; a page that was paid may take money a second time.
    """

    kind: ClassVar[str] = "checkout"

    id: str
    customer_id: str
    customer_name: str
    currency: str
    amount_minor: int
    items: tuple[CheckoutItem, ...]
    provider: str
    state: CheckoutState = "starting"
    reference: str | None = None
    url: str | None = None
    is_page_open: bool = False
    fields: dict[str, str] | None = None
    link_id: str | None = None
    payment_id: str | None = None
    outcome: str | None = None
    created_at: datetime
    expires_at: datetime

    @property
    def is_live(self) -> bool:
        """Tell whether money may still come of it."""
        return self.state in ("starting", "open")

    @property
    def invoice_id(self) -> str | None:
        """The invoice, where it is about one only."""
        return self.items[0].invoice_id if len(self.items) == 1 else None
