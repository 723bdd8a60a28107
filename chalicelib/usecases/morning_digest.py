"""The morning's digest: one mail a working day to each who wants it, if there is anything to say.

Level-triggered: from eight on every look asks whether today's are made. What was missed goes out
late on the same day; the next morning has its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import Final

from chalicelib.domain.calendar import WorkCalendar, zone
from chalicelib.domain.company import Company
from chalicelib.domain.identity import Person
from chalicelib.domain.notice_wishes import NoticeKind
from chalicelib.domain.notices import may_approve, may_see, wishes_of
from chalicelib.domain.staff_mail import (
    Digest,
    DigestItem,
    DigestList,
    Figure,
    MorningRound,
    StaffMail,
    digest_id,
)
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.morning_book import Morning, read_morning
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Conflict, Insert, Ports, Replace
from chalicelib.usecases.staff_listings import people
from chalicelib.usecases.staff_mail import MORNING_ROUND, new_staff_mail, queue_staff_mail

BEGINS: Final = time(8, 0)
ENDS: Final = time(20, 0)  # a morning's mail in the night helps nobody
_PAYMENTS_SHOWN: Final = 5
_SHOWN: Final = 10
_WORK_KINDS: Final[dict[str, NoticeKind]] = {
    "address_bounced": "mail_bounced",
    "address_complained": "mail_bounced",
    "send_uncertain": "send_uncertain",
    "send_refused": "send_uncertain",
    "ladder_ended": "policy_stopped",
    "promise_broken": "promise_broken",
    "plan_broken": "promise_broken",
    "dispute_overdue": "dispute_opened",
    "reminder_to_approve": "approval_waiting",
    "webhook_stopped": "webhook_stopped",
}
"""Work that a person does not hear of who does not want to hear of its cause."""


def send_digests(ports: Ports, context: Context) -> int:
    """Queue today's digests as far as they are missing; return how many there were to queue."""
    company = company_of(ports)
    day = digest_day(ports, context, company)
    if day is None or company.sending_frozen:
        return 0
    readers = [one for one in ports.store.records(people())
               if one.active and wishes_of(one).digest]  # fmt: skip
    queued = 0
    if readers:
        since = _working_day_before(_calendar(ports, company), day)
        morning = read_morning(ports, company, day, since)
        staff = {one.email for one in ports.store.records(people()) if one.active}
        for person in readers:
            digest = digest_for(person, morning, staff)
            if not digest.is_empty:
                queued += _queue(ports, context, company, person, digest)
    until_committed(ports, lambda: _all_have_it(ports, day))
    return queued


def digest_day(ports: Ports, context: Context, company: Company) -> date | None:
    """Return the day whose digests are still to be made at this instant; None for none."""
    local = context.at.astimezone(zone(company.time_zone))
    day = local.date()
    if not BEGINS <= local.time() < ENDS:
        return None
    made = ports.store.get(MORNING_ROUND)
    if made is not None and made.digested_on >= day:
        return None
    return day if _calendar(ports, company).is_working_day(day) else None


def digest_for(person: Person, morning: Morning, staff: Iterable[str]) -> Digest:
    """Return what a person is told this morning: what they want to hear, of whom they care for."""
    wishes = wishes_of(person)
    strangers = set(staff) - {person.email}

    def wants(kind: NoticeKind) -> bool:
        return wishes.when(kind) != "off" and may_see(person, kind)

    def cares_for(customer_id: str | None) -> bool:
        return not wishes.only_mine or morning.owners.get(customer_id or "") not in strangers

    def listed(
        kind: NoticeKind, items: Iterable[DigestItem], shown: int = _SHOWN
    ) -> tuple[DigestList, list[DigestItem]]:
        mine = [one for one in items if wants(kind) and cares_for(one.customer_id)]
        return DigestList(items=tuple(mine[:shown]), more=len(mine[shown:])), mine

    payments, received = listed("payment_received", morning.payments, _PAYMENTS_SHOWN)
    return Digest(
        day=morning.day,
        since=morning.since,
        payments=payments,
        money_in=_sums(received),
        overdue=morning.overdue,
        promised_today=listed("promise_broken", morning.promised_today)[0],
        promises_broken=listed("promise_broken", morning.promises_broken)[0],
        disputes_opened=listed("dispute_opened", morning.disputes_opened)[0],
        disputes_late=listed("dispute_opened", morning.disputes_late)[0],
        reminders_today=sum(cares_for(one) for one in morning.reminders),
        approvals_waiting=sum(
            row["requested_by"] != person.email
            for row in morning.approvals
            if wants("approval_waiting") and may_approve(person)
        ),
        work=_work(morning, wants, cares_for),
    )


def _sums(items: Iterable[DigestItem]) -> tuple[Figure, ...]:
    sums: dict[str, list[int]] = {}
    for one in items:
        sums.setdefault(one.currency, []).append(one.amount_minor)
    return tuple(
        Figure(currency=currency, amount_minor=sum(amounts), count=len(amounts))
        for currency, amounts in sorted(sums.items())
    )


def _work(
    morning: Morning,
    wants: Callable[[NoticeKind], bool],
    cares_for: Callable[[str | None], bool],
) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in morning.work:
        kind = _WORK_KINDS.get(row["what"])
        if (kind is None or wants(kind)) and cares_for(row["customer_id"]):
            counts[row["what"]] += 1
    return dict(sorted(counts.items()))


def _calendar(ports: Ports, company: Company) -> WorkCalendar:
    def is_off(day: date) -> bool:
        return day in company.days_off or day in ports.holidays.days(
            company.country, None, day.year
        )

    return WorkCalendar(zone_name=company.time_zone, weekdays=company.working_days, is_off=is_off)


def _working_day_before(calendar: WorkCalendar, day: date) -> date:
    for back in range(1, 15):
        before = day - timedelta(days=back)
        if calendar.is_working_day(before):
            return before
    return day - timedelta(days=15)  # a long closure: what is older is no news


def _queue(ports: Ports, context: Context, company: Company, person: Person, digest: Digest) -> int:
    mail: StaffMail = new_staff_mail(
        person, company, context.at, mail_id=digest_id(digest.day), what="digest"
    ).but(digest=digest)
    try:
        ports.store.commit([Insert(mail)])
    except Conflict as conflict:
        if not conflict.is_about(StaffMail):
            raise
        return 0  # an earlier run made it; the sweeper sees to its sending
    queue_staff_mail(ports, mail)
    return 1


def _all_have_it(ports: Ports, day: date) -> None:
    made = ports.store.get(MORNING_ROUND)
    if made is None:
        ports.store.commit([Insert(MorningRound(digested_on=day))])
    elif made.digested_on < day:
        ports.store.commit([Replace(made.next(digested_on=day))])
