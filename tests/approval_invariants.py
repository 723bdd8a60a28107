"""What must hold of approvals: in the books as they stand, and in each commit that issues."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chalicelib.domain.approval import Approval
from chalicelib.domain.base import Record
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer
from chalicelib.domain.invoice import Invoice

if TYPE_CHECKING:
    from tests.invariants import Books

AccountKey = tuple[str, str]
_ACTIONS = {
    "approved": "approval_given",
    "rejected": "approval_rejected",
    "withdrawn": "approval_withdrawn",
}


def assert_approvals_hold(books: "Books") -> None:
    """Check that an invoice names what waits on it, and that nobody answered themselves."""
    waiting: dict[str, list[str]] = defaultdict(list)
    given: Counter[str] = Counter()
    for one in books.all(Approval):
        if one.state == "waiting":
            waiting[one.invoice_id].append(one.id)
            assert (one.decided_by, one.decided_at, one.note) == (None, None, None)
            continue
        assert one.decided_at is not None
        is_own = one.decided_by == one.requested_by
        assert is_own == (one.state == "withdrawn"), one
        given[one.invoice_id] += one.state == "approved" and one.what == "issue"
    for invoice in books.all(Invoice):
        assert waiting.pop(invoice.id, []) == [one for one in [invoice.approval_id] if one]
        if invoice.state == "pending_approval":
            assert (invoice.number, invoice.open_minor, invoice.issued_at) == (None, 0, None)
            assert invoice.approval_id is not None
        assert given.pop(invoice.id, 0) <= (invoice.number is not None)
    assert dict(waiting) == {}
    assert +given == Counter()


def audit_of_approvals(books: "Books") -> Counter[tuple[str, str]]:
    """Return the audit entries that the approvals must have left, by action and invoice."""
    expected: Counter[tuple[str, str]] = Counter()
    for one in books.all(Approval):
        expected["approval_requested", one.invoice_id] += 1
        if one.state != "waiting":
            expected[_ACTIONS[one.state], one.invoice_id] += 1
    for action in ("approval_requested", *_ACTIONS.values()):
        expected[action, ""] = 0
    return expected


@dataclass
class ApprovalHistory:
    """What was known of rules and limits before a commit."""

    company: Company | None = None
    customers: dict[str, Customer] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)

    def check(self, records: Sequence[Record], exposure_of: Callable[[AccountKey], int]) -> None:
        """Check that a document which needed approval has it in the very commit that issues it.

        ``exposure_of`` tells what is open less what is unapplied after the commit.
        """
        for record in records:
            if not isinstance(record, Invoice) or record.number is None:
                continue
            if record.id not in self.numbered:
                self.numbered.add(record.id)
                self._was_allowed(record, records, exposure_of)
        self._remember(records)

    def _was_allowed(
        self,
        invoice: Invoice,
        records: Iterable[Record],
        exposure_of: Callable[[AccountKey], int],
    ) -> None:
        reasons = self._reasons(invoice, exposure_of)
        given = [one for one in records if isinstance(one, Approval) and one.state == "approved"]
        if not reasons:
            return
        assert [one.invoice_id for one in given] == [invoice.id], f"{invoice.number}: {reasons}"
        (approval,) = given
        assert (approval.what, approval.amount_minor) == ("issue", invoice.total_minor)
        assert approval.requested_by != approval.decided_by
        if "credit_limit" in reasons:
            assert "credit_limit" in approval.reasons

    def _reasons(self, invoice: Invoice, exposure_of: Callable[[AccountKey], int]) -> list[str]:
        if self.company is None:
            return []
        facts: dict[str, Any] = {
            "what": "issue",
            "currency": invoice.currency,
            "customer_id": invoice.customer_id,
            "series": invoice.series,
        }
        found = [
            "rule"
            for rule in self.company.approval_rules
            if invoice.total_minor > rule.over_minor
            and all(getattr(rule, name) in (None, value) for name, value in facts.items())
        ]
        customer = self.customers[invoice.customer_id]
        limit = customer.credit_limit_minor
        is_limited = limit is not None and customer.currency == invoice.currency
        if self.company.credit_limit_action == "block" and is_limited and invoice.total_minor:
            exposure_minor = exposure_of((invoice.customer_id, invoice.currency))
            found += ["credit_limit"] if exposure_minor > (limit or 0) else []
        return found

    def _remember(self, records: Iterable[Record]) -> None:
        for record in records:
            if isinstance(record, Company):
                self.company = record
            elif isinstance(record, Customer):
                self.customers[record.id] = record
