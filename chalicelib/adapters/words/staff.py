"""The words of mails to staff: notices and the morning's digest."""

from typing import Final, NamedTuple

from chalicelib.domain.customer import Language
from chalicelib.domain.notice_wishes import NoticeKind

Count = tuple[str, str]
"""What stands for one, and for many with their ``{count}``."""


class StaffWords(NamedTuple):
    """Every label of mails to staff in one language. Braces are blanks."""

    kinds: dict[NoticeKind, str]
    counted: dict[NoticeKind, Count]
    notes: dict[str, str]
    methods: dict[str, str]
    approvals: dict[str, str]
    work: dict[str, str]
    other_work: str
    notices: str
    unidentified: str
    unapplied: str
    more: str
    digest: str
    received_since: str
    received_yesterday: str
    payers: Count
    overdue: str
    overdue_now: str
    unchanged: str
    risen: str
    fallen: str
    promised_today: str
    promises_broken: str
    disputes_opened: str
    disputes_late: str
    promised_for: str
    deadline: str
    goes_out: str
    reminders: Count
    waiting: str
    approvals_waiting: str
    open_app: str
    why: str
    why_digest: str
    change: str


SPANISH: Final = StaffWords(
    kinds={
        "payment_received": "Cobros recibidos",
        "promise_broken": "Promesas sin cumplir",
        "dispute_opened": "Disputas abiertas",
        "policy_stopped": "Reclamaciones que se han quedado sin pasos",
        "mail_bounced": "Correos que no han llegado",
        "send_uncertain": "Correos que no han salido, o no se sabe",
        "approval_waiting": "Esperan una aprobación",
    },
    counted={
        "payment_received": ("1 cobro", "{count} cobros"),
        "promise_broken": ("1 promesa sin cumplir", "{count} promesas sin cumplir"),
        "dispute_opened": ("1 disputa", "{count} disputas"),
        "policy_stopped": ("1 reclamación sin más pasos", "{count} reclamaciones sin más pasos"),
        "mail_bounced": ("1 correo devuelto", "{count} correos devueltos"),
        "send_uncertain": ("1 correo en duda", "{count} correos en duda"),
        "approval_waiting": ("1 aprobación pendiente", "{count} aprobaciones pendientes"),
    },
    notes={
        "payment_received": "{detail} · {number}",
        "promise_broken": "Prometido para el {day}",
        "plan_broken": "Plazo del {day}",
        "dispute_opened": "Factura {number}: {detail}",
        "deduction_opened": "Descontado al pagar la factura {number}: {detail}",
        "ladder_ended": "{number}. No queda ningún recordatorio: decida el siguiente paso",
        "_mail_bounced": "{detail}: la dirección lo ha devuelto",
        "_mail_complained": "{detail}: lo ha marcado como no deseado",
        "_mail_undelivered": "{detail}: sigue sin poder entregarse",
        "_mail_unknown": "{detail}: no se sabe si ha salido; no se repetirá",
        "_mail_refused": "{detail}: el proveedor de correo lo ha rechazado",
        "approval_requested": "{detail} · lo pide {by}",
    },
    methods={
        "transfer": "Transferencia",
        "card": "Tarjeta",
        "cash": "Efectivo",
        "cheque": "Cheque",
        "direct_debit": "Domiciliación",
        "other": "Otro medio",
        "stripe": "Stripe",
    },
    approvals={"issue": "Emitir la factura", "write_off": "Dar por incobrable"},
    work={
        "address_bounced": "Direcciones que no existen",
        "address_complained": "Clientes que no quieren correos",
        "send_uncertain": "Correos que no se sabe si salieron",
        "send_refused": "Correos rechazados",
        "no_address": "Clientes sin dirección de correo",
        "payment_unmatched": "Cobros sin identificar",
        "payment_excess": "Cobros de más",
        "payment_other_currency": "Cobros en otra moneda",
        "payment_failed": "Pagos fallidos",
        "chargeback": "Contracargos",
        "chargeback_lost": "Contracargos perdidos",
        "refund_unmatched": "Devoluciones sin encajar",
        "promise_broken": "Promesas sin cumplir",
        "plan_broken": "Planes de pago sin cumplir",
        "dispute_overdue": "Disputas fuera de plazo",
        "recurring_failed": "Facturas recurrentes que fallaron",
        "failed_work": "Trabajos que fallaron",
        "proof_difference": "Descuadres",
        "staff_mail_failed": "Avisos al equipo que no salieron",
        "ladder_ended": "Reclamaciones sin más pasos",
    },
    other_work="Otras tareas",
    notices="{count} avisos",
    unidentified="Sin identificar",
    unapplied="sin aplicar a ninguna factura",
    more="y {count} más",
    digest="Resumen del {day}",
    received_since="Cobrado desde el {day}",
    received_yesterday="Cobrado ayer",
    payers=("1 cliente", "{count} clientes"),
    overdue="Vencido",
    overdue_now="{amount} vencidos",
    unchanged="Igual que en el resumen anterior",
    risen="{amount} más que en el resumen anterior",
    fallen="{amount} menos que en el resumen anterior",
    promised_today="Prometido para hoy",
    promises_broken="Prometido y no pagado",
    disputes_opened="Disputas nuevas",
    disputes_late="Disputas fuera de plazo",
    promised_for="Para el {day}",
    deadline="Factura {number} · resolver antes del {day}",
    goes_out="Hoy sale",
    reminders=("1 cuenta por reclamar", "{count} cuentas por reclamar"),
    waiting="Le espera",
    approvals_waiting="Aprobaciones",
    open_app="Abrir Saldo",
    why="Recibe este aviso porque así está en sus ajustes.",
    why_digest="Recibe este resumen cada día laborable porque así está en sus ajustes.",
    change="Cambiar mis avisos",
)

