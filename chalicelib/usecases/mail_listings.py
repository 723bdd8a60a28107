"""The questions about mails that indexes answer: messages, statements, texts, mail to staff."""

from datetime import date, datetime

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.deliverability import MailCounts
from chalicelib.domain.mail_template import MailTemplate, MailTemplateVersion
from chalicelib.domain.message import Message
from chalicelib.domain.policy import PolicyVersion
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.domain.statement_run import StatementChunk, StatementRun
from chalicelib.usecases.ports import Listing

_UP_TO = "~"  # sorts after everything that follows a date or an instant in a sort key


def messages_in(state: str, before: datetime | None = None) -> Listing[Message]:
    """Return the messages in a state, oldest first; those since before an instant."""
    bound = rfc3339(before) if before else None
    return Listing(Message, "messages_in_state", (state,), before=bound)


def latest_messages_in(state: str, until: str | None = None) -> Listing[Message]:
    """Return the messages in a state, newest first; those up to a place in that order."""
    name = "messages_in_state"
    return Listing(Message, name, (state,), before=until, newest_first=True)


def mail_counts(month: str, after: date, until: date) -> Listing[MailCounts]:
    """Return how many mails reached what on the days of a month after one and up to another."""
    before = f"{until.isoformat()}{_UP_TO}"
    return Listing(MailCounts, "mail_counts", (month,), after=after.isoformat(), before=before)


def letters_in(state: str) -> Listing[Message]:
    """Return the letters on paper in a state, oldest first."""
    return Listing(Message, "messages_in_state", (state,), where=(("channel", "letter"),))


def messages() -> Listing[Message]:
    """Return all messages, newest first."""
    return Listing(Message, "messages", newest_first=True)


def messages_of(customer_id: str) -> Listing[Message]:
    """Return a customer's messages, newest first."""
    return Listing(Message, "messages_of_customer", (customer_id,), newest_first=True)


def untold() -> Listing[AuditEntry]:
    """Return the changes of which only staff have still to be told, oldest first."""
    return Listing(AuditEntry, "untold")


def untold_and_unannounced() -> Listing[AuditEntry]:
    """Return the changes of which neither staff nor other systems know yet, oldest first."""
    return Listing(AuditEntry, "untold_and_unannounced")


def staff_mails_waiting(before: datetime) -> Listing[StaffMail]:
    """Return the mails to staff that somebody should have seen to before an instant."""
    return Listing(StaffMail, "staff_mails_waiting", before=rfc3339(before))


def staff_mails_of(email: str) -> Listing[StaffMail]:
    """Return the mails to a member of staff, latest day first."""
    return Listing(StaffMail, "staff_mails_of", (email,), newest_first=True)


def statement_chunks_due(until: datetime) -> Listing[StatementChunk]:
    """Return the customers of monthly statements that are to be looked at by an instant."""
    return Listing(StatementChunk, "statement_chunks_due", before=f"{rfc3339(until)}{_UP_TO}")


def statement_runs() -> Listing[StatementRun]:
    """Return the months whose statements were planned, in order."""
    return Listing(StatementRun, "statement_runs")


def policy_versions(policy_id: str) -> Listing[PolicyVersion]:
    """Return all dunning policies."""
    return Listing(PolicyVersion, "policy_versions", (policy_id,))


def mail_templates() -> Listing[MailTemplate]:
    """Return all texts of mails that staff have touched."""
    return Listing(MailTemplate, "mail_templates")


def versions_of_template(place: str) -> Listing[MailTemplateVersion]:
    """Return the versions of a text, the latest first."""
    return Listing(MailTemplateVersion, "versions_of_template", (place,), newest_first=True)
