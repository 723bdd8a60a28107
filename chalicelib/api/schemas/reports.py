"""Bodies of reports."""

from datetime import date

from chalicelib.api.schemas.base import Answer
from chalicelib.api.schemas.customers import Debtor


class AgingRow(Answer):
    """One currency of the aging."""

    currency: str
    current_minor: int
    days_1_30_minor: int
    days_31_60_minor: int
    days_61_90_minor: int
    over_90_minor: int
    unapplied_minor: int
    total_minor: int


class AgingReport(Answer):
    """The book as it stood at the end of a day."""

    as_of: date
    currencies: list[AgingRow]


class Month(Answer):
    """One month: billed, collected (net of refunds) and written off (net of recoveries) in it.

    ``open_minor`` is what was open at its end.
    """

    month: str
    billed_minor: int
    collected_minor: int
    written_off_minor: int
    open_minor: int


class SummaryRow(Answer):
    """The key figures of one currency. Decimal strings; null where a figure is undefined.

    DSO in days: simple over the running month and the two before, best possible, and countback.
    CEI and the delinquency rate in percent; ADD = simple − best possible, in days. Bad debt is what
    was written off in twelve months, net of recoveries, in percent of what was billed in them.
    """

    currency: str
    outstanding_minor: int
    overdue_minor: int
    unapplied_minor: int
    expected_30_days_minor: int
    dso_simple_days: str | None
    dso_best_possible_days: str | None
    dso_countback_days: str | None
    add_days: str | None
    cei_percent: str | None
    delinquency_percent: str | None
    bad_debt_percent: str | None
    months: list[Month]


class SummaryReport(Answer):
    """The key figures as of a day."""

    as_of: date
    currencies: list[SummaryRow]


class Home(Answer):
    """Everything the first screen shows, in one answer. ``approvals_waiting`` counts to 99."""

    as_of: date
    aging: list[AgingRow]
    summary: list[SummaryRow]
    work_open: int
    work_more: bool
    approvals_waiting: int


class Debtors(Answer):
    """Who owes most in a currency."""

    items: list[Debtor]
