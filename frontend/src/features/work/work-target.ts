/** Where a work item leads: to the thing with which it is settled. */
import type { WorkItemRow } from "@/api/models";
import { pages, withQuery } from "@/config/paths";
import { UNIDENTIFIED } from "@/lib/customer-name";

type About = Pick<WorkItemRow, "what" | "customer_id" | "invoice_id" | "payment_id"> &
  Partial<Pick<WorkItemRow, "message_id">>;

/** Mail that did not get through leads to its own history. */
const ABOUT_MAIL = ["mail_undelivered", "send_uncertain", "send_refused"];
const ABOUT_CUSTOMER = [
  "address_bounced",
  "address_complained",
  "no_address",
  "call_to_make",
  "reminder_to_approve",
];

/** Kinds whose place is a list of their own. */
const LISTS: Readonly<Record<string, string>> = {
  dispute_overdue: pages.disputes,
  recurring_failed: withQuery(pages.recurringRuns, { state: "failed" }),
  sending_limit: withQuery(pages.messages, { group: "waiting" }),
  deliverability: pages.deliverability,
  staff_mail_failed: pages.settingsPart("people"),
  template_broken: pages.settingsPart("templates"),
  webhook_stopped: pages.settingsPart("webhooks"),
};

/** Money leads to the payment, an address or a call to the customer, all else to the invoice if one is named. */
export function targetOf(item: About): string | null {
  const list = LISTS[item.what];
  if (list !== undefined) return list;
  if (item.payment_id !== null) return pages.payment(item.payment_id);
  if (ABOUT_MAIL.includes(item.what) && item.customer_id !== null && item.message_id) {
    return pages.message(item.customer_id, item.message_id);
  }
  const customer = customerPage(item);
  if (ABOUT_CUSTOMER.includes(item.what) && customer !== null) return customer;
  if (item.invoice_id !== null) return pages.invoice(item.invoice_id);
  return customer;
}

/** Null for money without an owner: nobody's page says more about it. */
export function customerPage({ customer_id: id }: Pick<About, "customer_id">): string | null {
  return id === null || id === UNIDENTIFIED ? null : pages.customer(id);
}

export type Urgency = "urgent" | "soon" | "later";

/** The server's priority, 1 first, in three words. */
export function urgencyOf(priority: number): Urgency {
  if (priority <= 1) return "urgent";
  return priority <= 3 ? "soon" : "later";
}
