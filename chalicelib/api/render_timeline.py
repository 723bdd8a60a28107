"""What happened, as the API shows it."""

from chalicelib.api.schemas.timeline import TimelineEntry
from chalicelib.domain.audit import AuditEntry


def timeline_entry(entry: AuditEntry) -> TimelineEntry:
    """Return one change as told on a timeline."""
    return TimelineEntry(
        id=entry.id,
        at=entry.at,
        by=entry.by,
        by_name=entry.by_name,
        action=entry.action,
        subject=entry.subject,
        subject_id=entry.subject_id,
        facts=entry.facts,
    )
