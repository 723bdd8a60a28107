"""The pages of the stand-ins, of one look: where a customer pays, where a tester decides."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from chalicelib.domain.money import exponent_of, major
from infra.local.gateway import Answer
from infra.local.pages import page
from infra.local.providers.base import Language, Shown, Text
from infra.local.providers.delivery import Control, Letter

PAY: Final = Text("Pagar {amount}", "Pay {amount}")
PAY_LATER: Final = Text("Pagar, se confirma en unos días", "Pay, confirmed in some days")
DECLINE: Final = Text("Probar un pago rechazado", "Try a payment that is declined")
CANCEL: Final = Text("Cancelar y volver", "Cancel and go back")

_SIGNS: Final = {"EUR": "€", "USD": "US$", "GBP": "£"}


class Choice(NamedTuple):
    """A button of a checkout page: it posts ``name`` as ``choice``. ``{amount}`` is filled in."""

    name: str
    label: Text
    is_main: bool = False


USUAL: Final = (
    Choice("pay", PAY, is_main=True),
    Choice("pay_later", PAY_LATER),
    Choice("decline", DECLINE),
    Choice("cancel", CANCEL),
)
"""Paid at once, on its way, refused, given up."""


class Checkout(NamedTuple):
    """What a checkout page says. Its buttons post ``fields`` and their choice to ``action``."""

    provider: str
    merchant: str
    description: str
    amount_minor: int
    currency: str
    language: Language
    action: str
    choices: Sequence[Choice] = USUAL
    fields: Mapping[str, str] = {}
    error: Text | None = None
    method: Text | None = None


def checkout_page(checkout: Checkout) -> Answer:
    """The page on which a customer pays; there is no card to type, only what is to happen."""
    shown_amount = amount(checkout.amount_minor, checkout.currency, checkout.language)
    return page(
        "provider_checkout.html", checkout=checkout, amount=shown_amount, say=_in(checkout.language)
    )


def message_page(provider: str, title: Text, text: Text, language: Language) -> Answer:
    """A page that only says something: paid already, expired, unknown."""
    return page(
        "provider_message.html", provider=provider, title=title, text=text, say=_in(language),
        language=language,
    )  # fmt: skip


def providers_page(standins: Sequence[tuple[str, str, int]], language: Language) -> Answer:
    """All stand-ins: name, title, number of payments."""
    return page("providers.html", standins=standins, say=_in(language), language=language)


def payments_page(
    provider: tuple[str, str],
    payments: Sequence[Shown],
    letters: Sequence[Letter],
    control: Control,
    language: Language,
) -> Answer:
    """The payments of one stand-in, and how its webhooks are treated."""
    return page(
        "provider_payments.html", provider=provider[0], title=provider[1], payments=payments,
        letters=letters, control=control, **_common(language),
    )  # fmt: skip


def payment_page(
    provider: tuple[str, str],
    payment: Shown,
    letters: Sequence[Letter],
    language: Language,
    refusal: str | None,
) -> Answer:
    """One payment: what it is, what can be done to it, which webhooks it has sent."""
    return page(
        "provider_payment.html", provider=provider[0], title=provider[1], payment=payment,
        letters=letters, refusal=refusal, decimals=exponent_of(payment.currency),
        major=lambda minor: major(minor, payment.currency), **_common(language),
    )  # fmt: skip


def amount(amount_minor: int, currency: str, language: Language) -> str:
    """An amount as people of a language write it; these pages are no documents of ours."""
    text = f"{major(amount_minor, currency):,.{exponent_of(currency)}f}"
    if language == "es":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {_SIGNS.get(currency, currency)}"


def plain_amount(amount_minor: int, currency: str) -> str:
    """An amount among the facts of a payment, which programs read too."""
    return f"{major(amount_minor, currency):.{exponent_of(currency)}f} {currency}"


def _common(language: Language) -> dict[str, Any]:
    return {"say": _in(language), "language": language, "money": amount, "clock": _clock}


def _in(language: Language) -> Any:
    return lambda es, en: en if language == "en" else es


def _clock(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%H:%M:%S} UTC"
