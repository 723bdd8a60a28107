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


def test_asking_whether_it_lives_imports_its_own_small_body_only(at_start: set[str]) -> None:
    route = "from chalicelib.api.resources import routes_of; routes_of('/v1/health')"

    added = {name for name in imported(f"{_APP}; {route}") - at_start if "chalicelib" in name}

    assert added == {"chalicelib.api.health", "chalicelib.api.schemas.health"}


def test_the_garbage_collector_works_again_after_the_imports() -> None:
    switched_on = "import gc; assert gc.isenabled() and gc.get_freeze_count() > 10_000"

    assert imported(f"{_APP}; {switched_on}")
