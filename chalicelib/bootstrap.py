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
from chalicelib.adapters.providers.errors import EventMalformed, SignatureInvalid
from chalicelib.adapters.providers.notification import Notification
from chalicelib.adapters.random_ids import RandomIds
from chalicelib.adapters.secrets import Secrets
from chalicelib.settings import Settings
from chalicelib.usecases.ports import Files, Mailer, MailWriter, Ports, Queues

if TYPE_CHECKING:
    from chalicelib.adapters.providers.gateway import Providers
    from chalicelib.usecases.egress_ports import Egress
    from chalicelib.usecases.holiday_ports import Holidays
    from chalicelib.usecases.identity_ports import Directory, IdentityProvider
    from chalicelib.usecases.vault_ports import Vault

T = TypeVar("T")

__all__ = [
    "App",
    "EventMalformed",
    "Notification",
    "SignatureInvalid",
    "app",
    "build",
    "call_outside",
    "now",
]

now = system_clock.now
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

    def lambdas(self) -> Any:
        """Return the client of other functions. It tries once: what it calls may have acted."""
        return self.make("lambda", _ONE_ATTEMPT)


@dataclass(frozen=True)
class App:
    """What the edges are given."""

    settings: Settings
    ports: Ports
    clients: Clients
    secrets: Secrets
    identity: "IdentityProvider"
    directory: "Directory"
    providers: "Providers"

    def announce_changes(self) -> None:
        """Have other systems told at once of what this process changed since it was last asked."""
        if self.ports.bell.is_rung:
            from chalicelib.usecases.announce import announce_soon  # noqa: PLC0415 - few need it

            announce_soon(self.ports, now())


def build(configured: Settings, table: Table | None = None) -> App:
    """Wire everything for these settings; tests pass a table of their own."""
    clients = Clients()
    secrets = Secrets(_lazily(lambda: clients.make("secretsmanager")))
    vault = _lazily(lambda: _vault(configured, clients))
    files = _lazily(lambda: _files(configured, clients))
    providers = _lazily(lambda: _providers(configured, vault))
    return App(
        settings=configured,
        ports=Ports(
            store=DynamoStore(table or DynamoTable(clients.dynamodb(), configured.table)),
            queues=_lazily(lambda: _queues(configured, clients)),
            mailer=_lazily(lambda: _mailer(configured, clients)),
            writer=_lazily(lambda: _writer(configured, files)),
            files=files,
            holidays=_lazily(_holidays),
            vault=vault,
            egress=_lazily(lambda: _egress(configured, clients)),
            gateway=providers,
            ids=RandomIds(),
            pause=system_clock.pause,
        ),
        clients=clients,
        secrets=secrets,
        identity=_lazily(lambda: _identity(configured, secrets)),
        directory=_lazily(lambda: _directory(configured, clients)),
        providers=providers,
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
        "webhooks": configured.queue_webhooks,
    }
    return SqsQueues(clients.make("sqs"), urls)


def _mailer(configured: Settings, clients: Clients) -> Mailer:
    from chalicelib.adapters.ses_mailer import SesMailer  # noqa: PLC0415 - see _lazily

    return SesMailer(clients.ses(), configured.sender, configured.configuration_set)


def _writer(configured: Settings, files: Files) -> MailWriter:
    from chalicelib.adapters.mail_writer import TemplateMailWriter  # noqa: PLC0415 - see _lazily

    return TemplateMailWriter(configured.base_url, files)


def _files(configured: Settings, clients: Clients) -> Files:
    from chalicelib.adapters.s3_files import S3Files  # noqa: PLC0415 - see _lazily

    return S3Files(clients.make("s3"), configured.documents_bucket)


def _holidays() -> "Holidays":
    from chalicelib.adapters.public_holidays import PublicHolidays  # noqa: PLC0415 - see _lazily

    return PublicHolidays()


def _vault(configured: Settings, clients: Clients) -> "Vault":
    from chalicelib.adapters.ssm_vault import SsmVault  # noqa: PLC0415 - see _lazily

    return SsmVault(_lazily(lambda: clients.make("ssm")), configured.vault)


def _egress(configured: Settings, clients: Clients) -> "Egress":
    if configured.egress_function is not None:
        from chalicelib.adapters.egress_lambda import LambdaEgress  # noqa: PLC0415 - see _lazily

        return LambdaEgress(clients.lambdas(), configured.egress_function)
    from chalicelib.adapters.egress_http import HttpEgress  # noqa: PLC0415 - see _lazily

    return HttpEgress(allows_local=configured.local)


def call_outside(event: Mapping[str, Any]) -> dict[str, Any]:
    """Do the one thing that the egress function does: call an address that somebody chose."""
    from chalicelib.adapters.egress_http import HttpEgress  # noqa: PLC0415 - see _lazily
    from chalicelib.adapters.egress_lambda import answer_to  # noqa: PLC0415 - see _lazily

    return answer_to(HttpEgress(allows_local=False), event)


def _providers(configured: Settings, vault: "Vault") -> "Providers":
    from chalicelib.adapters.providers.gateway import Providers  # noqa: PLC0415 - see _lazily

    return Providers(configured, vault)


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
