/** Invoices for tests, each with what it is about; the rest is as usual. */
import type { Invoice, Settled } from "@/api/models";

const PARTY = { name: "Ibarra", tax_id: null, address: null, country: "ES", email: "a@b.example" };

/** Issued over 121.00, sent, and due on 1 December 2026. */
export function anInvoice(part: Partial<Invoice> = {}): Invoice {
  return {
    id: "inv_1",
    version: 3,
    number: "A-000001",
    series: "A",
    state: "issued",
    origin: "issued",
    overdue: false,
    customer_id: "cus_1",
    customer_name: "Ibarra",
    customer: PARTY,
    seller: PARTY,
    language: "es",
    currency: "EUR",
    lines: [],
    taxes: [],
    net_minor: 10_000,
    tax_minor: 2_100,
    total_minor: 12_100,
    open_minor: 12_100,
    payment_reference: "RF12A000000001",
    issue_date: "2026-11-01",
    due_date: "2026-12-01",
    terms_days: null,
    policy_id: null,
    scheduled_on: null,
    scheduled_send: false,
    recurring_id: null,
    purchase_order: null,
    notes: null,
    payments: [],
    settlements: [],
    credited_minor: 0,
    written_off_minor: 0,
    discount: null,
    messages: [],
    timeline: [],
    approvals: [],
    credit_notes: [],
    disputes: [],
    warnings: [],
    mail_state: "sent",
    void_reason: null,
    hash: "0",
    previous_hash: null,
    created_at: "2026-11-01T10:00:00Z",
    issued_at: "2026-11-01T10:00:00Z",
    voided_at: null,
    ...part,
  };
}

export function aSettlement(part: Partial<Settled> = {}): Settled {
  return {
    kind: "payment",
    payment_id: "pay_1",
    amount_minor: 5_000,
    received_on: "2026-11-10",
    method: "transfer",
    posted_at: "2026-11-10T10:00:00Z",
    ...part,
  };
}
