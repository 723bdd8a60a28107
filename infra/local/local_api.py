"""The addresses below /_local/, which a deployed stack does not have."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from infra.local.functions import instant
from infra.local.gateway import Answer, json_answer, problem
from infra.local.mail_feedback import MailFeedback, opened
from infra.local.mailbox import Mail, Mailbox
from infra.local.pages import page
from infra.local.providers.office import Office
from infra.local.pump import NotQuietError, Pump

_MAILBOX = "/_local/mailbox"


class LocalApi:
    """The mailbox, the schedules and the stand-ins of payment providers."""

    def __init__(
        self, mailbox: Mailbox, feedback: MailFeedback, pump: Pump, office: Office
    ) -> None:
        self._mailbox = mailbox
        self._feedback = feedback
        self._pump = pump
        self._office = office

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Finds what is asked for; 404 for anything else."""
        answered = self._office.answer(method, path, headers, body)
        if answered is None:
            return self._own(method, path, headers, body)
        self._pump.wake()  # a webhook may have been put into the post
        return answered

    def _own(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        url = urlsplit(path)
        parts = [unquote(part) for part in url.path.split("/")[2:]]
        match method, parts:
            case "GET", ["mailbox"]:
                wanted = parse_qs(url.query).get("mail", [None])[0]
                return self._mails(headers.get("accept", ""), wanted)
            case "GET", ["mailbox", mail_id, "files", index]:
                return self._file(mail_id, index)
            case "POST", ["mailbox", mail_id, "opened"]:
                return self._opened(mail_id)
            case "POST", ["receiver"]:  # of webhooks that a local company sends
                return json_answer(200, {"received": len(body)})
            case _, ["schedules", *rest]:
                return self._schedules(method, rest, body)
        return problem(404, "Not Found", f"Nothing is at {method} {url.path}.")

    def _schedules(self, method: str, rest: list[str], body: bytes) -> Answer:
        match method, rest:
            case "GET", []:
                return json_answer(200, [_described(s) for s in self._pump.schedules.values()])
            case "POST", [name]:
                return self._run(name, body)
        return problem(404, "Not Found", f"{method} is nothing that schedules do.")

    def _mails(self, accepted: str, wanted: str | None) -> Answer:
        mails = self._mailbox.mails()
        if "text/html" not in accepted:
            return json_answer(200, [mail.summary() for mail in mails])
        mails.reverse()
        chosen = next((mail for mail in mails if mail.id == wanted), mails[0] if mails else None)
        return page("mailbox.html", mails=mails, chosen=chosen)

    def _file(self, mail_id: str, index: str) -> Answer:
        mail = self._mail(mail_id)
        if not mail or not index.isdigit() or int(index) >= len(mail.files):
            return problem(404, "Not Found", "There is no such file.")
        file = mail.files[int(index)]
        name = file.filename.encode("ascii", "replace").decode().replace('"', "'")
        headers = (
            ("Content-Type", file.content_type),
            ("Content-Disposition", f'attachment; filename="{name}"'),
            ("X-Content-Type-Options", "nosniff"),
        )
        return Answer(200, headers, file.content)

    def _opened(self, mail_id: str) -> Answer:
        mail = self._mail(mail_id)
        if not mail:
            return problem(404, "Not Found", "There is no such mail.")
        self._feedback.tell(opened(mail))
        return Answer(303, (("Location", f"{_MAILBOX}?mail={mail_id}"),))

    def _mail(self, mail_id: str) -> Mail | None:
        return next((mail for mail in self._mailbox.mails() if mail.id == mail_id), None)

    def _run(self, name: str, body: bytes) -> Answer:
        if name not in self._pump.schedules:
            return problem(404, "Not Found", f"No schedule is named {name}.")
        at = _time(body)
        if at is None:
            return _bad_time()
        try:
            self._pump.run_schedule(name, at)
        except NotQuietError as error:
            return problem(500, "Not quiet", str(error))
        return json_answer(200, {"name": name, "time": instant(at)})


def _described(schedule: Any) -> dict[str, str]:
    return {
        "name": schedule.name,
        "expression": schedule.expression,
        "description": schedule.description,
    }


def _time(body: bytes) -> datetime | None:
    """The instant in `{"time": "..."}`; None when there is none, or one without its offset."""
    try:
        time = datetime.fromisoformat(json.loads(body)["time"])
    except (ValueError, TypeError, KeyError):
        return None
    return time if time.tzinfo else None


def _bad_time() -> Answer:
    detail = 'The body must be {"time": "2026-12-05T10:00:00Z"}: an instant with its offset.'
    answer = problem(422, "Unprocessable Content", detail)
    content = json.loads(answer.body) | {"errors": [{"pointer": "/time", "message": detail}]}
    return Answer(422, answer.headers, json.dumps(content).encode())
