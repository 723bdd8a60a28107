import { describe, expect, it } from "vitest";

import { wantsApproval } from "./approval-rules";
import { overLimit } from "./credit-check";
import { anInvoice } from "./samples";

describe("a rule wants a second person", () => {
  const rule = { what: "issue", over_minor: 10_000, currency: "EUR" } as const;
  const wants = (part: object, amount = 10_001) =>
    wantsApproval([{ ...rule, ...part }], "issue", anInvoice(), amount);

  it("above its amount, never at it", () => {
    expect(wants({})).toBe(true);
    expect(wants({}, 10_000)).toBe(false);
  });

  it("for its action, currency, customer and series only", () => {
    expect(wants({ what: "write_off" })).toBe(false);
    expect(wants({ currency: "USD" })).toBe(false);
    expect(wants({ customer_id: "cus_1", series: "A" })).toBe(true);
    expect(wants({ customer_id: "cus_2" })).toBe(false);
    expect(wants({ series: "B" })).toBe(false);
  });

  it("nowhere without rules", () => {
    expect(wantsApproval(undefined, "issue", anInvoice(), 10_001)).toBe(false);
  });
});

describe("a credit limit", () => {
  const balance = { currency: "EUR", open_minor: 50_000, unapplied_minor: 10_000 } as never;
  const customer = { currency: "EUR", credit_limit_minor: 52_099, balances: [balance] };

  it("is exceeded by what is open, less unapplied money, with this invoice", () => {
    expect(overLimit(customer, anInvoice())).toEqual({ owedMinor: 52_100, limitMinor: 52_099 });
    expect(overLimit({ ...customer, credit_limit_minor: 52_100 }, anInvoice())).toBeNull();
  });

  it("is in the customer's own currency", () => {
    expect(overLimit(customer, anInvoice({ currency: "USD" }))).toBeNull();
  });

  it("may not be set", () => {
    expect(overLimit({ ...customer, credit_limit_minor: null }, anInvoice())).toBeNull();
    expect(overLimit(undefined, anInvoice())).toBeNull();
  });
});
