"""What a cold start of the API imports. Times are in `make bench`; here is what they depend on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
_MODULES = "import json, sys; print(json.dumps(sorted(sys.modules)))"
_APP = "from app import app; from chalicelib import bootstrap; bootstrap.app()"
HEAVY = (
    "boto3",
    "s3transfer",
    "fpdf",
    "PIL",
    "fontTools",
    "segno",
    "jinja2",
    "cryptography",
    "jwt",
    "requests",
    "aiohttp",
    "stripe",
    "hypothesis",
    "pytest",
    "aws_xray_sdk",
    "email.mime",
    "smtplib",
    "sqlite3",
    "asyncio",
    "holidays",
)
OWN_RESOURCES = (
    "chalicelib.api.customers",
    "chalicelib.api.invoices",
    "chalicelib.api.payments",
    "chalicelib.api.recurring",
    "chalicelib.api.reports",
    "chalicelib.api.description",
    "chalicelib.api.schemas.invoices",
    "chalicelib.events.chores",
    "chalicelib.events.mail",
    "chalicelib.adapters.mail",
    "chalicelib.adapters.mime",
    "chalicelib.adapters.pdf",
    "chalicelib.adapters.ses_mailer",
    "chalicelib.usecases.send_reminder",
)
DOMAIN = {
    "access",
    "audit",
    "base",
    "calendar",
    "errors",
    "money",
    "news",
    "search_text",
    "shards",
    "webhook_events",
}
"""What a first request needs whatever it asks for. A record is imported when one is met."""
USE_CASES = {"bell", "context", "ports"}


def imported(program: str) -> set[str]:
    environment = os.environ | {
        "AWS_DEFAULT_REGION": "eu-south-2",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    ended = subprocess.run(
        [sys.executable, "-c", f"{program}\n{_MODULES}"],
        cwd=PROJECT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return set(json.loads(ended.stdout))


def parts_of(modules: set[str], package: str) -> set[str]:
    """Return the modules of a package, by their last names."""
    return {name.removeprefix(f"{package}.") for name in modules if name.startswith(f"{package}.")}


@pytest.fixture(scope="module")
def at_start() -> set[str]:
    """The modules after importing the app and making its DynamoDB client."""
    return imported(_APP)


@pytest.mark.parametrize("module", HEAVY)
def test_a_cold_start_imports_nothing_heavy(at_start: set[str], module: str) -> None:
    assert not [name for name in at_start if name == module or name.startswith(f"{module}.")]


@pytest.mark.parametrize("module", OWN_RESOURCES)
def test_a_cold_start_imports_no_resource_that_nobody_asked_for(
    at_start: set[str], module: str
) -> None:
    assert module not in at_start


def test_a_cold_start_imports_no_record_that_nobody_asked_for(at_start: set[str]) -> None:
    assert parts_of(at_start, "chalicelib.domain") == DOMAIN


def test_a_cold_start_imports_no_procedure(at_start: set[str]) -> None:
    assert parts_of(at_start, "chalicelib.usecases") == USE_CASES


def test_a_cold_start_knows_the_payment_providers_by_name_only(at_start: set[str]) -> None:
    assert parts_of(at_start, "chalicelib.adapters.providers") == {"errors", "notification"}


def test_what_is_open_to_everybody_imports_nothing_about_signing_in() -> None:
    asked = (
        "from chalicelib.api.security import authenticate\n"
        "authenticate(bootstrap.app(), 'GET', '/v1/health', {}, bootstrap.now())"
    )

    known = imported(f"{_APP}\n{asked}")

    assert parts_of(known, "chalicelib.usecases") == USE_CASES
    assert "chalicelib.domain.identity" not in known


def test_the_references_that_every_procedure_names_bring_no_rare_records() -> None:
    rare = {"recurring", "proof", "period", "money_back", "policy", "interest_rates", "statement"}

    known = imported("import chalicelib.usecases.references, chalicelib.usecases.listings")

    assert not rare & parts_of(known, "chalicelib.domain")


def test_showing_invoices_imports_neither_templates_nor_what_is_said_of_customers() -> None:
    known = imported("import chalicelib.api.invoices")

    others = {"chalicelib.api.render_customers", "chalicelib.api.schemas.customers"}
    assert not others & known
    assert not {"template", "statement", "staff_mail"} & parts_of(known, "chalicelib.domain")
    assert not {"templates", "forecast"} & parts_of(known, "chalicelib.usecases")


def test_asking_whether_it_lives_imports_its_own_small_body_only(at_start: set[str]) -> None:
    route = "from chalicelib.api.resources import routes_of; routes_of('/v1/health')"

    added = {name for name in imported(f"{_APP}; {route}") - at_start if "chalicelib" in name}

    assert added == {"chalicelib.api.health", "chalicelib.api.schemas.health"}


def test_the_garbage_collector_works_again_after_the_imports() -> None:
    switched_on = "import gc; assert gc.isenabled() and gc.get_freeze_count() > 10_000"

    assert imported(f"{_APP}; {switched_on}")
