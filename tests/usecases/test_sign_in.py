"""Signing in, being recognised, and signing out."""

import base64
import hashlib
import json
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.errors import SignInRefused
from chalicelib.domain.identity import Session, SignInAttempt
from chalicelib.usecases.people import change_person
from chalicelib.usecases.sessions import is_alive, new_session
from chalicelib.usecases.sign_in import (
    SignInAnswer,
    end_session,
    finish_sign_in,
    start_sign_in,
)
from chalicelib.usecases.who_is_it import Principal, SessionId, who_is_it
from tests.builders import NOON, Book, by_ana
from tests.fakes import CountingTable
from tests.identity import FakeDirectory, FakeProvider, a_person, signed_in

MINUTE = timedelta(minutes=1)
SESSION = "/customers?state=open"


@pytest.fixture
def book() -> Book:
    return Book()


def recognised(book: Book, session_id: str, when: datetime = NOON) -> Principal | None:
    return who_is_it(book.ports.store, SessionId(session_id), when)


def refusal(book: Book, answer: SignInAnswer, provider: FakeProvider, when: datetime) -> str:
    """Finish a sign-in that must fail, and leave no session."""
    with pytest.raises(SignInRefused) as caught:
        finish_sign_in(book.ports, provider, answer, when)
    assert book.all(Session) == []
    return caught.value.reason


def test_a_member_of_staff_signs_in_and_comes_back_to_the_page(book: Book) -> None:
    a_person(book.ports, role="accountant")
    provider = FakeProvider("Ana@Saldo.Example")

    started = start_sign_in(book.ports, provider, return_to=SESSION, at=NOON)
    answer = SignInAnswer(started.state, started.state, "code-1")
    signed = finish_sign_in(book.ports, provider, answer, NOON)

    assert signed.return_to == SESSION
    principal = recognised(book, signed.session_id)
    assert principal is not None
    assert principal.is_browser
    assert (principal.actor.id, principal.actor.role) == ("ana@saldo.example", "accountant")


def test_the_provider_is_asked_with_what_only_this_sign_in_knows(book: Book) -> None:
    a_person(book.ports)
    provider = FakeProvider()

    started = start_sign_in(book.ports, provider, return_to="/", at=NOON)
    state, nonce, challenge = started.url.partition("?")[2].split("&")
    answer = SignInAnswer(started.state, started.state, "code-1")
    finish_sign_in(book.ports, provider, answer, NOON + MINUTE)

    asked = provider.asked[0]
    hashed = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest())
    assert state == started.state
    assert (asked.code, asked.nonce, asked.at) == ("code-1", nonce, NOON + MINUTE)
    assert challenge == hashed.decode().rstrip("=")
    assert len({state, nonce, asked.verifier}) == 3


def test_neither_state_nor_session_id_is_stored_in_the_clear(book: Book) -> None:
    a_person(book.ports)

    started = start_sign_in(book.ports, FakeProvider(), return_to="/", at=NOON)
    session_id = signed_in(book.ports)

    stored = json.dumps(book.fakes.table.items())
    assert started.state not in stored
    assert session_id not in stored


def test_a_sign_in_is_written_into_the_audit_log(book: Book) -> None:
    a_person(book.ports)

    signed_in(book.ports)

    last = max(book.all(AuditEntry), key=lambda entry: entry.id)
    assert (last.action, last.by, last.subject_id) == (
        "signed_in",
        "ana@saldo.example",
        "ana@saldo.example",
    )


def test_a_sign_in_that_another_browser_started_is_refused(book: Book) -> None:
    a_person(book.ports)
    provider = FakeProvider()
    started = start_sign_in(book.ports, provider, return_to="/", at=NOON)

    reason = refusal(book, SignInAnswer(started.state, "", "code-1"), provider, NOON)

    assert reason == "not_started_here"
    assert provider.asked == []
    assert len(book.all(SignInAttempt)) == 1


def test_an_unknown_state_is_refused_before_the_provider_is_asked(book: Book) -> None:
    a_person(book.ports)
    provider = FakeProvider()

    reason = refusal(book, SignInAnswer("forged", "forged", "code-1"), provider, NOON)

    assert reason == "expired"
    assert provider.asked == []


def test_an_attempt_is_good_for_ten_minutes(book: Book) -> None:
    a_person(book.ports)
    provider = FakeProvider()
    started = start_sign_in(book.ports, provider, return_to="/", at=NOON)
    answer = SignInAnswer(started.state, started.state, "code-1")

    reason = refusal(book, answer, provider, NOON + 10 * MINUTE)

    assert reason == "expired"
    assert provider.asked == []


def test_an_attempt_serves_once(book: Book) -> None:
    a_person(book.ports)
    provider = FakeProvider()
    started = start_sign_in(book.ports, provider, return_to="/", at=NOON)
    answer = SignInAnswer(started.state, started.state, "code-1")
    finish_sign_in(book.ports, provider, answer, NOON)

    with pytest.raises(SignInRefused) as caught:
        finish_sign_in(book.ports, provider, answer, NOON)

    assert caught.value.reason == "expired"
    assert len(provider.asked) == 1
    assert len(book.all(Session)) == 1


