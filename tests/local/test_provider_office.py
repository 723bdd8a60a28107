"""The control pages and their API are the same for every stand-in of a payment provider."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from infra.local.gateway import Answer, json_answer
from infra.local.providers import pages
from infra.local.providers.base import Action, Refused, Request, Shown, Standin, Text
from infra.local.providers.delivery import Letter
from infra.local.providers.office import Office

PAGE = {"accept": "text/html,*/*"}
FORM = PAGE | {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}


class Purse(Standin):
    """A provider that takes any payment."""

    name = "purse"
    title = "Purse"

    def api(self, request: Request) -> Answer:
        if request.wants_page:
            return pages.checkout_page(
                pages.Checkout(
                    provider=self.title,
                    merchant="Imprenta <Ñ>",
                    description="A-1",
                    amount_minor=123_456,
                    currency="EUR",
                    language=request.language,
                    action=f"{request.root}/pay",
                    fields={"token": '"x"'},
                )
            )
        self.shelf.put("payment", "p/1", {"amount_minor": 1_000, "state": "paid"})
        self.send("paid", b"{}", about="p/1")
        if request.query.get("break"):
            raise ValueError("broken")
        return json_answer(200, {"parts": request.parts, "said": request.json()})

    def payments(self) -> Sequence[Shown]:
        refund = Action("refund", Text("Devolver", "Refund"), 1_000)
        return [
            Shown("p/1", one["state"], one["amount_minor"], "EUR", "chk_1", {"Fee": "1"}, [refund])
            for one in self.shelf.all("payment")
        ]

    def act(self, payment_id: str, action: str, amount_minor: int | None) -> None:
        if amount_minor and amount_minor > 1_000:
            raise Refused("More than was paid.")
        self.shelf.put("payment", payment_id, {"amount_minor": amount_minor, "state": action})

    def sign(self, letter: Letter) -> Mapping[str, str]:
        return {}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, "http://localhost:1", [Purse])
    yield office
    office.close()


def ask(
    office: Office, method: str, path: str, headers: dict[str, str] | None = None, body: Any = b""
) -> Answer:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = office.answer(method, f"/_local/{path}", headers or {}, sent)
    assert answer is not None
    return answer


def read(answer: Answer) -> Any:
    return json.loads(answer.body)


def test_what_belongs_to_no_stand_in_is_left_to_others(office: Office) -> None:
    assert office.answer("GET", "/_local/mailbox", {}, b"") is None
    assert office.answer("POST", "/_local/providers", {}, b"") is None


def test_the_index_names_every_stand_in(office: Office) -> None:
    assert read(ask(office, "GET", "providers")) == [
        {"name": "purse", "title": "Purse", "payments": 0}
    ]
    assert b'href="/_local/purse/control"' in ask(office, "GET", "providers", PAGE).body


def test_a_stand_in_gets_its_requests_decoded(office: Office) -> None:
    answer = ask(office, "POST", "purse/v1/a%20b?x=1", JSON, {"amount": 7})

    assert read(answer) == {"parts": ["v1", "a b"], "said": {"amount": 7}}


def test_what_a_request_changed_before_it_broke_is_taken_back(office: Office) -> None:
    with pytest.raises(ValueError, match="broken"):
        ask(office, "POST", "purse/v1?break=1")

    told = read(ask(office, "GET", "purse/control"))
    assert (told["payments"], told["letters"]) == ([], [])


def test_a_payment_is_told_with_its_actions_and_webhooks(office: Office) -> None:
    ask(office, "POST", "purse/v1")

    told = read(ask(office, "GET", "purse/control/payments/p%2F1"))

    assert told == {
        "id": "p/1",
        "state": "paid",
        "amount_minor": 1_000,
        "currency": "EUR",
        "reference": "chk_1",
        "facts": {"Fee": "1"},
        "actions": [{"name": "refund", "amount_minor": 1_000}],
        "letters": [
            {
                "number": 1,
                "about": "p/1",
                "state": "waiting",
                "label": "paid",
                "attempts": 0,
                "said": "",
            }
        ],
    }


@pytest.mark.parametrize(
    ("headers", "body", "amount_minor"),
    [
        (JSON, {"amount_minor": 250}, 250),
        (FORM, b"amount=2%2C50", 250),
        (FORM, b"amount=2.50", 250),
        (FORM, b"amount=", None),
        (JSON, {}, None),
    ],
)
def test_an_action_takes_an_amount_from_a_form_or_a_program(
    office: Office, headers: dict[str, str], body: Any, amount_minor: int | None
) -> None:
    ask(office, "POST", "purse/v1")

    answer = ask(office, "POST", "purse/control/payments/p%2F1/refund", headers, body)

    assert answer.status == (303 if headers is FORM else 200)
    told = read(ask(office, "GET", "purse/control"))["payments"]
    assert [(one["state"], one["amount_minor"]) for one in told] == [("refund", amount_minor)]


@pytest.mark.parametrize(
    ("action", "body", "said"),
    [
        ("refund", {"amount_minor": 1_001}, "More than was paid."),
        ("dispute", {}, "dispute cannot be done"),
        ("refund", {"amount": "1.001"}, "1.001 is no amount of EUR"),
        ("refund", {"amount": "x"}, "x is no amount"),
        ("refund", {"amount": "-1"}, "-1 is no amount"),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_says_why(
    office: Office, action: str, body: dict[str, Any], said: str
) -> None:
    ask(office, "POST", "purse/v1")
    before = read(ask(office, "GET", "purse/control"))
    path = f"purse/control/payments/p%2F1/{action}"

    answer = ask(office, "POST", path, JSON, body)

    assert answer.status == 409
    assert said in read(answer)["detail"]
    assert said.encode() in ask(office, "POST", path, JSON | PAGE, body).body
    assert read(ask(office, "GET", "purse/control")) == before


def test_webhooks_are_treated_as_wanted(office: Office) -> None:
    settings = {"hold": True, "copies": 9, "delay_seconds": 600, "lose_next": "x"}

    treated = read(ask(office, "POST", "purse/control/webhooks/settings", JSON, settings))

    assert treated == {"hold": True, "delay_seconds": 60.0, "copies": 5, "lose_next": 0}
    ask(office, "POST", "purse/v1")
    assert read(ask(office, "GET", "purse/control"))["letters"][0]["state"] == "held"
    after = read(ask(office, "POST", "purse/control/webhooks/let_go"))
    assert after["hold"] is False
    assert read(ask(office, "GET", "purse/control"))["letters"][0]["state"] == "waiting"


def test_a_webhook_can_be_lost_and_sent_again(office: Office) -> None:
    ask(office, "POST", "purse/v1")

    assert ask(office, "POST", "purse/control/letters/1/lose").status == 200
    assert read(ask(office, "GET", "purse/control"))["letters"][0]["state"] == "lost"
    came_from = FORM | {"referer": "http://localhost:1/_local/purse/control/payments/p%2F1"}
    answer = ask(office, "POST", "purse/control/letters/1/again", came_from)
    assert dict(answer.headers)["Location"] == came_from["referer"]
    assert read(ask(office, "GET", "purse/control"))["letters"][0]["state"] == "waiting"


def test_what_does_not_exist_is_not_found(office: Office) -> None:
    for method, path in [
        ("GET", "purse/control/payments/p2"),
        ("POST", "purse/control/payments/p2/refund"),
        ("POST", "purse/control/letters/7/again"),
        ("POST", "purse/control/webhooks/burn"),
        ("PUT", "purse/control"),
    ]:
        assert ask(office, method, path).status == 404


def test_the_pages_speak_both_languages_and_show_what_was_sent_as_text(office: Office) -> None:
    ask(office, "POST", "purse/v1")
    spanish = ask(office, "GET", "purse/pay", PAGE).body.decode()
    english = ask(office, "GET", "purse/pay?lang=en", PAGE).body.decode()

    assert "Pagar 1.234,56 €" in spanish
    assert "Pay 1,234.56 €" in english
    assert "Imprenta &lt;Ñ&gt;" in spanish
    assert 'value="&#34;x&#34;"' in spanish
    policy = dict(ask(office, "GET", "purse/pay", PAGE).headers)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "form-action 'self'; frame-ancestors 'none'" in policy
    assert "<script" not in spanish
    for path in ("providers", "purse/control", "purse/control/payments/p%2F1"):
        assert "simulador" in ask(office, "GET", path, PAGE).body.decode().lower()
        english = ask(office, "GET", f"{path}?lang=en", PAGE).body.decode().lower()
        assert "simulador" not in english
