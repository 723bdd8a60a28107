"""Sign-in at home: the emulator's Cognito behind pages of ours, on the same origin as the app.

The app itself does what it does in the cloud: it sends the browser to an authorize address and
exchanges the code that comes back. Here that address shows our page; names and passwords are
checked by the emulator.
"""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any, Final, Literal

from infra.local.cloud import LocalCloud
from infra.local.gateway import Answer, problem
from infra.local.pages import page

PATH: Final = "/_local/sign-in"
PASSWORD: Final = "Saldo-local-1"  # noqa: S105 - guards sample data on the reader's own machine
_ERROR: Final = re.compile(r'<div class="error">(.*?)</div>')
_SECONDS: Final = 10


@dataclass(frozen=True)
class LocalPerson:
    """A member of staff who exists in every local cloud."""

    email: str
    name: str
    role: Literal["admin", "accountant", "collector", "viewer"]


PEOPLE: Final = (
    LocalPerson("admin@saldo.local", "Ana Admin", "admin"),
    LocalPerson("accountant@saldo.local", "Carlos Contable", "accountant"),
    LocalPerson("collector@saldo.local", "Gloria Gestora", "collector"),
    LocalPerson("viewer@saldo.local", "Víctor Visor", "viewer"),
)


def create_people(cloud: LocalCloud, pool: str) -> None:
    """Puts the local people into the staff directory; who is there already stays as they are."""
    directory = cloud.client("cognito-idp")
    for person in PEOPLE:
        try:
            directory.admin_create_user(
                UserPoolId=pool,
                Username=person.email,
                MessageAction="SUPPRESS",
                UserAttributes=[
                    {"Name": "email", "Value": person.email},
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": "name", "Value": person.name},
                ],
            )
        except directory.exceptions.UsernameExistsException:
            continue
        directory.admin_set_user_password(
            UserPoolId=pool, Username=person.email, Password=PASSWORD, Permanent=True
        )


class SignIn:
    """The pages below /_local/sign-in."""

    def __init__(self, cloud_url: str) -> None:
        self._cloud_url = cloud_url

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """`authorize` shows the page, `login` takes what was filled in, `logout` goes back."""
        step, _, query = path.removeprefix(f"{PATH}/").partition("?")
        if (method, step) == ("GET", "authorize"):
            return self._authorize(query)
        if (method, step) == ("POST", "login"):
            return self._login(body)
        if (method, step) == ("GET", "logout"):
            return self._forward("GET", f"/logout?{query}", None)
        return problem(404, "Not Found", f"Nothing is at {path}.")

    def _authorize(self, query: str) -> Answer:
        answer = self._forward("GET", f"/oauth2/authorize?{query}", None)
        if answer.status != 200:  # noqa: PLR2004
            return answer
        return _form(dict(urllib.parse.parse_qsl(query)), error=None)

    def _login(self, body: bytes) -> Answer:
        answer = self._forward("POST", "/login", body)
        shown = answer.body.decode()
        error = _ERROR.search(shown)
        if answer.status != 200 or not error:  # noqa: PLR2004
            # Done, or a further question (a new password): the emulator's own page, at our address.
            ours = shown.replace('action="/login"', f'action="{PATH}/login"')
            return Answer(answer.status, answer.headers, ours.encode())
        fields = dict(urllib.parse.parse_qsl(body.decode()))
        request = {name: fields[name] for name in fields if name not in ("username", "password")}
        return _form(request, error=html.unescape(error[1]))

    def _forward(self, method: str, path: str, body: bytes | None) -> Answer:
        request = urllib.request.Request(f"{self._cloud_url}{path}", body, method=method)  # noqa: S310
        try:
            response = _opener.open(request, timeout=_SECONDS)
        except urllib.error.HTTPError as error:  # a redirect, or a refusal
            response = error
        with response:
            kept = ("Content-Type", "Location", "Cache-Control")
            headers = tuple(
                (name, response.headers[name]) for name in kept if response.headers[name]
            )
            return Answer(response.status, headers, response.read())


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is for the browser, not for us."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener: Final = urllib.request.build_opener(_StayHere, urllib.request.ProxyHandler({}))


def _form(request: dict[str, str], *, error: str | None) -> Answer:
    action = f"{PATH}/login"
    return page("sign_in.html", action=action, request=request, error=error,
                people=PEOPLE, password=PASSWORD)  # fmt: skip
