"""Tell staff what happened: news of the audit log becomes one mail to each who wants to know.

News waits in its own entry (``AuditEntry.tell_after``) and leaves that list in the transaction that
queues the mails. So nothing is lost, however late an entry is written, and nothing told twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import known
from chalicelib.domain.identity import Person
from chalicelib.domain.message import fold_address
from chalicelib.domain.news import kind_of
from chalicelib.domain.notice_wishes import NoticeKind
from chalicelib.domain.notices import News, is_night, is_told
from chalicelib.domain.staff_mail import NoticeLine, StaffMail, notices_id
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.mail_listings import untold, untold_and_unannounced
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Conflict, Insert, Ports, Ref, Replace, Write
from chalicelib.usecases.references import customer_ref
from chalicelib.usecases.staff_listings import people
from chalicelib.usecases.staff_mail import new_staff_mail, queue_staff_mail

ENTRIES: Final = 50
READERS: Final = 50  # with as many entries: what one transaction holds; the next tells the others
MAX_ROUNDS: Final = 100  # what is left is told in five minutes
OLD_NEWS: Final = timedelta(days=7)
"""Older news is told to nobody: what an import or an example writes about the past is none."""

Bundle = dict[str, StaffMail]


def tell_staff(ports: Ports, context: Context) -> int:
    """Queue one mail for each person whom something concerns; return how many mails.

    While sending is frozen, and at night, news waits.
    """
    company = company_of(ports)
    if company.sending_frozen or is_night(context.at, company.time_zone):
        return 0
    bundle: Bundle = {}
    for _ in range(MAX_ROUNDS):
        if not until_committed(ports, lambda: _tell_some(ports, context, company, bundle)):
            break
    for mail in bundle.values():
        queue_staff_mail(ports, mail)
    return len(bundle)


def _tell_some(ports: Ports, context: Context, company: Company, bundle: Bundle) -> bool:
    entries = _entries(ports)
    if not entries:
        return False
    told_up_to = known(entries[0].tell_after)
    staff = [one for one in ports.store.records(people()) if one.active]
    lines = _lines(ports, context, entries, staff)
    readers = _readers(staff, lines, told_up_to)
    now, later = readers[:READERS], readers[READERS:]
    mails = [_mail(context, company, bundle, person, wanted, entries) for person, wanted in now]
    rest = now[-1][0].email if later else None
    writes: list[Write] = [Replace(entry.next(tell_after=rest)) for entry in entries]
    writes += [Replace(mail) if mail.email in bundle else Insert(mail) for mail in mails]
    try:
        ports.store.commit(writes)
    except Conflict:
        _forget_what_is_on_its_way(ports, bundle)
        raise
    bundle.update({mail.email: mail for mail in mails})
    return True


def _readers(
    staff: Iterable[Person], lines: Sequence[tuple[NoticeLine, News]], told_up_to: str
) -> list[tuple[Person, tuple[NoticeLine, ...]]]:
    wanted = [
        (one, tuple(line for line, news in lines if is_told(one, news)))
        for one in sorted(staff, key=lambda one: one.email)
        if one.email > told_up_to
    ]
    return [(one, mine) for one, mine in wanted if mine]


def _entries(ports: Ports) -> list[AuditEntry]:
    lists = (untold(), untold_and_unannounced())
    rows = [row for one in lists for row in ports.store.rows(one, limit=ENTRIES).items]
    oldest = sorted(rows, key=lambda row: (row["at"], row["id"]))[:ENTRIES]
    refs = [Ref(AuditEntry, (row["subject"], row["subject_id"], row["id"])) for row in oldest]
    found = ports.store.get_many(refs)
    waiting = [one for ref in refs if isinstance(one := found.get(ref), AuditEntry)
               and one.tell_after is not None]  # fmt: skip
    # Those of which some people know already are told to the others on their own.
    return [one for one in waiting if one.tell_after == waiting[0].tell_after]


def _lines(
    ports: Ports, context: Context, entries: Sequence[AuditEntry], staff: Iterable[Person]
) -> list[tuple[NoticeLine, News]]:
    customers = _customers(ports, entries)
    members = {one.email for one in staff}
    lines = []
    for entry in entries:
        kind = kind_of(entry.action)
        if kind is None or entry.at < context.at - OLD_NEWS:
            continue
        customer = customers.get(entry.customer_id or "")
        owner = fold_address(customer.owner) if customer and customer.owner else None
        news = News(
            kind=kind,
            action=entry.action,
            by=entry.by,
            owner=owner if owner in members else None,
        )
        lines.append((_line(entry, kind, customer), news))
    return lines


def _customers(ports: Ports, entries: Sequence[AuditEntry]) -> Mapping[str, Customer]:
    ids = {entry.customer_id for entry in entries if entry.customer_id}
    found = ports.store.get_many([customer_ref(one) for one in sorted(ids)])
    return {one.id: one for one in found.values() if isinstance(one, Customer)}


def _line(entry: AuditEntry, kind: NoticeKind, customer: Customer | None) -> NoticeLine:
    facts: dict[str, Any] = entry.facts
    until = facts.get("until")
    return NoticeLine(
        kind=kind,
        what=entry.action,
        at=entry.at,
        by_name=entry.by_name,
        subject=entry.subject,
        subject_id=entry.subject_id,
        customer_id=entry.customer_id,
        customer_name=customer.name if customer else facts.get("url"),
        number=facts.get("number") or ", ".join(facts.get("invoices") or ()) or None,
        amount_minor=facts.get("amount_minor"),
        currency=facts.get("currency"),
        day=date.fromisoformat(until) if until else None,
        detail=facts.get("to")
        or facts.get("method")
        or facts.get("reason")
        or facts.get("what")
        or facts.get("status"),
    )


def _mail(
    context: Context,
    company: Company,
    bundle: Bundle,
    person: Person,
    lines: tuple[NoticeLine, ...],
    entries: Sequence[AuditEntry],
) -> StaffMail:
    begun = bundle.get(person.email)
    if begun is not None:
        return begun.but(version=begun.version + 1).with_lines(lines)
    mail_id = notices_id(context.at, entries[0].id)
    mail = new_staff_mail(person, company, context.at, mail_id=mail_id, what="notices")
    return mail.with_lines(lines)


def _forget_what_is_on_its_way(ports: Ports, bundle: Bundle) -> None:
    # A mail of an earlier round that the sweeper found has been claimed: what follows is another.
    for mail in bundle.values():
        queue_staff_mail(ports, mail)
    bundle.clear()
