"""A company, its customers, its payment provider and its mail provider in one process.

One seed decides everything: who does what, which message comes late, twice or in another order,
where a process dies, what the table refuses, how far the indexes lag, how the clock jumps.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import DomainError
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.message import Message
from chalicelib.domain.payment import Payment
from chalicelib.domain.provider import ProviderFact
from chalicelib.usecases.allocate_payment import allocate_payment
from chalicelib.usecases.assign_payment import assign_payment
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.context import AlreadyAnswered, Context, RepeatKey, system_context
from chalicelib.usecases.decide_message import Decision, Verdict, decide_message
from chalicelib.usecases.hourly import queue_hourly_chores
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.ports import MailRefused, MailUncertain, Ports
from chalicelib.usecases.record_mail_event import MailEvent, record_mail_event
from chalicelib.usecases.record_payment import NewPayment, record_payment
from chalicelib.usecases.send_invoice import send_invoice
from chalicelib.usecases.sweep import sweep
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.void_invoice import void_invoice
from tests.builders import ANA, a_customer, a_draft, change_company
from tests.fakes import Fakes
from tests.faults import Crash, CrashPoint, Outage, UnreliableTable, crashing
from tests.invariants import Books, records_in
from tests.simulation import dunning, online, recurring, settling
from tests.simulation.fates import reports_of
from tests.worker import handle

ZONES: Final = ("Europe/Madrid", "America/Santiago", "America/Mexico_City", "Pacific/Auckland")
STARTS: Final = (  # days before clock changes, a leap day, a year's end
    datetime(2026, 3, 20, 7, tzinfo=UTC),
    datetime(2026, 10, 19, 7, tzinfo=UTC),
    datetime(2028, 2, 21, 7, tzinfo=UTC),
    datetime(2026, 12, 21, 7, tzinfo=UTC),
)
_EXPECTED: Final = (DomainError, AlreadyAnswered, Outage, Crash)
Work = Callable[[Ports], object]


@dataclass
class Parcel:
    """Work that is on its way: done when its time comes, and again until it succeeds."""

    due: datetime
    work: Work
    name: str


@dataclass
class World:
    """The whole of it. ``log`` says what happened, for whoever replays a seed."""

    seed: int
    log: list[str] = field(default_factory=list)
    on_the_way: list[Parcel] = field(default_factory=list)
    paid_keys: dict[str, int] = field(default_factory=dict)
    at_the_provider: dict[str, list[ProviderFact]] = field(default_factory=dict)
    went_back: dict[str, tuple[int, int]] = field(default_factory=dict)
    sent_again: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.fakes = Fakes()
        self.now = self.random.choice(STARTS)
        self.rate = self.random.choice((0.0, 0.01, 0.04))
        self.table = UnreliableTable(self.fakes.table, self.random, rate=self.rate)
        self.is_calm = False
        self._requests = 0
        self.fakes.mailer.before = self._mail_provider_takes
        self.customers = [
            a_customer(self.fakes.ports(), self.now, name=f"Cliente {zone}", time_zone=zone,
                       email=f"pagos@{number}.example").id
            for number, zone in enumerate(ZONES)
        ]  # fmt: skip
        settling.found_company(self)

    def step(self) -> None:
        """Let time pass, deliver what has arrived, and let somebody do something."""
        self.fakes.table.lag = self.random.choice((0, 0, 3, 12))
        self.now += timedelta(minutes=self.random.choice((1, 7, 15, 60, 240)))
        self.deliver_what_is_due()
        name, action = self.random.choice(_ACTIONS)
        action(self)
        self.log.append(f"{self.now:%m-%d %H:%M} {name}")

    def deliver_what_is_due(self) -> None:
        """Do the work whose time has come, in any order, some of it twice."""
        self._take_from_queues()
        due = [parcel for parcel in self.on_the_way if parcel.due <= self.now]
        self.on_the_way = [parcel for parcel in self.on_the_way if parcel.due > self.now]
        self.random.shuffle(due)
        for parcel in due:
            if not self.attempt(parcel.work):
                self.post(parcel.name, parcel.work, minutes=5)
            elif self.strikes(0.15):
                self.attempt(parcel.work)

    def _take_from_queues(self) -> None:
        for queue, body in self.fakes.queues.take():
            minutes = self.random.choice((0, 0, 1, 30))
            self.post(queue, self._consumer(queue, body), minutes=minutes)

    def _consumer(self, queue: str, body: str) -> Work:
        return lambda ports: handle(ports, queue, body, self.now)

    def post(self, name: str, work: Work, *, minutes: int) -> None:
        """Put work on its way."""
        self.on_the_way.append(Parcel(self.now + timedelta(minutes=minutes), work, name))

    def attempt(self, work: Work) -> bool:
        """Do work once, with whatever befalls it; tell whether it must not be repeated."""
        ports = self.fakes.ports(self.table)
        if self.strikes(0.06):
            point = CrashPoint(self.random.randint(1, 12), after=self.strikes(0.5))
            ports = crashing(ports, point)
        try:
            work(ports)
        except (Outage, Crash):
            return False
        except (DomainError, AlreadyAnswered):
            return True
        return True

    def request(self, work: Callable[[Ports, Context], object]) -> None:
        """Send a request of staff; its client repeats it with the same key until it is answered."""
        self._requests += 1
        key = RepeatKey(f"key-{self._requests}", "hash")
        context = replace(Context(ANA, self.now), repeat_key=key)
        self.post("request", lambda ports: work(ports, context), minutes=0)
        self.deliver_what_is_due()

    def strikes(self, chance: float) -> bool:
        """Tell whether something bad happens now."""
        return not self.is_calm and self.random.random() < chance

    def books(self) -> Books:
        """Everything stored."""
        return Books(records_in(self.fakes.table))

    def _mail_provider_takes(self, mail: OutgoingMail) -> None:
        mailer = self.fakes.mailer
        if self.strikes(0.08):
            mailer.faults = [MailRefused("rate", is_temporary=self.random.random() < 0.8)]
            return
        if self.strikes(0.02):
            tomorrow = self.now + timedelta(days=1)
            mailer.faults = [MailRefused("quota", is_temporary=True, not_before=tomorrow)]
            return
        if self.strikes(0.04):
            mailer.faults = [MailUncertain("no answer, not sent")]
            return
        if self.strikes(0.06):
            mailer.after_accept = [self.random.choice((MailUncertain("no answer"), Crash()))]
        self._report_fate(mail)

    def _report_fate(self, mail: OutgoingMail) -> None:
        for reached, address in reports_of(self.random, mail):
            event = MailEvent(
                reached=reached, address=address,
                customer_id=mail.tags["customer_id"], message_id=mail.tags["message_id"],
                provider_message_id="ses", occurred_at=self.now,
            )  # fmt: skip
            context = system_context(self.now)
            minutes = self.random.choice((0, 1, 20, 600))
            self.post("mail event", _recording(context, event), minutes=minutes)

    def quiesce(self) -> None:
        """End all faults, let everything arrive and let the schedules run for a while."""
        self.is_calm = self.table.is_calm = True
        self.fakes.mailer.before = None
        self.fakes.mailer.faults, self.fakes.mailer.after_accept = [], []
        self.fakes.gateway.faults = []
        self.fakes.table.lag = 0
        self.fakes.table.catch_up()
        for _ in range(8):
            self.now += timedelta(hours=12)
            for parcel in self.on_the_way:
                parcel.due = min(parcel.due, self.now)
            for _ in range(4):
                self.deliver_what_is_due()
            sweep(self.fakes.ports(), system_context(self.now))
            online.night(self)
            queue_hourly_chores(self.fakes.ports(), system_context(self.now))
        while self.fakes.queues.messages or self.on_the_way:
            self.now += timedelta(minutes=30)
            self.deliver_what_is_due()


def _recording(context: Context, event: MailEvent) -> Work:
    return lambda ports: record_mail_event(ports, context, event)


def _one(world: World, record: type[Any], **wanted: Any) -> Any:
    found = [
        one
        for one in world.books().all(record)
        if all(getattr(one, name) == value for name, value in wanted.items())
    ]
    return world.random.choice(found) if found else None


def _issue(world: World) -> None:
    customer = world.random.choice(world.customers)
    due = world.now.date() + timedelta(days=world.random.randint(0, 12))
    draft = a_draft(
        world.fakes.ports(), customer, world.random.randint(1, 90_000), world.now, due_date=due,
        series=world.random.choice("AB"), currency=world.random.choice(("EUR", "EUR", "CLP")),
    )  # fmt: skip
    world.request(
        lambda ports, context: issue_invoice(ports, context, draft.id, expected_version=None)
    )


def _send(world: World) -> None:
    invoice = _one(world, Invoice)
    if invoice:
        world.request(lambda ports, context: send_invoice(ports, context, invoice.id, again=False))


def _void(world: World) -> None:
    invoice = _one(world, Invoice, state="issued")
    if invoice:
        world.request(
            lambda ports, context: void_invoice(
                ports, context, invoice.id, reason=None, expected_version=None
            )
        )


def _pay(world: World) -> None:
    new = NewPayment(
        customer_id=world.random.choice(world.customers),
        amount_minor=world.random.randint(1, 60_000),
        currency=world.random.choice(("EUR", "EUR", "CLP")),
        received_on=world.now.date() - timedelta(days=world.random.randint(0, 40)),
        method="transfer",
        wanted=world.random.choice((None, None, ())),
    )
    world.request(lambda ports, context: record_payment(ports, context, new))


def _allocate(world: World) -> None:
    payment = _one(world, Payment)
    if payment:
        world.request(lambda ports, context: allocate_payment(ports, context, payment.id, None))


def _assign(world: World) -> None:
    payment = _one(world, Payment, customer_id=UNIDENTIFIED)
    customer = world.random.choice(world.customers)
    if payment:
        world.request(lambda ports, context: assign_payment(ports, context, payment.id, customer))


def _move(world: World) -> None:
    customer = world.random.choice(world.customers)
    changes = {"time_zone": world.random.choice(ZONES), "email": f"p{len(world.log)}@x.example"}
    world.request(
        lambda ports, context: change_customer(
            ports, replace(context, repeat_key=None), customer, changes, expected_version=None
        )
    )


def _decide(world: World) -> None:
    """A person reads the uncertain and the refused and says what is to be done."""
    state = world.random.choice(("unknown", "unknown", "refused"))
    message = _one(world, Message, state=state)
    if not message:
        return
    decision: Decision = world.random.choice(("was_sent", "send_again", "drop"))
    verdict = Verdict(message.customer_id, message.id, decision)
    if decision == "send_again":
        world.sent_again[message.id] += 1
    world.request(lambda ports, context: decide_message(ports, context, verdict))


def _tick(world: World) -> None:
    # An hour at which people work in some of the zones.
    next_day = world.now + timedelta(days=world.random.choice((0, 1, 1, 2)))
    hour = world.random.choice((9, 14, 16, 21, 23))
    world.now = max(world.now, next_day.replace(hour=hour, minute=world.random.choice((0, 45))))
    for _ in range(world.random.choice((1, 1, 3))):
        world.attempt(lambda ports: queue_due_reminders(ports, system_context(world.now)))


def _sweep(world: World) -> None:
    world.attempt(lambda ports: sweep(ports, system_context(world.now)))


def _freeze(world: World) -> None:
    change_company(world.fakes.ports(), sending_frozen=True)
    world.post("thaw", lambda _: change_company(world.fakes.ports(), sending_frozen=False),
               minutes=world.random.choice((30, 1_440)))  # fmt: skip


def _jump(world: World) -> None:
    world.now += timedelta(days=world.random.choice((1, 3, 9)))


_ACTIONS: Final[tuple[tuple[str, Callable[[World], None]], ...]] = (
    *(("issue", _issue),) * 9,
    *(("send", _send),) * 2,
    ("void", _void),
    ("pay", _pay),
    ("allocate", _allocate),
    ("assign", _assign),
    ("move", _move),
    ("decide", _decide),
    *online.ACTIONS,
    *(("tick", _tick),) * 16,
    *(("sweep", _sweep),) * 2,
    *(("hour", recurring.hour),) * 4,
    *(("recur", recurring.recur),) * 2,
    ("schedule", recurring.schedule),
    ("retry run", recurring.retry),
    *settling.ACTIONS,
    *dunning.ACTIONS,
    ("freeze", _freeze),
    ("jump", _jump),
)
