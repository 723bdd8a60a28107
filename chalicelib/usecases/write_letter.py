"""Write a formal letter to a customer by hand: it claims what may be claimed at this moment."""

from dataclasses import dataclass

from chalicelib.domain.account import OpenItem
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.message import BY_HAND, MAX_LISTED, Message, on_invoices
from chalicelib.domain.step import LETTERS
from chalicelib.usecases.contents import ReminderLetter
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import Desk, open_desk, save_account
from chalicelib.usecases.letter_files import draw_letter
from chalicelib.usecases.ports import Insert, Mirror, Ports, Write
from chalicelib.usecases.reminder_letter import LETTER


@dataclass(frozen=True)
class NewLetter:
    """A letter that a person wants to be written now."""

    customer_id: str
    currency: str
    template: str


def write_letter(ports: Ports, context: Context, new: NewLetter) -> Message:
    """Write a letter over all that is overdue and may be asked for; it then waits to be posted.

    StateConflict where nothing may be claimed, the account is parked, or there is no postal
    address. InvalidField for a template that is no letter.
    """
    if new.template not in LETTERS:
        raise InvalidField(
            "/template", f"A letter is one of {', '.join(LETTERS)}.", field_code="unknown_template"
        )
    if new.customer_id == UNIDENTIFIED:
        raise NotFound("customer", new.customer_id)
    message_id = ports.ids.new(BY_HAND, context.at)

    def attempt() -> Message:
        desk = open_desk(ports, new.customer_id, new.currency)
        items = _claimed(desk, context)
        letter = _letter(desk, context, new.template, items)
        file = draw_letter(ports, context, desk, letter)
        message = _message(context, desk, letter, message_id).but(file=file)
        where = f"/v1/letters/{desk.customer.id}~{message.id}"
        commit(ports, context, _writes(ports, context, desk, message), resource=where)
        return message

    return until_committed(ports, attempt)


def _claimed(desk: Desk, context: Context) -> tuple[OpenItem, ...]:
    if desk.account.parked_since is not None:
        raise StateConflict(
            "The nightly proof found a difference in this account; nothing is asked for until "
            "that is put right.",
            code="account_parked",
        )
    if not (desk.customer.address or "").strip():
        raise StateConflict(
            f"{desk.customer.name} has no postal address.", code="no_postal_address"
        )
    today = desk.rules.calendar.today(context.at)
    asked = desk.account.asked_for(today, context.at)
    overdue = tuple(item for item in asked if item.due_date < today)
    if sum(item.open_minor for item in overdue) <= desk.account.unapplied_minor:
        raise StateConflict(
            "Nothing overdue may be asked for: it is paid, covered, or rests.",
            code="nothing_overdue",
        )
    return overdue


def _letter(
    desk: Desk, context: Context, template: str, items: tuple[OpenItem, ...]
) -> ReminderLetter:
    open_minor = sum(item.open_minor for item in items)
    return ReminderLetter(
        template=template,
        tone="firm",
        customer_name=desk.customer.name,
        language=desk.customer.language,
        currency=desk.account.currency,
        today=desk.rules.calendar.today(context.at),
        items=items[:MAX_LISTED],
        more_items=max(0, len(items) - MAX_LISTED),
        open_minor=open_minor,
        overdue_minor=open_minor,
        unapplied_minor=desk.account.unapplied_minor,
    )


def _message(context: Context, desk: Desk, letter: ReminderLetter, message_id: str) -> Message:
    return Message(
        id=message_id,
        purpose="reminder",
        channel="letter",
        state="to_post",
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        currency=desk.account.currency,
        to=desk.customer.address or "",
        contact_id=LETTER,
        subject="",
        language=desk.customer.language,
        template=letter.template,
        invoice_ids=tuple(item.invoice_id for item in letter.items),
        amount_minor=letter.open_minor - letter.unapplied_minor,
        created_at=context.at,
        created_by=context.actor.id,
    )


def _writes(ports: Ports, context: Context, desk: Desk, message: Message) -> list[Write]:
    # The account knows of it: a payment that comes before it is posted calls it off.
    account = desk.account.but(planned=tuple(sorted({*desk.account.planned, message.id})))
    entry = audit(
        ports,
        context,
        "letter_written",
        subject=("customer", message.customer_id),
        customer_id=message.customer_id,
        message_id=message.id,
        template=message.template,
        amount_minor=message.amount_minor,
        currency=message.currency,
    )
    return [
        *save_account(desk, account),
        Insert(message),
        *(Mirror(copy) for copy in on_invoices(message)),
        entry,
    ]
