"""Send a template to the person who writes it, and to nobody else. It is no message to a customer.

One attempt: what is not known to have been sent is said, and the person decides.
"""

from typing import Final

from chalicelib.domain.customer import Language
from chalicelib.domain.errors import StateConflict
from chalicelib.domain.mail_trials import MailTrials, one_more
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports, Ref, Replace
from chalicelib.usecases.preview_template import Draft, preview_template
from chalicelib.usecases.references import suppression_ref

TRIAL_TAG: Final = "template_trial"
"""The one tag of these mails: no event about them can be taken for a customer's."""
_MARKS: Final[dict[Language, str]] = {"es": "[Prueba]", "en": "[Test]"}


def try_template(ports: Ports, context: Context, draft: Draft) -> str:
    """Mail the preview to whoever asks, its subject marked; return the address.

    InvalidField and NotFound as for a preview. StateConflict for a caller without an address of
    their own, for one that bounced, while sending is frozen, and when the provider refuses or does
    not answer. TooOften after five within a minute.
    """
    address = _own_address(ports, context)
    company = company_of(ports)
    if company.sending_frozen:
        raise StateConflict("Sending is frozen: no mail goes out.", code="sending_frozen")
    content = preview_template(ports, context, draft).content
    subject = f"{_MARKS[draft.language]} {content.subject}"
    mail = OutgoingMail(
        sender_name=company.name,
        reply_to=address,
        to=address,
        content=content.but(subject=subject),
        tags={TRIAL_TAG: draft.template_id},
    )
    until_committed(ports, lambda: _note(ports, context))
    _send(ports, mail)
    return address


def _own_address(ports: Ports, context: Context) -> str:
    address = context.actor.id
    if "@" not in address:
        raise StateConflict("A program has no address of its own.", code="no_own_address")
    if ports.store.get(suppression_ref(address)) is not None:
        raise StateConflict(
            f"Mail to {address} came back; nothing is sent there.", code="address_suppressed"
        )
    return address


def _note(ports: Ports, context: Context) -> None:
    actor_id = context.actor.id
    before = ports.store.get(Ref(MailTrials, (actor_id,))) or MailTrials(
        version=0, actor_id=actor_id
    )
    after = one_more(before, context.at)
    # Without the Idempotency-Key: a refusal of the provider must not be answered as sent.
    ports.store.commit([Replace(after)])


def _send(ports: Ports, mail: OutgoingMail) -> None:
    try:
        ports.mailer.send(mail)
    except MailRefused as refusal:
        raise StateConflict(
            f"The mail provider refused the test: {refusal.reason}", code="trial_refused"
        ) from refusal
    except MailUncertain as doubt:
        raise StateConflict(
            "The mail provider did not answer; the test may arrive or not.", code="trial_uncertain"
        ) from doubt
