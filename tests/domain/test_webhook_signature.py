"""What we sign, checked by the standard's own library."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.domain.webhook_signature import secret_from, signed_headers

BODY = '{"type":"invoice.paid","data":{"name":"Peñarroya","note":"a.b"}}'
OLD, NEW, OTHER = secret_from("old"), secret_from("new"), secret_from("other")


def now() -> datetime:
    """The library looks at the clock itself and takes nothing older than five minutes."""
    return datetime.now(UTC)


def test_a_secret_is_32_bytes_in_base64() -> None:
    assert NEW.startswith("whsec_")
    assert len(base64.b64decode(NEW.removeprefix("whsec_"), validate=True)) == 32
    assert len({OLD, NEW, OTHER}) == 3


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_standard_library_accepts_what_is_signed(body: str) -> None:
    headers = signed_headers("evt_1", now(), body, secrets=[NEW])

    Webhook(NEW).verify(body, headers, json_parse=False)


@pytest.mark.parametrize("secret", [OLD, NEW], ids=["old", "new"])
def test_while_a_secret_is_replaced_both_verify(secret: str) -> None:
    headers = signed_headers("evt_1", now(), BODY, secrets=[NEW, OLD])

    assert headers["webhook-signature"].count("v1,") == 2
    assert Webhook(secret).verify(BODY, headers)["type"] == "invoice.paid"


@pytest.mark.parametrize(
    ("secret", "changes", "body"),
    [
        (OTHER, {}, BODY),
        (NEW, {"webhook-id": "evt_2"}, BODY),
        (NEW, {"webhook-timestamp": str(int(now().timestamp()) + 60)}, BODY),
        (NEW, {}, BODY.replace("paid", "void")),
    ],
)
def test_another_secret_id_time_or_body_does_not_verify(
    secret: str, changes: dict[str, str], body: str
) -> None:
    headers = signed_headers("evt_1", now(), BODY, secrets=[NEW, OLD]) | changes

    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers)


def test_an_old_message_is_refused_by_its_time() -> None:
    headers = signed_headers("evt_1", now() - timedelta(minutes=6), BODY, secrets=[NEW])

    with pytest.raises(WebhookVerificationError, match="old"):
        Webhook(NEW).verify(BODY, headers)
