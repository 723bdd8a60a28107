"""The Mailer port over SES (API v2): one attempt, and an honest answer about what became of it.

SES has no idempotency token. So nothing here retries, neither we nor the SDK, and only what surely
was not sent is called refused; everything after the request may have left is uncertain.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ProxyConnectionError,
)

from chalicelib.adapters import system_clock
from chalicelib.adapters.mime import bare_address, mime
from chalicelib.domain.errors import InvariantBroken
from chalicelib.usecases.contents import OutgoingMail
from chalicelib.usecases.ports import MailRefused, MailUncertain

_SERVER_FAULT: Final = 500

# Refusals that concern the moment or the account, not this mail: worth asking again later.
_TEMPORARY: Final = frozenset(
    {
        "TooManyRequestsException",
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "PriorRequestNotComplete",
        "SlowDown",
        "ExpiredToken",
        "ExpiredTokenException",
        "RequestExpired",
        "RequestTimeTooSkewed",
    }
)
# Nobody's mail is taken now: paused by a person, or by SES until a review is over.
_PAUSED: Final = frozenset({"SendingPausedException", "AccountSuspendedException"})
_PAUSE: Final = timedelta(hours=1)
# The quota is over the last 24 hours, so a day later all that used it up no longer counts. SES
# names it in the text alone (docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html).
_DAILY_QUOTA: Final = re.compile(r"daily (message|sending) quota", re.IGNORECASE)
_QUOTA_PERIOD: Final = timedelta(days=1)
_BEFORE_SENDING: Final = (
    EndpointConnectionError,
    ConnectTimeoutError,
    ProxyConnectionError,
    NoCredentialsError,
    CredentialRetrievalError,
)


class SesMailer:
    """Sends from one address through one configuration set, whose events come back to us."""

    def __init__(
        self,
        client: Any,
        sender: str,
        configuration_set: str | None,
        now: Callable[[], datetime] = system_clock.now,
    ) -> None:
        if client.meta.config.retries.get("total_max_attempts") != 1:
            raise InvariantBroken("A mail client that repeats by itself could send a mail twice.")
        client.meta.events.register("before-send.sesv2.SendEmail", _close_afterwards)
        self._client = client
        self._now = now
        # The setting may carry a name; customers see the company's.
        self._sender = parseaddr(sender)[1]
        self._options = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    def send(self, mail: OutgoingMail) -> str:
        """Return the provider's message id; MailRefused or MailUncertain otherwise."""
        request = {
            "Destination": _destination(mail),
            "Content": {"Raw": {"Data": mime(mail, self._sender)}},
            "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags.items()],
            **self._options,
        }
        try:
            message_id: str = self._client.send_email(**request)["MessageId"]
        except ClientError as exc:
            raise _outcome_of(exc, self._now()) from exc
        except _BEFORE_SENDING as exc:
            raise MailRefused(f"SES could not be reached: {exc}", is_temporary=True) from exc
        except ParamValidationError as exc:
            raise MailRefused(f"SES would not take this: {exc}", is_temporary=False) from exc
        except (BotoCoreError, KeyError) as exc:
            raise MailUncertain(f"No clear answer from SES: {exc!r}") from exc
        return message_id

    def readmit(self, address: str) -> None:
        """Take an address off the account's suppression list, if it is on it; else MailRefused."""
        try:
            self._client.delete_suppressed_destination(EmailAddress=bare_address(address))
        except ClientError as exc:
            if exc.response.get("Error", {}).get("Code") != "NotFoundException":
                raise MailRefused(str(exc), is_temporary=True) from exc
        except BotoCoreError as exc:
            raise MailRefused(f"SES could not be reached: {exc}", is_temporary=True) from exc


def _destination(mail: OutgoingMail) -> dict[str, list[str]]:
    # Whoever gets a blind copy stands here and in no header.
    everybody = {
        "ToAddresses": [bare_address(mail.to)],
        "CcAddresses": [bare_address(one) for one in mail.cc],
        "BccAddresses": [bare_address(one) for one in mail.bcc],
    }
    return {name: addresses for name, addresses in everybody.items() if addresses}


def _close_afterwards(request: Any, **_: Any) -> None:
    """Use a new connection for each mail.

    A kept one may have died while the function was frozen. Writing to a dead connection cannot be
    told from a lost answer, and would make a mail uncertain for nothing.
    """
    request.headers["Connection"] = "close"


def _outcome_of(error: ClientError, now: datetime) -> MailRefused | MailUncertain:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _PAUSED:
        return MailRefused(str(error), is_temporary=True, not_before=now + _PAUSE)
    if code == "LimitExceededException" or _DAILY_QUOTA.search(str(error)):
        return MailRefused(str(error), is_temporary=True, not_before=now + _QUOTA_PERIOD)
    if code in _TEMPORARY:
        return MailRefused(str(error), is_temporary=True)
    if not status or status >= _SERVER_FAULT:
        return MailUncertain(f"SES failed with status {status}: {error}")
    return MailRefused(str(error), is_temporary=False)
