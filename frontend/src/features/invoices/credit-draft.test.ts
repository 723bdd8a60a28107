import { describe, expect, it } from "vitest";

import { type CreditDraft, creditDraft, creditInput } from "./credit-draft";
import { anInvoice } from "./samples";

const line = {
  description: "Tríptico",
  quantity: "1000.5",
  unit_price_minor: 14,
  tax_rate: "0.21",
  discount_rate: "0",
  net_minor: 14_007,
};
const invoice = anInvoice({ lines: [line, { ...line, description: "Envío" }], credited_minor: 2_100 });
const of = (part: Partial<CreditDraft>) =>
  creditInput(invoice, { ...creditDraft(invoice, "es"), ...part }, "es");

describe("a credit note", () => {
  it("takes back everything that is left at first", () => {
    expect(of({})).toEqual({ input: { invoice_id: "inv_1" } });
  });

  it("over an amount takes no more than is left", () => {
    expect(of({ extent: "amount" })).toEqual({ input: { invoice_id: "inv_1", amount_minor: 10_000 } });
    expect(of({ extent: "amount", amount: "100,01" })).toEqual({
      flaw: { at: "amount", flaw: "tooMuch" },
    });
    expect(of({ extent: "amount", amount: "0" })).toEqual({ flaw: { at: "amount", flaw: "amount" } });
  });

  it("by line begins with the lines of the invoice, and leaves out those of no quantity", () => {
    const { lines } = creditDraft(invoice, "es");

    expect(lines).toEqual([
      { quantity: "1000,5", price: "0,14" },
      { quantity: "1000,5", price: "0,14" },
    ]);
    expect(of({ extent: "lines", lines: [{ quantity: "2,5", price: "0,10" }, { quantity: "0", price: "0,14" }] })).toEqual({
      input: {
        invoice_id: "inv_1",
        lines: [
          {
            description: "Tríptico",
            quantity: "2.5",
            unit_price_minor: 10,
            tax_rate: "21%",
            discount_rate: "0",
          },
        ],
      },
    });
  });

  it("by line says which field is no number, and that a line is needed", () => {
    const none = { quantity: "", price: "0,14" };

    expect(of({ extent: "lines", lines: [none, { quantity: "x", price: "1" }] })).toEqual({
      flaw: { at: "line", index: 1, field: "quantity" },
    });
    expect(of({ extent: "lines", lines: [{ quantity: "1", price: "" }, none] })).toEqual({
      flaw: { at: "line", index: 0, field: "price" },
    });
    expect(of({ extent: "lines", lines: [none, none] })).toEqual({ flaw: { at: "lines" } });
  });
});
