"""Mails to staff over HTTP: one's own wishes, and what one was told."""

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas import notices as bodies
from chalicelib.domain.identity import Person
from chalicelib.domain.notice_wishes import NOTICE_KINDS, NoticeKind, NoticeWishes, When
from chalicelib.domain.notices import may_see, wishes_of
from chalicelib.domain.staff_mail import StaffMail
from chalicelib.usecases.morning_digest import BEGINS
from chalicelib.usecases.notice_settings import (
    NoticeSettings,
    change_notice_settings,
    own_person,
)
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.staff_mail import recent_staff_mails

routes = Routes()


@routes.route("/v1/me/notices", "GET", gives=bodies.Notices)
def read(request: ApiRequest) -> Reply:
    """What the person who asks wishes to be told."""
    return _settings(request, own_person(request.ports, request.context))


@routes.route("/v1/me/notices", "PUT", takes=bodies.NoticesInput, gives=bodies.Notices)
def replace(request: ApiRequest) -> Reply:
    """Replace what the person who asks wishes to be told."""
    body = request.body(bodies.NoticesInput)
    chosen: dict[NoticeKind, When] = {kind: getattr(body.kinds, kind) for kind in NOTICE_KINDS}
    wishes = NoticeWishes(digest=body.digest, only_mine=body.only_mine, kinds=chosen)
    person = change_notice_settings(
        request.ports,
        request.context,
        NoticeSettings(wishes, body.language),
        expected_version=request.expected_version,
    )
    return _settings(request, person)


@routes.route("/v1/notices", "GET", gives=bodies.StaffMails)
def recent(request: ApiRequest) -> Reply:
    """The latest mails to the person who asks, and what became of them."""
    person = own_person(request.ports, request.context)
    mails = recent_staff_mails(request.ports, person.email)
    return Reply(bodies.StaffMails(items=[_mail(mail) for mail in mails]))


def _settings(request: ApiRequest, person: Person) -> Reply:
    company = company_of(request.ports)
    wishes = wishes_of(person)
    body = bodies.Notices(
        version=person.version,
        email=person.email,
        is_default=person.notices is None,
        digest=wishes.digest,
        only_mine=wishes.only_mine,
        language=person.language,
        company_language=company.language,
        kinds=bodies.NoticeKinds(**{kind: wishes.when(kind) for kind in NOTICE_KINDS}),
        offered=[kind for kind in NOTICE_KINDS if may_see(person, kind)],
        digest_at=f"{BEGINS:%H:%M}",
        time_zone=company.time_zone,
        sending_frozen=company.sending_frozen,
    )
    return Reply(body, version=person.version)


def _mail(mail: StaffMail) -> bodies.StaffMail:
    return bodies.StaffMail(
        id=mail.id,
        what=mail.what,
        state=mail.state,
        reason=mail.reason,
        created_at=mail.created_at,
        sent_at=mail.sent_at,
        digest_of=mail.digest.day if mail.digest else None,
        news=[bodies.NoticeNews(**line.model_dump()) for line in mail.lines],
        more=mail.more,
    )
