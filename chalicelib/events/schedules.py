"""Scheduled events. The event's own time is the clock, so that a tick can be run again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import bootstrap
from chalicelib.observability import logger
from chalicelib.usecases.context import Context, system_context
from chalicelib.usecases.hourly import queue_hourly_chores
from chalicelib.usecases.nightly import queue_nightly_chores
from chalicelib.usecases.sweep import sweep as run_sweep
from chalicelib.usecases.tick import queue_due_reminders
from chalicelib.usecases.watch_notices import watch_notices
from chalicelib.usecases.watch_webhooks import watch_webhooks


def reminder_tick(event: Mapping[str, Any]) -> None:
    """Queue the accounts whose next action is due."""
    app = bootstrap.app()
    queued = queue_due_reminders(app.ports, _context(event), app.settings.mails_a_second)
    logger.info("reminder tick", accounts=queued)


def sweep(event: Mapping[str, Any]) -> None:
    """Finish what a crash left undone, and see whether there is anything to tell others."""
    counts = run_sweep(bootstrap.app().ports, _context(event))
    counts |= watch_notices(bootstrap.app().ports, _context(event))
    counts |= watch_webhooks(bootstrap.app().ports, _context(event))
    logger.info("sweep", counts=counts)


def hourly(event: Mapping[str, Any]) -> None:
    """Queue what has fallen due by the calendar."""
    counts = queue_hourly_chores(bootstrap.app().ports, _context(event))
    logger.info("hourly", chores=counts)


def nightly(event: Mapping[str, Any]) -> None:
    """Queue the work of every night."""
    counts = queue_nightly_chores(bootstrap.app().ports, _context(event))
    logger.info("nightly", chores=counts)


def _context(event: Mapping[str, Any]) -> Context:
    return system_context(datetime.fromisoformat(event["time"]))
