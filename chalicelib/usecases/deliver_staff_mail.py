"""Send one mail to a member of staff: a last look, a claim, one attempt, an honest outcome.

The protocol is that of customers' mails (``deliver.py``). A mail claimed here is never sent again
by a machine unless the provider surely refused it.
"""

from chalicelib.domain.calendar import local_date
from chalicelib.domain.company import Company, unnamed_company
from chalicelib.domain.identity import Person
from chalicelib.domain.message import Suppression
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.usecases.contents import MailContent, OutgoingMail
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.people import person_ref
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports, Replace, Require
from chalicelib.usecases.references import suppression_ref
from chalicelib.usecases.staff_mail import staff_mail_failed, staff_mail_ref

STAFF_TAG = "staff_mail"
"""The one tag of these mails: without ``message_id`` no event can be taken for a customer's."""


def deliver_staff_mail(ports: Ports, context: Context, email: str, mail_id: str) -> None:
    """Send a queued mail, unless it is claimed, sent or without a reader by now.

    While sending is frozen nobody is written to, staff included: the mail waits. A digest that
    its day has passed over is dropped.
    """
    claimed = until_committed(ports, lambda: _claim(ports, context, email, mail_id))
    if claimed is None:
        return
    mail, company, content = claimed
    outgoing = OutgoingMail(
        sender_name=company.name,
        reply_to=None,
        to=mail.email,
        content=content,
        tags={STAFF_TAG: mail.id},
    )
    try:
        provider_message_id = ports.mailer.send(outgoing)
    except MailRefused as refusal:
        _refused(ports, context, mail, refusal)
    except MailUncertain as doubt:
        staff_mail_failed(ports, context, mail, "unknown", str(doubt))
    else:
        _sent(ports, context, mail, provider_message_id)


def _claim(
    ports: Ports, context: Context, email: str, mail_id: str
) -> tuple[StaffMail, Company, MailContent] | None:
    own, who, stop = staff_mail_ref(email, mail_id), person_ref(email), suppression_ref(email)
    found = ports.store.get_many([own, who, stop, COMPANY])
    mail, person, stored = found.get(own), found.get(who), found.get(COMPANY)
    company = stored if isinstance(stored, Company) else unnamed_company()
    if not isinstance(mail, StaffMail) or mail.state != "queued" or company.sending_frozen:
        return None
    if mail.not_before is not None and context.at < mail.not_before:
        return None
    reader = person if isinstance(person, Person) and person.active else None
    reason = _obstacle(context, company, mail, found.get(stop))
    if reader is None or reason is not None:
        ports.store.commit([Replace(mail.next(state="suppressed", reason=reason or "left"))])
        return None
    after = mail.claimed(context.at)
    content = ports.writer.staff_mail(after, company)
    ports.store.commit(
        [
            Replace(after),
            Require(who, reader.version),
            Require(stop, None),
            Require(COMPANY, company.version or None),
        ]
    )
    return after, company, content


def _obstacle(
    context: Context, company: Company, mail: StaffMail, suppression: object
) -> str | None:
    if isinstance(suppression, Suppression):
        return suppression.reason
    # A tick that is run as of a later day makes that day's mail.
    today = local_date(max(context.at, mail.created_at), company.time_zone)
    return "late" if mail.digest is not None and mail.digest.day != today else None


def _sent(ports: Ports, context: Context, mail: StaffMail, provider_message_id: str) -> None:
    def attempt() -> None:
        current = ports.store.get(staff_mail_ref(mail.email, mail.id))
        if current is None or current.state not in ("claimed", "unknown"):
            return
        after = current.next(
            state="sent", sent_at=context.at, reason=None, provider_message_id=provider_message_id
        )
        ports.store.commit([Replace(after)])

    until_committed(ports, attempt)


def _refused(ports: Ports, context: Context, mail: StaffMail, refusal: MailRefused) -> None:
    reason = refusal.reason[:200]
    waiting = mail.given_back(context.at, reason, refusal.not_before)
    if not refusal.is_temporary or waiting.state == "refused":
        staff_mail_failed(ports, context, mail, "refused", reason)
        return

    def attempt() -> None:
        current = ports.store.get(staff_mail_ref(mail.email, mail.id))
        if current is not None and current.state == "claimed":
            after = current.given_back(context.at, reason, refusal.not_before)
            ports.store.commit([Replace(after)])

    until_committed(ports, attempt)
