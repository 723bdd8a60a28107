"""The mailer against an HTTP server that plays SES, in every way in which that can fail."""

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from botocore.config import Config
from botocore.session import Session

from chalicelib.adapters.ses_mailer import SesMailer
from chalicelib.domain.errors import InvariantBroken
from chalicelib.usecases.contents import Attachment, MailContent, OutgoingMail
from chalicelib.usecases.ports import MailRefused, MailUncertain
from infra.local.cloud import REGION, LocalCloud
from infra.local.mailbox import Mailbox
from infra.local.stack import SENDER, Stack

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


class FakeSes(ThreadingHTTPServer):
    """Answers every request alike and remembers it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.headers: dict[str, str] = {}
        self.answer: bytes = b'{"MessageId": "0100-abc"}'
        self.delay_seconds = 0.0
        self.hangs_up = False
        self.requests: list[dict[str, Any]] = []
        self.connection_headers: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeSes

    def do_DELETE(self) -> None:
        self._answer(b"{}")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        self.server.requests.append({"path": self.path, **json.loads(body)})
        self.server.connection_headers.append(self.headers["Connection"])
        time.sleep(self.server.delay_seconds)
        self.close_connection = self.server.hangs_up
        if self.server.hangs_up:
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def ses() -> Iterator[FakeSes]:
    server = FakeSes()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


ONE_ATTEMPT = Config(connect_timeout=2, read_timeout=20, retries={"total_max_attempts": 1})


def a_client(url: str, config: Config) -> Any:
    session = Session()
    session.set_credentials("id", "secret")
    return session.create_client("sesv2", region_name=REGION, endpoint_url=url, config=config)


def a_mailer(url: str, config: Config = ONE_ATTEMPT) -> SesMailer:
    return SesMailer(a_client(url, config), "cobros@saldo.example", "saldo")


def a_mail(**changes: Any) -> OutgoingMail:
    fields: dict[str, Any] = {
        "sender_name": 'Ibáñez, "Hijos" S.L.',
        "reply_to": "facturas@ibanez.example",
        "to": "pagos@penarroya.example",
        "content": MailContent(
            subject="Factura A-000127: 1.210,00 €, vence el 21 de diciembre de 2026 " + "ñ" * 60,
            text="Debe 1.210,00 €.\n" + "x" * 2000 + "\n",
            html="<p>Debe <b>1.210,00 €</b></p>\n",
        ),
        "tags": {"message_id": "msg_1", "customer_id": "cus_1"},
    }
    return OutgoingMail(**(fields | changes))


def received(ses: FakeSes) -> EmailMessage:
    (request,) = ses.requests
    raw = base64.b64decode(request["Content"]["Raw"]["Data"])
    raw.decode("ascii")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_reaches_ses_with_its_tags_and_configuration_set(ses: FakeSes) -> None:
    provider_id = a_mailer(ses.url).send(a_mail())

    (request,) = ses.requests
    assert provider_id == "0100-abc"
    assert request["path"] == "/v2/email/outbound-emails"
    assert request["Destination"] == {"ToAddresses": ["pagos@penarroya.example"]}
    assert request["ConfigurationSetName"] == "saldo"
    assert request["EmailTags"] == [
        {"Name": "message_id", "Value": "msg_1"},
        {"Name": "customer_id", "Value": "cus_1"},
    ]


def test_the_mime_says_what_the_mail_says(ses: FakeSes) -> None:
    mail = a_mail(
        attachments=(
            Attachment(
                filename="Factura A-000127 ñ.pdf",
                content_type="application/pdf",
                content=b"%PDF\x00\xff",
            ),
        )
    )

    a_mailer(ses.url).send(mail)

    message = received(ses)
    assert message["From"].addresses[0].display_name == 'Ibáñez, "Hijos" S.L.'
    assert message["From"].addresses[0].addr_spec == "cobros@saldo.example"
    assert message["To"] == "pagos@penarroya.example"
    assert message["Reply-To"] == "facturas@ibanez.example"
    assert message["Subject"] == mail.content.subject
    assert message["Message-ID"] is None
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == mail.content.text
    assert html.get_content().replace("\r\n", "\n") == mail.content.html
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "Factura A-000127 ñ.pdf"
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_content() == b"%PDF\x00\xff"


def test_without_a_reply_address_there_is_no_such_header(ses: FakeSes) -> None:
    a_mailer(ses.url).send(a_mail(reply_to=None))

    assert received(ses)["Reply-To"] is None


def test_a_domain_with_accents_is_written_in_ascii(ses: FakeSes) -> None:
    a_mailer(ses.url).send(a_mail(to="pagos@peñarroya.example"))

    assert received(ses)["To"] == "pagos@xn--pearroya-e3a.example"
    assert ses.requests[0]["Destination"]["ToAddresses"] == ["pagos@xn--pearroya-e3a.example"]


INJECTION = "x\r\nBcc: evil@evil.example"


@pytest.mark.parametrize(
    "changes",
    [
        {"sender_name": INJECTION},
        {"reply_to": "a@b.example\r\nBcc: evil@evil.example"},
        {"to": "a@b.example\nBcc: evil@evil.example"},
        {"to": "a@b.example, evil@evil.example"},
        {"to": "a@b.example\u2028"},
        {"to": "Name <a@b.example>"},
        {"to": "no address"},
        {"to": "@b.example"},
        {"to": "a@"},
        {"to": ""},
        {"to": "josé@b.example"},
        {"to": "a" * 250 + "@b.example"},
        {"content": MailContent(subject=INJECTION, text="t", html="h")},
        {"content": MailContent(subject="x\x00", text="t", html="h")},
        {
            "attachments": (
                Attachment(filename=INJECTION, content_type="application/pdf", content=b""),
            )
        },
        {
            "attachments": (
                Attachment(filename="a.pdf", content_type="application/pdf\r\nX: y", content=b""),
            )
        },
    ],
)
def test_what_could_bring_in_a_header_or_a_reader_is_refused(
    ses: FakeSes, changes: dict[str, Any]
) -> None:
    with pytest.raises(MailRefused) as refusal:
        a_mailer(ses.url).send(a_mail(**changes))

    assert not refusal.value.is_temporary
    assert ses.requests == []


@pytest.mark.parametrize(
    ("code", "status", "is_temporary"),
    [
        ("TooManyRequestsException", 429, True),
        ("LimitExceededException", 400, True),
        ("SendingPausedException", 400, True),
        ("ThrottlingException", 400, True),
        ("Throttling", 503, True),
        ("ExpiredTokenException", 403, True),
        ("MessageRejected", 400, False),
        ("MailFromDomainNotVerifiedException", 400, False),
        ("AccountSuspendedException", 400, True),
        ("BadRequestException", 400, False),
        ("NotFoundException", 404, False),
        ("AccessDeniedException", 403, False),
    ],
)
def test_a_clear_no_is_a_refusal_after_one_attempt(
    ses: FakeSes, code: str, status: int, *, is_temporary: bool
) -> None:
    ses.status = status
    ses.headers = {"X-Amzn-ErrorType": code}
    ses.answer = b'{"message": "No."}'

    with pytest.raises(MailRefused) as refusal:
        a_mailer(ses.url).send(a_mail())

    assert refusal.value.is_temporary == is_temporary
    assert len(ses.requests) == 1


@pytest.mark.parametrize(
    ("code", "said", "wait"),
    [
        ("TooManyRequestsException", "Maximum sending rate exceeded.", None),
        ("TooManyRequestsException", "Daily message quota exceeded.", timedelta(days=1)),
        ("ThrottlingException", "Daily sending quota exceeded", timedelta(days=1)),
        ("LimitExceededException", "No.", timedelta(days=1)),
        ("SendingPausedException", "Sending is paused.", timedelta(hours=1)),
        ("AccountSuspendedException", "Sending is restricted.", timedelta(hours=1)),
    ],
)
def test_a_limit_of_the_account_says_when_to_ask_again(
    ses: FakeSes, code: str, said: str, wait: timedelta | None
) -> None:
    ses.status = 400
    ses.headers = {"X-Amzn-ErrorType": code}
    ses.answer = json.dumps({"message": said}).encode()
    mailer = SesMailer(a_client(ses.url, ONE_ATTEMPT), "a@saldo.example", "saldo", lambda: NOON)

    with pytest.raises(MailRefused) as refusal:
        mailer.send(a_mail())

    assert refusal.value.is_temporary
    assert refusal.value.not_before == (NOON + wait if wait else None)
    assert said in refusal.value.reason


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_the_server_leaves_it_open_after_one_attempt(ses: FakeSes, status: int) -> None:
    ses.status = status
    ses.answer = b"<html>Bad gateway</html>"

    with pytest.raises(MailUncertain):
        a_mailer(ses.url).send(a_mail())

    assert len(ses.requests) == 1


def test_no_answer_in_time_leaves_it_open_after_one_attempt(ses: FakeSes) -> None:
    ses.delay_seconds = 0.4

    with pytest.raises(MailUncertain):
        a_mailer(ses.url, ONE_ATTEMPT.merge(Config(read_timeout=0.1))).send(a_mail())

    assert len(ses.requests) == 1


def test_a_lost_connection_leaves_it_open_after_one_attempt(ses: FakeSes) -> None:
    ses.hangs_up = True

    with pytest.raises(MailUncertain):
        a_mailer(ses.url).send(a_mail())

    assert len(ses.requests) == 1


@pytest.mark.parametrize("answer", [b"", b"{}", b"not json"])
def test_an_answer_without_an_id_leaves_it_open(ses: FakeSes, answer: bytes) -> None:
    ses.answer = answer

    with pytest.raises(MailUncertain):
        a_mailer(ses.url).send(a_mail())


def test_a_connection_that_nobody_accepts_is_a_refusal_for_now() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"

        with pytest.raises(MailRefused) as refusal:
            a_mailer(url).send(a_mail())

    assert refusal.value.is_temporary


def test_each_mail_has_a_connection_of_its_own(ses: FakeSes) -> None:
    mailer = a_mailer(ses.url)

    mailer.send(a_mail())
    mailer.send(a_mail())

    assert ses.connection_headers == ["close", "close"]


def test_a_client_that_repeats_by_itself_is_not_used() -> None:
    client = a_client("http://127.0.0.1:9", Config(retries={"total_max_attempts": 2}))

    with pytest.raises(InvariantBroken):
        SesMailer(client, "cobros@saldo.example", "saldo")


@pytest.mark.cloud
def test_the_local_cloud_takes_the_mail_and_gives_it_an_id(stack: Stack, cloud: LocalCloud) -> None:
    mailbox = Mailbox(cloud.folder / "mailbox.jsonl")
    before = len(mailbox.mails())
    mailer = SesMailer(
        a_client(cloud.url, ONE_ATTEMPT),
        SENDER,
        stack.outputs["ConfigurationSet"],
    )

    provider_id = mailer.send(a_mail())

    mail = mailbox.mails()[before]
    assert provider_id
    assert mail.to == ("pagos@penarroya.example",)
    assert mail.text.replace("\r\n", "\n") == a_mail().content.text
    assert mail.tags == {"message_id": "msg_1", "customer_id": "cus_1"}
    assert mail.configuration_set == stack.outputs["ConfigurationSet"]


@pytest.mark.parametrize(
    ("status", "kind", "is_refused"),
    [
        (200, "", False),
        (404, "NotFoundException", False),  # it is on no list
        (429, "TooManyRequestsException", True),
        (400, "BadRequestException", True),
        (500, "InternalFailure", True),
    ],
)
def test_an_address_is_taken_off_the_list_of_the_account(
    ses: FakeSes, status: int, kind: str, *, is_refused: bool
) -> None:
    ses.status, ses.answer = status, b"{}"
    ses.headers = {"x-amzn-errortype": kind} if kind else {}

    try:
        a_mailer(ses.url).readmit("Ana@kunde.example")
    except MailRefused:
        assert is_refused
    else:
        assert not is_refused
    (request,) = ses.requests
    assert request["path"] == "/v2/email/suppression/addresses/Ana%40kunde.example"
