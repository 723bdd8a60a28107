"""What a local cloud holds before anybody uses it: its people, a key, and the example."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from chalicelib import bootstrap
from chalicelib.domain.errors import AlreadyExists
from chalicelib.usecases.api_keys import NewApiKey, enter_api_key
from chalicelib.usecases.context import system_context
from chalicelib.usecases.people import NewPerson, enter_person
from infra.local.example.load import load
from infra.local.providers.office import Office
from infra.local.providers.setting_up import enter_provider_keys
from infra.local.sign_in import PEOPLE
from infra.local.stack import Stack

_KEY: Final = "SALDO_API_KEY"
_WITHOUT_EXAMPLE: Final = "0"
# Files in the data folder: one while the example is being written, the other from then on.
_LOADING: Final = "example-is-loading"
_STARTED: Final = "started"
_WRITTEN: Final = (
    "cloud", "documents", "mailbox.jsonl", "providers.sqlite", _STARTED, _LOADING
)  # fmt: skip


def clear_half_an_example(folder: Path) -> None:
    """Starts anew where the very first start was interrupted. Call it before the cloud starts."""
    if not (folder / _LOADING).exists():
        return
    for name in _WRITTEN:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def prepare(stack: Stack, folder: Path) -> None:
    """Enters the local people and the key at every start, and the example at the first one."""
    _enter_people()
    if os.environ.get(_KEY):
        _enter_key(os.environ[_KEY])
    if not (folder / _STARTED).exists():
        if os.environ.get("SALDO_EXAMPLE") != _WITHOUT_EXAMPLE:
            _load_example(stack, folder)
        (folder / _STARTED).touch()
        (folder / _LOADING).unlink(missing_ok=True)
    enter_provider_keys(bootstrap.app().ports, system_context(bootstrap.now()))


def _enter_people() -> None:
    ports, context = bootstrap.app().ports, system_context(bootstrap.now())
    for person in PEOPLE:
        new = NewPerson(email=person.email, name=person.name, role=person.role)
        with suppress(AlreadyExists):
            enter_person(ports, context, new)


def _enter_key(text: str) -> None:
    new = NewApiKey(name=_KEY, role="admin")
    enter_api_key(bootstrap.app().ports, system_context(bootstrap.now()), new, text=text)


def _load_example(stack: Stack, folder: Path) -> None:
    print("Loading the example: a printing house with 62 customers ...", flush=True)
    (folder / _LOADING).touch()
    table = stack.outputs["TableName"]
    app = bootstrap.app()
    office = Office(folder, app.settings.base_url)
    client = stack.cloud.client("dynamodb")
    load(app.ports, bootstrap.now(), office, client=client, table=table)
    office.close()
    stack.cloud.snapshot()
