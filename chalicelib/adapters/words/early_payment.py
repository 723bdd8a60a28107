"""The early-payment discount in a sentence, the same on paper and in a mail."""

from chalicelib.adapters.words import words_in
from chalicelib.domain.discount import DiscountOffer, offer, payable
from chalicelib.domain.formatting import amount, percent, short_date
from chalicelib.domain.invoice import Invoice


def offer_as_issued(invoice: Invoice) -> str | None:
    """Return the discount that the invoice says it grants; None when there is none."""
    if invoice.discount is None or invoice.issue_date is None:
        return None
    granted = offer(
        invoice.discount,
        invoice.issue_date,
        total_minor=invoice.total_minor,
        net_minor=invoice.net_minor,
    )
    return _sentence(invoice, granted, invoice.total_minor)


def offer_still_open(invoice: Invoice) -> str | None:
    """Return the discount on what is still open; None when there is none to be had."""
    return _sentence(invoice, invoice.offer, invoice.open_minor)


def _sentence(invoice: Invoice, granted: DiscountOffer | None, open_minor: int) -> str | None:
    if granted is None or invoice.discount is None:
        return None
    needed_minor = payable(granted, open_minor, granted.until)
    if not 0 < needed_minor < open_minor:
        return None
    return words_in(invoice.language).early_payment.format(
        rate=percent(invoice.discount.rate, invoice.language),
        date=short_date(granted.until, invoice.language),
        amount=amount(needed_minor, invoice.currency, invoice.language),
    )
