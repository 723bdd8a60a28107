"""Make a draft invoice of a late charge: a line each for interest, compensation and fee, no tax.

The draft is issued like any other; the late invoice and its balance stay as they are.
"""

from decimal import Decimal

from chalicelib.domain.errors import StateConflict
from chalicelib.domain.invoice import Invoice, LineInput
from chalicelib.domain.late_charge import NOT_FOR_CONSUMERS, LateCharge
from chalicelib.domain.late_words import compensation_line, derivation_note, fee_line, interest_line
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.draft_invoice import NewInvoice, draft_for, save_draft
from chalicelib.usecases.late_charges import as_read, open_charge, said
from chalicelib.usecases.late_file import LateFile
from chalicelib.usecases.ports import Ports, Replace


def invoice_late_charge(
    ports: Ports, context: Context, of_charge: str, *, expected_version: int | None
) -> LateCharge:
    """Make the draft and return the charge, which names it; both or neither.

    A charge that today's book supports only in part is lowered first. StateConflict when it was
    waived or invoiced before, when by today's book nothing was late, or for a consumer. If the
    draft is thrown away, another can be made.
    """

    def attempt() -> LateCharge:
        file, claimed = open_charge(ports, of_charge, expected_version)
        charge = _supported(file, claimed)
        draft = _draft(ports, context, file, charge)
        after = charge.next(
            state="invoiced",
            charge_invoice_id=draft.id,
            decided_at=context.at,
            decided_by=context.actor.id,
        )
        writes = [
            Replace(after),
            *save_draft(ports, context, draft),
            *as_read(file),
            said(ports, context, "invoiced", after),
        ]
        commit(ports, context, writes, resource=f"/v1/late-charges/{of_charge}")
        return after

    return until_committed(ports, attempt)


def _supported(file: LateFile, charge: LateCharge) -> LateCharge:
    if file.customer.type == "consumer":
        raise NOT_FOR_CONSUMERS.as_conflict()
    supported = file.known_today(charge)
    if supported is None:
        raise StateConflict(
            f"By what is known today, invoice {charge.number} was not late; waive the charge.",
            code="no_longer_late",
        )
    return supported


def _draft(ports: Ports, context: Context, file: LateFile, charge: LateCharge) -> Invoice:
    language = file.customer.language
    amounts = (
        (interest_line(charge, language), charge.interest_minor),
        (compensation_line(charge, language), charge.compensation_minor),
        (fee_line(charge, language), charge.fee_minor),
    )
    new = NewInvoice(
        customer_id=charge.customer_id,
        currency=charge.currency,
        lines=[_line(text, amount_minor) for text, amount_minor in amounts if amount_minor],
        notes=derivation_note(charge, file.invoice, language),
    )
    # Whoever is late is not offered a discount for paying the charge early.
    customer = file.customer.but(discount=None)
    return draft_for(ports, context, customer, new, series=file.company.default_series)


def _line(description: str, amount_minor: int) -> LineInput:
    return LineInput(
        description=description,
        quantity=Decimal(1),
        unit_price_minor=amount_minor,
        tax_rate=Decimal(0),
    )
