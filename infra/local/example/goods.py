"""What the printing house of the example sells, in the customer's language."""

from decimal import Decimal
from random import Random
from typing import Final, Literal, NamedTuple

from chalicelib.domain.invoice import LineInput


class Good(NamedTuple):
    """Something printed: names, price a piece in minor units, usual quantities, Spanish tax."""

    spanish: str
    english: str
    price_minor: int
    quantities: tuple[int, ...]
    tax: str


_BOOKS: Final = (
    Good("Libro rústica 14 × 21, 256 págs.", "Paperback 14 × 21, 256 pp.", 342,
         (300, 500, 1000), "0.04"),
    Good("Libro tapa dura 17 × 24, 320 págs.", "Hardback 17 × 24, 320 pp.", 789,
         (200, 500, 800), "0.04"),
    Good("Revista A4, 64 págs., grapada", "Magazine A4, 64 pp., stapled", 148,
         (1000, 2500), "0.04"),
)  # fmt: skip
_PRINT: Final = (
    Good("Catálogo A4, 32 págs.", "Catalogue A4, 32 pp.", 126, (500, 1000, 2000), "0.21"),
    Good("Tríptico A4, 150 g", "Leaflet A4, three folds, 150 g", 14, (2000, 5000, 10000), "0.21"),
    Good("Cartel 50 × 70 a cuatro tintas", "Poster 50 × 70, four colours", 89,
         (100, 250, 500), "0.21"),
    Good("Tarjetas de visita, caja de 250", "Business cards, box of 250", 2450, (2, 6, 12), "0.21"),
    Good("Estuche plegable troquelado", "Folding carton, die-cut", 31, (2000, 5000, 12000), "0.21"),
    Good("Etiquetas adhesivas en rollo, millar", "Labels on a roll, thousand", 3890,
         (3, 10, 25), "0.21"),
    Good("Papelería corporativa, lote", "Stationery set", 18500, (1, 2, 4), "0.21"),
)  # fmt: skip
_SERVICES: Final = (
    Good("Maquetación y preimpresión, hora", "Layout and prepress, hour", 4200,
         (2, 4, 8), "0.21"),
    Good("Manipulado y envío", "Handling and shipping", 9500, (1,), "0.21"),
)  # fmt: skip
_NO_TAX: Final = Decimal(0)


def lines_for(
    chance: Random, *, language: Literal["es", "en"], segment: str, is_abroad: bool
) -> list[LineInput]:
    """One to three lines of an order; nothing is taxed that leaves the country."""
    main = _BOOKS if segment == "editorial" and chance.random() < 0.7 else _PRINT  # noqa: PLR2004
    goods = [chance.choice(main)]
    if chance.random() < 0.4:  # noqa: PLR2004
        goods.append(chance.choice(_PRINT))
    if chance.random() < 0.5:  # noqa: PLR2004
        goods.append(chance.choice(_SERVICES))
    return [
        LineInput(
            description=good.spanish if language == "es" else good.english,
            quantity=Decimal(chance.choice(good.quantities)),
            unit_price_minor=good.price_minor,
            tax_rate=_NO_TAX if is_abroad else Decimal(good.tax),
            discount_rate=Decimal("0.05") if chance.random() < 0.1 else _NO_TAX,  # noqa: PLR2004
        )
        for good in dict.fromkeys(goods)
    ]
