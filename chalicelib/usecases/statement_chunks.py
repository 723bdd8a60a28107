"""Decide about the monthly statements of some accounts, each at its customer's own nine o'clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.base import Record
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import Message, Suppression
from chalicelib.domain.period import last_day, parse_month
from chalicelib.domain.policy import DunningBook
from chalicelib.domain.recipients import Recipient, recipients
from chalicelib.domain.statement_run import (
    StatementChunk,
    due_day,
    due_month,
    may_be_sent,
    may_want_one,
    monthly_id,
    wants_when_settled,
)
from chalicelib.domain.work import WorkItem
from chalicelib.usecases.context import Context, until_committed
from chalicelib.usecases.desk import Desk, book_of, with_holidays
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Conflict, Ports, Ref, Replace, Write
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import (
    account_ref,
    customer_ref,
    message_ref,
    suppression_ref,
    work_item_ref,
)
from chalicelib.usecases.send_document import queue_message
from chalicelib.usecases.send_statement import new_statement, queued, without
from chalicelib.usecases.statement_addresses import unreachable_item
from chalicelib.usecases.statement_runs import run_ref
from chalicelib.usecases.statements import made_of
from chalicelib.usecases.work import on_the_list

_LATER: Final = timedelta(hours=1)


@dataclass(frozen=True)
class _Outcome:
    """What became of one account: made or not, addresses that lack, when to look again."""

    made: int = 0
    unreachable: int = 0
    again_at: datetime | None = None


@dataclass(frozen=True)
class _Work:
    """A chunk with all that is needed to decide about its customers."""

    ports: Ports
    context: Context
    company: Company
    month: str
    found: dict[Ref[Any], Record]
    book: DunningBook

    def desk_of(self, customer: Customer, account: Account) -> Desk:
        """Return the desk of one of the accounts."""
        return Desk(
            customer=customer, account=account, company=self.company, book=self.book, also={}
        )


def make_statements(ports: Ports, context: Context, chunk_id: str) -> int:
    """Queue the statements of a chunk whose hour has come; return how many accounts got one.

    An account whose customer is not yet at work, or that is parked, is left for later. A chunk of a
    month that the next one has overtaken ends. Repeated, it makes nothing twice.
    """
    chunk = ports.store.get(Ref(StatementChunk, (chunk_id,)))
    company = company_of(ports)
    if chunk is None or not chunk.accounts or company.sending_frozen:
        return 0
    if chunk.month != due_month(company, context.at):
        _finish(ports, chunk, dict.fromkeys(chunk.accounts, _Outcome()))
        return 0
    work = _work(ports, context, company, chunk)
    outcomes: dict[str, _Outcome] = {}
    failure: Exception | None = None
    for name in chunk.accounts:
        try:
            outcomes[name] = _decide(work, name)
        except Exception as exc:  # noqa: BLE001 - raised below, after the others had their turn
            outcomes[name] = _Outcome(again_at=context.at + _LATER)
            failure = exc
    _finish(ports, chunk, outcomes)
    if failure is not None:
        raise failure
    return sum(one.made for one in outcomes.values())


def _work(ports: Ports, context: Context, company: Company, chunk: StatementChunk) -> _Work:
    pairs = [_parted(name) for name in chunk.accounts]
    found = find_all(ports, dict.fromkeys(customer_ref(customer_id) for customer_id, _ in pairs))
    refs: set[Ref[Any]] = {account_ref(*pair) for pair in pairs}
    for customer_id, currency in pairs:
        customer = found.get(customer_ref(customer_id))
        if isinstance(customer, Customer):
            refs |= _refs_of(customer, currency, chunk.month)
    everything = found | find_all(ports, refs)
    return _Work(ports, context, company, chunk.month, everything, book_of(ports))


def _parted(name: str) -> tuple[str, str]:
    customer_id, _, currency = name.partition("~")
    return customer_id, currency


def _refs_of(customer: Customer, currency: str, month: str) -> set[Ref[Any]]:
    refs: set[Ref[Any]] = set()
    for to in recipients(customer, "statements"):
        refs |= {suppression_ref(address) for address in (to.address, *to.copies)}
        refs.add(
            message_ref(customer.id, monthly_id((customer.id, currency), month, to.contact_id))
        )
    return refs


def _decide(work: _Work, name: str) -> _Outcome:
    customer_id, currency = _parted(name)
    customer = work.found.get(customer_ref(customer_id))
    account = work.found.get(account_ref(customer_id, currency))
    if not isinstance(customer, Customer) or not isinstance(account, Account):
        return _Outcome()
    if not may_want_one(work.company, customer_id, wish=customer.statements):
        return _Outcome()
    opens_at = _opening(work, customer, account)
    if opens_at > work.context.at:
        return _Outcome(again_at=opens_at)
    return _of_account(work, customer, account)


def _opening(work: _Work, customer: Customer, account: Account) -> datetime:
    desk = with_holidays(work.ports, work.desk_of(customer, account))
    calendar = desk.rules.calendar
    first = calendar.opening(due_day(work.month, work.company))
    return first if first > work.context.at else calendar.next_working_time(work.context.at)


def _of_account(work: _Work, customer: Customer, account: Account) -> _Outcome:
    if account.parked_since is not None:
        return _Outcome(again_at=work.context.at + _LATER)
    if not may_be_sent(account) or not _has_something(work, customer, account):
        return _Outcome()
    wanted = recipients(customer, "statements")
    reachable = without(_closed(work, wanted), wanted)
    lacking = len(reachable) < len(wanted) or not wanted
    if lacking:
        _ask_for_an_address(work, customer, account, wanted)
    made = _make(work, customer, account, reachable)
    return _Outcome(made=int(bool(made)), unreachable=int(lacking))


def _has_something(work: _Work, customer: Customer, account: Account) -> bool:
    if account.open_minor:
        return True
    if not wants_when_settled(work.company, customer):
        return False
    desk = work.desk_of(customer, account)
    return made_of(work.ports, work.context, desk, *_covers(work)).has_moved


def _covers(work: _Work) -> tuple[date, date]:
    first = parse_month(work.month)
    return first, last_day(first)


def _closed(work: _Work, wanted: Iterable[Recipient]) -> Collection[str]:
    addresses = {address for one in wanted for address in (one.address, *one.copies)}
    return {
        address
        for address in addresses
        if isinstance(work.found.get(suppression_ref(address)), Suppression)
    }


def _make(
    work: _Work, customer: Customer, account: Account, reachable: tuple[Recipient, ...]
) -> tuple[Message, ...]:
    messages = tuple(
        new_statement(
            work.context,
            customer,
            account,
            one,
            key=monthly_id((customer.id, account.currency), work.month, one.contact_id),
            covers=_covers(work),
        )
        for one in reachable
    )
    new = [one for one in messages if message_ref(one.customer_id, one.id) not in work.found]
    if new and not _committed(work, new):
        return ()
    for message in new:
        queue_message(work.ports, message)
    return messages


def _committed(work: _Work, messages: list[Message]) -> bool:
    try:
        work.ports.store.commit(queued(work.ports, work.context, messages))
    except Conflict as conflict:
        if conflict.is_about(Message):
            return False  # a twin of this chore was faster
        raise
    return True


def _ask_for_an_address(
    work: _Work, customer: Customer, account: Account, wanted: tuple[Recipient, ...]
) -> None:
    closed = _closed(work, wanted)
    detail = ", ".join(one.address for one in wanted if one.address in closed)
    item = unreachable_item(work.context, customer, account, detail)

    def attempt() -> None:
        known: WorkItem | None = work.ports.store.get(work_item_ref(item.key))
        if known is None or known.state == "done":
            work.ports.store.commit([on_the_list(item, known)])

    until_committed(work.ports, attempt)


def _finish(ports: Ports, chunk: StatementChunk, outcomes: Mapping[str, _Outcome]) -> None:
    """Note what is left of the chunk, and what was done, unless a twin has done so."""
    waiting = {name: one.again_at for name, one in outcomes.items() if one.again_at is not None}

    def attempt() -> None:
        if ports.store.get(Ref(StatementChunk, (chunk.id,))) != chunk:
            return
        ports.store.commit([_left(chunk, waiting), *_counted(ports, chunk, outcomes)])

    until_committed(ports, attempt)


def _left(chunk: StatementChunk, waiting: Mapping[str, datetime]) -> Write:
    again_at = min(waiting.values(), default=None)
    return Replace(chunk.next(accounts=tuple(waiting), next_at=again_at))


def _counted(ports: Ports, chunk: StatementChunk, outcomes: Mapping[str, _Outcome]) -> list[Write]:
    run = ports.store.get(run_ref(chunk.month))
    if run is None:
        return []  # the planner died before it was noted; the next one counts
    decided = [one for one in outcomes.values() if one.again_at is None]
    return [
        Replace(
            run.next(
                made=run.made + sum(one.made for one in decided),
                unreachable=run.unreachable + sum(one.unreachable for one in decided),
                waiting=max(run.waiting - len(decided), 0),
            )
        )
    ]
