"""Which index answers which question: every listing of the use cases, by name."""

from dataclasses import dataclass
from typing import Final

from chalicelib.adapters.dynamodb.homes import MONTHS


@dataclass(frozen=True)
class Index:
    """Which index answers a listing: its partition, made of the scope, and a sort key prefix."""

    name: str | None
    partition: str
    prefix: str = ""


LISTINGS: Final[dict[str, Index]] = {
    "invoices": Index("GSI3", "INVOICES"),
    "invoices_in_class": Index("GSI1", "INVOICES#{0}"),
    "invoices_of_customer": Index("GSI2", "CUS#{0}", "INV#"),
    "invoices_of_customer_in_class": Index("GSI2", "CUS#{0}", "INV#{1}#"),
    "register": Index(None, "REG#{0}"),
    "register_by_amount": Index("GSI1", "AMOUNT#{0}"),
    "series": Index(None, "SERIES"),
    "customers": Index("GSI3", "CUSTOMERS"),
    "customers_by_word": Index(None, "WORD#{0}"),
    "accounts_of_customer": Index(None, "CUS#{0}", "ACC#"),
    "accounts_due": Index("GSI1", "DUE#{0}"),
    "debtors": Index("GSI3", "DEBTORS#{0}"),
    "entries": Index(None, "CUS#{0}", "ENT#{1}#"),
    "payments": Index("GSI3", "PAYMENTS"),
    "payments_of_customer": Index("GSI2", "CUS#{0}", "PAY#"),
    "payments_unapplied": Index("GSI1", "PAYMENTS#unapplied"),
    "credits": Index("GSI3", "CREDITS"),
    "credit_notes": Index("GSI3", "CREDITNOTES"),
    "credit_notes_of_customer": Index("GSI2", "CUS#{0}", "CRN#"),
    "disputes": Index("GSI3", "DISPUTES"),
    "disputes_in_state": Index("GSI1", "DISPUTES#{0}"),
    "disputes_of_customer": Index("GSI2", "CUS#{0}", "DSP#"),
    "promises": Index("GSI3", "PROMISES"),
    "promises_in_state": Index("GSI1", "PROMISES#{0}"),
    "promises_of_customer": Index("GSI2", "CUS#{0}", "PRM#"),
    "plans": Index("GSI3", "PLANS"),
    "plans_in_state": Index("GSI1", "PLANS#{0}"),
    "plans_of_customer": Index("GSI2", "CUS#{0}", "PLN#"),
    "holds": Index("GSI3", "HOLDS"),
    "holds_in_state": Index("GSI1", "HOLDS#{0}"),
    "holds_of_customer": Index("GSI2", "CUS#{0}", "HLD#"),
    "handovers": Index("GSI3", "HANDOVERS"),
    "handovers_in_state": Index("GSI1", "HANDOVERS#{0}"),
    "handovers_of_customer": Index("GSI2", "CUS#{0}", "HND#"),
    "legal_files_waiting": Index("GSI1", "LEGALFILES#waiting"),
    "legal_files_of_customer": Index("GSI2", "CUS#{0}", "LGL#"),
    "journal": Index("GSI3", "JOURNAL#{0}"),
    "messages": Index("GSI3", "MESSAGES"),
    "messages_in_state": Index("GSI1", "MESSAGES#{0}"),
    "mail_counts": Index(None, "MAILS#{0}"),
    "messages_of_customer": Index("GSI2", "CUS#{0}", "MSG#"),
    "timeline_of_customer": Index("GSI2", "CUS#{0}", "TL#"),
    "audit": Index("GSI3", "AUDIT#{0}"),
    "untold": Index("GSI1", "UNTOLD"),
    "staff_mails_waiting": Index("GSI1", "STAFFMAIL#waiting"),
    "staff_mails_of": Index(None, "STAFFMAIL#{0}"),
    "late_charges": Index("GSI3", "LATE"),
    "late_charges_in_state": Index("GSI1", "LATE#{0}"),
    "late_charges_of_customer": Index("GSI2", "CUS#{0}", "LATE#"),
    "approvals": Index("GSI1", "APPROVALS#{0}"),
    "work_open": Index("GSI1", "WORK#open"),
    "work_done": Index("GSI1", "WORK#done"),
    "inbox_received": Index("GSI1", "INBOX#received"),
    "recurring": Index("GSI3", "RECURRING"),
    "recurring_in_state": Index("GSI1", "RECURRING#{0}"),
    "recurring_of_customer": Index("GSI2", "CUS#{0}", "REC#"),
    "runs": Index("GSI3", "RUNS"),
    "runs_in_state": Index("GSI1", "RUNS#{0}"),
    "runs_of_recurring": Index("GSI2", "REC#{0}", "RUN#"),
    "proofs": Index("GSI3", "PROOFS"),
    "findings_of_proof": Index(None, "PRF#{0}", "FND#"),
    "closed_periods": Index(None, "PERIODS"),
    "statement_chunks_due": Index("GSI1", "STATEMENTS#waiting"),
    "statement_runs": Index(None, "STATEMENTS"),
    "totals_of_months": Index(None, MONTHS),
    "totals_of_days": Index(None, "TOTALS#D#{0}"),
    "policy_versions": Index(None, "POLICY#{0}"),
    "mail_templates": Index(None, "TPL"),
    "versions_of_template": Index(None, "TPLV#{0}"),
    "api_keys": Index("GSI3", "APIKEYS"),
    "people": Index(None, "PEOPLE"),
}
