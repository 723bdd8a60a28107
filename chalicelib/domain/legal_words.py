"""The words of a pre-legal file: names of its parts, headings of its tables, kinds of its facts."""

from typing import Final

from chalicelib.domain.customer import Language

NAMES: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "cover": "00-expediente.pdf",
        "invoices": "facturas",
        "credit_notes": "facturas-rectificativas",
        "messages": "comunicaciones",
        "letters": "cartas",
        "message_list": "datos/comunicaciones.csv",
        "fates": "datos/estado-de-las-comunicaciones.csv",
        "claim": "datos/reclamacion.csv",
        "interest": "datos/intereses.csv",
        "payments": "datos/cobros-y-aplicaciones.csv",
        "agreements": "datos/disputas-promesas-planes-y-pausas.csv",
        "ledger": "datos/cuenta.csv",
        "audit": "datos/historial-de-las-facturas.csv",
        "manifest": "manifiesto-sha256.txt",
        "file": "expediente",
    },
    "en": {
        "cover": "00-file.pdf",
        "invoices": "invoices",
        "credit_notes": "credit-notes",
        "messages": "messages",
        "letters": "letters",
        "message_list": "data/messages.csv",
        "fates": "data/what-became-of-messages.csv",
        "claim": "data/claim.csv",
        "interest": "data/interest.csv",
        "payments": "data/payments-and-allocations.csv",
        "agreements": "data/disputes-promises-plans-and-pauses.csv",
        "ledger": "data/account.csv",
        "audit": "data/history-of-the-invoices.csv",
        "manifest": "manifest-sha256.txt",
        "file": "legal-file",
    },
}
"""Where things lie in the archive."""

HEADINGS: Final[dict[Language, dict[str, tuple[str, ...]]]] = {
    "es": {
        "claim": (
            "Factura", "Fecha", "Vencimiento", "Total", "Liquidado", "Pendiente", "Días de demora",
            "Intereses", "Indemnización", "Gastos", "Total reclamado", "Moneda", "Observación",
        ),
        "interest": (
            "Factura", "Desde", "Hasta", "Días", "Principal", "Tipo anual", "Fuente", "Intereses",
        ),
        "payments": (
            "Cobro", "Fecha valor", "Medio", "Referencia", "Importe del cobro", "Factura",
            "Aplicado", "Desde", "Anotado",
        ),
        "message_list": (
            "Mensaje", "Clase", "Canal", "Paso", "Para", "Copia", "Asunto", "Facturas", "Importe",
            "Estado", "Motivo", "Creado", "Reservado", "Enviado", "Id. del proveedor", "Archivo",
        ),
        "fates": ("Mensaje", "Qué", "Cuándo", "Dirección", "Detalle"),
        "agreements": (
            "Clase", "Id.", "Estado", "Facturas", "Importe", "Hasta", "Motivo", "Desenlace",
            "Creado", "Por", "Terminado",
        ),
        "ledger": (
            "Asiento", "Anotado", "Por", "Concepto", "Documento", "Fecha de efecto", "Factura",
            "Cambio de lo pendiente", "Cambio de lo no aplicado", "Saldo pendiente",
        ),
        "audit": ("Factura", "Cuándo", "Quién", "Qué", "Detalle"),
    },
    "en": {
        "claim": (
            "Invoice", "Issued", "Due", "Total", "Settled", "Open", "Days late", "Interest",
            "Compensation", "Fees", "Total claimed", "Currency", "Remark",
        ),
        "interest": (
            "Invoice", "From", "Until", "Days", "Principal", "Annual rate", "Source", "Interest",
        ),
        "payments": (
            "Payment", "Value date", "Method", "Reference", "Amount of payment", "Invoice",
            "Applied", "Since", "Posted",
        ),
        "message_list": (
            "Message", "Kind", "Channel", "Step", "To", "Copy", "Subject", "Invoices", "Amount",
            "State", "Reason", "Created", "Claimed", "Sent", "Provider's id", "File",
        ),
        "fates": ("Message", "What", "When", "Address", "Detail"),
        "agreements": (
            "Kind", "Id", "State", "Invoices", "Amount", "Until", "Reason", "Outcome", "Created",
            "By", "Ended",
        ),
        "ledger": (
            "Entry", "Posted", "By", "Kind", "Document", "Effective date", "Invoice",
            "Change of what is open", "Change of what is unapplied", "Balance open",
        ),
        "audit": ("Invoice", "When", "Who", "What", "Details"),
    },
}  # fmt: skip

