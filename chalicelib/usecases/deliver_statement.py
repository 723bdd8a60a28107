"""Mail a statement of account: made at this moment, kept as a file, then handed over once."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.account_now import is_handed_over
from chalicelib.domain.errors import known
from chalicelib.domain.message import Message, Suppression
from chalicelib.domain.statement import Statement
from chalicelib.domain.template import TemplateText
from chalicelib.usecases.contents import Attachment, MailContent
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.deliver import hand_over
from chalicelib.usecases.desk import Desk, open_desk
from chalicelib.usecases.letter_files import store_pdf
from chalicelib.usecases.own_company import COMPANY
from chalicelib.usecases.portal_links import link_for_mail
from chalicelib.usecases.ports import Insert, Ports, Ref, Require
from chalicelib.usecases.posting import save_message
from chalicelib.usecases.references import account_ref, message_ref, suppression_ref, work_item_ref
from chalicelib.usecases.statement_addresses import unreachable_item
from chalicelib.usecases.statement_letter import StatementLetter
from chalicelib.usecases.statements import made_of
from chalicelib.usecases.templates import template_refs, text_for
from chalicelib.usecases.work import on_the_list

LOOK_AGAIN_AFTER: Final = timedelta(hours=1)
"""How long a statement of a parked account waits before it is looked at again."""


@dataclass(frozen=True)
class Claimed:
    """A statement that may be sent now, and by nobody else."""

    desk: Desk
    message: Message
    content: MailContent
    pdf: bytes
    token: str


def deliver_statement(ports: Ports, context: Context, customer_id: str, message_id: str) -> None:
    """Send a queued statement, unless it is claimed, sent or called off already.

    The claim insists that the account still stands as the statement says, that the address is not
    suppressed and that sending is not frozen.
    """
    message = ports.store.get(message_ref(customer_id, message_id))
    if message is None or not message.is_due(context.at):
        return
    claimed = until_committed(ports, lambda: _claim(ports, context, message))
    if claimed is None:
        return
    first, last = known(message.covers_from), known(message.covers_to)
    attachment = Attachment(
        filename=f"{first.isoformat()}_{last.isoformat()}.pdf",
        content_type="application/pdf",
        content=claimed.pdf,
    )
    hand_over(
        ports,
        context,
        claimed.message,
        claimed.desk.company,
        claimed.content,
        (attachment,),
        owner=claimed.desk.customer.owner,
        token=claimed.token,
    )


def _claim(ports: Ports, context: Context, message: Message) -> Claimed | None:
    own = message_ref(message.customer_id, message.id)
    addresses = [suppression_ref(address) for address in (message.to, *message.cc)]
    desk = open_desk(ports, message.customer_id, message.currency, [own, *addresses])
    current = known(desk.found(own))
    if not current.is_due(context.at) or desk.company.sending_frozen:
        return None
    if desk.account.parked_since is not None:
        later = current.next(not_before=context.at + LOOK_AGAIN_AFTER)
        ports.store.commit(save_message(later))
        return None
    reason = _obstacle(desk, current)
    if reason is not None:
        _call_off(ports, context, desk, current, reason)
        return None
    return _claimed(ports, context, desk, current)


def _obstacle(desk: Desk, message: Message) -> str | None:
    suppression = desk.found(suppression_ref(message.to))
    if isinstance(suppression, Suppression):
        return suppression.reason
    if is_handed_over(desk.account):
        return "handed_over"
    is_by_hand = message.created_by != "system"
    return "opted_out" if desk.customer.statements is False and not is_by_hand else None


def _call_off(ports: Ports, context: Context, desk: Desk, message: Message, reason: str) -> None:
    after = message.next(state="suppressed", reason=reason, settled_at=context.at)
    writes = save_message(after)
    if isinstance(desk.found(suppression_ref(message.to)), Suppression):
        item = unreachable_item(context, desk.customer, desk.account, f"{message.to}: {reason}")
        writes.append(on_the_list(item, ports.store.get(work_item_ref(item.key))))
    ports.store.commit(writes)


def _claimed(ports: Ports, context: Context, desk: Desk, message: Message) -> Claimed:
    covers = known(message.covers_from), known(message.covers_to)
    # As of the schedule that asked for it, where that is run for a day to come.
    then = replace(context, at=max(context.at, message.created_at))
    statement = made_of(ports, then, desk, *covers)
    letter = _letter(desk, message, statement)
    content = ports.writer.statement_mail(
        letter, desk.company, _words(ports, context, desk, letter)
    )
    pdf = ports.writer.statement_pdf(letter, desk.company)
    after = message.next(
        state="claimed",
        claimed_at=context.at,
        attempts=message.attempts + 1,
        not_before=None,
        amount_minor=statement.due.to_pay_minor,
        subject=content.subject,
        cc=tuple(one for one in message.cc if desk.found(suppression_ref(one)) is None),
        file=store_pdf(ports, f"statements/{message.customer_id}", pdf),
    )
    account: Ref[Any] = account_ref(message.customer_id, message.currency)
    made = link_for_mail(ports, context, desk.customer, after, "customer")
    ports.store.commit(
        [
            Insert(made.link),
            *save_message(after),
            *(Require(suppression_ref(one), None) for one in (after.to, *after.cc)),
            Require(COMPANY, desk.company.version or None),
            Require(account, desk.account.version or None),
        ]
    )
    return Claimed(desk, after, content, pdf, made.token)


def _words(
    ports: Ports, context: Context, desk: Desk, letter: StatementLetter
) -> TemplateText | None:
    segment = desk.customer.segment
    found = ports.store.get_many(template_refs("statement", letter.language, segment))
    return text_for(
        ports, context, found, template_id="statement", language=letter.language, segment=segment
    )


def _letter(desk: Desk, message: Message, statement: Statement) -> StatementLetter:
    contact = next((one for one in desk.customer.contacts if one.id == message.contact_id), None)
    return StatementLetter(
        statement=statement,
        customer=desk.customer,
        name=contact.name if contact else desk.customer.name,
        language="en" if message.language == "en" else "es",
    )
