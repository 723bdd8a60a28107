import { describe, expect, it } from "vitest";

import type { Account, InvoiceRow } from "../model";
import { bill, freeMinor, MOST_INVOICES } from "./paying";

function row(id: string, payable: number): InvoiceRow {
  return {
    id,
    number: id,
    issue_date: "2026-10-01",
    due_date: "2026-11-01",
    total_minor: 10_000,
    open_minor: 10_000,
    payable_minor: payable,
    state: "open",
    overdue: true,
    days_overdue: 3,
    parts: [],
    has_pdf: true,
  };
}

const account = (...invoices: InvoiceRow[]) => ({ invoices }) as unknown as Account;

describe("what would be paid", () => {
  it("is everything when nothing was chosen, less what is on its way", () => {
    const { rows, amountMinor, isAll } = bill(account(row("a", 10_000), row("b", 0), row("c", 2_500)), null);

    expect(rows.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(amountMinor).toBe(12_500);
    expect(isAll).toBe(true);
  });

  it("is what was chosen, as far as it can still be paid", () => {
    const { rows, amountMinor, isAll } = bill(account(row("a", 10_000), row("b", 0)), ["b", "a", "gone"]);

    expect(rows.map(({ id }) => id)).toEqual(["a"]);
    expect(amountMinor).toBe(10_000);
    expect(isAll).toBe(false);
  });

  it("is the oldest that one payment can hold when there are more", () => {
    const many = Array.from({ length: 300 }, (_, at) => row(`i${at}`, 100));

    const { rows, amountMinor, left, isAll } = bill(account(...many), null);

    expect(rows).toHaveLength(MOST_INVOICES);
    expect(rows[0]?.id).toBe("i0");
    expect(amountMinor).toBe(20_000);
    expect(left).toBe(100);
    expect(isAll).toBe(false);
  });
});

describe("what a date can be announced for", () => {
  it("is what can be paid and is neither contested nor announced", () => {
    const parts: InvoiceRow["parts"] = [
      { kind: "on_its_way", amount_minor: 4_000, until: null },
      { kind: "dispute", amount_minor: 1_000, until: null },
      { kind: "promise", amount_minor: 500, until: "2026-12-01" },
    ];

    expect(freeMinor({ ...row("a", 6_000), parts })).toBe(4_500);
    expect(freeMinor({ ...row("a", 1_200), parts })).toBe(0);
  });
});
