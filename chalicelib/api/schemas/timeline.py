"""Bodies of timelines: what happened."""

from chalicelib.api.schemas.base import Answer, Instant


class TimelineEntry(Answer):
    """One change, as told on a timeline."""

    id: str
    at: Instant
    by: str
    by_name: str
    action: str
    subject: str
    subject_id: str
    facts: dict[str, object]
