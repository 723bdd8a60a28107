"""Every five minutes: is there anything to tell staff? Five reads at most when there is not."""

from datetime import datetime

from chalicelib.domain.company import Company
from chalicelib.domain.notices import is_night
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context
from chalicelib.usecases.mail_listings import untold, untold_and_unannounced
from chalicelib.usecases.morning_digest import digest_day
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.staff_mail import sweep_staff_mails


def watch_notices(ports: Ports, context: Context) -> dict[str, int]:
    """Queue the chores of telling staff, where there is something; see to mails left behind.

    While sending is frozen everything waits.
    """
    company = company_of(ports)
    if company.sending_frozen:
        return {"tell_staff": 0, "digests": 0, "staff_mails": 0}
    counts = {
        "tell_staff": int(_has_news(ports, company, context.at)),
        "digests": int(digest_day(ports, context, company) is not None),
    }
    for chore, count in counts.items():
        if count:
            queue_chore(ports, context, chore, {})
    return counts | {"staff_mails": sweep_staff_mails(ports, context)}


def _has_news(ports: Ports, company: Company, at: datetime) -> bool:
    if is_night(at, company.time_zone):
        return False
    return any(
        ports.store.rows(listing, limit=1).items for listing in (untold_and_unannounced(), untold())
    )
