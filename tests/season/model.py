"""What a season of business comes to, by the plain facts alone. Nothing here is Saldo's."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from types import SimpleNamespace as Thing
from typing import Any

Taxes = dict[str, list[int]]  # base and tax by rate


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


def gross(taxes: Taxes) -> int:
    return sum(base + tax for base, tax in taxes.values())


def taxed(lines: Any) -> Taxes:
    bases = Counter[str]()
    for quantity, price, rate, discount in lines:
        bases[rate] += half_up(Fraction(quantity) * price * (1 - Fraction(discount)))
    return {rate: [base, half_up(base * Fraction(rate))] for rate, base in bases.items()}


def shares(left: Taxes, amount: int) -> Taxes:
    exact = {rate: Fraction(amount * sum(left[rate]), gross(left)) for rate in sorted(left)[::-1]}
    rests = sorted(exact, key=lambda rate: int(exact[rate]) - exact[rate])
    more = rests[: amount - sum(map(int, exact.values()))]  # a cent for the largest remainders
    parts = {rate: int(part) + (rate in more) for rate, part in exact.items()}
    taxes = {r: half_up(Fraction(parts[r] * left[r][1], sum(left[r]) or 1)) for r in parts}
    return {rate: [parts[rate] - tax, tax] for rate, tax in taxes.items()}


class Model:
    def __init__(self, small: dict[str, int]) -> None:
        self.small, self.numbers = small, defaultdict[str, list[int]](list)
        self.bills, self.money = dict[str, Any](), dict[str, Any]()
        self.notes: list[tuple[str, str, date, date | None, int]] = []

    def change(self, name: str, amount: int, day: date, what: str) -> None:
        bill = self.bills[name]
        bill.open, bill.sums[what] = bill.open + amount, bill.sums[what] + amount
        self.notes.append((what, bill.account[1], day, bill.place[0], amount))

    def issue(self, name: str, account: Any, dates: Any, lines: Any, early: Any) -> None:
        numbers, left = self.numbers[account[1]], taxed(lines)
        numbers.append(gross(left))
        bill = self.bills[name] = Thing(account=account, day=dates[0], open=0, sums=Counter())
        bill.place, bill.left, bill.early = (dates[1], len(numbers)), left, early
        self.change(name, numbers[-1], dates[0], "billed")

    def come(self, name: str, amount: int, day: date, what: str) -> None:
        self.money[name].left += amount
        self.notes.append((what, self.money[name].account[1], day, None, amount))

    def receive(self, name: str, account: Any, amount: int, day: date, of: str = "") -> None:
        self.money[name] = Thing(account=account, day=day, free=day, left=0, on={}, of=of)
        self.come(name, amount, day, "credited" if of else "collected")

    def spend(self, name: str, wanted: dict[str, int] | None = None, day: date = date.min) -> None:
        money, wanted = self.money[name], wanted or self.oldest_first(name)
        is_spent = sum(wanted.values()) >= money.left and not money.of
        for on, amount in wanted.items():
            bill, small = self.bills[on], min(self.small[money.account[1]] * is_spent, amount)
            discount = self.earned(bill, money, amount)
            rest = bill.open - amount - discount
            since = max(day, money.free, bill.day)
            self.settle(name, on, (amount, discount, rest if rest <= small else 0), since)

    def oldest_first(self, name: str) -> dict[str, int]:
        left, plan = self.money[name].left, Counter[str]()
        mine = (item for item in self.bills.items() if item[1].account == self.money[name].account)
        for one, bill in sorted(mine, key=lambda item: item[1].place):
            plan[one] = min(left, bill.open)
            left -= plan[one]
        return +plan

    def earned(self, bill: Any, money: Any, amount: int) -> int:
        (last_day, _, by_part), whole = bill.early, half_up(gross(bill.left) * bill.early[1])
        needed = gross(bill.left) - whole - bill.sums["in time"]
        left = (whole - bill.sums["discount"]) * (money.day <= last_day and not money.of)
        part = left if amount >= needed else half_up(Fraction(amount * left, needed)) * by_part
        return max(min(part, bill.open - amount), 0)

    def settle(self, name: str, on: str, parts: Any, since: date) -> None:
        money, bill = self.money[name], self.bills[on]
        had = money.on.get(on, (0, 0, 0, since))
        money.on[on] = (*(a + b for a, b in zip(had[:3], parts, strict=True)), max(had[3], since))
        bill.sums["discount"] += parts[1]
        bill.sums["in time"] += parts[0] * (money.of != on and money.day <= bill.early[0])
        self.change(on, -sum(parts), since, "corrected" if money.of == on else "paid")
        self.come(name, -parts[0], since, "spent")

    def undo(self, name: str, on: str, amount: int, day: date) -> None:
        _, discount, small, since = self.money[name].on[on]
        self.money[name].free = max(self.money[name].free, day, since)
        self.settle(name, on, (-amount, -discount, -small), max(day, since))

    def give_back(self, name: str, amount: int, day: date) -> None:
        for on, had in reversed(list(self.money[name].on.items())):
            if (part := min(amount - self.money[name].left, had[0])) > 0:
                self.undo(name, on, part, day)
        self.come(name, -amount, day, "collected")

    def credit(self, name: str, on: str, day: date, amount: int = 0, lines: Any = None) -> None:
        bill, left = self.bills[on], self.bills[on].left
        parts = taxed(lines) if lines else shares(left, amount or gross(left))
        for rate, (base, tax) in parts.items():
            parts[rate][1] = left[rate][1] if base == left[rate][0] else min(tax, left[rate][1])
            left[rate] = [left[rate][0] - base, left[rate][1] - parts[rate][1]]
        self.numbers["R"].append(gross(parts))
        self.receive(name, bill.account, gross(parts), day, on)
        self.spend(name, {on: min(bill.open, gross(parts))})

    def state(self, name: str) -> str:
        bill, is_void = self.bills[name], self.bills[name].sums["billed"] == 0
        if bill.open:
            return "partially_paid" if bill.sums["paid"] else "issued"
        return "void" if is_void else "written_off" if bill.sums["written_off"] else "paid"

    def total(self, what: str, currency: str, month: str) -> int:
        asked = (note for note in self.notes if note[:2] == (what, currency))
        return sum(amount for *_, day, _, amount in asked if f"{day:%Y-%m}" == month)

    def aging(self, day: date) -> dict[str, list[int]]:
        rows = defaultdict[str, list[int]](lambda: [0] * 6)  # five ages, then what is unapplied
        for _, currency, on, due, amount in self.notes:
            late = 5 if due is None else min((max((day - due).days, 0) + 29) // 30, 4)
            rows[currency][late] += amount * (on <= day)
        return rows
