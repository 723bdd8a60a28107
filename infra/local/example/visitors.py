"""What else customers of the example do in the portal, and the links that staff make for them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from chalicelib.domain.customer import Customer
from chalicelib.usecases.listings import accounts_of
from chalicelib.usecases.portal_access import note_visit, visitor
from chalicelib.usecases.portal_contact import change_contact_in_portal
from chalicelib.usecases.portal_disputes import PortalDispute, contest_in_portal, take_file
from chalicelib.usecases.portal_links import (
    MadeLink,
    NewLink,
    make_link,
    make_pay_link,
    revoke_link,
)
from chalicelib.usecases.portal_promises import PortalPromise, promise_in_portal
from infra.local.example.chase import CALL
from infra.local.example.logo import damaged_box
from infra.local.example.online import CONTESTED, PROMISED, Online
from infra.local.example.past import Past

MOVED: Final = "Editorial Cierzo, S.A."
REVOKED: Final = "Revista Altavoz, S.L."
_ACCOUNTANT, _COLLECTOR = 1, 2
_CONTESTED_MINOR: Final = 45_375


class Visitors:
    """Told day by day like the rest of the story; customers are known by name."""

    def __init__(self, past: Past, customers: Mapping[str, Customer], online: Online) -> None:
        self._past = past
        self._customers = customers
        self._online = online
        self._revocable: MadeLink | None = None
        self._calendar = {
            12: self._make_a_link,
            6: self._revoke_it,
            4: self._promise,
            3: self._make_a_pay_link,
            2: self._contest,
            1: self._ask_for_another_address,
        }

    def happen(self, day: date, days_ago: int) -> None:
        """Let happen what belongs to this day."""
        if days_ago in self._calendar:
            self._calendar[days_ago](day)
            self._past.finish(self._past.at(day, 18))

    def _make_a_link(self, day: date) -> None:
        context = self._past.by(_ACCOUNTANT, self._past.at(day, 10))
        new = NewLink(customer_id=self._customers[REVOKED].id)
        self._revocable = make_link(self._past.ports, context, new)

    def _revoke_it(self, day: date) -> None:
        """Who got it has left the customer's company."""
        if self._revocable is not None:
            context, link = self._past.by(_COLLECTOR, self._past.at(day, 10)), self._revocable.link
            revoke_link(self._past.ports, context, link.customer_id, link.id)

    def _promise(self, day: date) -> None:
        link, context = self._online.visit(PROMISED, self._past.at(day, 17, 10))
        new = PortalPromise(
            currency="EUR",
            promised_on=day + timedelta(days=10),
            invoice_ids=[self._online.invoice(PROMISED).id],
        )
        promise_in_portal(self._past.ports, context, link, new)

    def _contest(self, day: date) -> None:
        link, context = self._online.visit(CONTESTED, self._past.at(day, 9, 50))
        ports = self._past.ports
        photograph = take_file(ports, context, link, name="caja-rota.png", content=damaged_box())
        new = PortalDispute(
            invoice_id=self._online.invoice(CONTESTED).id,
            category="defective",
            amount_minor=_CONTESTED_MINOR,
            comment="30 expositores llegaron con la esquina rota.",
            file_ids=(photograph.id,),
        )
        contest_in_portal(ports, context, link, new)

    def _make_a_pay_link(self, day: date) -> None:
        """Asked for on the telephone; the customer has looked at it, and not paid."""
        ports, customer = self._past.ports, self._customers[CALL]
        (account,) = ports.store.records(accounts_of(customer.id))
        context = self._past.by(_COLLECTOR, self._past.at(day, 12))
        made = make_pay_link(ports, context, account.open_items[-1].invoice_id)
        at = self._past.at(day + timedelta(days=1), 9)
        note_visit(ports, self._past.by_actor(visitor(made.link), at), made.link)

    def _ask_for_another_address(self, day: date) -> None:
        ports, customer = self._past.ports, self._customers[MOVED]
        contact = customer.contacts[0]
        context = self._past.by(_COLLECTOR, self._past.at(day, 10))
        new = NewLink(customer_id=customer.id, contact_id=contact.id)
        link = make_link(ports, context, new).link
        context = self._past.by_actor(visitor(link), self._past.at(day, 13))
        note_visit(ports, context, link)
        changes = {"email": "facturas@editorial-cierzo-s-a.example"}
        change_contact_in_portal(ports, context, link, changes)
