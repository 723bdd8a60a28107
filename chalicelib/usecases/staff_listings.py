"""The questions about staff that indexes answer: who is let in, and what waits for a person."""

from chalicelib.domain.approval import Approval
from chalicelib.domain.identity import ApiKey, Person
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.ports import Listing


def approvals_in(state: str) -> Listing[Approval]:
    """Return the approvals in a state: those that wait longest first, the others latest first."""
    return Listing(Approval, "approvals", (state,), newest_first=state != "waiting")


def open_work() -> Listing[WorkItem]:
    """Return what needs a person, most urgent first."""
    return Listing(WorkItem, "work_open")


def done_work() -> Listing[WorkItem]:
    """Return what people have done, latest first."""
    return Listing(WorkItem, "work_done", newest_first=True)


def api_keys() -> Listing[ApiKey]:
    """Return all API keys, newest first."""
    return Listing(ApiKey, "api_keys", newest_first=True)


def people() -> Listing[Person]:
    """Return all members of staff."""
    return Listing(Person, "people")