REFUSALS: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "not_owed": "Sin intereses: la factura está anulada.",
        "not_for_consumers": "Sin intereses: el deudor es un consumidor.",
        "rate_missing": "Sin intereses: falta el tipo de un semestre.",
    },
    "en": {
        "not_owed": "No interest: the invoice is void.",
        "not_for_consumers": "No interest: the debtor is a consumer.",
        "rate_missing": "No interest: the rate of a half-year is missing.",
    },
}
NO_INTEREST: Final[dict[Language, str]] = {"es": "Sin intereses", "en": "No interest"}

PROOF: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "message": "Mensaje",
        "purpose": "Clase",
        "from": "De",
        "reply_to": "Responder a",
        "to": "Para",
        "cc": "Copia",
        "subject": "Asunto",
        "invoices": "Facturas",
        "amount": "Importe",
        "created": "Creado",
        "claimed": "Entregado al servidor de correo",
        "sent": "Aceptado por el servidor de correo",
        "provider": "Identificador del servidor de correo",
        "posted": "Enviado por correo postal el",
        "carrier": "Transportista",
        "tracking": "Seguimiento",
        "posted_by": "Lo envió",
        "state": "Estado",
        "reason": "Motivo",
        "attachments": "Adjuntos",
        "fates": "Lo que comunicó el servidor de correo",
        "text": "Texto tal como se envió",
        "no_text": "El texto de este mensaje no se conserva.",
        "on_paper": "Carta en papel: véase el PDF con el mismo nombre.",
    },
    "en": {
        "message": "Message",
        "purpose": "Kind",
        "from": "From",
        "reply_to": "Reply to",
        "to": "To",
        "cc": "Copy",
        "subject": "Subject",
        "invoices": "Invoices",
        "amount": "Amount",
        "created": "Created",
        "claimed": "Handed to the mail server",
        "sent": "Accepted by the mail server",
        "provider": "Mail server's id",
        "posted": "Posted on",
        "carrier": "Carrier",
        "tracking": "Tracking number",
        "posted_by": "Posted by",
        "state": "State",
        "reason": "Reason",
        "attachments": "Attachments",
        "fates": "What the mail server reported",
        "text": "Text as it was sent",
        "no_text": "The text of this message was not kept.",
        "on_paper": "A letter on paper: see the PDF of the same name.",
    },
}

PURPOSES: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "invoice": "factura", "credit_note": "factura-rectificativa", "reminder": "recordatorio",
        "statement": "estado-de-cuenta",
    },
    "en": {
        "invoice": "invoice", "credit_note": "credit-note", "reminder": "reminder",
        "statement": "statement",
    },
}  # fmt: skip
"""What a message is, as part of a file's name too."""

STATES: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "queued": "en cola", "planned": "previsto", "to_post": "por enviar por correo postal",
        "claimed": "entregado al servidor", "unknown": "incierto", "sent": "enviado",
        "delayed": "demorado", "undelivered": "no entregado", "delivered": "entregado",
        "opened": "abierto", "clicked": "enlace abierto", "refused": "rechazado por el servidor",
        "bounced": "rebotado", "complained": "marcado como no deseado",
        "suppressed": "no se envió",
    },
    "en": {
        "queued": "queued", "planned": "planned", "to_post": "to be posted",
        "claimed": "handed to the server", "unknown": "uncertain", "sent": "sent",
        "delayed": "delayed", "undelivered": "not delivered", "delivered": "delivered",
        "opened": "opened", "clicked": "link opened", "refused": "refused by the server",
        "bounced": "bounced", "complained": "marked as unwanted", "suppressed": "was not sent",
    },
}  # fmt: skip
