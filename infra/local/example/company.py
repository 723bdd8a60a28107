"""The company of the example: a printing house in Zaragoza. It and its customers are made up."""

from dataclasses import dataclass
from typing import Any, Final, Literal

COMPANY: Final[dict[str, Any]] = {
    "name": "Artes Gráficas Olivar, S.L.",
    "tax_id": "B50123454",
    "address": "Calle de la Imprenta, 14\n50014 Zaragoza",
    "country": "ES",
    "email": "administracion@olivar.example",
    "phone": "+34 976 000 000",
    "website": "https://olivar.example",
    "iban": "ES7921000813610123456789",
    "language": "es",
    "currency": "EUR",
    "time_zone": "Europe/Madrid",
    "terms_days": 30,
    "invoice_footer": "Inscrita en el Registro Mercantil de Zaragoza, tomo 1234, folio 56.",
    "reply_to": "administracion@olivar.example",
    "accent": "#3f6212",
}

Habit = Literal["prompt", "usual", "slow", "very_slow", "by_month", "in_parts", "stopped"]


@dataclass(frozen=True)
class Buyer:
    """A customer of the example, and how it pays. ``weight`` is its share of the orders."""

    name: str
    city: str
    habit: Habit
    weight: int = 2
    country: str = "ES"
    currency: str = "EUR"
    terms_days: int = 30
    segment: str = "empresa"
    months_ago: int = 14

    @property
    def language(self) -> Literal["es", "en"]:
        """Spanish in Spain, English elsewhere."""
        return "es" if self.country == "ES" else "en"

    @property
    def time_zone(self) -> str:
        """Where its people sit."""
        zones = {"US": "America/New_York", "GB": "Europe/London", "PT": "Europe/Lisbon"}
        return zones.get(self.country, "Europe/Madrid")
