"""The sixty customers of the example. All are made up."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.search_text import normal
from chalicelib.usecases.create_customer import NewCustomer
from infra.local.example.company import Buyer
from infra.local.example.people import FIRM_SEGMENT, PROFILES

_PUBLISHERS: Final = (
    Buyer("Editorial Cierzo, S.A.", "Zaragoza", "usual", 9, terms_days=60, segment="editorial"),
    Buyer("Ediciones del Moncayo, S.L.", "Tarazona", "prompt", 5, segment="editorial"),
    Buyer("Librería y Editorial Mudéjar", "Teruel", "slow", 3, segment="editorial"),
    Buyer("Papel de Agua Editores, S.L.", "Barcelona", "usual", 6, terms_days=60,
          segment="editorial"),
    Buyer("Ediciones Puerto Norte, S.L.", "Gijón", "in_parts", 4, segment="editorial"),
    Buyer("Atlas y Mapas, S.A.", "Madrid", "by_month", 7, terms_days=60, segment="editorial"),
    Buyer("Revista Altavoz, S.L.", "Madrid", "very_slow", 4, segment="editorial"),
    Buyer("Cuadernos Azules, S.C.", "Sevilla", "prompt", 2, segment="editorial"),
    Buyer("Editorial La Noria, S.L.", "Valencia", "usual", 3, segment="editorial"),
    Buyer("Poesía en Red, Asociación", "Granada", "stopped", 1, segment="editorial"),
)  # fmt: skip
_FOOD_AND_WINE: Final = (
    Buyer("Bodegas Peña Roya, S.A.", "Cariñena", "prompt", 6),
    Buyer("Bodega Viñas del Huerva", "Cariñena", "usual", 3),
    Buyer("Aceites Bajo Aragón, S.L.", "Alcañiz", "usual", 4),
    Buyer("Conservas Isla Sur, S.A.", "Cádiz", "slow", 3),
    Buyer("Quesos Valle del Ésera, S.L.", "Graus", "prompt", 2),
    Buyer("Cervezas Calle Mayor, S.L.", "Huesca", "in_parts", 3, segment=FIRM_SEGMENT),
    Buyer("Dulces Santa Engracia, S.L.", "Zaragoza", "prompt", 3, segment=FIRM_SEGMENT),
    Buyer("Frutas Jalón, S. Coop.", "Calatayud", "by_month", 4),
    Buyer("Cafés Torrero, S.L.", "Zaragoza", "usual", 3, segment=FIRM_SEGMENT),
    Buyer("Mieles del Maestrazgo", "Cantavieja", "prompt", 1),
)
_TRADE_AND_CULTURE: Final = (
    Buyer("Teatro del Coso", "Zaragoza", "usual", 4, segment="cultura"),
    Buyer("Museo del Textil", "Barbastro", "slow", 2, terms_days=60, segment="cultura"),
    Buyer("Fundación Río Gállego", "Zaragoza", "prompt", 2, segment="cultura"),
    Buyer("Festival Noches de Piedra", "Jaca", "very_slow", 2, segment="cultura"),
    Buyer("Ayuntamiento de Valdemera", "Valdemera", "very_slow", 4, terms_days=60,
          segment="pública"),
    Buyer("Comarca del Alto Sotón", "Ayerbe", "slow", 3, terms_days=60, segment="pública"),
    Buyer("Universidad Popular del Ebro", "Zaragoza", "usual", 4, terms_days=60,
          segment="pública"),
    Buyer("Colegio San Gregorio", "Zaragoza", "prompt", 2, segment="cultura"),
    Buyer("Feria del Mueble de Aragón", "Zaragoza", "usual", 3, segment="cultura"),
    Buyer("Club Ciclista Puerta Cinegia", "Zaragoza", "prompt", 1, segment="cultura"),
)  # fmt: skip
_COMPANIES: Final = (
    Buyer("Muebles Robledal, S.A.", "Zaragoza", "usual", 5),
    Buyer("Óptica Miralbueno, S.L.", "Zaragoza", "prompt", 2),
    Buyer("Clínica Dental Sobrarbe, S.L.", "Aínsa", "prompt", 2),
    Buyer("Farmacéutica Delicias, S.A.", "Zaragoza", "by_month", 7, terms_days=60),
    Buyer("Cosmética Flor de Sal, S.L.", "Alicante", "slow", 4),
    Buyer("Moda Paseo, S.L.", "Madrid", "stopped", 4),
    Buyer("Zapatos Arrabal, S.L.", "Elche", "in_parts", 3),
    Buyer("Juguetes Cometa, S.A.", "Ibi", "usual", 4),
    Buyer("Inmobiliaria Las Fuentes, S.L.", "Zaragoza", "very_slow", 2),
    Buyer("Seguros Monegros, Correduría", "Huesca", "prompt", 2),
    Buyer("Hotel Balneario de la Sierra", "Jaraba", "slow", 3, segment=FIRM_SEGMENT),
    Buyer("Restaurante Casa Perdiguer", "Zaragoza", "stopped", 1, segment=FIRM_SEGMENT),
    Buyer("Autocares Tierra Estella, S.L.", "Estella", "usual", 2),
    Buyer("Energía Solar Belchite, S.L.", "Belchite", "usual", 3, months_ago=9),
    Buyer("Riegos del Cinca, S.A.", "Monzón", "prompt", 3),
    Buyer("Talleres Mecánicos Utebo, S.L.", "Utebo", "slow", 2),
    Buyer("Logística Plaza Norte, S.A.", "Zaragoza", "usual", 4),
    Buyer("Informática Pilar y Hermanos", "Zaragoza", "prompt", 2, months_ago=11),
    Buyer("Startup Limonar, S.L.", "Málaga", "very_slow", 2, months_ago=7),
    Buyer("Agencia Dos Comas, S.L.", "Bilbao", "usual", 6, months_ago=12),
    Buyer("Estudio Gráfico Tintero", "Zaragoza", "by_month", 4),
)
_ABROAD: Final = (
    Buyer("Hudson Paper Goods, Inc.", "New York", "slow", 8, "US", "USD", segment="export"),
    Buyer("Lakeside Stationers LLC", "Chicago", "very_slow", 6, "US", "USD", segment="export"),
    Buyer("Blue Ridge Brewing Co.", "Asheville", "usual", 4, "US", "USD", segment="export"),
    Buyer("Kestrel Books Ltd", "Bristol", "slow", 7, "GB", "GBP", segment="export"),
    Buyer("Fern & Thistle Ltd", "Edinburgh", "stopped", 4, "GB", "GBP", segment="export"),
    Buyer("Harbour Street Press Ltd", "Dover", "in_parts", 4, "GB", "GBP", segment="export"),
    Buyer("Imprimerie des Gaves SARL", "Pau", "prompt", 3, "FR", segment="export"),
    Buyer("Papelaria Douro, Lda.", "Porto", "usual", 2, "PT", segment="export"),
    Buyer("Sud Emballages SAS", "Toulouse", "slow", 2, "FR", segment="export", months_ago=6),
)

BUYERS: Final = (*_PUBLISHERS, *_FOOD_AND_WINE, *_TRADE_AND_CULTURE, *_COMPANIES, *_ABROAD)


def new_customer(buyer: Buyer) -> NewCustomer:
    """A customer of the example as staff would enter it."""
    place = BUYERS.index(buyer) + 1
    street = "Calle Mayor" if buyer.country == "ES" else "High Street"
    new = NewCustomer(
        name=buyer.name,
        country=buyer.country,
        tax_id=_tax_id(place) if buyer.country == "ES" else None,
        address=f"{street}, {place}\n{buyer.city}",
        email=f"administracion@{normal(buyer.name).replace(' ', '-')}.example",
        language=buyer.language,
        currency=buyer.currency,
        terms_days=buyer.terms_days,
        time_zone=buyer.time_zone,
        segment=buyer.segment,
    )
    return replace(new, **PROFILES.get(buyer.name, {}))


def _tax_id(place: int) -> str:
    """A Spanish company's tax id with its check digit right."""
    digits = f"50{place:05d}"
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[::2]]
    total = sum(doubled) + sum(int(digit) for digit in digits[1::2])
    return f"B{digits}{-total % 10}"
