"""Rows of one resource that the bodies of others show too."""

from datetime import date

from chalicelib.api.schemas.base import Answer, Identifier


class CreditNoteRow(Answer):
    """A credit note in a list. What is taken back is positive.

    ``applied_minor`` lowered the invoice at issue; ``credit_minor``, the remainder, was left to the
    customer as the credit ``payment_id``.
    """

    id: Identifier
    number: str
    series: str
    invoice_id: Identifier
    invoice_number: str
    customer_id: Identifier
    customer_name: str
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    applied_minor: int
    credit_minor: int
    payment_id: Identifier
    reason: str
    issue_date: date
    mail_state: str | None
