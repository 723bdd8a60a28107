"""Which words a language must have. Braces are blanks; a page says ``{{nb}}`` for its number."""

from typing import NamedTuple


class Words(NamedTuple):
    """Every label of mails and documents in one language."""

    # What documents are called, and the facts at their head.
    invoice: str
    credit_note: str
    draft: str
    void: str
    bill_to: str
    number: str
    issued: str
    due: str
    corrects: str
    purchase_order: str
    currency: str
    tax_id: str
    total_to_pay: str
    total_credited: str
    due_on: str
    void_on: str
    early_payment: str

    # Lines and sums.
    description: str
    correction_of: str
    quantity: str
    unit_price: str
    discount: str
    tax: str
    subtotal: str
    tax_on: str
    total: str
    applied_to: str
    left_as_credit: str

    # How to pay, and the foot.
    how_to_pay: str
    transfer_to: str
    holder: str
    reference: str
    reference_of_many: str
    amount: str
    scan: str
    name_reference: str
    notes: str
    reason: str
    page: str
    fingerprint: str

    # Letters.
    greeting: str
    greeting_friendly: str
    regards: str
    regards_friendly: str
    regards_firm: str
    to_pay: str
    view_and_pay: str
    view_account: str
    open: str
    of_total: str
    total_open: str
    of_it_overdue: str
    unapplied: str
    overdue_since: str
    first_due_on: str
    more_of_one: str
    more_of_many: str
    today: str
    tomorrow: str
    yesterday: str
    days_ahead: str
    days_ago: str