def test_whom_the_provider_does_not_vouch_for_gets_no_session(book: Book) -> None:
    a_person(book.ports)
    provider = FakeProvider(email=None)
    started = start_sign_in(book.ports, provider, return_to="/", at=NOON)

    reason = refusal(book, SignInAnswer(started.state, started.state, "c"), provider, NOON)

    assert reason == "not_proven"


@pytest.mark.parametrize("email", ["stranger@saldo.example", "gone@saldo.example"])
def test_who_is_not_an_active_member_of_staff_gets_no_session(book: Book, email: str) -> None:
    a_person(book.ports)
    a_person(book.ports, "gone@saldo.example", "viewer")
    off = {"active": False}
    change_person(book.ports, by_ana(), "gone@saldo.example", off, directory=FakeDirectory())
    provider = FakeProvider(email)
    started = start_sign_in(book.ports, provider, return_to="/", at=NOON)

    reason = refusal(book, SignInAnswer(started.state, started.state, "c"), provider, NOON)

    assert reason == "not_staff"


def test_the_first_to_sign_in_to_a_company_without_staff_administers_it(book: Book) -> None:
    session_id = signed_in(book.ports, "first@saldo.example")

    principal = recognised(book, session_id)

    assert principal is not None
    assert principal.actor.role == "admin"
    with pytest.raises(SignInRefused):
        signed_in(book.ports, "second@saldo.example")


def test_a_session_ends_after_thirty_minutes_without_use(book: Book) -> None:
    a_person(book.ports)
    session_id = signed_in(book.ports)

    before = recognised(book, session_id, NOON + 30 * MINUTE - timedelta(seconds=1))
    book_untouched = Book()
    a_person(book_untouched.ports)
    idle = signed_in(book_untouched.ports)
    after = recognised(book_untouched, idle, NOON + 30 * MINUTE)

    assert before is not None
    assert after is None


def test_a_session_in_use_ends_after_twelve_hours(book: Book) -> None:
    a_person(book.ports)
    session_id = signed_in(book.ports)

    alive = [
        recognised(book, session_id, NOON + 20 * count * MINUTE) is not None
        for count in range(1, 38)
    ]

    assert alive == [True] * 35 + [False] * 2


def test_use_is_noted_at_most_once_a_minute_and_costs_two_reads(book: Book) -> None:
    a_person(book.ports)
    session_id = signed_in(book.ports)
    counted = CountingTable(book.fakes.table)
    store = book.fakes.ports(counted).store

    for second in (1, 30, 59, 60, 61, 100):
        who_is_it(store, SessionId(session_id), NOON + timedelta(seconds=second))

    assert counted.requests == {"get": 12, "put": 1}


def test_a_disabled_person_is_out_at_once_and_stays_out_when_taken_back(book: Book) -> None:
    a_person(book.ports)
    a_person(book.ports, "gloria@saldo.example", "collector")
    session_id = signed_in(book.ports, "gloria@saldo.example")

    def change(when: datetime, **changes: object) -> None:
        email, directory = "gloria@saldo.example", FakeDirectory()
        change_person(book.ports, by_ana(when), email, changes, directory=directory)

    change(NOON + MINUTE, active=False)
    disabled = recognised(book, session_id, NOON + MINUTE)
    change(NOON + 2 * MINUTE, active=True)
    taken_back = recognised(book, session_id, NOON + 2 * MINUTE)
    anew = signed_in(book.ports, "gloria@saldo.example", NOON + 3 * MINUTE)

    assert (disabled, taken_back) == (None, None)
    assert recognised(book, anew, NOON + 3 * MINUTE) is not None


def test_a_session_is_worth_nothing_without_an_active_person(book: Book) -> None:
    person = a_person(book.ports)
    session = new_session("id", person.email, NOON)

    alive = [is_alive(session, one, NOON) for one in (person, person.but(active=False), None)]

    assert alive == [True, False, False]


def test_a_new_role_counts_from_the_next_request_on(book: Book) -> None:
    a_person(book.ports)
    a_person(book.ports, "gloria@saldo.example", "admin")
    session_id = signed_in(book.ports, "gloria@saldo.example")

    change_person(
        book.ports,
        by_ana(),
        "gloria@saldo.example",
        {"role": "viewer"},
        directory=FakeDirectory(),
    )

    principal = recognised(book, session_id)
    assert principal is not None
    assert principal.actor.role == "viewer"


def test_signing_out_ends_the_session_and_repeating_it_changes_nothing(book: Book) -> None:
    a_person(book.ports)
    session_id, other = signed_in(book.ports), signed_in(book.ports)

    end_session(book.ports, session_id)
    end_session(book.ports, session_id)

    assert recognised(book, session_id) is None
    assert recognised(book, other) is not None


@pytest.mark.parametrize("shown", ["", "unknown", "secret-" + "0" * 36])
def test_an_unknown_session_id_is_nobody(book: Book, shown: str) -> None:
    a_person(book.ports)
    signed_in(book.ports)

    assert recognised(book, shown) is None
