"""The composition root: settings → adapters → ports, built once per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import botocore.session
from botocore.config import Config

from chalicelib import settings
from chalicelib.adapters import system_clock
from chalicelib.adapters.cognito_directory import CognitoDirectory
from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.adapters.dynamodb.table import DynamoTable, Table
from chalicelib.adapters.oidc import OpenIdConnect, Provider
from chalicelib.adapters.providers import registry
from chalicelib.adapters.random_ids import RandomIds
from chalicelib.adapters.s3_files import S3Files
from chalicelib.adapters.secrets import Secrets
from chalicelib.adapters.sqs_queues import SqsQueues
from chalicelib.domain.provider import ProviderFact
from chalicelib.settings import Settings
from chalicelib.usecases.identity_ports import Directory, IdentityProvider
from chalicelib.usecases.ports import Files, Mailer, MailWriter, Ports, Queues

now = system_clock.now
SignatureInvalid = registry.SignatureInvalid
EventMalformed = registry.EventMalformed
PROVIDERS = registry.PROVIDERS
_LOCAL_PASSWORD = "Saldo-local-1"  # noqa: S105 - the local sign-in page shows it to everybody
_CONNECT_SECONDS = 2  # within one region; longer means the network is broken
_READ_SECONDS = 10
_RETRIES = Config(
    connect_timeout=_CONNECT_SECONDS,
    read_timeout=_READ_SECONDS,
    retries={"total_max_attempts": 4, "mode": "standard"},
)
# The SDK would check each request against its model, a tenth of the time of a write;
# what the table writes has one shape (adapters/dynamodb), and DynamoDB checks it itself.
_UNCHECKED = _RETRIES.merge(Config(parameter_validation=False))
_ONE_ATTEMPT = Config(
    connect_timeout=_CONNECT_SECONDS,
    read_timeout=20,
    retries={"total_max_attempts": 1, "mode": "standard"},
)


class Clients:
    """AWS clients, each made when it is first needed: a client costs 30 ms and more."""

    @cached_property
    def _session(self) -> Any:
        return botocore.session.get_session()

    def make(self, service: str, config: Config = _RETRIES) -> Any:
        """Return a new client of a service."""
        return self._session.create_client(service, config=config)

    def dynamodb(self) -> Any:
        """Return the client of the table."""
        return self.make("dynamodb", _UNCHECKED)

    def ses(self) -> Any:
        """Return the mail client. It tries once: SES takes a repetition for a new mail."""
        return self.make("sesv2", _ONE_ATTEMPT)


class LazyQueues:
    """Queues whose client is made at the first message."""

    def __init__(self, clients: Clients, configured: Settings) -> None:
        self._clients = clients
        self._settings = configured

    @cached_property
    def _queues(self) -> Queues:
        configured = self._settings
        urls = {
            "provider_events": configured.queue_provider_events,
            "mail": configured.queue_mail,
            "reminders": configured.queue_reminders,
        }
        return SqsQueues(self._clients.make("sqs"), urls)

    def put(self, queue: str, body: str) -> None:
        """Hand one message to a queue."""
        self._queues.put(queue, body)


class LazyFiles:
    """Files whose client is made when the first is needed."""

    def __init__(self, clients: Clients, bucket: str) -> None:
        self._clients = clients
        self._bucket = bucket

    @cached_property
    def _files(self) -> Files:
        return S3Files(self._clients.make("s3"), self._bucket)

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Store a file."""
        self._files.put(key, content, content_type)

    def get(self, key: str) -> bytes | None:
        """Return a stored file, or None."""
        return self._files.get(key)


class LazyMail:
    """Mailer and MailWriter whose heavy modules are imported at the first mail or document."""

    def __init__(self, clients: Clients, configured: Settings) -> None:
        self._clients = clients
        self._settings = configured

    @cached_property
    def _mailer(self) -> Mailer:
        from chalicelib.adapters.ses_mailer import SesMailer  # noqa: PLC0415 - email is heavy

        sender, group = self._settings.sender, self._settings.configuration_set
        return SesMailer(self._clients.ses(), sender, group)

    @cached_property
    def _writer(self) -> MailWriter:
        from chalicelib.adapters.mail_writer import TemplateMailWriter  # noqa: PLC0415 - as above

        return TemplateMailWriter()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._mailer if name == "send" else self._writer, name)


@dataclass(frozen=True)
class App:
    """What the edges are given."""

    settings: Settings
    ports: Ports
    clients: Clients
    secrets: Secrets
    identity: IdentityProvider
    directory: Directory

    def verify_webhook(
        self, provider: str, raw: bytes, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the verified event of a provider; SignatureInvalid otherwise, and in doubt."""
        return registry.verify(provider, raw, headers, self._webhook_secrets(provider), now())

    def interpret(self, provider: str, event: Mapping[str, Any]) -> ProviderFact | None:
        """Return what a verified event says about money, or None."""
        return registry.interpret(provider, event)

    def _webhook_secrets(self, provider: str) -> list[str]:
        plain = getattr(self.settings, f"{provider}_webhook_secret", None)
        if plain:
            return [plain]
        arn = getattr(self.settings, f"{provider}_webhook_secret_arn", None)
        # While a secret is being rotated it holds the old and the new one, one a line.
        return self.secrets.read(arn).split() if arn else []


def build(configured: Settings, table: Table | None = None) -> App:
    """Wire everything for these settings; tests pass a table of their own."""
    clients = Clients()
    mail = LazyMail(clients, configured)
    store = DynamoStore(table or DynamoTable(clients.dynamodb(), configured.table))
    ports = Ports(
        store=store,
        queues=LazyQueues(clients, configured),
        mailer=mail,
        writer=mail,
        files=LazyFiles(clients, configured.documents_bucket),
        ids=RandomIds(),
        pause=system_clock.pause,
    )
    secrets = Secrets(_Lazy(clients, "secretsmanager"))
    return App(
        settings=configured,
        ports=ports,
        clients=clients,
        secrets=secrets,
        identity=_identity(configured, secrets),
        directory=_directory(configured, clients),
    )


def _identity(configured: Settings, secrets: Secrets) -> IdentityProvider:
    provider = Provider(
        issuer=configured.oidc_issuer,
        client_id=configured.oidc_client_id,
        authorize_url=configured.oidc_authorize_url,
        token_url=configured.oidc_token_url,
        jwks_url=configured.oidc_jwks_url,
        logout_url=configured.oidc_logout_url,
        base_url=configured.base_url,
    )

    def secret() -> str:
        plain, arn = configured.oidc_client_secret, configured.oidc_client_secret_arn
        return plain or (secrets.read(arn) if arn else "")

    return OpenIdConnect(provider, secret)


def _directory(configured: Settings, clients: Clients) -> Directory:
    password = _LOCAL_PASSWORD if configured.local else None
    return CognitoDirectory(_Lazy(clients, "cognito-idp"), configured.user_pool_id, password)


class _Lazy:
    def __init__(self, clients: Clients, service: str) -> None:
        self._clients = clients
        self._service = service

    @cached_property
    def _client(self) -> Any:
        return self._clients.make(self._service)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


@lru_cache(maxsize=1)
def app() -> App:
    """Return the wiring of this process."""
    return build(settings.current())
