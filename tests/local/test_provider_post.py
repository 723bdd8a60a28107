"""Webhooks of the stand-ins reach the app as providers send them, and as a tester wants them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from infra.local.gateway import Answer
from infra.local.providers.delivery import PAUSES, Control, Letter, Post
from infra.local.providers.things import Shelf, Things
from tests.local.serving import serving


class App:
    """Takes webhooks in, and answers with what is next in `statuses`, else 200."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes, str]] = []
        self.statuses: list[int] = []

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        self.taken.append((path, body, headers.get("X-Signed", "")))
        return Answer(self.statuses.pop(0) if self.statuses else 200, (), b"heard")


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def things(tmp_path: Path) -> Iterator[Things]:
    things = Things(tmp_path / "providers.sqlite")
    yield things
    things.close()


@pytest.fixture
def post(app: App, things: Things) -> Iterator[Post]:
    with serving(app.answer) as url:
        post = Post(things, url)
        post.register("stripe", sign)
        yield post


def sign(letter: Letter) -> Mapping[str, str]:
    return {"X-Signed": f"{letter.marks.get('by')}-{letter.attempts}"}


def drain(post: Post) -> None:
    for _ in range(100):
        if not post.deliver() and not post.release() and post.is_empty():
            return
    raise AssertionError("never quiet")


def bodies(app: App) -> list[bytes]:
    return [body for _, body, _ in app.taken]


def states(post: Post) -> list[str]:
    return [letter.state for letter in post.letters("stripe")]


def test_a_webhook_arrives_signed_where_it_belongs(post: Post, app: App) -> None:
    post.send("stripe", label="paid", body=b"{}", about="pi_1", marks={"by": "me"})
    assert not post.is_empty()

    drain(post)

    assert app.taken == [("/webhooks/stripe", b"{}", "me-0")]
    (letter,) = post.letters("stripe", "pi_1")
    assert (letter.state, letter.attempts, letter.said) == ("delivered", 1, "200 heard")


def test_what_is_refused_is_signed_and_sent_again_until_it_is_given_up(
    post: Post, app: App
) -> None:
    app.statuses = [500, 404]
    post.send("stripe", label="paid", body=b"1", about="pi_1", marks={"by": "me"})
    assert post.deliver()
    assert not post.deliver(), "it pauses"

    drain(post)

    assert [signed for _, _, signed in app.taken] == ["me-0", "me-1", "me-2"]
    app.statuses = [500] * 50
    post.send("stripe", label="paid", body=b"2", about="pi_1")
    drain(post)
    assert len(app.taken) == 3 + 1 + len(PAUSES)
    assert states(post) == ["given_up", "delivered"]


def test_each_provider_has_its_own_patience(post: Post, app: App) -> None:
    post.register("redsys", sign, ())
    app.statuses = [500]

    post.send("redsys", label="paid", body=b"1", about="1")
    drain(post)

    assert [letter.state for letter in post.letters("redsys")] == ["given_up"]


def test_nobody_listening_is_a_failed_attempt(things: Things) -> None:
    post = Post(things, "http://localhost:1")
    post.send("stripe", label="paid", body=b"1", about="pi_1")

    assert post.deliver()

    assert states(post) == ["waiting"]


@pytest.mark.parametrize(("newest_first", "order"), [(False, b"123"), (True, b"321")])
def test_what_is_held_back_goes_in_either_order(
    post: Post, app: App, newest_first: bool, order: bytes
) -> None:
    post.set_control("stripe", Control(hold=True))
    for body in (b"1", b"2", b"3"):
        post.send("stripe", label="paid", body=body, about="pi_1")
    drain(post)
    assert app.taken == []
    assert states(post) == ["held"] * 3

    assert post.let_go("stripe", newest_first=newest_first) == 3
    drain(post)

    assert b"".join(bodies(app)) == order
    assert not post.control("stripe").hold


def test_webhooks_are_repeated_and_lost_as_wanted(post: Post, app: App) -> None:
    post.set_control("stripe", Control(copies=2, lose_next=1))
    lost = post.send("stripe", label="paid", body=b"lost", about="pi_1")
    post.send("stripe", label="paid", body=b"twice", about="pi_1")
    drain(post)
    assert bodies(app) == [b"twice", b"twice"]
    assert states(post) == ["delivered", "lost"]

    assert post.again("stripe", lost)
    drain(post)

    assert bodies(app) == [b"twice", b"twice", b"lost"]


def test_a_delayed_webhook_waits_but_not_for_a_drain(post: Post, app: App) -> None:
    post.set_control("stripe", Control(delay_seconds=60))
    post.send("stripe", label="paid", body=b"1", about="pi_1")
    assert not post.deliver()

    drain(post)

    assert bodies(app) == [b"1"]


def test_one_letter_can_be_lost_and_another_providers_cannot(post: Post, app: App) -> None:
    post.set_control("stripe", Control(hold=True))
    number = post.send("stripe", label="paid", body=b"1", about="pi_1")
    assert not post.lose("paypal", number)

    assert post.lose("stripe", number)

    post.let_go("stripe")
    drain(post)
    assert app.taken == []


def test_what_waits_survives_a_restart(tmp_path: Path, app: App) -> None:
    things = Things(tmp_path / "x")
    Post(things, "http://localhost:1").send("stripe", label="paid", body=b"1", about="pi_1")
    things.close()

    again = Things(tmp_path / "x")
    with serving(app.answer) as url:
        drain(Post(again, url))
    again.close()

    assert bodies(app) == [b"1"]


def test_what_an_exception_interrupts_is_not_kept(things: Things) -> None:
    shelf = Shelf(things, "stripe")
    shelf.put("charge", "1", {"a": 1})

    def breaks() -> None:
        with things.changing():
            shelf.put("charge", "1", {"a": 2})
            shelf.put("charge", "2", {})
            shelf.number()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        breaks()

    assert shelf.all("charge") == [{"a": 1}]
    assert shelf.number() == 1
