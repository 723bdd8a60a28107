"""Brings the stand-ins' webhooks to the app over HTTP, signed anew at each attempt.

The pump's thread does it, one after another, as it empties a queue; so `drain` knows when none is
left. A webhook is tried again after growing pauses, as providers do, only in seconds; `release`
(a drain) takes the pauses away. A person or a test may hold webhooks back, let them go in the
opposite order, delay, repeat or lose them.
"""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from typing import Any, Final, Literal, NamedTuple

from infra.local.providers.things import Shelf, Thing, Things

PAUSES: Final = (1.0, 3.0, 10.0, 30.0, 60.0)
"""Seconds before the second, third ... attempt; after the last the provider gives up.

A stand-in may have its own: as many as its provider makes, hours become seconds.
"""

_SECONDS: Final = 10.0  # as long as GoCardless waits; others wait longer
_OK: Final = range(200, 300)
State = Literal["waiting", "held", "delivered", "given_up", "lost"]


class Letter(NamedTuple):
    """One webhook. ``about`` is the payment on whose control page it is shown."""

    number: int
    owner: str
    about: str
    state: State
    due_at: float
    label: str
    body: bytes
    path: str
    content_type: str
    marks: Mapping[str, str]
    attempts: int
    copies: int
    said: str


Sign = Callable[[Letter], Mapping[str, str]]
"""Returns the headers that prove who sent a letter, for the attempt that is made now."""


class Control(NamedTuple):
    """What happens to the webhooks that one provider sends from now on."""

    hold: bool = False
    delay_seconds: float = 0.0
    copies: int = 1
    lose_next: int = 0


