import { describe, expect, it } from "vitest";

import { es } from "@/i18n/es";

import { choicesFor } from "./palette-choices";

const all = { isAdmin: true, canInvoice: true, canAddCustomer: true };

describe("the palette", () => {
  it("puts what the server found before places and actions", () => {
    const hits = [{ what: "invoice", id: "i1", title: "A-000001", detail: "Ibarra", invoice_id: null } as const];

    const choices = choicesFor("fac", hits, es, all);

    expect(choices.map(({ title }) => title)).toEqual(["A-000001", "Nueva factura", "Facturas"]);
    expect(choices[0]?.href).toBe("/invoices/i1");
  });

  it("leads from a credit note to its invoice", () => {
    const hits = [
      { what: "credit_note", id: "crn_i1_1", title: "R-000001", detail: "Ibarra", invoice_id: "i1" } as const,
    ];

    expect(choicesFor("R-", hits, es, all)[0]?.href).toBe("/invoices/i1");
  });

  it("does not mind accents and capitals", () => {
    expect(choicesFor("TAREAS", [], es, all).map(({ href }) => href)).toEqual(["/work"]);
  });

  it("offers no beginning that the role forbids", () => {
    const choices = choicesFor("nuev", [], es, { isAdmin: false, canInvoice: false, canAddCustomer: false });

    expect(choices).toEqual([]);
  });

  it("leads to a part of the settings when it is asked for", () => {
    expect(choicesFor("festivos", [], es, all)).toEqual([]);
    expect(choicesFor("cuando se", [], es, all).map(({ href }) => href)).toEqual(["/settings/hours"]);
    expect(choicesFor("", [], es, all).map(({ href }) => href)).not.toContain("/settings/hours");
  });

  it("knows the parts of the settings by their group too", () => {
    const titles = choicesFor("contabilidad", [], es, all).map(({ title }) => title);

    expect(titles).toEqual(["Diario y cuentas", "Tipos de demora", "Comprobación"]);
  });

  it("offers people and keys to those who administer", () => {
    const hrefs = (isAdmin: boolean) =>
      choicesFor("personas", [], es, { ...all, isAdmin }).map(({ href }) => href);

    expect(hrefs(true)).toEqual(["/settings/people"]);
    expect(hrefs(false)).toEqual([]);
  });
});
