"""The environment, read once: the only place that knows the names of its variables."""

import os
from collections.abc import Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

VERSION = "0.1.0"
_PREFIX = "SALDO_"


class Settings(BaseModel):
    """What a deployed function is told by its stack. Field ``x`` is the variable ``SALDO_X``."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    stage: str = "local"
    table: str = "saldo"
    queue_provider_events: str = ""
    queue_mail: str = ""
    queue_reminders: str = ""
    queue_chores: str = ""
    queue_mail_events: str = ""
    queue_webhooks: str = ""
    egress_function: str | None = None  # none where this very process calls out: locally
    documents_bucket: str = ""
    sender: str = "facturas@saldo.local"
    configuration_set: str | None = None
    mails_a_second: float = 14.0  # what SES grants an account that has left its sandbox
    base_url: str = "http://localhost:8000"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str | None = None
    oidc_client_secret_arn: str | None = None
    oidc_authorize_url: str = ""
    oidc_token_url: str = ""
    oidc_jwks_url: str = ""
    oidc_logout_url: str = ""
    user_pool_id: str = ""
    vault: str = "/saldo"
    # A webhook secret is set here in the local cloud only; in a stack it is in the vault.
    stripe_webhook_secret: str | None = None
    stripe_api_url: str = "https://api.stripe.com"
    mercadopago_webhook_secret: str | None = None
    mercadopago_api_url: str = "https://api.mercadopago.com"
    redsys_webhook_secret: str | None = None
    redsys_api_url: str = "https://sis.redsys.es"
    gocardless_webhook_secret: str | None = None
    gocardless_api_url: str = "https://api.gocardless.com"
    wompi_webhook_secret: str | None = None
    wompi_api_url: str = "https://production.wompi.co/v1"
    paypal_webhook_secret: str | None = None
    paypal_api_url: str = "https://api-m.paypal.com"
    local: bool = False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Parse the settings; a missing or malformed one is named in the error."""
    known = {
        name: environment[variable]
        for name in Settings.model_fields
        if (variable := f"{_PREFIX}{name.upper()}") in environment
    }
    return Settings.model_validate(known)


@lru_cache(maxsize=1)
def current() -> Settings:
    """Return the settings of this process, read at first use and not at import."""
    return read_settings(os.environ)
