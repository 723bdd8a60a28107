"""The company's table of interest rates for late payment."""

from collections.abc import Sequence

from chalicelib.domain.errors import Stale
from chalicelib.domain.interest_rates import (
    InterestRate,
    InterestRates,
    require_sound,
    shipped_rates,
)
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Ports, Ref, Replace

INTEREST_RATES: Ref[InterestRates] = Ref(InterestRates, ())


def read_interest_rates(ports: Ports) -> InterestRates:
    """Return the company's table, or the shipped one of a company that has entered none."""
    return ports.store.get(INTEREST_RATES) or shipped_rates()


def change_interest_rates(
    ports: Ports,
    context: Context,
    *,
    rates: Sequence[InterestRate],
    day_count: int,
    expected_version: int | None,
) -> InterestRates:
    """Replace the table. InvalidField when it is not sound, Stale when somebody changed it first.

    What was claimed before keeps the rates it was claimed with.
    """
    require_sound(rates)

    def attempt() -> InterestRates:
        table = read_interest_rates(ports)
        if expected_version not in (None, table.version):
            raise Stale(
                "table of interest rates", expected=expected_version or 0, present=table.version
            )
        after = table.next(rates=tuple(rates), day_count=day_count)
        entry = audit(
            ports,
            context,
            "interest_rates_changed",
            subject=("interest_rates", "interest_rates"),
            rates={one.from_day.isoformat(): str(one.annual_rate) for one in after.rates},
            day_count=day_count,
        )
        commit(ports, context, [Replace(after), entry], resource="/v1/interest-rates")
        return after

    return until_committed(ports, attempt)
