import { describe, expect, it } from "vitest";

import { customerPage, targetOf, urgencyOf } from "./work-target";

const about = { what: "failed_work", customer_id: null, invoice_id: null, payment_id: null };

describe("where a work item leads", () => {
  it("leads to the payment when money is to be applied or assigned", () => {
    const item = { ...about, what: "payment_excess", payment_id: "p", invoice_id: "i", customer_id: "c" };
    expect(targetOf(item)).toBe("/payments/p");
  });

  it("leads to the lists of disputes and of failed runs, where each is settled", () => {
    const item = { ...about, invoice_id: "i", customer_id: "c" };
    expect(targetOf({ ...item, what: "dispute_overdue" })).toBe("/disputes");
    expect(targetOf({ ...item, what: "recurring_failed" })).toBe("/recurring/runs?state=failed");
    expect(targetOf({ ...about, what: "promise_broken", customer_id: "c" })).toBe("/customers/c");
  });

  it("leads to the customer when their address is the matter", () => {
    const item = { ...about, what: "no_address", invoice_id: "i", customer_id: "c" };
    expect(targetOf(item)).toBe("/customers/c");
  });

  it("leads to the invoice otherwise, and nowhere when nothing is named", () => {
    expect(targetOf({ ...about, what: "payment_failed", invoice_id: "i", customer_id: "c" })).toBe("/invoices/i");
    expect(targetOf(about)).toBeNull();
  });

  it("has no page for those nobody knows", () => {
    expect(customerPage({ customer_id: "unidentified" })).toBeNull();
  });

  it("puts the priority in three words", () => {
    expect([1, 2, 3, 5].map(urgencyOf)).toEqual(["urgent", "soon", "soon", "later"]);
  });
});
