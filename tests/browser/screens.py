"""Every screen by name, with the address at which a given book shows it in full."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.browser.book import days_from_today
from tests.browser.saldo import Saldo

# Where ids stand in an address; `addresses` puts those of a book.
_PATTERNS: Final = {
    "home": "/",
    "invoices": "/invoices",
    "invoices overdue": "/invoices?tab=overdue",
    "invoice overdue": "/invoices/{overdue}",
    "invoice draft": "/invoices/{draft}",
    "invoice paid": "/invoices/{paid}",
    "invoice void": "/invoices/{void}",
    "invoice to approve": "/invoices/{waiting}",
    "invoice disputed": "/invoices/{disputed}",
    "invoice credited": "/invoices/{credited}",
    "invoice in a plan": "/invoices/{planned}",
    "invoice written off": "/invoices/{lost}",
    "approvals": "/approvals",
    "approvals given": "/approvals?state=approved",
    "editor new": "/invoices/new",
    "editor": "/invoices/{draft}/edit",
    "customers": "/customers",
    "debtors": "/customers?view=debtors",
    "customer": "/customers/{debtor}",
    "customer paused": "/customers/{paused}",
    "customer with legal": "/customers/{handed}",
    "customer suppressed": "/customers/{suppressed}",
    "customer new": "/customers/new",
    "customer edit": "/customers/{debtor}/edit",
    "payments": "/payments",
    "payments unapplied": "/payments?tab=unapplied",
    "payment": "/payments/{applied}",
    "payment unapplied": "/payments/{unapplied}",
    "payment unidentified": "/payments/{unidentified}",
    "credits": "/payments?tab=credits",
    "record payment": "/payments/new?invoice={overdue}",
    "disputes": "/disputes",
    "promises": "/promises",
    "plans": "/plans",
    "pauses": "/holds",
    "with legal": "/handovers",
    "recurring": "/recurring",
    "recurring one": "/recurring/{recurring}",
    "recurring edit": "/recurring/{recurring}/edit",
    "recurring new": "/recurring/new",
    "recurring runs": "/recurring/runs",
    "messages": "/messages",
    "messages not delivered": "/messages?group=not_delivered",
    "message": "/messages/{mailed}",
    "deliverability": "/messages/deliverability",
    "statement": "/customers/{debtor}/statement",
    "letters": "/letters",
    "outgoing": "/outgoing",
    "outgoing soon": "/outgoing?day={soon}",
    "outgoing one": "/outgoing?day={soon}&open={leaving}",
    "imports": "/imports",
    "import new": "/imports/new",
    "work": "/work",
    "work done": "/work?state=done",
    "settings": "/settings",
    "settings company": "/settings/company",
    "settings series": "/settings/series",
    "settings rules": "/settings/rules",
    "settings rates": "/settings/rates",
    "settings portal": "/settings/portal",
    "settings reminders": "/settings/reminders",
    "settings rule": "/settings/reminders/firm",
    "settings company's rule": "/settings/reminders/default",
    "settings new rule": "/settings/reminders/new?from=gentle",
    "settings hours": "/settings/hours",
    "settings texts": "/settings/templates",
    "settings text": "/settings/templates?template=reminder_firm&language=es",
    "settings statements": "/settings/statements",
    "settings accounting": "/settings/accounting",
    "settings proof": "/settings/proof",
    "settings people": "/settings/people",
    "settings keys": "/settings/keys",
    "settings online payments": "/settings/providers",
    "settings webhooks": "/settings/webhooks",
    "settings notices": "/settings/notices",
    "developers": "/developers",
    "developers invoices": "/developers#post_invoices",
    "not found": "/nowhere",
}
# Ids that the first of a list names.
_LISTED: Final = {
    "overdue": ("/v1/invoices?tab=overdue", "id"),
    "draft": ("/v1/invoices?state=draft", "id"),
    "paid": ("/v1/invoices?tab=paid", "id"),
    "void": ("/v1/invoices?tab=void", "id"),
    "lost": ("/v1/invoices?state=written_off", "id"),
    "waiting": ("/v1/approvals", "invoice_id"),
    "disputed": ("/v1/disputes?state=open", "invoice_id"),
    "credited": ("/v1/credit-notes", "invoice_id"),
    "paused": ("/v1/holds?state=open", "customer_id"),
    "handed": ("/v1/handovers?state=open", "customer_id"),
    "planned": ("/v1/plans?state=open", "invoice_ids"),
    "recurring": ("/v1/recurring-invoices", "id"),
    "debtor": ("/v1/reports/debtors?currency=EUR", "customer_id"),
    "applied": ("/v1/payments", "id"),
}
# Those of which a work item of a kind tells.
_TOLD: Final = {
    "suppressed": ("address_bounced", "customer_id"),
    "unidentified": ("payment_unmatched", "payment_id"),
    "unapplied": ("payment_excess", "payment_id"),
}
NAMES: Final = tuple(_PATTERNS)
# What a book without anything has: the other screens need something to show.
NAMES_OF_EMPTY: Final = tuple(name for name, path in _PATTERNS.items() if "{" not in path)


def address(saldo: Saldo, name: str) -> str:
    """The address of a screen in this book."""
    pattern = _PATTERNS[name]
    return pattern.format_map(_Ids(saldo))


class _Ids(dict[str, str]):
    """Looks an id up when an address asks for it."""

    def __init__(self, saldo: Saldo) -> None:
        self._saldo = saldo

    def __missing__(self, what: str) -> str:
        if what in {"soon", "leaving"}:
            self |= self._leaving()
            return self[what]
        if what in _TOLD:
            kind, name = _TOLD[what]
            return str(self._work(kind)[name])
        if what == "mailed":
            row = self._first("/v1/messages?group=not_delivered")
            return f"{row['customer_id']}/{row['id']}"
        path, name = _LISTED[what]
        found = self._first(path)[name]
        return str(found if isinstance(found, str) else found[0])

    def _leaving(self) -> dict[str, str]:
        # The first message that goes out by itself within the days that the screen offers.
        last = days_from_today(6)
        items = self._saldo.ask("GET", f"/v1/outgoing?day={last}")["items"]
        item = next(one for one in items if one["reason_none"] is None and one["to"])
        day = datetime.fromisoformat(item["at"]).astimezone(ZoneInfo("Europe/Madrid")).date()
        return {
            "soon": day.isoformat(),
            "leaving": f"{item['customer_id']}.{item['currency']}",
        }

    def _first(self, path: str) -> dict[str, Any]:
        return dict(self._saldo.ask("GET", path)["items"][0])

    def _work(self, what: str) -> dict[str, Any]:
        items = self._saldo.ask("GET", "/v1/work-items?limit=50")["items"]
        return next(dict(item) for item in items if item["what"] == what)
