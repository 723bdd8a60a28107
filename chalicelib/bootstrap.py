"""The composition root: settings → adapters → ports, built once per process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import botocore.session
from botocore.config import Config

from chalicelib import settings
from chalicelib.adapters import system_clock
from chalicelib.adapters.dynamodb.store import DynamoStore
from chalicelib.adapters.dynamodb.table import DynamoTable, Table
from chalicelib.adapters.providers import registry
from chalicelib.adapters.random_ids import RandomIds
from chalicelib.adapters.secrets import Secrets
from chalicelib.settings import Settings
from chalicelib.usecases.ports import Files, Mailer, MailWriter, Ports, Queues

if TYPE_CHECKING:
    from chalicelib.domain.provider import ProviderFact
    from chalicelib.usecases.holiday_ports import Holidays
    from chalicelib.usecases.identity_ports import Directory, IdentityProvider

T = TypeVar("T")

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


@dataclass(frozen=True)
class App:
    """What the edges are given."""

    settings: Settings
    ports: Ports
    clients: Clients
    secrets: Secrets
    identity: "IdentityProvider"
    directory: "Directory"

    def verify_webhook(
        self, provider: str, raw: bytes, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the verified event of a provider; SignatureInvalid otherwise, and in doubt."""
        return registry.verify(provider, raw, headers, self._webhook_secrets(provider), now())

    def interpret(self, provider: str, event: Mapping[str, Any]) -> "ProviderFact | None":
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
    secrets = Secrets(_lazily(lambda: clients.make("secretsmanager")))
    return App(
        settings=configured,
        ports=Ports(
            store=DynamoStore(table or DynamoTable(clients.dynamodb(), configured.table)),
            queues=_lazily(lambda: _queues(configured, clients)),
            mailer=_lazily(lambda: _mailer(configured, clients)),
            writer=_lazily(lambda: _writer(configured)),
            files=_lazily(lambda: _files(configured, clients)),
            holidays=_lazily(_holidays),
            ids=RandomIds(),
            pause=system_clock.pause,
        ),
        clients=clients,
        secrets=secrets,
        identity=_lazily(lambda: _identity(configured, secrets)),
        directory=_lazily(lambda: _directory(configured, clients)),
    )


class _Lazy:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> object:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)


def _lazily(make: Callable[[], T]) -> T:
    """Return what stands for an adapter until its first use, which imports and makes it.

    So a cold start pays for the adapters that its work needs.
    """
    return cast("T", _Lazy(make))


def _queues(configured: Settings, clients: Clients) -> Queues:
    from chalicelib.adapters.sqs_queues import SqsQueues  # noqa: PLC0415 - see _lazily

    urls = {
        "provider_events": configured.queue_provider_events,
        "mail": configured.queue_mail,
        "reminders": configured.queue_reminders,
        "chores": configured.queue_chores,
        "mail_events": configured.queue_mail_events,
    }
    return SqsQueues(clients.make("sqs"), urls)


def _mailer(configured: Settings, clients: Clients) -> Mailer:
    from chalicelib.adapters.ses_mailer import SesMailer  # noqa: PLC0415 - see _lazily

    return SesMailer(clients.ses(), configured.sender, configured.configuration_set)


def _writer(configured: Settings) -> MailWriter:
    from chalicelib.adapters.mail_writer import TemplateMailWriter  # noqa: PLC0415 - see _lazily

    return TemplateMailWriter(configured.base_url)


def _files(configured: Settings, clients: Clients) -> Files:
    from chalicelib.adapters.s3_files import S3Files  # noqa: PLC0415 - see _lazily

    return S3Files(clients.make("s3"), configured.documents_bucket)


def _holidays() -> "Holidays":
    from chalicelib.adapters.public_holidays import PublicHolidays  # noqa: PLC0415 - see _lazily

    return PublicHolidays()


def _identity(configured: Settings, secrets: Secrets) -> "IdentityProvider":
    from chalicelib.adapters.oidc import OpenIdConnect, Provider  # noqa: PLC0415 - see _lazily

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


def _directory(configured: Settings, clients: Clients) -> "Directory":
    from chalicelib.adapters.cognito_directory import CognitoDirectory  # noqa: PLC0415 - as above

    password = _LOCAL_PASSWORD if configured.local else None
    return CognitoDirectory(clients.make("cognito-idp"), configured.user_pool_id, password)


@lru_cache(maxsize=1)
def app() -> App:
    """Return the wiring of this process."""
    return build(settings.current())