ENGLISH: Final = StaffWords(
    kinds={
        "payment_received": "Payments received",
        "promise_broken": "Promises not kept",
        "dispute_opened": "Disputes opened",
        "policy_stopped": "Chases that ran out of steps",
        "mail_bounced": "Mails that did not arrive",
        "send_uncertain": "Mails that did not go out, or nobody knows",
        "approval_waiting": "Waiting for approval",
    },
    counted={
        "payment_received": ("1 payment", "{count} payments"),
        "promise_broken": ("1 promise not kept", "{count} promises not kept"),
        "dispute_opened": ("1 dispute", "{count} disputes"),
        "policy_stopped": ("1 chase out of steps", "{count} chases out of steps"),
        "mail_bounced": ("1 mail returned", "{count} mails returned"),
        "send_uncertain": ("1 mail in doubt", "{count} mails in doubt"),
        "approval_waiting": ("1 approval to give", "{count} approvals to give"),
    },
    notes={
        "payment_received": "{detail} · {number}",
        "promise_broken": "Promised for {day}",
        "plan_broken": "Instalment of {day}",
        "dispute_opened": "Invoice {number}: {detail}",
        "deduction_opened": "Deducted when paying invoice {number}: {detail}",
        "ladder_ended": "{number}. No reminder is left: decide what comes next",
        "_mail_bounced": "{detail}: the address returned it",
        "_mail_complained": "{detail}: marked it as spam",
        "_mail_undelivered": "{detail}: could not be delivered so far",
        "_mail_unknown": "{detail}: nobody knows whether it went out; it is not repeated",
        "_mail_refused": "{detail}: the mail provider refused it",
        "approval_requested": "{detail} · asked for by {by}",
    },
    methods={
        "transfer": "Transfer",
        "card": "Card",
        "cash": "Cash",
        "cheque": "Cheque",
        "direct_debit": "Direct debit",
        "other": "Other means",
        "stripe": "Stripe",
    },
    approvals={"issue": "Issue the invoice", "write_off": "Write off"},
    work={
        "address_bounced": "Addresses that do not exist",
        "address_complained": "Customers who want no mail",
        "send_uncertain": "Mails nobody knows the fate of",
        "send_refused": "Mails refused",
        "no_address": "Customers without an address",
        "payment_unmatched": "Unidentified payments",
        "payment_excess": "Payments of too much",
        "payment_other_currency": "Payments in another currency",
        "payment_failed": "Failed payments",
        "chargeback": "Chargebacks",
        "chargeback_lost": "Chargebacks lost",
        "refund_unmatched": "Refunds that fit nowhere",
        "promise_broken": "Promises not kept",
        "plan_broken": "Instalment plans not kept",
        "dispute_overdue": "Disputes past their deadline",
        "recurring_failed": "Recurring invoices that failed",
        "failed_work": "Work that failed",
        "proof_difference": "Differences in the books",
        "staff_mail_failed": "Mails to staff that did not go out",
        "ladder_ended": "Chases out of steps",
    },
    other_work="Other tasks",
    notices="{count} notices",
    unidentified="Unidentified",
    unapplied="not applied to any invoice",
    more="and {count} more",
    digest="Summary of {day}",
    received_since="Received since {day}",
    received_yesterday="Received yesterday",
    payers=("1 customer", "{count} customers"),
    overdue="Overdue",
    overdue_now="{amount} overdue",
    unchanged="As in the summary before",
    risen="{amount} more than in the summary before",
    fallen="{amount} less than in the summary before",
    promised_today="Promised for today",
    promises_broken="Promised and not paid",
    disputes_opened="New disputes",
    disputes_late="Disputes past their deadline",
    promised_for="For {day}",
    deadline="Invoice {number} · to settle by {day}",
    goes_out="Goes out today",
    reminders=("1 account to chase", "{count} accounts to chase"),
    waiting="Waiting for you",
    approvals_waiting="Approvals",
    open_app="Open Saldo",
    why="You get this notice because your settings say so.",
    why_digest="You get this summary every working day because your settings say so.",
    change="Change my notices",
)

_WORDS: Final[dict[Language, StaffWords]] = {"es": SPANISH, "en": ENGLISH}


def staff_words_in(language: Language) -> StaffWords:
    """Return the words of a language."""
    return _WORDS[language]


def counted(forms: Count, count: int) -> str:
    """Return a count with its word in the right number."""
    return forms[0] if count == 1 else forms[1].format(count=count)
