"""Checkouts for tests: begun as the portal begins them, and what a provider says of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain.checkout import Checkout
from chalicelib.domain.invoice import Invoice
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import checkout_ref
from chalicelib.usecases.start_checkout import NewCheckout, start_checkout
from tests.builders import NOON, Book, by_ana, found


def a_new_checkout(
    book: Book, invoices: Sequence[Invoice] | None = None, **changes: Any
) -> NewCheckout:
    """Return a wish to pay these invoices, or everything, by card."""
    fields: dict[str, Any] = {
        "customer_id": book.customer.id,
        "currency": "EUR",
        "provider": "stripe",
        "invoice_ids": None if invoices is None else [one.id for one in invoices],
        "return_url": "https://saldo.example/p/return?checkout={checkout}",
        "webhook_url": "https://saldo.example/webhooks/stripe",
    }
    return NewCheckout(**(fields | changes))


def a_checkout(
    book: Book,
    invoices: Sequence[Invoice] | None = None,
    when: datetime = NOON,
    ports: Ports | None = None,
    **changes: Any,
) -> Checkout:
    """Begin a checkout over these invoices, or over everything."""
    return start_checkout(
        ports or book.ports, by_ana(when), a_new_checkout(book, invoices, **changes)
    )


def checkout_now(book: Book, checkout: Checkout) -> Checkout:
    """Return the checkout as it stands now."""
    return found(book.ports, checkout_ref(checkout.id))
