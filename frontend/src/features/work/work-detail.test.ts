import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";

import { detailOf } from "./work-detail";

describe("the particulars of a work item", () => {
  it("have days as people write them", () => {
    const item = { what: "dispute_overdue", detail: "Ana: 2026-11-20" };

    expect(detailOf(item, en, "en")).toBe("Looked after by Ana: 20 Nov 2026");
  });

  it("say in words why a recurring invoice failed", () => {
    const item = { what: "recurring_failed", detail: "2026-11-01 no_address" };

    expect(detailOf(item, en, "en")).toBe(`1 Nov 2026: ${en.common.errors.byCode["no_address"] ?? ""}`);
  });

  it("of other kinds stay as another system gave them", () => {
    const item = { what: "payment_failed", detail: "card_declined 2026-11-01" };

    expect(detailOf(item, en, "en")).toBe("card_declined 2026-11-01");
  });
});
