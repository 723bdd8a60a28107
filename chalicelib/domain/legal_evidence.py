"""What proves a claim, and the tables that it is told in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.credit_note import CreditNote
from chalicelib.domain.csv_table import Cell, csv_table
from chalicelib.domain.customer import Language
from chalicelib.domain.dispute import Dispute
from chalicelib.domain.handover import Handover
from chalicelib.domain.hold import Hold
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.journal_words import KINDS
from chalicelib.domain.ledger import Entry
from chalicelib.domain.legal_file import LegalClaim
from chalicelib.domain.legal_words import HEADINGS, NO_INTEREST, PURPOSES, REFUSALS, STATES
from chalicelib.domain.message import Message
from chalicelib.domain.money import major
from chalicelib.domain.payment import Payment
from chalicelib.domain.promise import Plan, Promise

Agreement = Dispute | Promise | Plan | Hold | Handover


@dataclass(frozen=True)
class InvoiceEvidence:
    """One invoice with everything that is stored with it."""

    invoice: Invoice
    notes: Sequence[CreditNote]
    audit: Sequence[AuditEntry]


@dataclass(frozen=True)
class Evidence:
    """Everything about a claim, in a fixed order. ``messages`` are those about its invoices."""

    claim: LegalClaim
    invoices: Sequence[InvoiceEvidence]
    messages: Sequence[Message]
    payments: Sequence[Payment]
    agreements: Sequence[Agreement]
    entries: Sequence[Entry]

    @property
    def numbers(self) -> dict[str, str]:
        """The numbers of the invoices by id."""
        return {one.invoice.id: one.invoice.number or one.invoice.id for one in self.invoices}


def evidence_tables(evidence: Evidence, files: dict[str, str]) -> Iterable[tuple[str, bytes]]:
    """Return the tables by name (see legal_words); ``files`` tells where a message's text lies."""
    language = evidence.claim.language
    tables: dict[str, Iterable[Sequence[Cell]]] = {
        "claim": _claim(evidence.claim, language),
        "interest": _interest(evidence.claim),
        "payments": _payments(evidence),
        "message_list": _messages(evidence, files, language),
        "fates": _fates(evidence.messages, language),
        "agreements": [_agreement(one, evidence.numbers) for one in evidence.agreements],
        "ledger": _ledger(evidence, language),
        "audit": _audit(evidence.invoices),
    }
    for name, rows in tables.items():
        yield name, csv_table(HEADINGS[language][name], rows, language)


def _claim(claim: LegalClaim, language: Language) -> Iterable[Sequence[Cell]]:
    for row in claim.rows:
        amounts = [
            major(amount, claim.currency)
            for amount in (row.total_minor, row.settled_minor, row.open_minor)
        ]
        claimed = [
            major(amount, claim.currency)
            for amount in (
                row.interest_minor,
                row.compensation_minor,
                row.fee_minor,
                row.total_claimed_minor,
            )
        ]
        yield [
            row.number,
            row.issue_date,
            row.due_date,
            *amounts,
            row.days_late,
            *claimed,
            claim.currency,
            remark(row.refusal, language),
        ]


def remark(refusal: str | None, language: Language) -> str:
    """Return why an invoice bears no interest, in words; empty when it does."""
    return "" if refusal is None else REFUSALS[language].get(refusal, NO_INTEREST[language])


def _interest(claim: LegalClaim) -> Iterable[Sequence[Cell]]:
    for row in claim.rows:
        for one in row.segments:
            yield [
                row.number,
                one.from_day,
                one.until_day,
                one.days,
                major(one.principal_minor, claim.currency),
                one.annual_rate,
                one.source,
                major(one.interest_minor, claim.currency),
            ]


def _payments(evidence: Evidence) -> Iterable[Sequence[Cell]]:
    for payment in evidence.payments:
        for one in payment.allocations:
            if one.invoice_id in evidence.numbers:
                yield [
                    payment.id,
                    payment.received_on,
                    payment.method,
                    payment.reference,
                    major(payment.amount_minor, payment.currency),
                    one.number,
                    major(one.settled_minor, payment.currency),
                    one.effective_on,
                    one.posted_at,
                ]


def _messages(
    evidence: Evidence, files: dict[str, str], language: Language
) -> Iterable[Sequence[Cell]]:
    for one in evidence.messages:
        numbers = [evidence.numbers[name] for name in one.invoice_ids if name in evidence.numbers]
        yield [
            one.id,
            PURPOSES[language].get(one.purpose, one.purpose),
            one.channel,
            one.step,
            one.to,
            ", ".join(one.cc),
            one.subject,
            " ".join(numbers),
            major(one.amount_minor, one.currency),
            STATES[language].get(one.state, one.state),
            one.reason,
            one.created_at,
            one.claimed_at,
            one.posting.on if one.posting else one.sent_at,
            one.posting.tracking if one.posting else one.provider_message_id,
            files.get(one.id, ""),
        ]


def _fates(messages: Iterable[Message], language: Language) -> Iterable[Sequence[Cell]]:
    for message in messages:
        for fate in message.fates:
            what = STATES[language].get(fate.what, fate.what)
            yield [message.id, what, fate.at, fate.address, fate.detail]


def _agreement(one: Agreement, numbers: dict[str, str]) -> Sequence[Cell]:
    told = [numbers[name] for name in invoices_of(one) if name in numbers]
    amount = one.amount_minor
    return [
        one.kind,
        one.id,
        one.state,
        " ".join(told),
        None if amount is None else major(amount, one.currency),
        _until(one),
        _text(one),
        getattr(one, "outcome", None),
        one.created_at,
        one.created_by,
        one.resolved_at if isinstance(one, Dispute) else one.ended_at,
    ]


def invoices_of(one: Agreement) -> Sequence[str]:
    """Return the invoices that an agreement names; none: it is about the whole account."""
    return (one.invoice_id,) if isinstance(one, Dispute) else one.invoice_ids


def _until(one: Agreement) -> date | None:
    if isinstance(one, Dispute):
        return one.deadline
    if isinstance(one, Promise):
        return one.promised_on
    if isinstance(one, Plan):
        return one.instalments[-1].due_on if one.instalments else None
    return one.until if isinstance(one, Hold) else None


def _text(one: Agreement) -> str:
    first = one.to_name if isinstance(one, Handover) else getattr(one, "reason", "")
    return " · ".join(text for text in (first, one.note) if text)


def _ledger(evidence: Evidence, language: Language) -> Iterable[Sequence[Cell]]:
    balance = 0
    currency = evidence.claim.currency
    for entry in evidence.entries:
        for line in entry.lines:
            balance += line.open_delta_minor
            yield [
                entry.sequence,
                entry.posted_at,
                entry.posted_by,
                KINDS[language].get(entry.what, entry.what),
                entry.reference,
                line.effective_on,
                evidence.numbers.get(line.invoice_id or "", line.invoice_id),
                major(line.open_delta_minor, currency),
                major(line.unapplied_delta_minor, currency),
                major(balance, currency),
            ]


def _audit(invoices: Iterable[InvoiceEvidence]) -> Iterable[Sequence[Cell]]:
    for one in invoices:
        for entry in one.audit:
            facts = "; ".join(f"{name}: {_plain(value)}" for name, value in entry.facts.items())
            yield [one.invoice.number, entry.at, entry.by_name, entry.action, facts]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
