"""Every screen by name, with the address at which a given book shows it in full."""

from typing import Any, Final

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
    "editor new": "/invoices/new",
    "editor": "/invoices/{draft}/edit",
    "customers": "/customers",
    "debtors": "/customers?view=debtors",
    "customer": "/customers/{debtor}",
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
    "recurring": "/recurring",
    "recurring one": "/recurring/{recurring}",
    "recurring edit": "/recurring/{recurring}/edit",
    "recurring new": "/recurring/new",
    "recurring runs": "/recurring/runs",
    "work": "/work",
    "work done": "/work?state=done",
    "settings company": "/settings",
    "settings rules": "/settings/rules",
    "settings rates": "/settings/rates",
    "settings reminders": "/settings/reminders",
    "settings accounting": "/settings/accounting",
    "settings proof": "/settings/proof",
    "settings people": "/settings/people",
    "settings keys": "/settings/keys",
    "not found": "/nowhere",
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
        if what in ("overdue", "draft", "paid", "void"):
            return self._first(f"/v1/invoices?tab={what}")["id"]
        if what == "recurring":
            return self._first("/v1/recurring-invoices")["id"]
        if what == "debtor":
            return self._first("/v1/reports/debtors?currency=EUR")["customer_id"]
        if what == "suppressed":
            return self._work("address_bounced")["customer_id"]
        if what == "unidentified":
            return self._work("payment_unmatched")["payment_id"]
        if what == "unapplied":
            return self._work("payment_excess")["payment_id"]
        assert what == "applied", what
        return self._first("/v1/payments")["id"]

    def _first(self, path: str) -> dict[str, Any]:
        return dict(self._saldo.ask("GET", path)["items"][0])

    def _work(self, what: str) -> dict[str, Any]:
        items = self._saldo.ask("GET", "/v1/work-items?limit=50")["items"]
        return next(dict(item) for item in items if item["what"] == what)
