"""Steps that a person carries out: calls, letters on paper, and mails that reach nobody."""

from datetime import timedelta
from typing import Final

from chalicelib.domain.dunning import Reminder
from chalicelib.domain.message import Message, on_invoices
from chalicelib.domain.recipients import Recipient
from chalicelib.domain.step import LETTERS
from chalicelib.domain.work import WorkItem, WorkKind
from chalicelib.usecases.context import Context, audit
from chalicelib.usecases.desk import Desk, save_account
from chalicelib.usecases.letter_files import draw_letter
from chalicelib.usecases.ports import Insert, Mirror, Ports, Replace, Write
from chalicelib.usecases.references import message_ref, work_item_ref
from chalicelib.usecases.reminder_letter import LETTER, letter_for, message_id_of, new_message
from chalicelib.usecases.step_charges import charges_of_step
from chalicelib.usecases.take_step import step_taken
from chalicelib.usecases.work import on_the_list, work_item

APPROVE: Final = "approve-"
"""What the key of a work item begins with that asks for the approval of a reminder."""


def waits_for_approval(desk: Desk, reminder: Reminder) -> bool:
    """Tell whether a person has to let this reminder go first, and nobody has yet."""
    is_new = bool(reminder.steps_taken)  # what is gone on with was let go before
    is_asked = desk.account.send_now is not None  # whoever sends it by hand has seen it
    approved = desk.account.approved == approval_of(reminder)
    return reminder.step.needs_approval and is_new and not is_asked and not approved


def approval_of(reminder: Reminder) -> str:
    """Return what is approved: this reminder as whoever let it go has read it.

    A ladder that is changed afterwards to say or claim something else asks anew.
    """
    step = reminder.step
    form = (step.channel, step.template, step.tone, step.claim, str(step.fee_minor))
    return "-".join((reminder.key, *form))


def approval_key(desk: Desk, reminder: Reminder) -> str:
    """Return the key of the work item that asks for the approval of a reminder."""
    return f"{APPROVE}{message_id_of(desk, reminder, desk.customer.id)}"


def ask_for_approval(ports: Ports, context: Context, desk: Desk, reminder: Reminder) -> None:
    """Put a reminder on the work list for somebody to let it go; look again the next day."""
    key = approval_key(desk, reminder)
    known = ports.store.get(work_item_ref(key))
    calendar = desk.rules.calendar
    account = desk.account.but(
        next_action_at=calendar.next_working_time(context.at + timedelta(days=1)),
        tasks=tuple(dict.fromkeys((*desk.account.tasks, key))),
    )
    writes: list[Write] = []
    if known is None or known.state == "done":
        item = _item(context, desk, reminder, key, "reminder_to_approve")
        entry = audit(
            ports,
            context,
            "reminder_approval_requested",
            subject=("customer", desk.customer.id),
            customer_id=desk.customer.id,
            amount_minor=item.amount_minor,
            currency=item.currency,
            step=reminder.step.offset_days,
        )
        writes += [on_the_list(item, known), entry]
    ports.store.commit([*save_account(desk, account), *writes])


def leave_call(ports: Ports, context: Context, desk: Desk, reminder: Reminder) -> None:
    """Take a step that is a telephone call: a task for a person."""
    key, writes = _call(ports, context, desk, reminder)
    claims, _ = charges_of_step(ports, context, desk, reminder)
    step_taken(ports, context, desk, reminder, [*writes, *claims], tasks=[key])


def leave_letter(ports: Ports, context: Context, desk: Desk, reminder: Reminder) -> None:
    """Take a step that is a letter on paper: written now, to be posted by a person.

    Without a postal address it is left to a person like a mail that reaches nobody.
    """
    if not _has_postal_address(desk):
        undeliverable(ports, context, desk, reminder, ())
        return
    writes = _letter(ports, context, desk, reminder)
    waiting = _waiting(desk, reminder) if writes else ()
    step_taken(ports, context, desk, reminder, writes, waiting=waiting)


