"""The chase of the example: its rules, and cases of which each shows one thing that may happen.

Each case is a debt of its own at a customer who owes nothing else, so that it stands there on any
day on which the example is made.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from chalicelib.domain.calendar import is_working_day
from chalicelib.domain.customer import Customer
from chalicelib.domain.invoice import LineInput
from chalicelib.domain.period import previous_month
from chalicelib.domain.policy import DEFAULT_POLICY
from chalicelib.domain.recipients import recipients
from chalicelib.domain.template import TemplateText
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.chores import queue_chores
from chalicelib.usecases.company import change_company
from chalicelib.usecases.context import Context
from chalicelib.usecases.draft_invoice import NewInvoice, draft_invoice
from chalicelib.usecases.holds import NewHold, make_hold
from chalicelib.usecases.hourly import CHORES
from chalicelib.usecases.issue_invoice import issue_invoice
from chalicelib.usecases.letters import Posted, mark_posted
from chalicelib.usecases.mail_listings import messages_in
from chalicelib.usecases.policies import assign_policies
from chalicelib.usecases.promises import NewPromise, make_promise
from chalicelib.usecases.templates import Place, change_template
from infra.local.example.past import Past, Reported
from infra.local.example.people import FIRM_SEGMENT

CALL: Final = "Cervezas Calle Mayor, S.L."
APPROVAL: Final = "Dulces Santa Engracia, S.L."
NO_ADDRESS: Final = "Óptica Miralbueno, S.L."
UNCERTAIN: Final = "Juguetes Cometa, S.A."
PROMISE: Final = "Riegos del Cinca, S.A."
ON_HOLIDAY: Final = "Talleres Mecánicos Utebo, S.L."
FULL_MAILBOX: Final = "Clínica Dental Sobrarbe, S.L."
STATEMENTS: Final = ("Editorial Cierzo, S.A.", "Atlas y Mapas, S.A.", "Kestrel Books Ltd")

# Customer: days since the debt fell due, what was sold, its price. The days are such that weekends
# and holidays do not decide on which side of a step today lies.
_DEBTS: Final = {
    CALL: (19, "Etiquetas adhesivas, 40.000 uds.", 184_000),
    APPROVAL: (35, "Cajas de pasteles impresas, 5.000 uds.", 236_500),
    NO_ADDRESS: (13, "Estuches y talonarios", 74_800),
    UNCERTAIN: (22, "Catálogo de Navidad, 8.000 uds.", 412_000),
    PROMISE: (13, "Manuales de instalación, 1.200 uds.", 158_000),
    ON_HOLIDAY: (9, "Partes de trabajo autocopiativos", 39_600),
    FULL_MAILBOX: (15, "Tarjetas de cita, 10.000 uds.", 52_300),
}
SOLD: Final = len(_DEBTS)
_HOLIDAYS: Final = 6  # days at the beginning of a month, weekend included, at most
_STATEMENTS: Final = {"statements": CHORES["statements"]}
_TERMS_DAYS: Final = 30
_ADMIN, _ACCOUNTANT, _COLLECTOR = 0, 1, 2
_OWN_WORDS: Final = TemplateText(
    subject="{{titulo_facturas}}: pago pendiente",
    opening=(
        "{{lo_que_se_debe}}\n\n"
        "Si la factura está aún en intervención o falta algún documento para tramitarla "
        "(pedido, acta de recepción, número de expediente), díganoslo y se lo enviamos hoy mismo."
    ),
    closing="Si ya han ordenado el pago, le agradeceremos que nos indique la fecha prevista.",
)
_DELAYED: Final = (
    Reported("delayed", "smtp; 451 4.7.1 Greylisted, try again later", timedelta(minutes=6)),
    Reported("delivered", None, timedelta(hours=2)),
)
_FULL: Final = (
    Reported("undelivered", "smtp; 452 4.2.2 The mailbox is full", timedelta(minutes=1)),
)


class Chase:
    """Told day by day like the rest of the story; customers are known by name."""

    def __init__(self, past: Past, customers: Mapping[str, Customer], today: date) -> None:
        self._past = past
        self._customers = customers
        self._today = today
        self._calendar: dict[date, list[Callable[[date], None]]] = defaultdict(list)
        for name, (days, _, _) in _DEBTS.items():
            self._on(days + _TERMS_DAYS, partial(self._sell, name))
        self._on(10, lambda _: self._past.fates.update({self._address(CALL): _DELAYED}))
        self._on(9, lambda _: self._past.fates.update({self._address(FULL_MAILBOX): _FULL}))
        self._on(9, lambda _: self._past.unanswered.add(self._address(UNCERTAIN)))
        self._on(8, self._hear_of_holidays)
        self._on(7, self._hear_a_promise)

    def set_rules(self, day: date) -> None:
        """Give a segment the firm ladder, and another one words of its own."""
        ports, context = self._past.ports, self._past.by(_ADMIN, self._past.at(day, 9, 30))
        segments = {FIRM_SEGMENT: "firm"}
        assign_policies(
            ports, context, default_id=DEFAULT_POLICY, segments=segments, expected_version=None
        )
        place = Place("reminder_first", "es", "pública")
        change_template(ports, context, place, _OWN_WORDS, expected_version=None)
        self._past.work_off(context.at)

    def happen(self, day: date) -> None:
        """Let happen what belongs to this day, before its mails go out."""
        for act in self._calendar.pop(day, ()):
            act(day)
        if is_working_day(day) and 6 <= (self._today - day).days <= 9:  # noqa: PLR2004
            self._post_letters(day)

    def send_statements(self) -> None:
        """Last month's statements go to those who wished for them; from now on to all who owe."""
        self._past.keep_mails_in()
        first = self._first_working_day()
        for name in STATEMENTS:
            wish = {"statements": True}
            context, customer_id = self._by(_ACCOUNTANT, first, 9), self._customers[name].id
            change_customer(self._past.ports, context, customer_id, wish, expected_version=None)
        for days in range(_HOLIDAYS):
            at = self._past.at(first + timedelta(days=days), 16)
            queue_chores(self._past.ports, self._past.by_itself(at), _STATEMENTS)
            for _ in ("the plan", "its chunk", "the mails"):
                self._past.work_off(at)
        context = self._by(_ADMIN, first + timedelta(days=_HOLIDAYS), 9)
        change_company(self._past.ports, context, {"statements": "open"}, expected_version=None)

    def _on(self, days_ago: int, act: Callable[[date], None]) -> None:
        """Nobody works on a weekend: what falls there happens on the Friday before."""
        day = self._today - timedelta(days=days_ago)
        while not is_working_day(day):
            day -= timedelta(days=1)
        self._calendar[day].append(act)

    def _first_working_day(self) -> date:
        """The first working day of this month, or of the one before where that is too near."""
        first = self._today.replace(day=1)
        if self._today.day <= _HOLIDAYS:
            first = previous_month(first)
        while not is_working_day(first):
            first += timedelta(days=1)
        return first

    def _by(self, person: int, day: date, hour: int) -> Context:
        return self._past.by(person, self._past.at(day, hour))

    def _address(self, name: str) -> str:
        """To whom a reminder goes first."""
        return recipients(self._customers[name], "reminders")[0].address

    def _sell(self, name: str, day: date) -> None:
        days, what, price_minor = _DEBTS[name]
        ports, context = self._past.ports, self._by(_ACCOUNTANT, day, 12)
        line = LineInput(
            description=what,
            quantity=Decimal(1),
            unit_price_minor=price_minor,
            tax_rate=Decimal("0.21"),
        )
        new = NewInvoice(
            customer_id=self._customers[name].id,
            currency="EUR",
            lines=[line],
            due_date=self._today - timedelta(days=days),
        )
        draft = draft_invoice(ports, context, new)
        issue_invoice(ports, context, draft.id, expected_version=None)

    def _hear_of_holidays(self, day: date) -> None:
        until = self._today + timedelta(days=11)
        new = NewHold(
            customer_id=self._customers[ON_HOLIDAY].id,
            currency="EUR",
            until=until,
            reason="agreed",
            note="Cerrado por vacaciones; pagan a la vuelta",
        )
        make_hold(self._past.ports, self._by(_COLLECTOR, day, 10), new)

    def _hear_a_promise(self, day: date) -> None:
        _, _, net_minor = _DEBTS[PROMISE]
        new = NewPromise(
            customer_id=self._customers[PROMISE].id,
            currency="EUR",
            amount_minor=net_minor * 121 // 100,
            promised_on=self._today + timedelta(days=5),
            note="Dice que paga con la remesa de la semana que viene",
            owner="Gloria Gestora",
        )
        make_promise(self._past.ports, self._by(_COLLECTOR, day, 13), new)

    def _post_letters(self, day: date) -> None:
        """In the morning, what was written on a day before."""
        at = self._past.at(day, 11)
        for row in self._past.ports.store.rows(messages_in("to_post", at), limit=10).items:
            posted = Posted(
                customer_id=row["customer_id"],
                message_id=row["id"],
                posted_on=day,
                carrier="Correos, carta certificada",
                tracking="CD0123456789ES",
            )
            mark_posted(self._past.ports, self._past.by(_COLLECTOR, at), posted)
