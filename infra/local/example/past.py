"""The outside world on a day of the example: queues are worked off at once, mails are long gone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.access import Actor
from chalicelib.domain.fate import FateKind
from chalicelib.events.chores import do_chore
from chalicelib.usecases.apply_provider_event import apply_provider_event, find_event
from chalicelib.usecases.close_checkouts import close_checkouts, payers
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.deliver_document import deliver_document
from chalicelib.usecases.deliver_statement import deliver_statement
from chalicelib.usecases.deliver_webhook import deliver_webhook, delivery_ref
from chalicelib.usecases.egress_ports import CallAnswer, OutgoingCall
from chalicelib.usecases.ports import Files, MailUncertain, Ports
from chalicelib.usecases.receive_provider_event import receive_provider_event
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.send_reminder import send_reminder
from chalicelib.usecases.tell_old_address import deliver_telling
from infra.local.example.till import Till
from infra.local.sign_in import PEOPLE

_ZONE: Final = ZoneInfo("Europe/Madrid")
_OPENED_SHARE: Final = 0.6


_UNANSWERED: Final = "Read timeout on endpoint URL: the mail may have left, or not"
_KEPT: Final = ("mails/", "letters/", "statements/", "logos/", "imports/", "disputes/", "uploads/")
_DELIVERING: Final = {"statement": deliver_statement, "contact": deliver_telling}
_READ: Final = ("logos/", "imports/", "uploads/")


class _WrittenOnly:
    """Port: what mails, letters and statements said is kept.

    Invoices of the past are not: a document is drawn when somebody asks for it.
    """

    def __init__(self, files: Files) -> None:
        self._files = files

    def put(self, key: str, content: bytes | IO[bytes], content_type: str) -> None:
        """Keep what was sent to somebody, as the proof that it is."""
        if key.startswith(_KEPT):
            self._files.put(key, content, content_type)

    def get(self, key: str) -> bytes | None:
        """What a later step reads again; else an empty file."""
        return self._files.get(key) if key.startswith(_READ) else b""

    def link(self, key: str, _file_name: str) -> str:
        """Lead nowhere."""
        return f"/{key}"


@dataclass(frozen=True)
class Reported:
    """What the provider reports of a mail, so long after it went out."""

    what: FateKind
    detail: str | None = None
    after: timedelta = timedelta()


_BOUNCES: Final = (
    Reported("bounced", "smtp; 550 5.1.1 The email account that you tried to reach does not exist"),
)


class _Receivers:
    """Port: nobody is called. All receivers take what they get, but those that are ``down``."""

    allows_local = True

    def __init__(self) -> None:
        self.down: set[str] = set()

    def call(self, call: OutgoingCall) -> CallAnswer:
        """Answer in the receiver's place."""
        if call.url in self.down:
            return CallAnswer(status=503, body="Service Unavailable", ms=1_204)
        return CallAnswer(status=200, body='{"ok": true}', ms=86)


