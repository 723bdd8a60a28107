import { describe, expect, it } from "vitest";

import { emptyLine, moved, writtenLines } from "@/lines/lines";

import { type Draft, emptyDraft, invoiceInput } from "./draft";

const line = (description: string, price: string) => ({ ...emptyLine("21"), description, price });

function draft(part: Partial<Draft>): Draft {
  return {
    ...emptyDraft("EUR", "21"),
    customer: { id: "c1", name: "Ibarra", termsDays: 30 },
    ...part,
  };
}

describe("a draft that is complete", () => {
  it("becomes the API's body: minor units, decimals with a point, rates as percent", () => {
    const lines = [{ ...line("Horas", "1.200,50"), quantity: "2,5", tax: "5,2", discount: "10" }];

    const result = invoiceInput(draft({ lines, dueDate: "2026-12-01", notes: "  " }), "es");

    expect(result).toEqual({
      input: {
        customer_id: "c1",
        currency: "EUR",
        lines: [
          {
            description: "Horas",
            quantity: "2.5",
            unit_price_minor: 120050,
            tax_rate: "5.2%",
            discount_rate: "10%",
          },
        ],
        issue_date: null,
        due_date: "2026-12-01",
        series: null,
        purchase_order: null,
        notes: null,
      },
    });
  });

  it("leaves out the blank lines at its end", () => {
    const lines = [line("Horas", "1"), line("", ""), line("", "")];

    expect(writtenLines(lines)).toHaveLength(1);
    expect("input" in invoiceInput(draft({ lines }), "es")).toBe(true);
  });
});

describe("a draft with flaws", () => {
  it("names each by the pointer that the server would use", () => {
    const lines = [line("", "1"), { ...line("Horas", "x"), quantity: "", tax: "200" }];

    const result = invoiceInput(draft({ lines, customer: null }), "es");

    expect("flaws" in result && Object.fromEntries(result.flaws)).toEqual({
      "/customer_id": "required",
      "/lines/0/description": "required",
      "/lines/1/quantity": "number",
      "/lines/1/unit_price_minor": "amount",
      "/lines/1/tax_rate": "rate",
    });
  });

  it("asks for a first line when there is none", () => {
    const result = invoiceInput(draft({}), "es");

    expect("flaws" in result && [...result.flaws.keys()]).toEqual([
      "/lines/0/description",
      "/lines/0/unit_price_minor",
    ]);
  });
});

describe("the order of the lines", () => {
  it("changes by one place and stops at the ends", () => {
    const [a, b, c] = [line("a", "1"), line("b", "1"), line("c", "1")];
    const names = (lines: { description: string }[]) => lines.map((one) => one.description).join("");

    expect(names(moved([a, b, c], 0, 1))).toBe("bac");
    expect(names(moved([a, b, c], 2, -1))).toBe("acb");
    expect(names(moved([a, b, c], 0, -1))).toBe("abc");
    expect(names(moved([a, b, c], 2, 1))).toBe("abc");
  });
});
