"""Issue an invoice: give it its number, freeze it, post what is owed. All in one transaction.

Or ask a second person first, when a rule or the credit limit wants one.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from chalicelib.domain.approval import Approval, Reason
from chalicelib.domain.errors import StateConflict, known
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_terms import has_long_terms
from chalicelib.domain.money import major
from chalicelib.domain.recurring import Run
from chalicelib.usecases.approvals import Ask, Carried, approval_needed, request_approval
from chalicelib.usecases.context import Context, commit, until_committed
from chalicelib.usecases.draft_invoice import editable
from chalicelib.usecases.issuing import Issue, issue_writes, prepare_issue
from chalicelib.usecases.ports import Ports, Write
from chalicelib.usecases.run_of_draft import run_of_issued, without_run
from chalicelib.usecases.send_document import first_mail, queue_message


@dataclass(frozen=True, kw_only=True)
class IssueOrder:
    """What is wanted besides the issue.

    ``send`` queues the mail that carries the invoice. ``ask_approval`` asks a second person where
    the credit limit would otherwise refuse.
    """

    send: bool = False
    ask_approval: bool = False


PLAIN: Final = IssueOrder()


def issue_invoice(
    ports: Ports,
    context: Context,
    invoice_id: str,
    *,
    expected_version: int | None,
    order: IssueOrder = PLAIN,
    by_run: Run | None = None,
) -> Invoice:
    """Issue a draft, by hand or by its run, and return it; or return it as ``pending_approval``.

    StateConflict when it is not a draft, waits for approval, lies before the last of its series or
    exceeds a credit limit that blocks; Busy when the series stays contended. Issuing what is
    issued already is refused, never repeated. A mail that cannot go out does not stop the issue:
    the audit entry warns of it, as of an exceeded limit that only warns.
    """

    def attempt() -> Carried:
        draft = editable(ports, invoice_id, expected_version)
        issue = prepare_issue(ports, context, without_run(draft, by_run))
        reasons = _reasons(issue, order)
        if reasons:
            carried = _asked(ports, context, draft, issue, order, reasons)
        else:
            carried = _carried_out(ports, context, issue, order)
        writes = list(carried.writes)
        if by_run is not None or not reasons:
            writes += run_of_issued(ports, context, draft, carried.invoice, by_run=by_run)
        commit(ports, context, writes, resource=f"/v1/invoices/{invoice_id}")
        return carried

    carried = until_committed(ports, attempt)
    if carried.mail is not None:
        queue_message(ports, carried.mail)
    return carried.invoice


def carry_out_issue(ports: Ports, context: Context, draft: Invoice, approval: Approval) -> Carried:
    """Return the issue that was approved. It may exceed the limit if that was the question."""
    issue = prepare_issue(ports, context, without_run(draft, None))
    if _is_blocked(issue) and "credit_limit" not in approval.reasons:
        raise _over_limit(issue)
    order = IssueOrder(send=bool(approval.request.get("send")))
    carried = _carried_out(ports, context, issue, order)
    of_run = run_of_issued(ports, context, draft, carried.invoice, by_run=None)
    return replace(carried, writes=[*carried.writes, *of_run])


def _reasons(issue: Issue, order: IssueOrder) -> tuple[Reason, ...]:
    draft = issue.draft
    is_rule = approval_needed(
        issue.desk.company,
        "issue",
        amount_minor=draft.total_minor,
        currency=draft.currency,
        customer_id=draft.customer_id,
        series=draft.series,
    )
    is_blocked = _is_blocked(issue)
    if is_blocked and not order.ask_approval:
        raise _over_limit(issue)
    wanted: dict[Reason, bool] = {"rule": is_rule, "credit_limit": is_blocked}
    return tuple(reason for reason, is_wanted in wanted.items() if is_wanted)


def _is_blocked(issue: Issue) -> bool:
    return issue.is_over_limit and issue.desk.company.credit_limit_action == "block"


def _over_limit(issue: Issue) -> StateConflict:
    draft, exposure = issue.draft, issue.exposure
    total, after, limit = (
        f"{major(amount, draft.currency):,f} {draft.currency}"
        for amount in (draft.total_minor, exposure.exposure_minor, exposure.limit_minor or 0)
    )
    return StateConflict(
        f"With this invoice over {total}, {issue.desk.customer.name} would owe {after} net of "
        f"unapplied money; the credit limit is {limit}. Ask for approval to exceed it.",
        code="credit_limit",
    )


def _asked(
    ports: Ports,
    context: Context,
    draft: Invoice,
    issue: Issue,
    order: IssueOrder,
    reasons: tuple[Reason, ...],
) -> Carried:
    # The draft as it was stored: what waits is still scheduled, until it is issued.
    ask = Ask(
        what="issue",
        amount_minor=draft.total_minor,
        reasons=reasons,
        request={"send": order.send, **_exposure(issue)},
    )
    after, writes = request_approval(ports, context, draft, ask)
    return Carried(invoice=after, writes=writes)


def _exposure(issue: Issue) -> dict[str, Any]:
    if not issue.is_over_limit:
        return {}
    exposure = issue.exposure
    return {"exposure_minor": exposure.exposure_minor, "limit_minor": exposure.limit_minor}


def _warnings(issue: Issue) -> list[str]:
    document, desk = issue.document, issue.desk
    issued_on, due_on = known(document.issue_date), known(document.due_date)
    is_long = has_long_terms(desk.customer, desk.company.country, issued_on, due_on)
    said = {"credit_limit": issue.is_over_limit, "long_terms": is_long}
    return [code for code, is_said in said.items() if is_said]


def _carried_out(ports: Ports, context: Context, issue: Issue, order: IssueOrder) -> Carried:
    document, mail = issue.document, None
    mail_writes: list[Write] = []
    warnings = _warnings(issue)
    if order.send:
        try:
            document, mail, mail_writes = first_mail(ports, context, document, issue.desk.customer)
        except StateConflict as refusal:
            warnings.append(refusal.code)
    facts = _exposure(issue) | ({"warnings": warnings} if warnings else {})
    writes = [*issue_writes(ports, context, issue, document, facts), *mail_writes]
    return Carried(invoice=document, writes=writes, mail=mail)
