import { describe, expect, it } from "vitest";

import { anInvoice, aSettlement } from "./samples";
import { noteOf, settlementLines, unsettling } from "./settlements";

const undone = (...amounts: [string, number][]) =>
  settlementLines(amounts.map(([payment_id, amount_minor]) => aSettlement({ payment_id, amount_minor }))).map(
    ({ isUndone }) => isUndone,
  );

describe("what was undone", () => {
  it("is marked, and so is its undoing", () => {
    expect(undone(["p1", 500], ["p2", 500], ["p1", -500])).toEqual([true, false, true]);
  });

  it("is of the same payment and kind only", () => {
    const lines = settlementLines([
      aSettlement({ amount_minor: 500 }),
      aSettlement({ amount_minor: -500, kind: "discount" }),
    ]);

    expect(lines.map(({ isUndone }) => isUndone)).toEqual([false, false]);
  });

  it("may be made of several postings", () => {
    expect(undone(["p1", 300], ["p1", 200], ["p1", -500])).toEqual([true, true, true]);
  });

  it("in part leaves both in view", () => {
    expect(undone(["p1", 500], ["p1", -200])).toEqual([false, false]);
  });
});

describe("a credit note", () => {
  const note = { id: "crn_1", number: "R-000001", payment_id: "pay_9" } as never;
  const settlement = aSettlement({ kind: "credit_note", payment_id: "pay_9" });

  it("is found by the credit that it gave", () => {
    const invoice = anInvoice({ credit_notes: [note], settlements: [settlement] });

    expect(noteOf(invoice, settlement)?.number).toBe("R-000001");
    expect(noteOf(invoice, aSettlement({ payment_id: "pay_9" }))).toBeNull();
    expect(unsettling(invoice)).toEqual([]);
  });

  it("that settles nothing is told apart", () => {
    const invoice = anInvoice({ credit_notes: [note] });

    expect(unsettling(invoice).map(({ id }) => id)).toEqual(["crn_1"]);
  });
});
