import { describe, expect, it } from "vitest";

import type { Approval } from "@/api/models";
import { es } from "@/i18n/es";

import { askedFor, followsApproval, reasonsOf } from "./approval-facts";

const approval: Approval = {
  id: "apr_1",
  what: "issue",
  state: "waiting",
  invoice_id: "inv_1",
  number: null,
  customer_id: "cus_1",
  customer_name: "Ibarra",
  amount_minor: 12_100,
  currency: "EUR",
  reasons: ["rule", "credit_limit"],
  request: { send: true, exposure_minor: 52_100, limit_minor: 50_000 },
  requested_by: "a@b.example",
  requested_by_name: "Ana",
  requested_at: "2026-11-22T10:00:00Z",
  decided_by: null,
  decided_by_name: null,
  decided_at: null,
  note: null,
};
const plain = (lines: readonly string[]) => lines.map((line) => line.replaceAll("\u00a0", " "));

describe("a question to a second person", () => {
  it("says why, with the amounts where a limit is exceeded", () => {
    expect(plain(reasonsOf(approval, es, "es"))).toEqual([
      "Una regla de la empresa pide una segunda persona.",
      "Con esta factura el cliente deberá 521,00 €; su límite de crédito es 500,00 €.",
    ]);
  });

  it("about an issue says what is owed then, and whether it is sent", () => {
    expect(plain(followsApproval(approval, null, es, "es"))).toEqual([
      "La factura recibe su número y el cliente debe 121,00 €.",
      "Se envía al cliente al momento.",
    ]);
    expect(followsApproval({ ...approval, request: {} }, null, es, "es")[1]).toBe(
      "No se envía todavía al cliente.",
    );
  });

  it("about a write-off says what is left, where that is known", () => {
    const lost = { ...approval, what: "write_off", request: { reason: "Concurso" } } as const;

    expect(plain(followsApproval(lost, 20_000, es, "es"))).toEqual([
      "121,00 € se dan por incobrables y no se reclaman más.",
      "Quedarán 79,00 € pendientes.",
    ]);
    expect(followsApproval(lost, 12_100, es, "es")[1]).toBe("No quedará nada pendiente.");
    expect(followsApproval(lost, null, es, "es")).toHaveLength(1);
    expect(askedFor(lost)).toBe("Concurso");
  });
});
