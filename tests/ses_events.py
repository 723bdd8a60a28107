"""SES events as EventBridge hands them over: one of each type that SES has.

Fields and values follow the examples in the SES developer guide, "Examples of event data".
"""

from typing import Any, Final

TO: Final = "pagos@penarroya.example"
SENT_AT: Final = "2026-03-02T11:00:05.123Z"

TITLES: Final = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "DeliveryDelay": "Email Delivery Delayed",
    "Open": "Email Opened",
    "Click": "Email Clicked",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Reject": "Email Rejected",
    "Rendering Failure": "Email Rendering Failed",
    "Subscription": "Email Subscription",
}
_OBJECTS: Final = {"DeliveryDelay": "deliveryDelay", "Rendering Failure": "failure"}


def an_event(
    kind: str,
    what: dict[str, Any] | None = None,
    *,
    customer_id: str = "cus_1",
    message_id: str = "msg_1",
    to: tuple[str, ...] = (TO,),
) -> dict[str, Any]:
    """Return an event of a type, ``what`` in place of its usual content."""
    return {
        "version": "0",
        "id": "5f2b4b6e-6a7c-4a9d-9f5e-2d0f3b1c8e11",
        "detail-type": TITLES[kind],
        "source": "aws.ses",
        "account": "111122223333",
        "time": "2026-03-02T11:00:09Z",
        "region": "eu-south-2",
        "resources": ["arn:aws:ses:eu-south-2:111122223333:configuration-set/saldo"],
        "detail": {
            "eventType": kind,
            "mail": a_mail(customer_id=customer_id, message_id=message_id, to=to),
            _OBJECTS.get(kind, kind.lower()): USUAL[kind] if what is None else what,
        },
    }


def a_mail(*, customer_id: str, message_id: str, to: tuple[str, ...]) -> dict[str, Any]:
    return {
        "timestamp": SENT_AT,
        "source": "cobros@ibanez.example",
        "sourceArn": "arn:aws:ses:eu-south-2:111122223333:identity/ibanez.example",
        "sendingAccountId": "111122223333",
        "messageId": "0107019c0c4d7f3e-00000000",
        "destination": list(to),
        "headersTruncated": False,
        "headers": [{"name": "Subject", "value": "Factura A-000001"}],
        "commonHeaders": {"to": list(to[:1]), "subject": "Factura A-000001"},
        "tags": {
            "ses:operation": ["SendEmail"],
            "ses:configuration-set": ["saldo"],
            "ses:source-ip": ["192.0.2.10"],
            "ses:from-domain": ["ibanez.example"],
            "ses:caller-identity": ["on_mail"],
            "message_id": [message_id],
            "customer_id": [customer_id],
        },
    }


def a_bounce(kind: str, subtype: str, *addresses: str, said: str | None = None) -> dict[str, Any]:
    """Return the content of a bounce; ``said`` is what the other mail server answered."""
    told = {"action": "failed", "status": "5.1.1", "diagnosticCode": said} if said else {}
    return {
        "feedbackId": "0107019c0c4d8a11-1",
        "bounceType": kind,
        "bounceSubType": subtype,
        "bouncedRecipients": [{"emailAddress": one, **told} for one in addresses or (TO,)],
        "timestamp": "2026-03-02T11:00:07.456Z",
        "remoteMtaIp": "203.0.113.7",
        "reportingMTA": "dsn; a9-31.smtp-out.amazonses.com",
    }


def a_complaint(kind: str | None, *addresses: str) -> dict[str, Any]:
    """Return the content of a complaint."""
    return {
        "feedbackId": "0107019c0c4d8b22-1",
        "complaintSubType": None,
        "complainedRecipients": [{"emailAddress": one} for one in addresses or (TO,)],
        "timestamp": "2026-03-02T12:30:00.000Z",
        "userAgent": "Yahoo!-Mail-Feedback/2.0",
        "complaintFeedbackType": kind,
        "arrivalDate": "2026-03-02T12:29:00.000Z",
    }


def a_delivery(*addresses: str) -> dict[str, Any]:
    """Return the content of a delivery."""
    return {
        "timestamp": "2026-03-02T11:00:06.789Z",
        "processingTimeMillis": 1666,
        "recipients": list(addresses or (TO,)),
        "smtpResponse": "250 2.6.0 Message received",
        "remoteMtaIp": "203.0.113.7",
        "reportingMTA": "mta.example.com",
    }


USUAL: Final[dict[str, dict[str, Any]]] = {
    "Send": {},
    "Delivery": a_delivery(),
    "DeliveryDelay": {
        "timestamp": "2026-03-02T11:25:00.000Z",
        "delayType": "TransientCommunicationFailure",
        "expirationTime": "2026-03-03T01:00:05.000Z",
        "delayedRecipients": [
            {
                "emailAddress": TO,
                "status": "4.4.1",
                "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host",
            }
        ],
    },
    "Open": {
        "ipAddress": "192.0.2.1",
        "timestamp": "2026-03-02T11:40:00.000Z",
        "userAgent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)",
    },
    "Click": {
        "ipAddress": "192.0.2.1",
        "timestamp": "2026-03-02T11:41:00.000Z",
        "userAgent": "Mozilla/5.0",
        "link": "https://ibanez.example/pay/1",
        "linkTags": None,
    },
    "Bounce": a_bounce("Permanent", "General", said="smtp; 550 5.1.1 user unknown"),
    "Complaint": a_complaint("abuse"),
    "Reject": {"reason": "Bad content"},
    "Rendering Failure": {
        "errorMessage": "Attribute 'name' is not present in the rendering data.",
        "templateName": "Reminder",
    },
    "Subscription": {
        "contactList": "Customers",
        "timestamp": "2026-03-02T11:50:00.000Z",
        "source": "UnsubscribeHeader",
        "newTopicPreferences": {"unsubscribeAll": True, "topicSubscriptionStatus": []},
        "oldTopicPreferences": {"unsubscribeAll": False, "topicSubscriptionStatus": []},
    },
}
