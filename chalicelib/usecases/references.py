"""Keys of records, by name."""

from chalicelib.domain.account import Account
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.interest_rates import InterestRates
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.late_charge import LateCharge, charged_invoice_id
from chalicelib.domain.message import Message, Suppression, fold_address
from chalicelib.domain.money_back import MoneyBack
from chalicelib.domain.names import invoice_of
from chalicelib.domain.numbering import Series
from chalicelib.domain.payment import Payment
from chalicelib.domain.period import ClosedPeriod
from chalicelib.domain.policy import DunningBook, PolicyVersion
from chalicelib.domain.proof import ProofRun
from chalicelib.domain.recurring import RecurringInvoice, Run
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.ports import Ref

INTEREST_RATES: Ref[InterestRates] = Ref(InterestRates, ())
DUNNING: Ref[DunningBook] = Ref(DunningBook, ())


def customer_ref(customer_id: str) -> Ref[Customer]:
    """Return the key of a customer."""
    return Ref(Customer, (customer_id,))


def account_ref(customer_id: str, currency: str) -> Ref[Account]:
    """Return the key of a customer's account in a currency."""
    return Ref(Account, (customer_id, currency))


def invoice_ref(invoice_id: str) -> Ref[Invoice]:
    """Return the key of an invoice."""
    return Ref(Invoice, (invoice_id,))


def credit_note_ref(note_id: str) -> Ref[CreditNote]:
    """Return the key of a credit note, whose id names its invoice."""
    return Ref(CreditNote, (invoice_of(note_id), note_id))


def carried_ref(message: Message) -> Ref[Invoice] | Ref[CreditNote]:
    """Return the key of the document that a message carries."""
    if message.purpose == "credit_note":
        return credit_note_ref(known(message.document_id))
    return invoice_ref(known(message.document_id))


def payment_ref(payment_id: str) -> Ref[Payment]:
    """Return the key of a payment."""
    return Ref(Payment, (payment_id,))


def series_ref(code: str) -> Ref[Series]:
    """Return the key of a series."""
    return Ref(Series, (code,))


def policy_version_ref(policy_id: str, number: int) -> Ref[PolicyVersion]:
    """Return the key of a version of a dunning policy."""
    return Ref(PolicyVersion, (policy_id, str(number)))


def message_ref(customer_id: str, message_id: str) -> Ref[Message]:
    """Return the key of a message."""
    return Ref(Message, (customer_id, message_id))


def suppression_ref(address: str) -> Ref[Suppression]:
    """Return the key under which an address would be suppressed."""
    return Ref(Suppression, (fold_address(address),))


def late_charge_ref(charge_id: str) -> Ref[LateCharge]:
    """Return the key of a late charge, whose id names its invoice."""
    return Ref(LateCharge, (charged_invoice_id(charge_id), charge_id))


def work_item_ref(key: str) -> Ref[WorkItem]:
    """Return the key of a work item."""
    return Ref(WorkItem, (key,))


def money_back_ref(provider: str, payment_key: str) -> Ref[MoneyBack]:
    """Return the key of what is known of a provider's payment that went back."""
    return Ref(MoneyBack, (provider, payment_key))


def proof_ref(run_id: str) -> Ref[ProofRun]:
    """Return the key of a run of the nightly proof."""
    return Ref(ProofRun, (run_id,))


def period_ref(month: str) -> Ref[ClosedPeriod]:
    """Return the key of a closed month, ``YYYY-MM``."""
    return Ref(ClosedPeriod, (month,))


def recurring_ref(recurring_id: str) -> Ref[RecurringInvoice]:
    """Return the key of a recurring invoice."""
    return Ref(RecurringInvoice, (recurring_id,))


def run_ref(run_id: str) -> Ref[Run]:
    """Return the key of a run."""
    return Ref(Run, (run_id,))
