"""The words of the cover of a pre-legal file."""

from typing import Final, NamedTuple

from chalicelib.domain.customer import Language


class LegalWords(NamedTuple):
    """Every label in one language."""

    title: str
    as_of: str
    creditor: str
    debtor: str
    claimed: str
    claim: str
    settled: str
    days_late: str
    principal: str
    interest: str
    compensation: str
    fees: str
    total: str
    how_interest: str
    from_day: str
    until_day: str
    days: str
    rate: str
    principal_of: str
    basis: str
    no_interest: str
    contents: str
    what_is_inside: tuple[str, ...]
    checked: str


_SPANISH: Final = LegalWords(
    title="Expediente prejudicial",
    as_of="A fecha de",
    creditor="Acreedor",
    debtor="Deudor",
    claimed="Total reclamado",
    claim="Facturas reclamadas",
    settled="Liquidado",
    days_late="Días",
    principal="Principal pendiente",
    interest="Intereses de demora",
    compensation="Indemnización por costes de cobro",
    fees="Gastos de reclamación pactados",
    total="Total",
    how_interest="Cálculo de los intereses",
    from_day="Desde",
    until_day="Hasta",
    days="Días",
    rate="Tipo anual",
    principal_of="Principal",
    basis=(
        "Interés simple por cada día desde el siguiente al vencimiento, al tipo legal de demora de "
        "cada semestre, sobre lo pendiente ese día, impuestos incluidos; cada tramo se redondea "
        "por separado. Indemnización fija por costes de cobro, una vez por factura. Ley 3/2004, "
        "arts. 5 a 8, y Directiva 2011/7/UE."
    ),
    no_interest="No se reclaman intereses en este expediente.",
    contents="Contenido del expediente",
    what_is_inside=(
        "Las facturas y las facturas rectificativas, tal como se emitieron.",
        "Cada comunicación sobre ellas con la prueba de su envío y el texto tal como se envió.",
        "Cobros y aplicaciones, disputas, promesas, planes de pago y pausas.",
        "El historial de las facturas y la cuenta completa del cliente en esta moneda.",
    ),
    checked=(
        "El manifiesto contiene la huella SHA-256 de cada archivo; se comprueba con "
        "«sha256sum -c manifiesto-sha256.txt»."
    ),
)
_ENGLISH: Final = LegalWords(
    title="Pre-legal file",
    as_of="As of",
    creditor="Creditor",
    debtor="Debtor",
    claimed="Total claimed",
    claim="Invoices claimed",
    settled="Settled",
    days_late="Days",
    principal="Principal outstanding",
    interest="Late-payment interest",
    compensation="Compensation for recovery costs",
    fees="Agreed reminder fees",
    total="Total",
    how_interest="How the interest was computed",
    from_day="From",
    until_day="Until",
    days="Days",
    rate="Annual rate",
    principal_of="Principal",
    basis=(
        "Simple interest for each day from the one after the due date, at the statutory rate of "
        "each half-year, on what was open that day, tax included; each part is rounded by itself. "
        "Fixed compensation for recovery costs, once an invoice. Directive 2011/7/EU, arts. 3 "
        "to 6; Spain: Ley 3/2004, arts. 5 to 8."
    ),
    no_interest="No interest is claimed in this file.",
    contents="What this file contains",
    what_is_inside=(
        "The invoices and credit notes as they were issued.",
        "Every message about them with proof of its sending, and the text as it was sent.",
        "Payments and allocations, disputes, promises, instalment plans and pauses.",
        "The history of the invoices and the customer's whole account in this currency.",
    ),
    checked=(
        "The manifest has the SHA-256 of every file; “sha256sum -c manifest-sha256.txt” checks it."
    ),
)
_WORDS: Final[dict[Language, LegalWords]] = {"es": _SPANISH, "en": _ENGLISH}


def legal_words(language: Language) -> LegalWords:
    """Return the words of a language."""
    return _WORDS[language]
