"""Mails to staff to write, all of them on Monday 23 November 2026."""

from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.staff_mail import (
    Digest,
    DigestItem,
    DigestList,
    Figure,
    NoticeLine,
    StaffMail,
)

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PENA = {"customer_id": "cus_1", "customer_name": "Distribuciones Peñarroya, S.A."}
OTRA = {"customer_id": "cus_2", "customer_name": "Gráficas del Norte, S.L."}


def a_news(kind: Any, what: str, **changes: Any) -> NoticeLine:
    """Something that happened with a customer, over 1,234.56 EUR."""
    fields: dict[str, Any] = {
        "kind": kind, "what": what, "at": AT, "by_name": "Ana", "subject": "customer",
        "subject_id": "cus_1", "amount_minor": 123_456, "currency": "EUR", **PENA,
    }  # fmt: skip
    return NoticeLine(**(fields | changes))


PAYMENT = a_news(
    "payment_received", "payment_received", subject="payment", subject_id="pay_1",
    number="A-000012, A-000013", detail="transfer",
)  # fmt: skip
EVERYTHING = (
    PAYMENT,
    a_news(
        "payment_received", "payment_received", subject="payment", subject_id="pay_2",
        customer_id="unidentified", customer_name="—", detail="stripe", amount_minor=9_900,
    ),
    a_news("promise_made", "promise_made_in_portal", day=date(2026, 11, 27)),
    a_news("promise_broken", "promise_broken", day=date(2026, 11, 20), **OTRA),
    a_news("promise_broken", "plan_broken", day=date(2026, 11, 20)),
    a_news(
        "dispute_opened", "dispute_opened", subject="invoice", subject_id="inv_1",
        number="A-000012", detail="Faltan dos cajas",
    ),
    a_news("policy_stopped", "ladder_ended", number="A-000007", **OTRA),
    a_news(
        "mail_bounced", "invoice_mail_bounced", detail="pagos@penarroya.example",
        amount_minor=None, currency=None,
    ),
    a_news(
        "send_uncertain", "reminder_mail_unknown", detail="pagos@penarroya.example",
        amount_minor=None, currency=None,
    ),
    a_news(
        "approval_waiting", "approval_requested", subject="invoice", subject_id="inv_2",
        detail="write_off",
    ),
    a_news(
        "webhook_stopped", "webhook_endpoint_stopped", subject="webhook_endpoint",
        subject_id="whe_1", customer_id=None, customer_name="https://erp.example.com/hooks",
        detail="500", amount_minor=None, currency=None,
    ),
)  # fmt: skip


def a_staff_mail(*lines: NoticeLine, language: Any = "es", **changes: Any) -> StaffMail:
    """A mail to Carla about what happened."""
    fields: dict[str, Any] = {
        "email": "carla@saldo.example", "id": "20261123-aud_1", "what": "notices", "name": "Carla",
        "language": language, "lines": lines, "created_at": AT, "look_at": AT, "expires_at": 0,
    }  # fmt: skip
    return StaffMail(**(fields | changes))


def an_item(customer: dict[str, str], amount_minor: int, **changes: Any) -> DigestItem:
    """Something of a customer in a digest."""
    fields: dict[str, Any] = {
        "amount_minor": amount_minor, "currency": "EUR", "subject": "customer",
        "subject_id": customer["customer_id"], **customer,
    }  # fmt: skip
    return DigestItem(**(fields | changes))


def a_digest(language: Any = "es", **changes: Any) -> StaffMail:
    """A Monday's digest with something in every section."""
    fields: dict[str, Any] = {
        "day": date(2026, 11, 23),
        "since": date(2026, 11, 20),
        "money_in": (Figure(currency="EUR", amount_minor=463_956, count=7),),
        "payments": DigestList(
            items=(an_item(PENA, 340_500), an_item(OTRA, 123_456)), more=5
        ),
        "overdue": (
            Figure(currency="EUR", amount_minor=1_845_000, change_minor=-120_000),
            Figure(currency="USD", amount_minor=50_000, change_minor=50_000),
        ),
        "promised_today": DigestList(items=(an_item(OTRA, 80_000, day=date(2026, 11, 23)),)),
        "promises_broken": DigestList(items=(an_item(PENA, 60_000, day=date(2026, 11, 20)),)),
        "disputes_opened": DigestList(
            items=(
                an_item(
                    PENA, 12_100, day=date(2026, 12, 20), number="A-000012",
                    subject="invoice", subject_id="inv_1",
                ),
            )
        ),
        "disputes_late": DigestList(
            items=(
                an_item(
                    OTRA, 5_000, day=date(2026, 11, 19), number="A-000003",
                    subject="invoice", subject_id="inv_3",
                ),
            )
        ),
        "reminders_today": 12,
        "approvals_waiting": 2,
        "work": {"payment_unmatched": 1, "address_bounced": 3, "of_tomorrow": 2},
    }  # fmt: skip
    return a_staff_mail(
        language=language, id="20261123-digest", what="digest", digest=Digest(**(fields | changes))
    )
