"""The company's settings and its series."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.domain.approval import ApprovalRule
from chalicelib.domain.company import Company
from chalicelib.domain.errors import InvalidField, Stale
from chalicelib.domain.iban import is_iban
from chalicelib.domain.numbering import Documents, Series, require_kind
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.listings import all_series
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports, Ref, Replace
from chalicelib.usecases.references import customer_ref, series_ref


def change_company(
    ports: Ports, context: Context, fields: Mapping[str, Any], *, expected_version: int | None
) -> Company:
    """Replace the company's settings.

    Stale when somebody changed them first; InvalidField for an approval rule about a customer that
    does not exist or an IBAN whose check digits are wrong; StateConflict for a series that numbers
    the other kind of document.
    """
    _require_customers(ports, fields.get("approval_rules", ()))

    def attempt() -> Company:
        company = company_of(ports)
        if expected_version not in (None, company.version):
            raise Stale("company", expected=expected_version or 0, present=company.version)
        after = company.next(**fields)
        _require_hours(after)
        _require_account(fields.get("iban"))
        if _series_of(after) != _series_of(company):
            _require_series_of_their_own(ports, after)
        changed = sorted(name for name in fields if getattr(company, name) != fields[name])
        entry = audit(
            ports, context, "company_changed", subject=("company", "company"), changed=changed
        )
        commit(ports, context, [Replace(after), entry], resource="/v1/company")
        return after

    return until_committed(ports, attempt)


def _require_hours(company: Company) -> None:
    opens = company.opens.hour * 60 + company.opens.minute
    closes = company.closes.hour * 60 + company.closes.minute
    if opens + company.spread_minutes >= closes:
        raise InvalidField(
            "/closes",
            "The company closes after it has opened, and after its mail is spread.",
            field_code="closes_too_early",
        )


def _require_account(iban: str | None) -> None:
    if iban and not is_iban(iban):
        raise InvalidField(
            "/iban", "No bank has an account with this IBAN.", field_code="not_an_iban"
        )


def _require_customers(ports: Ports, rules: Sequence[ApprovalRule]) -> None:
    named = {rule.customer_id: index for index, rule in enumerate(rules) if rule.customer_id}
    found = ports.store.get_many([customer_ref(customer_id) for customer_id in named])
    for customer_id, index in named.items():
        if customer_ref(customer_id) not in found:
            raise InvalidField(
                f"/approval_rules/{index}/customer_id",
                f"There is no customer {customer_id!r}.",
                field_code="unknown_customer",
            )


def _series_of(company: Company) -> tuple[tuple[str, Documents], ...]:
    return (company.default_series, "invoices"), (company.credit_note_series, "credit_notes")


def _require_series_of_their_own(ports: Ports, company: Company) -> None:
    if company.default_series == company.credit_note_series:
        raise InvalidField(
            "/credit_note_series",
            "Credit notes have a series of their own.",
            field_code="same_series",
        )
    wanted: dict[Ref[Series], Documents] = {
        series_ref(code): holds for code, holds in _series_of(company)
    }
    for series in ports.store.get_many(list(wanted)).values():
        if isinstance(series, Series):
            require_kind(series, wanted[series_ref(series.code)])


def list_series(ports: Ports) -> tuple[Series, ...]:
    """Return all series, the company's own among them even before their first documents."""
    series = ports.store.records(all_series())
    there = {one.code for one in series}
    own = (
        Series(version=0, code=code, holds=holds)
        for code, holds in _series_of(company_of(ports))
        if code not in there
    )
    return (*own, *series)
