"""Which words mails to staff need in every language: notices and the morning's digest."""

from typing import NamedTuple

from chalicelib.domain.notice_wishes import NoticeKind

Count = tuple[str, str]
"""What stands for one, and for many with their ``{count}``."""


class StaffWords(NamedTuple):
    """Every label of mails to staff in one language. Braces are blanks."""

    kinds: dict[NoticeKind, str]
    single: dict[NoticeKind, str]
    counted: dict[NoticeKind, Count]
    notes: dict[str, str]
    methods: dict[str, str]
    approvals: dict[str, str]
    work: dict[str, str]
    other_work: str
    notices: str
    unidentified: str
    unapplied: str
    more: str
    digest: str
    received_since: str
    received_yesterday: str
    received: str
    payers: Count
    overdue: str
    overdue_total: str
    overdue_in: str
    overdue_now: str
    unchanged: str
    risen: str
    fallen: str
    promised_today: str
    promises_broken: str
    disputes_opened: str
    disputes_late: str
    promised_for: str
    deadline: str
    goes_out: str
    reminders: Count
    waiting: str
    approvals_waiting: str
    open_app: str
    why: str
    why_digest: str
    change: str