class Past:
    """The app's ports for a movable present, which never lies after `now`.

    ``returned`` are addresses that bounce, ``unanswered`` those whose next mail is uncertain, and
    ``fates`` says what the provider reports of the next mail to an address.
    """

    def __init__(self, ports: Ports, now: datetime, chance: Random, till: Till) -> None:
        self.till = till
        self.receivers = _Receivers()
        self._real = replace(ports, gateway=till, egress=self.receivers)
        self.ports = replace(self._real, queues=self, mailer=self, files=_WrittenOnly(ports.files))
        self._now = now
        self._chance = chance
        self._work: list[tuple[str, dict[str, Any]]] = []
        self._sent: list[dict[str, str]] = []
        self.returned: set[str] = set()
        self.unanswered: set[str] = set()
        self.fates: dict[str, tuple[Reported, ...]] = {}

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """An instant of a day, in the company's time."""
        return min(self._now, datetime.combine(day, time(hour, minute), _ZONE))

    def by(self, person: int, at: datetime) -> Context:
        """One of the local people acts: 1 keeps the accounts, 2 collects."""
        self.till.live_at(at)
        who = PEOPLE[person]
        return Context(Actor(id=who.email, name=who.name, role=who.role), at)

    def by_actor(self, actor: Actor, at: datetime) -> Context:
        """Somebody else acts, as a customer in the portal."""
        self.till.live_at(at)
        return Context(actor, at)

    def by_itself(self, at: datetime) -> Context:
        """Nobody acts: a schedule, a queue or a provider does."""
        self.till.live_at(at)
        return system_context(at)

    def put(self, queue: str, body: str, *, delay_seconds: int = 0) -> None:
        """Port: a message for later. Later is `work_off`, whatever the delay."""
        del delay_seconds
        self._work.append((queue, json.loads(body)))

    def send(self, mail: OutgoingMail) -> str:
        """Port: hand a mail to the provider. It went long ago; nothing leaves now.

        The next mail to an address that is ``unanswered`` is one of which nobody knows.
        """
        if mail.to in self.unanswered:
            self.unanswered.remove(mail.to)
            raise MailUncertain(_UNANSWERED)
        self._sent.append({"to": mail.to, **mail.tags})
        return f"example-{mail.tags['message_id']}"

    def readmit(self, address: str) -> None:
        """Port: the provider keeps no list of its own."""

    def work_off(self, at: datetime) -> None:
        """Do what was queued, and hear what became of the mails."""
        work, self._work = self._work, []
        context = self.by_itself(at)
        for queue, body in work:
            self._do(queue, body, context)
        for event in self._reports(at):
            record_mail_event(self.ports, context, event)

    def _do(self, queue: str, body: dict[str, Any], context: Context) -> None:
        match queue:
            case "mail":
                deliver = _DELIVERING.get(body.get("purpose", ""), deliver_document)
                deliver(self.ports, context, body["customer_id"], body["message_id"])
            case "chores":
                do_chore(self.ports, body)
            case "reminders":
                for customer_id, currency in body["accounts"]:
                    send_reminder(self.ports, context, customer_id, currency)
            case "provider_events":
                self._post(context, body)
            case "webhooks":
                ref = delivery_ref(body["endpoint"], body["event"])
                deliver_webhook(self.ports, context, ref, signed_at=context.at)

    def finish(self, at: datetime) -> None:
        """Do what was queued, and all that comes of it."""
        while self._work:
            self.work_off(at)

    def hear(self, at: datetime) -> None:
        """Take in what the payment providers tell, and all that they say to our answers."""
        while told := self.till.told():
            for provider, event in told:
                receive_provider_event(
                    self.ports,
                    self.by_itself(at),
                    provider=provider,
                    event_id=event.id,
                    event_type=event.type,
                    raw=event.raw,
                )
            self.finish(at)

    def _post(self, context: Context, body: dict[str, Any]) -> None:
        """As the worker of provider events does."""
        event = find_event(self.ports, body["provider"], body["event_id"])
        facts = self.ports.gateway.facts(event.provider, event.event_type, event.raw)
        apply_provider_event(self.ports, context, event, *facts)
        for customer_id in payers(self.ports, facts):
            close_checkouts(self.ports, context, customer_id)

    def let_mails_go_out(self) -> None:
        """From here on mails really go to the local mailbox, with their files."""
        self.ports = replace(self._real, queues=self)

    def keep_mails_in(self) -> None:
        """From here on nothing leaves any more: what follows went out before those days."""
        self.ports = replace(self.ports, mailer=self, files=_WrittenOnly(self._real.files))

    def _reports(self, at: datetime) -> Iterator[MailEvent]:
        sent, self._sent = self._sent, []
        for mail in sent:
            is_opened = self._chance.random() < _OPENED_SHARE
            usual = Reported("opened" if is_opened else "delivered")
            fates = self.fates.pop(mail["to"], (usual,))
            for fate in _BOUNCES if mail["to"] in self.returned else fates:
                yield MailEvent(
                    reached=fate.what,
                    customer_id=mail["customer_id"],
                    message_id=mail["message_id"],
                    provider_message_id=f"example-{mail['message_id']}",
                    occurred_at=at + fate.after,
                    detail=fate.detail,
                )
