"""Stand-ins for the identity provider and the directory, and a staff to sign in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.adapters.dynamodb.homes import Key
from chalicelib.adapters.dynamodb.items import Item
from chalicelib.adapters.dynamodb.table import Action, Answer, Query, Table
from chalicelib.domain.access import Role
from chalicelib.domain.identity import Person
from chalicelib.usecases.identity_ports import Claims, IdentityRefused, SignInCode
from chalicelib.usecases.people import NewPerson, enter_person
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.sign_in import SignInAnswer, finish_sign_in, start_sign_in
from tests.builders import NOON, by_ana


@dataclass
class FakeProvider:
    """Vouches for one person, and remembers what it was asked. None: it vouches for nobody."""

    email: str | None = "ana@saldo.example"
    name: str | None = "Ana"
    asked: list[SignInCode] = field(default_factory=list)

    def authorize_url(self, *, state: str, nonce: str, challenge: str) -> str:
        return f"https://id.example/authorize?{state}&{nonce}&{challenge}"

    def exchange(self, answer: SignInCode) -> Claims:
        self.asked.append(answer)
        if self.email is None:
            raise IdentityRefused("The signature of the id token is wrong.")
        return Claims(subject="sub-1", email=self.email, name=self.name)

    def logout_url(self) -> str:
        return "https://id.example/logout"


@dataclass
class FakeDirectory:
    """Remembers who was invited. ``faults`` are raised in turn."""

    invited: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def invite(self, email: str, name: str) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.invited.append(email)


def a_person(ports: Ports, email: str = "ana@saldo.example", role: Role = "admin") -> Person:
    """Add a member of staff."""
    name = email.partition("@")[0].capitalize()
    return enter_person(ports, by_ana(), NewPerson(email=email, name=name, role=role))


def signed_in(
    ports: Ports, email: str = "ana@saldo.example", when: datetime = NOON, return_to: str = "/"
) -> str:
    """Sign a person in and return the id of the session."""
    provider = FakeProvider(email)
    started = start_sign_in(ports, provider, return_to=return_to, at=when)
    answer = SignInAnswer(started.state, started.state, "code-1")
    return finish_sign_in(ports, provider, answer, when).session_id


class Interrupted:
    """A table where somebody else writes just before our first write arrives."""

    def __init__(self, table: Table, first: Callable[[], object]) -> None:
        self._table = table
        self._first: Callable[[], object] | None = first

    def get(self, key: Key) -> Item | None:
        return self._table.get(key)

    def batch_get(self, keys: Sequence[Key]) -> list[Item]:
        return self._table.batch_get(keys)

    def query(self, query: Query) -> Answer:
        return self._table.query(query)

    def write(self, actions: Sequence[Action]) -> None:
        first, self._first = self._first, None
        if first is not None:
            first()
        self._table.write(actions)