def _has_postal_address(desk: Desk) -> bool:
    return bool((desk.customer.address or "").strip())


def undeliverable(
    ports: Ports,
    context: Context,
    desk: Desk,
    reminder: Reminder,
    wanted: tuple[Recipient, ...],
) -> None:
    """Take a step whose mail reaches nobody: the address is to be corrected.

    Once something is overdue the message takes another way meanwhile: on paper, or else by
    telephone.
    """
    key = f"no-address-{desk.customer.id}-{desk.account.currency}"
    detail = ", ".join(one.address for one in wanted)
    item = _item(context, desk, reminder, key, "no_address", detail)
    # One task for the account, however many steps pass; it opens anew if it was done too early.
    writes: list[Write] = [on_the_list(item, ports.store.get(work_item_ref(key)))]
    tasks = [key]
    waiting: tuple[str, ...] = ()
    is_overdue = reminder.step.offset_days > 0
    if is_overdue and _has_postal_address(desk):
        writes += _letter(ports, context, desk, reminder)
        waiting = _waiting(desk, reminder)
    elif is_overdue and desk.customer.phone is not None:
        call_key, call = _call(ports, context, desk, reminder)
        writes += call
        tasks.append(call_key)
    step_taken(ports, context, desk, reminder, writes, tasks=tasks, waiting=waiting)


def _call(
    ports: Ports, context: Context, desk: Desk, reminder: Reminder
) -> tuple[str, list[Write]]:
    key = f"call-{message_id_of(desk, reminder, desk.customer.id)}"
    people = [f"{one.name} {one.phone}" for one in desk.customer.contacts if one.phone]
    detail = " · ".join([*people, *([desk.customer.phone] if desk.customer.phone else [])])
    item = _item(context, desk, reminder, key, "call_to_make", detail)
    return key, [on_the_list(item, ports.store.get(work_item_ref(key)))]


def _waiting(desk: Desk, reminder: Reminder) -> tuple[str, ...]:
    return (message_id_of(desk, reminder, LETTER),)


def _letter(ports: Ports, context: Context, desk: Desk, reminder: Reminder) -> list[Write]:
    recipient = Recipient(
        contact_id=LETTER,
        address=desk.customer.address or "",
        name=desk.customer.name,
        language=desk.customer.language,
    )
    message = new_message(context, desk, reminder, recipient, ())
    known = ports.store.get(message_ref(message.customer_id, message.id))
    if known is not None and (known.state != "suppressed" or reminder.steps_taken):
        return []  # it was written before; only the account's memory of it was lost
    template = message.template if message.template in LETTERS else LETTERS[0]
    claiming = reminder if known is None else _claiming_anew(reminder, known)
    claims, charges = charges_of_step(ports, context, desk, claiming)
    letter = letter_for(context, desk, reminder, recipient, charges).but(template=template)
    file = draw_letter(ports, context, desk, letter)
    message = message.but(
        channel="letter", state="to_post", claimed_at=None, template=template, file=file
    )
    if known is not None:
        message = message.but(version=known.version + 1)
    written = Insert(message) if known is None else Replace(message)
    return [written, *(Mirror(copy) for copy in on_invoices(message)), *claims]


def _claiming_anew(reminder: Reminder, called_off: Message) -> Reminder:
    # What the letter claimed was waived when it was called off: it claims again over what is left.
    step = reminder.step
    return reminder.but(
        steps_taken={
            item.invoice_id: step
            for item in reminder.items
            if item.step_id == step.id and item.invoice_id in called_off.invoice_ids
        }
    )


def _item(
    context: Context,
    desk: Desk,
    reminder: Reminder,
    key: str,
    what: WorkKind,
    detail: str = "",
) -> WorkItem:
    return work_item(
        context,
        key,
        what,
        detail,
        priority=3,
        customer_id=desk.customer.id,
        customer_name=desk.customer.name,
        invoice_id=reminder.anchor.invoice_id,
        amount_minor=sum(one.open_minor for one in reminder.items),
        currency=desk.account.currency,
    )
