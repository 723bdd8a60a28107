"""Reminders to write, all of them on Monday 23 November 2026."""

from datetime import date, timedelta

from chalicelib.domain.account import OpenItem
from chalicelib.usecases.contents import ReminderLetter

TODAY = date(2026, 11, 23)


def an_item(
    sequence: int, *, due_in: int, open_minor: int = 121_000, total_minor: int | None = None
) -> OpenItem:
    due = TODAY + timedelta(days=due_in)
    return OpenItem(
        invoice_id=f"inv_{sequence}",
        number=f"A-{sequence:06d}",
        issue_date=due - timedelta(days=30),
        due_date=due,
        total_minor=total_minor or open_minor,
        open_minor=open_minor,
    )


def a_letter(
    template: str,
    *items: OpenItem,
    language: str = "es",
    currency: str = "EUR",
    customer_name: str = "Distribuciones Peñarroya, S.A.",
    more_items: int = 0,
    more_minor: int = 0,
    unapplied_minor: int = 0,
) -> ReminderLetter:
    return ReminderLetter(
        template=template,
        customer_name=customer_name,
        language=language,
        currency=currency,
        today=TODAY,
        items=items,
        more_items=more_items,
        open_minor=sum(item.open_minor for item in items) + more_minor,
        overdue_minor=sum(item.open_minor for item in items if item.due_date < TODAY),
        unapplied_minor=unapplied_minor,
    )