class Post:
    """All letters of all stand-ins. To the pump it is a queue."""

    def __init__(self, things: Things, base_url: str) -> None:
        self._things = things
        self._base_url = base_url
        self._signs: dict[str, Sign] = {}
        self._pauses: dict[str, Sequence[float]] = {}
        self._shelf = Shelf(things, "post")

    def register(self, owner: str, sign: Sign, pauses: Sequence[float] = PAUSES) -> None:
        """Names who signs the letters of a provider, and how it repeats what is not taken."""
        self._signs[owner] = sign
        self._pauses[owner] = pauses

    def send(
        self,
        owner: str,
        *,
        label: str,
        body: bytes,
        about: str,
        path: str | None = None,
        content_type: str = "application/json",
        marks: Mapping[str, str] | None = None,
    ) -> int:
        """Puts a letter into the post, and returns its number.

        ``path`` may carry a query; ``marks`` is what the signature needs to know beside the body.
        """
        with self._things.changing():
            control = self.control(owner)
            state: State = "held" if control.hold else "waiting"
            if control.lose_next > 0:
                state = "lost"
                self.set_control(owner, control._replace(lose_next=control.lose_next - 1))
            content = {
                "label": label,
                "body": base64.b64encode(body).decode(),
                "path": path or f"/webhooks/{owner}",
                "content_type": content_type,
                "marks": dict(marks or {}),
                "attempts": 0,
                "copies": control.copies,
                "said": "",
            }
            due_at = time.time() + control.delay_seconds
            (row,) = self._things.execute(
                "insert into letter (owner, about, state, due_at, content)"
                " values (?, ?, ?, ?, ?) returning number",
                owner, about, state, due_at, json.dumps(content),
            )  # fmt: skip
        return int(row[0])

    def control(self, owner: str) -> Control:
        """How the webhooks of a provider are treated."""
        return Control(**(self._shelf.get("control", owner) or {}))

    def set_control(self, owner: str, control: Control) -> None:
        """From now on they are treated like this."""
        self._shelf.put("control", owner, control._asdict())

    def let_go(self, owner: str, *, newest_first: bool = False) -> int:
        """Lets all go that were held back, and returns how many; later ones are not held."""
        with self._things.changing():
            self.set_control(owner, self.control(owner)._replace(hold=False))
            held = [one.number for one in self.letters(owner) if one.state == "held"]
            now = time.time()
            for place, number in enumerate(held if newest_first else reversed(held)):
                # The due times keep the order, a thousandth of a second apart in the past.
                self._set(number, "waiting", now - (len(held) - place) / 1000)
            return len(held)

    def again(self, owner: str, number: int) -> bool:
        """Delivers a letter now, whatever happened to it before; False when there is none."""
        return self._change(owner, number, "waiting")

    def lose(self, owner: str, number: int) -> bool:
        """Sees to it that a letter never arrives; False when there is none."""
        return self._change(owner, number, "lost")

    def letters(self, owner: str, about: str | None = None, limit: int = 200) -> list[Letter]:
        """The letters of a provider, or about one payment, the newest first."""
        found = self._things.execute(
            "select number, owner, about, state, due_at, content from letter"
            " where owner = ? and (about = ? or ? is null) order by number desc limit ?",
            owner, about, about, limit,
        )  # fmt: skip
        return [_letter(row) for row in found]

    def handed_over(self) -> list[Letter]:
        """Takes all that wait out of the post, in their order: who asks has got them."""
        with self._things.changing():
            found = self._things.execute(
                "select number, owner, about, state, due_at, content from letter"
                " where state = 'waiting' order by number"
            )
            letters = [_letter(row) for row in found]
            for one in letters:
                self._set(one.number, "delivered", one.due_at, attempts=1, said="200 stored")
            return letters

    def deliver(self) -> bool:
        """Hands the next letter that is due to the app; False when there is none."""
        with self._things.changing():
            found = self._things.execute(
                "select number, owner, about, state, due_at, content from letter"
                " where state = 'waiting' and due_at <= ? order by due_at, number limit 1",
                time.time(),
            )
            if not found:
                return False
            letter = _letter(found[0])
            headers = self._signs[letter.owner](letter) if letter.owner in self._signs else {}
        status, said = self._posted(letter, headers)
        with self._things.changing():
            self._note(letter, status, said)
        return True

    def release(self) -> bool:
        """Makes due at once what waits for its next attempt or was delayed."""
        with self._things.changing():
            later = "state = 'waiting' and due_at > ?"
            now = time.time()
            found = self._things.execute(f"select number from letter where {later}", now)  # noqa: S608
            self._things.execute(f"update letter set due_at = ? where {later}", now, now)  # noqa: S608
        return bool(found)

    def is_empty(self) -> bool:
        """True when no letter waits; those held back do not count."""
        return not self._things.execute("select 1 from letter where state = 'waiting' limit 1")

    def _posted(self, letter: Letter, headers: Mapping[str, str]) -> tuple[int, str]:
        sent = {"Content-Type": letter.content_type, "User-Agent": f"{letter.owner}-standin"}
        url = self._base_url + letter.path
        request = urllib.request.Request(url, letter.body, {**sent, **headers}, method="POST")  # noqa: S310
        try:
            with _opener.open(request, timeout=_SECONDS) as response:
                return response.status, response.read(200).decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(200).decode("utf-8", "replace")
        except (OSError, HTTPException) as error:
            return 0, repr(error)

    def _note(self, letter: Letter, status: int, said: str) -> None:
        changes: Thing = {"attempts": letter.attempts + 1, "said": f"{status} {said}".strip()}
        if status in _OK:
            copies = letter.copies - 1
            state: State = "waiting" if copies > 0 else "delivered"
            self._set(letter.number, state, time.time(), **changes, copies=copies)
        elif letter.attempts < len(pauses := self._pauses.get(letter.owner, PAUSES)):
            due_at = time.time() + pauses[letter.attempts]
            self._set(letter.number, "waiting", due_at, **changes)
        else:
            self._set(letter.number, "given_up", letter.due_at, **changes)

    def _change(self, owner: str, number: int, state: State) -> bool:
        with self._things.changing():
            known = any(one.number == number for one in self.letters(owner, limit=10_000))
            if known:
                self._set(number, state, time.time(), attempts=0, copies=1)
            return known

    def _set(self, number: int, state: State, due_at: float, **changes: Any) -> None:
        ((content,),) = self._things.execute("select content from letter where number = ?", number)
        self._things.execute(
            "update letter set state = ?, due_at = ?, content = ? where number = ?",
            state, due_at, json.dumps(json.loads(content) | changes), number,
        )  # fmt: skip


def _letter(row: tuple[Any, ...]) -> Letter:
    number, owner, about, state, due_at, content = row
    fields = json.loads(content)
    fields["body"] = base64.b64decode(fields["body"])
    return Letter(number, owner, about, state, due_at, **fields)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """No provider follows a redirect of a webhook."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener: Final = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))
