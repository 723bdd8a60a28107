"""Where each record lives: the table key of every kind.

A kind names its class, which is imported when the first item of it is met: a cold start pays only
for the records that its work meets. ``docs/data-model.md`` shows the same as a table; a test keeps
the two in step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, cast

from chalicelib.domain.base import Record

ROOT: Final = "#"
"""The sort key of the record that a partition is named after; it sorts before all others."""

Key = tuple[str, str]
_PARTITIONS: Final = {
    "invoice": "INV",
    "customer": "CUS",
    "payment": "PAY",
    "recurring_invoice": "REC",
}


@dataclass(frozen=True)
class Home:
    """Where records of a kind live: their class, the fields of the key, and the key of these."""

    record: str
    fields: tuple[str, ...]
    key: Callable[[Sequence[str]], Key]


HOMES: Final[dict[str, Home]] = {
    "customer": Home("customer.Customer", ("id",), lambda k: (f"CUS#{k[0]}", ROOT)),
    "account": Home(
        "account.Account", ("customer_id", "currency"), lambda k: (f"CUS#{k[0]}", f"ACC#{k[1]}")
    ),
    "entry": Home(
        "ledger.Entry",
        ("customer_id", "currency", "sequence"),
        lambda k: (f"CUS#{k[0]}", f"ENT#{k[1]}#{int(k[2]):09d}"),
    ),
    "message": Home(
        "message.Message", ("customer_id", "id"), lambda k: (f"CUS#{k[0]}", f"MSG#{k[1]}")
    ),
    "name_word": Home(
        "customer.NameWord",
        ("word", "customer_id"),
        lambda k: (f"WORD#{k[0][:2]}", f"{k[0]}#{k[1]}"),
    ),
    "invoice": Home("invoice.Invoice", ("id",), lambda k: (f"INV#{k[0]}", ROOT)),
    "message_on_invoice": Home(
        "message.MessageOnInvoice",
        ("invoice_id", "message.id"),
        lambda k: (f"INV#{k[0]}", f"MSG#{k[1]}"),
    ),
    "late_charge": Home(
        "late_charge.LateCharge", ("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"LATE#{k[1]}")
    ),
    "approval": Home(
        "approval.Approval", ("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"APR#{k[1]}")
    ),
    "audit_entry": Home(
        "audit.AuditEntry",
        ("subject", "subject_id", "id"),
        lambda k: (f"{_PARTITIONS.get(k[0], 'AUD#' + k[0])}#{k[1]}", f"TL#{k[2]}"),
    ),
    "series": Home("numbering.Series", ("code",), lambda k: ("SERIES", k[0])),
    "register_entry": Home(
        "numbering.RegisterEntry",
        ("series", "sequence"),
        lambda k: (f"REG#{k[0]}", f"{int(k[1]):09d}"),
    ),
    "credit_note": Home(
        "credit_note.CreditNote", ("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"CRN#{k[1]}")
    ),
    "dispute": Home(
        "dispute.Dispute", ("invoice_id", "id"), lambda k: (f"INV#{k[0]}", f"DSP#{k[1]}")
    ),
    "promise": Home("promise.Promise", ("id",), lambda k: (f"PRM#{k[0]}", ROOT)),
    "plan": Home("promise.Plan", ("id",), lambda k: (f"PLN#{k[0]}", ROOT)),
    "hold": Home("hold.Hold", ("id",), lambda k: (f"HLD#{k[0]}", ROOT)),
    "handover": Home("handover.Handover", ("id",), lambda k: (f"HND#{k[0]}", ROOT)),
    "legal_file": Home("legal_file.LegalFile", ("id",), lambda k: (f"LGL#{k[0]}", ROOT)),
    "payment": Home("payment.Payment", ("id",), lambda k: (f"PAY#{k[0]}", ROOT)),
    "payment_key": Home(
        "provider.PaymentKey", ("provider", "payment_key"), lambda k: (f"KEY#{k[0]}#{k[1]}", ROOT)
    ),
    "provider_settings": Home(
        "provider_settings.ProviderSettings", ("provider",), lambda k: ("PROVIDERS", k[0])
    ),
    "comparison": Home("comparison.Comparison", ("id",), lambda k: (f"CMP#{k[0]}", ROOT)),
    "checkout": Home("checkout.Checkout", ("id",), lambda k: (f"CHK#{k[0]}", ROOT)),
    "money_back": Home(
        "money_back.MoneyBack",
        ("provider", "payment_key"),
        lambda k: (f"KEY#{k[0]}#{k[1]}", "BACK"),
    ),
    "inbox_event": Home(
        "provider.InboxEvent", ("provider", "event_id"), lambda k: (f"BOX#{k[0]}#{k[1]}", ROOT)
    ),
    "totals": Home("ledger.Totals", ("period", "currency", "shard"), lambda k: _totals_key(*k)),
    "mail_counts": Home(
        "deliverability.MailCounts",
        ("day", "purpose", "shard"),
        lambda k: (f"MAILS#{k[0][:7]}", f"{k[0]}#{k[1]}#{k[2]}"),
    ),
    "suppression": Home("message.Suppression", ("address",), lambda k: (f"SUP#{k[0]}", ROOT)),
    "work_item": Home("work.WorkItem", ("key",), lambda k: (f"WRK#{k[0]}", ROOT)),
    "recurring_invoice": Home(
        "recurring.RecurringInvoice", ("id",), lambda k: (f"REC#{k[0]}", ROOT)
    ),
    "run": Home("recurring.Run", ("id",), lambda k: (f"RUN#{k[0]}", ROOT)),
    "proof_run": Home("proof.ProofRun", ("id",), lambda k: (f"PRF#{k[0]}", ROOT)),
    "proof_finding": Home(
        "proof.ProofFinding", ("run_id", "key"), lambda k: (f"PRF#{k[0]}", f"FND#{k[1]}")
    ),
    "closed_period": Home("period.ClosedPeriod", ("month",), lambda k: ("PERIODS", k[0])),
    "statement_run": Home("statement_run.StatementRun", ("month",), lambda k: ("STATEMENTS", k[0])),
    "statement_chunk": Home(
        "statement_run.StatementChunk", ("id",), lambda k: (f"STC#{k[0]}", ROOT)
    ),
    "import_run": Home("import_run.Import", ("id",), lambda k: (f"IMP#{k[0]}", ROOT)),
    "remembered_columns": Home(
        "import_run.RememberedColumns",
        ("what", "fingerprint"),
        lambda k: ("IMPORTCOLUMNS", f"{k[0]}#{k[1]}"),
    ),
    "imported_number": Home(
        "import_run.ImportedNumber", ("key",), lambda k: (f"IMPORTED#{k[0][:2]}", k[0])
    ),
    "company": Home("company.Company", (), lambda _: ("COMPANY", ROOT)),
    "interest_rates": Home("interest_rates.InterestRates", (), lambda _: ("RATES", ROOT)),
    "mail_template": Home(
        "mail_template.MailTemplate",
        ("id", "language", "segment"),
        lambda k: ("TPL", f"{k[0]}#{k[1]}#{k[2]}"),
    ),
    "mail_template_version": Home(
        "mail_template.MailTemplateVersion",
        ("place", "number"),
        lambda k: (f"TPLV#{k[0]}", k[1].zfill(9)),
    ),
    "mail_trials": Home(
        "mail_trials.MailTrials", ("actor_id",), lambda k: (f"TRIALS#{k[0]}", ROOT)
    ),
    "dunning_book": Home("policy.DunningBook", (), lambda _: ("DUNNING", ROOT)),
    "policy_version": Home(
        "policy.PolicyVersion",
        ("policy_id", "number"),
        lambda k: (f"POLICY#{k[0]}", f"{int(k[1]):06d}"),
    ),
    "webhook_endpoint": Home(
        "webhook_endpoint.WebhookEndpoint", ("id",), lambda k: ("WEBHOOKS", k[0])
    ),
    "webhook_delivery": Home(
        "webhook_delivery.WebhookDelivery",
        ("endpoint_id", "event_id"),
        lambda k: (f"WHD#{k[0]}#{k[1]}", ROOT),
    ),
    "webhook_attempt": Home(
        "webhook_delivery.WebhookAttempt",
        ("endpoint_id", "event_id", "number"),
        lambda k: (f"WHD#{k[0]}#{k[1]}", f"TRY#{int(k[2]):06d}"),
    ),
    "api_key": Home("identity.ApiKey", ("hash",), lambda k: (f"APIKEY#{k[0]}", ROOT)),
    "person": Home("identity.Person", ("email",), lambda k: ("PEOPLE", k[0])),
    "staff_mail": Home(
        "staff_mail.StaffMail", ("email", "id"), lambda k: (f"STAFFMAIL#{k[0]}", k[1])
    ),
    "morning_round": Home("staff_mail.MorningRound", (), lambda _: ("MORNING", ROOT)),
    "portal_link": Home("portal.PortalLink", ("id",), lambda k: (f"PLK#{k[0]}", ROOT)),
    "portal_file": Home(
        "portal.PortalFile", ("customer_id", "id"), lambda k: (f"UPLOADS#{k[0]}", k[1])
    ),
    "email_request": Home(
        "portal.EmailRequest",
        ("customer_id", "contact_id"),
        lambda k: (f"CUS#{k[0]}", f"EML#{k[1]}"),
    ),
    "session": Home("identity.Session", ("hash",), lambda k: (f"SESSION#{k[0]}", ROOT)),
    "sign_in_attempt": Home(
        "identity.SignInAttempt", ("state_hash",), lambda k: (f"SIGNIN#{k[0]}", ROOT)
    ),
    "idempotency": Home(
        "access.IdempotencyRecord", ("actor_id", "key"), lambda k: (f"IDEM#{k[0]}#{k[1]}", ROOT)
    ),
}
"""By kind. The class is named by its module in chalicelib.domain."""

MONTHS: Final = "TOTALS#M"
_MONTH_LENGTH: Final = len("2026-01")


def _totals_key(period: str, currency: str, shard: str) -> Key:
    is_month = len(period) == _MONTH_LENGTH
    partition = MONTHS if is_month else f"TOTALS#D#{period[:_MONTH_LENGTH]}"
    return partition, f"{period}#{currency}#{shard}"


@cache
def record_of(kind: str) -> type[Record] | None:
    """Return the class of the records of a kind, imported at need; None for a kind unknown."""
    home = HOMES.get(kind)
    if home is None:
        return None
    module, _, name = home.record.partition(".")
    return cast("type[Record]", getattr(import_module(f"chalicelib.domain.{module}"), name))


def all_records() -> tuple[type[Record], ...]:
    """Return every class of record that the table holds."""
    return tuple(record for kind in HOMES if (record := record_of(kind)) is not None)


def key_of(record: Record) -> Key:
    """Return the table key of a record."""
    home = HOMES[record.kind]
    return home.key([str(_value(record, field)) for field in home.fields])


def _value(record: Record, field: str) -> Any:
    value: Any = record
    for name in field.split("."):
        value = getattr(value, name)
    return value
