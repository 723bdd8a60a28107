"""The tables of Redsys: currencies by number, and why a payment was denied, in the bank's words.

See https://pagosonline.redsys.es, "Parámetros de entrada y salida" and "Códigos de respuesta".
"""

from collections.abc import Mapping
from typing import Final

CURRENCIES: Final[Mapping[str, str]] = {
    "978": "EUR",
    "840": "USD",
    "826": "GBP",
    "392": "JPY",
    "32": "ARS",
    "36": "AUD",
    "124": "CAD",
    "152": "CLP",
    "156": "CNY",
    "170": "COP",
    "203": "CZK",
    "208": "DKK",
    "344": "HKD",
    "348": "HUF",
    "356": "INR",
    "376": "ILS",
    "484": "MXN",
    "504": "MAD",
    "554": "NZD",
    "578": "NOK",
    "604": "PEN",
    "682": "SAR",
    "702": "SGD",
    "710": "ZAR",
    "752": "SEK",
    "756": "CHF",
    "764": "THB",
    "858": "UYU",
    "949": "TRY",
    "985": "PLN",
    "986": "BRL",
}
"""ISO 4217 by its number without leading zeros."""

EUROS: Final = "978"

_REASONS: Final[Mapping[int, str]] = {
    101: "Tarjeta caducada",
    102: "Tarjeta bloqueada transitoriamente o bajo sospecha de fraude",
    104: "Operación no permitida para esta tarjeta o terminal",
    106: "Intentos de PIN excedidos",
    107: "El banco emisor pide que se le llame",
    109: "Comercio o terminal no identificado",
    110: "Importe no válido",
    114: "La tarjeta no admite este tipo de operación",
    116: "Saldo insuficiente",
    118: "Tarjeta no registrada",
    125: "Tarjeta no efectiva",
    129: "Código de seguridad (CVV2) incorrecto",
    167: "Bajo sospecha de fraude",
    172: "Denegada: el banco pide no repetirla",
    173: "Denegada: el banco pide no repetirla sin cambiar los datos de la tarjeta",
    174: "Denegada: el banco pide no repetirla antes de 72 horas",
    180: "Tarjeta ajena al servicio",
    181: "Tarjeta con restricciones de débito o crédito",
    184: "El titular no se ha autenticado",
    190: "Denegada por el banco emisor sin decir el motivo",
    191: "Fecha de caducidad errónea",
    195: "El banco emisor exige autenticación reforzada (SCA)",
    202: "Tarjeta bloqueada o bajo sospecha de fraude: retirarla",
    904: "Comercio no registrado en el FUC",
    909: "Error del sistema",
    912: "El banco emisor no responde",
    913: "Pedido repetido",
    944: "Sesión incorrecta",
    950: "Operación de devolución no permitida",
    9051: "Número de pedido repetido",
    9064: "Número de posiciones de la tarjeta incorrecto",
    9078: "No hay método de pago válido para esa tarjeta",
    9093: "La tarjeta no existe",
    9094: "Los servidores internacionales rechazan la operación",
    9104: "El comercio exige titular seguro y no lo es",
    9142: "Ha pasado el tiempo para pagar",
    9218: "El comercio no permite operaciones seguras por esta entrada",
    9253: "El número de la tarjeta no es correcto",
    9256: "El comercio no puede hacer preautorizaciones",
    9261: "Se superan los límites del control del comercio",
    9283: "Se superan las alertas bloqueantes del comercio",
    9912: "El banco emisor no está disponible",
    9915: "Cancelada por quien pagaba",
    9997: "Se está procesando otra operación con la misma tarjeta",
}
CANCELLED_BY_PAYER: Final = 9915


def reason(response: int) -> str:
    """Return why a payment was denied, with the code by which the bank knows it."""
    return f"{_REASONS.get(response, 'Denegada')} (Redsys {response})"
