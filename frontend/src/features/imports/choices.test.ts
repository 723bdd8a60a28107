import { describe, expect, it } from "vitest";

import type { ImportColumn } from "@/api/models";

import { choicesOf, fieldsFor, mappingOf, stylesOf, unanswered, withField, withStyle } from "./choices";
import { missing, percentOf } from "./upload";

function aColumn(part: Partial<ImportColumn> = {}): ImportColumn {
  return {
    place: 0,
    heading: "Fecha",
    samples: ["03/04/2026"],
    filled: 1,
    guess: "issue_date",
    amounts: null,
    dates: { style: "dmy", basis: "ask" },
    ...part,
  };
}

const OPTIONS = {
  currency: null,
  country: null,
  language: "es",
  terms_days: null,
  create_customers: true,
  existing: "update",
  passed_steps: "done",
  rest_until: "2026-12-01",
} as const;

describe("what the columns of a file are", () => {
  it("begins with what the server found out", () => {
    const chosen = [{ place: 2, field: "total", style: "es" }, { place: 0, field: "number", style: null }];

    expect(choicesOf({ chosen })).toEqual({
      0: { field: "number", style: "" },
      2: { field: "total", style: "es" },
    });
  });

  it("is one field a column, but for texts that are put together", () => {
    const choices = { 0: { field: "name", style: "" }, 1: { field: "address", style: "" } };

    expect(fieldsFor("customers", choices, 2)).not.toContain("name");
    expect(fieldsFor("customers", choices, 2)).toContain("address");
    expect(fieldsFor("customers", choices, 0)).toContain("name");
  });

  it("asks how cells are written only where it makes a difference", () => {
    expect(stylesOf(aColumn(), "issue_date")).toEqual({
      styles: ["dmy", "mdy"],
      guess: "dmy",
      mustChoose: true,
    });
    expect(stylesOf(aColumn(), "description")).toBeNull();
    expect(stylesOf(aColumn({ dates: { style: "dmy", basis: "any" } }), "due_date")).toBeNull();
    expect(stylesOf(aColumn({ dates: { style: "mdy", basis: "column" } }), "due_date")).toMatchObject({
      guess: "mdy",
      mustChoose: false,
    });
  });

  it("waits for an answer where nobody can know", () => {
    const columns = [aColumn()];
    const open = withField({}, 0, "issue_date");

    expect(unanswered(columns, open)).toEqual(columns);
    expect(unanswered(columns, withStyle(open, 0, "mdy"))).toEqual([]);
    expect(unanswered(columns, withField(open, 0, ""))).toEqual([]);
  });

  it("is sent with styles that were chosen, and with the options", () => {
    const choices = withStyle(withField({ 3: { field: "number", style: "" } }, 1, "total"), 1, "en");

    expect(mappingOf(choices, OPTIONS)).toEqual({
      columns: [
        { place: 1, field: "total", style: "en" },
        { place: 3, field: "number", style: null },
      ],
      options: OPTIONS,
    });
  });
});

describe("an upload", () => {
  it("sends the parts that are not there", () => {
    expect(missing({ size: 2_500_000 }, [2])).toEqual([1, 3]);
    expect(missing({ size: 1_000_000 }, [])).toEqual([1]);
    expect(missing({ size: 10 }, [1])).toEqual([]);
  });

  it("tells how far it is, and never more than all", () => {
    expect([percentOf(0, 10), percentOf(3, 10), percentOf(1_000_000, 10), percentOf(0, 0)]).toEqual([
      0, 30, 100, 0,
    ]);
  });
});
